"""The PyTorch forms of one op in several instances become one form."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphc.emit.torch.handed import handed_on
from graphc.emit.torch.merge import DifferError, Scope, code_of, merged, same
from graphc.ir import Argument, Arguments, Call, Code, Form, Layer, Op, Term, Value
from graphc.lang import Expr, Fault, evaluate


def form_of(op: Op, layer: Layer) -> Form | None:
    """Return the form of a layer; None if it has none for symbols."""
    try:
        return op.torch(layer)
    except TypeError:  # what must be a number is a symbol
        return None


class Forms:
    """The forms of an op, one for each instance, being merged."""

    def __init__(
        self, scope: Scope, op: Op, term: Term, layers: Sequence[Layer]
    ) -> None:
        self._scope = scope
        self._op = op
        self._layer = layers[0]
        self._passed = dict(_passed(op, term))
        found = [form_of(op, layer) for layer in layers]
        self._forms = [form for form in found if form is not None]
        if len(self._forms) < len(found):
            raise DifferError

    def merged(self, likely: Layer | None, hint: str) -> Form:
        """Return one form for all; ``likely`` is the layer in terms of symbols.

        Raises DifferError where the forms differ in more than values.
        """
        found = self._forms
        if len({(form.select, len(form.arguments)) for form in found}) > 1:
            raise DifferError
        guess = (form_of(self._op, likely) if likely else None) or Form()
        layer = self._code([form.layer for form in found], guess.layer, hint)
        arguments = tuple(
            (name, self._code([form.arguments[i][1] for form in found], None, hint))
            for i, (name, _) in enumerate(found[0].arguments)
        )
        return replace(
            found[0],
            layer=layer if isinstance(layer, Call) else None,
            function=self._code(
                [form.function for form in found], guess.function, hint
            ),
            before=self._code([form.before for form in found], guess.before, hint),
            arguments=arguments,
        )

    def _code(self, found: Sequence[Code], guess: Code, hint: str) -> Code:
        calls = [code for code in found if isinstance(code, Call)]
        if len(calls) < len(found):
            return merged(self._scope, found, guess, hint)
        likely = guess if isinstance(guess, Call) else None
        names = self._keywords(calls, likely)
        full = [self._spelled(call, names) for call in calls]
        for name in names:
            full = self._put(name, full)
        likely = likely and self._spelled(likely, names)
        whole = merged(self._scope, full, likely, hint)
        if not isinstance(whole, Call):
            return whole
        written = {name for call in calls for name, _ in call.keywords}
        kept = (
            (name, code)
            for name, code in whole.keywords
            if name in written or not same(code, self._default(name))
        )
        return Call(whole.function, whole.positional, tuple(kept))

    def _keywords(self, calls: Sequence[Call], likely: Call | None) -> list[str]:
        """Return the keywords that any call has, in the order of the declaration.

        An argument that is handed on from a parameter is a keyword even if it is at the
        default in all calls.
        """
        every = [*calls, *self._probes(calls[0]), *([likely] if likely else [])]
        fullest = max(every, key=lambda call: len(call.keywords))
        names = [name for name, _ in fullest.keywords]
        declared = [argument.name for argument in self._op.arguments]
        found = {name for call in every for name, _ in call.keywords}
        if found == {*names}:
            return names
        in_order = [name for name in declared if name in found]
        return [*in_order, *(name for name in names if name not in declared)]

    def _probes(self, call: Call) -> Iterator[Call]:
        """Yield the call as it would be with another choice for what is handed on."""
        for argument in self._op.arguments:
            expr = self._passed.get(argument.name)
            if expr is None or handed_on(expr, self._scope) is None:
                continue
            for other in _others(argument):
                values = {**self._layer.arguments.mapping(), argument.name: other}
                layer = replace(self._layer, arguments=Arguments((*values.items(),)))
                form = form_of(self._op, layer) or Form()
                for probe in (form.layer, form.function):
                    if isinstance(probe, Call) and probe.function == call.function:
                        yield probe

    def _put(self, name: str, calls: list[Call]) -> list[Call]:
        """Replace a keyword by what the spec hands on, if it is that."""
        expr = self._passed.get(name)
        code = None if expr is None else handed_on(expr, self._scope)
        if expr is None or code is None:
            return calls
        values = [evaluate(expr, each) for each in self._scope.values]
        found = [dict(call.keywords)[name] for call in calls]
        given = [
            None if isinstance(value, Fault) else code_of(_compact(value))
            for value in values
        ]
        if not all(map(same, given, found)):
            return calls
        return [_with(call, name, code) for call in calls]

    def _spelled(self, call: Call, names: Sequence[str]) -> Call:
        """Return a call with all of these keywords."""
        given = dict(call.keywords)
        keywords = (
            (name, given[name] if name in given else self._default(name))
            for name in names
        )
        return Call(call.function, call.positional, tuple(keywords))

    def _default(self, name: str) -> Code:
        argument = self._op.argument(name)
        return None if argument is None else code_of(argument.default)


def _others(argument: Argument) -> tuple[Value, ...]:
    if isinstance(argument.default, bool):
        return (not argument.default,)
    return tuple(word for word in argument.choices if word != argument.default)


def _with(call: Call, name: str, code: Code) -> Call:
    keywords = tuple((n, code if n == name else c) for n, c in call.keywords)
    return replace(call, keywords=keywords)


def _passed(op: Op, term: Term) -> Iterator[tuple[str, Expr]]:
    """Yield the arguments that a term gives, as they are written."""
    position = 0
    for written in term.arguments:
        argument = op.argument(written.key) if written.key is not None else None
        if written.key is None and position < len(op.arguments):
            argument = op.arguments[position]
            position += 1
        if argument is not None:
            yield argument.name, written.value


def _compact(value: Value) -> Value:
    """Return the item of a list whose items are all the same, as the ops do."""
    if isinstance(value, tuple) and value and all(item == value[0] for item in value):
        return value[0]
    return value
