"""Drawings of which there is room for a part: what shares a box, what is left out."""

from itertools import pairwise

import pytest
from networks import sized

from graphc.draw import Drawing, Level, OneModule, Overview, Unrolled, draw
from graphc.emit.dot import dot

ROOM = 60


def model(nodes: list[str], edges: list[str], modules: str = "") -> str:
    """Return a spec from ``name: label`` and ``a -> b``, and what follows."""
    told = [f"  {node}" for node in nodes]
    ways = [f"  - {edge}" for edge in edges]
    return "\n".join(["model: Net", "nodes:", *told, "edges:", *ways, modules])


def chain(
    count: int, labels: tuple[str, ...] = ("Conv 8 k=3 p=1", "BN", "ReLU")
) -> str:
    names = [f"n{number}" for number in range(count)]
    nodes = [f"{name}: {labels[at % len(labels)]}" for at, name in enumerate(names)]
    edges = [f"{one} -> {other}" for one, other in pairwise(names)]
    ends = ["image -> n0: 8*9*9", *edges, f"{names[-1]} -> out"]
    return model(["image: Input", *nodes, "out: Output"], ends)


def fan(count: int) -> str:
    names = [f"n{number}" for number in range(count)]
    nodes = ["image: Input", *(f"{name}: Conv 8 k=1" for name in names), "sum: Sum"]
    edges = [f"image -> {name}: 8*9*9" for name in names]
    return model(nodes, [*edges, *(f"{name} -> sum" for name in names)])


def dense(count: int) -> str:
    """Return a model in which each node reads all before it."""
    names = ["image", *(f"n{number}" for number in range(count))]
    nodes = ["image: Input", *(f"{name}: Sum" for name in names[1:])]
    edges = [f"{a} -> {b}" for at, b in enumerate(names) for a in names[:at]]
    return model(nodes, [f"{edges[0]}: 8*9*9", *edges[1:]])


def size(drawing: Drawing) -> int:
    return len(list(drawing.all_boxes())) + len(list(drawing.all_arrows()))


def counted(drawing: Drawing) -> list[int]:
    return [box.count for box in drawing.all_boxes()]


GRAPHS = {
    "chain": chain(300),
    "chain without repeats": chain(
        300, tuple(f"Conv 8 k=1 g={1 + (n * n) % 7 % 2}" for n in range(101))
    ),
    "fan": fan(300),
    "dense": dense(60),
}


@pytest.mark.parametrize("text", GRAPHS.values(), ids=GRAPHS)
@pytest.mark.parametrize("level", [Overview(), Unrolled(), OneModule("Net")])
def test_there_is_room_for_what_is_drawn(text: str, level: Level) -> None:
    network = sized(text)
    if level == OneModule("Net"):
        network.network.modules["Net"] = network.network.model
    drawing = draw(network, level, ROOM)
    assert size(drawing) <= ROOM
    assert sum(counted(drawing)) == len(network.network.model.graph.nodes)
    assert drawing.left_out
    assert any("folded: " in line for line in drawing.caption.lines)
    dot(drawing)


@pytest.mark.parametrize("text", GRAPHS.values(), ids=GRAPHS)
def test_arrows_lead_on_and_never_back(text: str) -> None:
    drawing = draw(sized(text), Overview(), ROOM)
    place = {box.id: at for at, box in enumerate(drawing.all_boxes())}
    ways = [(place[a.source], place[a.target]) for a in drawing.all_arrows()]
    assert all(source < target for source, target in ways)
    assert len(set(ways)) == len(ways)


def test_with_room_for_all_nothing_is_folded() -> None:
    network = sized(chain(20))
    drawing = draw(network, Overview(), 22 + 21)
    assert counted(drawing) == [1] * 22
    assert drawing.left_out == ()
    assert draw(network, Overview()) == drawing


def test_a_block_that_is_repeated_shares_a_box_and_is_told_once() -> None:
    drawing = draw(sized(chain(300)), Overview(), ROOM)
    assert [box.lines for box in drawing.all_boxes()] == [
        ("Input",),
        ("100 \u00d7 3 nodes", "Conv 8 k=3 p=1", "BN", "ReLU"),
        ("Output",),
    ]
    assert [arrow.size for arrow in drawing.all_arrows()] == ["8*9*9", "8*9*9"]
    assert drawing.left_out == ("302 nodes of Net in 3 boxes",)
    box = list(drawing.all_boxes())[1]
    assert box.name == "n0 \u2026 n299"
    parameters = 100 * (8 * 8 * 9 + 8 + 16)
    assert f"{parameters:,} parameters" in box.tooltip


def test_blocks_that_are_wired_otherwise_are_not_alike() -> None:
    drawing = draw(sized(dense(60)), Overview(), ROOM)
    assert not any("\u00d7" in box.lines[0] for box in drawing.all_boxes())


def test_what_is_mistaken_stays_in_sight() -> None:
    text = chain(300).replace("n150 -> n151", "n150 -> n151: 8*7*7")
    drawing = draw(sized(text), Overview(), ROOM)
    (wrong,) = [a for a in drawing.all_arrows() if "\u2260" in a.size]
    assert (wrong.source, wrong.target) == ("Net/n150", "Net/n151")
    assert size(drawing) <= ROOM


def test_modules_without_room_are_left_out() -> None:
    blocks = range(40)
    modules = "modules:\n" + "".join(
        f"  Block{n}:\n    nodes: {{i: Input, c: Conv 8 k=1, o: Output}}\n"
        f"    edges: [i -> c, c -> o]\n"
        for n in blocks
    )
    nodes = ["image: Input", *(f"b{n}: Block{n}" for n in blocks)]
    edges = ["image -> b0: 8*9*9", *(f"b{n} -> b{n + 1}" for n in blocks[:-1])]
    drawing = draw(sized(model(nodes, edges, modules)), Overview(), 130)
    shown = [group for group in drawing.groups if group.title]
    assert 2 <= len(shown) < 20
    assert [group.title for group in shown] == [f"Block{n}" for n in range(len(shown))]
    assert drawing.left_out[-1] == f"{40 - len(shown)} modules"
    assert size(drawing) <= 130


def test_repeats_beyond_number_are_unrolled_in_few_boxes() -> None:
    modules = (
        "modules:\n  Block:\n    nodes: {i: Input, c: Conv 8 k=1, o: Output}\n"
        "    edges: [i -> c, c -> o]\n"
    )
    text = model(["x: Input", "b: 2000000 x Block"], ["x -> b: 8*9*9"], modules)
    drawing = draw(sized(text), Unrolled())
    assert size(drawing) < 20
    assert drawing.left_out == ("6,000,001 boxes in 4",)
    badges = [inner.badge for group in drawing.groups for inner in group.groups]
    assert badges == ["\u00d72,000,000"]
