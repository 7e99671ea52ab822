"""Tables of networks with many repeats, and of modules that are nested deep."""

import json

import pytest
from checking import check_text
from steps import growth

from graphc.infer import Sized
from graphc.tables import compared, comparison, summarize, written

STYLES = ("text", "json", "csv", "markdown")


def network(text: str) -> Sized:
    result = check_text(text)
    assert result.codes == []
    assert result.sized is not None
    return result.sized


def repeated(count: int) -> Sized:
    return network(f"""\
graphc: 1
model: Net
nodes: {{image: Input, row: {count} x Block, head: Flatten Linear 10}}
edges:
  - image -> row: 8*9*9
  - row -> head
modules:
  Block:
    nodes: {{in: Input, conv: Conv 8 k=3 p=1 BN ReLU, sum: Sum, out: Output}}
    edges: [in -> conv -> sum, in -> sum, sum -> out]
""")


def nested(levels: int, uses: int = 1, repeat: str = "") -> Sized:
    """Return a model with a module in a module, and so on, used so often each."""
    text = ["graphc: 1", "model: Net", "nodes: {image: Input, all: M0}"]
    text += ["edges:", "  - image -> all: 8*9*9", "modules:"]
    for level in range(levels):
        inner = f"{repeat}M{level + 1}" if level < levels - 1 else "Conv 8 k=1"
        names = [f"u{number}" for number in range(uses)]
        nodes = ", ".join(f"{name}: {inner}" for name in names)
        text += [f"  M{level}:", f"    nodes: {{in: Input, {nodes}, out: Output}}"]
        text += [f"    edges: [{' -> '.join(['in', *names, 'out'])}]"]
    return network("\n".join(text))


def everything(sized: Sized) -> list[str]:
    """Return all tables that there are of a network."""
    summary = summarize(sized)
    models = compared([sized])
    return [
        *(written(summary, style) for style in STYLES),
        *(comparison(models, style) for style in STYLES),
    ]


def comparing(sized: Sized) -> str:
    return comparison(compared([sized]), "json")


def test_two_and_two_million_repeats_cost_the_same() -> None:
    few, many = repeated(2), repeated(2_000_000)
    assert everything(few) != everything(many)  # what is kept does not count below
    assert growth(comparing, few, many) < 1.01
    # Receptive fields are squared, twenty times for a million.
    assert growth(everything, few, many) < 3
    total, block = summarize(many).total, 8 * 8 * 9 + 8 + 2 * 8
    assert total.parameters == 2_000_000 * block + 8 * 81 * 10 + 10
    assert total.buffers == 2_000_000 * 16
    assert f"parameters: {total.parameters:,}, all" in written(summarize(many), "text")


def test_deep_modules_are_told_to_the_last() -> None:
    summary = summarize(nested(1_000))
    assert not summary.unopened
    assert len(summary.rows) == 1_001 + 1
    assert summary.rows[-1].level == 1_000
    assert summary.total.parameters == 72
    told = written(summary, "text").splitlines()
    assert max(map(len, told)) < 200
    assert any("(999) u0" in line for line in told)
    assert json.loads(written(summary, "json"))["total"]["parameters"] == 72


def test_twice_as_deep_costs_no_more_than_twice_as_much() -> None:
    def costs(sized: Sized) -> object:
        return summarize(sized, 2), comparing(sized)

    assert growth(costs, nested(50, uses=2), nested(100, uses=2)) < 2.5


def test_numbers_of_instances_without_end_are_exact() -> None:
    sized = nested(400, uses=2)
    assert summarize(sized).total.parameters == 72 * 2**400
    assert sized.counts.instances == 2**400
    assert "1.8592e122" in written(summarize(sized, 1), "text")


@pytest.mark.parametrize("style", STYLES)
def test_numbers_that_python_would_not_write_are_told_by_their_power(
    style: str,
) -> None:
    sized = nested(500, repeat="1000000000 x ")
    assert "e4492" in written(summarize(sized), style)
    assert "e4492" in comparison(compared([sized]), style)


@pytest.mark.parametrize("style", STYLES)
def test_fields_that_python_would_not_write_are_told_by_their_power(
    style: str,
) -> None:
    sized = network("""\
graphc: 1
model: Far
nodes: {image: Input, row: 20000 x Conv 8 k=3 p=1 s=2}
edges:
  - image -> row: 8*1*1
""")
    assert "e6020" in written(summarize(sized), style)
