import re

import pytest
from dim_trees import FORMULAS, SYMBOLS, in_one, number, points, value
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graphc.lang import Differs, Equal, Size, Unproved, Verdict, compare, symbol

C, H, W = symbol("C"), symbol("H"), symbol("W")


def conv(size: Size, kernel: int, stride: int = 1, pad: int = 0) -> Size:
    return (size + 2 * pad - (kernel - 1) - 1) // stride + 1


def pool(size: Size) -> Size:
    return conv(size, 2, 2)


def holds(condition: str, values: dict[str, int]) -> bool:
    """Return what a condition in words says of a point."""
    if condition == "never":
        return False
    cases = re.split(r", (?:or|and where) ", condition.removeprefix("only "))
    return any(_case(case, values) for case in cases)


def _case(text: str, values: dict[str, int]) -> bool:
    return all(_clause(clause, values) for clause in text.split(" and "))


def _clause(text: str, values: dict[str, int]) -> bool:
    parity = re.fullmatch(r"for (odd|even) (\w+)", text)
    if parity is not None:
        return values[parity[2]] % 2 == (parity[1] == "odd")
    return bool(value(text.removeprefix("where "), values))


def told(verdict: Verdict) -> tuple[dict[str, int], int, int, str | None]:
    assert isinstance(verdict, Differs)
    return verdict.counterexample, verdict.left, verdict.right, verdict.condition


def differs(left: Size, right: Size, lower: dict[str, int] | None = None) -> Differs:
    verdict = compare(left, right, lower or {})
    assert isinstance(verdict, Differs)
    return verdict


# Laws: a verdict is what the ints say


@given(FORMULAS, FORMULAS, st.data())
def test_a_verdict_is_true_of_every_point_drawn(
    one: str, other: str, data: st.DataObject
) -> None:
    verdict = compare(value(one, SYMBOLS), value(other, SYMBOLS))
    point = data.draw(points())
    same = number(one, point) == number(other, point)
    if not isinstance(verdict, Differs):
        assert same
    elif verdict.where is not None:
        assert verdict.where.met(point) is same
    if isinstance(verdict, Differs) and verdict.condition is not None:
        assert holds(verdict.condition, point) is same


@given(FORMULAS, FORMULAS, points(most=9))
def test_a_counterexample_is_real_and_none_is_smaller(
    one: str, other: str, point: dict[str, int]
) -> None:
    left, right = value(one, SYMBOLS), value(other, SYMBOLS)
    verdict = compare(left, right)
    assume(isinstance(verdict, Differs))
    assert isinstance(verdict, Differs)
    at = {**dict.fromkeys(SYMBOLS, 1), **verdict.counterexample}
    assert verdict.left != verdict.right
    assert (verdict.left, verdict.right) == (number(one, at), number(other, at))
    if sum(point.values()) < sum(at.values()):
        assert number(one, point) == number(other, point)


@settings(max_examples=60)
@given(in_one("H"), in_one("H"), st.integers(0, 20))
def test_verdicts_on_one_symbol_are_those_of_trying_all_values(
    one: str, other: str, least: int
) -> None:
    verdict = compare(value(one, SYMBOLS), value(other, SYMBOLS), {"H": least})
    tried = range(least, least + 150)
    same = {at: number(one, {"H": at}) == number(other, {"H": at}) for at in tried}
    if isinstance(verdict, Equal):
        assert all(same.values())
    if isinstance(verdict, Differs):
        first = verdict.counterexample.get("H", least)
        assert first not in same or not same[first]
        assert all(same[at] for at in tried if at < first)
        if verdict.condition is not None:
            assert same == {at: holds(verdict.condition, {"H": at}) for at in tried}


@given(FORMULAS, st.integers(2, 5))
def test_every_size_is_its_quotient_and_its_rest(formula: str, by: int) -> None:
    size = value(formula, SYMBOLS)
    verdict = compare(size // by * by + size % by, size)
    assert isinstance(verdict, Equal | Unproved)


@given(FORMULAS, FORMULAS)
def test_comparing_the_other_way_round_says_the_same(one: str, other: str) -> None:
    left, right = value(one, SYMBOLS), value(other, SYMBOLS)
    there, back = compare(left, right), compare(right, left)
    assert type(there) is type(back)
    if isinstance(there, Differs) and isinstance(back, Differs):
        assert there.counterexample == back.counterexample
        assert (there.left, there.right) == (back.right, back.left)
        assert there.condition == back.condition


# Identities


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("H//2 + (H + 1)//2", "H"),
        ("H//3 + (H + 1)//3 + (H + 2)//3", "H"),
        ("((H - 3)//2)//2", "(H - 3)//4"),
        ("(((H - 3)//2 + 1) - 3)//2 + 1", "(H - 7)//4 + 1"),
        ("H - (H + 1)//2", "H//2"),
        ("(H*H + H)//2*2", "H*H + H"),
        ("(H*W)//2 - (H*W + 1)//2", "-((H*W) % 2)"),
        ("(H - H//2*2)*(H - H//2*2)", "H % 2"),
        ("H % 4 % 2", "H % 2"),
        ("(H % 6)//2", "(H//2) % 3"),
        ("(3*(H//2))//3", "H//2"),
        ("(H//2 + W//2)*2 + H % 2 + W % 2", "H + W"),
        ("(11*H)//12", "H - (H + 11)//12"),
        ("(W//2)*(H - (H + 1)//2)", "(W//2)*(H//2)"),
    ],
)
def test_proved_equal(left: str, right: str) -> None:
    assert compare(value(left, SYMBOLS), value(right, SYMBOLS)) == Equal()


def test_ints_are_compared_too() -> None:
    assert compare(7, 7) == Equal()
    assert told(compare(7, 8)) == ({}, 7, 8, "never")


# What networks ask


def test_two_small_windows_are_one_large_one_at_any_size() -> None:
    assert compare(conv(conv(H, 3), 3), conv(H, 5)) == Equal()


def test_strides_beside_none_never_meet_but_in_a_point() -> None:
    verdict = differs(conv(H, 3, 2, 1), conv(H, 3, 1, 1))
    assert told(verdict) == ({"H": 2}, 1, 2, "only where H == 1")
    assert differs(conv(H, 3, 2, 1), H, {"H": 2}).condition == "never"


def test_window_of_three_beside_one_of_two_needs_odd_sizes() -> None:
    verdict = differs(conv(H, 3, 2), conv(H, 2, 2), {"H": 3})
    assert told(verdict) == ({"H": 4}, 1, 2, "only for odd H")


def test_down_and_up_again_needs_even_sizes() -> None:
    assert told(differs(2 * pool(H), H)) == ({"H": 1}, 0, 1, "only for even H")


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_a_u_net_needs_multiples(depth: int) -> None:
    size: Size = H
    for _ in range(depth):
        size = pool(size)
    multiple = 2**depth
    verdict = differs(multiple * size, H, {"H": multiple})
    assert verdict.condition == f"only where H % {multiple} == 0"
    assert verdict.counterexample == {"H": multiple + 1}


def test_a_pool_drawn_on_a_map_of_8_takes_a_range_of_inputs() -> None:
    size: Size = H
    for kernel, stride, pad in [(3, 2, 0), (3, 1, 0), (3, 1, 1), (3, 2, 0)]:
        size = conv(size, kernel, stride, pad)
    for kernel, stride in [(3, 1), (3, 2), (3, 2), (3, 2)]:
        size = conv(size, kernel, stride)
    verdict = differs(size, 8, {"H": 75})
    assert verdict.condition == "only where 299 <= H <= 330"
    assert str(size) == "(H - 43)//32"


def test_channels_of_a_number_are_never_others() -> None:
    assert differs(7, 3).condition == "never"
    assert differs(2 * C, 2 * C + 1).condition == "never"


def test_a_common_factor_does_not_hide_the_condition() -> None:
    assert differs(C * W * 2 * (H // 2), C * H * W).condition == "only for even H"


def test_pictures_flattened() -> None:
    verdict = differs(512 * (H // 32) * (W // 32), 512 * 7 * 7)
    assert verdict.condition == (
        "only where 32 <= H <= 63 and 1568 <= W <= 1599, "
        "or where 224 <= H <= 255 and 224 <= W <= 255, "
        "or where 1568 <= H <= 1599 and 32 <= W <= 63"
    )
    assert verdict.counterexample == {"H": 1, "W": 1}
    assert compare((H // 2) * (W // 2) * 4, (H - H % 2) * (W - W % 2)) == Equal()


@pytest.mark.parametrize(
    ("left", "right", "condition"),
    [
        ("H % 2", "0", "only for even H"),
        ("H % 4", "1", "only where H % 4 == 1"),
        ("(H % 4)*(H % 4 - 1)", "0", "only where H % 4 < 2"),
        ("(H % 4)*(H % 4 - 3)", "0", "only where H % 4 in {0, 3}"),
        ("(H + 1)//4", "H//4", "only where H % 4 != 3"),
        ("(H + 2)//4", "H//4", "only where H % 4 < 2"),
        ("H//3", "(H - 1)//3 + 1", "only where H % 3 == 0"),
        ("2*H", "128", "only where H == 64"),
        ("H*H", "49", "only where H == 7"),
        ("(H - 2)*(H - 5)", "0", "only where H in {2, 5}"),
        ("(H % 2)*(H - 6)", "0", "only for even H"),
        ("(H % 2)*(H - 7)", "0", "only for even H, and where H == 7"),
        ("(H % 8 - 1)*(H % 8 - 2)*(H % 8 - 6)", "0", "only where H % 8 in {1, 2, 6}"),
        ("H//8", "1", "only where 8 <= H <= 15"),
        ("H//100", "1", "only where 100 <= H <= 199"),
        ("(H//8)*(H - 9)*(H - 99)", "0", None),
        ("H*H + 1", "0", "never"),
        ("H", "W", None),
    ],
)
def test_conditions_in_words(left: str, right: str, condition: str | None) -> None:
    assert differs(value(left, SYMBOLS), value(right, SYMBOLS)).condition == condition


# Bounds of the symbols, and of the work


def test_values_below_the_bound_do_not_count() -> None:
    assert differs(H // 2, 0).counterexample == {"H": 2}
    assert told(differs(H // 2, 0, {"H": 9})) == ({"H": 9}, 4, 0, "never")
    assert differs(H * W, 0, {"H": 0}).counterexample == {"H": 1, "W": 1}
    assert differs(H * W, H, {"H": 0, "W": 1}).counterexample == {"H": 1, "W": 2}


def test_symbols_that_cancel_stand_at_their_bound() -> None:
    verdict = differs(C + H, C + 3, {"C": 5})
    assert told(verdict) == ({"C": 5, "H": 1}, 6, 8, "only where H == 3")


def test_too_many_cases_are_searched_before_giving_up() -> None:
    hard = H // 97 + (W // 89) * (C // 83)
    verdict = compare(hard + H // 2 + (H + 1) // 2, hard + H + 1)
    assert isinstance(verdict, Differs)
    assert compare(hard + H // 2 + (H + 1) // 2, hard + H) == Equal()


def test_what_is_neither_proved_nor_refuted_says_why() -> None:
    split = [(H * W * C + at) // 101 for at in range(101)]
    verdict = compare(sum(split[1:], split[0]), H * W * C)
    assert isinstance(verdict, Unproved)
    assert re.fullmatch(
        r"[\d,]+ cases would have to be tried, 50,000 are", verdict.reason
    )


def test_a_condition_on_two_symbols_at_once_is_not_told() -> None:
    verdict = differs(value("(H + W)//2", SYMBOLS), value("(H + W + 1)//2", SYMBOLS))
    assert verdict == Differs({"H": 1, "W": 2}, 1, 2)
