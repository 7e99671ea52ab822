"""What a layer holds in terms of the trained network, by the names of its layers."""

from collections.abc import Iterator
from typing import TypeAlias

from graphc.record import record


@record
class Fold:
    """A layer with a normalization in its weights; see ``graphc.ir.Folded``.

    ``bias`` tells whether the trained layer has a bias of its own.
    """

    layer: "Rule"
    norm: str
    eps: float
    bias: bool
    affine: bool
    before: bool
    transposed: bool
    groups: int


@record
class Join:
    """Layers one behind the other along the output channels."""

    parts: "tuple[Rule, ...]"


@record
class Bias:
    """The bias of a layer as a tensor of its own; see ``graphc.ir.BiasOf``."""

    layer: "Rule"
    dims: int


@record
class Unbiased:
    """A layer with zeros for its bias; see ``graphc.ir.Unbiased``."""

    layer: "Rule"


Rule: TypeAlias = str | Fold | Join | Bias | Unbiased
"""What a layer is made of; a text is the name of the layer that it is."""


def walk(rule: Rule) -> Iterator[Rule]:
    """Yield a rule and all that it is made of."""
    yield rule
    match rule:
        case Fold() | Bias() | Unbiased():
            yield from walk(rule.layer)
        case Join():
            for part in rule.parts:
                yield from walk(part)
