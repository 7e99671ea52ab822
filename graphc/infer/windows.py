"""The arithmetic of sliding windows, turned both ways.

Source of the formulas: the shape sections of ``torch.nn.Conv2d`` and
``torch.nn.MaxPool2d``; the rule for ``ceil_mode`` is that of PyTorch's pooling kernels
(the last window must start inside the input or the padding before it).
"""

from graphc.ir import Window
from graphc.lang import Size
from graphc.record import record


@record
class Steps:
    """A window as ``result = (source + offset)//stride + extra``.

    Both rounding rules have this form. Rounded down, the window of extent
    ``e = d*(k - 1) + 1`` takes ``(n + before + after - e)//s + 1`` places. Rounded up,
    the places are those that start before ``n + before`` and reach the end at most
    once: ``ceil((n + before + min(after - e + s, 0))/s)``, since both limits are
    ceilings of sizes that differ by a constant.
    """

    offset: Size
    stride: int
    extra: int

    def result(self, source: Size) -> Size:
        """Return the number of places for an input of that size."""
        return (source + self.offset) // self.stride + self.extra

    def sources(self, low: int, high: int | None) -> tuple[int, int | None]:
        """Return the input sizes that give ``low`` to ``high`` places."""
        offset = self.offset
        if not isinstance(offset, int):
            return 1, None
        least = (low - self.extra) * self.stride - offset
        if high is None:
            return least, None
        return least, (high - self.extra + 1) * self.stride - offset - 1


def steps(window: Window) -> Steps:
    """Return a window's formula."""
    extent = window.dilation * (window.kernel - 1) + 1
    padding = window.before + window.after
    if not window.ceil:
        return Steps(padding - extent, window.stride, 1)
    overhang = window.after - extent + window.stride
    if isinstance(overhang, int):
        overhang = min(overhang, 0)
    return Steps(window.before + overhang + window.stride - 1, window.stride, 0)


def formula(window: Window, source: Size, result: Size) -> str:
    """Return the arithmetic in words: ``(147 + 2*0 - 3)//2 + 1 = 73``."""
    kernel, before, after = window.kernel, window.before, window.after
    padding = f"2*{before}" if before == after else f"{before} + {after}"
    extent = f"{kernel}"
    if window.dilation != 1:
        extent = f"({window.dilation}*({kernel} - 1) + 1)"
    top = f"{source} + {padding} - {extent}"
    if window.ceil:
        return f"ceil(({top})/{window.stride}) + 1, last window inside = {result}"
    return f"({top})//{window.stride} + 1 = {result}"
