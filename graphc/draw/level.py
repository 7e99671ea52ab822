"""How much of a network a drawing shows."""

from typing import TypeAlias

from graphc.record import record


@record
class Overview:
    """The model as its author drew it and, below, each module in use, once."""


@record
class OneModule:
    """One module alone, by its name."""

    name: str


@record
class Unrolled:
    """Every instance where it stands, with all repeats."""


Level: TypeAlias = Overview | OneModule | Unrolled
