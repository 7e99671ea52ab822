"""The names that a label can use: ops, modules, and the parameters in reach."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.ir import Parameter
from graphc.ops import OP_NAMES, find
from graphc.reading import Mapping as YamlMapping
from graphc.reading import Scalar
from graphc.source import Span

_RESERVED = frozenset({"true", "false", "none", "True", "False", "None"})
_LONGEST = 200


@dataclass(frozen=True, eq=False)
class Header:
    """A module before its graph is read: its name, parameters and text."""

    name: str
    span: Span
    body: YamlMapping
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, eq=False)
class Scope:
    """What names mean within one module; ``modules`` has every module of the spec.

    ``broken`` are parameters whose default could not be read, and ``refused`` modules
    that could not be, as was reported: nothing is said of what depends on one.
    """

    modules: Mapping[str, Header]
    parameters: Collection[str]
    broken: Collection[str] = ()
    refused: Collection[str] = ()

    def is_term(self, name: str) -> bool:
        """Return whether a name is that of an op or a module."""
        known = name in self.modules or name in self.refused
        return known or find(name) is not None

    def is_parameter(self, name: str) -> bool:
        """Return whether a name is that of a parameter in reach."""
        return name in self.parameters or name in self.broken

    @property
    def terms(self) -> list[str]:
        """Every name that can begin a term."""
        return [*self.modules, *OP_NAMES]


def check_name(key: Scalar, what: str, taken: Mapping[str, Span], sink: Sink) -> bool:
    """Return whether ``key`` can name a model, module or parameter.

    Reports GC105 for what is no identifier or a word of the language, GC106 for the
    name of an op and for one in ``taken``.
    """
    name = key.text
    if key.faulty:
        return False
    if not name.isidentifier() or name in _RESERVED or len(name) > _LONGEST:
        sink.add(_unusable(key, what))
        return False
    other = find(name)
    if other is not None:
        message = f"the {what} `{name}` is called like an op"
        remedy = (f"choose another name, such as `My{other.name}`",)
        sink.add(Diagnostic(Code.GC106, message, Place(key.span), help=remedy))
        return False
    if name in taken:
        message = f"`{name}` names two things"
        first = (Place(taken[name], "it names this already"),)
        sink.add(Diagnostic(Code.GC106, message, Place(key.span), first))
        return False
    return True


def _unusable(key: Scalar, what: str) -> Diagnostic:
    name = key.text
    words = re.findall(r"\w+", name)
    remedy: tuple[str, ...] = ()
    if what == "parameter":
        suggested = "_".join(words).lower()
    else:
        suggested = "".join(word[:1].upper() + word[1:] for word in words)
    if suggested.isidentifier() and suggested not in {*_RESERVED, name}:
        remedy = (f"write `{suggested}`",)
    message = f"`{name}` cannot name a {what}"
    if name in _RESERVED:
        note = "it is a word of the language"
    else:
        note = "a name has letters, digits and `_`, and no digit first"
    return Diagnostic(Code.GC105, message, Place(key.span), notes=(note,), help=remedy)
