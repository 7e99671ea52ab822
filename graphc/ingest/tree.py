"""Figures as the tree of a spec, just as YAML would give it."""

from dataclasses import replace

from graphc.ingest.figure import Box, Figure, Item, Role, Wire
from graphc.ingest.notation import SizeReading
from graphc.ingest.text import (
    edge,
    end,
    joined,
    made,
    mapping,
    nothing,
    number,
    scalar,
    size,
    word,
)
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence
from graphc.record import record
from graphc.source import Fragment


@record
class Notation:
    """How the sizes of a figure are meant where their text leaves it open.

    With ``last`` channels stand last; with ``batch`` a 1 in front is the batch; with
    ``maps`` a size of two dims is that of maps, and does not tell the channels.
    """

    last: bool = False
    batch: bool = False
    maps: bool = False

    def of(self, size: SizeReading) -> Fragment:
        """Return a size as it is meant."""
        if self.batch and size.without_first is not None:
            return size.without_first
        if self.last and size.last is not None:
            return size.last
        if self.maps and size.fragment.text.count("*") == 1:
            return joined([made("_", size.fragment.span), size.fragment], "*")
        return size.fragment


@record
class Writing:
    """How figures become a tree: the notation, and where sizes in labels go.

    ``on_edges`` puts the size in a label on an edge where there is one, as in a spec
    written by hand; otherwise it stands behind the label, where it was drawn. For what
    could not be read then stands what is drawn, and otherwise the name of the box, by
    which reports call it.
    """

    notation: Notation = Notation()
    on_edges: bool = False

    def stand_in(self, box: Box, item: Item) -> Scalar:
        """Return what stands for a label that could not be read."""
        return nothing(item.drawn if self.on_edges else box.name, item.span)


def tree(
    model: Figure,
    modules: list[Figure],
    writing: Writing,
    extra: tuple[Entry, ...] = (),
) -> Mapping:
    """Return the spec of a model and the modules that it uses."""
    place = model.span
    entries = [
        Entry(word("graphc", place), number(1, place)),
        Entry(word("model", place), word(model.name, place)),
        *extra,
        *_graph(model, writing),
    ]
    if modules:
        parts = [
            Entry(
                word(one.name, one.span),
                Mapping((*one.extra, *_graph(one, writing)), one.area),
            )
            for one in modules
        ]
        entries.append(Entry(word("modules", place), Mapping(tuple(parts), place)))
    return Mapping(tuple(entries), place)


def _graph(figure: Figure, writing: Writing) -> list[Entry]:
    into, out_of = figure.entering(), figure.leaving()
    lent: dict[int, Fragment] = {}
    nodes = tuple(
        Entry(
            word(box.name, box.span),
            _node(box, into[box.name], out_of[box.name], writing, lent),
        )
        for box in figure.boxes.values()
    )
    edges = tuple(_edge(wire, writing, lent) for wire in figure.wires)
    area = figure.area
    found = [Entry(word("nodes", area), Mapping(nodes, area))]
    if edges or len(nodes) > 1:
        found.append(Entry(word("edges", area), Sequence(edges, area)))
    return found


def _node(
    box: Box,
    into: list[Wire],
    out_of: list[Wire],
    writing: Writing,
    lent: dict[int, Fragment],
) -> Node:
    """Return the label of a box; ``lent`` learns of sizes that go to wires."""
    shape = None if box.size is None else writing.notation.of(box.size)
    near = into if box.role is Role.OUTPUT else out_of
    open_ = [w for w in near if w.size is None and w.source_port is None]
    moves = writing.on_edges or box.role in (Role.INPUT, Role.OUTPUT)
    if shape is not None and moves and open_:
        lent[id(open_[0])] = shape
        shape = None
    items = [_item(box, item, writing) for item in box.items[:-1]]
    items.append(
        _sized(box, replace(box.items[-1], span=box.label_span), shape, writing)
    )
    label = items[0]
    if len(items) > 1 or isinstance(label, Mapping):
        label = Sequence(tuple(items), box.label_span)
    if box.note is not None and box.is_read:
        note = word(box.note, box.label_span)
        return mapping([("label", label), ("note", note)], box.label_span)
    return label


def _item(box: Box, item: Item, writing: Writing) -> Node:
    shape = None if item.size is None else writing.notation.of(item.size)
    return _sized(box, item, shape, writing)


def _sized(box: Box, item: Item, shape: Fragment | None, writing: Writing) -> Node:
    drawn = item.label
    label = writing.stand_in(box, item) if drawn is None else scalar(drawn)
    if shape is None:
        return label
    return Mapping((Entry(label, size(shape)),), item.span)


def _edge(wire: Wire, writing: Writing, lent: dict[int, Fragment]) -> Node:
    source = end(wire.source, wire.source_port, wire.source_span)
    target = end(wire.target, wire.target_port, wire.target_span)
    shape = lent.get(id(wire))
    needed = wire.size is not None and not (wire.plain and writing.on_edges)
    if shape is None and wire.size is not None and needed:
        shape = writing.notation.of(wire.size)
    return edge(source, target, shape, wire.span)
