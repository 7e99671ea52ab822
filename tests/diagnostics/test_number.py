import sys
from itertools import count

import pytest

from graphc.diagnostics import counted, numeral, plain


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0"),
        (-1234, "-1,234"),
        (10**36 - 1, ",".join(["999"] * 12)),
        (10**36, "1.0000e36"),
        (2**1000, "1.0715e301"),
        (-(2**1000), "-1.0715e301"),
        (99999 * 10**40, "9.9999e44"),
        (999999 * 10**40, "9.9999e45"),
        (10**9999, "1.0000e9999"),
        (10**10000 - 1, "9.9999e9999"),
    ],
    ids=count(),
)
def test_numbers_are_told_in_a_line(number: int, told: str) -> None:
    assert numeral(number) == told
    assert counted(number, "size") == f"{told} sizes"


@pytest.mark.parametrize("power", range(36, 420, 7))
def test_the_power_of_ten_is_exact(power: int) -> None:
    assert numeral(10**power) == f"1.0000e{power}"
    assert numeral(10**power * 10 - 1) == f"9.9999e{power}"


def test_programs_get_numbers_as_long_as_python_writes_them() -> None:
    largest = 10 ** (sys.get_int_max_str_digits() - 1)
    assert plain(2**1000) == 2**1000
    assert plain(largest) == numeral(largest)
    assert plain(-largest) == numeral(-largest)
