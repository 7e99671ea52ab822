"""What comes into a term and what leaves it: the ports of ops and modules."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import overload

from graphc.ir import Arguments, Op, Phrase, Term, one_output
from graphc.ir.binding import Given, bind
from graphc.lang import Fault, evaluate, names
from graphc.record import record

_LONGEST = 6
"""Digits of the number of a port."""


class Numbers(Sequence[str]):
    """Ports that are called by their numbers, none of which is made before its use."""

    def __init__(self, count: int) -> None:
        self._range = range(count)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        found = self._range[index]
        return str(found) if isinstance(found, int) else tuple(map(str, found))

    def __len__(self) -> int:
        return len(self._range)


@record(slots=False)
class Ports:
    """The ports at one side of a term: their names, and how many there may be.

    The first ``least`` must be connected; ``many`` means any number from there on. Of a
    ``loose`` side nothing is certain, so nothing is held against it.
    """

    names: Sequence[str]
    least: int
    many: bool = False
    loose: bool = False

    @property
    def most(self) -> int | None:
        """The largest number of ports, None if there is no bound."""
        return None if self.many or self.loose else len(self.names)

    @property
    def exactly_one(self) -> bool:
        """Whether one tensor comes or goes here, as far as is known."""
        return self.loose or (not self.many and len(self.names) == 1)

    def number(self, port: str) -> int | None:
        """Return the number of a port, given by name or number; None if none has it."""
        named = self._numbers.get(port)
        if named is not None:
            return named
        if not (port.isascii() and port.isdigit()) or len(port) > _LONGEST:
            return None
        number = int(port)
        return number if self.most is None or number < self.most else None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        if isinstance(self.names, Numbers):
            return {}
        return {name: number for number, name in enumerate(self.names)}

    def takes(self, count: int) -> bool:
        """Return whether that many tensors, without a gap between them, are taken."""
        return self.loose or (
            count >= self.least and (self.most is None or count <= self.most)
        )

    def __str__(self) -> str:
        """Return how many tensors it is, in words."""
        if self.many:
            return f"{tensors(self.least)} or more"
        if self.least != len(self.names):
            return f"{self.least} to {tensors(len(self.names))}"
        return tensors(self.least)


def tensors(count: int) -> str:
    """Return ``no tensor``, ``1 tensor`` or ``2 tensors``."""
    return f"{count or 'no'} tensor{'s' if count > 1 else ''}"


@record
class Interface:
    """What a module takes and gives: the names of its inputs and outputs.

    It is not ``certain`` where part of the module could not be read.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    certain: bool = True


class Interfaces:
    """The ports of every term, found once for all terms that say the same."""

    def __init__(self, modules: Mapping[str, Interface]) -> None:
        self._modules = modules
        self._inputs: dict[Phrase, Ports] = {}
        self._outputs: dict[Phrase, Ports] = {}

    def __getitem__(self, module: str) -> Interface:
        return self._modules[module]

    def inputs(self, term: Term) -> Ports:
        """Return the ports at which tensors come into a term."""
        phrase = term.phrase
        found = self._inputs.get(phrase)
        if found is None:
            found = self._inputs[phrase] = _inputs_of(term, self._modules)
        return found

    def outputs(self, term: Term) -> Ports:
        """Return the ports at which tensors leave a term."""
        phrase = term.phrase
        found = self._outputs.get(phrase)
        if found is None:
            found = self._outputs[phrase] = _outputs_of(term, self._modules)
        return found


def _inputs_of(term: Term, modules: Mapping[str, Interface]) -> Ports:
    if isinstance(term.target, Op):
        inputs = term.target.inputs
        loose = not term.target.known
        return Ports(inputs.ports, inputs.least, inputs.many, loose)
    interface = modules[term.target]
    count = len(interface.inputs)
    return Ports(interface.inputs, count, loose=not interface.certain)


def _outputs_of(term: Term, modules: Mapping[str, Interface]) -> Ports:
    if not isinstance(term.target, Op):
        interface = modules[term.target]
        return Ports(interface.outputs, 0, loose=not interface.certain)
    if not term.target.known:
        return Ports((), 0, many=True, loose=True)
    count = _output_count(term.target, term)
    if count is None:
        return Ports((), 0, many=True)
    return Ports(Numbers(count), 0)


def _output_count(op: Op, term: Term) -> int | None:
    """Return how many outputs an op has, None where only its sizes tell."""
    if op.outputs is one_output:
        return 1
    if any(names(argument.value) for argument in term.arguments):
        return None
    given: list[Given] = []
    for argument in term.arguments:
        value = evaluate(argument.value, {})
        if isinstance(value, Fault):
            return None
        given.append(Given(argument.key, value, argument.value.span))
    bound = bind(op, given, term.name_span)
    return op.outputs(bound) if isinstance(bound, Arguments) else None
