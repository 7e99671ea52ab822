"""Rows in which parameters of a module decide how many layers stand."""

from functools import partial

import pytest
from agreement import done
from torch_specs import module, spec

from graphc.passes.commute_pools import commute_pools
from graphc.passes.costs import When
from graphc.passes.inline_rows import inline_rows
from graphc.passes.merge_siblings import merge_siblings
from graphc.passes.rewriting import Pass

PASSES: dict[str, Pass] = {
    "merge-siblings": partial(merge_siblings, when=When.ALWAYS),
    "commute-pools": partial(commute_pools, when=When.ALWAYS),
    "inline-rows": inline_rows,
}
ROWS = {
    "of siblings": (
        "merge-siblings",
        "one: 'Conv 4 k=1, n x Inner'\ntwo: Conv 4 k=1 ReLU\nsum: Sum",
        "- in -> one -> sum: [4*6*6, _]\n- in -> two -> sum",
        "Conv 4 k=1",
    ),
    "of an average": (
        "commute-pools",
        "one: 'AvgPool 3 s=1 p=1, Conv 4 k=1, n x Inner'\nsum: Sum",
        "- in -> one -> sum: [4*6*6, _]\n- in -> sum",
        "AvgPool 3 s=1 p=1",
    ),
    "behind an average": (
        "commute-pools",
        "pool: AvgPool 3 s=1 p=1\none: 'Conv 4 k=1, n x Inner'\nsum: Sum",
        "- in -> pool -> one -> sum: [4*6*6, _, _]\n- in -> sum",
        "AvgPool 3 s=1 p=1",
    ),
    "before an average": (
        "commute-pools",
        "pool: 'n x Inner, AvgPool 3 s=1 p=1'\none: Conv 4 k=1\nsum: Sum",
        "- in -> pool -> one -> sum: [4*6*6, _, _]\n- in -> sum",
        "AvgPool 3 s=1 p=1",
    ),
    "of one layer": (
        "inline-rows",
        "one: 'n x ReLU, Conv 4 k=1, BN'\nend: Output",
        "- in -> one -> end: [4*6*6, _]",
        "Block 1",
    ),
}
INNER = "Inner:\n  label: Conv 4 k=1 ReLU, Conv 4 k=1\n"


@pytest.mark.parametrize("uses", [("Block 1", "Block 2"), ("Block 1", "Block 1")])
@pytest.mark.parametrize("name", ROWS)
def test_what_stands_in_such_a_row_stays_and_is_named(
    name: str, uses: tuple[str, str]
) -> None:
    rewrite, nodes, edges, left = ROWS[name]
    block = module("Block", f"in: Input\n{nodes}", edges, "params: {n: ~}\n")
    one, two = uses
    text = spec(
        f"image: Input\none: {one}\ntwo: {two}",
        "- image -> one -> two: [4*6*6, _]",
        modules=block + (INNER if "Inner" in nodes else ""),
    )
    found = done(PASSES[rewrite], text)
    assert found.unchanged
    why = "parameters decide how many layers stand in its row"
    assert f"`{left}` stays as it is: {why}" in found.remarks
    found.agree()
