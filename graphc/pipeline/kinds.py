"""What a text is: a spec, a document with diagrams, or a diagram."""

import re
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """What a text is; its value is what ``--as`` calls it."""

    SPEC = "yaml"
    DOCUMENT = "markdown"
    DIAGRAM = "mermaid"


SUFFIXES = {
    ".yaml": Kind.SPEC,
    ".yml": Kind.SPEC,
    ".md": Kind.DOCUMENT,
    ".markdown": Kind.DOCUMENT,
    ".mmd": Kind.DIAGRAM,
    ".mermaid": Kind.DIAGRAM,
}
"""What files are by the ends of their names, in lower case."""

_FLOWCHART = (
    r"(?:graph|flowchart)(?:-[\w-]{1,20})?[ \t]*(?:(?:TB|TD|BT|RL|LR)\b|[<>^v;\r\n]|\Z)"
)
_DRAWN = re.compile(rf"(?:^|>)[ \t>*+\-•\d.)]{{0,40}}{_FLOWCHART}", re.MULTILINE)
# What is matched once is not tried again in other parts, which would take for ever.
_BEGINS_DRAWN = re.compile(
    r"\s*+(?:---[ \t]*+\r?\n(?:(?!---).*+\n)*+---[ \t]*+\r?\n)?+"  # front matter
    rf"(?:\s++|%%.*+)*+({_FLOWCHART})"
)
_KEY = re.compile(r"""(?:\{\s*)?["']?\w+["']?[ \t]*:(?:\s|\Z)""")
_VERSION = re.compile(r"""^(?:\{\s*)?["']?graphc["']?[ \t]*:""", re.MULTILINE)


def kind_of_name(path: str) -> Kind | None:
    """Return what a file is by its name; None where the name does not tell."""
    return SUFFIXES.get(Path(path).suffix.lower())


def kind_of_text(text: str) -> Kind:
    """Return what a text without a name is; a spec where nothing else is told.

    A diagram begins with ``graph`` or ``flowchart``, behind front matter and comments.
    A document has such a line further down, and does not begin with a key as YAML does.
    """
    if drawn_at(text) is not None:
        return Kind.DIAGRAM
    written = (line for line in text.splitlines() if line.strip())
    first = next((line for line in written if line[0] not in "#%-"), "")
    if _KEY.match(first) or not _DRAWN.search(text):
        return Kind.SPEC
    return Kind.DOCUMENT


def drawn_at(text: str) -> slice | None:
    """Return where the first words of a flowchart stand, None if it is none."""
    found = _BEGINS_DRAWN.match(text)
    return None if found is None else slice(*found.span(1))


def may_hold_networks(text: str, kind: Kind) -> bool:
    """Return whether a file of a folder is worth a closer look.

    A spec has the key ``graphc``, which other YAML has not; any other text a line that
    begins a flowchart.
    """
    return (_VERSION if kind is Kind.SPEC else _DRAWN).search(text) is not None
