"""How the work of inference grows with a spec, counted in steps."""

import pytest
from steps import growth, steps

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.infer import Sized, infer
from graphc.ir import Network
from graphc.source import Source


def network(text: str) -> Network:
    made = elaborate(Source("spec.yaml", text), Sink())
    assert made is not None
    return made


def inferred(given: Network) -> Sized:
    sized = infer(given, Sink())
    assert sized.counts.instances > 0
    return sized


def spec(nodes: list[str], edges: list[str], modules: str = "") -> str:
    """Return a spec of nodes ``name: label`` and edges, behind an ``image``."""
    lines = ["graphc: 1", "model: Made", "nodes:", "  image: Input"]
    lines += [f"  {node}" for node in nodes]
    lines += ["edges:", *(f"  - {edge}" for edge in edges)]
    return "\n".join([*lines, modules, ""])


def chain(count: int, labels: list[str], size: str, *, every: int = 1) -> str:
    """Return a row of nodes with labels in turn, and a size on every so many edges."""
    nodes = [f"n{n}: {labels[n % len(labels)]}" for n in range(count)]
    edges = [f"image -> n0: {size}"]
    for n in range(count - 1):
        written = f": {size}" if n % every == 0 else ""
        edges.append(f"n{n} -> n{n + 1}{written}")
    return spec(nodes, edges)


def wide(count: int, join: str) -> str:
    """Return a node that is read by many, all of which one join reads."""
    nodes = [f"n{n}: Conv 8 k=1" for n in range(count)]
    edges = [edge for n in range(count) for edge in (f"image -> n{n}", f"n{n} -> join")]
    head = "image -> other: 8*8*8"
    return spec([*nodes, f"join: {join}", "other: ReLU"], [head, *edges])


def widths(count: int) -> str:
    """Return a row of one module at ever other widths."""
    nodes = [f"n{n}: Block {n + 1}" for n in range(count)]
    edges = ["image -> n0: 3*8*8", *(f"n{n} -> n{n + 1}" for n in range(count - 1))]
    block = """
modules:
  Block:
    params: {width: ~}
    nodes: {input: Input, conv: Conv width k=3 p=1 ReLU}
    edges: [input -> conv: C*H*W]"""
    return spec(nodes, edges, block)


ROWS = {
    "written": (["Conv 8 k=3 p=1 ReLU"], "8*8*8", 1),
    "not written": (["Conv 8 k=3 p=1", "BN ReLU", "MaxPool k=3 s=1 p=1"], "8*8*8", 999),
    "backwards": (["ReLU", "Conv k=1", "BN"], "8*8*8", 3),
    "symbolic": (["Conv 8 k=3 p=1", "BN ReLU"], "8*H*W", 2),
}


@pytest.mark.parametrize(("labels", "size", "every"), ROWS.values(), ids=ROWS)
def test_the_work_grows_with_the_nodes(
    labels: list[str], size: str, every: int
) -> None:
    small, large = (
        network(chain(count, labels, size, every=every)) for count in (60, 600)
    )
    assert growth(inferred, small, large) < 11


@pytest.mark.parametrize(("labels", "size", "every"), ROWS.values(), ids=ROWS)
def test_ops_that_are_alike_are_asked_once(
    labels: list[str], size: str, every: int
) -> None:
    """To ask a convolution takes more steps than a further node may take in all."""
    few, many = (
        network(chain(count, labels, size, every=every)) for count in (300, 600)
    )
    for each in (few, many):
        inferred(each)  # what is made once and kept does not count
    further = steps(inferred, many) - steps(inferred, few)
    assert further < 300 * 450


@pytest.mark.parametrize("join", ["Concat", "Sum"])
def test_the_work_grows_with_the_inputs_of_a_join(join: str) -> None:
    small, large = network(wide(60, join)), network(wide(600, join))
    assert growth(inferred, small, large) < 11


def test_the_work_grows_with_the_instances_that_differ() -> None:
    small, large = network(widths(30)), network(widths(300))
    assert growth(inferred, small, large) < 11


def test_the_work_for_one_mistake_grows_with_the_nodes() -> None:
    def wrong(count: int) -> Network:
        text = chain(count, ["Conv 8 k=3 p=1 ReLU"], "8*8*8")
        middle = f"n{count // 2} -> n{count // 2 + 1}: 8*8*"
        assert f"{middle}8" in text
        return network(text.replace(f"{middle}8", f"{middle}9"))

    assert growth(inferred, wrong(60), wrong(600)) < 11


@pytest.mark.parametrize("label", ["Conv 16 k=3 p=1", "Conv 16 k=3 s=2 p=1"])
def test_the_work_for_a_repeat_is_the_same_however_long(label: str) -> None:
    block = f"""
modules:
  Block:
    nodes: {{input: Input, conv: {label}, act: ReLU}}
    edges: [input -> conv -> act]"""

    def row(count: int) -> Network:
        nodes = [f"row: {count} x Block", "end: ReLU"]
        return network(spec(nodes, ["image -> row: 8*64*64", "row -> end"], block))

    made = [row(count) for count in (20, 2_000, 2_000_000)]
    for each in made:
        inferred(each)  # what is made once and kept does not count
    # What was kept can have been dropped in between: the least of two runs counts.
    few, more, many = (
        min(steps(inferred, each), steps(inferred, each)) for each in made
    )
    assert few == more == many


def nested(levels: int, uses: str) -> str:
    """Return modules that use the next one, ``levels`` deep."""
    inner = "".join(
        f"""
  L{n}:
    nodes: {{input: Input, {uses.format(n=n + 1)}}}
    edges: [input -> a -> b]"""
        for n in range(levels)
    )
    last = f"""
  L{levels}:
    nodes: {{input: Input, act: Conv 4 k=3 p=1}}
    edges: [input -> act]"""
    return spec(["root: L0"], ["image -> root: 4*8*8"], f"\nmodules:{inner}{last}")


@pytest.mark.parametrize("uses", ["a: L{n}, b: ReLU", "a: L{n}, b: L{n}"])
def test_the_work_grows_with_the_levels_of_modules(uses: str) -> None:
    small, large = network(nested(4, uses)), network(nested(40, uses))
    assert growth(inferred, small, large) < 11
