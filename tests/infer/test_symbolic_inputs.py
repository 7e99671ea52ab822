"""Random networks with free dims at the input, against the same at every small size."""

from checking import check_text, only
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graphc.infer import Sized
from graphc.lang import Condition

KINDS = {
    "half": [
        "Conv 4 k=3 s=2",
        "Conv 4 k=3 s=2 p=1",
        "Conv 4 k=2 s=2",
        "MaxPool k=2",
        "MaxPool k=3 s=2 ceil_mode=true",
    ],
    "same": ["Identity", "Conv 4 k=3 p=1", "AvgPool k=3 s=1 p=1"],
    "twice": ["Upsample 2", "ConvTranspose 4 k=2 s=2", "ConvTranspose 4 k=4 s=2 p=1"],
    "less": ["Conv 4 k=3", "MaxPool k=3 s=1"],
}
"""Layers that stand for one another, though their sizes are not always the same."""

# Without shrinking: each example is a dozen whole checks.
SETTINGS = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def branches(draw: st.DrawFn) -> tuple[str, str]:
    """Return two rows of layers of the same kinds."""
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4))
    one, other = (
        " ".join(draw(st.sampled_from(KINDS[kind])) for kind in kinds) for _ in range(2)
    )
    return one, other


def network(size: str, one: str, other: str) -> str:
    return f"""\
graphc: 1
model: Case
nodes:
  image: Input
  stem: Conv 4 k=1
  one: {one} Conv 4 k=1
  other: {other} Conv 4 k=1
  sum: Sum
edges:
  - image -> stem: {size}
  - stem -> one
  - stem -> other
  - one -> sum
  - other -> sum
"""


def asked(sized: Sized) -> Condition:
    """Return what all steps of a network ask for together."""
    whole: Condition | None = Condition(sized.domain.boxes)
    for solution in sized.solution.distinct():
        for demand in solution.demands:
            assert demand.condition is not None
            whole = None if whole is None else whole.both(demand.condition)
    assert whole is not None
    return whole


@settings(SETTINGS, max_examples=30)
@given(branches(), st.lists(st.integers(1, 40), min_size=6, max_size=6), st.data())
def test_a_verdict_for_all_sizes_is_that_for_each(
    pair: tuple[str, str], heights: list[int], data: st.DataObject
) -> None:
    symbolic = check_text(network("3*H*W", *pair))
    assert symbolic.sized is not None
    assert set(symbolic.codes) <= {"GC304", "GC310"}
    if "GC304" in symbolic.codes:
        return  # the next test is about these
    condition = asked(symbolic.sized)
    for height in heights:
        width = data.draw(st.integers(1, 40))
        concrete = check_text(network(f"3*{height}*{width}", *pair))
        holds = concrete.codes == []
        assert condition.met({"H": height, "W": width}) is holds


@settings(SETTINGS, max_examples=15)
@given(branches())
def test_what_is_refused_holds_for_small_sizes_at_most(pair: tuple[str, str]) -> None:
    if "GC304" in check_text(network("3*H*H", *pair)).codes:
        for size in range(60, 68):
            assert check_text(network(f"3*{size}*{size}", *pair)).codes != []


def test_a_size_that_comes_into_a_module_is_born_at_no_step() -> None:
    found = only("""
        graphc: 1
        model: Net
        nodes: {image: Input, a: "Block 3, 2 x Block p=same", end: Pair}
        edges:
          - image -> a
          - a -> end.right: 8*H*(W//2)
          - image -> end: C*H*W
        modules:
          Block:
            params: {k: 1, p: same}
            nodes: {in: Input, conv: Conv 8 k=k p=p, out: Output}
            edges: [in -> conv -> out]
          Pair:
            nodes: {left: Input, right: Input, one: Output, two: Output, sub: Sub}
            edges: [left -> sub, right -> sub, sub -> one, left -> two]
        """)
    assert found.code.name == "GC301"
