"""Diagrams as Mermaid: the text, what is escaped, ports, parts of what is too large."""

import re
from itertools import pairwise

import pytest
from checking import check_text, sound
from mermaid_reader import FENCE, plain, read, spec
from torch_specs import chain
from trees import Unquoted, written

from graphc.diagnostics import Severity
from graphc.draw import theme
from graphc.emit.mermaid import diagram, diagrams, document
from graphc.infer import Sized
from graphc.ir import outline
from graphc.lang import EndText
from graphc.source import Source, Span

SMALL = """
    graphc: 1
    model: Small
    source: arXiv:1602.07261
    params: {classes: 10, act: same}
    nodes:
      image: Input
      stem:
        - Conv 8 k=3 p=act BN ReLU: 8*32*32
        - 2 x Block 8
      "the head": {label: GlobalAvgPool Linear classes, note: "10 % of all"}
    edges:
      - image -> stem: 3*32*32
      - stem -> "the head"
    modules:
      Block:
        about: A residual block.
        params: {width: ~}
        nodes:
          input: Input
          conv: Row
          sum: Sum
          output: Output
        edges:
          - input -> conv -> sum
          - input -> sum
          - sum -> output: width*H*W
      Row:
        label: [Conv k=3 p=1 bias=false: 8*_*_, BN]
"""

GOLDEN = """\
# Small

```mermaid
{front}
  %% graphc: model: Small
  %% graphc: source: "arXiv:1602.07261"
  %% graphc: params: {{classes: 10, act: same}}
  %% graphc: nodes: {{n1: the head}}
  %% graphc: notes: {{n1: "10 % of all"}}
  image(["Input"]):::data
  stem[["Conv 8 k=3 p=act BN ReLU: 8*32*32<br/>2 x Block 8"]]:::module
  n1["GlobalAvgPool Linear classes"]:::pooling
  image -->|"3*32*32"| stem
  stem -->|"8*32*32"| n1
  classDef data fill:#ececec,stroke:#6b6b6b,color:#1a1a1a
  classDef pooling fill:#fbd5b5,stroke:#c25a00,color:#1a1a1a
  classDef module fill:#ffffff,stroke:#1a1a1a,color:#1a1a1a
```

## Block

```mermaid
{front}
  %% graphc: module: Block
  %% graphc: about: A residual block.
  %% graphc: params: {{width: ~}}
  input(["Input"]):::data
  conv[["Row"]]:::module
  sum["Sum"]:::merge
  output(["Output"]):::data
  input -->|"8*32*32"| conv
  conv -->|"8*32*32"| sum
  input -->|"8*32*32"| sum
  sum -->|"width*H*W"| output
  classDef data fill:#ececec,stroke:#6b6b6b,color:#1a1a1a
  classDef merge fill:#ffe3a0,stroke:#b07d00,color:#1a1a1a
  classDef module fill:#ffffff,stroke:#1a1a1a,color:#1a1a1a
```

## Row

```mermaid
{front}
  %% graphc: module: Row
  %% graphc: row: true
  input(["Input"]):::data
  layers["Conv k=3 p=1 bias=false: 8*_*_<br/>BN"]:::convolution
  output(["Output"]):::data
  input -->|"8*32*32"| layers
  layers -->|"8*32*32"| output
  classDef data fill:#ececec,stroke:#6b6b6b,color:#1a1a1a
  classDef convolution fill:#cfe8f8,stroke:#2b7fb3,color:#1a1a1a
```
"""

FRONT = """\
---
config:
  layout: dagre
  look: classic
  theme: base
  themeVariables: {"edgeLabelBackground": "#ffffff", "lineColor": "#555555", "textColor": "#1a1a1a"}
  flowchart: {"wrappingWidth": 400}
---
flowchart TD"""  # noqa: E501


def sized_of(text: str) -> Sized:
    result = check_text(text)
    assert result.sized is not None, result.findings
    return result.sized


def model_of(text: str) -> str:
    """Return the diagram of the model of a spec, which is small."""
    (part,) = diagrams(sized_of(text))[0].parts
    return part


def test_a_document_has_a_diagram_for_each_module() -> None:
    found = document(diagrams(sized_of(SMALL)))
    assert found == GOLDEN.format(front=FRONT)


def test_equal_specs_give_equal_diagrams() -> None:
    one, other = sized_of(SMALL), sized_of(SMALL)
    assert document(diagrams(one)) == document(diagrams(other))


def test_a_module_alone_is_drawn_as_in_the_document() -> None:
    sized = sized_of(SMALL)
    alone = diagram(sized, sized.network.modules["Block"])
    assert alone.parts == diagrams(sized)[1].parts


def test_no_colour_is_named_but_in_the_theme() -> None:
    colours = set(re.findall("#[0-9a-f]{6}", GOLDEN + FRONT))
    paints = [theme.paint(family) for family in (*theme.FAMILIES, None)]
    known = {theme.PAPER, theme.LINE, theme.INK}
    assert colours <= known | {
        one for each in paints for one in (each.fill, each.border)
    }


HOSTILE = [
    '"]:::x',
    "#quot; #35; &amp; &#65;",
    "<script>alert(1)</script>",
    "<br/>",
    "`**bold**`",
    "%%{init: {'theme': 'forest'}}%%",
    "back\\nslash",
    "\u2028\x85\x1b[31m\r\n---\n```",
    "a --> b; c",
    "\U0001f600 %%% %",
]
_NOWHERE = Span(Source("nowhere", ""), 0, 0)


def named(name: str) -> str:
    """Return a spec in which a node is called like that, and its note says so."""
    end = EndText(name, _NOWHERE)
    return written(
        {
            "graphc": Unquoted("1"),
            "model": "Net",
            "about": name,
            "nodes": {
                "image": "Input",
                name: {"label": "Conv 3 k=1", "note": name},
                "twin": f"same as {name}",
            },
            "edges": [f"image -> {end}", f"{end} -> twin"],
        }
    )


@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_a_text_is_no_mermaid(hostile: str) -> None:
    (made,) = diagrams(sized_of(named(hostile)))
    (part,) = made.parts
    assert "%%{" not in part
    statements = [one for one in part.split("\n") if not one.startswith("  %%")]
    assert not any(set(one) & set("<`\u2028\x85\x1b\r") for one in statements)
    (drawn,) = read(document([made]))
    assert drawn.value("nodes")["n1"] == hostile
    assert drawn.value("notes")["n1"] == hostile
    assert drawn.value("about") == hostile
    if "\n" not in hostile:  # no label has two lines
        assert plain(drawn.nodes["twin"]) == f"same as {hostile}"


def test_ports_are_told_where_the_order_does_not() -> None:
    part = model_of("""
        graphc: 1
        model: Ports
        nodes: {tokens: Input, memory: Input, split: "Split [32,32] dim=2",
          attn: Attention 4, sub: Sub}
        edges:
          - tokens -> split: 10*64
          - memory -> attn.key: 20*32
          - split.0 -> attn.query: 10*32
          - split.1 -> sub
          - attn -> sub
        """)
    assert [line.strip() for line in part.splitlines() if "-->" in line] == [
        'tokens -->|"10*64"| split',
        'memory -->|"-#gt; .key: 20*32"| attn',
        'split -->|".0 -#gt; .query: 10*32"| attn',
        'split -->|".1: 10*32"| sub',
        'attn -->|"10*32"| sub',
    ]


def test_a_size_that_differs_between_instances_is_left_open() -> None:
    found = document(
        diagrams(
            sound("""
            graphc: 1
            model: Twice
            nodes: {image: Input, one: Block, pool: MaxPool 2, two: Block}
            edges: [image -> one: 8*8*8, one -> pool -> two]
            modules:
              Block:
                nodes: {input: Input, conv: Conv 8 k=1, act: ReLU}
                edges: [input -> conv -> act]
            """)
        )
    )
    assert 'input -->|"8*_*_"| conv' in found
    assert "  image -->|" in found


def test_a_size_that_a_parameter_decides_stays_open_to_others() -> None:
    found = document(
        diagrams(
            sound("""
            graphc: 1
            model: Head
            params: {classes: 10}
            nodes: {image: Input, head: Block classes, soft: Softmax}
            edges: [image -> head: 8*4*4, head -> soft]
            modules:
              Block:
                params: {out: ~}
                nodes: {input: Input, conv: Conv 2*out k=4, flat: Flatten}
                edges: [input -> conv -> flat]
            """)
        )
    )
    assert 'conv -->|"(2*out)*1*1"| flat' in found
    assert 'head -->|"(2*classes)"| soft' in found


def test_a_mistaken_size_is_drawn_as_written_and_red() -> None:
    part = model_of("""
        graphc: 1
        model: Wrong
        nodes: {image: Input, conv: Conv 8 k=3, act: ReLU, last: Conv 4 k=7}
        edges: [image -> conv: 3*9*9, conv -> act: 8*8*8, act -> last: 8*7*7]
        """)
    assert 'conv -->|"8*8*8"| act' in part
    assert 'act -->|"8*7*7"| last' in part
    assert f"  linkStyle 1 stroke:{theme.MISTAKE}" in part


def long_chain(count: int, note: str = "") -> str:
    """Return a spec of a row of nodes, each read by a sum too, with as many notes."""
    names = [f"act{number}" for number in range(count)]
    lines = ["graphc: 1", "model: Long", "nodes:", "  image: Input"]
    told = f"{{label: ReLU, note: {note}}}" if note else "ReLU"
    lines += [f"  {name}: {told}" for name in names]
    lines += ["  sum: Sum", "edges:", f"  - image -> {names[0]}: 8"]
    lines += [f"  - {one} -> {other}" for one, other in pairwise(names)]
    lines += [f"  - {name} -> sum" for name in names]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("count", "note", "parts"), [(250, "", 1), (251, "", 2), (251, "n" * 300, 3)]
)
def test_what_is_too_large_is_drawn_in_parts(count: int, note: str, parts: int) -> None:
    sized = sized_of(long_chain(count, note))
    (made,) = diagrams(sized)
    assert len(made.parts) == parts
    assert [one.code.name for one in made.findings] == ["GC541"] * (parts > 1)
    for part in made.parts:
        assert len(part) <= 50_000
        assert part.count("-->") <= 500
    network = sized_of(spec(document([made]))).network
    lines = [re.sub(": 8$", "", line) for line in outline(network)]
    assert lines == [re.sub(": 8$", "", one) for one in outline(sized.network)]


def test_a_label_that_fills_a_diagram_is_warned_of() -> None:
    rows = ", ".join(["ReLU ReLU ReLU ReLU ReLU ReLU"] * 2_000)
    text = chain(["ReLU", "ReLU"], "8").replace("n1: 'ReLU'", f"n1: [{rows}]")
    (made,) = diagrams(sized_of(text))
    (finding,) = made.findings
    assert finding.severity is Severity.WARNING
    assert finding.message == "the diagram of `Net` is too large for GitHub"
    assert any("is not drawn" in note for note in finding.notes)


def test_every_fence_is_closed() -> None:
    text = document(diagrams(sized_of(SMALL)))
    assert len(FENCE.findall(text)) == text.count("```") // 2 == 3
