"""The colours of a drawing: the only file that names one.

The hues are those of Okabe and Ito (Color Universal Design, 2008), which readers with
any colour vision tell apart; fills are tints of them, light enough for dark text in
print and on a screen, and borders are shades. No meaning hangs on a colour alone: every
box says what it is, a mistaken size is bold and shows two sizes, an inferred one leans.
"""

from graphc.draw.drawing import Standing
from graphc.ir import Family
from graphc.record import record


@record
class Paint:
    """The fill and border of a box."""

    fill: str
    border: str


PAPER = "#ffffff"
INK = "#1a1a1a"
FAINT_INK = "#4f4f4f"
FRAME = "#8a8a8a"
FRAME_FILL = "#fafafa"
BADGE = Paint(fill="#333333", border="#333333")
BADGE_INK = "#ffffff"
LINE = "#555555"
MISTAKE = "#b00020"

MODULE = Paint(fill="#ffffff", border="#1a1a1a")

FAMILIES: dict[Family, Paint] = {
    Family.DATA: Paint(fill="#ececec", border="#6b6b6b"),
    Family.CONVOLUTION: Paint(fill="#cfe8f8", border="#2b7fb3"),
    Family.POOLING: Paint(fill="#fbd5b5", border="#c25a00"),
    Family.NORMALIZATION: Paint(fill="#c4eadb", border="#00795a"),
    Family.ACTIVATION: Paint(fill="#fbf6b4", border="#a39100"),
    Family.LINEAR: Paint(fill="#f2d4e5", border="#a8487f"),
    Family.ATTENTION: Paint(fill="#c6d2f5", border="#0b4fa0"),
    Family.MERGE: Paint(fill="#ffe3a0", border="#b07d00"),
    Family.RESHAPE: Paint(fill="#dcd6ea", border="#6a5a95"),
    Family.REGULARIZATION: Paint(fill="#e2ddd0", border="#7d735a"),
    Family.PARAMETER: Paint(fill="#dcecae", border="#5f7d12"),
}

SIZES: dict[Standing, str] = {
    Standing.ANNOTATED: INK,
    Standing.INFERRED: FAINT_INK,
    Standing.MISTAKEN: MISTAKE,
}
"""The colour of the size on an arrow."""


def paint(family: Family | None) -> Paint:
    """Return how a box of a family is painted; None is a use of a module."""
    return MODULE if family is None else FAMILIES[family]
