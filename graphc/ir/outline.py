"""A network as lines of text, to be compared with another."""

from collections.abc import Iterator

from graphc.ir.edge import Edge
from graphc.ir.graph import Meta, Module, Network, Node
from graphc.ir.op import Op
from graphc.ir.term import Term


def outline(network: Network, *, notes: bool = True) -> tuple[str, ...]:
    """Return all that a network says, line by line, and nothing of where it says it.

    Nodes and edges in their order with arguments, ports and sizes; modules,
    parameters, conditions and what is said about it. ``notes=False`` leaves out what is
    said of the network alone: notes, ``about`` and published results. Names of
    arguments are the declared ones: ``k=3`` is ``kernel=3``.
    """
    lines = [*_module(network.model, notes=notes)]
    for name in sorted(network.modules):
        lines += _module(network.modules[name], notes=notes)
    lines += [f"where {clause.text}" for clause in network.where]
    lines += _meta(network.meta, notes=notes)
    lines += [f"keeps {name}" for name in network.kept]
    return tuple(lines)


def same_network(a: Network, b: Network, *, notes: bool = True) -> bool:
    """Whether two networks are one and the same, wherever they are written."""
    return outline(a, notes=notes) == outline(b, notes=notes)


def _module(module: Module, *, notes: bool) -> Iterator[str]:
    yield f"{'row' if module.row else 'module'} {module.name}"
    if notes and module.about is not None:
        yield f"  about {module.about!r}"
    for parameter in module.parameters:
        default = "needed" if parameter.required else repr(parameter.default)
        yield f"  parameter {parameter.name}: {default}"
    for node in module.graph.nodes.values():
        yield f"  node {node.name!r}: {_node(node)}"
        if notes and node.note is not None:
            yield f"    note {node.note!r}"
    yield from (f"  edge {_edge(edge)}" for edge in module.graph.edges)


def _node(node: Node) -> str:
    if node.same is not None:
        return f"same as {node.same!r}"
    return ", ".join(map(_term, node.terms))


def _term(term: Term) -> str:
    times = "" if term.repeat is None else f"{term.repeat} x "
    name = term.target.name if isinstance(term.target, Op) else term.target
    size = "" if term.shape is None else f": {term.shape}"
    return f"{times}{' '.join([name, *_arguments(term)])}{size}"


def _arguments(term: Term) -> Iterator[str]:
    for argument in term.arguments:
        target, key = term.target, argument.key
        declared = target.argument(key) if isinstance(target, Op) and key else None
        yield f"{declared.name}={argument.value}" if declared else str(argument)


def _edge(edge: Edge) -> str:
    size = "" if edge.shape is None else f": {edge.shape}"
    return f"{edge.source!r}.{edge.output} -> {edge.target!r}.{edge.input}{size}"


def _meta(meta: Meta, *, notes: bool) -> Iterator[str]:
    yield f"source {meta.source!r}"
    if notes:
        yield f"about {meta.about!r}"
        yield from (f"reported {result.values!r}" for result in meta.reported)
    if meta.checkpoint is not None:
        yield from (f"key {one.own} = {one.given}" for one in meta.checkpoint.renamings)
        yield from (f"no use for {key}" for key in meta.checkpoint.unused)
