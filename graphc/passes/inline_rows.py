"""A network in which modules that are rows of ops stand where they are used."""

from collections.abc import Mapping
from graphlib import TopologicalSorter

from graphc.diagnostics import Diagnostic, Sink
from graphc.infer import Shape, Sized, infer
from graphc.ir import Module, Network, Node, Term
from graphc.passes.instances import Origin, Stages, instances_in, origin
from graphc.passes.placing import Placed, placed
from graphc.passes.rewiring import Rewiring, with_modules
from graphc.passes.rewriting import OPEN, Rewritten, has_open_repeat, is_open, left
from graphc.passes.rows import Row, row_of
from graphc.passes.sites import sharing

Path = tuple[Term, ...]
"""The terms that lead to a term of a row: uses of modules, and the term itself last."""


def inline_rows(sized: Sized) -> Rewritten:
    """Return a network whose nodes have the terms of small rows that they used.

    A module between one input and one output without branches, with one layer and what
    stands around it, such as a convolution with its normalization and activation, is
    put in place of its uses, with what they give for its parameters. Equal because the
    same ops are applied to the same tensors. Modules that nothing uses any more go.

    A use is left (GC601) in a repeat, in nodes that share their module, in rows whose
    length parameters decide or of such rows, and where the module says of sizes what
    cannot be said outside it.
    """
    eager = _Inlining(sized, careful=False)
    network = eager.network()
    if eager.exact:
        return Rewritten(network, tuple(eager.remarks))
    sink = Sink()
    infer(network, sink)
    if not sink.failed:
        return Rewritten(network, tuple(eager.remarks))
    careful = _Inlining(sized, careful=True)
    return Rewritten(careful.network(), tuple(careful.remarks))


class _Inlining:
    """One network, its modules put into each other from the inside out.

    If it is ``careful``, nothing is lost of what a module says of sizes; if not,
    ``exact`` tells whether anything was.
    """

    def __init__(self, sized: Sized, *, careful: bool) -> None:
        self._network = sized.network
        self._careful = careful
        self._instances = instances_in(sized)
        self._stages = Stages()
        self._rows: dict[str, Row] = {}
        self._paths: dict[Origin, Path] = {}
        self.exact = True
        self.remarks: list[Diagnostic] = []

    def network(self) -> Network:
        """Return the network as it becomes."""
        modules = self._network.modules
        uses = {name: _used(module) for name, module in modules.items()}
        changed: dict[str, Module] = {}
        for name in TopologicalSorter(uses).static_order():
            changed[name] = self._inlined(modules[name])
            row = row_of(changed[name])
            if row is not None:
                self._rows[name] = row
        model = self._inlined(self._network.model)
        reached = _reached(model, changed)
        kept = {name: changed[name] for name in modules if name in reached}
        return with_modules(self._network, model, kept)

    def _inlined(self, module: Module) -> Module:
        """Return a module with the rows that it uses in its own nodes."""
        if module not in self._instances:
            return module
        shared = sharing(module.graph)
        wiring = Rewiring(module)
        for node in module.graph.nodes.values():
            self._paths |= {origin(term): (term,) for term in node.terms}
            fixed = "nodes share it" if node.name in shared else None
            if is_open(node.terms):
                fixed = fixed or OPEN
            for use in node.terms:
                row = self._row(use)
                if row is not None:
                    found = fixed or self._found(module, use, row)
                    if isinstance(found, str):
                        self.remarks.append(left(use, found))
                    else:
                        _put(wiring, node, use, found)
        return wiring.module()

    def _row(self, term: Term) -> Row | None:
        return self._rows.get(term.target) if isinstance(term.target, str) else None

    def _found(self, module: Module, use: Term, row: Row) -> Placed | str:
        """Return what stands in place of a use, or why it stays."""
        if use.repeat is not None:
            return "it is repeated"
        inner = self._network.modules[str(use.target)]
        if any(is_open(node.terms) for node in inner.graph.nodes.values()):
            return OPEN
        taken = {parameter.name for parameter in module.parameters}
        found = placed(row, inner, use, taken, self._shapes(module, use, row))
        if found is None:
            return "its arguments would get too long"
        if has_open_repeat(found.terms):
            return OPEN
        if self._careful and not found.exact:
            return "the sizes in it cannot be said outside it"
        self.exact = self.exact and found.exact
        for term, old in zip(found.terms, row.terms, strict=True):
            self._paths[origin(term)] = (use, *self._path(old))
        return found

    def _shapes(self, module: Module, use: Term, row: Row) -> list[list[Shape]]:
        """Return the shapes of the tensors of a row, in each instance of its user."""
        found: list[list[Shape]] = [[] for _ in row.sizes]
        for instance in self._instances[module]:
            paths = [(use, *self._path(term)) for term in row.terms]
            stages = [self._stages.at(instance, path) for path in paths]
            found[0].append(stages[0].inputs[0])
            for shapes, stage in zip(found[1:], stages, strict=True):
                shapes.append(stage.outputs[0])
        return found

    def _path(self, term: Term) -> Path:
        return self._paths[origin(term)]


def _put(wiring: Rewiring, node: Node, use: Term, found: Placed) -> None:
    """Put terms in place of a use, and the sizes around it where they fit."""
    terms = wiring.terms(node.name)
    place = terms.index(use)
    wiring.put(node.name, (*terms[:place], *found.terms, *terms[place + 1 :]))
    wiring.say(node.name, place + len(found.terms) - 1, use.shape)
    wiring.say(node.name, place - 1, found.before)


def _used(module: Module) -> list[str]:
    """Return the modules that a module uses."""
    terms = (term for node in module.graph.nodes.values() for term in node.terms)
    return [term.target for term in terms if isinstance(term.target, str)]


def _reached(model: Module, modules: Mapping[str, Module]) -> set[str]:
    """Return the modules that a model uses, or that these use."""
    found: set[str] = set()
    pending = _used(model)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += _used(modules[name])
    return found
