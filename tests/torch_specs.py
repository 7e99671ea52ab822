"""What the tests of generated code share: specs as texts, files, ready modules."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from textwrap import dedent, indent
from types import ModuleType

from graphc.diagnostics import Severity, Sink
from graphc.emit.torch import emit
from graphc.emit.torch.load import load
from graphc.frontend import elaborate
from graphc.infer import Sized, infer
from graphc.passes import optimize
from graphc.source import Source


def sized(text: str) -> Sized:
    """Return the network of a spec that has no errors."""
    sink = Sink()
    network = elaborate(Source("spec.yaml", dedent(text)), sink)
    result = None if network is None else infer(network, sink)
    errors = [f.message for f in sink.sorted() if f.severity is Severity.ERROR]
    assert not errors, errors
    assert result is not None
    return result


def optimized(network: Sized, **options: Collection[str]) -> Sized:
    """Return a network after all passes; none of them may have been mistaken."""
    found = optimize(network, **options)
    assert not found.broken, found.remarks
    return found.sized


def spec(nodes: str, edges: str, head: str = "", modules: str = "") -> str:
    """Return a spec from the lines of its parts; the model is called ``Net``."""
    parts = ["graphc: 1\nmodel: Net\n", dedent(head).lstrip("\n")]
    parts += ["nodes:\n", _inside(nodes), "edges:\n", _inside(edges)]
    if modules:
        parts += ["modules:\n", _inside(modules)]
    return "".join(parts)


def module(name: str, nodes: str, edges: str, head: str = "") -> str:
    """Return a module of a spec from the lines of its parts."""
    inner = [dedent(head).lstrip("\n"), "nodes:\n", _inside(nodes)]
    return (
        f"{name}:\n{indent(''.join([*inner, 'edges:', chr(10), _inside(edges)]), '  ')}"
    )


def _inside(lines: str) -> str:
    return indent(dedent(lines).strip("\n"), "  ") + "\n"


def chain(labels: Sequence[str], shape: str, head: str = "") -> str:
    """Return a spec of nodes ``n0``, ``n1`` in a row, with these labels."""
    names = [f"n{number}" for number in range(len(labels))]
    nodes = "\n".join(
        f"{name}: '{label}'" for name, label in zip(names, labels, strict=True)
    )
    edges = f"- image -> n0: {shape}\n" + "".join(
        f"- {one} -> {other}\n" for one, other in pairwise(names)
    )
    return spec(f"image: Input\n{nodes}", edges, head)


def code(text: str) -> str:
    """Return the file that a spec gives."""
    return emit(sized(text))


def loaded(text: str) -> ModuleType:
    """Return the file that a spec gives as a module of Python."""
    return load(code(text))


def body(text: str, name: str) -> str:
    """Return the lines of one class of a spec's file."""
    classes = code(text).split("\n\n\n")
    (found,) = [part for part in classes if part.startswith(f"class {name}(")]
    return found.rstrip("\n") + "\n"
