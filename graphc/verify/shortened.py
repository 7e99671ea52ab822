"""A network with fewer repeats, whose every size is one of the whole."""

from collections.abc import Sequence
from dataclasses import replace

from graphc.diagnostics import Sink
from graphc.infer import Instance, Sized, Stage, infer
from graphc.ir import Edge, Graph, Module, Node, Phrase, Term
from graphc.lang import Number

ENOUGH = 2_000
"""Instances that are all run; of more, those that are alike in a row are run once."""


def shortened(sized: Sized) -> Sized:
    """Return a network whose long repeats are cut to what differs in them.

    Where a body gives the shapes it takes, all that follow are the same, so a row of
    them shows no other size than its first. A network of few instances stays whole.
    """
    if sized.counts.instances <= ENOUGH:
        return sized
    network = sized.network
    modules = {
        name: _shortened(module, sized.of(module))
        for name, module in network.modules.items()
    }
    model = _shortened(network.model, (sized.model,))
    sink = Sink()
    found = infer(replace(network, model=model, modules=modules), sink)
    return sized if sink.failed else found


def _shortened(module: Module, instances: Sequence[Instance]) -> Module:
    nodes = [_node(node, instances) for node in module.graph.nodes.values()]
    edges: list[Edge] = [*module.graph.edges]
    return replace(module, graph=Graph(nodes, edges))


def _node(node: Node, instances: Sequence[Instance]) -> Node:
    stages = [one.stages(node) for one in instances]
    if any(len(some) != len(node.terms) for some in stages):
        return node
    columns = zip(node.terms, *stages, strict=True)
    terms = tuple(_term(term, some) for term, *some in columns)
    return replace(node, terms=terms)


def _term(term: Term, stages: Sequence[Stage]) -> Term:
    """Return a term with fewer repeats, where each instance has as many of it."""
    counts = {stage.count for stage in stages}
    if term.repeat is None or len(counts) != 1:
        return term
    needed = 1 + max(map(_differing, stages))
    if needed >= counts.pop():
        return term
    fewer = replace(term.written, repeat=Number(needed, term.repeat.span))
    phrase = Phrase(fewer, term.target)
    return Term(phrase, shape=term.shape, trained=term.trained)


def _differing(stage: Stage) -> int:
    """Return how many bodies there are if the longest run of them is one."""
    return stage.count - max(run.count for run in stage.runs) + 1
