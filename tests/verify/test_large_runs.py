"""Running what is nested deep, and what is repeated without end."""

import sys

import pytest
from checking import check_text

from graphc.diagnostics import Code
from graphc.infer import Sized
from graphc.verify import verify

BLOCK = """\
modules:
  Block:
    nodes: {in: Input, conv: Conv 8 k=3 p=1, sum: Sum, out: Output}
    edges: [in -> conv -> sum, in -> sum, sum -> out]
"""


def network(text: str) -> Sized:
    result = check_text(f"graphc: 1\nmodel: Net\n{text}")
    assert result.codes == []
    assert result.sized is not None
    return result.sized


def nested(levels: int, uses: int) -> Sized:
    text = "nodes: {image: Input, all: M0}\nedges:\n  - image -> all: 8*9*9\nmodules:\n"
    for level in range(levels):
        inner = f"M{level + 1}" if level < levels - 1 else "Conv 8 k=1"
        names = [f"u{number}" for number in range(uses)]
        nodes = ", ".join(f"{name}: {inner}" for name in names)
        text += f"  M{level}:\n    nodes: {{in: Input, {nodes}, out: Output}}\n"
        text += f"    edges: [{' -> '.join(['in', *names, 'out'])}]\n"
    return network(text)


def test_modules_run_however_deep_they_are_nested() -> None:
    before = sys.getrecursionlimit()
    report = verify(nested(400, uses=1))
    assert report.findings("") == ()
    assert report.compared == 2 * 400 + 1
    assert sys.getrecursionlimit() == before


def test_too_many_instances_are_not_run() -> None:
    (finding,) = verify(nested(200, uses=2)).findings("deep.yaml")
    assert finding.code is Code.GC582
    assert "1.6069e60 instances" in finding.message
    assert finding.file == "deep.yaml"


@pytest.mark.parametrize("count", [1_999, 2_001, 2_000_000])
def test_of_long_repeats_those_that_differ_are_run(count: int) -> None:
    nodes = f"nodes: {{image: Input, row: {count} x Block, last: {count} x ReLU}}\n"
    text = f"{nodes}edges:\n  - image -> row: 8*9*9\n  - row -> last\n{BLOCK}"
    if count < 2_000:
        text = text.replace("1999 x Block", "1999 x ReLU")
        text += "\nwhere: []\n" if "where" in text else ""
        text = text.replace(BLOCK, "")
    report = verify(network(text))
    assert report.findings("") == ()
    assert 2 <= report.compared < 30


def test_repeats_that_change_the_size_are_run_for_each_size() -> None:
    text = (
        "nodes: {image: Input, row: 3000 x Half, last: Conv 4 k=1}\n"
        "edges:\n  - image -> row: 3*64*64\n  - row -> last\n"
        "modules:\n  Half:\n    nodes: {in: Input, conv: Conv 8 k=3 p=1 s=2}\n"
        "    edges: [in -> conv]\n"
    )
    sized = network(text)
    report = verify(sized)
    assert report.findings("") == ()
    assert sized.counts.instances == 3_001
    # 64 to 1 in six steps, one that stays, and one more; and the two of the model.
    assert 8 <= report.compared <= 12
