"""What is to be said about the text of a flowchart."""

from graphc.diagnostics import Code, Diagnostic, Edit, Place, Severity
from graphc.mermaid.flowchart import Vertex
from graphc.source import Span

_LONG = 40


def quoted(text: str) -> str:
    """Return a text as a label in quotes may hold it."""
    return '"' + text.strip().replace('"', "#quot;") + '"'


def named(text: str) -> str:
    """Return a text as a headline may show it: on one line, and not too long."""
    line = " ".join(text.replace("`", "'").split())
    return f"`{line if len(line) <= _LONG else line[: _LONG - 3] + '...'}`"


def unexpected(
    span: Span,
    what: str,
    expected: str,
    help: tuple[str, ...] = (),  # noqa: A002 - the field's name
) -> Diagnostic:
    """Return GC501: something else is expected than what stands there."""
    place = Place(span, f"expected {expected}")
    return Diagnostic(Code.GC501, f"{what} cannot stand here", place, help=help)


def faulty(
    span: Span,
    message: str,
    label: str,
    help: tuple[str, ...] = (),  # noqa: A002 - the field's name
    fixes: tuple[Edit, ...] = (),
) -> Diagnostic:
    """Return GC501 in words of its own."""
    place = Place(span, label)
    return Diagnostic(Code.GC501, message, place, help=help, fixes=fixes)


def unquoted(
    span: Span, inner: Span, text: str, opening: str, ending: str
) -> Diagnostic:
    """Return GC501: a label holds what has a meaning of its own, and no quotes.

    ``inner`` is what stands between the brackets of ``span``.
    """
    right = quoted(text)
    return faulty(
        span,
        "a label with brackets or quotes in it stands without quotes",
        "Mermaid reads the brackets and quotes as its own",
        (f"write `{opening}{right}{ending}`",),
        (Edit(inner, right),),
    )


def misleading(
    span: Span,
    message: str,
    label: str,
    help: tuple[str, ...],  # noqa: A002 - the field's name
    fixes: tuple[Edit, ...] = (),
) -> Diagnostic:
    """Return GC502: Mermaid reads something else than what seems to be written."""
    place = Place(span, label)
    return Diagnostic(
        Code.GC502,
        message,
        place,
        help=help,
        severity=Severity.WARNING,
        fixes=fixes,
    )


def missing_semicolon(gap: Span, before: str, after: str) -> Diagnostic:
    """Return GC503: nothing parts two statements on one line."""
    return Diagnostic(
        Code.GC503,
        f"a `;` is missing between {named(before)} and {named(after)}",
        Place(gap, "two statements meet here"),
        notes=("Mermaid refuses the diagram; it is read as two statements",),
        help=("write `;` here",),
        severity=Severity.WARNING,
        fixes=(Edit(Span(gap.source, gap.start, gap.start), ";"),),
    )


def two_labels(vertex: Vertex, text: str, span: Span) -> Diagnostic:
    """Return GC504: a node gets a second label, another one than its first."""
    return Diagnostic(
        Code.GC504,
        f"the node `{vertex.id}` has two labels",
        Place(span, "this one is drawn"),
        related=(Place(vertex.label_span, "this one is lost"),),
        notes=(f"the last label wins: {named(text)}",),
        severity=Severity.WARNING,
    )
