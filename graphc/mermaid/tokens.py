"""The tokens of a flowchart."""

from enum import Enum, auto

from graphc.record import record


class Kind(Enum):
    """What a token is."""

    # That of Enum is written in Python, and a token is looked up several times.
    __hash__ = object.__hash__

    GRAPH = auto()
    DIR = auto()
    NO_DIR = auto()
    SUBGRAPH = auto()
    END = auto()
    STYLE = auto()
    LINK_STYLE = auto()
    CLASS_DEF = auto()
    CLASS = auto()
    CLICK = auto()
    HREF = auto()
    CALLBACK = auto()
    CALLBACK_ARGS = auto()
    TARGET = auto()
    DEFAULT = auto()
    INTERPOLATE = auto()
    DIRECTION = auto()
    ACC_KEY = auto()
    ACC_VALUE = auto()
    ACC_LINES = auto()
    DATA = auto()
    STRING = auto()
    MARKDOWN = auto()
    TEXT = auto()
    EDGE_TEXT = auto()
    NUMBER = auto()
    NAME = auto()
    LETTER = auto()
    DOWN = auto()
    UP = auto()
    MINUS = auto()
    HASH = auto()
    COLON = auto()
    CLASS_MARK = auto()
    AND = auto()
    COMMA = auto()
    STAR = auto()
    SEMICOLON = auto()
    NEWLINE = auto()
    SPACE = auto()
    LINK_ID = auto()
    LINK = auto()
    LINK_START = auto()
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    STRAY = auto()
    FINISH = auto()


@record
class Token:
    """The characters ``start`` to ``end``, offsets from 0 into the text of the body.

    ``value`` is what a bracket is called: its characters, or one name for several.
    """

    kind: Kind
    start: int
    end: int
    value: str = ""


# What an id is made of.
ID = frozenset(
    {
        *(Kind.NUMBER, Kind.NAME, Kind.LETTER, Kind.DOWN, Kind.MINUS, Kind.DEFAULT),
        *(Kind.COMMA, Kind.COLON, Kind.AND, Kind.HASH, Kind.STAR),
    }
)
# What the title of a subgraph is made of.
TITLE = frozenset(
    {
        *(Kind.NUMBER, Kind.NAME, Kind.LETTER, Kind.SPACE, Kind.MINUS, Kind.AND),
        *(
            Kind.COLON,
            Kind.STAR,
            Kind.HASH,
            Kind.STYLE,
            Kind.LINK_STYLE,
            Kind.CLASS_DEF,
        ),
        *(Kind.CLASS, Kind.CLICK, Kind.GRAPH, Kind.DIR, Kind.SUBGRAPH, Kind.END),
        *(Kind.DOWN, Kind.UP),
    }
)
# What the name of a function or a curve is made of.
WORD = (ID - {Kind.DEFAULT}) | {Kind.DIR}
# What a style is made of.
STYLE = frozenset(
    {Kind.NUMBER, Kind.NAME, Kind.COLON, Kind.SPACE, Kind.HASH, Kind.STYLE}
)
# What ends a statement.
ENDS = frozenset({Kind.NEWLINE, Kind.SEMICOLON, Kind.FINISH})
