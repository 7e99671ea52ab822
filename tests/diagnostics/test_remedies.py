"""Remedies are written as the text around their place is."""

import pytest

from graphc.diagnostics import Sink, edge_text, node_text
from graphc.frontend import elaborate
from graphc.pipeline.check import solve
from graphc.source import Language, Source, Span

HEAD = "graphc: 1\nmodel: Net\n"


def place(language: Language) -> Span:
    return Span(Source("text", "abc", language), 0, 3)


def test_a_node_and_an_edge_in_both_languages() -> None:
    yaml, mermaid = place(Language.YAML), place(Language.MERMAID)
    assert node_text(yaml, "x", "Input") == "x: Input"
    assert node_text(mermaid, "x", "Input") == 'x["Input"]'
    assert edge_text(yaml, "a", "b") == "- a -> b"
    assert edge_text(mermaid, "a", "b") == "a --> b"
    assert edge_text(yaml, "a", "b", "3*9*9") == "- a -> b: 3*9*9"
    assert edge_text(mermaid, "a", "b", "3*9*9") == 'a -->|"3*9*9"| b'
    assert edge_text(yaml, "a", "b", port="0") == "- a.0 -> b"
    assert edge_text(mermaid, "a", "b", "4", port="0") == 'a -->|".0: 4"| b'


def test_quotes_and_hashes_do_not_end_a_label() -> None:
    label = node_text(place(Language.MERMAID), "x", 'a "b" #1')
    assert label == 'x["a #quot;b#quot; #35;1"]'


@pytest.mark.parametrize(
    ("graph", "yaml", "mermaid"),
    [
        (
            "nodes: {relu: ReLU}\nedges: []\n",
            "write a node such as `image: Input`",
            'write a node such as `image["Input"]`',
        ),
        (
            "nodes: {image: Input, relu: ReLU, far: ReLU}\n"
            "edges: [image -> relu: 3*9*9]\n",
            "write an edge into it, such as `- NODE -> far`",
            "write an edge into it, such as `NODE --> far`",
        ),
        (
            "nodes: {image: Input, relu: ReLU}\nedges: [image -> relu]\n",
            "such as `- image -> ...: 3*224*224`",
            'such as `image -->|"3*224*224"| ...`',
        ),
        (
            "nodes: {image: Input, zz: Qwertzuiop 3}\nedges: [image -> zz: 3*9*9]\n",
            "a module stands under `modules:`",
            "a module is a diagram, or a subgraph, with its name as the title",
        ),
        (
            "nodes: {image: Input, halves: Chunk 2, relu: ReLU}\n"
            "edges: [image -> halves: 4*9*9, halves -> relu]\n",
            "write one of `halves.0`",
            'write one of `halves -->|".0"| ...`',
        ),
        (
            "nodes: {image: Input ReLU, relu: ReLU}\nedges: [image -> relu: 3*9*9]\n",
            "as in `input: Input`",
            'as in `input["Input"]`',
        ),
    ],
    ids=["no input", "unreached", "no size", "unknown op", "port", "not alone"],
)
def test_reports_tell_remedies_in_the_language_of_the_text(
    graph: str, yaml: str, mermaid: str
) -> None:
    assert yaml in helps(HEAD + graph, Language.YAML)
    told = helps(HEAD + graph, Language.MERMAID)
    assert mermaid in told
    assert yaml not in told


def helps(text: str, language: Language) -> str:
    sink = Sink()
    network = elaborate(Source("text", text, language), sink)
    if network is not None:
        solve(network, sink)
    return "\n".join(line for one in sink.sorted() for line in one.help)
