"""Kernels, strides and paddings that labels leave out, decided by sizes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.infer import known_text
from graphc.ingest.figure import Box
from graphc.ingest.notation import Unsaid
from graphc.ingest.terms import first_of, inserted
from graphc.ingest.text import mapping, word
from graphc.ingest.trial import Around, note, tried
from graphc.ir import Family
from graphc.reading import Entry, Mapping, Node
from graphc.reading import Sequence as YamlSequence
from graphc.source import Source, Span

_NOWHERE = Span(Source("", ""), 0, 0)
_KERNELS = (1, 3, 5, 7, 9, 11)
_STRIDES = (1, 2, 3, 4)


def is_open(box: Box) -> bool:
    """Whether a label leaves out how its window moves, which sizes may tell."""
    wanted = (Unsaid.POOL_STRIDE, Unsaid.KERNEL, Unsaid.STRIDE, Unsaid.PADDING)
    return box.is_read and any(one in wanted for one in box.unsaid)


def settle(box: Box, around: Around, sink: Sink) -> None:
    """Write into a label what the sizes around it say, if they do."""
    term = first_of(box.items, (Family.CONVOLUTION, Family.POOLING))
    if term is None:
        return
    if Unsaid.KERNEL in box.unsaid:
        _settle_kernel(box, term.is_pool, around, sink)
        return
    options = _options(box, term.kernel or 0)
    fitting = [one for one in options if around.decides and _fits(box, one, around)]
    if fitting and fitting[0]:
        _write(box, fitting[0], around, sink)


def _options(box: Box, kernel: int) -> list[str]:
    """Return the steps and paddings that a label leaves open, what is usual first."""
    steps = [""]
    if Unsaid.POOL_STRIDE in box.unsaid:
        steps += ["s=1"]
    elif Unsaid.STRIDE in box.unsaid:
        steps += ["s=2"]
    open_ = Unsaid.PADDING in box.unsaid or Unsaid.STRIDE in box.unsaid
    pads = ["", f"p={kernel // 2}"] if open_ and kernel > 1 else [""]
    return [f"{step} {pad}".strip() for step, pad in product(steps, pads)]


def _settle_kernel(box: Box, is_pool: bool, around: Around, sink: Sink) -> None:  # noqa: FBT001
    fitting = []
    if around.decides:
        tried = _pool_windows() if is_pool else _conv_windows()
        fitting = [one for one in tried if _fits(box, one, around)]
    if len(fitting) == 1:
        _write(box, fitting[0], around, sink)
        return
    sink.add(_undecided(box, Unsaid.KERNEL, fitting))
    box.items = [
        replace(item, label=None, drawn=item.label.text if item.label else item.drawn)
        for item in box.items
    ]
    box.reason = "reported"


def _conv_windows() -> Iterator[str]:
    for kernel, stride in product(_KERNELS, _STRIDES):
        for padding in dict.fromkeys((0, kernel // 2)):
            if stride <= kernel:
                yield _window(kernel, stride, padding)


def _pool_windows() -> Iterator[str]:
    for kernel in (2, 3):
        for stride in (2, 1):
            for padding in dict.fromkeys((0, kernel // 2 if kernel > 2 else 0)):
                yield f"k={kernel} s={stride}{f' p={padding}' if padding else ''}"


def _window(kernel: int, stride: int, padding: int) -> str:
    shown = [f"k={kernel}"]
    shown += [f"s={stride}"] if stride > 1 else []
    shown += [f"p={padding}"] if padding else []
    return " ".join(shown)


def _fits(box: Box, arguments: str, around: Around) -> bool:
    """Return whether a label with more arguments takes and gives the sizes around."""
    items = inserted(box.items, arguments)
    label = " ".join(item.label.text for item in items if item.label is not None)
    sizes = (known_text(around.before), known_text(around.behind))
    nodes = [("a", "Input"), ("b", label), ("c", "Output")]
    edges: list[Node] = [
        Mapping((Entry(word(key, _NOWHERE), word(size, _NOWHERE)),), _NOWHERE)
        for key, size in zip(("a -> b", "b -> c"), sizes, strict=True)
    ]
    entries: list[tuple[str, Node]] = [
        ("graphc", word("1", _NOWHERE)),
        ("model", word("Trial", _NOWHERE)),
        ("nodes", mapping([(n, word(t, _NOWHERE)) for n, t in nodes], _NOWHERE)),
        ("edges", YamlSequence(tuple(edges), _NOWHERE)),
    ]
    _, errors = tried(mapping(entries[1:], _NOWHERE), _NOWHERE.source)
    return not errors


def _write(box: Box, arguments: str, around: Around, sink: Sink) -> None:
    box.items = inserted(box.items, arguments)
    sizes = f"{known_text(around.before)} -> {known_text(around.behind)}"
    box.note = f"{arguments} is not drawn; the sizes, {sizes}, say so"
    message = f"`{box.name}` does not say `{arguments}`, and its sizes do: {sizes}"
    sink.add(note(box, message))


def _undecided(box: Box, what: Unsaid, fitting: Sequence[str]) -> Diagnostic:
    shown = ", or ".join(f"`{one}`" for one in fitting[:3])
    remedy = (f"{shown} would fit the sizes around it",) if fitting else ()
    message = f"`{box.name}` does not say {what.value}: its sizes are taken as drawn"
    place = Place(box.label_span)
    return Diagnostic(
        Code.GC507, message, place, help=remedy, severity=Severity.WARNING
    )
