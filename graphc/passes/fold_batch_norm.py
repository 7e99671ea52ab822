"""A network whose batch normalizations are in the weights of the layers beside them."""

from collections.abc import Iterable

from graphc.diagnostics import Diagnostic
from graphc.infer import Sized
from graphc.ir import Edge, Module, Node, Term
from graphc.lang import ShapeText
from graphc.passes.absorbed import Absorber, is_layer, is_norm
from graphc.passes.instances import instances_in
from graphc.passes.rewiring import Rewiring, can_unite, each_module, united, with_shape
from graphc.passes.rewriting import OPEN, Rewritten, is_open
from graphc.passes.sites import sharing


def fold_batch_norm(sized: Sized) -> Rewritten:
    """Return a network without the normalizations that a layer can take in.

    A ``BN`` goes into the ``Conv``, ``ConvTranspose`` or ``Linear`` that it reads, or
    else into the ``Conv`` without zeros around its input, or the ``Linear``, that reads
    it: in a row of terms, or over the only edge between two nodes. Equal in evaluation,
    since both are linear for each channel there, with numbers that stay. What stands
    behind a ``BN`` in its node comes to the node of its layer.

    It stays (GC601) where its statistics are those of the batch, where others read what
    stands between, in nodes that share their module, in repeats of one term, and where
    instances of its module do not agree.
    """
    instances = instances_in(sized)
    remarks: list[Diagnostic] = []

    def folded(module: Module) -> Module:
        absorber = Absorber(module.graph, instances.get(module, []))
        changed = _Behind(module, absorber).module()
        changed = _Before(changed, absorber).module()
        remarks.extend(absorber.remarks(changed))
        return changed

    return Rewritten(each_module(sized.network, folded), tuple(remarks))


_SHARED = "nodes share its module, or that of the layer beside it"


class _Sweep:
    """The normalizations of a module on their way into layers, all in one direction."""

    def __init__(self, module: Module, absorber: Absorber) -> None:
        self._graph = module.graph
        self._wiring = Rewiring(module)
        self._absorber = absorber
        self._shared = sharing(module.graph)

    def _is_fixed(self, node: Node) -> bool:
        """Whether the terms of a node, and so its normalizations, have to stay."""
        shared = node.name in self._shared
        fixed = shared or is_open(node.terms)
        for term in node.terms if fixed else ():
            if is_norm(term):
                self._absorber.stays(term, _SHARED if shared else OPEN)
        return fixed

    def _may_cross(self, edge: Edge, norm: Term) -> bool:
        """Whether a normalization may go over an edge to the layer at its other end."""
        ends = [self._graph.nodes[name] for name in (edge.source, edge.target)]
        others = (
            other.target
            for other in self._graph.out_of(edge.source)
            if other is not edge
        )
        why = next((f"`{name}` reads `{edge.source}` too" for name in others), None)
        if any(node.name in self._shared for node in ends):
            why = _SHARED
        elif any(is_open(self._wiring.terms(node.name)) for node in ends):
            why = OPEN
        if why is not None:
            self._absorber.stays(norm, why)
        return why is None


class _Behind(_Sweep):
    """Layers take in the normalizations behind them."""

    def module(self) -> Module:
        """Return the module in which they did."""
        for node in self._graph.order:
            if not self._is_fixed(node) and not self._cross(node):
                self._wiring.put(node.name, self._row(node.terms))
        return self._wiring.module()

    def _cross(self, node: Node) -> bool:
        """Join a node to the one before it, if the layer there takes its first term."""
        norm, wiring = node.terms[0], self._wiring
        if not is_norm(norm):
            return False
        (edge,) = self._graph.into(node.name)
        source, _ = wiring.source(edge)
        *others, layer = wiring.terms(source)
        if not is_layer(layer) or not self._may_cross(edge, norm):
            return False
        found = self._taken(layer, norm, wiring.shape(edge))
        if found is not None:
            wiring.put(source, self._row((*others, found, *node.terms[1:])))
            wiring.join(edge)
        return found is not None

    def _row(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        found: list[Term] = []
        for term in terms:
            last = found[-1] if found else term
            taken = None
            if is_layer(last) and is_norm(term):
                taken = self._taken(last, term, None)
            if taken is None:
                found.append(term)
            else:
                found[-1] = taken
        return tuple(found)

    def _taken(self, layer: Term, norm: Term, between: ShapeText | None) -> Term | None:
        """Return a layer that took in a norm behind it, with the sizes around both."""
        sizes = layer.shape, between, norm.shape
        if not can_unite(*sizes):
            self._absorber.stays(norm, "sizes around it cannot be written as one")
            return None
        return self._absorber.behind(with_shape(layer, united(*sizes)), norm)


class _Before(_Sweep):
    """Layers take in the normalizations before them."""

    def module(self) -> Module:
        """Return the module in which they did."""
        for node in reversed(self._graph.order):
            if not self._is_fixed(node):
                self._row(node)
                self._cross(node)
        return self._wiring.module()

    def _row(self, node: Node) -> None:
        """Let each layer of a node take in the normalization before it."""
        for place in reversed(range(len(node.terms) - 1)):
            terms = self._wiring.terms(node.name)
            norm, layer = terms[place : place + 2]
            if is_norm(norm) and is_layer(layer):
                found = self._taken(layer, norm, node, place)
                if found is not None:
                    kept = terms[: place + 1]
                    self._wiring.put(node.name, (*kept, found, *terms[place + 2 :]))
                    self._wiring.drop(node.name, place)

    def _cross(self, node: Node) -> None:
        """Let a layer behind the node take in its last term, if that is one."""
        wiring = self._wiring
        readers, norm = self._graph.out_of(node.name), wiring.terms(node.name)[-1]
        if not is_norm(norm) or not readers:
            return
        edge, target = readers[0], readers[0].target
        layer, *rest = wiring.terms(target)
        if not is_layer(layer) or not self._may_cross(edge, norm):
            return
        place = len(wiring.terms(node.name)) - 1
        found = self._taken(layer, norm, node, place)
        if found is not None:
            wiring.put(target, (found, *rest))
            wiring.drop(node.name, place)

    def _taken(self, layer: Term, norm: Term, node: Node, place: int) -> Term | None:
        """Return a layer that took in a norm of the node, if that can go from there."""
        why = self._wiring.hindrance(node.name, place)
        if why is not None:
            self._absorber.stays(norm, why)
            return None
        return self._absorber.before(layer, norm)
