"""``graphc ops``."""

import argparse
import sys
from collections.abc import Iterator

from graphc.diagnostics import nearest, write
from graphc.ir import Argument, Family, Kind, Op
from graphc.lang import value_text
from graphc.ops import OP_NAMES, OPS, find


def run(options: argparse.Namespace) -> int:
    """Print the list of ops, or all about one."""
    if options.markdown:
        write(sys.stdout, "\n".join(_document()))
        return 0
    if options.op is None:
        write(sys.stdout, "\n".join(_list()) + "\n")
        return 0
    op = find(options.op)
    if op is None:
        meant = nearest(options.op, OP_NAMES)
        offer = f": did you mean {meant}?" if meant else ""
        write(sys.stderr, f"graphc: there is no op {options.op!r}{offer}\n")
        return 2
    write(sys.stdout, "\n".join(_page(op)) + "\n")
    return 0


def _list() -> Iterator[str]:
    width = max(len(op.name) for op in OPS)
    for family in Family:
        members = [op for op in OPS if op.family is family]
        if members:
            yield f"{family.value}"
            yield from (f"  {op.name:{width}}  {op.about}" for op in members)
            yield ""
    yield "`graphc ops NAME` tells an op's arguments, size rule and an example"


def _document() -> Iterator[str]:
    """Return the reference of all ops, in Markdown, line by line."""
    yield "# Ops"
    yield ""
    yield "Written by `graphc ops --markdown` from the declarations of the ops."
    yield "Shapes are channels first, without the batch; `dim` counts it as 0."
    for family in Family:
        members = [op for op in OPS if op.family is family]
        if members:
            yield from ("", f"## {family.value.capitalize()}")
        for op in members:
            yield from ("", f"### {op.name}", "", "```text", *_page(op), "```")
    yield ""


def _page(op: Op) -> Iterator[str]:
    yield f"{op.name}: {op.about}"
    if op.aliases:
        yield f"also written {', '.join(op.aliases)}"
    yield ""
    yield f"inputs     {_inputs(op)}"
    yield from _block("sizes", op.rule)
    yield f"example    {op.example}"
    if op.arguments:
        yield ""
        yield "arguments"
        rows = [(_names(argument), argument) for argument in op.arguments]
        width = max(len(names) for names, _ in rows)
        for names, argument in rows:
            yield f"  {names:{width}}  {argument.about} ({_taken(argument)})"


def _inputs(op: Op) -> str:
    ports, least = op.inputs.ports, op.inputs.least
    if op.inputs.many:
        return f"{least} or more"
    if not ports:
        return "none"
    return ", ".join(
        port if number < least else f"{port} (optional)"
        for number, port in enumerate(ports)
    )


def _block(title: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines()):
        yield f"{title if number == 0 else '':10} {line}"


def _names(argument: Argument) -> str:
    return ", ".join(argument.names)


def _taken(argument: Argument) -> str:
    kind = argument.kind.value
    if argument.choices:
        words = f"one of {', '.join(argument.choices)}"
        kind = words if argument.kind is Kind.WORD else f"{kind}, or {words}"
    if argument.required:
        return f"{kind}; required"
    if argument.inferred:
        return f"{kind}; where it is not written, sizes decide it"
    return f"{kind}; default {value_text(argument.default)}"
