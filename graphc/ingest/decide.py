"""What a figure leaves unsaid, decided by the sizes that it shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.frontend import elaborate_tree
from graphc.infer import Instance, Known, Sized, infer, known_text
from graphc.ingest.ends import all_drawn, check_channels, note_channels, open_inputs
from graphc.ingest.figure import Box, Figure
from graphc.ingest.notation import SizeReading, Unsaid
from graphc.ingest.terms import behind_terms, first_of, inserted, ops_in
from graphc.ingest.text import made, mapping, word
from graphc.ingest.tree import Notation, Writing, tree
from graphc.ir import Family
from graphc.reading import Entry, Mapping, Node
from graphc.reading import Sequence as YamlSequence
from graphc.source import Source, Span

_NOWHERE = Span(Source("", ""), 0, 0)
_KERNELS = (1, 3, 5, 7, 9, 11)
_STRIDES = (1, 2, 3, 4)
_FLAT = "Flatten"
_BATCHED = 3
"""The signs between the four dims of a batch of images."""
_MAPS = 3
"""The dims from which on a tensor is maps, with channels."""

_KEEP_SIZES = (Family.ACTIVATION, Family.NORMALIZATION, Family.REGULARIZATION)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the tensors before and behind a box."""

    before: Known
    behind: Known

    @property
    def decides(self) -> bool:
        """Whether the sizes on both sides are known, but for channels."""
        return _maps(self.before) and _maps(self.behind)


def _maps(shape: Known) -> bool:
    return shape is not None and all(not isinstance(d, tuple) for d in shape[1:])


class Trial:
    """Counts what contradicts in a network, as it stands when it is asked."""

    def __init__(
        self, model: Figure, modules: list[Figure], notation: Notation
    ) -> None:
        self._figures = (model, modules)
        self._notation = notation

    def errors(self) -> int:
        """Return how much contradicts now."""
        model, modules = self._figures
        root = tree(model, modules, Writing(self._notation))
        return _tried(root, model.span.source)[1]


def decide(
    model: Figure, modules: list[Figure], source: Source, sink: Sink
) -> Notation:
    """Settle what the labels of a network leave open; return how its sizes are meant.

    Reports what was decided (GC507), and what nothing decides.
    """
    figures = [model, *modules]
    _flatten_pools(figures, sink)
    note_channels(figures)
    open_ = [(f, b) for f in figures for b in f.boxes.values() if _is_open(b)]
    if not open_ and _is_plain(model, figures):
        return next(_notations(figures))
    kept = [(box, box.items) for _, box in open_]
    for _, box in open_:
        box.items = [replace(item, label=None) for item in box.items]
    notation, sized = _notation(model, modules, source)
    if notation.last:
        sink.extend(_told_last(figures))
    for box, items in kept:
        box.items = items
    around = {id(box): _around(sized, figure, box) for figure, box in open_}
    for _, box in open_:
        _settle(box, around[id(box)], sink)
    _flatten_maps(figures, sized, Trial(model, modules, notation), sink)
    for figure in figures:
        entering = figure.entering()
        for box in figure.boxes.values():
            if box.takes is not None:
                before = _around(sized, figure, box).before
                check_channels(box, entering[box.name], before, sink)
    _open_inputs(model, modules, sized, notation, sink)
    return notation


def _is_plain(model: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a network says all that a spec says, so that nothing is to be tried."""
    if len(list(_notations(figures))) > 1 or not all_drawn(model):
        return False
    for figure in figures:
        entering = figure.entering()
        for box in figure.boxes.values():
            sizes = [wire.size for wire in entering[box.name]]
            flat = sizes and all(s and "*" not in s.fragment.text for s in sizes)
            if box.takes is not None or (_is_linear(box) and not flat):
                return False
    return True


def _is_linear(box: Box) -> bool:
    ops = ops_in(box.items)
    return bool(ops) and ops[0].name == "Linear"


def _open_inputs(
    model: Figure,
    modules: list[Figure],
    sized: Sized | None,
    notation: Notation,
    sink: Sink,
) -> None:
    """Let inputs without a size be of any, unless that contradicts what is drawn."""
    if all_drawn(model):
        return
    source = model.span.source
    drawn = [(wire, wire.size) for wire in model.wires]
    _, wrong = _tried(tree(model, modules, Writing(notation)), source)
    notes = list(open_inputs(model, sized))
    if notes:
        _, now = _tried(tree(model, modules, Writing(notation)), source)
        if now <= wrong:
            sink.extend(notes)
            return
    for wire, size in drawn:
        wire.size = size


def _is_open(box: Box) -> bool:
    wanted = (Unsaid.POOL_STRIDE, Unsaid.KERNEL, Unsaid.STRIDE, Unsaid.PADDING)
    return box.is_read and any(one in wanted for one in box.unsaid)


def _notation(
    model: Figure, modules: list[Figure], source: Source
) -> tuple[Notation, Sized | None]:
    """Return the reading of sizes under which the fewest of them are wrong."""
    best: tuple[int, Notation, Sized | None] | None = None
    for notation in _notations([model, *modules]):
        root = tree(model, modules, Writing(notation))
        sized, errors = _tried(root, source)
        if best is None or errors < best[0]:
            best = (errors, notation, sized)
        if not errors:
            break
    if best is None:
        raise AssertionError("there is always the first reading")
    return best[1], best[2]


def _notations(figures: Sequence[Figure]) -> Iterator[Notation]:
    """Return the readings that the sizes of figures allow, the likeliest first.

    A 1 in front of every size, or before four dims, is rather a batch than a channel.
    """
    sizes = _sizes(figures)
    drawn = [size for size in sizes if "_" not in size.fragment.text]
    batched = [size for size in drawn if size.without_first is not None]
    likely = len(drawn) > 1 and len(batched) == len(drawn)
    likely |= any(size.fragment.text.count("*") == _BATCHED for size in batched)
    last = (False, True) if any(size.last for size in sizes) else (False,)
    batch = ((False, True), (True, False))[likely] if batched else (False,)
    flat = any(size.fragment.text.count("*") == 1 for size in sizes)
    maps = (False, True) if flat else (False,)
    order = product(enumerate(last), enumerate(batch), enumerate(maps))
    for one in sorted(order, key=lambda ways: sum(rank for rank, _ in ways)):
        yield Notation(*(way for _, way in one))


def _sizes(figures: Sequence[Figure]) -> list[SizeReading]:
    """Return all sizes that figures show."""
    sizes = [wire.size for one in figures for wire in one.wires if wire.size]
    boxes = [box for one in figures for box in one.boxes.values()]
    return sizes + [box.size for box in boxes if box.size]


def _told_last(figures: Sequence[Figure]) -> Iterator[Diagnostic]:
    """Yield a note that the sizes of a network are read with their channels last."""
    sizes = [size for size in _sizes(figures) if size.last and not size.marked]
    if sizes:
        first = min(sizes, key=lambda size: size.fragment.span.start).fragment
        message = "sizes are read with their channels last, as only that fits"
        place = Place(first.span)
        yield Diagnostic(Code.GC507, message, place, severity=Severity.NOTE)


def _tried(root: Mapping, source: Source) -> tuple[Sized | None, int]:
    sink = Sink()
    network = elaborate_tree(root, source, sink)
    sized = None if network is None else infer(network, sink)
    return sized, sum(_is_wrong(one) for one in sink.sorted())


def _is_wrong(finding: Diagnostic) -> bool:
    """Whether something contradicts, and is not merely left open."""
    left_open = finding.code in (Code.GC306, Code.GC307)
    return finding.severity is Severity.ERROR and not left_open


def _around(sized: Sized | None, figure: Figure, box: Box) -> Around:
    """Return what is known of the first input and the first output of a box."""
    for instance in sized.instances if sized is not None else ():
        if instance.name == figure.name and box.name in instance.module.graph.nodes:
            return _in(instance, box)
    return Around(None, None)


def _in(instance: Instance, box: Box) -> Around:
    graph = instance.module.graph
    into, out_of = graph.into(box.name), graph.out_of(box.name)
    return Around(
        instance.known(into[0]) if into else None,
        instance.known(out_of[0]) if out_of else None,
    )


def _settle(box: Box, around: Around, sink: Sink) -> None:
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
    _, errors = _tried(mapping(entries[1:], _NOWHERE), _NOWHERE.source)
    return not errors


def _write(box: Box, arguments: str, around: Around, sink: Sink) -> None:
    box.items = inserted(box.items, arguments)
    sizes = f"{known_text(around.before)} -> {known_text(around.behind)}"
    box.note = f"{arguments} is not drawn; the sizes, {sizes}, say so"
    message = f"`{box.name}` does not say `{arguments}`, and its sizes do: {sizes}"
    sink.add(_note(box, message))


def _undecided(box: Box, what: Unsaid, fitting: Sequence[str]) -> Diagnostic:
    shown = ", or ".join(f"`{one}`" for one in fitting[:3])
    remedy = (f"{shown} would fit the sizes around it",) if fitting else ()
    message = f"`{box.name}` does not say {what.value}: its sizes are taken as drawn"
    place = Place(box.label_span)
    return Diagnostic(
        Code.GC507, message, place, help=remedy, severity=Severity.WARNING
    )


def _note(box: Box, message: str) -> Diagnostic:
    return Diagnostic(
        Code.GC507, message, Place(box.label_span), severity=Severity.NOTE
    )


def _flatten_pools(figures: Sequence[Figure], sink: Sink) -> None:
    """Let a pool behind which a single number is drawn flatten what it gives."""
    for figure in figures:
        drawn: dict[str, list[str]] = {}
        for wire in figure.wires:
            size = wire.size or figure.boxes[wire.source].size
            drawn.setdefault(wire.source, []).append(size.fragment.text if size else "")
        for box in figure.boxes.values():
            sizes = drawn.get(box.name, [])
            if not sizes or not _ends_in_pool(box):
                continue
            if all(size.isdigit() for size in sizes):
                box.items = behind_terms(box.items, _FLAT)
                box.note = f"the size drawn behind it, {sizes[0]}, is flat"
                message = f"`{box.name}` flattens, as {sizes[0]} is drawn behind it"
                sink.add(_note(box, message))


def _ends_in_pool(box: Box) -> bool:
    """Whether a box pools, and behind that changes no size: a dropout may follow."""
    ops = [op for op in ops_in(box.items) if op.family not in _KEEP_SIZES]
    return bool(ops) and ops[-1].family is Family.POOLING


def _flatten_maps(
    figures: Sequence[Figure], sized: Sized | None, trial: "Trial", sink: Sink
) -> None:
    """Flatten maps that a figure leads into a fully connected layer.

    What is behind one that is flattened is flat already. Where that contradicts what is
    drawn, such as a size further on, nothing is flattened.
    """
    own = Sink()
    taken: list[tuple[Box, Known]] = []
    for figure in figures:
        maps = {box: _maps_into(figure, box, sized) for box in figure.boxes.values()}
        into = {box: before for box, before in maps.items() if before is not None}
        flat = _behind(figure, [box.name for box in into])
        taken += [one for one in into.items() if one[0].name not in flat]
    if not taken:
        return
    wrong = trial.errors()
    kept = [(box, box.items, box.note) for box, _ in taken]
    for box, before in taken:
        _flatten(box, before, own)
    if trial.errors() <= wrong:
        sink.extend(own.sorted())
        return
    for box, items, note in kept:
        box.items, box.note = items, note


def _maps_into(figure: Figure, box: Box, sized: Sized | None) -> Known:
    """Return the maps that a fully connected layer takes, None if it takes none.

    It takes none either if as many dims are drawn behind it: it works over the last.
    """
    if not _is_linear(box) or box.items[0].label is None:
        return None
    before = _around(sized, figure, box).before
    if before is None or len(before) < _MAPS:
        return None
    drawn = [box.size, *(wire.size for wire in figure.wires if wire.source == box.name)]
    ranks = {1 + size.fragment.text.count("*") for size in drawn if size is not None}
    return None if len(before) in ranks else before


def _behind(figure: Figure, names: Iterable[str]) -> set[str]:
    """Return what some boxes of a figure lead to."""
    leaving = figure.leaving()
    pending, found = list(names), set[str]()
    while pending:
        for wire in leaving[pending.pop()]:
            if wire.target not in found:
                found.add(wire.target)
                pending.append(wire.target)
    return found


def _flatten(box: Box, before: Known, sink: Sink) -> None:
    first = box.items[0]
    if first.label is not None:
        label = made(f"{_FLAT} {first.label.text}", first.label.span)
        box.items = [replace(first, label=label), *box.items[1:]]
        box.note = f"it takes {known_text(before)}, flattened"
        message = f"`{box.name}` is fully connected, so {known_text(before)} is flat"
        sink.add(_note(box, message))
