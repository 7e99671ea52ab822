"""A network without what does nothing in evaluation: Dropout and Identity."""

from collections.abc import Sequence

from graphc.diagnostics import Diagnostic
from graphc.infer import Sized
from graphc.ir import Module, Node, Op, Term
from graphc.lang import ShapeText
from graphc.passes.rewiring import Rewiring, can_unite, each_module, united
from graphc.passes.rewriting import Rewritten, left, moved

_BEFORE = -1
"""The place of what stands in front of all terms."""


def drop_dropout(sized: Sized) -> Rewritten:
    """Return a network without the ops that give in evaluation what they take.

    Equal because these ops are the identity there. A node of nothing else goes, and who
    read it reads what it read; sizes written around it stay written. One that is itself
    an output of a graph stays (GC601), since its name is that of the output.
    """
    remarks: list[Diagnostic] = []
    network = each_module(sized.network, lambda module: _without(module, remarks))
    return Rewritten(network, tuple(remarks))


def _without(module: Module, remarks: list[Diagnostic]) -> Module:
    wiring = Rewiring(module)
    for node in module.graph.order:
        if not any(map(_is_idle, node.terms)):
            continue
        if not all(map(_is_idle, node.terms)):
            _shorten(wiring, module, node)
        elif not wiring.bypass(node.name):
            remarks += [left(term, "it is an end of its graph") for term in node.terms]
    return wiring.module()


def _is_idle(term: Term) -> bool:
    return isinstance(term.target, Op) and term.target.idle


def _shorten(wiring: Rewiring, module: Module, node: Node) -> None:
    """Take the idle terms out of a node that has others too.

    Nodes that share a module lose the same terms; sizes stand in the first alone.
    """
    origin = module.graph.origin(node)
    edge = module.graph.into(origin.name)[0]
    shapes = _shapes(origin.terms, wiring.shape(edge))
    before = shapes.pop(_BEFORE)
    if node is not origin:
        wiring.put(node.name, tuple(node.terms[place] for place in shapes))
        return
    wiring.write(edge, before)
    terms = (_with(node.terms[place], shape) for place, shape in shapes.items())
    wiring.put(node.name, tuple(terms))


def _shapes(
    terms: Sequence[Term], before: ShapeText | None
) -> dict[int, ShapeText | None]:
    """Return the places of the terms that stay, each with the size behind it.

    An idle term stays where sizes around it cannot be written as one.
    """
    found = {_BEFORE: before}
    for place, term in enumerate(terms):
        last = next(reversed(found))
        if _is_idle(term) and can_unite(found[last], term.shape):
            found[last] = united(found[last], term.shape)
        else:
            found[place] = term.shape
    return found


def _with(term: Term, shape: ShapeText | None) -> Term:
    return term if term.shape == shape else moved(term, shape=shape)
