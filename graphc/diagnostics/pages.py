"""The pages that explain the codes, shipped with the package."""

from importlib.resources import files

from graphc.diagnostics.codes import Code


def explain(code: str) -> str | None:
    """Return the page of a code (Markdown), or None for a code that is not there.

    Letters may be in either case.
    """
    name = code.upper()
    if name not in Code.__members__:
        return None
    page = files("graphc.diagnostics") / "explain" / f"{name}.md"
    return page.read_text(encoding="utf-8")
