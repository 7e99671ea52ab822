"""What ops say of shapes, worked out once for all that are alike.

Two ops with the same arguments say the same of the same shapes, whatever nodes they are
written at. So an answer is kept with the op and its arguments, by what was known.
"""

from dataclasses import field
from typing import TypeAlias

from graphc.infer.arguments import Env, arguments_of
from graphc.infer.cells import Remarks, Text
from graphc.infer.solution import Known
from graphc.ir import Arguments, Op, Phrase, Term, Value
from graphc.lang import Fault, names
from graphc.record import record

Question: TypeAlias = "tuple[object, ...]"
"""What is known of the tensors at an op."""


Chain: TypeAlias = "tuple[tuple[tuple[tuple[int, int], ...], Text | None], ...]"
"""Reasons, the first one first: the dims that each rests on, and its arithmetic.

A dim is told by the place of its tensor among those at the op, and by its own there."""


@record(eq=False)
class Ground:
    """Why a dim is what it is, or why a tensor has its rank (``axis`` is None)."""

    place: int
    axis: int | None
    chain: Chain


@record(eq=False)
class Answer:
    """What an op says of tensors of which something is known.

    ``news`` are the tensors, by their places from the first input on, of which more is
    known now, and what; ``grounds`` tell why. ``remarks`` are what does not fit and
    what is asked of symbols, as it was said first: with them there are no grounds.
    """

    news: tuple[tuple[int, Known], ...]
    grounds: tuple[Ground, ...] = ()
    remarks: Remarks | None = None


NOTHING = Answer(())
"""Nothing new."""


@record(eq=False)
class Law:
    """An op with its arguments, and the answers that it gave.

    ``assumed`` are those where a join may take an open dim to be that of another.
    """

    op: Op
    arguments: Arguments
    plain: dict[Question, Answer] = field(default_factory=dict)
    assumed: dict[Question, Answer] = field(default_factory=dict)


@record(eq=False)
class _Bound:
    """The names in a phrase, and the law that it is for each of their values."""

    names: tuple[str, ...]
    laws: dict[object, Law] = field(default_factory=dict)


class Laws:
    """The laws of a network, by the words of terms and the values of names in them."""

    def __init__(self) -> None:
        self._bound: dict[Phrase, _Bound] = {}
        self._bare: dict[int, _Bound] = {}
        self._laws: dict[object, Law] = {}

    def law(self, op: Op, term: Term, env: Env) -> Law | tuple[Fault, ...]:
        """Return an op with the arguments of a term, or what is wrong with them.

        Faults: GC203 to GC209, each at the argument that is to blame.
        """
        bound = self._bound.get(term.phrase)
        if bound is None:
            bound = self._bound[term.phrase] = self._new(op, term.phrase)
        used = [name for name in bound.names if name in env] if bound.names else None
        key = tuple([(name, exact(env[name])) for name in used]) if used else ()
        law = bound.laws.get(key)
        if law is None:
            arguments = arguments_of(op, term, env)
            if not isinstance(arguments, Arguments):
                return arguments
            law = bound.laws[key] = self.of(op, arguments)
        return law

    def _new(self, op: Op, phrase: Phrase) -> _Bound:
        """Return a phrase without laws as yet; those without arguments share one."""
        written = phrase.written.arguments
        if not written:
            return self._bare.setdefault(id(op), _Bound(()))
        found = set().union(*(names(argument.value) for argument in written))
        return _Bound(tuple(sorted(found)))

    def of(self, op: Op, arguments: Arguments) -> Law:
        """Return an op with arguments."""
        key = id(op), tuple([(name, exact(value)) for name, value in arguments.values])
        return self._laws.setdefault(key, Law(op, arguments))


def exact(value: Value) -> object:
    """Return what equals only values of the same kind: 1, 1.0 and true differ."""
    if isinstance(value, tuple):
        return tuple(map(exact, value))
    return type(value), value
