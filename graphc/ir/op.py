"""The contract of an op: everything graphc knows of it, in one declaration."""

from collections.abc import Callable, Sequence
from enum import Enum

from graphc.ir.form import Form
from graphc.ir.layer import Layer
from graphc.ir.reach import View, pointwise
from graphc.ir.sizes import Sizes
from graphc.ir.value import Arguments, Value
from graphc.lang import Size
from graphc.record import record


class Family(Enum):
    """What an op is to a reader of a drawing; the value is its name in the legend."""

    DATA = "input and output"
    CONVOLUTION = "convolution"
    POOLING = "pooling"
    NORMALIZATION = "normalization"
    ACTIVATION = "activation"
    LINEAR = "linear"
    ATTENTION = "attention"
    MERGE = "merge"
    RESHAPE = "reshape"
    REGULARIZATION = "regularization"
    PARAMETER = "parameter"


class Kind(Enum):
    """What values an argument takes; the value is the phrase that reports use."""

    INTEGER = "an integer"
    NUMBER = "a number"
    FLAG = "true or false"
    WORD = "one of the words"
    AXES = "an integer, or a list with one for each spatial axis"
    PADDING = "an integer, or a list with one or a pair for each axis"
    INTEGERS = "a list of integers"
    PARTS = "an integer or a list of integers"
    FACTORS = "a number, or a list with one for each spatial axis"


@record
class Argument:
    """One argument of an op, declared once with all its names.

    ``name`` is PyTorch's. ``least`` bounds every integer or number in the value from
    below, ``most`` from above. An argument that is neither ``required`` nor has a
    default is None where it is not written; if it is ``inferred`` sizes decide it.
    """

    name: str
    kind: Kind
    about: str
    short: tuple[str, ...] = ()
    default: Value = None
    required: bool = False
    inferred: bool = False
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which it may be given."""
        return (self.name, *self.short)


@record
class Inputs:
    """How many tensors an op takes and what the ports are called.

    ``ports`` are the names in order; the first ``least`` must be connected. With
    ``many`` the op takes any number from ``least`` on and its ports are numbered.
    """

    ports: tuple[str, ...] = ("input",)
    least: int = 1
    many: bool = False


@record
class Weight:
    """One tensor of an op's state: a parameter, or a buffer such as a running mean.

    ``name`` is its last part in the ``state_dict``, empty where the key is that of the
    node alone; ``shape`` is PyTorch's.
    """

    name: str
    shape: tuple[Size, ...]
    buffer: bool = False
    integer: bool = False


def no_weights(_: Layer) -> tuple[Weight, ...]:
    """Return the weights of an op without state: none."""
    return ()


def no_macs(_: Layer) -> Size:
    """Return the multiply-accumulates of an op that multiplies no matrices: 0."""
    return 0


def no_scratch(_: Layer) -> Size:
    """Return the bytes that most ops hold beside their tensors: 0."""
    return 0


def one_output(_: Arguments) -> int:
    """Return the number of outputs of most ops: 1."""
    return 1


@record
class Op:
    """An op of the language.

    ``sizes`` states the relations between its tensors; ``torch`` gives its PyTorch form
    for a solved layer; ``weights`` its state; ``macs`` its multiply-accumulates at
    batch 1; ``views`` what an element of any output sees of each input (see ``View``);
    ``scratch`` the bytes that it holds while it runs beside what it reads and gives, at
    batch 1 in float32.
    ``outputs`` is the number of its outputs (None: any number, as read). An op that
    ``broadcasts`` also takes a batch of 1 beside others. One that is ``idle`` gives in
    evaluation what it takes. One that works ``in_place`` takes the keyword ``inplace``
    in both forms, with which it writes over its input. An op that is not ``known``
    stands in for what could not be read: see ``opaque``.
    """

    name: str
    family: Family
    about: str
    example: str
    sizes: Callable[[Sizes], None]
    torch: Callable[[Layer], Form]
    arguments: tuple[Argument, ...] = ()
    aliases: tuple[str, ...] = ()
    inputs: Inputs = Inputs()
    outputs: Callable[[Arguments], int | None] = one_output
    weights: Callable[[Layer], tuple[Weight, ...]] = no_weights
    macs: Callable[[Layer], Size] = no_macs
    views: Callable[[Layer], tuple[View, ...]] = pointwise
    scratch: Callable[[Layer], Size] = no_scratch
    rule: str = ""
    broadcasts: bool = False
    idle: bool = False
    in_place: bool = False
    known: bool = True

    def argument(self, name: str) -> Argument | None:
        """Return the argument with that name, short or long."""
        for argument in self.arguments:
            if name in argument.names:
                return argument
        return None


def opaque(name: str) -> Op:
    """Return an op that says nothing of its tensors, for what could not be read."""
    return Op(
        name,
        Family.DATA,
        "an op that is not known",
        name,
        sizes=_says_nothing,
        torch=_has_no_form,
        inputs=Inputs((), least=0, many=True),
        outputs=_any_number,
        known=False,
    )


def _says_nothing(_: Sizes) -> None:
    return None


def _has_no_form(_: Layer) -> Form:
    raise AssertionError("a spec with errors is not emitted")


def _any_number(_: Arguments) -> None:
    return None


def by_name(ops: Sequence[Op]) -> dict[str, Op]:
    """Return ops by name and alias; raises ValueError if two share one."""
    table: dict[str, Op] = {}
    for op in ops:
        for name in (op.name, *op.aliases):
            if name in table:
                raise ValueError(f"{name} names both {table[name].name} and {op.name}")
            table[name] = op
    return table
