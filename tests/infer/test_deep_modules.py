"""A thousand modules within one another: each uses the next one."""

import pytest
from checking import check_text

from graphc.infer import intake

LEVELS = 1_000


def nested(uses: str, last: str) -> str:
    """Return modules with a parameter ``width`` that they hand on to the next one."""
    inner = "".join(
        f"  L{n}:\n    params: {{width: 4}}\n"
        f"    nodes: {{input: Input, {uses.format(next=f'L{n + 1} width')}}}\n"
        "    edges: [input -> a -> b]\n"
        for n in range(LEVELS)
    )
    return (
        "graphc: 1\nmodel: Deep\nnodes: {image: Input, root: L0}\n"
        f"edges: [image -> root: 4*8*8]\nmodules:\n{inner}"
        f"  L{LEVELS}:\n    params: {{width: 4}}\n"
        f"    nodes: {{input: Input, act: {last}, end: ReLU}}\n"
        "    edges: [input -> act, act -> end: 4*8*8]\n"
    )


ONE = "a: {next}, b: ReLU"
FOUND = {
    "nothing": (ONE, "Conv width k=3 p=1", []),
    "nothing in two of each": ("a: {next}, b: {next}", "Conv width k=3 p=1", []),
    "nothing in one applied twice": ("a: {next}, b: same as a", "Conv width k=1", []),
    "a size": (ONE, "Conv width+1 k=3 p=1", ["GC301"]),
    "a value": (ONE, "Conv width-4 k=3 p=1", ["GC206"]),
}


@pytest.mark.parametrize(("uses", "last", "codes"), FOUND.values(), ids=FOUND)
def test_what_is_wrong_at_the_bottom_is_found(
    uses: str, last: str, codes: list[str]
) -> None:
    assert check_text(nested(uses, last)).codes == codes


def test_two_uses_at_each_level_are_all_counted() -> None:
    result = check_text(nested("a: {next}, b: {next}", "Conv width k=3 p=1"))
    assert result.sized is not None
    assert result.sized.counts.instances == 2 ** (LEVELS + 1)


def test_the_sizes_that_fit_are_found_through_all_levels() -> None:
    result = check_text(nested("a: {next}, b: {next}", "Conv width k=3 p=1"))
    assert result.sized is not None
    found = intake(result.sized)
    assert found.inputs["image"] is not None
    assert found.inputs["image"][0] == 4
