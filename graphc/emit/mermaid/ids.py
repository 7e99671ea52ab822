"""The ids of nodes in a diagram: their names, where Mermaid takes them."""

import re
from collections.abc import Iterable
from itertools import count

_TAKEN_AS_IT_IS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*")
_LONGEST = 60

# Mermaid's words end where a letter, digit or underscore does not follow: `end.conv`
# begins with one. The last line are names that an object of JavaScript has already.
_WORDS = frozenset(
    "graph flowchart subgraph end style default linkstyle classdef class click href"
    " call interpolate direction acctitle accdescr _self _blank _parent _top"
    " constructor hasownproperty isprototypeof propertyisenumerable tolocalestring"
    " tostring valueof __proto__".split()
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
    return re.split(r"[.-]", name)[0].lower() not in _WORDS
