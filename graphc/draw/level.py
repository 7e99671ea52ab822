"""How much of a network a drawing shows."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Overview:
    """The model as its author drew it and, below, each module in use, once."""


@dataclass(frozen=True, slots=True)
class OneModule:
    """One module alone, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Unrolled:
    """Every instance where it stands, with all repeats."""


Level: TypeAlias = Overview | OneModule | Unrolled
