"""Modules that are plain rows of ops: one tensor in, one out, and no branches."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graphc.ir import Module, Node, Op, Term, no_weights, one_output
from graphc.lang import ShapeText
from graphc.passes.absorbed import is_layer, is_norm
from graphc.record import record


@record(eq=False)
class Row:
    """The terms of a module in their order, and the sizes written between them.

    ``sizes`` has one item more than ``terms``: what is written of the tensor before
    each, and of the last, in whatever places.
    """

    terms: tuple[Term, ...]
    sizes: tuple[tuple[ShapeText, ...], ...]


def row_of(module: Module) -> Row | None:
    """Return a module as a row; None if it is none.

    It is none if it has more ends than two, branches, uses modules, takes or gives
    other ports than the first, or if it has more than one layer with weights. A
    normalization right behind a layer counts with it.
    """
    nodes = _in_a_row(module)
    terms = tuple(term for node in nodes for term in node.terms)
    if not terms or not all(map(_is_plain, terms)) or _layers(terms) > 1:
        return None
    return Row(terms, tuple(_sizes(module, nodes)))


def _in_a_row(module: Module) -> tuple[Node, ...]:
    """Return the nodes between the ends of a module, if there is one way alone."""
    graph = module.graph
    if len(module.inputs) != 1 or len(module.outputs) != 1:
        return ()
    found: list[Node] = []
    edges = graph.out_of(module.inputs[0].name)
    while len(edges) == 1 and not edges[0].output and not edges[0].input:
        node = graph.nodes[edges[0].target]
        if node.is_output:
            break
        found.append(node)
        edges = graph.out_of(node.name)
    ends = 1 + sum(node.is_output for node in module.outputs)
    whole = len(found) + ends == len(graph.nodes)
    return tuple(found) if whole and not any(node.same for node in found) else ()


def _is_plain(term: Term) -> bool:
    """Whether a term is an op that makes one tensor of one."""
    op = term.target
    if not isinstance(op, Op):
        return False
    single = len(op.inputs.ports) == 1 and not op.inputs.many
    return single and op.outputs is one_output


def _layers(terms: Sequence[Term]) -> int:
    """Return how many layers with weights stand in a row, once norms are folded."""
    ops = [term.target for term in terms if isinstance(term.target, Op)]
    held = sum(op.weights is not no_weights for op in ops)
    folded = sum(is_layer(one) and is_norm(other) for one, other in pairwise(terms))
    return held - folded


def _sizes(module: Module, nodes: Sequence[Node]) -> Iterator[tuple[ShapeText, ...]]:
    """Yield the sizes that are written of each tensor in a row of nodes."""
    before = module.inputs[0]
    waiting = [before.terms[0].shape]
    for node in nodes:
        waiting += [edge.shape for edge in module.graph.into(node.name)]
        for term in node.terms:
            yield _written(waiting)
            waiting = [term.shape]
    for end in module.outputs:
        if end.is_output:
            waiting += [edge.shape for edge in module.graph.into(end.name)]
            waiting += [end.terms[0].shape]
    yield _written(waiting)


def _written(shapes: Sequence[ShapeText | None]) -> tuple[ShapeText, ...]:
    return tuple(shape for shape in shapes if shape is not None)
