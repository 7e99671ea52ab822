"""A module that is a row: a label in place of nodes and edges."""

from dataclasses import replace

from graphc.diagnostics import Sink
from graphc.frontend.arrow import Arrow
from graphc.frontend.ends import End
from graphc.frontend.labels import node
from graphc.frontend.scope import Header, Scope
from graphc.ir import Node, term_of
from graphc.lang import EdgeText, EndText, TermText
from graphc.ops import find
from graphc.reading import Entry
from graphc.source import Span

ROW_KEYS = ("about", "params", "label")
"""The keys of such a module."""

_INPUT, _ROW, _OUTPUT = "input", "layers", "output"


def row_of(header: Header) -> Entry | None:
    """Return the label of a module that is a row, None of any other module."""
    return header.body.entry("label") if header.row else None


def row_nodes(label: Entry, scope: Scope, sink: Sink) -> dict[str, Node]:
    """Return the nodes that a row stands for: what comes in, the row, what goes out."""
    row = replace(node(label, scope, sink), name=_ROW)
    nodes = (_end(_INPUT, "Input", row.span), row, _end(_OUTPUT, "Output", row.span))
    return {each.name: each for each in nodes}


def row_arrows(label: Entry) -> tuple[Arrow, Arrow]:
    """Return the arrows into a row and out of it."""
    first, row, last = (End(name, None) for name in (_INPUT, _ROW, _OUTPUT))
    span = label.key.span
    into = EdgeText((EndText(_INPUT, span), EndText(_ROW, span)), span)
    out = EdgeText((EndText(_ROW, span), EndText(_OUTPUT, span)), span)
    return Arrow(first, row, None, into), Arrow(row, last, None, out)


def _end(name: str, op: str, span: Span) -> Node:
    target = find(op)
    if target is None:
        raise LookupError(op)
    term = term_of(TermText(op, span, None, (), span), target)
    return Node(name, (term,), span, span)
