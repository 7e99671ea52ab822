"""The values that a term's arguments have in one module instance."""

from collections.abc import Mapping, Sequence
from typing import cast

from graphc.diagnostics import Code, Diagnostic, Place, nearest
from graphc.infer.plan import Use
from graphc.ir import Arguments, Module, Op, Parameter, Term, Value
from graphc.ir.binding import Given, bind
from graphc.lang import ArgumentText, Dim, Fault, Size, TermText, evaluate
from graphc.record import record

Env = Mapping[str, Value]

MOST_INSTANCES = 10**9
"""The largest repeat count."""


@record
class UseFault(Fault):
    """What is wrong with a use of a module; ``declared`` is what the module says."""

    declared: tuple[Place, ...] = ()

    def diagnostic(self) -> Diagnostic:
        """Return the finding to report, at the use and at the module."""
        place = Place(self.span)
        return Diagnostic(self.code, self.message, place, self.declared, help=self.help)


def arguments_of(op: Op, term: Term, env: Env) -> Arguments | tuple[Fault, ...]:
    """Return the arguments of an op for the parameters ``env``, or what is wrong.

    Faults: GC203 to GC209, each at the argument that is to blame.
    """
    found = _arguments(op, term.phrase.written, env)
    if isinstance(found, Arguments) or term.place is None:
        return found
    return _arguments(op, term.written, env)  # only a fault needs the places


def _arguments(op: Op, written: TermText, env: Env) -> Arguments | tuple[Fault, ...]:
    given: list[Given] = []
    faults: list[Fault] = []
    for argument in written.arguments:
        value = evaluate(argument.value, env)
        if isinstance(value, Fault):
            faults.append(value)
        else:
            span, key_span = argument.value.span, argument.key_span
            given.append(Given(argument.key, value, span, key_span))
    if faults:
        return tuple(faults)
    bound = bind(op, given, written.name_span)
    return bound if isinstance(bound, Arguments) else _told_once(bound)


def _told_once(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return faults without the arguments that are missing as they are misspelt."""
    if any(fault.code is Code.GC203 for fault in faults):
        faults = [fault for fault in faults if fault.code is not Code.GC205]
    return tuple(faults)


def environment_of(use: Use, env: Env) -> dict[str, Value] | tuple[Fault, ...]:
    """Return the parameters of the module behind ``use``, or what is wrong.

    The body of a repeated op sees ``env`` itself. Faults: GC203, GC204, GC205, GC207,
    and those of the expressions.
    """
    module = use.body.module
    if not use.own or module is None:
        return dict(env)
    written, faults = assign(use.term, module)
    values: dict[str, Value] = {}
    for parameter in module.parameters:
        argument = written.get(parameter.name)
        if argument is None:
            values[parameter.name] = parameter.default
            continue
        value = evaluate(argument.value, env)
        if isinstance(value, Fault):
            faults.append(value)
        else:
            values[parameter.name] = value
    return _told_once(faults) if faults else values


def assign(term: Term, module: Module) -> tuple[dict[str, ArgumentText], list[Fault]]:
    """Return which argument each parameter of a module gets, and what does not fit.

    Faults: GC203 for an unknown name, GC204 for one given twice, GC205 for a required
    one that is missing, GC207 for one too many.
    """
    parameters = module.parameters
    by_name = {parameter.name: parameter for parameter in parameters}
    written: dict[str, ArgumentText] = {}
    faults: list[Fault] = []
    position = 0
    for argument in term.arguments:
        name = argument.key
        if name is None:
            if position >= len(parameters):
                faults.append(_too_many(term, argument, module))
                continue
            name = parameters[position].name
            position += 1
        span = argument.key_span or argument.span
        if name not in by_name:
            faults.append(_unknown(term, name, argument, module))
        elif name in written:
            message = f"`{name}` of `{term.name}` is given twice"
            faults.append(Fault(Code.GC204, message, span))
        else:
            written[name] = argument
    missing = [p for p in parameters if p.required and p.name not in written]
    faults += [_missing(term, parameter) for parameter in missing]
    return written, faults


def _missing(term: Term, parameter: Parameter) -> UseFault:
    message = f"`{term.name}` needs a value for `{parameter.name}`"
    remedy = (f"write `{term.name} {parameter.name}=...`",)
    declared = (Place(parameter.span, "it has no default"),)
    return UseFault(Code.GC205, message, term.name_span, remedy, declared)


def _too_many(term: Term, argument: ArgumentText, module: Module) -> UseFault:
    message = f"`{term.name}` takes fewer arguments"
    remedy = (_parameters(module),)
    declared = (_declared(module),)
    return UseFault(Code.GC207, message, argument.span, remedy, declared)


def _unknown(term: Term, name: str, argument: ArgumentText, module: Module) -> UseFault:
    meant = nearest(name, [parameter.name for parameter in module.parameters])
    remedy = _parameters(module) if meant is None else f"did you mean `{meant}`?"
    message = f"`{term.name}` has no parameter `{name}`"
    span = argument.key_span or argument.span
    return UseFault(Code.GC203, message, span, (remedy,), (_declared(module),))


def _parameters(module: Module) -> str:
    names = ", ".join(f"`{parameter.name}`" for parameter in module.parameters)
    return f"its parameters: {names or 'none'}"


def _declared(module: Module) -> Place:
    count = len(module.parameters)
    number = {0: "no parameters", 1: "1 parameter"}.get(count, f"{count} parameters")
    return Place(module.span, f"it has {number}")


def repeat_of(
    term: Term, env: Env, samples: Mapping[str, Size] | None = None
) -> int | Fault:
    """Return how many times a term stands in a row; GC206 if that is no count.

    ``samples`` are sizes that stand for symbols, where only a number will do.
    """
    if term.repeat is None:
        return 1
    value = evaluate(term.repeat, env)
    if isinstance(value, Dim) and samples is not None:
        value = value.subs(samples)
    if isinstance(value, Fault):
        return value
    counts = isinstance(value, int) and not isinstance(value, bool)
    if not counts or not 1 <= cast("int", value) <= MOST_INSTANCES:
        message = f"a repeat is a whole number from 1 to 10**9, not `{term.repeat}`"
        return Fault(Code.GC206, message, term.repeat.span)
    return cast("int", value)
