"""Networks read from a small YAML text, without the checks of a front end."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml

from graphc.diagnostics import Sink
from graphc.infer import Sized, infer
from graphc.ir import (
    Edge,
    Graph,
    Meta,
    Module,
    Network,
    Node,
    Parameter,
    Reported,
    Term,
    term_of,
)
from graphc.lang import (
    TermText,
    evaluate,
    parse_edge,
    parse_expr,
    parse_label,
    parse_shape,
    split_port,
)
from graphc.ops import find
from graphc.source import Fragment, Source, Span

Tree = dict[str, Any]


def sized(text: str) -> Sized:
    """Return the network of a spec with its sizes, wrong or right."""
    return infer(network(text), Sink())


def network(text: str) -> Network:
    """Return the network of a spec."""
    tree = yaml.safe_load(text)
    modules = {
        name: _module(name, part, tree)
        for name, part in tree.get("modules", {}).items()
    }
    reported = tuple(Reported(tuple(row.items())) for row in tree.get("reported", ()))
    meta = Meta(tree.get("source"), tree.get("about"), reported)
    return Network(_module(tree["model"], tree, tree), modules, meta)


def _module(name: str, tree: Tree, spec: Tree) -> Module:
    params = tree.get("params", {})
    nodes = [
        _node(node, label, params, spec.get("modules", {}))
        for node, label in tree["nodes"].items()
    ]
    parameters = tuple(
        Parameter(param, _value(default), required=False, span=_span(param))
        for param, default in params.items()
    )
    return Module(name, Graph(nodes, list(_edges(tree))), parameters, _span(name))


def _value(default: object) -> Any:
    expr = parse_expr(_fragment(str(default)), Sink())
    return evaluate(expr, {}) if expr is not None else None


def _node(name: str, label: str | Tree, params: Tree, modules: Tree) -> Node:
    note = label.get("note") if isinstance(label, dict) else None
    text = label["label"] if isinstance(label, dict) else label
    terms = parse_label(
        _fragment(text),
        lambda word: word in modules or find(word) is not None,
        params.__contains__,
        Sink(),
    )
    assert terms is not None, text
    return Node(name, tuple(map(_term, terms)), _span(name), _span(text), note)


def _term(text: TermText) -> Term:
    return term_of(text, find(text.name) or text.name)


def _edges(tree: Tree) -> Iterator[Edge]:
    inputs: Counter[str] = Counter()
    for row in tree["edges"]:
        arrow, shape = next(iter(row.items())) if isinstance(row, dict) else (row, None)
        written = parse_edge(_fragment(arrow), Sink())
        assert written is not None, arrow
        ends = [end.name for end in written.ends]
        for tail, head in pairwise(ends):
            source, port = (
                split_port(tail) if tail not in tree["nodes"] else (tail, None)
            )
            size = None if shape is None else parse_shape(_fragment(str(shape)), Sink())
            yield Edge(source, int(port or 0), head, inputs[head], size, _span(arrow))
            inputs[head] += 1


def _fragment(text: str) -> Fragment:
    return Fragment(text, _span(text))


def _span(text: str) -> Span:
    return Span(Source("spec", text), 0, len(text))
