"""From a network with its sizes to blueprints of classes."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from graphc.emit.torch.blueprint import Blueprint
from graphc.emit.torch.merge import DifferError
from graphc.emit.torch.merging import Merging
from graphc.emit.torch.names import CLASSES, Names
from graphc.infer import Generic, GenericUse, Instance, Shared, Sized, generic
from graphc.ir import Module, Term


def blueprints(sized: Sized, reserved: Collection[str] = ()) -> tuple[Blueprint, ...]:
    """Return the classes of a network: helpers before those that use them, model last.

    Otherwise the order is that of the modules in the spec. No class has a name that is
    ``reserved``.
    """
    return _Drafting(sized, reserved).all()


class _Drafting:
    """The blueprints of one network, being made."""

    def __init__(self, sized: Sized, reserved: Collection[str]) -> None:
        self._sized = sized
        self._instances = _reachable(sized.model)
        self._drafts: dict[Instance, Blueprint] = {}
        self._shared: Shared = {}
        self._uses = _uses(self._instances)
        self._names = Names(CLASSES | {*reserved})
        self._names.add((sized.model.name, *sized.network.modules))

    def all(self) -> tuple[Blueprint, ...]:
        """Return every blueprint."""
        network = self._sized.network
        order = _order(network.model, network.modules)
        generics: dict[Module, Generic] = {}
        for module in reversed(order):
            if module in self._instances:
                generics[module] = self._generic(module, generics)
        found: list[Blueprint] = []
        for module in order:
            if module in self._instances:
                found += self._of(module, generics[module])
        return tuple(found)

    def _generic(self, module: Module, users: dict[Module, Generic]) -> Generic:
        """Solve a module for all the uses that the code will make of it."""
        instances = self._instances[module]
        uses = list(self._solved_uses(module, users))
        first = instances[0]
        ends = (
            _agreed([each.inputs for each in instances], [use.inputs for use in uses]),
            _agreed(
                [each.outputs for each in instances], [use.outputs for use in uses]
            ),
        )
        return generic(first, *ends, self._shared)

    def _solved_uses(
        self, module: Module, users: dict[Module, Generic]
    ) -> Iterator[GenericUse]:
        for user, term in self._uses.get(module.name, ()):
            solved = users[user]
            for position in solved.starts(term):
                body = solved.body(term, position)
                if isinstance(body, GenericUse):
                    yield body

    def _of(self, module: Module, solved: Generic) -> list[Blueprint]:
        """Return the classes of a module: as few as its instances allow."""
        every = tuple(self._instances[module])
        whole = self._try(every, solved)
        found = [] if whole is None else [whole]
        for instance in every if whole is None else ():
            for number, blueprint in enumerate(found):
                wider = self._try((*blueprint.instances, instance), solved)
                if wider is not None:
                    found[number] = wider
                    break
            else:
                alone = self._try((instance,), solved)
                if alone is None:
                    raise RuntimeError(f"{module.name} differs from itself")
                found.append(alone)
        named = [self._named(number, each) for number, each in enumerate(found)]
        for blueprint in named:
            self._drafts |= dict.fromkeys(blueprint.instances, blueprint)
        return named

    def _named(self, number: int, blueprint: Blueprint) -> Blueprint:
        """Return a class with its name: that of the module, and a number from 2 on."""
        name = self._names[blueprint.module.name]
        if number:
            name = self._names.take(f"{name}{number + 1}")
        return replace(blueprint, name=name)

    def _try(
        self, instances: tuple[Instance, ...], solved: Generic
    ) -> Blueprint | None:
        try:
            return Merging(instances, solved, self._drafts).blueprint()
        except DifferError:
            return None


def _reachable(model: Instance) -> dict[Module, list[Instance]]:
    """Return the instances of every module that the model uses, itself included."""
    found: dict[Module, list[Instance]] = {model.module: [model]}
    pending, seen = deque([model]), {model}
    while pending:
        for body in pending.popleft().inside:
            if body not in seen:
                seen.add(body)
                pending.append(body)
                found.setdefault(body.module, []).append(body)
    return found


def _order(model: Module, modules: dict[str, Module]) -> list[Module]:
    """Return modules with helpers before users, otherwise as in the spec."""
    order: list[Module] = []
    seen: set[Module] = set()
    for root in (*modules.values(), model):
        # What is within what waits in a list: modules nest deeper than calls may.
        waiting = [] if root in seen else [(root, _helpers(root, modules))]
        seen.add(root)
        while waiting:
            module, helpers = waiting[-1]
            inner = next((one for one in helpers if one not in seen), None)
            if inner is None:
                order.append(module)
                waiting.pop()
            else:
                seen.add(inner)
                waiting.append((inner, _helpers(inner, modules)))
    return order


def _helpers(module: Module, modules: dict[str, Module]) -> Iterator[Module]:
    for node in module.graph.nodes.values():
        for term in node.terms:
            if isinstance(term.target, str) and term.target in modules:
                yield modules[term.target]


def _uses(modules: Iterable[Module]) -> dict[str, list[tuple[Module, Term]]]:
    """Return the terms that use a module, and where they stand, by its name."""
    found: dict[str, list[tuple[Module, Term]]] = {}
    for user in modules:
        for node in user.graph.nodes.values():
            for term in node.terms:
                if isinstance(term.target, str):
                    found.setdefault(term.target, []).append((user, term))
    return found


def _agreed(
    found: Sequence[Sequence[object]], generic_ends: Sequence[Sequence[object]]
) -> tuple[tuple[int | None, ...], ...]:
    """Return the sizes that are the same number in all instances and all uses."""
    ends: list[tuple[int | None, ...]] = []
    for port, shape in enumerate(found[0]):
        if not isinstance(shape, tuple):
            ends.append(())
            continue
        shapes = [each[port] for each in (*found, *generic_ends)]
        ends.append(
            tuple(
                _one(
                    [s[axis] for s in shapes if isinstance(s, tuple) and axis < len(s)]
                )
                for axis in range(len(shape))
            )
        )
    return tuple(ends)


def _one(sizes: list[object]) -> int | None:
    first = sizes[0]
    return first if isinstance(first, int) and all(s == first for s in sizes) else None
