"""Where a missing size stands in a diagram: on its link."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from graphc.diagnostics import Edit, Sink
from graphc.fix.missing import Arrows, Missing
from graphc.lang import shape_with
from graphc.markdown import as_diagram, read_document
from graphc.mermaid import Link, parse
from graphc.source import Source, Span

_DIAGRAMS = frozenset({".mmd", ".mermaid"})


def mermaid_edits(source: Source, arrows: Arrows) -> tuple[Edit, ...]:
    """Return the edits that write sizes on links of a document's flowcharts.

    ``a --> b`` becomes ``a -->|"64*9*9"| b``. A link that stands for several edges, as
    in ``a & b --> c``, takes a size only if it is that of each of them.
    """
    found: list[Edit] = []
    for links in _links(source):
        sizes = {arrows.get(_arrow(link), ()) for link in links}
        if len(sizes) == 1 and links[0].label is None:
            found.extend(_on(links[0], sizes.pop()))
    return tuple(found)


def _links(source: Source) -> Iterator[list[Link]]:
    """Yield the links of a document, those together that stand at one place."""
    lone = PurePosixPath(source.name).suffix.lower() in _DIAGRAMS
    document = as_diagram(source) if lone else read_document(source, Sink())
    for block in document.blocks:
        chart = parse(block.fragment, Sink())
        places: dict[int, list[Link]] = {}
        for link in () if chart is None else chart.links:
            places.setdefault(link.span.start, []).append(link)
        yield from places.values()


def _arrow(link: Link) -> tuple[int, int]:
    return link.source_span.start, link.target_span.end


def _on(link: Link, size: Missing) -> Iterator[Edit]:
    if size:
        span = Span(link.span.source, link.span.end, link.span.end)
        yield Edit(span, f'|"{shape_with(size)}"|')
