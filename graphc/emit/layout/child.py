"""The process that draws: DOT on standard input, the picture on standard output.

Run by its path, ``python -P child.py TYPE [DPI]``: it imports nothing of graphc and
nothing from the current folder, and whatever Graphviz does to it stays in it.
Exit status 0: drawn; 1: Graphviz refuses; 3: pygraphviz cannot be loaded.
"""

import os
import sys

try:
    from pygraphviz.graphviz import (
        AGRAPH,
        agattr,
        agread,
        gvContextWithBuiltins,
        gvLayout,
        gvRenderData,
    )
except (ImportError, OSError) as error:
    sys.stderr.write(f"{error}\n")
    sys.exit(3)


def draw(file_type: str, dpi: str | None) -> bytes | None:
    """Return the picture of the DOT on standard input, or None if there is none."""
    # Attributes of no graph are defaults for those still to be read, as the options
    # of `dot` are; the context sets Graphviz's own, so it comes before the reading.
    context = gvContextWithBuiltins()
    if dpi is not None:
        agattr(None, AGRAPH, b"dpi", dpi.encode())
    try:
        graph = agread(sys.stdin, None)
    except ValueError:
        return None
    if gvLayout(context, graph, b"dot") != 0:
        return None
    drawn = gvRenderData(context, graph, file_type.encode())
    # Failure is a bare status; success is a status and the data.
    return bytes(drawn[1]) if isinstance(drawn, (list, tuple)) else None


def main(arguments: list[str]) -> int:
    """Draw, and return the exit status."""
    picture = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not end up in the picture
    drawn = draw(arguments[0], arguments[1] if len(arguments) > 1 else None)
    if not drawn:
        return 1
    with os.fdopen(picture, "wb") as output:
        output.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
