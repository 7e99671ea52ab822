"""What a flowchart has no place for, as comments."""

from collections.abc import Iterable, Iterator, Mapping

from graphc.emit.mermaid.flow import (
    letters_flow,
    list_flow,
    mapping_flow,
    text_flow,
    value_flow,
)
from graphc.ir import CheckpointMap, Module, Network, Node, Parameter, Reported


def comment(key: str, value: str) -> str:
    """Return a comment that says something of the network, the value in flow style."""
    return f"%% graphc: {key}: {value}"


def title(network: Network, module: Module) -> str:
    """Return the comment that names the module of a diagram, or the model."""
    key = "model" if module is network.model else "module"
    return comment(key, text_flow(module.name))


def said(network: Network, module: Module) -> Iterator[str]:
    """Yield what a spec says of a module beside its nodes and edges."""
    if module is network.model:
        yield from _of_model(network)
    elif module.about is not None:
        yield comment("about", text_flow(module.about))
    if module.row:
        yield comment("row", "true")
    if module.parameters:
        yield comment("params", mapping_flow(list(map(_parameter, module.parameters))))


def _of_model(network: Network) -> Iterator[str]:
    meta = network.meta
    if meta.source is not None:
        yield comment("source", text_flow(meta.source))
    if meta.about is not None:
        yield comment("about", text_flow(meta.about))
    if network.where:
        clauses = (text_flow(clause.text) for clause in network.where)
        yield comment("where", list_flow(clauses))
    if meta.reported:
        yield comment("reported", list_flow(map(_reported, meta.reported)))
    if meta.checkpoint is not None:
        yield comment("checkpoint", _checkpoint(meta.checkpoint))


def _parameter(parameter: Parameter) -> tuple[str, str]:
    if parameter.required or parameter.faulty:
        return text_flow(parameter.name), "~"
    return text_flow(parameter.name), value_flow(parameter.default)


def _reported(result: Reported) -> str:
    return mapping_flow(
        [(text_flow(key), letters_flow(str(value))) for key, value in result.values]
    )


def _checkpoint(renamed: CheckpointMap) -> str:
    entries = [
        (text_flow(str(one.own)), text_flow(str(one.given)))
        for one in renamed.renamings
    ]
    if renamed.unused:
        entries.append(("~", list_flow(text_flow(str(key)) for key in renamed.unused)))
    return mapping_flow(entries)


def of_nodes(nodes: Iterable[Node], ids: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of nodes: names that are no ids, and notes."""
    found = list(nodes)
    named = [node for node in found if ids[node.name] != node.name]
    if named:
        names = [(ids[node.name], text_flow(node.name)) for node in named]
        yield comment("nodes", mapping_flow(names))
    notes = [
        (text_flow(ids[node.name]), text_flow(node.note))
        for node in found
        if node.note is not None
    ]
    if notes:
        yield comment("notes", mapping_flow(notes))
