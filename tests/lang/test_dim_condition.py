from dim_trees import FORMULAS, SYMBOLS, in_one, number, value
from hypothesis import given
from hypothesis import strategies as st

from graphc.lang import Size, symbol
from graphc.lang.dims.condition import ALWAYS, NEVER, Condition, at_least, equality
from graphc.lang.dims.values import Values, finite

H, W = symbol("H"), symbol("W")

CLASSES = st.builds(
    lambda low, period, residues, points: Values(
        low, period, frozenset(at % period for at in residues), frozenset(points)
    ),
    st.integers(1, 9),
    st.integers(1, 6),
    st.lists(st.integers(0, 5), max_size=4),
    st.lists(st.integers(1, 30), max_size=4),
)


@given(CLASSES, CLASSES)
def test_an_intersection_holds_what_both_hold(one: Values, two: Values) -> None:
    both = one.intersect(two)
    assert both is not None
    for at in range(1, 99):
        assert (at in both) is (at in one and at in two)


@given(CLASSES, CLASSES)
def test_a_set_within_another_has_nothing_else(one: Values, two: Values) -> None:
    seen = all(at in two for at in range(1, 199) if at in one)
    assert one.within(two) is seen


@given(CLASSES)
def test_values_come_in_order(values: Values) -> None:
    expected = [at for at in range(1, 99) if at in values]
    found = []
    for at in values.ascending():
        if at >= 99:
            break
        found.append(at)
    assert found == expected


@given(in_one("H"), st.integers(-9, 40), st.integers(1, 12))
def test_at_least_is_what_trying_says(formula: str, least: int, low: int) -> None:
    condition = at_least(value(formula, SYMBOLS), least, {"H": low})
    if condition is not None:
        for at in range(low, low + 150):
            reached = number(formula, {"C": 1, "H": at, "W": 1}) >= least
            assert condition.met({"C": 1, "H": at, "W": 1}) is reached


@given(FORMULAS, FORMULAS, st.integers(1, 60), st.integers(1, 60))
def test_both_is_both(one: str, other: str, height: int, width: int) -> None:
    point = {"C": 3, "H": height, "W": width}
    found = [equality(value(text, SYMBOLS), 0) for text in (one, other)]
    if None not in found:
        first, second = (condition or NEVER for condition in found)
        both = first.both(second)
        if both is not None:
            assert both.met(point) is (first.met(point) and second.met(point))


def only(left: Size, right: Size) -> Condition:
    condition = equality(left, right)
    assert condition is not None
    return condition


def test_conditions_together_are_written_as_one() -> None:
    found = ALWAYS
    size: Size = H
    for _ in range(4):
        size = size // 2
    for level in range(4):
        small = H
        for _ in range(level):
            small = small // 2
        joined = found.both(only(small // 2 * 2, small))
        assert joined is not None
        found = joined
    both = found.both(only(W % 16, 0))
    assert both is not None
    assert both.text() == "only where H % 16 == 0 and W % 16 == 0"
    assert both.clauses() == ("H % 16 == 0", "W % 16 == 0")


def test_what_excludes_each_other_leaves_nothing() -> None:
    assert only(H % 2, 0).both(only(H % 2, 1)) == NEVER
    assert NEVER.text() == "never"


def test_features_of_a_picture() -> None:
    condition = only((H // 8) * (W // 8), 1)
    assert condition.text() == "only where 8 <= H <= 15 and 8 <= W <= 15"


def test_bounds() -> None:
    window = (H - 3) // 2 + 1
    assert at_least(window, 1) == Condition(({"H": Values(3)},))
    falling = at_least(20 - H, 1)
    assert falling is not None
    assert falling.text() == "only where 1 <= H <= 19"
    assert at_least(H % 16 + 1, 1) == ALWAYS
    assert at_least(H * W, 9) is None


def test_maps_deep_inside_are_solved_without_trying_all_cases() -> None:
    size: Size = H
    for _ in range(20):
        size = (size - 1) // 2 + 1
    assert at_least(size, 2) == Condition(({"H": Values(2**20 + 1)},))
    small = size
    for _ in range(8):
        small = small // 2
    assert at_least(small, 1) == Condition(({"H": Values((2**8 - 1) * 2**20 + 1)},))
    assert finite({4, 6, 8}) == Values(1, 1, frozenset(), frozenset({4, 6, 8}))
