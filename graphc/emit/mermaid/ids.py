"""The ids of nodes in a diagram: their names, where Mermaid takes them."""

import re
from collections.abc import Iterable
from itertools import count

_TAKEN_AS_IT_IS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*")
_LONGEST = 60

# Mermaid's words end where no letter, digit or underscore follows, as in `end.conv`.
_WORDS = (
    "graph",
    "flowchart",
    "subgraph",
    "end",
    "style",
    "default",
    "linkstyle",
    "classdef",
    "class",
    "click",
    "href",
    "call",
    "interpolate",
    "direction",
    "acctitle",
    "accdescr",
    "_self",
    "_blank",
    "_parent",
    "_top",
)
# What every object of JavaScript has: Mermaid 10 keeps nodes in one by their ids.
_MEMBERS = (
    "constructor",
    "hasownproperty",
    "isprototypeof",
    "propertyisenumerable",
    "tolocalestring",
    "tostring",
    "valueof",
    "__proto__",
)


def ids(names: Iterable[str]) -> dict[str, str]:
    """Return an id for each name, no two the same: the name itself if it is one."""
    wanted = list(names)
    usable = {name for name in wanted if _is_id(name)}
    made = (one for number in count(1) if (one := f"n{number}") not in usable)
    return {name: name if name in usable else next(made) for name in wanted}


def _is_id(name: str) -> bool:
    if len(name) > _LONGEST or not _TAKEN_AS_IT_IS.fullmatch(name):
        return False
    first = re.split(r"[.-]", name)[0].lower()
    return first not in _WORDS and first not in _MEMBERS
