"""What a Markdown document holds: diagrams, each under its title."""

from graphc.record import record
from graphc.source import Fragment, Source, Span


@record
class Block:
    """A diagram as it stands in a document.

    ``fragment`` is its text without the fence, the indentation of a list and the ``>``
    of a quotation, with the place of every character. ``title`` is the heading, or the
    line in its place, that the block stands under; None at the top. ``fence`` is the
    opening fence, None for a diagram that stands bare. An unclosed fence runs to the
    end of the document.
    """

    fragment: Fragment
    title: Fragment | None
    fence: Span | None


@record(eq=False)
class Document:
    """A document and its diagrams in their order; ``title`` is its first heading."""

    source: Source
    title: Fragment | None
    blocks: tuple[Block, ...]
