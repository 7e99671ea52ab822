"""A node whose label is a row, as a box for each of its parts."""

from collections.abc import Sequence
from itertools import accumulate

from graphc.draw.drawing import Arrow, Box
from graphc.infer import Instance, Stage
from graphc.ir import Node
from graphc.record import record


@record
class Row:
    """The boxes of a node, in order, and the arrows from each to the next."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...] = ()

    @property
    def entry(self) -> str:
        """The id of the box that arrows into the node lead to."""
        return self.boxes[0].id

    @property
    def exit(self) -> str:
        """The id of the box that arrows from the node come from."""
        return self.boxes[-1].id


def is_row(node: Node, instances: Sequence[Instance]) -> bool:
    """Whether a node is drawn as several boxes.

    Two or more of its terms are modules, or there is a size in the text between them.
    The sizes between them have to be known, and each be repeated alike everywhere.
    """
    uses = sum(isinstance(term.target, str) for term in node.terms)
    written = any(term.shape is not None for term in node.terms[:-1])
    if uses < 2 and not written:
        return False
    counts = {tuple(s.count for s in one.stages(node)) for one in instances}
    return len(counts) == 1 and len(counts.pop()) == len(node.terms)


def names_of(node: Node, stages: Sequence[Stage]) -> list[str]:
    """Return what the parts of a row are called, as in the keys of the ``state_dict``.

    A repeat has the name of its first.
    """
    firsts = accumulate((stage.count for stage in stages[:-1]), initial=0)
    return [f"{node.name}.{first}" for first in firsts]
