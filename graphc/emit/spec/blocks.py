"""A text on lines of its own: folded, or line by line."""

from textwrap import wrap

WIDTH = 88
"""Columns of the longest line that is written where a text can be folded."""


def block(text: str, indent: int) -> tuple[str, list[str]] | None:
    """Return the sign and the lines of a block of text, which stand ``indent`` deep.

    Line by line (``|``) where it has several that fit, otherwise folded (``>``) at
    ``WIDTH`` columns. None for a text that only quotes can hold: with signs that do not
    print, a line that a reader would not fold, or several line ends at its end.
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not all(map(str.isprintable, lines)) or not (lines[0] and lines[-1]):
        return None
    chomp = "-" if body == text else ""
    width = WIDTH - indent
    if lines[0].startswith(" "):  # its indentation would have to be told
        return None
    if len(lines) > 1 and all(len(line) <= width for line in lines):
        return f"|{chomp}", lines
    if not all(map(_folds, lines)):
        return None
    return f">{chomp}", _folded(lines, width)


def _folds(line: str) -> bool:
    return line == line.strip(" ") and "  " not in line


def _folded(lines: list[str], width: int) -> list[str]:
    """Return lines that are read as ``lines``: an empty one is a line end more."""
    folded: list[str] = []
    for number, line in enumerate(lines):
        if number:
            folded.append("")
        if line:
            folded += wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return folded
