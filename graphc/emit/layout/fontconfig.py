"""The fonts of a drawing, and a fontconfig file that leads one process to them."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape as xml
from pathlib import Path

FONT = "Helvetica,Arial,sans-serif"
"""The ``fontname`` to give: in an SVG it is the CSS font stack."""

BOLD_FONT = "Helvetica-Bold"
"""The ``fontname`` of its bold: a PostScript name is how Graphviz is told a weight."""

ITALIC_FONT = "Helvetica-Oblique"
"""The ``fontname`` of its italic."""

FOLDER = Path(__file__).parent / "fonts"
"""Liberation Sans (OFL 1.1) and DejaVu Sans (Bitstream Vera licence), with licences."""

_FAMILIES = ("Liberation Sans", "DejaVu Sans")
_STANDS_FOR = ("Helvetica", "Arial", "sans-serif", "sans")

# Blocks that the two fonts cover together, as far as characters are assigned there.
_NOT_CARRIED = re.compile(
    "[^\x00-\u0525\u1d00-\u1dca\u1e00-\u1efb\u1f00-\u2064\u206a-\u20b5\u210b-\u2149"
    "\u2150-\u2185\u2190-\u2311\u2500-\u269c\u27f0-\u28ff\ufffd]"
)

_SYSTEM_FOLDERS = (
    "<dir>/usr/share/fonts</dir>"
    "<dir>/usr/local/share/fonts</dir>"
    '<dir prefix="xdg">fonts</dir>'
    "<dir>~/.fonts</dir>"
)


def carried(text: str) -> bool:
    """Tell whether the fonts of graphc have a glyph for every character."""
    return _NOT_CARRIED.search(text) is None


@contextmanager
def environment(text: str) -> Iterator[dict[str, str]]:
    """Give the environment variables of a process that is to draw ``text``.

    The configuration and its cache lie in a temporary folder, one for each call, that
    goes with it. Where the machine's fonts are asked too, their caches are the ones
    that every program on the machine shares. Raises OSError if there is no room.
    """
    with tempfile.TemporaryDirectory(
        prefix="graphc-", ignore_cleanup_errors=True
    ) as folder:
        config = Path(folder) / "fonts.conf"
        config.write_text(configuration(text, cache=folder), encoding="utf-8")
        yield {
            **os.environ,
            "FONTCONFIG_FILE": str(config),
            # The C locale and a fixed date: one text gives the same bytes everywhere.
            # The date is the start of 2000: of 0 fontconfig complains.
            "LC_ALL": "C",
            "PANGO_LANGUAGE": "en",
            "SOURCE_DATE_EPOCH": "946684800",
        }


def configuration(text: str, *, cache: str) -> str:
    """Return the fontconfig file for ``text``: carried fonts first, others if needed.

    Copies of the carried fonts elsewhere are left out: another version of one may
    have other widths.
    """
    folder = xml(str(FOLDER))
    named = "".join(f"<string>{family}</string>" for family in _FAMILIES)
    stands_for = "".join(
        f'<match target="pattern"><test name="family"><string>{family}</string></test>'
        f'<edit name="family" mode="prepend_first" binding="strong">{named}</edit>'
        "</match>"
        for family in _STANDS_FOR
    )
    return (
        '<?xml version="1.0"?>\n'
        '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n'
        "<fontconfig>"
        f"{'' if carried(text) else _system_fonts()}"
        f"<dir>{folder}</dir>"
        f"<selectfont><acceptfont><glob>{folder}/*</glob></acceptfont>"
        "<rejectfont><glob>*/LiberationSans-*</glob></rejectfont>"
        "<rejectfont><glob>*/DejaVuSans.ttf</glob></rejectfont></selectfont>"
        f"{stands_for}"
        '<match target="pattern">'
        f'<edit name="family" mode="append_last">{named}</edit></match>'
        # Hinted widths are whole pixels: letters would stand uneven in print.
        '<match target="font"><edit name="hinting"><bool>false</bool></edit>'
        '<edit name="hintstyle"><const>hintnone</const></edit></match>'
        f"<cachedir>{xml(cache)}</cachedir>"
        "</fontconfig>\n"
    )


def _system_fonts() -> str:
    """Return the elements that bring in what the user's programs draw with."""
    own = os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"
    folders = _SYSTEM_FOLDERS
    if sys.platform == "win32":
        folders = "<dir>WINDOWSFONTDIR</dir>"
    return f'<include ignore_missing="yes">{xml(own)}</include>{folders}'
