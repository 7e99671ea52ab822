"""What a document is made of, as far as diagrams and their titles are concerned."""

from graphc.record import record
from graphc.source import Fragment, Span


@record
class Text:
    """A line of text without the marks of quotations and lists, or of indented code.

    The offsets are those of its first character that is no blank, of its line end and
    of the next line. ``item`` tells that it begins an item of a list, ``opens`` that it
    begins a paragraph or stands in none.
    """

    start: int
    end: int
    next: int
    item: bool = False
    opens: bool = True


@record
class Blank:
    """A line of blanks: where it begins, ends, and where the next one begins."""

    start: int
    end: int
    next: int


@record
class Heading:
    """A heading behind ``#``: where what stands between the marks begins and ends."""

    start: int
    end: int


@record
class Underline:
    """The line of ``=`` or ``-`` that makes the paragraph above it a heading."""


@record
class Rule:
    """A thematic break: a line across the page."""


@record
class Html:
    """A line of HTML.

    ``hidden`` tells that no reader sees it as text, ``inner`` that it goes on with a
    comment, a script or the like that an earlier line begins.
    """

    start: int
    end: int
    hidden: bool
    inner: bool = False


@record
class Fenced:
    """Text between fences, or between the tags of an element that holds a diagram.

    ``opening`` is the opening fence with its info string, or the opening tag.
    ``mermaid`` tells that it holds a diagram. ``closed`` tells that a closing fence or
    tag was found, ``last`` that the text runs to the end of the document.
    """

    opening: Span
    mermaid: bool
    content: Fragment
    closed: bool
    last: bool = False


Element = Text | Blank | Heading | Underline | Rule | Html | Fenced
