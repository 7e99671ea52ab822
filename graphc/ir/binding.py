"""Arguments as written become the arguments that an op declares."""

from collections.abc import Iterator, Sequence

from graphc.diagnostics import Code, Diagnostic, Place, nearest
from graphc.ir.accept import meant, refusal
from graphc.ir.op import Argument, Op
from graphc.ir.value import Arguments, Value
from graphc.lang import Fault
from graphc.record import record
from graphc.source import Span


@record
class Given:
    """One argument as written: its key (None by position), its value, and where.

    ``span`` is the value's place, ``key_span`` that of the key.
    """

    key: str | None
    value: Value
    span: Span
    key_span: Span | None = None

    @property
    def whole(self) -> Span:
        """The place of key and value together."""
        return self.span if self.key_span is None else self.key_span.to(self.span)


@record
class BindingFault(Fault):
    """What is wrong with an argument; ``related_span`` is where it was given first."""

    related_span: Span | None = None

    def diagnostic(self) -> Diagnostic:
        """Return the finding to report."""
        related = (
            () if self.related_span is None else (Place(self.related_span, "first"),)
        )
        return Diagnostic(
            self.code, self.message, Place(self.span), related, (), self.help
        )


def bind(
    op: Op, given: Sequence[Given], span: Span
) -> Arguments | tuple[BindingFault, ...]:
    """Return a value for every argument of ``op``, or all that is wrong.

    Arguments without a key fill the declared ones in their order. ``span`` is where
    the op is named. Faults: GC203 unknown key, GC204 given twice, GC205 missing, GC206
    a value that is not taken, GC207 too many.
    """
    faults: list[BindingFault] = []
    taken: dict[str, Given] = {}
    for argument, item in _matched(op, given, faults):
        first = taken.setdefault(argument.name, item)
        if first is not item:
            faults.append(_twice(op, argument, first, item))
    values: list[tuple[str, Value]] = []
    for argument in op.arguments:
        written = taken.get(argument.name)
        if written is not None:
            faults.extend(_value_faults(op, argument, written))
            values.append((argument.name, meant(argument, written.value)))
        elif argument.required:
            faults.append(_missing(op, argument, span))
        else:
            values.append((argument.name, argument.default))
    return tuple(faults) if faults else Arguments(tuple(values))


def _matched(
    op: Op, given: Sequence[Given], faults: list[BindingFault]
) -> Iterator[tuple[Argument, Given]]:
    """Yield what is given beside the argument that it is for; adds GC203, GC207."""
    position = 0
    for item in given:
        if item.key is not None:
            argument = op.argument(item.key)
            if argument is None:
                faults.append(_unknown(op, item, item.key))
            else:
                yield argument, item
            continue
        if position < len(op.arguments):
            yield op.arguments[position], item
        elif position == len(op.arguments):
            faults.append(_too_many(op, item))
        position += 1


def _unknown(op: Op, item: Given, key: str) -> BindingFault:
    names = [name for argument in op.arguments for name in argument.names]
    likely = nearest(key, names)
    remedy = () if likely is None else (f"did you mean `{likely}`?",)
    return BindingFault(
        Code.GC203,
        f"`{op.name}` has no argument `{key}`",
        item.key_span or item.span,
        (*remedy, _takes(op)),
    )


def _takes(op: Op) -> str:
    """Return a line that lists the arguments of an op with their short names."""
    if not op.arguments:
        return f"`{op.name}` takes no arguments"
    names = ", ".join(_named(argument) for argument in op.arguments)
    return f"`{op.name}` takes {names}"


def _named(argument: Argument) -> str:
    short = f" ({', '.join(argument.short)})" if argument.short else ""
    return f"{argument.name}{short}"


def _twice(op: Op, argument: Argument, first: Given, again: Given) -> BindingFault:
    keys = {item.key: None for item in (first, again) if item.key is not None}
    others = [f"`{key}`" for key in keys if key != argument.name]
    also = f", as {' and '.join(others)}" if others else ""
    remedy: tuple[str, ...] = ()
    if first.key is None or again.key is None:
        place = op.arguments.index(argument) + 1
        remedy = (f"argument {place} without a key is `{argument.name}`",)
    return BindingFault(
        Code.GC204,
        f"`{argument.name}` of `{op.name}` is given twice{also}",
        again.whole,
        remedy,
        first.whole,
    )


def _missing(op: Op, argument: Argument, span: Span) -> BindingFault:
    shortest = min(argument.names, key=len)
    return BindingFault(
        Code.GC205,
        f"`{op.name}` needs `{argument.name}`, {argument.about}",
        span,
        (f"write `{shortest}=...` behind `{op.name}`",),
    )


def _too_many(op: Op, item: Given) -> BindingFault:
    count = len(op.arguments)
    if not count:
        return BindingFault(Code.GC207, f"`{op.name}` takes no arguments", item.span)
    noun = "argument" if count == 1 else "arguments"
    return BindingFault(
        Code.GC207,
        f"`{op.name}` takes at most {count} {noun}",
        item.span,
        (_takes(op),),
    )


def _value_faults(op: Op, argument: Argument, item: Given) -> Iterator[BindingFault]:
    """Yield GC206 if the argument does not take the value."""
    reason = refusal(argument, item.value)
    if reason is None:
        return
    yield BindingFault(
        Code.GC206,
        f"`{argument.name}` of `{op.name}` {reason}",
        item.span,
        _elsewhere(op, argument, item),
    )


def _elsewhere(op: Op, argument: Argument, item: Given) -> tuple[str, ...]:
    """Return what to write where a word was meant for another argument."""
    word = item.value
    if not isinstance(word, str):
        return ()
    if argument.choices:
        likely = nearest(word, argument.choices)
        return () if likely is None else (f"did you mean `{likely}`?",)
    named = op.argument(word)
    if item.key is None and named is not None:
        return (f"a value follows its key with `=`: `{word}=...`",)
    fitting = [other for other in op.arguments if word in other.choices]
    if item.key is None and fitting:
        return (f"write `{min(fitting[0].names, key=len)}={word}`",)
    return ()
