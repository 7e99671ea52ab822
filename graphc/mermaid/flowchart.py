"""What a Mermaid flowchart says, with the place of everything in it."""

from enum import Enum

from graphc.record import record
from graphc.source import Fragment, Span


class Stroke(Enum):
    """How the line of a link is drawn, by Mermaid's names."""

    NORMAL = "normal"
    THICK = "thick"
    DOTTED = "dotted"
    INVISIBLE = "invisible"


@record
class Vertex:
    """A node: its id, and the label that is drawn in it.

    ``label`` is None where none is given: Mermaid then draws the id. It is the text
    between the brackets, without quotes, as Mermaid keeps it: entities and tags are
    still in it (``plain`` takes them away). ``shape`` is Mermaid's name of the shape
    (``square``, ``round``, ``diamond``, ...), None without one. ``span`` is the id
    where the node is first named, ``label_span`` the label with its brackets.
    ``markdown`` tells that the label stands in backticks and quotes.
    """

    id: str
    label: Fragment | None
    shape: str | None
    span: Span
    label_span: Span
    markdown: bool = False


@record
class Link:
    """A link from one node to another; ``A & B --> C`` is two of them.

    ``label`` is the text on it, without quotes, as Mermaid keeps it; None without one.
    ``arrow`` is Mermaid's name (``arrow_point``, ``arrow_open``, ``arrow_cross``,
    ``arrow_circle``, ``double_arrow_point``, ...). ``length`` is the number of extra
    dashes plus one. ``span`` is the link itself with its label, ``source_span`` and
    ``target_span`` are the ids at its ends, as they stand in this statement.
    """

    source: str
    target: str
    label: Fragment | None
    stroke: Stroke
    arrow: str
    length: int
    span: Span
    source_span: Span
    target_span: Span
    id: str | None = None
    markdown: bool = False

    @property
    def directed(self) -> bool:
        """Whether it has a head, so that something flows along it."""
        return self.arrow != "arrow_open" and self.stroke is not Stroke.INVISIBLE


@record
class Subgraph:
    """A box around nodes.

    ``members`` are the ids of the nodes and subgraphs that stand directly in it, by
    Mermaid's rules. A subgraph without an id has the one that Mermaid gives it.
    """

    id: str
    title: Fragment
    members: tuple[str, ...]
    direction: str | None
    span: Span


@record(eq=False)
class Flowchart:
    """A flowchart: nodes in the order of their first mention, links, subgraphs.

    ``direction`` is Mermaid's: TB, BT, LR or RL (TD is TB). A subgraph that stands as
    an end of a link is no node. ``title`` is that of the front matter. ``front`` is the
    text of the front matter, without its ``---``. ``comments`` are the lines behind
    ``%%``, with the blanks around them taken away.
    """

    direction: str
    vertices: dict[str, Vertex]
    links: tuple[Link, ...]
    subgraphs: tuple[Subgraph, ...]
    title: Fragment | None
    front: Fragment | None
    comments: tuple[Fragment, ...]
    span: Span
