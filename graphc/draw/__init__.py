"""The drawing before any drawing language."""

from graphc.draw.drawing import Arrow, Below, Box, Caption, Drawing, Group, Standing
from graphc.draw.level import Level, OneModule, Overview, Unrolled
from graphc.draw.sheets import draw, parts_of_all
from graphc.draw.words import family_of

__all__ = [
    "Arrow",
    "Below",
    "Box",
    "Caption",
    "Drawing",
    "Group",
    "Level",
    "OneModule",
    "Overview",
    "Standing",
    "Unrolled",
    "draw",
    "family_of",
    "parts_of_all",
]
