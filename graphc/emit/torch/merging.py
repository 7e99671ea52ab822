"""The instances of a module that can share a class become its blueprint."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import itemgetter, mul

from graphc.emit.torch.blueprint import (
    Argument,
    Blueprint,
    Group,
    OpItem,
    Part,
    UseItem,
    arguments_of,
    first_holding,
)
from graphc.emit.torch.constructor import keywords
from graphc.emit.torch.forms import Forms, form_of
from graphc.emit.torch.handed import gives, handed_on
from graphc.emit.torch.merge import DifferError, Scope, code_of, merged, same
from graphc.emit.torch.names import plain
from graphc.emit.torch.progress import progressions
from graphc.infer import Body, Generic, GenericUse, Instance, Repeated, Shape, Stage
from graphc.ir import (
    Arguments,
    Call,
    Code,
    Graph,
    Layer,
    Module,
    Node,
    Op,
    Term,
    Value,
    Word,
)
from graphc.lang import ArgumentText, Dim, Size
from graphc.record import record


@record(eq=False)
class _Row:
    """Bodies in a row that come out as the same code: the first of each instance.

    ``counts`` are the numbers of them, ``position`` the place of the first.
    """

    bodies: tuple[Body, ...]
    counts: tuple[int, ...]
    position: int


class Merging:
    """One class for several instances of a module."""

    def __init__(
        self,
        instances: tuple[Instance, ...],
        solved: Generic,
        drafts: dict[Instance, Blueprint],
    ) -> None:
        self._instances = instances
        self._generic = solved
        self._drafts = drafts
        self._module = instances[0].module
        values = [_values(instance, solved) for instance in instances]
        self._scope = Scope(values, (name for each in values for name in each))

    def blueprint(self) -> Blueprint:
        """Return the class; raises DifferError if one is not enough."""
        if len({_ranks(instance) for instance in self._instances}) > 1:
            raise DifferError
        parts = {node: tuple(self._node(node)) for node in _live(self._module)}
        every = (
            part
            for node, each in parts.items()
            for part in each
            if not part.stateful or node is first_holding(parts, node)
        )
        arguments = arguments_of(self._module, self._generic, self._scope, every)
        return Blueprint(
            self._module.name,
            self._module,
            self._instances,
            self._generic,
            self._scope,
            parts,
            arguments,
            keywords(self._module, arguments),
        )

    def _node(self, node: Node) -> Iterator[Part]:
        stages = [instance.stages(node) for instance in self._instances]
        for column in zip(*stages, strict=True):
            yield self._part(node, column)

    def _part(self, node: Node, stages: Sequence[Stage]) -> Part:
        term = stages[0].term
        rows = self._rows(term, stages)
        groups = []
        for number, row in enumerate(rows):
            item = self._item(node, term, row)
            last = number == len(rows) - 1
            groups.append(Group(self._count(node, term, row, last=last), item))
        names = self._scope.values[0]
        return Part(term, progressions(groups, names), _outputs(term, stages[0]))

    def _rows(self, term: Term, stages: Sequence[Stage]) -> list[_Row]:
        """Cut the bodies of a term where the code changes."""
        each = [list(self._runs(term, stage)) for stage in stages]
        if len({len(runs) for runs in each}) > 1:
            raise DifferError
        rows, position = [], 0
        for number, column in enumerate(zip(*each, strict=True)):
            counts = tuple(run.count for run in column)
            last = number == len(each[0]) - 1
            if not last and len(set(counts)) > 1:
                raise DifferError
            rows.append(_Row(tuple(run.body for run in column), counts, position))
            position += counts[0]
        return rows

    def _runs(self, term: Term, stage: Stage) -> Iterator[Repeated]:
        """Return the bodies of one instance, those in a row with equal code as one."""
        starts = {*self._generic.starts(term)}
        position = 0
        pieces: list[tuple[object, Repeated]] = []
        for run in stage.runs:
            cuts = sorted(s for s in starts if position < s < position + run.count)
            ends = [*cuts, position + run.count]
            for begin, end in zip([position, *cuts], ends, strict=True):
                likely = self._generic.body(term, begin)
                key = (self._key(term, run.body), self._key(term, likely))
                pieces.append((key, Repeated(end - begin, run.body)))
            position += run.count
        for _, group in groupby(pieces, itemgetter(0)):
            alike = [piece for _, piece in group]
            yield Repeated(sum(piece.count for piece in alike), alike[0].body)

    def _key(self, term: Term, body: Layer | Instance | GenericUse | None) -> object:
        """Return what two bodies have in common that come out as the same code."""
        if isinstance(body, Layer) and isinstance(term.target, Op):
            return form_of(term.target, body)
        if isinstance(body, Instance):
            draft = self._drafts[body]
            index = draft.index(body)
            values = [arg.values[index] for arg in draft.arguments]
            return id(draft), tuple(map(repr, values))
        if isinstance(body, GenericUse):
            draft = next(
                d for d in self._drafts.values() if d.module.name == term.target
            )
            return tuple(repr(_given(a, body)) for a in draft.arguments)
        return None

    def _item(self, node: Node, term: Term, row: _Row) -> OpItem | UseItem:
        likely = self._generic.body(term, row.position)
        if isinstance(term.target, Op):
            layers = [body for body in row.bodies if isinstance(body, Layer)]
            forms = Forms(self._scope, term.target, term, layers)
            guess = likely if isinstance(likely, Layer) else None
            stateful = any(term.target.weights(layer) for layer in layers)
            return OpItem(term.target, forms.merged(guess, node.name), stateful)
        uses = [body for body in row.bodies if isinstance(body, Instance)]
        return self._use(node, term, uses, likely)

    def _use(
        self,
        node: Node,
        term: Term,
        uses: list[Instance],
        likely: Layer | GenericUse | None,
    ) -> UseItem:
        drafts = {id(self._drafts[use]): self._drafts[use] for use in uses}
        if len(drafts) > 1:
            raise DifferError
        (draft,) = drafts.values()
        written = _written(term, draft.module)
        positional: list[Code] = []
        named: list[tuple[str, Code]] = []
        for argument in draft.arguments:
            found = [argument.values[draft.index(use)] for use in uses]
            text = written.get(argument.symbol)
            code = self._argument(node, argument, text, found, likely)
            bare = argument.required if text is None else text.key is None
            if bare and not argument.keyword_only and not named:
                positional.append(code)
            elif argument.required or not same(code, code_of(argument.default)):
                named.append((draft.keywords[argument.symbol], code))
        return UseItem(draft, Call(Word(draft.name), tuple(positional), tuple(named)))

    def _argument(
        self,
        node: Node,
        argument: Argument,
        text: ArgumentText | None,
        found: list[Value],
        likely: Layer | GenericUse | None,
    ) -> Code:
        code = handed_on(text.value, self._scope) if text is not None else None
        if text is not None and code and gives(text.value, self._scope, found):
            return code
        guess = _given(argument, likely) if isinstance(likely, GenericUse) else None
        hint = f"{plain(node.name)}_{argument.symbol}"
        return merged(self._scope, list(map(code_of, found)), code_of(guess), hint)

    def _count(self, node: Node, term: Term, row: _Row, *, last: bool) -> Size:
        likely = self._generic.count(term) - row.position if last else None
        count = merged(self._scope, row.counts, likely, f"{node.name}_count")
        return count if isinstance(count, int | Dim) else row.counts[0]


def _written(term: Term, module: Module) -> dict[str, ArgumentText]:
    """Return the arguments that a use gives, by the parameter each is for."""
    found: dict[str, ArgumentText] = {}
    position = 0
    for argument in term.arguments:
        name = argument.key
        if name is None and position < len(module.parameters):
            name = module.parameters[position].name
            position += 1
        if name is not None:
            found[name] = argument
    return found


def _given(argument: Argument, use: GenericUse) -> Value:
    """Return what a use gives for an argument; None if that is not known."""
    if argument.parameter is not None:
        return use.values.get(argument.symbol)
    dim = argument.dim
    if dim is None:
        return None
    shapes = use.inputs if dim.inward else use.outputs
    shape = shapes[dim.port] if dim.port < len(shapes) else ()
    return shape[dim.axis] if dim.axis < len(shape) else None


def _values(instance: Instance, solved: Generic) -> dict[str, Value]:
    """Return what the symbols of a module stand for in an instance."""
    values = dict(instance.values)
    for place in solved.symbols:
        shapes = instance.inputs if place.inward else instance.outputs
        shape = shapes[place.port]
        size = shape[place.axis] if shape and place.axis < len(shape) else None
        values[place.name] = size if isinstance(size, int | Dim) else None
    return values


def _ranks(instance: Instance) -> tuple[int, ...]:
    shapes = (*instance.inputs, *instance.outputs)
    return tuple(-1 if shape is None else len(shape) for shape in shapes)


def _outputs(term: Term, stage: Stage) -> int | None:
    """Return how many tensors the code of a term gives, None if that is open."""
    if isinstance(term.target, str):
        return len(stage.outputs)
    body = stage.runs[0].body
    arguments = body.arguments if isinstance(body, Layer) else Arguments(())
    declared = term.target.outputs(arguments)
    if declared is None and _elements(stage.inputs[:1]) == _elements(stage.outputs):
        return len(stage.outputs)
    return declared


def _elements(shapes: Sequence[Shape]) -> Size:
    """Return how many elements tensors have together."""
    return sum(reduce(mul, shape, 1) for shape in shapes)


def _live(module: Module) -> tuple[Node, ...]:
    """Return the nodes whose values lead to an output, in order, without the ends."""
    live = {node.name for node in module.outputs}
    for node in reversed(module.graph.order):
        if node.name in live:
            live |= {edge.source for edge in module.graph.into(node.name)}
    return tuple(
        node
        for node in late(module.graph, module.graph.order)
        if node.name in live and not node.is_input and not node.is_output
    )


def late(graph: Graph, order: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes in an order, those that read nothing when they are first read."""
    begins = {node.name: node for node in graph.order if not graph.into(node.name)}
    for node in order:
        for edge in graph.into(node.name):
            if edge.source in begins:
                yield begins.pop(edge.source)
        if graph.into(node.name):
            yield node
    yield from begins.values()
