"""Specs made to be large: each takes as many steps as it has nodes, or edges."""

from collections.abc import Callable, Iterable

import pytest
from spec_texts import HEAD, sound
from steps import growth

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.source import Source

Named = Iterable[tuple[str, str]]


def spec(nodes: Named, edges: Iterable[str], more: str = "") -> str:
    """Return a spec of nodes and edges, with an input called ``image``."""
    rows = [HEAD, "nodes:\n  image: Input\n"]
    rows += [f"  {name}: {label}\n" for name, label in nodes]
    rows += ["edges:\n", *(f"  - {edge}\n" for edge in edges), more]
    return "".join(rows)


def row(count: int, label: str = "ReLU") -> Named:
    return [(f"n{i}", label) for i in range(count)]


def steps_on(count: int, size: str = "") -> list[str]:
    """Return edges from each of ``count`` nodes to the next."""
    return ["image -> n0", *(f"n{i} -> n{i + 1}{size}" for i in range(count - 1))]


def block(name: str, label: str) -> str:
    return f"  {name}: {{nodes: {{i: Input, n: {label}}}, edges: [i -> n]}}\n"


LARGE: dict[str, Callable[[int], str]] = {
    "labels": lambda n: spec(row(n, "Conv 8 k=3 p=1 ReLU"), steps_on(n, ": 8*32*32")),
    "open sizes": lambda n: spec(row(n), steps_on(n)),
    "labels of their own": lambda n: spec(
        [(f"n{i}", f"Conv {i + 1} k=3") for i in range(n)], steps_on(n)
    ),
    "one chain": lambda n: spec(
        row(n), [" -> ".join(["image", *(f"n{i}" for i in range(n))])]
    ),
    "one list": lambda n: spec(
        [("n", "\n" + "    - Conv 8 k=3 p=1: 8*9*9\n" * n)], ["image -> n"]
    ),
    "read by all": lambda n: spec(row(n), [f"image -> n{i}" for i in range(n)]),
    "reads all": lambda n: spec(
        [*row(n), ("sum", "Sum")],
        [edge for i in range(n) for edge in (f"image -> n{i}", f"n{i} -> sum")],
    ),
    "ports out": lambda n: spec(
        [("split", f"Split {n}"), *row(n)],
        ["image -> split", *(f"split.{i} -> n{i}" for i in range(n))],
    ),
    "ports in": lambda n: spec(
        [("concat", "Concat")], [f"image -> concat.{i}" for i in range(n)]
    ),
    "same": lambda n: spec(
        [("n0", "Conv 8 k=3"), *((f"n{i}", f"same as n{i - 1}") for i in range(1, n))],
        steps_on(n),
    ),
    "modules": lambda n: spec(
        [(f"n{i}", f"M{i}") for i in range(n)],
        steps_on(n),
        "modules:\n" + "".join(block(f"M{i}", "Conv 8 k=3") for i in range(n)),
    ),
    "uses of a module": lambda n: spec(
        row(n, "M"), steps_on(n), "modules:\n" + block("M", "Conv 8 k=3")
    ),
    "parameters": lambda n: (
        HEAD
        + "params:\n"
        + "".join(f"  p{i}: 8\n" for i in range(n))
        + spec([(f"n{i}", f"Linear p{i}") for i in range(n)], steps_on(n))[len(HEAD) :]
    ),
}

FAULTY: dict[str, Callable[[int], str]] = {
    "strangers": lambda n: spec(row(n), [f"x{i} -> n{i}" for i in range(n)]),
    "typos": lambda n: spec(row(n, "Cnov 8"), steps_on(n)),
    "lost": lambda n: spec(row(n), []),
    "sizes": lambda n: spec(row(n), steps_on(n, ": 8*?")),
    "one cycle": lambda n: spec(row(n, "Sum"), [*steps_on(n), f"n{n - 1} -> n0"]),
    "cycles": lambda n: spec(
        row(2 * n, "Sum"),
        [
            edge
            for i in range(0, 2 * n, 2)
            for edge in (f"image -> n{i}", f"n{i} -> n{i + 1}", f"n{i + 1} -> n{i}")
        ],
    ),
}


def read(text: str) -> None:
    elaborate(Source("spec.yaml", text), Sink())


@pytest.mark.parametrize("make", LARGE.values(), ids=LARGE)
def test_four_times_a_sound_spec_takes_four_times_the_steps(
    make: Callable[[int], str],
) -> None:
    sound(make(10))
    assert growth(read, make(50), make(200)) < 4.4


@pytest.mark.parametrize("make", FAULTY.values(), ids=FAULTY)
def test_four_times_the_mistakes_take_four_times_the_steps(
    make: Callable[[int], str],
) -> None:
    assert growth(read, make(50), make(200)) < 4.6


def test_a_label_that_stands_again_costs_little() -> None:
    def named(labels: Iterable[str]) -> str:
        return spec([(f"n{i}", label) for i, label in enumerate(labels)], steps_on(200))

    alike = named(["Conv 8 k=3 p=1"] * 200)
    unlike = named(f"Conv {i + 1} k=3 p=1" for i in range(200))
    assert growth(read, alike, unlike) > 3


def test_terms_of_one_label_share_what_they_say_and_not_where() -> None:
    nodes = sound(spec(row(2, "Conv 8 k=3"), steps_on(2))).model.graph.nodes
    (first,), (second,) = nodes["n0"].terms, nodes["n1"].terms
    assert first.phrase is second.phrase
    assert first.arguments == second.arguments
    assert first.arguments[1].span.first.line == first.span.first.line == 5
    assert second.arguments[1].span.first.line == second.span.first.line == 6
    assert second.arguments[1].span.text == "k=3"


def test_a_label_with_escapes_has_its_own_places() -> None:
    labels = [("n0", "Conv 8 k=3"), ("n1", '"Conv\\x208 k=3"')]
    nodes = sound(spec(labels, steps_on(2))).model.graph.nodes
    (plain,), (escaped,) = nodes["n0"].terms, nodes["n1"].terms
    assert plain.phrase is escaped.phrase
    assert plain.span.text == "Conv 8 k=3"
    assert escaped.span.text == "Conv\\x208 k=3"
    assert escaped.arguments[0].span.text == "8"


def test_modules_with_parameters_of_one_name_read_a_label_by_their_own() -> None:
    def module(name: str, params: str) -> str:
        return f"  {name}: {{params: {{{params}}}, label: Conv n}}\n"

    more = "modules:\n" + module("A", "n: 4") + module("B", "n: 8")
    found = sound(spec([("n0", "A B")], ["image -> n0"], more)).modules
    (first,), (second,) = (found[name].graph.nodes["layers"].terms for name in "AB")
    assert first.phrase is second.phrase
    assert first.span.first.line != second.span.first.line
