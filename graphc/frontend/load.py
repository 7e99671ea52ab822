"""From a text to a network."""

import os
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import check_keys, mapping, missing
from graphc.frontend.graphs import draft, modules_of
from graphc.frontend.meta import check_version, meta
from graphc.frontend.parameters import parameters
from graphc.frontend.scope import Header, check_name
from graphc.ir import Network, Parameter
from graphc.reading import Entry, Mapping, Scalar, compose, read
from graphc.source import Source, Span

_GRAPH_KEYS = ("about", "params", "nodes", "edges")
_KEYS = ("graphc", "model", "source", "reported", *_GRAPH_KEYS, "modules")


def load(path: str | os.PathLike[str], sink: Sink) -> Network | None:
    """Read a spec; ``-`` is standard input. None if there is no graph to be made out.

    Codes: those of ``graphc.reading``, and GC004, GC101 to GC118, GC201, GC202.
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
    check_keys(root, _KEYS, "a spec", sink)
    check_version(root, sink)
    taken: dict[str, Span] = {}
    name = _model_name(root, taken, sink)
    refused: set[str] = set()
    headers = _headers(root, taken, refused, sink)
    own = tuple(_with_value(one, sink) for one in parameters(root, dict(taken), sink))
    model = Header(name.text, name.span, root, own)
    drafts = [draft(header, headers, refused, sink) for header in headers.values()]
    whole = draft(model, headers, refused, sink)
    modules = modules_of(drafts, whole, sink)
    if not whole.nodes or not modules:
        return None
    main = modules.pop(model.name)
    return Network(main, modules, meta(root, sink), source.name)


def _with_value(parameter: Parameter, sink: Sink) -> Parameter:
    """Return a parameter of the model; report one without a default (GC103)."""
    if not parameter.required:
        return parameter
    message = f"the parameter `{parameter.name}` of the model needs a value"
    remedy = (f"write the value to check with, as in `{parameter.name}: 10`",)
    place = Place(parameter.span, "only a module is given its values where it is used")
    sink.add(Diagnostic(Code.GC103, message, place, help=remedy))
    return replace(parameter, faulty=True)


def _model_name(root: Mapping, taken: dict[str, Span], sink: Sink) -> Scalar:
    """Return the name of the model; a stand-in, reported, if it has none."""
    node = root.get("model")
    if isinstance(node, Scalar) and not node.faulty and node.text:
        if check_name(node, "model", taken, sink):
            taken[node.text] = node.span
        return node
    if node is None:
        if not root.faulty:
            start = root.entries[0].key.span
            missing("a spec", "model", "model: NAME", start, sink)
        return _stand_in(root)
    place = Place(node.span)
    sink.add(Diagnostic(Code.GC103, "the name of a model is a text", place))
    return _stand_in(root)


def _stand_in(root: Mapping) -> Scalar:
    key = root.entries[0].key
    return Scalar("the model", key.fragment, key.span, plain=True, value="the model")


def _headers(
    root: Mapping, taken: dict[str, Span], refused: set[str], sink: Sink
) -> dict[str, Header]:
    """Return the modules by name, with their parameters.

    ``refused`` gets the names of those that could not be read, which was reported.
    """
    node = root.get("modules")
    found = None if node is None else mapping(node, "`modules`", sink)
    bodies: list[tuple[Entry, Mapping]] = []
    for entry in found.entries if found is not None else ():
        if not check_name(entry.key, "module", taken, sink):
            refused.add(entry.name)
            continue
        taken[entry.name] = entry.key.span
        body = mapping(entry.value, f"the module `{entry.name}`", sink)
        if body is None:
            refused.add(entry.name)
        else:
            check_keys(body, _GRAPH_KEYS, f"the module `{entry.name}`", sink)
            bodies.append((entry, body))
    return {
        entry.name: Header(
            entry.name, entry.key.span, body, parameters(body, dict(taken), sink)
        )
        for entry, body in bodies
    }
