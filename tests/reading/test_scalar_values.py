import math

import pytest
import yaml
from composing import mapping, plain, sound
from hypothesis import given
from hypothesis import strategies as st

from graphc.reading import Scalar, Value, ambiguity


def scalar(text: str) -> Scalar:
    node = mapping(f"x: {text}\n").get("x")
    assert isinstance(node, Scalar)
    return node


VALUES: list[tuple[str, Value]] = [
    ("1e3", 1000.0),
    ("1e-3", 0.001),
    ("1.0e-3", 0.001),
    ("1E+3", 1000.0),
    ("010", 10),
    ("08", 8),
    ("0o10", 8),
    ("0x10", 16),
    ("0b1", "0b1"),
    ("1:30", "1:30"),
    ("1_000", "1_000"),
    ("3,4", "3,4"),
    ("3x224x224", "3x224x224"),
    ("None", "None"),
    ("null", None),
    ("Null", None),
    ("NULL", None),
    ("nuLL", "nuLL"),
    ("~", None),
    ("", None),
    ("yes", "yes"),
    ("no", "no"),
    ("on", "on"),
    ("Off", "Off"),
    ("y", "y"),
    ("true", True),
    ("True", True),
    ("TRUE", True),
    ("tRue", "tRue"),
    ("false", False),
    ("nan", "nan"),
    ("inf", "inf"),
    (".inf", math.inf),
    ("-.INF", -math.inf),
    ("+3", 3),
    ("-3", -3),
    ("-0", 0),
    ("--3", "--3"),
    ("1.", 1.0),
    (".5", 0.5),
    ("-.5", -0.5),
    (".", "."),
    ("+", "+"),
    ("1.2.3", "1.2.3"),
    ("0x", "0x"),
    ("0o8", "0o8"),
    ("-0x10", "-0x10"),
    ("2026-01-31", "2026-01-31"),
    ("=", "="),
    ("\u0663", "\u0663"),
    ("1" * 1001, "1" * 1001),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_core_schema(text: str, value: Value) -> None:
    found = scalar(text)
    assert found.value == value
    assert type(found.value) is type(value)
    assert found.text == text


def test_not_a_number() -> None:
    value = scalar(".nan").value
    assert isinstance(value, float)
    assert math.isnan(value)


def test_a_list_may_end_in_a_comma() -> None:
    assert plain(sound("[1, 3, 224, 224,]")) == [1, 3, 224, 224]


@pytest.mark.parametrize("text", ["'3'", '"3"', "|-\n  3", ">-\n  3", "'true'", '""'])
def test_only_plain_scalars_are_numbers(text: str) -> None:
    found = scalar(text)
    assert found.value == found.text
    assert not found.plain


AMBIGUOUS = [
    ("010", "10 in YAML 1.2, 8 in YAML 1.1"),
    ("-010", "-10 in YAML 1.2, -8 in YAML 1.1"),
    ("1_000", "text in YAML 1.2, 1000 in YAML 1.1"),
    ("1:30", "text in YAML 1.2, 90 in YAML 1.1"),
    ("-1:30", "text in YAML 1.2, -90 in YAML 1.1"),
    ("1:30.5", "text in YAML 1.2, 90.5 in YAML 1.1"),
    ("0b11", "text in YAML 1.2, 3 in YAML 1.1"),
    ("0x_f", "text in YAML 1.2, 15 in YAML 1.1"),
    ("yes", "text in YAML 1.2, true in YAML 1.1"),
    ("No", "text in YAML 1.2, false in YAML 1.1"),
    ("ON", "text in YAML 1.2, true in YAML 1.1"),
    ("off", "text in YAML 1.2, false in YAML 1.1"),
]


@pytest.mark.parametrize(("text", "words"), AMBIGUOUS)
def test_both_readings_are_told(text: str, words: str) -> None:
    assert ambiguity(scalar(text)) == words


@pytest.mark.parametrize(
    "text", ["10", "0", "08", "0x10", "0o10", "1e-3", "3x3", "true", "~", "'010'", "y"]
)
def test_no_ambiguity(text: str) -> None:
    assert ambiguity(scalar(text)) is None


NUMBERS = st.text("0123456789_+-.:xobeEaf", min_size=1, max_size=8)


@given(NUMBERS | st.sampled_from(["yes", "No", "ON", "off", "true", "False", "null"]))
def test_ambiguity_is_where_a_reader_of_1_1_gets_another_number(text: str) -> None:
    """PyYAML's own reader of YAML 1.1 is the oracle."""
    try:
        found = scalar(text)
        old = yaml.safe_load(f"x: {text}\n")["x"]
    except (AssertionError, ValueError, yaml.YAMLError):
        return  # no plain scalar; or one on which PyYAML breaks, such as `0b_`
    if isinstance(old, bool | int | float) and old == old:  # noqa: PLR0124 (not nan)
        differs = type(old) is not type(found.value) or old != found.value
        assert (ambiguity(found) is not None) == differs
    else:
        assert ambiguity(found) is None
