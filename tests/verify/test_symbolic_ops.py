"""Every op between free dims: what is emitted runs, or it is said why there is none."""

import pytest
from checking import check_text

from graphc.emit.torch import emit, open_sizes
from graphc.ops import OPS
from graphc.verify import verify

SINGLE = [op.example for op in OPS if op.inputs.least == 1 and not op.inputs.many]
ROWS = [
    "Conv 8 k=3 s=2 p=same",
    "MaxPool k=3 s=2 p=same",
    "MaxPool k=3 s=2 ceil_mode=true",
    "Conv 8 k=3 p=[[1,0],[0,1]]",
    "Flatten Linear 10",
    "Flatten start_dim=2 Transpose 1 2 Linear 16",
    "Flatten start_dim=2 Transpose 1 2 Attention 2",
    "Reshape [8,-1]",
    "Permute [0,2,3,1] LayerNorm",
    "Upsample 1.5",
    "Pad 2 mode=reflect",
    "Pad -1",
]


def spec(label: str, size: str) -> str:
    return f"""\
graphc: 1
model: Case
nodes:
  image: Input
  op: {label}
  out: Output
edges:
  - image -> op: {size}
  - op -> out
"""


@pytest.mark.parametrize("size", ["8*H*W", "C*H*W", "8*(2*h)*W", "T*8"])
def test_what_is_emitted_runs_at_several_sizes(size: str) -> None:
    ran = 0
    for label in (*SINGLE, *ROWS):
        found = check_text(spec(label, size))
        if found.codes or found.sized is None or any(open_sizes(found.sized)):
            continue
        assert "class Case" in emit(found.sized)
        report = verify(found.sized)
        assert (report.failure, report.mismatches) == (None, ()), label
        ran += 1
    assert ran >= 15


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Conv 8 k=3", ["C"]),
        ("Flatten Linear 10", ["C", "H", "W"]),
        ("LayerNorm", ["W"]),
        ("BN", ["C"]),
        ("ReLU", []),
        ("MaxPool k=2", []),
    ],
)
def test_weights_of_a_free_size_cannot_be_made(label: str, names: list[str]) -> None:
    found = check_text(spec(label, "C*H*W"))
    assert found.sized is not None
    assert found.codes == []
    told = [finding.message for finding in open_sizes(found.sized)]
    sizes = ", ".join(f"`{name}`" for name in names)
    expected = f"`op` depends on {sizes}, which only an input tells"
    assert told == ([expected] if names else [])
