"""Signs that look alike, as the one sign that is read for them."""

from dataclasses import replace

from graphc.source import Fragment

_ALIKE: tuple[tuple[str, str], ...] = (
    ("(", "\u2329\u27e8\u3008\u300a\u3014\u3016\u2768\u276a"),
    (")", "\u232a\u27e9\u3009\u300b\u3015\u3017\u2769\u276b"),
    ("[", "\u3010\u301a\u27e6"),
    ("]", "\u3011\u301b\u27e7"),
    ("\u00d7", "\u2715\u2716\u2a09\u2a2f\u00b7\u22c5"),
    ("*", "\u2217\u204e"),
    ("-", "\u2010\u2011\u2012\u2013\u2014\u2212"),
    ("\u2192", "\u27f6\u2794\u279c\u279d\u279e\u21d2\u27f9\u21a6\u2b95"),
    (",", "\u3001"),
    (" ", "\t\r\f\v\u00a0\u1680\u202f\u205f\u3000"),
)
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys(range(0x2000, 0x200B), " ")
_TABLE: dict[int, str | int] = {
    **_FULL_WIDTH,
    **_BLANKS,
    **{ord(other): sign for sign, others in _ALIKE for other in others},
}


def plain(text: Fragment) -> Fragment:
    r"""Return the text with each sign that looks like another one as that one.

    Brackets, dashes, arrows, blanks, signs of multiplication, letters of full width;
    ``\n`` as two characters is a line end behind a blank. The length stays.
    """
    signs = text.text.translate(_TABLE).replace("\\n", " \n")
    return replace(text, text=signs)
