"""From a text to a network."""

import os
from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.draft import draft
from graphc.frontend.fields import check_keys, mapping, missing, section
from graphc.frontend.graphs import modules_of
from graphc.frontend.meta import check_version, meta
from graphc.frontend.modules import check_used
from graphc.frontend.parameters import given, parameters
from graphc.frontend.scope import Header, Table, check_class_name
from graphc.ir import Network
from graphc.reading import Entry, Mapping, Scalar, compose, read
from graphc.source import Source, Span

_GRAPH_KEYS = ("about", "params", "nodes", "edges")
_KEYS = ("graphc", "model", "source", "reported", *_GRAPH_KEYS, "modules")


def load(path: str | os.PathLike[str], sink: Sink) -> Network | None:
    """Read a spec; ``-`` is standard input. None if there is no graph to be made out.

    Codes: those of ``graphc.reading``, GC101 to GC118, and GC201 to GC209 as far as
    they need no sizes.
    """
    source = read(path)
    if isinstance(source, Diagnostic):
        sink.add(source)
        return None
    return elaborate(source, sink)


def elaborate(source: Source, sink: Sink) -> Network | None:
    """Return the network that a text describes, as far as it can be made out."""
    node = compose(source, sink)
    root = None if node is None else mapping(node, "a spec", sink)
    if root is None:
        return None
    if not root.entries:
        message = f"`{source.name}` is empty"
        sink.add(Diagnostic(Code.GC004, message, Place(root.span)))
        return None
    if not check_version(root, sink):
        return None
    _check_top(root, sink)
    return _network(root, source, sink)


def _check_top(root: Mapping, sink: Sink) -> None:
    """Report unknown keys; of ``imports`` that it has no meaning yet (GC101)."""
    imports = root.entry("imports")
    if imports is None:
        check_keys(root, _KEYS, "a spec", sink)
        return
    check_keys(root, (*_KEYS, "imports"), "a spec", sink)
    message = "`imports` cannot be used yet"
    remedy = ("write the modules under `modules:`",)
    sink.add(Diagnostic(Code.GC101, message, Place(imports.key.span), help=remedy))


def _network(root: Mapping, source: Source, sink: Sink) -> Network | None:
    taken: dict[str, Span] = {}
    name = _model_name(root, taken, sink)
    bodies = list(_bodies(root, taken, sink))
    headers = {
        entry.name: Header(
            entry.name, entry.key.span, body, parameters(body, taken, sink)
        )
        for entry, body in bodies
    }
    own = given(parameters(root, taken, sink), sink)
    model = Header(name.text, name.span, root, own)
    table = Table(headers, frozenset(_refused(root, headers)))
    drafts = {model.name: draft(model, table, sink)}
    drafts |= {name: draft(header, table, sink) for name, header in headers.items()}
    modules = modules_of(drafts, sink)
    check_used(drafts, table.named, model.name, sink)
    found = meta(root, sink)
    main = modules.pop(model.name)
    return Network(main, modules, found, source.name) if main.graph.nodes else None


def _model_name(root: Mapping, taken: dict[str, Span], sink: Sink) -> Scalar:
    """Return the name of the model; a stand-in, reported, if it has none."""
    node = root.get("model")
    if node is None:
        _missing_name(root, sink)
    elif not isinstance(node, Scalar) or not isinstance(node.value, str):
        place = Place(node.span)
        sink.add(Diagnostic(Code.GC103, "the name of a model is a text", place))
    elif check_class_name(node, "model", taken, sink):
        taken[node.text] = node.span
        return node
    return _stand_in(root)


def _missing_name(root: Mapping, sink: Sink) -> None:
    if not root.faulty:
        missing("a spec", "model", "model: NAME", root.entries[0].key.span, sink)


def _stand_in(root: Mapping) -> Scalar:
    entry = root.entry("model") or root.entries[0]
    span = entry.key.span if entry.name != "model" else entry.value.span
    return Scalar("the model", entry.key.fragment, span, plain=True, value="the model")


def _bodies(
    root: Mapping, taken: dict[str, Span], sink: Sink
) -> Iterator[tuple[Entry, Mapping]]:
    """Return the modules that can be read; ``taken`` learns of their names."""
    for entry in section(root, "modules", sink):
        if not check_class_name(entry.key, "module", taken, sink):
            continue
        taken[entry.name] = entry.key.span
        what = f"the module `{entry.name}`"
        body = mapping(entry.value, what, sink)
        if body is not None:
            check_keys(body, _GRAPH_KEYS, what, sink)
            yield entry, body


def _refused(root: Mapping, headers: dict[str, Header]) -> Iterator[str]:
    """Return the names of modules, and of what is imported, that cannot be used."""
    for key in ("modules", "imports"):
        names = root.get(key)
        for entry in names.entries if isinstance(names, Mapping) else ():
            if entry.name not in headers:
                yield entry.name
