import operator
from collections.abc import Callable

import pytest
from dim_trees import FORMULAS, SYMBOLS, number, points, value
from hypothesis import given
from hypothesis import strategies as st

from graphc.lang import Dim, Equal, Size, Unproved, compare, divide, symbol

C, H, W = symbol("C"), symbol("H"), symbol("W")

OPERATORS = [operator.add, operator.sub, operator.mul]


def at(size: Size, point: dict[str, int]) -> Size:
    return size.subs(point) if isinstance(size, Dim) else size


def conv(size: Size, kernel: int, stride: int = 1, pad: int = 0) -> Size:
    return (size + 2 * pad - (kernel - 1) - 1) // stride + 1


# Laws: substitution commutes with everything


@given(FORMULAS, points())
def test_calculating_then_substituting_is_calculating_with_the_ints(
    formula: str, point: dict[str, int]
) -> None:
    assert at(value(formula, SYMBOLS), point) == number(formula, point)


@given(FORMULAS, FORMULAS, st.sampled_from(OPERATORS), points())
def test_operators_take_dims_and_ints_on_both_sides(
    one: str,
    other: str,
    operate: Callable[[Size, Size], Size],
    point: dict[str, int],
) -> None:
    combined = operate(value(one, SYMBOLS), value(other, SYMBOLS))
    assert at(combined, point) == operate(number(one, point), number(other, point))


@given(FORMULAS, st.integers(-7, 7).filter(bool), points())
def test_floor_and_rest_are_those_of_python(
    formula: str, divisor: int, point: dict[str, int]
) -> None:
    size, plain = value(formula, SYMBOLS), number(formula, point)
    assert at(size // divisor, point) == plain // divisor
    assert at(size % divisor, point) == plain % divisor


@given(FORMULAS, FORMULAS, points())
def test_a_symbol_may_be_replaced_by_a_size(
    outer: str, inner: str, point: dict[str, int]
) -> None:
    size, put = value(outer, SYMBOLS), value(inner, SYMBOLS)
    replaced = size.subs({"H": put}) if isinstance(size, Dim) else size
    assert at(replaced, point) == number(outer, {**point, "H": number(inner, point)})


@given(FORMULAS)
def test_a_constant_is_an_int_and_a_dim_has_symbols_of_its_formula(
    formula: str,
) -> None:
    size = value(formula, SYMBOLS)
    if isinstance(size, Dim):
        assert set() < size.symbols() <= {name for name in SYMBOLS if name in formula}
    else:
        assert type(size) is int


@given(FORMULAS, FORMULAS)
def test_sums_and_products_do_not_depend_on_the_order(one: str, other: str) -> None:
    left, right = value(one, SYMBOLS), value(other, SYMBOLS)
    assert left + right == right + left
    assert left * right == right * left
    assert hash(left + right) == hash(right + left)
    assert left - left == 0
    assert left + right - right == left
    assert C * (left - right) == C * left - C * right


@given(FORMULAS)
def test_what_is_printed_means_the_same(formula: str) -> None:
    size = value(formula, SYMBOLS)
    again = value(str(size), SYMBOLS)
    verdict = compare(again, size)
    assert isinstance(verdict, Equal | Unproved)


@given(FORMULAS, points())
def test_what_is_printed_is_python_for_the_value(
    formula: str, point: dict[str, int]
) -> None:
    assert number(str(value(formula, SYMBOLS)), point) == number(formula, point)


# The normal form


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(H + 4)//2", "H//2 + 2"),
        ("(H - 3)//2", "(H + 1)//2 - 2"),
        ("(3*H)//2", "H + H//2"),
        ("(2*H + 1)//4", "H//2"),
        ("(2*H)//2", "H"),
        ("H//2//3", "H//6"),
        ("((H - 3)//2)//2", "(H - 3)//4"),
        ("((H - 3)//2 + 1)//2", "(H - 1)//4"),
        ("-(-H//2)", "(H + 1)//2"),
        ("-(-H//4)", "(H + 3)//4"),
        ("H//-2", "-H//2"),
        ("H % 2", "H - 2*(H//2)"),
        ("(H + 6) % 3", "H % 3"),
        ("(H + W)*(H - W)", "H*H - W*W"),
        ("(C*H*4)//4", "H*C"),
        ("(H*W*2 + 1)//2", "W*H"),
        ("(W - H)//3", "-((H - W + 2)//3)"),
    ],
)
def test_same_normal_form(left: str, right: str) -> None:
    one, other = value(left, SYMBOLS), value(right, SYMBOLS)
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("formula", "constant"),
    [
        ("H - H", 0),
        ("(2*H + 1) % 2", 1),
        ("(H + 7)//2 - (H + 1)//2", 3),
        ("0*H", 0),
        ("(4*H + 6)//4 - H", 1),
        ("H*W - W*H - 5", -5),
    ],
)
def test_constants_are_plain_ints(formula: str, constant: int) -> None:
    size = value(formula, SYMBOLS)
    assert type(size) is int
    assert size == constant


def test_a_dim_is_no_int_and_no_other_dim() -> None:
    assert H != W
    assert H != 1
    assert H // 2 != H // 3
    assert len({H, symbol("H"), W}) == 2


def test_one_formula_serves_ints_and_dims() -> None:
    assert conv(299, 3, 2) == 149
    stem = conv(H, 3, 2)
    assert isinstance(stem, Dim)
    assert stem.subs({"H": 299}) == 149
    assert stem.subs({"H": W}) == conv(W, 3, 2)
    assert stem.subs({}) == stem


def test_a_division_by_zero_is_pythons_error() -> None:
    with pytest.raises(ZeroDivisionError):
        H // 0
    with pytest.raises(ZeroDivisionError):
        H % 0


def test_other_types_are_refused() -> None:
    for operate in (operator.add, operator.sub, operator.mul, operator.floordiv):
        with pytest.raises(TypeError):
            operate(H, 0.5)
        with pytest.raises(TypeError):
            operate("2", H)


# Printing


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("H", "H"),
        ("4*W", "4*W"),
        ("C + C", "2*C"),
        ("H//2", "H//2"),
        ("(H - 3)//2 + 1", "(H - 1)//2"),
        ("(H + 6 - 7)//2 + 1", "(H + 1)//2"),
        ("-(-H//2)", "(H + 1)//2"),
        ("H + 1", "H + 1"),
        ("1 - H", "1 - H"),
        ("-H", "-H"),
        ("H - 4", "H - 4"),
        ("W + H + 3", "H + W + 3"),
        ("H*W*C", "C*H*W"),
        ("W*H + H*C + 2", "C*H + H*W + 2"),
        ("W*H + H*C", "H*(C + W)"),
        ("(H//2)*C*4", "4*C*(H//2)"),
        ("16*(H//16)", "16*(H//16)"),
        ("2*(H//2 + 1)", "2*(H//2 + 1)"),
        ("(H//2)*(W//2)", "(H//2)*(W//2)"),
        ("((H - 1)//2)*((W - 1)//2)", "((H - 1)//2)*((W - 1)//2)"),
        ("(H + 1)*(W + 1)", "(H + 1)*(W + 1)"),
        ("(H//16)*(W//16) + 1", "(H//16)*(W//16) + 1"),
        ("3*H//2", "3*H//2"),
        ("C*((H - 1)//2)", "C*((H - 1)//2)"),
        ("(H - W)//3", "(H - W)//3"),
        ("H % 2", "H - 2*(H//2)"),
        ("H*H", "H*H"),
        ("H//2 + H + W", "H + H//2 + W"),
        ("3*(3*(H//5)//2)//4", "3*(H//10 + H//5)//4"),
        ("(3*H//2 + 1)*W", "W*(3*H//2 + 1)"),
    ],
)
def test_printed_as_people_write(formula: str, text: str) -> None:
    assert str(value(formula, SYMBOLS)) == text


def test_the_representation_shows_the_text() -> None:
    assert repr(H // 2 + 1) == "Dim(H//2 + 1)"


# Exact division


@given(FORMULAS, FORMULAS)
def test_a_product_divides_by_its_factors(one: str, other: str) -> None:
    left, right = value(one, SYMBOLS), value(other, SYMBOLS)
    if right != 0:
        assert divide(left * right, right) == left


@given(FORMULAS, FORMULAS)
def test_a_quotient_gives_back_the_total(one: str, other: str) -> None:
    total, by = value(one, SYMBOLS), value(other, SYMBOLS)
    found = divide(total, by)
    if found is not None:
        assert isinstance(compare(found * by, total), Equal | Unproved)


@given(FORMULAS, st.integers(1, 6), points())
def test_an_int_that_divides_no_value_at_some_point_is_refused(
    formula: str, by: int, point: dict[str, int]
) -> None:
    if number(formula, point) % by:
        assert divide(value(formula, SYMBOLS), by) is None


@pytest.mark.parametrize(
    ("total", "by", "quotient"),
    [
        ("6*C*H", "C*H", "6"),
        ("6*C*H", "3*C", "2*H"),
        ("C*(H//2)", "H//2", "C"),
        ("C*H + C*W", "H + W", "C"),
        ("H*H - W*W", "H - W", "H + W"),
        ("H*H + H", "2", "(H*H + H)//2"),
        ("H - H % 2", "2", "H//2"),
        ("0", "H", "0"),
        ("12", "4", "3"),
        ("4*H", "-2", "-2*H"),
    ],
)
def test_exact_quotients(total: str, by: str, quotient: str) -> None:
    found = divide(value(total, SYMBOLS), value(by, SYMBOLS))
    assert found == value(quotient, SYMBOLS)


@pytest.mark.parametrize(
    ("total", "by"),
    [("12", "5"), ("H", "2"), ("C", "H"), ("6", "H"), ("H", "0"), ("H + W", "H")],
)
def test_no_exact_quotient(total: str, by: str) -> None:
    assert divide(value(total, SYMBOLS), value(by, SYMBOLS)) is None


# Chains


def test_a_chain_of_scalings_stays_small_and_exact() -> None:
    size: Size = H
    plain = 299
    for _ in range(40):
        size, plain = size * 3 // 2, plain * 3 // 2
    assert isinstance(size, Dim)
    assert size.subs({"H": 299}) == plain
    assert len(str(size)) < 400
    assert number(str(size), {"H": 299}) == plain


def test_a_chain_of_strided_convolutions_is_one_fraction() -> None:
    size: Size = H
    for _ in range(5):
        size = conv(size, 3, 2, 1)
    assert str(size) == "(H + 31)//32"
