"""Arguments of layers as figures write them: ``3x3``, ``/2``, ``64 filters``."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from operator import mul
from typing import TypeAlias

from graphc.ingest.notation.drafts import Draft, Given
from graphc.ingest.notation.keys import (
    ACTIVATIONS,
    DROPOUTS,
    KEYS,
    NEGATED,
    OUT,
    TAKEN,
    UNITS,
)
from graphc.ingest.notation.lexicon import called, key_of
from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.values import Valued, listed, numbers_of, value_at
from graphc.ingest.notation.words import Sort, Token
from graphc.ir import Argument, Kind, Op
from graphc.ops import find
from graphc.record import record

_MOST_TOKENS = 5
_MOST_STRIDE = 8
_MOST_KERNEL = 32  # 32x32 patches have been seen; more is a height and width
_NOT_BARE = frozenset(
    ("dim", "eps", "num_parameters", "start_dim", "dtype", "shape", "alpha", "dims")
)
_MOST_KERNELS = {"MaxPool": 7}  # behind one, 16x16 is what it gives
_OF_CHANNELS = frozenset(("BN", "InstanceNorm"))
_WINDOWS = frozenset(("kernel", "kernels", "filter", "filters", "window", "windows"))


@record
class Found:
    """What ``count`` tokens say: arguments, what comes in, and layers behind.

    ``noted`` tells that they are a kernel in the notation of specs, ``k=3``.
    """

    count: int
    given: tuple[Given, ...] = ()
    takes: Part | None = None
    behind: tuple[Draft, ...] = ()
    noted: bool = False


Tokens: TypeAlias = Sequence[Token]
_Reader: TypeAlias = Callable[[Tokens, int, Draft, Op], Found | None]


def argument_at(tokens: Tokens, at: int, draft: Draft) -> Found | None:
    """Return the argument of a layer that stands at a token, or None.

    An argument that the layer has been given before is none.
    """
    if draft.op is None or draft.exact or at >= len(tokens):
        return None
    for read in _READERS:
        if found := read(tokens, at, draft, draft.op):
            return found
    return None


def argument_called(op: Op, key: str) -> Argument | None:
    """Return the argument of an op that a key, without blanks, stands for."""
    for argument in op.arguments:
        if key in [name.replace("_", "").lower() for name in argument.names]:
            return argument
    known = (op.argument(name) for name in KEYS.get(key, ()))
    return next((argument for argument in known if argument is not None), None)


def _keyed(tokens: Tokens, at: int, draft: Draft, op: Op) -> Found | None:
    """Read ``key ["=" | ":" | "of"] value``: the longest key that there is."""
    for end in range(min(at + _MOST_TOKENS, len(tokens)), at, -1):
        if not _is_phrase(tokens[at:end]):
            continue
        key = key_of(tokens[at:end])
        place = end
        while place < len(tokens) and _is_equals(tokens[place]):
            place += 1
        found = _valued(tokens, place, key, draft, op)
        if found is not None:
            kernel = any(given.argument == "kernel_size" for given in found.given)
            noted = kernel and place > end and tokens[end].is_sign("=")
            return replace(found, count=place - at + found.count, noted=noted)
    return None


def _is_phrase(tokens: Tokens) -> bool:
    ends = tokens[0], tokens[-1]
    inner = all(t.sort is Sort.WORD or t.is_sign("_", "-") for t in tokens)
    return inner and all(token.sort is Sort.WORD for token in ends)


def _is_equals(token: Token) -> bool:
    return token.is_sign("=", ":") or token.text == "of"


def _valued(tokens: Tokens, at: int, key: str, draft: Draft, op: Op) -> Found | None:
    """Return what a key says with the value that stands at a token."""
    argument = argument_called(op, key)
    if argument is not None:
        value = value_at(tokens, at, argument)
        if value is None or draft.has(argument.name):
            return None
        return Found(value.count, (Given(argument.name, value.part),))
    if key in DROPOUTS:
        return _dropout(tokens, at)
    if key in ACTIVATIONS:
        return _activation(tokens, at)
    if key in TAKEN and at < len(tokens) and tokens[at].sort is Sort.NUMBER:
        return Found(1, takes=_whole(tokens[at]))
    return None


def _whole(token: Token) -> Part:
    return Part(token.text, token.start, token.end)


def _dropout(tokens: Tokens, at: int) -> Found | None:
    """Read the share of a dropout, perhaps in brackets."""
    op = find("Dropout")
    bracketed = tokens[at : at + 1] and tokens[at].is_sign("(")
    place = at + 1 if bracketed else at
    if op is None or place >= len(tokens) or tokens[place].sort is not Sort.NUMBER:
        return None
    value = value_at(tokens, place, op.arguments[0])
    if value is None:
        return None
    count = value.count
    if bracketed:
        closing = tokens[place + count : place + count + 1]
        if not closing or not closing[0].is_sign(")"):
            return None
        count += 2
    share = Given(op.arguments[0].name, value.part)
    name = Part(op.name, value.part.start, value.part.start)
    return Found(count, behind=(Draft(name, op, [share]),))


def _activation(tokens: Tokens, at: int) -> Found | None:
    name = called(tokens, at)
    op = find(name.label) if name else None
    if name is None or op is None:
        return None
    part = Part(op.name, tokens[at].start, tokens[at + name.name - 1].end)
    return Found(name.count, behind=(Draft(part, op),))


def _negated(tokens: Tokens, at: int, draft: Draft, _: Op) -> Found | None:
    """Read a phrase that is an argument with its value: ``no bias``."""
    for end in (at + 2, at + 1):
        if end > len(tokens) or not _is_phrase(tokens[at:end]):
            continue
        argument, value = NEGATED.get(key_of(tokens[at:end]), ("", ""))
        if argument and draft.takes_argument(argument):
            part = Part(value, tokens[at].start, tokens[end - 1].end)
            return Found(end - at, (Given(argument, part),))
    return None


def _arrow(tokens: Tokens, at: int, draft: Draft, op: Op) -> Found | None:
    """Read ``number "->" number``, or ``to``: what comes in, and what comes out."""
    if at + 2 >= len(tokens) or tokens[at + 1].text.lower() not in ("\u2192", "to"):
        return None
    source, result = tokens[at], tokens[at + 2]
    out = _out(op)
    if out is None or draft.has(out) or result.sort is not Sort.NUMBER:
        return None
    if source.sort not in (Sort.NUMBER, Sort.CROSS):
        return None
    takes = str(reduce(mul, map(int, _integers(source)), 1))
    unit = at + 3 < len(tokens) and tokens[at + 3].text.lower() in UNITS
    came = Part(takes, source.start, source.end)
    return Found(3 + unit, (Given(out, _whole(result)),), came)


def _integers(token: Token) -> list[str]:
    if token.sort is Sort.CROSS:
        return numbers_of(token)
    return [token.text] if token.text.isdigit() else []


def _out(op: Op) -> str | None:
    return next((name for name in OUT if op.argument(name) is not None), None)


def _divided(tokens: Tokens, at: int, draft: Draft, _: Op) -> Found | None:
    """Read ``/2``: the stride."""
    if at + 1 >= len(tokens) or not tokens[at].is_sign("/"):
        return None
    step = tokens[at + 1]
    if not (step.text.isdecimal() and draft.takes_argument("stride")):
        return None
    if int(step.text) > _MOST_STRIDE:
        return None
    return Found(2, (Given("stride", Part(step.text, tokens[at].start, step.end)),))


def _scaled(tokens: Tokens, at: int, draft: Draft, _: Op) -> Found | None:
    """Read ``x2`` or ``2x``: the factor of an Upsample."""
    if not draft.takes_argument("scale_factor") or at + 1 >= len(tokens):
        return None
    first, second = tokens[at], tokens[at + 1]
    number, mark = (second, first) if second.sort is Sort.NUMBER else (first, second)
    if number.sort is not Sort.NUMBER or mark.text.lower() not in ("x", "\u00d7"):
        return None
    factor = Part(number.text, first.start, second.end)
    return Found(2, (Given("scale_factor", factor),))


def _crossed(tokens: Tokens, at: int, draft: Draft, op: Op) -> Found | None:
    """Read ``3x3``, or ``3x3 filters``: the kernel, or another size along the axes."""
    token = tokens[at]
    if token.sort is not Sort.CROSS:
        return None
    axes = [a for a in op.arguments if a.kind is Kind.AXES and a.name != "stride"]
    numbers = numbers_of(token)
    most = _MOST_KERNELS.get(op.name, _MOST_KERNEL)
    windowed = op.argument("kernel_size") is not None
    if windowed and any(int(number) > most for number in numbers):
        return None
    if not axes or draft.has(axes[0].name) or len(numbers) > 2:
        return None
    given = Given(axes[0].name, Part(listed(numbers), token.start, token.end))
    named = at + 1 < len(tokens) and tokens[at + 1].text.lower() in _WINDOWS
    return Found(1 + named, (given,))


def _counted(tokens: Tokens, at: int, draft: Draft, op: Op) -> Found | None:
    """Read ``64 filters``: a number and what it counts."""
    if tokens[at].sort is not Sort.NUMBER:
        return None
    for end in (at + 3, at + 2):
        if end > len(tokens) or not _is_phrase(tokens[at + 1 : end]):
            continue
        unit = key_of(tokens[at + 1 : end])
        names = (name for name in UNITS.get(unit, ()) if draft.takes_argument(name))
        argument = op.argument(next(names, ""))
        value = value_at(tokens, at, argument) if argument else None
        if argument is not None and value is not None:
            return Found(end - at, (Given(argument.name, value.part),))
        if op.name in _OF_CHANNELS and UNITS.get(unit) == OUT:
            return Found(end - at, takes=_whole(tokens[at]))
    return None


def _bare(tokens: Tokens, at: int, draft: Draft, op: Op) -> Found | None:
    """Read a number alone: the first argument, or the channels of a norm."""
    token = tokens[at]
    if token.sort is not Sort.NUMBER:
        return None
    if op.name in _OF_CHANNELS and token.text.isdigit():
        return Found(1, takes=_whole(token))
    if not op.arguments or op.arguments[0].name in _NOT_BARE:
        return None
    first = op.arguments[0]
    value: Valued | None = value_at(tokens, at, first)
    if value is None or draft.has(first.name):
        return None
    return Found(value.count, (Given(first.name, value.part),))


_READERS: tuple[_Reader, ...] = (
    _keyed,
    _negated,
    _arrow,
    _divided,
    _scaled,
    _crossed,
    _counted,
    _bare,
)
