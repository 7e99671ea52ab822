"""The modes of the lexer: in each, which characters make which token."""

import re
from enum import Enum, auto

from graphc.mermaid.tokens import Kind
from graphc.record import record


class Mode(Enum):
    """What the lexer is within."""

    __hash__ = object.__hash__  # as of the kinds of tokens

    STATEMENT = auto()
    DIR = auto()
    TEXT = auto()
    ELLIPSE = auto()
    TRAPEZOID = auto()
    EDGE = auto()
    THICK_EDGE = auto()
    DOTTED_EDGE = auto()
    STRING = auto()
    MARKDOWN = auto()
    DATA = auto()
    DATA_STRING = auto()
    CLICK = auto()
    CALLBACK = auto()
    CALLBACK_ARGS = auto()
    ACC = auto()
    ACC_LINES = auto()


@record
class Rule:
    """Characters, the token they make (None: none), and the mode behind them."""

    pattern: str
    kind: Kind | None
    push: Mode | None = None
    pop: bool = False
    value: str | None = None


@record
class Rules:
    """Rules of which the first that fits counts."""

    pattern: re.Pattern[str]
    """Group ``n`` is the rule before ``rules[n]``; there are no groups in them."""
    rules: tuple[Rule, ...]


def _rules(*rules: Rule) -> Rules:
    text = "|".join(f"({rule.pattern})" for rule in rules)
    return Rules(re.compile(text.replace(r"\s", BLANK), re.ASCII), rules)


# JavaScript's blanks, which are not Python's.
BLANKS = (
    "\t\n\v\f\r \xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
BLANK = f"[{BLANKS}]"


def _opens(pattern: str, mode: Mode = Mode.TEXT) -> Rule:
    return Rule(pattern, Kind.OPEN, push=mode)


def _closes(pattern: str, value: str | None = None) -> Rule:
    return Rule(pattern, Kind.CLOSE, pop=True, value=value)


_TICKS = Rule(r'"`', None, push=Mode.MARKDOWN)
_QUOTE = Rule(r'"', None, push=Mode.STRING)
_INVISIBLE = Rule(r"\s*~~~+\s*", Kind.LINK)
_ELLIPSE = _opens(r"\(-", Mode.ELLIPSE)
_STADIUM = _opens(r"\(\[")
_SUBROUTINE = _opens(r"\[\[")
_HALF = Rule(r"\[\|", Kind.OPEN)
_CYLINDER = _opens(r"\[\(")
_DOUBLE = _opens(r"\(\(\(")
_LEANING = (_opens(r"\[/", Mode.TRAPEZOID), _opens(r"\[\\", Mode.TRAPEZOID))
_BAR = Rule(r"\|", Kind.BAR, push=Mode.TEXT)
_ROUND, _SQUARE, _BRACE = _opens(r"\("), _opens(r"\["), _opens(r"\{")
_PAIRS = (_STADIUM, _SUBROUTINE, _CYLINDER, _DOUBLE)
_SINGLE = (_ROUND, _SQUARE, _BRACE)

_LINK = r"\s*[xo<]?--+[-xo>]\s*"
_THICK = r"\s*[xo<]?==+[=xo>]\s*"
_DOTTED = r"\s*[xo<]?-?\.+-[xo>]?\s*"
_NAME = r"(?:[A-Za-z0-9!\"#$%&'*+.`?\\_/]|-(?=[^>\-.]))+"


def _edge(link: str, stops: str, *texts: str) -> Rules:
    """Return the rules for the text of a link that ``link`` ends.

    ``stops`` are the characters that may begin its end, ``texts`` what else is text.
    """
    plain = rf'[^"xo<{re.escape(stops)}{BLANKS}]+'
    text = "|".join((plain, r"\s+", *texts))
    last = Rule(link, Kind.LINK, pop=True)
    return _rules(_TICKS, _QUOTE, last, Rule(text, Kind.EDGE_TEXT))


# A statement, in two halves: between them stand what needs a look further ahead.
KEYWORDS = _rules(
    Rule(r"accTitle\s*:\s*", Kind.ACC_KEY, push=Mode.ACC),
    Rule(r"accDescr\s*:\s*", Kind.ACC_KEY, push=Mode.ACC),
    Rule(r"accDescr\s*\{\s*", None, push=Mode.ACC_LINES),
    Rule(r"@\{", Kind.DATA, push=Mode.DATA),
    Rule(r"call\s+", None, push=Mode.CALLBACK),
    _TICKS,
    _QUOTE,
    Rule(r"style\b", Kind.STYLE),
    Rule(r"default\b", Kind.DEFAULT),
    Rule(r"linkStyle\b", Kind.LINK_STYLE),
    Rule(r"interpolate\b", Kind.INTERPOLATE),
    Rule(r"classDef\b", Kind.CLASS_DEF),
    Rule(r"class\b", Kind.CLASS),
    Rule(r"href\s", Kind.HREF),
    Rule(r"click\s+", None, push=Mode.CLICK),
    Rule(r"(?:flowchart-elk|graph|flowchart)\b", Kind.GRAPH),
    Rule(r"subgraph\b", Kind.SUBGRAPH),
    Rule(r"end\b\s*", Kind.END),
    Rule(r"_(?:self|blank|parent|top)\b", Kind.TARGET),
)
STATEMENT = _rules(
    Rule(r"[0-9]+", Kind.NUMBER),
    Rule(r"\#", Kind.HASH),
    Rule(r":::", Kind.CLASS_MARK),
    Rule(r":", Kind.COLON),
    Rule(r"&", Kind.AND),
    Rule(r";", Kind.SEMICOLON),
    Rule(r",", Kind.COMMA),
    Rule(r"\*", Kind.STAR),
    Rule(_LINK, Kind.LINK),
    Rule(r"\s*[xo<]?--\s*", Kind.LINK_START, push=Mode.EDGE),
    Rule(_THICK, Kind.LINK),
    Rule(r"\s*[xo<]?==\s*", Kind.LINK_START, push=Mode.THICK_EDGE),
    Rule(_DOTTED, Kind.LINK),
    Rule(r"\s*[xo<]?-\.\s*", Kind.LINK_START, push=Mode.DOTTED_EDGE),
    _INVISIBLE,
    _ELLIPSE,
    _STADIUM,
    _SUBROUTINE,
    _HALF,
    _opens(">"),
    _CYLINDER,
    _DOUBLE,
    *_LEANING,
    Rule(r"<|\\\|", Kind.STRAY),
    Rule(r"\^", Kind.UP),
    Rule(r"v\b", Kind.DOWN),
    Rule(_NAME, Kind.NAME),
    Rule(r"-", Kind.MINUS),
    _BAR,
    *_SINGLE,
    Rule(r"(?:\r?\n)+", Kind.NEWLINE),
    Rule(r"\s", Kind.SPACE),
)
NAME = re.compile(_NAME)
_OPENING = _rules(
    *(_ELLIPSE, _STADIUM, _SUBROUTINE, _HALF, _CYLINDER, _DOUBLE, *_LEANING, *_SINGLE)
)
# Those of STATEMENT that may begin with a character, where these are few.
STATEMENT_AT = {**dict.fromkeys("[({", _OPENING), "|": _rules(_BAR)}
NEWLINE_OR_SPACE = _rules(Rule(r"(?:\r?\n)+", Kind.NEWLINE), Rule(r"\s", Kind.SPACE))

MODES: dict[Mode, Rules] = {
    Mode.DIR: _rules(
        *(_TICKS, _QUOTE),
        Rule(r"\s*\n", Kind.NO_DIR, pop=True),
        Rule(r"\s*(?:(?:LR|RL|TB|BT|TD|BR|v)\b|[<>^])", Kind.DIR, pop=True),
    ),
    Mode.TEXT: _rules(
        *(_TICKS, _QUOTE, _INVISIBLE, _ELLIPSE),
        *(_closes(r"\]\)"), _STADIUM, _closes(r"\]\]"), _SUBROUTINE),
        *(_closes(r"\)\]"), _CYLINDER, _closes(r"\)\)\)"), _DOUBLE, *_LEANING),
        Rule(r"\|", Kind.BAR, pop=True),
        *(_closes(r"\)"), _ROUND, _closes(r"\]"), _SQUARE, _closes(r"\}"), _BRACE),
        Rule(r'[^\[\](){}|"]+', Kind.TEXT),
    ),
    Mode.ELLIPSE: _rules(
        *(_TICKS, _QUOTE, _INVISIBLE),
        _closes(r"[-/)]\)", "-)"),
        Rule(rf'[^()\[\]{{}}"~/{BLANKS}-]+|\s+|[^()\[\]{{}}]', Kind.TEXT),
        *(_ELLIPSE, *_PAIRS, *_LEANING, _BAR, *_SINGLE),
    ),
    Mode.TRAPEZOID: _rules(
        *(_TICKS, _QUOTE, _INVISIBLE, _ELLIPSE, *_PAIRS),
        _closes(r"[\\(?=)\]]\]", "\\]"),
        _closes(r"/\]"),
        Rule(r"/(?!\])|\\(?!\])|[^\\\[\](){}/]+", Kind.TEXT),
        *(*_LEANING, _BAR, *_SINGLE),
    ),
    Mode.EDGE: _edge(_LINK, "-", r"[^-]|-(?!-)"),
    Mode.THICK_EDGE: _edge(_THICK, "=", r"[^=]"),
    Mode.DOTTED_EDGE: _edge(_DOTTED, ".-", r"[^.]"),
    Mode.STRING: _rules(
        *(_TICKS, Rule(r'[^"]+', Kind.STRING), Rule(r'"', None, pop=True)),
    ),
    Mode.MARKDOWN: _rules(
        *(Rule(r'[^`"]+', Kind.MARKDOWN), Rule(r'`"', None, pop=True)),
        *(_TICKS, _QUOTE),
    ),
    Mode.DATA: _rules(
        Rule(r'"', Kind.DATA, push=Mode.DATA_STRING),
        Rule(r'[^}^"]+', Kind.DATA),
        Rule(r"\}", None, pop=True),
    ),
    Mode.DATA_STRING: _rules(
        Rule(r'"', Kind.DATA, pop=True), Rule(r'[^"]+', Kind.DATA)
    ),
    Mode.CLICK: _rules(
        *(_TICKS, _QUOTE),
        Rule(r"\s", None, pop=True),
        Rule(rf"[^{BLANKS}]+", Kind.CLICK),
    ),
    Mode.CALLBACK: _rules(
        Rule(r"\(\s*\)", None, pop=True),
        Rule(r"\(", None, push=Mode.CALLBACK_ARGS, pop=True),
        Rule(r"[^(]+", Kind.CALLBACK),
    ),
    Mode.CALLBACK_ARGS: _rules(
        Rule(r"\)", None, pop=True), Rule(r"[^)]+", Kind.CALLBACK_ARGS)
    ),
    Mode.ACC: _rules(Rule(r"[^\n]*", Kind.ACC_VALUE, pop=True)),
    Mode.ACC_LINES: _rules(Rule(r"\}", None, pop=True), Rule(r"[^}]+", Kind.ACC_LINES)),
}
