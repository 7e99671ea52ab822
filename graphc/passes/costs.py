"""When a rewriting pays that does not always: what it saves, and what it costs.

The figures are of a machine: ``benchmarks/fit_merge_model.py`` measures them. They tell
in which direction a rewriting goes, not how long a network takes.
"""

from collections.abc import Sequence
from enum import Enum
from functools import reduce
from operator import mul

from graphc.ir import Layer
from graphc.lang import Size
from graphc.ops.windows import slides
from graphc.record import record


class When(Enum):
    """Where a rewriting is made that is not always faster."""

    PAYS = "where it is faster by its costs"
    ALWAYS = "wherever it can be made"


@record
class Costs:
    """What the parts of the work take that rewritings move, in nanoseconds.

    For float32, one image and one thread, tensors with the channels last in memory:

    - ``read``: an element of its input that a convolution reads;
    - ``packed``: an element of a merged kernel, which is put in order at each call
      (one large kernel takes longer than as much in small ones);
    - ``activated``: an element of a part, where an activation reads it, which is then
      not applied in place;
    - ``copied``: an element of a part, where who reads it has to copy it first;
    - ``pooled``: an element under a window of an average;
    - ``added``: an element to which a bias is added in a step of its own;
    - ``multiplied``: a multiply-accumulate of a convolution.
    """

    read: float
    packed: float
    activated: float
    copied: float
    pooled: float
    added: float
    multiplied: float


MEASURED = Costs(
    read=0.60,
    packed=0.13,
    activated=0.12,
    copied=0.39,
    pooled=0.12,
    added=0.20,
    multiplied=0.031,
)
"""Medians of three fits on one core with AVX2 (AMD EPYC), PyTorch 2.13."""


@record
class Part:
    """A convolution that is merged, and whether an activation reads its part."""

    layer: Layer
    activated: bool


def saved_by_merging(parts: Sequence[Part], costs: Costs) -> float | None:
    """Return the nanoseconds saved where convolutions of one tensor become one.

    It reads its input once. But its kernel is larger, and its parts do not lie together
    in memory, which costs whoever reads them. None if sizes are symbolic.
    """
    first = parts[0].layer
    window = [move.kernel for move in slides(first.arguments, first.axes)]
    read = _product(first.inputs[0])
    kernel = _product([first.inputs[0][0], *window])
    if read is None or kernel is None:
        return None
    saved = (len(parts) - 1) * read * costs.read
    for part in parts:
        result = part.layer.outputs[0]
        channels, elements = _product(result[:1]), _product(result)
        if channels is None or elements is None:
            return None
        saved -= channels * kernel * costs.packed
        saved -= elements * (costs.activated if part.activated else costs.copied)
    return saved


def saved_by_commuting(
    pool: Layer, conv: Layer, costs: Costs, *, bias: bool
) -> float | None:
    """Return the nanoseconds saved where a convolution goes in front of an average.

    The average then has the channels that come out of the convolution, the convolution
    the places that came into the average. ``bias`` tells that its bias is added behind
    both. None if that depends on sizes that are symbolic.
    """
    before, behind = _places(pool)
    moves = slides(pool.arguments, pool.axes)
    window = _product([move.kernel for move in moves])
    source, result = _product(conv.inputs[0][:1]), _product(conv.outputs[0][:1])
    if before is None or behind is None or window is None:
        return None
    if source is None or result is None:
        return None
    saved = costs.pooled * window * (source - result) * behind
    saved -= costs.multiplied * source * result * (before - behind)
    return saved - costs.added * result * behind if bias else saved


def _places(pool: Layer) -> tuple[int | None, int | None]:
    """Return the places of a map before and behind a pool; None if they are symbolic.

    Where both are the same, which way is faster does not depend on them: 1 then.
    """
    before, behind = pool.inputs[0][1:], pool.outputs[0][1:]
    if before == behind:
        return 1, 1
    return _product(before), _product(behind)


def _product(sizes: Sequence[Size]) -> int | None:
    count = reduce(mul, sizes)
    return count if isinstance(count, int) else None
