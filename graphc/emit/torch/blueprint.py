"""What a class is built of, before any name in it is final.

A module of the spec becomes one class for all its instances, with arguments for what
differs between them; several classes only where more than values differ.
"""

from collections.abc import Iterable, Iterator, Mapping

from graphc.emit.torch.merge import Scope
from graphc.emit.torch.merge import parts as parts_of
from graphc.infer import Generic, Instance, Symbol
from graphc.ir import Call, Code, Form, Module, Node, Op, Parameter, Term, Value
from graphc.lang import Dim, Size
from graphc.record import record


@record(eq=False)
class OpItem:
    """An op in a row; ``stateful`` if it has weights."""

    op: Op
    form: Form
    stateful: bool


@record(eq=False)
class UseItem:
    """A module in a row: the call of its class."""

    blueprint: "Blueprint"
    call: Call


@record(eq=False)
class Group:
    """``count`` items in a row that are alike; the count may be symbolic.

    The code of one that is ``indexed`` has the place in the row in it, as a symbol.
    """

    count: Size
    item: OpItem | UseItem
    indexed: bool = False


@record(eq=False)
class Part:
    """A term of a node: what it became, and whether it gives more than one tensor.

    ``outputs`` is the number of tensors that the code gives, None if it is open.
    """

    term: Term
    groups: tuple[Group, ...]
    outputs: int | None

    @property
    def repeated(self) -> bool:
        """Whether it is written as several in a row, if only one stands there."""
        return self.term.repeat is not None

    @property
    def stateful(self) -> bool:
        """Whether it has weights, or is a module."""
        return any(
            isinstance(group.item, UseItem) or group.item.stateful
            for group in self.groups
        )

    @property
    def items(self) -> tuple[OpItem | UseItem, ...]:
        """What stands in the row, each kind once."""
        return tuple(group.item for group in self.groups)


@record(eq=False)
class Argument:
    """An argument of the constructor.

    ``symbol`` is what stands for it in sizes, ``values`` its value in each instance;
    ``parameter`` is the spec's, ``dim`` the dim at the boundary that it is.
    """

    symbol: str
    values: tuple[Value, ...]
    parameter: Parameter | None = None
    dim: Symbol | None = None

    @property
    def required(self) -> bool:
        """Whether it has no default."""
        return self.parameter is None or self.parameter.required

    @property
    def default(self) -> Value:
        """The default, if it has one."""
        return None if self.parameter is None else self.parameter.default

    @property
    def flag(self) -> bool:
        """Whether it is true or false."""
        return any(isinstance(value, bool) for value in (*self.values, self.default))

    @property
    def keyword_only(self) -> bool:
        """Whether it is given by its name alone."""
        extra = self.parameter is None and self.dim is None
        return self.flag or extra

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Where it stands: dims first, then what is required, then defaults."""
        return self.keyword_only, not self.required, self.dim is None


@record(eq=False)
class Blueprint:
    """A class: its module, the instances it is for, and the parts of each node.

    ``nodes`` are those that run, in order. ``keywords`` has the name of each argument
    by its symbol.
    """

    name: str
    module: Module
    instances: tuple[Instance, ...]
    generic: Generic
    scope: Scope
    parts: Mapping[Node, tuple[Part, ...]]
    arguments: tuple[Argument, ...]
    keywords: Mapping[str, str]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that run, in order."""
        return tuple(self.parts)

    def index(self, instance: Instance) -> int:
        """Return the number of an instance among those of this class."""
        return self.instances.index(instance)


def first_holding(nodes: Iterable[Node], node: Node) -> Node:
    """Return the first of the nodes that run by which a node's modules are made."""
    return next(each for each in nodes if each.holder == node.holder)


def arguments_of(
    module: Module, solved: Generic, scope: Scope, parts: Iterable[Part]
) -> tuple[Argument, ...]:
    """Return the arguments that code uses, in the order of the constructor."""
    used = {name for part in parts for name in _used(part)}
    dims = {dim.name: dim for dim in solved.symbols}
    parameters = {each.name: each for each in module.parameters}
    arguments = (
        Argument(
            name,
            tuple(each[name] for each in scope.values),
            parameters.get(name),
            dims.get(name),
        )
        for name in (*dims, *parameters, *scope.extras)
        if name in used
    )
    return tuple(sorted(arguments, key=lambda argument: argument.rank))


def _used(part: Part) -> Iterator[str]:
    for group in part.groups:
        yield from symbols_of(group.count)
        for code in _codes(group.item):
            yield from symbols_of(code)


def _codes(item: OpItem | UseItem) -> tuple[Code, ...]:
    if isinstance(item, UseItem):
        return (item.call,)
    return codes_of(item.form)


def codes_of(form: Form) -> tuple[Code, ...]:
    """Return all the code of a form."""
    arguments = (code for _, code in form.arguments)
    return (form.layer, form.before, *arguments, form.function)


def symbols_of(code: Code) -> Iterator[str]:
    """Yield the names of the sizes in code that are symbolic."""
    if isinstance(code, Dim):
        yield from code.symbols()
    for part in parts_of(code):
        yield from symbols_of(part)
