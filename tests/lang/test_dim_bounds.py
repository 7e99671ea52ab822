import pytest
from dim_trees import FORMULAS, SYMBOLS, in_one, number, points, value
from hypothesis import given, settings
from hypothesis import strategies as st

from graphc.lang import Bounds, bounds, symbol
from graphc.lang.dims.threshold import solve_at_least

H, W = symbol("H"), symbol("W")


@given(FORMULAS, points(least=0, most=30), points(least=0, most=9))
def test_bounds_hold_every_value(
    formula: str, more: dict[str, int], lower: dict[str, int]
) -> None:
    low, high = bounds(value(formula, SYMBOLS), lower)
    found = number(formula, {name: lower[name] + more[name] for name in lower})
    assert low is None or low <= found
    assert high is None or found <= high


@pytest.mark.parametrize(
    ("formula", "lower", "low", "high"),
    [
        ("7", {}, 7, 7),
        ("H", {}, 1, None),
        ("H", {"H": 0}, 0, None),
        ("5 - H", {}, None, 4),
        ("(H - 3)//2 + 1", {"H": 3}, 1, None),
        ("(H - 7)//4 + 1", {"H": 75}, 18, None),
        ("H - H//2", {}, 1, None),
        ("H//2 - H", {}, None, -1),
        ("H*W", {"H": 3, "W": 4}, 12, None),
        ("H - W", {}, None, None),
        ("(H//2)*(W//2) + 2", {}, 2, None),
        ("-(H//4)", {"H": 8}, None, -2),
        ("(10**400)*H - W", {}, None, None),
        ("(10**400)*H + (10**400)", {}, 2 * 10**400, None),
    ],
)
def test_bounds(
    formula: str, lower: dict[str, int], low: int | None, high: int | None
) -> None:
    assert bounds(value(formula, SYMBOLS), lower) == Bounds(low, high)


@settings(max_examples=60)
@given(in_one("H"), st.integers(-20, 60), st.integers(0, 9))
def test_the_threshold_parts_the_values(formula: str, minimum: int, low: int) -> None:
    found = solve_at_least(value(formula, SYMBOLS), minimum, "H", low)
    tried = [number(formula, {"H": at}) >= minimum for at in range(low, low + 150)]
    if found is not None:
        assert tried == [at >= found for at in range(low, low + 150)]
    elif sorted(tried) == tried and tried[-1]:
        # not answered though there is a threshold: then the size falls somewhere
        values = [number(formula, {"H": at}) for at in range(low, low + 150)]
        assert sorted(values) != values


@pytest.mark.parametrize(
    ("formula", "minimum", "least"),
    [
        ("H", 1, 1),
        ("H", 75, 75),
        ("(H - 3)//2 + 1", 1, 3),
        ("((H - 3)//2 + 1)//2", 8, 33),
        ("H*H", 50, 8),
        ("H - H//2", 4, 7),
        ("2*H - 7", 0, 4),
        ("9", 5, 1),
        ("9", 10, None),
        ("4 - H", 2, None),
        ("H % 3", 2, None),
        ("H*W", 2, None),
        ("W", 2, None),
    ],
)
def test_thresholds(formula: str, minimum: int, least: int | None) -> None:
    assert solve_at_least(value(formula, SYMBOLS), minimum, "H") == least


def test_sizes_of_an_input_from_those_of_a_map_deep_inside() -> None:
    size = "((((((H - 3)//2 + 1) - 2 - 3)//2 + 1) - 2 - 3)//2 + 1 - 3)//2 + 1"
    deep = value(size, SYMBOLS)
    first = solve_at_least(deep, 8, "H")
    beyond = solve_at_least(deep, 9, "H")
    assert first is not None
    assert beyond is not None
    taken = [at for at in range(1, 400) if number(size, {"H": at}) == 8]
    assert taken == list(range(first, beyond))
