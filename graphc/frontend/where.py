"""``where``: conditions on the free dims of the model's input."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.frontend.fields import is_empty, listed, refuse_kind
from graphc.ir import Clause, Module
from graphc.lang import (
    Comparison,
    Expr,
    Name,
    Number,
    Text,
    Unknown,
    names,
    parse_comparison,
    symbol,
    walk,
)
from graphc.reading import Mapping, Node, Scalar, Sequence


def where(root: Mapping, model: Module, sink: Sink) -> tuple[Clause, ...]:
    """Return the conditions that a spec states of the sizes at its model's inputs.

    They are one text or a list. Reports GC103, GC122, and GC208 for a name that is no
    free dim at an input.
    """
    node = root.get("where")
    if node is None or is_empty(node):
        return ()
    items: tuple[Node, ...] = node.items if isinstance(node, Sequence) else (node,)
    known = sorted(set(_free(model)))
    found = []
    for item in items:
        if not isinstance(item, Scalar):
            refuse_kind(item, "a condition is a text such as `H % 16 == 0`", sink)
        elif not item.faulty:
            clause = _clause(item, known, sink)
            if clause is not None:
                found.append(clause)
    return tuple(found)


def _free(model: Module) -> Iterator[str]:
    """Yield the free dims in the sizes at the inputs of the model."""
    parameters = {parameter.name for parameter in model.parameters}
    for node in model.inputs:
        edges = model.graph.out_of(node.name)
        for shape in (node.terms[0].shape, *(edge.shape for edge in edges)):
            for dim in shape.dims if shape is not None else ():
                if not isinstance(dim, Unknown):
                    yield from names(dim) - parameters


def _clause(item: Scalar, known: list[str], sink: Sink) -> Clause | None:
    comparison = parse_comparison(item.fragment, sink)
    if comparison is None:
        return None
    strange = sorted(comparison.names - set(known))
    if strange:
        sink.add(_unknown(comparison, strange[0], known))
        return None
    condition = comparison.condition({name: symbol(name) for name in known})
    if condition is None:
        sink.add(_unsolved(comparison))
        return None
    return Clause(condition, item.text.strip(), comparison.span)


def _unknown(comparison: Comparison, name: str, known: list[str]) -> Diagnostic:
    meant = nearest(name, known)
    if meant:
        remedy = f"did you mean `{meant}`?"
    elif known:
        remedy = f"the free dims at the input: {listed(known)}"
    else:
        remedy = "name a dim in the size at the input, as in `- image -> ...: 3*H*W`"
    return Diagnostic(
        Code.GC208,
        f"`{name}` is no free dim of the model's input",
        Place(comparison.span),
        help=(remedy,),
    )


def _unsolved(comparison: Comparison) -> Diagnostic:
    fault = comparison.fault
    if fault is not None:
        return fault.diagnostic()
    reason = ""
    if len(comparison.names) == 1:
        reason = ": too many cases would have to be tried"
    if not all(map(_is_whole, comparison.sizes)):
        reason = ": a size is a whole number"
    alone = all(isinstance(size, Name) for size in comparison.sizes)
    remedy = "give dims that are the same one name, as in `3*H*H`"
    return Diagnostic(
        Code.GC122,
        f"`{comparison}` cannot be solved for one size{reason}",
        Place(comparison.span),
        notes=("a condition compares sizes in one free dim: `H % 16 == 0`, `H >= 32`",),
        help=(remedy,) if alone and "==" in comparison.signs else (),
    )


def _is_whole(size: Expr) -> bool:
    """Return whether all that is calculated with are names and whole numbers."""
    numbers = (one.value for one in walk(size) if isinstance(one, Number))
    return all(isinstance(value, int) for value in numbers) and not any(
        isinstance(one, Text) for one in walk(size)
    )
