"""What the characters of a link say: its line, its heads and its length."""

from functools import lru_cache

from graphc.mermaid.flowchart import Stroke
from graphc.mermaid.modes import BLANKS
from graphc.record import record

_HEADS = {"x": "arrow_cross", ">": "arrow_point", "o": "arrow_circle"}
_TAILS = {"x": "arrow_cross", "<": "arrow_point", "o": "arrow_circle"}
_BACK = {"x": "x", ">": "<", "o": "o"}
OPEN, INVALID = "arrow_open", "INVALID"


@record
class Line:
    """A link without its ends, by Mermaid's names."""

    stroke: Stroke
    arrow: str
    length: int


@lru_cache(maxsize=256)
def line(end: str, start: str = "") -> Line:
    """Return what a link says that is written ``end``, or ``start`` text ``end``."""
    drawn = _end(end.strip(BLANKS))
    if not start:
        return drawn
    start = start.strip(BLANKS)
    tail = _TAILS.get(start[0], OPEN)
    if _stroke(start) is not drawn.stroke:
        return Line(drawn.stroke, INVALID, drawn.length)
    if tail == OPEN:
        return drawn
    arrow = f"double_{tail}" if tail == drawn.arrow else INVALID
    return Line(drawn.stroke, arrow, drawn.length)


def _end(text: str) -> Line:
    arrow = _HEADS.get(text[-1], OPEN)
    body = text[:-1]
    if arrow != OPEN and text.startswith(_BACK[text[-1]]):
        arrow = f"double_{arrow}"
        body = body[1:]
    dots = body.count(".")
    return Line(_line_stroke(body), arrow, min(dots or len(body) - 1, 10))


def _line_stroke(body: str) -> Stroke:
    if "." in body:
        return Stroke.DOTTED
    strokes = {"=": Stroke.THICK, "~": Stroke.INVISIBLE}
    return strokes.get(body[:1], Stroke.NORMAL)


def _stroke(start: str) -> Stroke:
    if "." in start:
        return Stroke.DOTTED
    return Stroke.THICK if "=" in start else Stroke.NORMAL
