"""What stands in a node: the label that a spec has, in lines."""

from collections.abc import Sequence

from graphc.emit.mermaid.escape import entities
from graphc.ir import Node, Op, Term
from graphc.lang import TermText, label_text

_LINE = 36


def label(node: Node) -> str:
    """Return the text of a node: the items of its label, parted by ``<br/>``.

    An item ends behind a size, and where a line would become long.
    """
    if node.same is not None:
        return entities(f"same as {node.same}")
    lines: list[str] = []
    line: list[Term] = []
    for term in node.terms:
        if line and len(_text([*line, term])) > _LINE:
            lines.append(_text(line))
            line = []
        line.append(term)
        if term.shape is not None:
            lines.append(f"{_text(line)}: {term.shape}")
            line = []
    return "<br/>".join(entities(each) for each in [*lines, *_rest(line)])


def _rest(line: list[Term]) -> list[str]:
    return [_text(line)] if line else []


def _text(terms: Sequence[Term]) -> str:
    return label_text(tuple(map(_term, terms)))


def _term(term: Term) -> TermText:
    """Return a term as it is written; a module is called by its key."""
    name = term.name if isinstance(term.target, Op) else term.target
    return TermText(name, term.name_span, term.repeat, term.arguments, term.span)
