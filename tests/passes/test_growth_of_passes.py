import pytest
from steps import growth
from torch_specs import sized, spec

from graphc.infer import Sized
from graphc.passes.drop_dropout import drop_dropout
from graphc.passes.fold_batch_norm import fold_batch_norm
from graphc.passes.inline_rows import inline_rows
from graphc.passes.rewriting import Pass

CONV_BN = """
ConvBN:
  params: {out: ~}
  label: Conv out k=1 bias=false BN ReLU
"""


def chain(count: int) -> Sized:
    """Return a network of so many times four nodes in a row."""
    nodes, edges = ["image: Input"], ["- image -> conv0: 4*6*6"]
    for i in range(count):
        nodes += [f"conv{i}: Conv 4 k=1", f"bn{i}: BN ReLU", f"drop{i}: Dropout"]
        nodes += [f"use{i}: ConvBN 4"]
        edges += [f"- conv{i} -> bn{i} -> drop{i} -> use{i}"]
        edges += [f"- use{i} -> conv{i + 1}"] if i + 1 < count else []
    return sized(spec("\n".join(nodes), "\n".join(edges), modules=CONV_BN))


@pytest.mark.parametrize("rewrite", [drop_dropout, inline_rows, fold_batch_norm])
def test_a_pass_grows_with_the_text(rewrite: Pass) -> None:
    def work(fresh: list[Sized]) -> None:
        # What a network keeps of its instances is made anew for each.
        rewrite(fresh.pop())

    assert growth(work, [chain(20), chain(20)], [chain(80)]) < 4.2
