"""Layers that a label names, until all of it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.reading import Unsaid
from graphc.ir import Op
from graphc.record import record

_LEFT_OUT = ("kernel_size", "out_channels", "out_features")


@record
class Given:
    """An argument that the text gives: ``argument`` is the op's name for it."""

    argument: str
    value: Part


@dataclass(slots=True)
class Draft:
    """A layer, or a module of the document where ``op`` is None.

    ``exact`` tells that what is not written has the value that PyTorch says it has, as
    in a call; in a figure it may have been left out. ``noted`` tells that the notation
    is that of specs: beside a kernel, a padding that is not written is 0.
    """

    name: Part
    op: Op | None
    given: list[Given] = field(default_factory=list)
    repeat: Part | None = None
    exact: bool = False
    noted: bool = False

    def has(self, argument: str) -> bool:
        """Whether the text gives the argument."""
        return any(given.argument == argument for given in self.given)

    def takes_argument(self, argument: str) -> bool:
        """Whether the op has the argument and the text has not given it yet."""
        known = self.op is not None and self.op.argument(argument) is not None
        return known and not self.has(argument)

    def missing(self) -> str | None:
        """Return an argument that is missing, which the op needs and no size tells."""
        for argument in self.op.arguments if self.op else ():
            needed = argument.required and argument.name not in _LEFT_OUT
            if needed and not self.has(argument.name):
                return argument.name
        return None

    def parts(self) -> list[Part]:
        """Return the parts of the term: the first argument by position, if plain."""
        head = [] if self.repeat is None else [self.repeat]
        placed = [part for part in map(self._placed, self.given) if part is not None]
        keyed = [part for part in map(self._keyed, self.given) if part is not None]
        return [*head, self.name, *placed, *keyed]

    def _placed(self, given: Given) -> Part | None:
        return given.value if self._is_first(given.argument) else None

    def _keyed(self, given: Given) -> Part | None:
        if self._is_first(given.argument):
            return None
        argument = self.op.argument(given.argument) if self.op else None
        key = argument.short[0] if argument and argument.short else given.argument
        value = given.value
        return Part(f"{key}={value.text}", value.start, value.end)

    def _is_first(self, name: str) -> bool:
        first = self.op.arguments[0].name if self.op and self.op.arguments else ""
        return name == first and name not in ("kernel_size", "eps")

    def unsaid(self) -> tuple[Unsaid, ...]:
        """Return what a spec would have to say of the layer and the text does not."""
        if self.op is None or self.exact:
            return ()
        names = [argument.name for argument in self.op.arguments]
        if "out_features" in names:
            return () if self.has("out_features") else (Unsaid.WIDTH,)
        if "kernel_size" not in names:
            return ()
        steps = self._pool_steps() if "ceil_mode" in names else self._conv_steps()
        return steps if self.has("kernel_size") else (Unsaid.KERNEL, *steps)

    def _pool_steps(self) -> tuple[Unsaid, ...]:
        steps = () if self.has("stride") else (Unsaid.POOL_STRIDE,)
        padded = self.has("padding") or self.has("ceil_mode") or self._kernel() < 3
        return steps if padded or self._is_noted else (*steps, Unsaid.PADDING)

    def _conv_steps(self) -> tuple[Unsaid, ...]:
        if self.has("padding") or self._kernel() < 2 or self._is_noted:
            return ()
        return (Unsaid.PADDING,) if self.has("stride") else (Unsaid.STRIDE,)

    @property
    def _is_noted(self) -> bool:
        return self.noted and self.has("kernel_size")

    def _kernel(self) -> int:
        """Return the largest size of the kernel, a large one where it is not told."""
        sizes = [
            int(size)
            for given in self.given
            if given.argument == "kernel_size"
            for size in given.value.text.strip("[]").split(",")
            if size.strip().isdigit()
        ]
        return max(sizes, default=9)


def parts_of(drafts: Sequence[Draft]) -> list[Part]:
    """Return the parts of a label, with the comma that a repeat needs before it."""
    parts: list[Part] = []
    for draft in drafts:
        if parts and draft.repeat is not None:
            before = parts[-1]
            parts[-1] = Part(f"{before.text},", before.start, before.end)
        parts += draft.parts()
    return parts
