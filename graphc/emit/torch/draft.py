"""From a network with its sizes to blueprints of classes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from graphc.emit.torch.blueprint import (
    Argument,
    Blueprint,
    Group,
    OpItem,
    Part,
    UseItem,
    arguments_of,
)
from graphc.emit.torch.constructor import keywords
from graphc.emit.torch.merge import DifferError, Scope, merged, same
from graphc.emit.torch.names import CLASSES, Names
from graphc.infer import (
    Body,
    Generic,
    GenericUse,
    Instance,
    Repeated,
    Sized,
    Stage,
    generic,
)
from graphc.ir import (
    Arguments,
    Call,
    Code,
    Form,
    Items,
    Layer,
    Module,
    Node,
    Op,
    Parameter,
    Term,
    Value,
    Word,
)
from graphc.lang import Dim, Name, Size, symbol


def blueprints(sized: Sized) -> tuple[Blueprint, ...]:
    """Return the classes of a network: helpers before those that use them, model last.

    Otherwise the order is that of the modules in the spec.
    """
    return _Drafting(sized).all()


class _Drafting:
    """The blueprints of one network, being made."""

    def __init__(self, sized: Sized) -> None:
        self._sized = sized
        self._instances = _reachable(sized.model)
        self._drafts: dict[Instance, Blueprint] = {}
        self._names = Names(CLASSES)
        self._names.add((sized.model.name, *sized.network.modules))

    def all(self) -> tuple[Blueprint, ...]:
        """Return every blueprint."""
        network = self._sized.network
        order = _order(network.model, network.modules)
        generics: dict[Module, Generic] = {}
        for module in reversed(order):
            if module in self._instances:
                generics[module] = self._generic(module, generics)
        found: list[Blueprint] = []
        for module in order:
            if module in self._instances:
                found += self._of(module, generics[module])
        return tuple(found)

    def _generic(self, module: Module, users: dict[Module, Generic]) -> Generic:
        """Solve a module for all the uses that the code will make of it."""
        instances = self._instances[module]
        uses = list(_uses(module, users))
        first = instances[0]
        ends = (
            _agreed([each.inputs for each in instances], [use.inputs for use in uses]),
            _agreed(
                [each.outputs for each in instances], [use.outputs for use in uses]
            ),
        )
        return generic(first, *ends)

    def _of(self, module: Module, solved: Generic) -> list[Blueprint]:
        """Return the classes of a module: as few as its instances allow."""
        found: list[Blueprint] = []
        for instance in self._instances[module]:
            for number, blueprint in enumerate(found):
                wider = self._try((*blueprint.instances, instance), solved)
                if wider is not None:
                    found[number] = wider
                    break
            else:
                alone = self._try((instance,), solved)
                if alone is None:
                    raise RuntimeError(f"{module.name} differs from itself")
                found.append(alone)
        named = [self._named(number, each) for number, each in enumerate(found)]
        for blueprint in named:
            self._drafts |= dict.fromkeys(blueprint.instances, blueprint)
        return named

    def _named(self, number: int, blueprint: Blueprint) -> Blueprint:
        """Return a class with its name: that of the module, and a number from 2 on."""
        name = self._names[blueprint.module.name]
        if number:
            name = self._names.take(f"{name}{number + 1}")
        return replace(blueprint, name=name)

    def _try(
        self, instances: tuple[Instance, ...], solved: Generic
    ) -> Blueprint | None:
        try:
            return _Merging(instances, solved, self._drafts).blueprint()
        except DifferError:
            return None


def _reachable(model: Instance) -> dict[Module, list[Instance]]:
    """Return the instances of every module that the model uses, itself included."""
    found: dict[Module, list[Instance]] = {model.module: [model]}
    pending, seen = [model], {model}
    while pending:
        instance = pending.pop(0)
        for node in instance.module.graph.nodes.values():
            for stage in instance.stages(node):
                for run in stage.runs:
                    body = run.body
                    if isinstance(body, Instance) and body not in seen:
                        seen.add(body)
                        pending.append(body)
                        found.setdefault(body.module, []).append(body)
    return found


def _order(model: Module, modules: dict[str, Module]) -> list[Module]:
    """Return modules with helpers before users, otherwise as in the spec."""
    order: list[Module] = []
    seen: set[Module] = set()

    def visit(module: Module) -> None:
        if module in seen:
            return
        seen.add(module)
        for node in module.graph.nodes.values():
            for term in node.terms:
                if isinstance(term.target, str) and term.target in modules:
                    visit(modules[term.target])
        order.append(module)

    for module in modules.values():
        visit(module)
    visit(model)
    return order


def _uses(module: Module, users: dict[Module, Generic]) -> Iterator[GenericUse]:
    for user, solved in users.items():
        for node in user.graph.nodes.values():
            for term in node.terms:
                if term.target != module.name:
                    continue
                for position in solved.starts(term):
                    body = solved.body(term, position)
                    if isinstance(body, GenericUse):
                        yield body


def _agreed(
    found: Sequence[Sequence[object]], generic_ends: Sequence[Sequence[object]]
) -> tuple[tuple[int | None, ...], ...]:
    """Return the sizes that are the same number in all instances and all uses."""
    ends: list[tuple[int | None, ...]] = []
    for port, shape in enumerate(found[0]):
        if not isinstance(shape, tuple):
            ends.append(())
            continue
        shapes = [each[port] for each in (*found, *generic_ends)]
        ends.append(
            tuple(
                _one(
                    [s[axis] for s in shapes if isinstance(s, tuple) and axis < len(s)]
                )
                for axis in range(len(shape))
            )
        )
    return tuple(ends)


def _one(sizes: list[object]) -> int | None:
    first = sizes[0]
    return first if isinstance(first, int) and all(s == first for s in sizes) else None


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """Bodies in a row that come out as the same code: the first of each instance.

    ``counts`` are the numbers of them, ``position`` the place of the first.
    """

    bodies: tuple[Body, ...]
    counts: tuple[int, ...]
    position: int


class _Merging:
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
        every = (part for each in parts.values() for part in each)
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
        return Part(term, tuple(groups), _outputs(term, stages[0]))

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
            return _form(term.target, body)
        if isinstance(body, Instance):
            draft = self._drafts[body]
            index = draft.index(body)
            values = [arg.values[index or 0] for arg in draft.arguments]
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
            found = likely if isinstance(likely, Layer) else None
            return self._op(node, term, term.target, layers, found)
        uses = [body for body in row.bodies if isinstance(body, Instance)]
        return self._use(
            node, term, uses, likely if isinstance(likely, GenericUse) else None
        )

    def _op(
        self, node: Node, term: Term, op: Op, layers: list[Layer], likely: Layer | None
    ) -> OpItem:
        forms = [_form(op, layer) for layer in layers]
        if any(form is None for form in forms):
            raise DifferError
        whole = [form for form in forms if form is not None]
        guess = None if likely is None else _form(op, likely)
        merging = _Forms(self._scope, op, term, layers)
        stateful = any(op.weights(layer) for layer in layers)
        return OpItem(op, merging.form(whole, guess or Form(), node.name), stateful)

    def _use(
        self, node: Node, term: Term, uses: list[Instance], likely: GenericUse | None
    ) -> UseItem:
        drafts = {id(self._drafts[use]): self._drafts[use] for use in uses}
        if len(drafts) > 1:
            raise DifferError
        (draft,) = drafts.values()
        positional: list[Code] = []
        named: list[tuple[str, Code]] = []
        for argument in draft.arguments:
            found = [argument.values[draft.index(use) or 0] for use in uses]
            name = _passed(term, argument, draft.module.parameters)
            code = self._argument(node, argument, name, found, likely)
            if argument.required and not argument.keyword_only:
                positional.append(code)
            elif argument.required or not same(code, argument.default):
                named.append((draft.keywords[argument.symbol], code))
        call = Call(Word(draft.name), tuple(positional), tuple(named))
        return UseItem(draft, call)

    def _argument(
        self,
        node: Node,
        argument: Argument,
        name: str | None,
        found: list[Value],
        likely: GenericUse | None,
    ) -> Code:
        if name is not None and all(
            name in values and same(values[name], value)
            for values, value in zip(self._scope.values, found, strict=True)
        ):
            return symbol(name)
        guess = None if likely is None else _code(_given(argument, likely))
        hint = f"{node.name}_{argument.symbol}"
        return merged(self._scope, [_code(value) for value in found], guess, hint)

    def _count(self, node: Node, term: Term, row: _Row, *, last: bool) -> Size:
        likely = self._generic.count(term) - row.position if last else None
        count = merged(self._scope, row.counts, likely, f"{node.name}_count")
        return count if isinstance(count, int | Dim) else row.counts[0]


class _Forms:
    """The merging of the forms of one op."""

    def __init__(
        self, scope: Scope, op: Op, term: Term, layers: Sequence[Layer]
    ) -> None:
        self._scope = scope
        self._op = op
        self._term = term
        self._layers = layers

    def form(self, found: Sequence[Form], guess: Form, hint: str) -> Form:
        """Return one form for all; raises DifferError if there is none."""
        first = found[0]
        if len({(form.select, len(form.arguments)) for form in found}) > 1:
            raise DifferError
        layer = self._code([form.layer for form in found], guess.layer, hint)
        arguments = tuple(
            (name, self._code([f.arguments[i][1] for f in found], None, hint))
            for i, (name, _) in enumerate(first.arguments)
        )
        return replace(
            first,
            layer=layer if isinstance(layer, Call) else None,
            function=self._code([f.function for f in found], guess.function, hint),
            before=self._code([f.before for f in found], guess.before, hint),
            arguments=arguments,
        )

    def _code(self, found: Sequence[Code], guess: Code, hint: str) -> Code:
        calls = [code for code in found if isinstance(code, Call)]
        if len(calls) < len(found):
            return merged(self._scope, found, guess, hint)
        spelled = self._keywords((*calls, guess) if isinstance(guess, Call) else calls)
        full = [self._spelled(call, spelled) for call in calls]
        likely = self._spelled(guess, spelled) if isinstance(guess, Call) else None
        whole = merged(self._scope, full, likely, hint)
        if not isinstance(whole, Call):
            return whole
        keywords = (
            (name, self._named(name, code, full)) for name, code in whole.keywords
        )
        given = {name for call in calls for name, _ in call.keywords}
        kept = (
            (name, code)
            for name, code in keywords
            if name in given or not same(code, self._default(name))
        )
        return Call(whole.function, whole.positional, tuple(kept))

    def _keywords(self, calls: Sequence[Call]) -> list[str]:
        """Return the keywords that any call has, in the order of the declaration."""
        found = {name for call in calls for name, _ in call.keywords}
        found |= set(self._flags(calls))
        first = [name for name, _ in calls[0].keywords]
        declared = [argument.name for argument in self._op.arguments]
        rest = [name for name in declared if name in found and name not in first]
        order = [*first, *rest]
        return sorted(order, key=declared.index) if {*order} <= {*declared} else order

    def _flags(self, calls: Sequence[Call]) -> Iterator[str]:
        """Yield keywords that stand only where an argument is not at its default.

        Of an argument that the spec passes on from a parameter, the keyword has to
        stand even if every use leaves it at the default.
        """
        for argument in self._op.arguments:
            if self._parameter(argument.name) is None:
                continue
            others: tuple[Value, ...] = argument.choices
            if isinstance(argument.default, bool):
                others = (not argument.default,)
            for other in others:
                values = tuple(
                    (name, other if name == argument.name else value)
                    for name, value in self._layers[0].arguments.values
                )
                probe = replace(self._layers[0], arguments=Arguments(values))
                form = _form(self._op, probe)
                names = (
                    {n for n, _ in form.layer.keywords} if form and form.layer else ()
                )
                if argument.name in names and calls[0] == self._layer_call():
                    yield argument.name

    def _layer_call(self) -> Code:
        form = _form(self._op, self._layers[0])
        return None if form is None else form.layer

    def _spelled(self, call: Call, names: Sequence[str]) -> Call:
        """Return a call with all of these keywords."""
        given = dict(call.keywords)
        keywords = tuple(
            (name, given[name] if name in given else self._default(name))
            for name in names
        )
        return Call(call.function, call.positional, keywords)

    def _default(self, name: str) -> Code:
        argument = self._op.argument(name)
        return None if argument is None else _code(argument.default)

    def _named(self, name: str, code: Code, calls: Sequence[Call]) -> Code:
        """Return the parameter that is passed on as this keyword, or the code."""
        parameter = self._parameter(name)
        if parameter is None or isinstance(code, Dim):
            return code
        values = [each[parameter] for each in self._scope.values]
        found = [dict(call.keywords)[name] for call in calls]
        if all(same(_code(_compact(v)), f) for v, f in zip(values, found, strict=True)):
            return symbol(parameter)
        return code

    def _parameter(self, name: str) -> str | None:
        """Return the parameter that the spec passes on as an argument, as it is."""
        argument = self._op.argument(name)
        for number, written in enumerate(self._term.arguments):
            named = written.key
            if named is None and number < len(self._op.arguments):
                named = self._op.arguments[number].name
            if argument is None or named not in argument.names:
                continue
            value = written.value
            if isinstance(value, Name) and value.text in self._scope.values[0]:
                return value.text
        return None


def _passed(
    term: Term, argument: Argument, parameters: Sequence[Parameter]
) -> str | None:
    """Return the parameter of the user that is passed on as an argument, as it is."""
    position = 0
    for written in term.arguments:
        name = written.key
        if name is None and position < len(parameters):
            name = parameters[position].name
        position += written.key is None
        if name == argument.symbol and isinstance(written.value, Name):
            return written.value.text
    return None


def _form(op: Op, layer: Layer) -> Form | None:
    """Return the form of a layer, None if it has none for symbols."""
    try:
        return op.torch(layer)
    except TypeError:  # what must be a number is a symbol
        return None


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
    return term.target.outputs(arguments)


def _live(module: Module) -> tuple[Node, ...]:
    """Return the nodes whose values lead to an output, in order, without the ends."""
    live = {node.name for node in module.outputs}
    for node in reversed(module.graph.order):
        if node.name in live:
            live |= {edge.source for edge in module.graph.into(node.name)}
    return tuple(
        node
        for node in module.graph.order
        if node.name in live and not node.is_input and not node.is_output
    )


def _code(value: Value) -> Code:
    if isinstance(value, tuple):
        return Items(tuple(map(_code, value)), bracket=False)
    return value


def _compact(value: Value) -> Value:
    """Return the item of a list whose items are all the same, as the ops do."""
    if isinstance(value, tuple) and value and all(item == value[0] for item in value):
        return value[0]
    return value
