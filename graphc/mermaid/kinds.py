"""Which of Mermaid's kinds of diagram a text is."""

import re

from graphc.mermaid.clean import clean
from graphc.source import Fragment

# What the text begins with, by Mermaid's detectors, in their order.
_KINDS = (
    ("flowchart", r"flowchart|graph"),
    ("c4", r"C4(?:Context|Container|Component|Dynamic|Deployment)"),
    ("kanban", r"kanban"),
    ("class", r"classDiagram"),
    ("er", r"erDiagram"),
    ("gantt", r"gantt"),
    ("info", r"info\b"),
    ("pie", r"pie\b"),
    ("requirement", r"requirement(?:Diagram)?\b"),
    ("sequence", r"sequenceDiagram"),
    ("timeline", r"timeline\b"),
    ("git", r"gitGraph"),
    ("state", r"stateDiagram"),
    ("journey", r"journey\b"),
    ("quadrant", r"quadrantChart"),
    ("sankey", r"sankey(?:-beta)?\b"),
    ("packet", r"packet(?:-beta)?\b"),
    ("xychart", r"xychart(?:-beta)?\b"),
    ("block", r"block(?:-beta)?\b"),
    ("mindmap", r"mindmap\b"),
    ("architecture", r"architecture(?:-beta)?\b"),
    ("radar", r"radar-beta"),
    ("treeview", r"treeView-beta"),
    ("treemap", r"treemap"),
    ("ishikawa", r"ishikawa(?:-beta)?\b"),
    ("venn", r"venn-beta"),
    ("wardley", r"wardley-beta"),
    ("swimlane", r"swimlane-beta"),
    ("eventmodeling", r"eventmodeling\b"),
    ("zenuml", r"zenuml\b"),
)
_OPENING = tuple(
    (name, re.compile(rf"\s*(?:{text})", re.ASCII)) for name, text in _KINDS
)


def kind(fragment: Fragment) -> str | None:
    """Return the kind of diagram that a text is, None if Mermaid knows none such.

    Front matter, directives and comments may stand before the word that tells it.
    """
    text = clean(fragment).text
    return next((name for name, opening in _OPENING if opening.match(text)), None)
