from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from places import is_placed, scattered, written
from steps import growth

from graphc.diagnostics import Sink
from graphc.ingest.notation import LabelReading, read_label
from graphc.lang import parse_label
from graphc.ops import OPS, find

SPECS = Path(__file__).parents[3] / "specs"


def nothing(_: str) -> None:
    return None


def texts(nodes: object) -> list[str]:
    """Return the labels in the nodes of a spec."""
    rows = nodes.values() if isinstance(nodes, dict) else ()
    items = [item for row in rows for item in (row if isinstance(row, list) else [row])]
    return [item for item in items if isinstance(item, str)]


def labels(spec: Path) -> list[str]:
    tree = yaml.safe_load(spec.read_text())
    graphs = [tree, *tree.get("modules", {}).values()]
    params = {name for graph in graphs for name in graph.get("params") or {}}
    found = [label for graph in graphs for label in texts(graph.get("nodes"))]
    return [label for label in found if not params & set(label.split())]


def is_of_ops(label: str) -> bool:
    """Whether a label has ops alone, no modules of its spec."""
    terms = parse_label(written(label), is_op, lambda _: False, Sink())
    return bool(terms) and all(is_op(term.name) for term in terms or ())


def is_op(name: str) -> bool:
    return find(name) is not None


OWN = sorted({label for spec in SPECS.glob("*.yaml") for label in labels(spec)})
EXAMPLES = sorted(op.example for op in OPS)


@pytest.mark.parametrize("label", [one for one in OWN if is_of_ops(one)])
def test_a_label_of_a_spec_reads_to_itself(label: str) -> None:
    reading = read_label(written(label), nothing)
    assert reading.label is not None
    assert reading.label.text == label


@pytest.mark.parametrize("label", EXAMPLES)
def test_an_example_of_an_op_reads_to_itself(label: str) -> None:
    reading = read_label(written(label), nothing)
    assert reading.label is not None
    assert reading.label.text == label


WORDS = st.lists(
    st.sampled_from(
        [
            "Conv",
            "conv",
            "3x3",
            "64",
            "/2",
            ",",
            "(",
            ")",
            "[",
            "]",
            "=",
            ":",
            "->",
            "k=",
            "s2",
            "max",
            "pool",
            "BN",
            "relu",
            "0.5",
            "dp=0.2",
            "x5",
            "5",
            "x",
            "Input",
            "image",
            "8@28x28",
            "(1,96)",
            "fc",
            "same",
            "padding",
            "nn.",
            "Conv2d(",
            "kernel_size=(3,3)",
            "Linear",
            "+",
            "shape:",
            "tensor<8x8>",
            "96-d",
            "Output",
            "Stem",
            "12",
            "classes",
            "%",
            "@",
            "conv3-64",
            "Layer",
            "1",
            "Sequential(",
            "\n",
            "\u00d7",
            "\u3008",
            "\u3009",
            "\U0001f504",
        ]
    ),
    max_size=12,
)
LABELS = (
    WORDS.map(" ".join)
    | WORDS.map("".join)
    | st.text(max_size=40)
    | st.text(st.sampled_from("Convx3( )[],=@/:-\n"), max_size=40)
)


def stem(words: str) -> str | None:
    return "Stem" if words.strip().lower() == "stem" else None


def is_whole(reading: LabelReading) -> bool:
    """Whether a reading has a label that the notation takes, or a reason."""
    if reading.label is None:
        return bool(reading.reason)
    if reading.label.text.strip().startswith("same as"):
        return True
    terms = parse_label(reading.label, known, lambda _: False, Sink())
    return terms is not None and all(known(term.name) for term in terms)


def known(name: str) -> bool:
    return is_op(name) or name == "Stem"


@given(LABELS)
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for fragment in (written(text), scattered(text)):
        reading = read_label(fragment, stem)
        assert is_whole(reading)
        sizes = [size.fragment for size in (reading.size, reading.source) if size]
        found = [one for one in (reading.label, reading.takes, *sizes) if one]
        assert all(is_placed(one, fragment) for one in found)


@given(LABELS)
def test_what_was_read_reads_to_itself(text: str) -> None:
    label = read_label(written(text), stem).label
    if label is not None:
        again = read_label(written(label.text), stem).label
        assert again is not None
        assert again.text.split() == label.text.split()


def test_places_are_those_of_the_words() -> None:
    text = written("5x5 conv, 24, stride 2")
    label = read_label(text, nothing).label
    assert label is not None
    assert label.text == "Conv 24 k=5 s=2"
    shown = [label.slice(*span).text for span in ((0, 4), (5, 7), (12, 15))]
    assert shown == ["conv", "24", "2"]


@pytest.mark.parametrize("text", ["(", "Conv (", "((Conv))", "3x3 ", "x ", "a: "])
def test_a_long_label_takes_time_as_it_is_long(text: str) -> None:
    def read(label: str) -> object:
        return read_label(written(label), nothing)

    assert growth(read, text * 20, text * 200) < 25


@pytest.mark.parametrize(
    "text", ["(" * 900 + ")" * 900, "Conv " + "(" * 900, "[" * 1999]
)
def test_deep_brackets_are_no_label(text: str) -> None:
    assert read_label(written(text), nothing).label is None


def test_a_text_that_is_too_long_is_no_label() -> None:
    reason = read_label(written("ReLU " * 1_000), nothing).reason
    assert reason == "a text of 5000 characters is no label"
