"""The edits that put a wrong size right, where nothing else can be the mistake."""

from graphc.diagnostics import Edit
from graphc.infer.blame import Cure, Rank, Verdict
from graphc.infer.domain import Holds
from graphc.infer.plan import Use
from graphc.infer.session import Frame
from graphc.infer.written import Written
from graphc.lang import (
    Dim,
    DimText,
    Number,
    Size,
    Unknown,
    evaluate,
    names,
    shape_edits,
)


def sure_edits(verdict: Verdict) -> tuple[Edit, ...]:
    """Return the edits of a size that is wrong without a doubt, none of any other.

    It is if the rest of the spec determines it, and no change of another size, argument
    or count would resolve as many conflicts: exactly one size then disagrees with all
    else. Dims that say what is inferred stay as they are written. A dim that is an
    expression over parameters is left to its author, as the right number says nothing
    of other arguments.
    """
    best = verdict.best
    if best.rank is not Rank.DETERMINED or any(map(has_number, verdict.others)):
        return ()
    if not isinstance(best.place, Written) or best.frame is None:
        return ()
    shape = best.place.shape
    if not all(_in_reach(best.frame, size) for size in best.sizes):
        return ()
    if len(shape.dims) != len(best.sizes):
        named = any(_names(dim) for dim in shape.dims)
        return () if named else shape_edits(shape, best.sizes)
    changed: list[Size | None] = []
    for dim, size in zip(shape.dims, best.sizes, strict=True):
        differs = size is not None and _differs(best.frame, dim, size)
        if differs and not _names(dim) <= set(best.frame.solution.plan.rigid):
            return ()
        changed.append(size if differs else None)
    return shape_edits(shape, changed)


def has_number(cure: Cure) -> bool:
    """Return whether there is anything at a place that could have been written wrong.

    A count of instances that all give what they take cannot be.
    """
    place, step = cure.place, cure.step
    if isinstance(place, Written) or place.arguments or cure.changes:
        return True
    if cure.frame is None or not isinstance(step, Use):
        return place.repeat is not None
    return len(cure.frame.solution.runs.get(step, ())) > 1


def _differs(frame: Frame, dim: DimText, size: Size) -> bool:
    """Whether a dim says another size; one that says nothing here does not."""
    if isinstance(dim, Unknown):
        return False
    if isinstance(dim, Number):
        return dim.value != size
    solution = frame.solution
    value = evaluate(dim, {**solution.free, **solution.env})
    if isinstance(value, bool) or not isinstance(value, int | Dim):
        return False
    return not isinstance(solution.domain.agree(value, size), Holds)


def _in_reach(frame: Frame, size: Size | None) -> bool:
    """Whether a size can be written here: a number, or with free dims of its own."""
    if not isinstance(size, Dim):
        return True
    return size.symbols() <= set(frame.solution.plan.rigid)


def _names(dim: DimText) -> set[str]:
    return set() if isinstance(dim, Unknown) else names(dim)
