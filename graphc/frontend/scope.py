"""The names that a label can use: ops, modules, and the parameters in reach."""

import keyword
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.guesses import Guesses
from graphc.ir import Op, Parameter, Phrase
from graphc.ops import OP_NAMES, find
from graphc.reading import Mapping as YamlMapping
from graphc.reading import Scalar
from graphc.record import record
from graphc.source import Span

Phrases = dict[str, tuple[Phrase, ...]]

_WORDS = frozenset({"true", "false", "none", "True", "False", "None", "_"})
_LONGEST = 200


@record(eq=False, slots=False)
class Header:
    """A module before its graph is read: its name, parameters and text.

    A ``row`` has a label in place of nodes and edges.
    """

    name: str
    span: Span
    body: YamlMapping
    parameters: tuple[Parameter, ...]
    row: bool = False


@record(eq=False, slots=False)
class Table:
    """What a term can name in one file: modules, and the ops.

    ``modules`` has those of the file and those that it imports, as labels name them;
    ``key`` gives the name by which the network knows one. ``refused`` are names of
    modules that could not be read, so that their use is no mistake of its own;
    ``named`` are those that labels name; ``phrases`` has what labels say, by the names
    and the broken names of the parameters in reach.
    """

    modules: Mapping[str, Header]
    key: Callable[[Header], str]
    refused: Collection[str] = frozenset()
    named: set[str] = field(default_factory=set)
    phrases: dict[tuple[frozenset[str], ...], Phrases] = field(default_factory=dict)

    @cached_property
    def guesses(self) -> Guesses:
        """What misspelt ops and modules were meant for."""
        return Guesses([*self.modules, *OP_NAMES])

    def is_term(self, name: str) -> bool:
        """Return whether a name is that of an op or a module."""
        return name in self.modules or self.is_refused(name) or find(name) is not None

    def is_refused(self, name: str) -> bool:
        """Return whether a name, or what it is imported from, has been refused."""
        return name in self.refused or name.partition(".")[0] in self.refused

    def imported(self, name: str) -> str | None:
        """Return the only module of an import with the last part of a name."""
        found = self._by_part.get(f".{name.rpartition('.')[2]}", ())
        return found[0] if len(found) == 1 else None

    def lent(self, name: str) -> Sequence[str]:
        """Return the modules of the import that a name begins with."""
        alias, dot, _ = name.partition(".")
        return self._by_part.get(f"{alias}.", ()) if dot else ()

    @cached_property
    def _by_part(self) -> Mapping[str, list[str]]:
        """The modules of imports by ``alias.`` and by ``.Name``."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.modules:
            alias, dot, name = one.partition(".")
            if dot:
                found[f"{alias}."].append(one)
                found[f".{name}"].append(one)
        return found

    def target(self, name: str) -> Op | str | None:
        """Return the op, or the key of the module; None if neither has the name.

        Where a module of an op's name was refused, either may be meant: None as well.
        """
        self.named.add(name)
        if self.is_refused(name) and name not in self.modules:
            return None
        if name not in self.modules:
            return find(name)
        return find(name) or self.key(self.modules[name])


@record(eq=False, slots=False)
class Scope:
    """What names mean within one graph.

    ``broken`` are parameters whose default could not be read, which was reported: what
    depends on one has no value, and nothing is said of it.
    """

    table: Table
    parameters: Collection[str]
    broken: Collection[str] = ()

    @cached_property
    def phrases(self) -> Phrases:
        """What labels were found to say, by their text; nothing for one at fault.

        Scopes of the same names, as of all modules without parameters, share them.
        """
        names = (frozenset(self.parameters), frozenset(self.broken))
        return self.table.phrases.setdefault(names, {})

    @cached_property
    def guesses(self) -> Guesses:
        """What misspelt parameters were meant for."""
        return Guesses(self.parameters)

    def is_parameter(self, name: str) -> bool:
        """Return whether a name is that of a parameter in reach."""
        return name in self.parameters


def check_class_name(
    key: Scalar, what: str, taken: Mapping[str, Span], sink: Sink
) -> bool:
    """Return whether ``key`` can name a model or module, which become classes.

    Reports GC105 for what is not CamelCase, GC106 for the name of an op and for one in
    ``taken``.
    """
    return not key.faulty and (
        _is_usable(key, what, sink) and _is_free(key, what, taken, sink)
    )


def check_import_name(
    key: Scalar, what: str, taken: Mapping[str, Span], sink: Sink
) -> bool:
    """Return whether ``key`` can be an alias, or the name of an imported module.

    Reports GC105 for an alias that is no identifier, GC106 for the name of an op and
    for one in ``taken``.
    """
    usable = what != "alias" or _is_usable(key, what, sink)
    return not key.faulty and usable and _is_free(key, what, taken, sink)


def check_parameter_name(key: Scalar, taken: Mapping[str, Span], sink: Sink) -> bool:
    """Return whether ``key`` can name a parameter, which labels then can use.

    Reports GC105 for what is no identifier, a word of the language, or a keyword of
    Python, and GC106 for the name of an op or a module.
    """
    return not key.faulty and (
        _is_usable(key, "parameter", sink) and _is_free(key, "parameter", taken, sink)
    )


def _is_usable(key: Scalar, what: str, sink: Sink) -> bool:
    name = key.text
    note = _unusable(name, what)
    if note is None:
        return True
    suggested = _suggested(name, what)
    fits = suggested != name and _unusable(suggested, what) is None
    remedy = (f"write `{suggested}`",) if fits else ()
    article = "an" if what[0] in "ai" else "a"
    message = f"`{name[:_LONGEST]}` cannot name {article} {what}"
    sink.add(Diagnostic(Code.GC105, message, Place(key.span), (), (note,), remedy))
    return False


def _unusable(name: str, what: str) -> str | None:
    """Return why a name cannot be used, None if it can."""
    if len(name) > _LONGEST:
        return f"a name has at most {_LONGEST} characters"
    if not name.isidentifier():
        return "such a name has letters, digits and `_`, and no digit first"
    if name in _WORDS:
        return "it is a word of the language"
    if what != "parameter":
        upper = what == "alias" or name[0].isupper()
        return None if upper else "it is written in CamelCase, as the name of a class"
    if keyword.iskeyword(name) or name == "self":
        return "Python has another use for it, and parameters become arguments there"
    return None


def _suggested(name: str, what: str) -> str:
    words = re.findall(r"\w+", name[:_LONGEST])
    if what in {"parameter", "alias"}:
        joined = "_".join(words).lower()
        return f"{joined}_" if keyword.iskeyword(joined) else joined
    parts = [part for word in words for part in word.split("_") if part]
    return "".join(part[:1].upper() + part[1:] for part in parts)


def _is_free(key: Scalar, what: str, taken: Mapping[str, Span], sink: Sink) -> bool:
    name = key.text
    if find(name) is not None:
        message = f"the {what} `{name}` is called like an op"
        sink.add(Diagnostic(Code.GC106, message, Place(key.span)))
        return False
    if name in taken:
        message = f"`{name}` names two things"
        first = (Place(taken[name], "it names this already"),)
        sink.add(Diagnostic(Code.GC106, message, Place(key.span), first))
        return False
    return True
