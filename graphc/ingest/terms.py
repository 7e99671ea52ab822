"""The terms in a box, and arguments that are added to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from graphc.diagnostics import Sink
from graphc.ingest.figure import Figure, Item
from graphc.ingest.text import replaced
from graphc.ir import Argument, Family, Kind, Op
from graphc.lang import Expr, Name, Number, TermText, parse_label
from graphc.ops import find
from graphc.record import record
from graphc.source import Fragment, Source, Span


@record
class Window:
    """A term that slides over maps: a convolution or a pool."""

    is_pool: bool
    kernel: int | None


def terms_of(label: Fragment | None) -> tuple[TermText, ...]:
    """Return the terms of a label; their spans are places in the label's own text."""
    return () if label is None else _terms(label.text)


@lru_cache(maxsize=4096)
def _terms(label: str) -> tuple[TermText, ...]:
    text = Fragment(label, Span(Source("", label), 0, len(label)))
    found = parse_label(text, lambda name: find(name) is not None, _no, Sink())
    return found or ()


def _no(_: str) -> bool:
    return False


def ops_in(items: Sequence[Item]) -> list[Op]:
    """Return the ops of a box, modules left out, in their order."""
    terms = [term for item in items for term in terms_of(item.label)]
    return [op for term in terms if (op := find(term.name)) is not None]


def without_names(
    label: Fragment | None, modules: Callable[[str], str | None]
) -> Fragment | None:
    """Return a label without the numbers that it names and does not tell.

    ``Linear d_ff`` says as much as ``Linear``: its width is for the sizes to decide.
    None if an op cannot do without the number. ``modules`` answers for their names.
    """
    found = label
    for term in reversed(terms_of(label)):
        op = find(term.name)
        if op is None and modules(term.name) is None:
            return None  # a single capital, such as the C of `Conv2d(3, C, 3)`
        position = sum(one.key is None for one in term.arguments)
        for written in reversed(term.arguments):
            position -= written.key is None
            declared = None if op is None else _declared(op, written.key, position)
            if declared is None or not _is_named(written.value, declared):
                continue
            if declared.required:
                return None
            if found is not None:
                start = _blank_before(found.text, written.span.start)
                found = replaced(found, start, written.span.end, "")
    return found


def _declared(op: Op, key: str | None, position: int) -> Argument | None:
    if key is not None:
        return op.argument(key)
    return op.arguments[position] if position < len(op.arguments) else None


def _is_named(value: Expr, declared: Argument) -> bool:
    """Whether a name stands where an op takes numbers."""
    numbers = declared.kind not in (Kind.FLAG, Kind.WORD)
    return isinstance(value, Name) and numbers and value.text not in declared.choices


def _blank_before(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def named_in(figure: Figure) -> set[str]:
    """Return the names of all ops and modules in the labels of a figure."""
    return {
        term.name
        for box in figure.boxes.values()
        for item in box.items
        for term in terms_of(item.label)
    }


def says_channels(figure: Figure) -> bool:
    """Whether every convolution of a figure says how many channels it gives."""
    for box in figure.boxes.values():
        for item in box.items:
            for term in terms_of(item.label):
                op = find(term.name)
                if op is None or op.family is not Family.CONVOLUTION:
                    continue
                keys = [op.argument(one.key) for one in term.arguments if one.key]
                positional = any(one.key is None for one in term.arguments)
                if not positional and op.argument("out") not in keys:
                    return False
    return True


def first_of(items: Sequence[Item], families: Sequence[Family]) -> Window | None:
    """Return the first term that is of one of the families."""
    for item in items:
        for term in terms_of(item.label):
            op = find(term.name)
            if op is not None and op.family in families:
                return Window(op.family is Family.POOLING, _kernel(op, term))
    return None


def _kernel(op: Op, term: TermText) -> int | None:
    declared = op.argument("k")
    for argument in term.arguments:
        named = argument.key is not None and declared is op.argument(argument.key)
        if named and isinstance(argument.value, Number):
            value = argument.value.value
            return value if isinstance(value, int) else None
    return None


def inserted(items: Sequence[Item], arguments: str) -> list[Item]:
    """Return labels with more arguments on the first convolution or pool."""
    found = list(items)
    for number, item in enumerate(found):
        for term in terms_of(item.label):
            op = find(term.name)
            if op is None or op.family not in (Family.CONVOLUTION, Family.POOLING):
                continue
            if item.label is not None and arguments:
                label = replaced(
                    item.label, term.span.end, term.span.end, f" {arguments}"
                )
                found[number] = replace(item, label=label)
            return found
    return found


def behind_terms(items: Sequence[Item], term: str) -> list[Item]:
    """Return labels with one more term behind the last."""
    last = items[-1]
    if last.label is None:
        return list(items)
    end = len(last.label.text)
    label = replaced(last.label, end, end, f" {term}")
    return [*items[:-1], replace(last, label=label)]
