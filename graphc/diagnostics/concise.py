"""Findings as one line each, as compilers of old and editors' matchers have them."""

from collections.abc import Iterable

from graphc.diagnostics.diagnostic import Diagnostic
from graphc.diagnostics.display import visible


def render_concise(
    diagnostics: Iterable[Diagnostic], *, encoding: str = "utf-8"
) -> str:
    """Return a line ``file:line:column: error[GC301]: headline`` for each finding.

    The file, line and column are left out where a finding has none.
    """
    return "".join(
        visible(f"{_where(one)}{_what(one)}", encoding) + "\n" for one in diagnostics
    )


def _where(diagnostic: Diagnostic) -> str:
    if diagnostic.place is None:
        return "" if diagnostic.file is None else f"{diagnostic.file}: "
    span = diagnostic.place.span
    return f"{span.source.name}:{span.first.line}:{span.first.column}: "


def _what(diagnostic: Diagnostic) -> str:
    severity, code = diagnostic.severity.value, diagnostic.code.name
    return f"{severity}[{code}]: {diagnostic.message}"
