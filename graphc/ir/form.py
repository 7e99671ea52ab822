"""How an op is written in PyTorch: a small tree of code, with sizes still as values."""

from typing import TypeAlias

from graphc.lang import Dim
from graphc.record import record

Literal: TypeAlias = "bool | int | float | str | Dim | None"
Code: TypeAlias = "Literal | Word | Input | Call | Items | Infix | Index"


@record
class Word:
    """A name or dotted path of Python that graphc itself chose, printed as it is."""

    text: str


@record
class Input:
    """The value that arrives at input ``index``, counted from 0."""

    index: int


@record
class Items:
    """A list ``[a, b]``, or a tuple ``(a, b)``."""

    items: "tuple[Code, ...]"
    bracket: bool = True


@record
class Call:
    """A call ``function(*positional, **keywords)``; a ``str`` argument is a literal."""

    function: "Word | Call"
    positional: "tuple[Code, ...]" = ()
    keywords: "tuple[tuple[str, Code], ...]" = ()


@record
class Infix:
    """``a + b + c`` for one operator over two operands or more."""

    operator: str
    operands: "tuple[Code, ...]"


@record
class Index:
    """``value[0]``, ``value[:, 0]``: places in the first dims; ``:`` is all of one."""

    value: "Code"
    places: "tuple[Code, ...]"


@record
class Form:
    """An op as a layer, as an expression, or as both.

    ``layer`` constructs an ``nn.Module``; an op with parameters has only this form.
    ``function`` is an expression over the inputs; where both stand, a node of its own
    is written as the expression and a term inside an ``nn.Sequential`` as the layer.
    ``before`` is applied to input 0 of a layer first (explicit padding). ``arguments``
    are what the layer is called with, all inputs in order by default, and ``select``
    picks one of the values that the call returns. A layer that is ``held`` is an
    ``nn.Parameter``: it is read, not called, and where it needs a batch expanded to
    that and ``arguments``.
    """

    layer: Call | None = None
    function: Code = None
    before: Code = None
    arguments: tuple[tuple[str, Code], ...] = ()
    select: int | None = None
    held: bool = False
