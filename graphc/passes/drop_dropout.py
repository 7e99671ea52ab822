"""A network without what does nothing in evaluation: Dropout and Identity."""

from graphc.diagnostics import Diagnostic
from graphc.infer import Sized
from graphc.ir import Module, Node, Op, Term
from graphc.passes.rewiring import Rewiring, each_module
from graphc.passes.rewriting import Rewritten, left


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
    twins: dict[str, list[Node]] = {}
    for node in module.graph.order:
        twins.setdefault(node.holder, []).append(node)
    for nodes in twins.values():
        # Nodes that share a module lose the same terms, or none.
        for place in reversed(range(len(nodes[0].terms))):
            term = nodes[0].terms[place]
            if not _is_idle(term):
                continue
            reasons = [wiring.hindrance(node.name, place) for node in nodes]
            why = next((reason for reason in reasons if reason is not None), None)
            if why is not None:
                remarks.append(left(term, why))
            for node in nodes if why is None else ():
                wiring.drop(node.name, place)
    return wiring.module()


def _is_idle(term: Term) -> bool:
    return isinstance(term.target, Op) and term.target.idle
