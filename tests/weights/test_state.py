"""The keys and shapes that are told without torch, against those that torch has."""

import re
from pathlib import Path

import pytest
import torch
from checking import check_text
from torch_specs import chain, module, spec

from graphc import load
from graphc.diagnostics import Severity
from graphc.emit.torch import drafts, state
from graphc.emit.torch.load import module as instance
from graphc.infer import Sized
from graphc.ir import Op
from graphc.ops import OPS
from graphc.pipeline.check import check

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
CASES = [
    path
    for path in sorted((ROOT / "tests" / "cases").glob("*.yaml"))
    if not path.name.startswith("gc")
]
SHAPES = ("8*16*16", "8*8", "256*8*8", "64*512", "256", "8*1", "10000")

BLOCK = module(
    "Block",
    "input: Input\nnorm.1: BN\nconv: Conv width k=3 p=1 BN ReLU\nsum: Sum",
    "- input -> norm.1 -> conv -> sum\n- input -> sum",
    "params: {width: 8}\n",
)
WRITTEN = {
    "rows": chain(["3 x Conv 4 k=3 BN", "ReLU, 2 x Linear 5", "Flatten"], "3*9*9"),
    "words": chain(["Conv 4 k=3 LSoftmax"], "3*9*9").replace("LSoftmax", "Softmax"),
    "layers": chain(["Dropout 0.1 GELU Dropout 0.2", "PReLU Dropout"], "3*9*9"),
    "names": spec(
        "image: Input\nclass: Conv 8 k=1\n1: Conv 8 k=1\nlayer 2: BN",
        '- image -> class: 3*9*9\n- class -> 1 -> "layer 2"',
    ),
    "blocks": spec(
        'image: Input\nfew: "Block, 2 x Block"\nmany: n x Block\n'
        "wide: Conv 4 k=1 Block 4",
        "- image -> few: 8*9*9\n- few -> many -> wide",
        "params: {n: 3}\n",
        BLOCK,
    ),
    "attention": spec(
        "a: Input\nb: Input\ncross: Attention 4\nself: 2 x Attention 2 bias=false",
        "- a -> cross.query: 10*32\n- b -> cross.key: 20*16\n- cross -> self",
    ),
    "tensors of its own": spec(
        "tokens: Input\nconv: Linear 4\nfirst: Parameter\nconcat: Concat\n"
        "many: 2 x Placed",
        "- tokens -> conv -> concat: [5*9, _]\n- first -> concat: 1*4\n"
        "- concat -> many",
        modules=module(
            "Placed",
            "input: Input\nnorm: LayerNorm\nplaces: Parameter batch=false\nsum: Sum",
            "- input -> norm -> sum\n- places -> sum: L*C\n",
        ),
    ),
    "shared": spec(
        "a: Input\nb: Input\nconv: Conv 8 k=3 BN\nagain: same as conv\njoin: Sum",
        "- a -> conv: 3*9*9\n- b -> again: 3*9*9\n- conv -> join\n- again -> join",
    ),
    "unread": spec(
        "image: Input\nconv: Conv 4 k=1\nlost: Conv 9 k=1\nout: Output",
        "- image -> conv: 3*9*9\n- conv -> out\n- image -> lost",
    ),
}


def assert_as_torch_has_it(sized: Sized) -> None:
    told = [(t.key, t.shape) for t in state(sized, drafts(sized))]
    with torch.device("meta"):
        real = instance(sized)
    held = [(key, tuple(value.shape)) for key, value in real.state_dict().items()]
    assert told == held
    buffers = {name for name, _ in real.named_buffers()}
    counts = {k for k, v in real.state_dict().items() if not v.is_floating_point()}
    tensors = state(sized, drafts(sized))
    assert {t.key for t in tensors if t.buffer} == buffers
    assert {t.key for t in tensors if t.integer} == counts


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_specs(path: Path) -> None:
    assert_as_torch_has_it(load(path).sized)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_without_errors(path: Path) -> None:
    checked = check(path)
    if not checked.ok or checked.sized is None:
        pytest.skip("has errors")
    if "00000 x " in path.read_text(encoding="utf-8-sig"):
        pytest.skip("takes torch very long")
    assert_as_torch_has_it(checked.sized)


@pytest.mark.parametrize("name", WRITTEN)
def test_ways_of_writing(name: str) -> None:
    assert_as_torch_has_it(_sized(WRITTEN[name]))


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name)
def test_each_op(op: Op) -> None:
    if not op.inputs.ports or op.name in {"Input", "Output"}:
        pytest.skip("takes no tensor")
    for shape in SHAPES:
        label = re.sub(r"^\S+: ", "", op.example)
        result = check_text(chain([label], shape))
        sound = not any(f.severity is Severity.ERROR for f in result.findings)
        if sound and result.sized is not None:
            assert_as_torch_has_it(result.sized)
            return


def test_the_table_of_a_spec() -> None:
    shapes = load(ROOT / "specs" / "irv1.yaml").state_dict_shapes()
    assert shapes["stem.conv1.weight"] == (32, 3, 3, 3)
    assert shapes["inception_b.9.bn.num_batches_tracked"] == ()
    assert len(shapes) == 373


def _sized(text: str) -> Sized:
    result = check_text(text)
    errors = [f.message for f in result.findings if f.severity is Severity.ERROR]
    assert errors == []
    assert result.sized is not None
    return result.sized
