"""Colours that everyone can read."""

import re
from itertools import combinations
from pathlib import Path

import graphc.draw
from graphc.draw import Standing, theme
from graphc.ir import Family

READABLE = 4.5
"""The contrast that WCAG 2.1 asks of text."""


def channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def luminance(color: str) -> float:
    """Return the relative luminance, as WCAG 2.1 defines it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in channels(color)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_family_has_a_paint_of_its_own() -> None:
    assert set(theme.FAMILIES) == set(Family)
    paints = [theme.paint(family) for family in (*Family, None)]
    assert len({paint.fill for paint in paints}) == len(paints)


def test_text_stands_out_from_every_fill() -> None:
    for family in (*Family, None):
        fill = theme.paint(family).fill
        assert contrast(theme.INK, fill) >= READABLE
        assert contrast(theme.FAINT_INK, fill) >= READABLE
    assert contrast(theme.BADGE_INK, theme.BADGE.fill) >= READABLE


def test_sizes_stand_out_from_paper_and_frames() -> None:
    assert set(theme.SIZES) == set(Standing)
    for color in theme.SIZES.values():
        assert contrast(color, theme.PAPER) >= READABLE
        assert contrast(color, theme.FRAME_FILL) >= READABLE


def test_borders_and_lines_can_be_seen() -> None:
    for family in (*Family, None):
        assert contrast(theme.paint(family).border, theme.PAPER) >= 3
    assert contrast(theme.LINE, theme.PAPER) >= 3


def test_fills_differ_in_more_than_a_shade() -> None:
    fills = [theme.paint(family).fill for family in (*Family, None)]
    for one, other in combinations(fills, 2):
        pairs = zip(channels(one), channels(other), strict=True)
        assert sum(abs(a - b) for a, b in pairs) > 0.08, (one, other)


def test_no_other_file_names_a_colour() -> None:
    folder = Path(graphc.draw.__file__).parents[1]
    for file in folder.rglob("*.py"):
        if file.name != "theme.py" and {"draw", "dot", "mermaid"} & set(file.parts):
            assert not re.search(r'"#[0-9a-fA-F]{3,8}"', file.read_text("utf-8")), file
