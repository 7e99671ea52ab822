"""Missing sizes as edits of the texts they are missing in."""

from graphc.diagnostics import Edit
from graphc.fix.in_mermaid import mermaid_edits
from graphc.fix.in_yaml import yaml_edits
from graphc.fix.missing import Missing, by_source
from graphc.ir import Edge
from graphc.lang import shape_edits
from graphc.source import Language, Source


def annotations(sizes: dict[Edge, Missing]) -> dict[Source, tuple[Edit, ...]]:
    """Return the edits that write sizes, by the text that they change."""
    found: dict[Source, list[Edit]] = {}
    for edge, size in sizes.items():
        if edge.shape is not None:
            edits = shape_edits(edge.shape, size)
            found.setdefault(edge.span.source, []).extend(edits)
    for source, arrows in by_source(sizes).items():
        write = mermaid_edits if source.language is Language.MERMAID else yaml_edits
        found.setdefault(source, []).extend(write(source, arrows))
    return {source: tuple(edits) for source, edits in found.items() if edits}
