"""From DOT to a picture: fonts carried along, a process of its own, a time limit.

How the text gets its shape: Graphviz measures text through Pango and fontconfig. The
package carries Liberation Sans, whose advance widths are those of Helvetica and Arial,
and DejaVu Sans for symbols it lacks; a fontconfig file written for the one process puts
them first (``fontconfig``). So boxes have the same size on every machine, PNG and PDF
show their text where no font is installed, and the text of an SVG, which stays text
under the family names `FONT`, fits its boxes in a reader's browser. Fonts of the
machine are asked only for characters that neither font has (Hangul, Han, emoji).
On macOS pygraphviz draws through Quartz, with the Helvetica of the system.
"""

from graphc.emit.layout.fontconfig import BOLD_FONT, FONT, ITALIC_FONT
from graphc.emit.layout.process import TIMEOUT, Engine, lay_out
from graphc.emit.layout.text import escape, escape_tooltip, legible

__all__ = [
    "BOLD_FONT",
    "FONT",
    "ITALIC_FONT",
    "TIMEOUT",
    "Engine",
    "escape",
    "escape_tooltip",
    "lay_out",
    "legible",
]
