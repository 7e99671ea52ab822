"""Whether a size beside a layer can be that of its result, or tells of its kernel."""

from graphc.ingest.notation.drafts import Draft
from graphc.ingest.notation.reading import SizeReading
from graphc.ingest.notation.signatures import FIRST
from graphc.ir import Family

_SIZED = (Family.DATA, Family.PARAMETER)
_MOST_KERNEL = 11
_FLAT = ("Flatten", "GlobalAvgPool")
_WINDOWED = ("kernel_size", "output_size", "scale_factor")


def may_have(draft: Draft, size: SizeReading, *, worded: bool = False) -> bool:
    """Whether a size behind the name of a layer is that of its result.

    Two numbers are a kernel where the layer has one, and one is an argument, or says
    nothing, but behind ``Input``.
    """
    if draft.op is None or draft.op.family in _SIZED:
        return True
    dims = size.fragment.text.count("*") + 1
    if draft.op.name in _FLAT:
        return True
    if has_window(draft):
        return dims > 2
    if draft.op.name in FIRST:
        return dims > 2 or (dims == 2 and size.without_first is not None)
    return dims > 1 or worded


def has_window(draft: Draft) -> bool:
    """Whether a layer has an argument that is one size for each axis."""
    names = [argument.name for argument in draft.op.arguments] if draft.op else []
    return any(name in _WINDOWED for name in names)


def may_be_kernel(draft: Draft, size: SizeReading) -> bool:
    """Whether what looks like a size begins as a kernel that is not told: 3x3x64."""
    first = size.fragment.text.split("*")[0]
    small = first.isdecimal() and 1 < int(first) <= _MOST_KERNEL
    return (
        has_window(draft)
        and small
        and size.last is not None
        and not draft.has("kernel_size")
    )
