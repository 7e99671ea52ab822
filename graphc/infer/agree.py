"""Whether sizes are the same, for integers and for symbolic sizes alike."""

from graphc.lang import Equal, Size, bounds, compare


def agree(left: Size, right: Size) -> bool:
    """Return whether two sizes are proved equal for every value of their symbols."""
    if left == right:
        return True
    if isinstance(left, int) and isinstance(right, int):
        return False
    return isinstance(compare(left, right), Equal)


def never_below(size: Size, least: int) -> bool | None:
    """Return whether a size is at least ``least``: always or never; None if neither."""
    if isinstance(size, int):
        return size >= least
    low, high = bounds(size, {})
    if low is not None and low >= least:
        return True
    return False if high is not None and high < least else None
