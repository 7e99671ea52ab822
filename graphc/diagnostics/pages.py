"""The pages that explain the codes, shipped with the package."""

from pkgutil import get_data

from graphc.diagnostics.codes import Code


def explain(code: str) -> str | None:
    """Return the page of a code (Markdown), or None for a code that is not there.

    Letters may be in either case.
    """
    name = code.upper()
    if name not in Code.__members__:
        return None
    # `importlib.resources` reads packages as well, and imports half of the library.
    page = get_data("graphc.diagnostics", f"explain/{name}.md")
    return None if page is None else page.decode()
