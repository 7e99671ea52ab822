"""How a diagram looks, whatever version of Mermaid draws it."""

import json
from collections.abc import Iterable

from graphc.draw import theme
from graphc.ir import Family

_WIDTH = 400
_VARIABLES = {
    "edgeLabelBackground": theme.PAPER,
    "lineColor": theme.LINE,
    "textColor": theme.INK,
}

FRONT = f"""\
---
config:
  layout: dagre
  look: classic
  theme: base
  themeVariables: {json.dumps(_VARIABLES)}
  flowchart: {{"wrappingWidth": {_WIDTH}}}
---
flowchart TD"""
"""What every diagram begins with: layout and theme differ between versions."""

ELSEWHERE = "elsewhere"
"""The class of a node that another part of the diagram declares."""

_ELSEWHERE = (
    f"  classDef {ELSEWHERE} fill:{theme.FRAME_FILL},stroke:{theme.FRAME},"
    f"color:{theme.FAINT_INK},stroke-dasharray:4"
)


def class_of(family: Family | None) -> str:
    """Return the class of a node; None is a use of a module."""
    return "module" if family is None else family.name.lower()


def classes(families: Iterable[Family | None]) -> list[str]:
    """Return the statements that paint families, in the order of the legend."""
    used = set(families)
    return [_class(family) for family in (*Family, None) if family in used]


def elsewhere() -> str:
    """Return the statement that paints nodes of other parts."""
    return _ELSEWHERE


def mistakes(numbers: Iterable[int]) -> list[str]:
    """Return the statement that draws the arrows with these numbers as mistakes."""
    listed = ",".join(map(str, numbers))
    look = f"stroke:{theme.MISTAKE},color:{theme.MISTAKE},stroke-width:2px"
    return [f"  linkStyle {listed} {look}"] if listed else []


def _class(family: Family | None) -> str:
    paint = theme.paint(family)
    return (
        f"  classDef {class_of(family)} fill:{paint.fill},stroke:{paint.border},"
        f"color:{theme.INK}"
    )
