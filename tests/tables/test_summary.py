"""Summaries as data: rows add up, at every depth."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from torch_specs import module as part
from torch_specs import sized, spec

import graphc
from graphc.cost import cost
from graphc.infer import Sized
from graphc.lang import symbol
from graphc.tables import Figures, Row, Summary, summarize
from graphc.tables.table import Column, Table
from graphc.tables.write import comma_separated, text

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
BLOCK = part(
    "Block",
    "input: Input\nconv: Conv width k=3 p=1 ReLU\nrow: 2 x Conv width k=1\n"
    "output: Output",
    "- input -> conv -> row -> output",
    "params: {width: ~}\n",
)
STACK = spec(
    "image: Input\nstem: Conv 8 k=3 BN, 2 x Block 8, Block 16 ReLU\n"
    "blocks: 5 x Block 16\nhead: Block 4",
    "- image -> stem -> blocks -> head: [3*12*12, _, _]",
    "",
    BLOCK,
)


def children(rows: tuple[Row, ...], parent: Row) -> Iterator[Row]:
    for row in rows[rows.index(parent) + 1 :]:
        if row.depth <= parent.depth:
            return
        if row.depth == parent.depth + 1:
            yield row


def added(rows: list[Row]) -> Figures:
    found = Figures()
    for row in rows:
        one = row.each * row.count
        found = Figures(
            found.parameters + one.parameters,
            found.buffers + one.buffers,
            found.macs + one.macs,
            found.activations + one.activations,
        )
    return found


def whole(summary: Summary) -> Figures:
    return added([row for row in summary.rows if row.depth == 0])


@pytest.fixture(scope="module")
def stack() -> Sized:
    return sized(STACK)


def test_rows_name_what_is_in_the_state_dict(stack: Sized) -> None:
    rows = {row.path: row for row in summarize(stack).rows}
    assert list(rows) == [
        "image",
        "stem",
        "stem.0-1",
        "stem.2-3",
        "stem.2-3.conv",
        "stem.2-3.row",
        "stem.2-3.row.0-1",
        "stem.4",
        "stem.4.conv",
        "stem.4.row",
        "stem.4.row.0-1",
        "stem.5",
        "blocks",
        "blocks.0-4",
        "blocks.0-4.conv",
        "blocks.0-4.row",
        "blocks.0-4.row.0-1",
        "head",
        "head.conv",
        "head.row",
        "head.row.0-1",
    ]
    inner = rows["blocks.0-4.row.0-1"]
    assert (inner.count, inner.times, inner.level, inner.depth) == (2, 10, 1, 3)
    assert inner.each.parameters == 16 * 16 + 16
    assert inner.total.parameters == 10 * (16 * 16 + 16)
    assert inner.outputs == ((16, 10, 10),)
    assert rows["head"].label == "Block 4"
    assert rows["stem"].label == "Conv 8 k=3 BN, 2 x Block 8 Block 16 ReLU"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_rows_add_up(path: Path) -> None:
    network = graphc.load(path).sized
    summary = summarize(network)
    total = cost(network.model)
    assert whole(summary) == summary.total
    assert summary.total.parameters == total.parameters
    assert summary.total.macs == total.macs
    for row in summary.rows:
        inside = list(children(summary.rows, row))
        if inside and "-" not in row.name:
            # A row of ops counts the tensor it hands on, its parts one each.
            assert added(inside).parameters == row.each.parameters
            assert added(inside).macs == row.each.macs


def test_depth_is_how_many_modules_are_opened(stack: Sized) -> None:
    closed = summarize(stack, 0)
    assert {row.level for row in closed.rows} == {0}
    assert len(closed.rows) == 9
    assert summarize(stack, 1).rows == summarize(stack).rows
    assert closed.total == summarize(stack).total
    assert not summarize(stack).unopened
    assert not closed.unopened


def test_a_network_of_too_many_modules_is_not_opened_to_the_end() -> None:
    modules = part("M0", "input: Input\nact: ReLU", "- input -> act")
    for number in range(40):
        modules += part(
            f"M{number + 1}",
            f"input: Input\na: M{number}\nb: M{number}",
            "- input -> a -> b",
        )
    network = sized(spec("x: Input\nall: M40", "- x -> all: 3", "", modules))
    summary = summarize(network)
    assert summary.unopened
    assert 4_000 < len(summary.rows) <= 10_000
    assert summary.total.activations == 4 * 3 * 2**40


def test_a_shared_module_has_its_parameters_once() -> None:
    network = sized(
        spec(
            "a: Input\nb: Input\nconv: Block 8\nagain: same as conv\nsum: Sum",
            "- a -> conv -> sum: [3*9*9, _]\n- b -> again -> sum: [3*9*9, _]",
            "",
            BLOCK,
        )
    )
    rows = {row.path: row for row in summarize(network).rows}
    assert rows["again"].label == "same as conv"
    assert rows["again"].each.parameters == 0
    assert rows["again"].each.macs == rows["conv"].each.macs
    assert "conv.conv" in rows
    assert "again.conv" not in rows
    assert {one.input for one in rows["sum"].fields} == {"a", "b"}


def test_figures_may_be_expressions() -> None:
    height = symbol("H")
    twice = Figures(2, 0, 3 * height, 4 * height * height) * 2
    assert (twice.macs, twice.flops) == (6 * height, 12 * height)
    column = Column("macs", "MACs", number=True)
    table = Table((column,), ((twice.macs,), (1_000_000,)))
    assert (
        text(table)
        == "MACs\n".rjust(10) + "-" * 9 + "\n" + "6*H\n".rjust(10) + "1,000,000\n"
    )
    assert comma_separated(table) == "macs\n6*H\n1000000\n"


def test_python_gives_typed_rows() -> None:
    found = graphc.load(SPECS[0])
    assert found.summary(0) == summarize(found.sized, 0)
    with pytest.raises(graphc.SpecError):
        graphc.load("there_is_no.yaml").summary()
