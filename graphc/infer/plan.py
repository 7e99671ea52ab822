"""A module made ready for solving: numbered tensors, and steps that relate them."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import TypeAlias

from graphc.infer.written import Written
from graphc.ir import Family, Module, Node, Op, Term
from graphc.lang import Size
from graphc.record import record

Place: TypeAlias = Term | Written  # what a report can blame: a label's term, or a size


@record(eq=False)
class Apply:
    """An op between tensors, given by their numbers in the plan."""

    op: Op
    term: Term
    node: Node
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.term


@record(eq=False)
class Use:
    """A module, or a repeated op, between tensors.

    A module gets the values of its parameters from the term's arguments; the body of a
    repeated op sees the names of the plan it stands in.
    """

    body: "Plan"
    term: Term
    node: Node
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]

    @property
    def own(self) -> bool:
        """Whether the body has parameters of its own."""
        return self.body.module is not None

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.term


@record(eq=False)
class Tied:
    """A module that is applied again: the tensors of both applications."""

    first: Apply | Use
    again: Apply | Use

    @property
    def term(self) -> Term:
        """The term of the second application."""
        return self.again.term

    @property
    def node(self) -> Node:
        """The node of the second application."""
        return self.again.node

    @property
    def inputs(self) -> tuple[int, ...]:
        """The tensors at both."""
        both = (self.first, self.again)
        return tuple(n for one in both for n in (*one.inputs, *one.outputs))

    @property
    def outputs(self) -> tuple[int, ...]:
        """Return nothing: a tie makes no tensor."""
        return ()

    @property
    def place(self) -> Place:
        """What would be edited to change this step."""
        return self.again.term


Step: TypeAlias = Apply | Use | Written | Tied


@record(eq=False, slots=False)
class Plan:
    """The steps of a module: sizes as written first, then nodes in topological order.

    ``inputs`` and ``outputs`` are the tensors at the boundary; ``sources`` gives the
    tensors at the output ports of each node; ``rigid`` are the free dims that stand for
    themselves: any size, known by name.
    """

    name: str
    module: Module | None
    tensors: int
    steps: tuple[Step, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    sources: Mapping[str, tuple[int, ...]]
    rigid: Mapping[str, Size] = field(default_factory=dict)

    def source(self, node: str, output: int) -> int | None:
        """Return the tensor of an output port of a node; None if there is none."""
        tensors = self.sources.get(node, ())
        return tensors[output] if output < len(tensors) else None

    @property
    def annotations(self) -> Iterator[tuple[int, Written]]:
        """The steps that are sizes in the text, with their numbers."""
        for number, step in enumerate(self.steps):
            if not isinstance(step, Written):
                return
            yield number, step

    @cached_property
    def free(self) -> Mapping[str, int]:
        """A number for each free dim, as if it were a tensor of one dim."""
        found = {name: 0 for _, step in self.annotations for name in step.free}
        return {name: self.tensors + place for place, name in enumerate(found)}

    @cached_property
    def touching(self) -> list[list[int]]:
        """For each tensor and free dim, the numbers of the steps that touch it."""
        touching: list[list[int]] = [[] for _ in range(self.tensors + len(self.free))]
        for number, step in enumerate(self.steps):
            tensors = (*step.inputs, *step.outputs)
            for tensor in tensors if len(tensors) < 2 else dict.fromkeys(tensors):
                touching[tensor].append(number)
        for number, step in self.annotations:
            for name in step.free:
                touching[self.free[name]].append(number)
        return touching

    @cached_property
    def lettered(self) -> Mapping[int, list[int]]:
        """For tensors, the numbers of the sizes in the text with anything but numbers.

        Where the text has numbers only, a size is all it can ever say at once.
        """
        found: dict[int, list[int]] = {}
        for number, step in self.annotations:
            if step.sizes is None:
                found.setdefault(step.tensor, []).append(number)
        return found

    @cached_property
    def joins(self) -> tuple[int, ...]:
        """The numbers of the steps that may take an open dim to be that of another."""
        return tuple(
            number
            for number, step in enumerate(self.steps)
            if isinstance(step, Use)
            or (isinstance(step, Apply) and step.op.family is Family.MERGE)
        )

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """The steps that lead into other plans."""
        return tuple(step for step in self.steps if isinstance(step, Use))

    @cached_property
    def places(self) -> frozenset[Place]:
        """Every place in this plan itself."""
        return frozenset(step.place for step in self.steps)

    @cached_property
    def within(self) -> tuple["Plan", ...]:
        """The plans it uses, and all that they use, each before those that use it.

        It is the last itself.
        """
        found: dict[Plan, None] = {}
        pending = [(self, False)]
        while pending:
            plan, entered = pending.pop()
            if entered:
                found[plan] = None
            elif plan not in found:
                pending.append((plan, True))
                bodies = {use.body: False for use in plan.uses}
                pending.extend(reversed(bodies.items()))
        return tuple(found)
