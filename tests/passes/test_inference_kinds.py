"""Networks of every kind are rewritten, and compute what they did."""

from pathlib import Path
from textwrap import indent

import pytest
from torch_specs import module, optimized, sized, spec

from graphc.passes import WEIGHED
from graphc.pipeline.check import check
from graphc.pipeline.verify import verify_weights
from graphc.verify import compare_rewritten

BRANCHES = module(
    "Branches",
    "in: Input\nrow: 'Conv 4 k=1, BN, Dropout'\nother: Conv 4 k=1 BN\n"
    "both: Concat\nback: Conv 4 k=1",
    "- in -> row -> both: [4*H*W, _]\n- in -> other -> both -> back",
)
TWO = module(
    "Two",
    "in: Input\none: Conv 4 k=1 BN\nother: Conv 4 k=1 BN\nx: Output\ny: Output",
    "- in -> one -> x: [4*H*W, _]\n- in -> other -> y",
)
IMAGE = "image: Input\n"
SPECS = {
    "free sizes": spec(
        IMAGE + "conv: Conv 8 k=3 p=1 BN ReLU\none: Conv 4 k=1 BN\n"
        "two: Conv 4 k=1 BN\nboth: Concat\npool: AvgPool 3 s=1 p=1\n"
        "last: Conv 2 k=1 BN\nup: Upsample scale=2",
        "- image -> conv: 3*H*W\n- conv -> one -> both\n- conv -> two -> both\n"
        "- both -> pool -> last -> up",
    ),
    "several inputs and outputs": spec(
        "a: Input\nb: Input\nc: Conv 4 k=1 BN\nd: Conv 4 k=1 BN\nsum: Sum\n"
        "e: Conv 4 k=1 BN\nf: Conv 3 k=1 BN",
        "- a -> c -> sum: [4*H*W, _]\n- b -> d -> sum: [4*H*W, _]\n- a -> sum\n"
        "- sum -> e\n- sum -> f",
    ),
    "shared nodes": spec(
        "a: Input\nb: Input\nc: 'Conv 4 k=1, BN, Dropout'\nd: same as c\nsum: Sum\n"
        "e: Conv 4 k=1 BN\nf: same as e",
        "- a -> c -> sum: [4*6*6, _]\n- b -> d -> sum\n- sum -> e\n- c -> f",
    ),
    "shared modules": spec(
        IMAGE + "b: Branches\nc: same as b\nsum: Sum",
        "- image -> b -> sum: [4*6*6, _]\n- image -> c -> sum",
        modules=BRANCHES,
    ),
    "a module of two outputs": spec(
        IMAGE + "two: Two\nsub: Sub",
        "- image -> two: 4*6*6\n- two.x -> sub\n- two.y -> sub",
        modules=TWO,
    ),
    "parts of a tensor": spec(
        IMAGE + "parts: Split 2\nc: Conv 2 k=1 BN\nd: Conv 2 k=1 BN\nboth: Concat",
        "- image -> parts: 4*6*6\n- parts.0 -> c -> both\n- parts.1 -> d -> both",
    ),
    "an input of numbers": spec(
        "words: Input\ntable: Embedding 10 4\nlast: Linear 5",
        "- words -> table -> last: [7, _]",
    ),
    "outputs of other names": spec(
        IMAGE + "one: Conv 4 k=1\nnorm: BN\nother: Conv 4 k=1\nlast: Dropout",
        "- image -> other -> last: [4*6*6, _]\n- image -> one -> norm",
    ),
    "nothing but what is dropped": spec(
        IMAGE + "end: Dropout", "- image -> end: 4*6*6"
    ),
}


@pytest.mark.parametrize("always", [(), tuple(WEIGHED)], ids=["pays", "always"])
@pytest.mark.parametrize("name", SPECS)
def test_a_network_computes_what_it_did(name: str, always: tuple[str, ...]) -> None:
    before = sized(SPECS[name])
    found = compare_rewritten(optimized(before, always=always), before)
    assert found.ok, (found.differences, found.failure)


FILES = {
    "blocks.yaml": f"graphc: 1\nmodules:\n{indent(BRANCHES, '  ')}",
    "net.yaml": """\
graphc: 1
model: Net
imports:
  blocks.yaml: [Branches]
checkpoint:
  stem: features.0
  rest: features.1
nodes:
  image: Input
  stem: Conv 4 k=3 BN ReLU
  rest: 2 x Branches
  head: Conv 2 k=1
  norm: BN
  aux: Conv 3 k=1 BN
edges:
  - image -> stem: 3*9*9
  - stem -> rest -> head -> norm
  - stem -> aux
""",
    "net.md": "# Net\n\n```mermaid\nflowchart LR\n"
    "  i[Image] -->|3x9x9| c[Conv 4 k=3 BN ReLU]\n  c --> d[Conv 2 k=1 BN]\n"
    "  c --> e[Conv 2 k=1 BN]\n```\n",
}


@pytest.mark.parametrize(
    ("name", "only"),
    [("net.yaml", ()), ("net.yaml", ("norm",)), ("net.yaml", ("aux",)), ("net.md", ())],
)
def test_so_does_one_of_files(name: str, only: tuple[str, ...], tmp_path: Path) -> None:
    for each, text in FILES.items():
        (tmp_path / each).write_text(text)
    checked = check(tmp_path / name, None, only)
    assert checked.ok, checked.findings
    assert checked.sized is not None
    for always in ((), tuple(WEIGHED)):
        found = verify_weights(checked.sized, checked.whole, always=always)
        assert found.findings == ()
        assert "in float64" in found.summary
