from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import EXPRS, accept_expr

from graphc.lang import Dim, Expr, Fault, Value, evaluate, symbol

ENV: Mapping[str, Value] = {
    "n": 4,
    "half": 0.5,
    "on": True,
    "mode": "same",
    "pads": (1, 2),
    "nothing": None,
    "zero": 0,
    "H": symbol("H"),
    "none": 7,
}


def value(text: str) -> Value | Fault:
    return evaluate(accept_expr(text), ENV)


def fault(text: str) -> Fault:
    found = value(text)
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3),
        ("n", 4),
        ("-n", -4),
        ("2+3*n", 14),
        ("(2+3)*n", 20),
        ("7//2", 3),
        ("-7//2", -4),
        ("7%-2", -1),
        ("7/2", 3.5),
        ("224/706", 224 / 706),
        ("half*2", 1.0),
        ("10-4-3", 3),
        ("999999999999999999+1", 10**18),
        ("true", True),
        ("False", False),
        ("on", True),
        ("None", None),
        ("none", 7),
        ("same", "same"),
        ("mode", "same"),
        ("'n'", "n"),
        ("pads", (1, 2)),
        ("[1, n, nearest, true]", (1, 4, "nearest", True)),
        ("[[0,n],[]]", ((0, 4), ())),
    ],
)
def test_values(text: str, expected: Value) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


def test_symbolic_sizes() -> None:
    height = symbol("H")
    assert value("2*H//2") == height
    assert value("(H+1)//2*n") == (height + 1) // 2 * 4
    assert value("H-H") == 0
    assert isinstance(value("-H"), Dim)


@pytest.mark.parametrize(
    ("text", "code", "place", "said"),
    [
        ("2*widht", "GC208", "widht", "`widht` is no parameter"),
        ("[1, -foo]", "GC208", "foo", "`foo` is no parameter"),
        ("1//zero", "GC209", "zero", "`1//zero` divides by zero: `zero` is 0"),
        ("n/0", "GC209", "0", "`n/0` divides by zero"),
        ("n%(2-2)", "GC209", "(2-2)", "divides by zero"),
        ("H//0", "GC209", "0", "divides by zero"),
        ("1/0.0", "GC209", "0.0", "divides by zero"),
        ("1.5//1", "GC209", "1.5//1", "`//` goes with integers only"),
        ("half%2", "GC209", "half%2", "`%` goes with integers only"),
        ("1+true", "GC209", "true", "not `true`"),
        ("on*2", "GC209", "on", "not `on`, which is `true`"),
        ("-mode", "GC209", "mode", "not `mode`, which is `same`"),
        ("1+'a'", "GC209", "'a'", "not `a`"),
        ("2*pads", "GC209", "pads", "not `pads`, which is `[1,2]`"),
        ("nothing+1", "GC209", "nothing", "which is `none`"),
        ("2*[1,2]", "GC209", "[1,2]", "not `[1,2]`"),
        ("1000000000000000000+1", "GC209", "1000000000000000000+1", "beyond 10**18"),
        ("1e308*10", "GC209", "1e308*10", "too large"),
        ("H/2", "GC209", "H/2", "takes no `/`"),
        ("H*0.5", "GC209", "H*0.5", "integers only"),
        ("H//-2", "GC209", "-2", "positive integers"),
        ("2//H", "GC209", "H", "positive integers"),
    ],
)
def test_faults(text: str, code: str, place: str, said: str) -> None:
    found = fault(text)
    assert (found.code.name, found.span.text) == (code, place)
    assert said in found.message


def test_a_misspelt_parameter_gets_the_nearest_name() -> None:
    expr = accept_expr("2*widht")
    found = evaluate(expr, {"width": 3, "depth": 2})
    assert isinstance(found, Fault)
    assert found.help == ("did you mean `width`?",)
    found = evaluate(expr, {"b": 3, "a": 2})
    assert isinstance(found, Fault)
    assert found.help == ("in reach: `a`, `b`",)


def test_the_finding_of_a_fault() -> None:
    found = fault("H/2").diagnostic()
    assert found.code.name == "GC209"
    assert found.help == ("write `H//2`, which rounds down",)
    assert found.place is not None
    assert found.place.span.text == "H/2"


def test_products_of_long_sizes_are_refused_in_time() -> None:
    many = {f"a{index}": symbol(f"a{index}") for index in range(12)}
    factor = f"({'+'.join(many)})"
    expr = accept_expr("*".join([factor] * 30))
    found = evaluate(expr, many)
    assert isinstance(found, Fault)
    assert found.code.name == "GC209"
    assert "too many terms" in found.message


@given(EXPRS)
def test_any_expression_has_a_value_or_a_fault(expr: Expr) -> None:
    found = evaluate(expr, {**ENV, "width": 3, "C2": symbol("C2")})
    assert isinstance(found, bool | int | float | str | tuple | Dim | Fault | None)


INTEGERS = st.recursive(
    st.integers(0, 99).map(str),
    lambda parts: (
        st.builds("({}{}{})".format, parts, st.sampled_from(["+", "-", "*"]), parts)
        | st.builds("-{}".format, parts)
    ),
    max_leaves=8,
)


@given(INTEGERS, st.sampled_from(["//", "%"]), st.integers(1, 9))
def test_integers_agree_with_python(text: str, sign: str, divisor: int) -> None:
    parsed = evaluate(accept_expr(f"{text}{sign}{divisor}"), {})
    if not isinstance(parsed, Fault):
        assert parsed == _reference(text, sign, divisor)


def _reference(text: str, sign: str, divisor: int) -> int:
    """Return the value by Python's own grammar, whose integers are exact."""
    exact = eval(text, {"__builtins__": {}})
    floor = Fraction(exact, divisor).__floor__()
    return floor if sign == "//" else exact - floor * divisor
