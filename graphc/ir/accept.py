"""Which values an argument takes, and what is said of those it does not."""

from collections.abc import Callable, Iterator

from graphc.ir.op import Argument, Kind
from graphc.ir.value import Value
from graphc.lang import Dim


def refusal(argument: Argument, value: Value) -> str | None:
    """Return why an argument does not take a value; None if it does.

    An argument without a default takes ``none``, which is as if it were not written.
    The reason goes on from the argument's name: ``takes an integer, not 3.0``.
    """
    value = meant(argument, value)
    unwritten = value is None and argument.default is None and not argument.required
    if unwritten or (isinstance(value, str) and value in argument.choices):
        return None
    if argument.choices and (argument.kind is Kind.WORD or isinstance(value, str)):
        return f"{_offered(argument)}, not {shown(value)}"
    if not _KINDS[argument.kind](value):
        return f"takes {argument.kind.value}, not {shown(value)}"
    return _beyond(argument, value)


def _beyond(argument: Argument, value: Value) -> str | None:
    """Return which bound a value leaves; None if it leaves none."""
    for number in _numbers(value):
        if argument.least is not None and not number >= argument.least:
            return f"is at least {shown(_plain(argument.least))}, not {shown(number)}"
        if argument.most is not None and not number <= argument.most:
            return f"is at most {shown(_plain(argument.most))}, not {shown(number)}"
    return None


def meant(argument: Argument, value: Value) -> Value:
    """Return the value, or the word ``none`` where that is a choice."""
    return "none" if value is None and "none" in argument.choices else value


def shown(value: Value) -> str:
    """Return a value as the notation of specs writes it."""
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    return f"`{value}`" if isinstance(value, str) else str(value)


def _plain(bound: float) -> int | float:
    return int(bound) if float(bound).is_integer() else bound


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _offered(argument: Argument) -> str:
    """Return which words an argument takes, and what else."""
    words = f"one of {_listed(argument.choices)}"
    if argument.kind is Kind.WORD:
        return f"is {words}"
    return f"takes {argument.kind.value}, or {words}"


def _numbers(value: Value) -> Iterator[int | float]:
    """Yield every number in a value; symbolic ones have no bounds."""
    if isinstance(value, tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def _integer(value: Value) -> bool:
    return isinstance(value, int | Dim) and not isinstance(value, bool)


def _number(value: Value) -> bool:
    return _integer(value) or isinstance(value, float)


def _integers(value: Value) -> bool:
    return isinstance(value, tuple) and bool(value) and all(map(_integer, value))


def _axes(value: Value) -> bool:
    return _integer(value) or _integers(value)


def _padding(value: Value) -> bool:
    if not isinstance(value, tuple):
        return _integer(value)
    return bool(value) and all(_integer(item) or _pair(item) for item in value)


def _pair(value: Value) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and _integers(value)


def _factors(value: Value) -> bool:
    if not isinstance(value, tuple):
        return _number(value)
    return bool(value) and all(map(_number, value))


def _flag(value: Value) -> bool:
    return isinstance(value, bool)


def _word(value: Value) -> bool:
    return isinstance(value, str)


_KINDS: dict[Kind, Callable[[Value], bool]] = {
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.WORD: _word,
    Kind.AXES: _axes,
    Kind.PADDING: _padding,
    Kind.INTEGERS: _integers,
    Kind.PARTS: _axes,
    Kind.FACTORS: _factors,
}
