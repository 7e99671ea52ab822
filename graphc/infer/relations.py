"""The relations of ``graphc.ir.Sizes``, carried forwards and backwards."""

from collections.abc import Sequence
from math import floor

from graphc.diagnostics import Code
from graphc.infer.beliefs import Beliefs, cells_of, value_of
from graphc.infer.cells import Clash, SizeCell, TensorSlot, Text
from graphc.infer.windows import formula, steps
from graphc.ir import Window
from graphc.lang import Dim, Size, divide

_EXACT = 2**20
"""Below it the parts of a binary fraction leave products exact in float64."""


class Relations(Beliefs):
    """What a size rule and an annotation can state."""

    # Sums and products

    def total(self, parts: Sequence[SizeCell | Size], whole: SizeCell | Size) -> None:
        """State that the parts add up to the whole."""
        known = [value for value in map(value_of, parts) if value is not None]
        cells = tuple(part for part in parts if isinstance(part, SizeCell))
        gap = [cell for cell in cells if cell.value is None]
        if not gap:
            text = " + ".join(map(str, known))
            size: Size = sum(known)
            self._state(whole, size, cells, lambda: f"{text} = {size}")
        elif len(gap) == 1 and (size_of := value_of(whole)) is not None:
            rest = size_of - sum(known)
            sources = _others((*cells, whole), gap[0])
            taken = "".join(f" - {value}" for value in known)
            self.put(gap[0], rest, sources, lambda: f"{size_of}{taken} = {rest}")

    def product(
        self,
        parts: Sequence[SizeCell | Size],
        whole: Sequence[SizeCell | Size],
    ) -> None:
        """State that both products are equal (the elements of a reshape)."""
        cells = tuple(c for c in (*parts, *whole) if isinstance(c, SizeCell))
        gap = [cell for cell in cells if cell.value is None]
        if len(gap) > 1:
            return
        left, right = _product(parts), _product(whole)
        if not gap:
            if self.differ(left, right, cells) is not None:
                self.elements(parts, whole, left, right)
            return
        open_left = any(part is gap[0] for part in parts)
        full, given = (right, left) if open_left else (left, right)
        size = divide(full, given)
        if size is None and isinstance(given, Dim):
            return  # there may be a quotient that is no polynomial
        if isinstance(full, Dim) and isinstance(given, int) and size is None:
            told = f"{full} can be divided by {given}"
            failure = self.differ(full % given, 0, cells, told)
            size = full // given if failure is None else None
        if size is None:
            self.fail(
                Code.GC303,
                f"{full} elements cannot be divided into parts of {given}",
            )
            return
        text = f"{full} / {given} = {size}" if given != 1 else ""
        sources = _others(cells, gap[0])
        self.put(gap[0], size, sources, (lambda: text) if text else None)

    def elements(
        self,
        parts: Sequence[SizeCell | Size],
        whole: Sequence[SizeCell | Size],
        left: Size,
        right: Size,
    ) -> None:
        """Record that the elements on both sides of a reshape are not as many.

        With a single dim on one side that dim is what cannot be right.
        """
        for single, others, size in ((whole, parts, left), (parts, whole, right)):
            if len(single) == 1 and isinstance(single[0], SizeCell):
                sources = tuple(c for c in others if isinstance(c, SizeCell))
                self.put(single[0], size, sources, _multiplied(others, size))
                return
        self.fail(Code.GC303, f"{left} elements cannot become {right}")

    # Axes

    def window(self, source: SizeCell, result: SizeCell, window: Window) -> None:
        """State ``result = (source + before + after - d*(k - 1) - 1)//s + 1``."""
        rule = steps(window)
        if source.value is not None:
            size, value = rule.result(source.value), source.value
            if not self._covers(source, size, window):
                self._too_large(source, window)
            else:
                text = _told(window, value, size)
                self.put(result, size, (source,), text)
            return
        low, high = rule.sources(result.low, result.high)
        if result.low > 1 or result.high is not None:
            self.narrow(source, max(low, 1), high, (result,))
        if source.value is None and source.low > 1:
            least = rule.result(source.low)
            most = None if source.high is None else rule.result(source.high)
            if isinstance(least, int) and not isinstance(most, Dim):
                self.narrow(result, max(least, 1), most, (source,))

    def _covers(self, source: SizeCell, size: Size, window: Window) -> bool:
        """Return whether a window fits into its input, for some symbols at least."""
        if isinstance(size, int):
            return size >= 1
        told = f"an input of {source.value} is enough for a kernel of {window.kernel}"
        return self.reach(size, 1, (source,), told)

    def _too_large(self, source: SizeCell, window: Window) -> None:
        padding = window.before + window.after
        padded = f" padded to {source.value + padding}" if padding else ""  # type: ignore[operator]
        spread = "" if window.dilation == 1 else f" with dilation {window.dilation}"
        self.fail(
            Code.GC303,
            f"a kernel of {window.kernel}{spread} is larger than the input of "
            f"{source.value}{padded}",
            sources=(source,),
        )

    def affine(
        self, source: SizeCell, result: SizeCell, scale: int, offset: Size
    ) -> None:
        """State ``result = source*scale + offset``; GC303 where that is below 1."""
        if source.value is not None:
            size, value = source.value * scale + offset, source.value
            if not self._positive(source, size):
                self.fail(
                    Code.GC303,
                    f"an input of {value} would give {size}",
                    sources=(source,),
                )
                return
            self.put(
                result, size, (source,), lambda: f"{value}*{scale} + {offset} = {size}"
            )
        elif isinstance(result.value, int) and isinstance(offset, int):
            if (result.value - offset) % scale:
                self.fail(
                    Code.GC303,
                    f"no input gives a result of {result.value}",
                    sources=(result,),
                )
                return
            self.put(source, (result.value - offset) // scale, (result,))

    def _positive(self, source: SizeCell, size: Size) -> bool:
        if isinstance(size, int):
            return size >= 1
        told = f"an input of {source.value} gives {size}, which is 1 or more"
        return self.reach(size, 1, (source,), told)

    def rounded_up(self, source: SizeCell, result: SizeCell, divisor: int) -> None:
        """State ``result = ceil(source / divisor)`` (``same`` padding)."""
        if source.value is not None:
            value = source.value
            size = -(-value // divisor)
            self.put(
                result, size, (source,), lambda: f"ceil({value}/{divisor}) = {size}"
            )
        elif result.value is None or isinstance(result.value, int):
            high = None if result.high is None else result.high * divisor
            self.narrow(source, (result.low - 1) * divisor + 1, high, (result,))

    def scaled(self, source: SizeCell, result: SizeCell, factor: float) -> None:
        """State ``result = floor(source * factor)`` in float64, as PyTorch does."""
        value = source.value
        if isinstance(value, int):
            size = floor(value * factor)
            self.put(
                result, size, (source,), lambda: f"floor({value}*{factor:g}) = {size}"
            )
        elif value is not None:
            number, divisor = float(factor).as_integer_ratio()
            if max(number, divisor) < _EXACT:
                scaled = value * number // divisor
                self.put(result, scaled, (source,))
        elif isinstance(result.value, int):
            near = floor(result.value / factor)
            reach = range(max(1, near - 2), near + 3 + floor(1 / factor))
            fits = [size for size in reach if floor(size * factor) == result.value]
            if fits:
                self.narrow(source, fits[0], fits[-1], (result,))

    # Joins

    def broadcast(
        self, sources: Sequence[TensorSlot], result: TensorSlot, *, warn: bool = False
    ) -> None:
        """State NumPy's broadcasting rule; GC304 where it cannot hold."""
        if self.assuming:
            self._level(sources, result)
        shapes = [slot.dims for slot in sources if slot.dims is not None]
        if len(shapes) < len(sources):
            return
        rank = max(len(dims) for dims in shapes)
        whole = self.ranked(result, rank, sources)
        if whole is None:
            return
        for axis in range(rank, 0, -1):
            column = [dims[-axis] for dims in shapes if len(dims) >= axis]
            self._stretch(column, whole[-axis], warn=warn)

    def _level(self, sources: Sequence[TensorSlot], result: TensorSlot) -> None:
        """Take open ranks to be those of the other tensors at a join."""
        given = next((s for s in (*sources, result) if s.dims is not None), None)
        for slot in sources:
            if slot.dims is None and given is not None and given.dims is not None:
                self.ranked(slot, len(given.dims), (given,))

    def _stretch(self, column: list[SizeCell], whole: SizeCell, *, warn: bool) -> None:
        wide = [cell for cell in column if cell.value not in (None, 1)]
        gaps = [cell for cell in column if cell.value is None]
        ones = [cell for cell in column if cell.value == 1]
        for cell in wide[1:]:
            first, other = wide[0].value, cell.value
            if first is None or other is None:
                continue
            failure = self.differ(first, other, (wide[0], cell))
            if failure is not None:
                self.misfit(wide[0], cell, failure.words)
                return
        if wide:
            self.put(whole, wide[0].value or 1, (wide[0],))
            if warn and ones:
                self._warn_stretch(wide[0], ones[0])
        elif not gaps:
            self.put(whole, 1, tuple(column))
        elif whole.value == 1 or self.assuming:
            self._equate(gaps, whole)
        if wide and self.assuming:
            self._equate(gaps, wide[0])

    def _equate(self, gaps: Sequence[SizeCell], origin: SizeCell) -> None:
        """Give open dims the size of another, if it has one."""
        if origin.value is not None:
            for cell in gaps:
                self.put(cell, origin.value, (origin,))

    def misfit(self, left: SizeCell, right: SizeCell, unless: str) -> None:
        """Record that two inputs of a join do not fit together."""
        held, found = f"{right.value}", f"{left.value}"
        clash = Clash(
            self.step,
            (left, right),
            right.owner,
            right,
            held,
            found,
            code=Code.GC304,
            unless=unless,
        )
        self._record(("join",), clash)

    def _warn_stretch(self, wide: SizeCell, narrow: SizeCell) -> None:
        clash = Clash(
            self.step,
            (wide, narrow),
            narrow.owner,
            narrow,
            "1",
            f"{wide.value}",
            code=Code.GC309,
        )
        self.remarks.warnings.setdefault((self.step,), clash)

    # Limits

    def divisible(self, size: SizeCell | Size, divisor: int, message: str) -> None:
        """State that ``divisor`` divides the size; GC303 with ``message`` if not."""
        value = value_of(size)
        if value is None or value % divisor == 0:
            return
        told = f"{value} can be divided by {divisor}"
        if self.differ(value % divisor, 0, cells_of(size), told) is not None:
            self.fail(Code.GC303, message, sources=cells_of(size))

    def at_least(self, size: SizeCell | Size, least: int, message: str) -> None:
        """State a lower bound; GC303 with ``message`` where it cannot hold."""
        value = value_of(size)
        if value is None:
            return
        if isinstance(value, int):
            fits = value >= least
        else:
            fits = self.reach(
                value, least, cells_of(size), f"{value} is {least} or more"
            )
        if not fits:
            self.fail(Code.GC303, message, sources=cells_of(size))

    def _state(
        self,
        target: SizeCell | Size,
        size: Size,
        sources: tuple[SizeCell, ...],
        text: Text,
    ) -> None:
        if isinstance(target, SizeCell):
            self.put(target, size, sources, text)
        elif self.differ(target, size, sources) is not None:
            self.fail(Code.GC302, f"{text()}, not {target}", sources=sources)


def _others(
    sizes: Sequence[SizeCell | Size], without: SizeCell
) -> tuple[SizeCell, ...]:
    return tuple(
        size for size in sizes if isinstance(size, SizeCell) and size is not without
    )


def _product(sizes: Sequence[SizeCell | Size]) -> Size:
    """Return the product of the sizes that are known."""
    result: Size = 1
    for size in sizes:
        value = value_of(size)
        if value is not None:
            result = result * value
    return result


def _multiplied(sizes: Sequence[SizeCell | Size], result: Size) -> Text:
    text = "*".join(str(value_of(size)) for size in sizes)
    return lambda: f"{text} = {result}"


def _told(window: Window, source: Size, result: Size) -> Text:
    return lambda: formula(window, source, result)
