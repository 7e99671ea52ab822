"""Which title stands over a place of a document."""

import re

from graphc.markdown.elements import Heading, Html, Rule, Text, Underline
from graphc.markdown.titles import line_title, title
from graphc.source import Fragment, Source

_HEADING_TAG = re.compile(r"(?:<[a-z][^<>]*>[ \t]*)*<h[1-6]\b[^<>]*>", re.IGNORECASE)
_TITLE_TAG = re.compile(
    r"(?:<details[^<>]*>[ \t]*)?<(?:summary|figcaption|b|strong)\b", re.IGNORECASE
)
_TAGS_ALONE = re.compile(r"(?:<[^<>]*>[ \t]*)*$")


class Titles:
    """The headings and lines that were met so far.

    ``document`` is the first heading, or the first line of text if there is none.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._first: Fragment | None = None
        self._first_heading: Fragment | None = None
        self._heading: Fragment | None = None
        self._line: Text | Fragment | None = None
        self._paragraph: int | None = None
        self._end = 0
        self._tag_open = False

    @property
    def document(self) -> Fragment | None:
        """The title of the document."""
        return self._first_heading or self._first

    def current(self) -> Fragment | None:
        """Return the title of a diagram that begins here."""
        if isinstance(self._line, Text):
            headed = self._heading is not None
            self._line = line_title(self._source, self._line, headed=headed)
        return self._line or self._heading

    def text(self, line: Text) -> None:
        """Take a line of text."""
        fresh = self._paragraph is None
        if self._first is None:
            self._first = title(self._source, line.start, line.end)
        self._line = Text(line.start, line.end, line.next, line.item, fresh)
        if self._paragraph is None or line.item:
            self._paragraph = line.start
        self._end = line.end

    def end_paragraph(self) -> None:
        """Take a blank line."""
        self._paragraph = None

    def end_block(self) -> None:
        """Take a diagram, or a block that is none: a line before it titles no other."""
        self._line = None
        self._paragraph = None

    def take(self, element: Heading | Underline | Rule | Html) -> None:
        """Take what is no text."""
        if isinstance(element, Heading):
            self._head(element.start, element.end)
        elif isinstance(element, Underline) and self._paragraph is not None:
            self._head(self._paragraph, self._end)
        elif isinstance(element, Html):
            self._html(element)
        else:
            self.end_block()

    def _head(self, start: int, end: int) -> None:
        self.end_block()
        self._heading = title(self._source, start, end) or self._heading
        self._first_heading = self._first_heading or self._heading

    def _html(self, line: Html) -> None:
        """Take a line of HTML: a heading, a line in its place, or neither."""
        text = self._source.text
        if line.hidden:
            return
        if self._tag_open or _HEADING_TAG.match(text, line.start, line.end):
            shown = title(self._source, line.start, line.end)
            self._tag_open = shown is None
            if shown:
                self._head(line.start, line.end)
        elif _TITLE_TAG.match(text, line.start, line.end):
            self._line = title(self._source, line.start, line.end)
        elif not _TAGS_ALONE.match(text, line.start, line.end):
            self._line = None
