"""Sizes for the tests: formulas as Python text, with Python's ints as the oracle."""

from collections.abc import Mapping

from hypothesis import strategies as st

from graphc.lang import Size, symbol

NAMES = ("C", "H", "W")

SYMBOLS = {name: symbol(name) for name in NAMES}


def value(formula: str, values: Mapping[str, Size]) -> Size:
    """Return what Python makes of a formula over the names."""
    size: Size = eval(formula, {"__builtins__": {}}, dict(values))
    return size


def number(formula: str, values: Mapping[str, int]) -> int:
    """Return what Python makes of a formula at a point that names every symbol."""
    found = value(formula, values)
    assert isinstance(found, int)
    return found


def _larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    divisors = st.integers(1, 6)
    return st.one_of(
        st.builds("({} + {})".format, parts, parts),
        st.builds("({} - {})".format, parts, parts),
        st.builds("({}*{})".format, parts, _LEAVES),
        st.builds("(-{})".format, parts),
        st.builds("({}//{})".format, parts, divisors),
        st.builds("({} % {})".format, parts, divisors),
        st.builds("(-(-{}//{}))".format, parts, divisors),
    )


_LEAVES = st.sampled_from(NAMES) | st.integers(-9, 9).map(str)

FORMULAS = st.recursive(_LEAVES, _larger, max_leaves=6)


def in_one(name: str) -> st.SearchStrategy[str]:
    """Return formulas of degree 1 at most in one symbol."""
    leaves = st.just(name) | st.integers(-9, 9).map(str)
    return st.recursive(
        leaves,
        lambda parts: st.one_of(
            st.builds("({} + {})".format, parts, parts),
            st.builds("({} - {})".format, parts, parts),
            st.builds("({}*{})".format, st.integers(-3, 4), parts),
            st.builds("({}//{})".format, parts, st.integers(1, 6)),
        ),
        max_leaves=5,
    )


def points(least: int = 1, most: int = 60) -> st.SearchStrategy[dict[str, int]]:
    """Return points that name every symbol."""
    return st.fixed_dictionaries(
        {name: st.integers(least, most) for name in sorted(NAMES)}
    )
