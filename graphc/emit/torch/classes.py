"""A blueprint becomes a class: attributes, constructor and methods."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from graphc.emit.torch.blueprint import Blueprint, first_holding
from graphc.emit.torch.channels import laid_out, maps_into
from graphc.emit.torch.checkpoint import REGISTERED
from graphc.emit.torch.code import (
    Column,
    Piece,
    Run,
    lines,
    python,
    replaced,
    signature,
)
from graphc.emit.torch.constructor import declared
from graphc.emit.torch.forward import INDENT, Step, Writer
from graphc.emit.torch.head import Head, head_of, scores
from graphc.emit.torch.held import held
from graphc.emit.torch.names import ATTRIBUTES, Names
from graphc.emit.torch.nodes import (
    Action,
    Attribute,
    Built,
    Home,
    Slot,
    applied_again,
    built,
    in_a_row,
)
from graphc.emit.torch.plan import ClassPlan, Lines, MethodPlan
from graphc.emit.torch.progress import INDEX
from graphc.emit.torch.purpose import Purpose
from graphc.emit.torch.sizes import boundary, node_sizes
from graphc.emit.torch.text import WIDTH, comment, docstring, paragraphs
from graphc.emit.torch.values import Port, Values, outputs_of
from graphc.ir import Call, Code, Node, Word
from graphc.lang import Dim


class Draft:
    """A class before its lines: what it needs names for, and those names."""

    def __init__(
        self,
        blueprint: Blueprint,
        *,
        is_model: bool,
        purpose: Purpose = Purpose.TRAINING,
        takes_checkpoint: bool = False,
        channels_last: bool = False,
    ) -> None:
        self.blueprint = blueprint
        self.purpose = purpose
        self.channels_last = channels_last
        self._finish = [REGISTERED] if takes_checkpoint else []
        self._finish += [laid_out("self")] if channels_last else []
        self._is_model = is_model
        module, parts = blueprint.module, blueprint.parts
        self._head = head_of(module, parts) if is_model else None
        self._row = _row(blueprint)
        self._built = {node: self._build(node) for node in blueprint.nodes}
        self._stored: dict[str, str] = {}
        own = {"logits"} if self._head else set()
        own |= {"TRAINED", "from_trained"} if purpose.for_inference else set()
        self._attributes = Names(ATTRIBUTES | own)
        self._attributes.add(map(_key, self._slots()))

    def plan(self, *, observed: bool) -> ClassPlan:
        """Return the class, line by line; ``observed`` as for a ``Writer``."""
        if self._row is not None:
            return self._sequential(self._row, observed=observed)
        methods = self._methods(observed=observed)
        body = self._body()
        if body:
            methods.insert(0, MethodPlan(tuple(self._signature()), (), tuple(body)))
        name = self.blueprint.name
        return ClassPlan(name, tuple(self._docstring()), tuple(methods))

    def attribute(self, slot: Slot) -> str:
        """Return the name of the attribute at a slot."""
        return self._attributes[_key(slot)]

    def path(self, slot: Slot) -> tuple[str, ...]:
        """Return the names that lead from the module to what is at a slot."""
        index = () if slot.index is None else (str(slot.index),)
        return index if self._row is not None else (self.attribute(slot), *index)

    def homes(self) -> tuple[Home, ...]:
        """Return where the modules of each term are."""
        return tuple(home for each in self._built.values() for home in each.homes)

    def _build(self, node: Node) -> Built:
        if self._row is not None:
            return self._row
        parts = self.blueprint.parts[node]
        is_head = self._head is not None and self._head.node is node
        holder = replace(node, name=node.holder)
        found = built(holder, parts[:-1] if is_head else parts)
        first = first_holding(self.blueprint.nodes, node)
        return found if node is first else applied_again(found)

    def _slots(self) -> list[Slot]:
        every = self._built.values()
        return [attribute.slot for each in every for attribute in each.attributes]

    def _sequential(self, row: Built, *, observed: bool) -> ClassPlan:
        """Return the class of a module that is a row: an ``nn.Sequential`` itself."""
        (attribute,), (node,) = row.attributes, self.blueprint.nodes
        code = self._written(attribute.code)
        if isinstance(code, Column):
            code = replace(code, opening="super().__init__(")
        start = tuple(self._signature())
        methods = [MethodPlan(start, (), tuple(lines(code, INDENT)))]
        if observed:
            methods.append(_watched(self.blueprint.module.inputs[0], node))
        name = self.blueprint.name
        about = tuple(self._docstring())
        return ClassPlan(name, about, tuple(methods), "nn.Sequential")

    def _docstring(self) -> list[str]:
        name, sizes = self.blueprint.name, boundary(self.blueprint)
        first = f"{name}: {sizes}." if sizes else f"{name}."
        if len(first) > WIDTH - 10:  # two quotes and the indent
            first = f"{name}."
        about = None if self._is_model else self.blueprint.module.about
        if about is None:
            return docstring([first], 4)
        return docstring([first, "", *paragraphs(about, WIDTH - 4)], 4)

    # The constructor

    def arguments(self) -> list[tuple[str, str]]:
        """Return what the constructor takes: declared, and as it is handed on.

        A star stands before those that are given by their names, and hands on nothing.
        """
        arguments: list[tuple[str, str]] = []
        starred = False
        for argument in self.blueprint.arguments:
            if argument.keyword_only and not starred:
                arguments.append(("*", ""))
                starred = True
            name = self.blueprint.keywords[argument.symbol]
            handed = f"{name}={name}" if argument.keyword_only else name
            arguments.append((declared(name, argument), handed))
        return arguments

    def _signature(self) -> list[str]:
        arguments = ["self", *(text for text, _ in self.arguments())]
        return signature("__init__", arguments, "None")

    def _body(self) -> list[str]:
        found: list[str] = []
        for node, each in self._built.items():
            if node.note is not None and each.attributes:
                found += comment(node.note, INDENT)
            for attribute in each.attributes:
                found += self._attribute_lines(attribute)
        stored = [
            f"{' ' * INDENT}self.{name} = {self.blueprint.keywords[symbol]}"
            for symbol, name in self._stored.items()
        ]
        if not found and not stored:
            return []
        start = f"{' ' * INDENT}super().__init__()"
        return [start, *stored, *found, *self._finish]

    def _attribute_lines(self, attribute: Attribute) -> list[str]:
        name = self.attribute(attribute.slot)
        return lines(self._written(attribute.code), INDENT, f"self.{name} = ")

    def _written(self, code: Piece) -> Piece:
        """Return code with the names of the constructor's arguments in it."""
        match code:
            case Run(body, count, index):
                return Run(self._written(body), self._written(count), index)
            case Column(items, listed):
                return Column(tuple(map(self._written, items)), listed)
            case _:
                return replaced(code, self._argument)

    def _argument(self, code: Code) -> Code:
        keywords = {INDEX: INDEX, **self.blueprint.keywords}
        return python(code, keywords) if isinstance(code, Dim) else code

    # The methods

    def _methods(self, *, observed: bool) -> list[MethodPlan]:
        if self._head is not None:
            return self._headed(self._head, observed=observed)
        module, nodes = self.blueprint.module, self.blueprint.nodes
        values = self._values(nodes, outputs_of(module))
        writer = self._writer(values, observed=observed)
        return [_method("forward", writer, self._steps(nodes), module.inputs)]

    def _writer(self, values: Values, *, observed: bool) -> Writer:
        maps = maps_into(self.blueprint) if self.channels_last else ()
        frees = self.purpose.for_inference
        return Writer(values, self.attribute, self._kept, observed, maps, frees)

    def _headed(self, head: Head, *, observed: bool) -> list[MethodPlan]:
        """Return ``logits``, and ``forward`` that applies the head to them."""
        module, nodes = self.blueprint.module, self.blueprint.nodes
        if head.alone:
            nodes = tuple(node for node in nodes if node is not head.node)
        values = self._values(nodes, (scores(module, head),))
        writer = self._writer(values, observed=observed)
        steps = [
            replace(step, name="logits" if step.node is head.node else None)
            for step in self._steps(nodes)
        ]
        about = docstring(["Return the scores before the softmax."], INDENT)
        logits = _method("logits", writer, steps, module.inputs)
        logits = replace(logits, docstring=tuple(about))
        writer = Writer(values, self.attribute, self._kept, observed)
        call = Call(Word("self.logits"), tuple(map(Word, values.arguments)))
        action = Action(None, head.part.items[0])
        writer.apply(self._step(head.node, (action,)), call)
        start = _start("forward", values)
        return [MethodPlan(start, (), tuple(writer.lines)), logits]

    def _values(self, nodes: Sequence[Node], returned: tuple[Port, ...]) -> Values:
        standing = {
            node.name: f"self.{self.attribute(Slot(node.name))}"
            for node in held(self.blueprint, returned)
        }
        return Values(self.blueprint.module, nodes, returned, standing)

    def _steps(self, nodes: Sequence[Node]) -> list[Step]:
        return [self._step(node, self._built[node].actions) for node in nodes]

    def _step(self, node: Node, actions: Sequence[Action]) -> Step:
        return Step(node, tuple(actions), node_sizes(self.blueprint, node))

    def _kept(self, size: Dim) -> Word:
        """Return a size in a method: its symbols are attributes that are stored."""
        names = {symbol: f"self.{self._store(symbol)}" for symbol in size.symbols()}
        return python(size, names)

    def _store(self, symbol: str) -> str:
        if symbol not in self._stored:
            name = self.blueprint.keywords[symbol]
            self._stored[symbol] = self._attributes.take(name)
        return self._stored[symbol]


def _row(blueprint: Blueprint) -> Built | None:
    """Return the one node of a module that can be an ``nn.Sequential`` itself."""
    if not blueprint.module.row:
        return None
    ((node, parts),) = blueprint.parts.items()
    return in_a_row(node, parts)


def _watched(start: Node, node: Node) -> MethodPlan:
    """Return the method of an ``nn.Sequential`` that hands on what it sees."""
    blanks = " " * INDENT
    return MethodPlan(
        ("    def forward(self, x: Tensor) -> Tensor:",),
        (),
        (
            f'{blanks}x = _observed(self, "{start.name}", 0, x)',
            f'{blanks}return _observed(self, "{node.name}", 0, super().forward(x))',
        ),
    )


def _key(slot: Slot) -> str:
    # The break sets it apart from a node that is called like both together.
    return f"{slot.node}\n{slot.suffix[1:]}" if slot.suffix else slot.node


def _method(
    name: str, writer: Writer, steps: Sequence[Step], inputs: Sequence[Node]
) -> MethodPlan:
    """Return the method that runs these steps."""
    values = writer.values
    writer.inputs([node.name for node in inputs])
    returns = False
    for step, then in zip_longest(steps, steps[1:]):
        returns = values.is_last(step.node)
        writer.step(step, returns=returns, then=then)
    if not returns:
        writer.give([values[port] for port in values.returned])
    return MethodPlan(_start(name, values), (), tuple(writer.lines))


def _start(name: str, values: Values) -> Lines:
    arguments = ["self", *(f"{variable}: Tensor" for variable in values.arguments)]
    count = len(values.returned)
    result = "Tensor" if count == 1 else f"tuple[{', '.join(['Tensor'] * count)}]"
    return tuple(signature(name, arguments, result))
