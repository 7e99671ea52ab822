"""Which characters a text may hold."""

import sys

from graphc.reading.events import FORBIDDEN, parseable


def _allowed(point: int) -> bool:
    """Return what YAML 1.2.2 says (5.1, c-printable), but for the byte order mark."""
    return (
        point in {0x09, 0x0A, 0x0D, 0x85}
        or 0x20 <= point <= 0x7E
        or 0xA0 <= point <= 0xD7FF
        or (0xE000 <= point <= 0xFFFD and point != 0xFEFF)
        or 0x10000 <= point <= 0x10FFFF
    )


def test_the_forbidden_characters_are_those_that_yaml_forbids() -> None:
    points = range(sys.maxunicode + 1)
    wrong = [p for p in points if bool(FORBIDDEN.match(chr(p))) is _allowed(p)]
    assert not wrong


def test_what_the_parsers_cannot_take_becomes_a_letter() -> None:
    assert parseable("a\x07b\x85c\u2028d\u2029e\tf\U0001f600") == (
        "a\ue000b\ue000c\ue000d\ue000e\tf\U0001f600"
    )
