"""Whole numbers as people read them, however large."""

_DIGITS = 36
_KEPT = 5

_LARGEST = 10**_DIGITS
_MOST_BITS = 13_000


def numeral(number: int) -> str:
    """Return a number with commas between thousands: ``19,181,664``.

    One of more than 36 digits is told by its first five and the power of ten: 2**1000
    as ``1.0715e301``, cut off and not rounded. Python itself writes none of more than
    4,300 digits.
    """
    if abs(number) < _LARGEST:
        return f"{number:,}"
    # log10(2) is 0.30102999..., so this is the number of digits, or one less or more.
    digits = abs(number).bit_length() * 30103 // 100000
    first = abs(number) // 10 ** (digits - _KEPT)
    power = digits - _KEPT + len(str(first)) - 1
    told = str(first)[:_KEPT]
    return f"{'-' if number < 0 else ''}{told[0]}.{told[1:]}e{power}"


def plain(number: int) -> int | str:
    """Return a number for programs: itself, or its ``numeral`` if none could write it.

    Python writes no number of more than 4,300 digits, that is, 14,000 bits.
    """
    return number if number.bit_length() <= _MOST_BITS else numeral(number)
