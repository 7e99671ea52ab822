"""Specs drawn at random: graphs with ports, rows, notes, modules, and hostile names."""

from dataclasses import dataclass

from hypothesis import strategies as st
from trees import Unquoted, Value, written

from graphc.lang import EndText
from graphc.source import Source, Span

_NOWHERE = Span(Source("nowhere", ""), 0, 0)

NAMES = [
    *("conv1", "norm.1", "a-b", "end", "End", "end.conv", "class", "style.x", "graph"),
    *("default", "o1", "x", "o-x", "_self", "constructor", "__proto__", "n1", "n2"),
    *("my node", 'say "hi"', "a -> b", "<b>bold</b>", "</script>", "Größe", "图层"),
    *("a#b;", "#quot;", "&lt;", "`code`", "a|b", "[x]", "{y}", "%%{init}%%", "% %%"),
    *("1", "0.5", "null", "~", "back\\slash", "a\\nb", "line\nend", "tab\there", "-->"),
    *("```", "---", "a:::b", "x" * 80, "\u2028", "\x85", "\U0001f600", "same as x"),
]
TEXTS = [
    *("halves the image", "10 %", "%%{init: {'theme': 'dark'}}%%", "a: b", "true", "7"),
    *("two\nlines", "~", '"quoted"', "#35;", "```\n# heading", "-->", "\ufeff", " "),
]
UNARY = [
    *("Conv 8 k=3 p=1", "ReLU", "BN ReLU", "MaxPool 2", "Conv k=[1,3] p=[0,1] BN"),
    *("3 x Conv 8 k=1", "Conv 8 k=1, 2 x Conv 8 k=1", "Dropout 0.1", "Flatten"),
    *("Conv 2*width k=width//2", "Block", "Block 3, 2 x Block p=same", "Row 8 ReLU"),
    *("Reshape [-1,7,7]", "Linear (width-1)*2", "(width) x ReLU", "Upsample scale=3/2"),
]
SIZES = ["3*9*9", "8*_*_", "C*H*W", "(2*width)*H*(W//2)", "[_,7]", "16", "3x4x5"]
MODULES: dict[str, Value] = {
    "Block": {
        "about": "A block.",
        "params": {"k": Unquoted("1"), "p": "same"},
        "nodes": {"in": "Input", "conv": "Conv 8 k=k p=p", "out": "Output"},
        "edges": ["in -> conv -> out"],
    },
    "Row": {
        "params": {"n": Unquoted("~")},
        "label": [{"Conv n k=1": "_*9*9"}, "BN", "Two"],
    },
    "Two": {
        "nodes": {"a": "Input", "split": "Split 2 dim=1", "sum": "Sum"},
        "edges": ["a -> split", "split.1 -> sum", "split.0 -> sum"],
    },
    "Pair": {
        "nodes": {
            "left": "Input",
            "right": "Input",
            "one": "Output",
            "two": "Output",
            "sub": "Sub",
        },
        "edges": ["left -> sub", "right -> sub", "sub -> one", "left -> two"],
    },
}

label = st.sampled_from(UNARY) | st.lists(
    st.sampled_from(UNARY)
    | st.tuples(st.sampled_from(UNARY), st.sampled_from(SIZES)).map(
        lambda pair: {pair[0]: pair[1]}
    ),
    min_size=1,
    max_size=5,
)


@dataclass
class _Graph:
    """A graph that grows: names of nodes, and the ends that can be read."""

    nodes: dict[str, Value]
    edges: list[Value]
    ends: list[str]


@st.composite
def specs(draw: st.DrawFn) -> str:
    """Return the text of a spec, whose names and labels can be read."""
    name = st.sampled_from(NAMES) | st.text(min_size=1, max_size=8)
    usable = name.filter(lambda one: bool(one.strip()) and "." not in one[1:-1])
    names = draw(st.lists(usable, min_size=2, max_size=9, unique=True))
    graph = _Graph({names[0]: "Input"}, [], [names[0]])
    for one in names[1:]:
        _add(draw, graph, one)
    order = draw(st.permutations(list(graph.nodes)))
    spec: dict[str, Value] = {
        "graphc": Unquoted("1"),
        "model": draw(st.sampled_from(["Net", "Ärger", "A_b"])),
        "about": draw(st.sampled_from(TEXTS[:-1])),
        "source": draw(st.sampled_from(["arXiv:1602.07261", "1602.07261", "a % %% b"])),
        "params": {
            "width": Unquoted("4"),
            "rate": draw(st.sampled_from(["same", Unquoted("0.5"), Unquoted("1e-05")])),
            "axes": [Unquoted("1"), Unquoted("-2"), Unquoted("true"), "none"],
        },
        "reported": [{"data set": draw(st.sampled_from(TEXTS[:-1])), "top1": "18.80"}],
        "nodes": {key: graph.nodes[key] for key in order},
        "edges": graph.edges,
        "modules": MODULES,
    }
    return written(spec)


def _add(draw: st.DrawFn, graph: _Graph, name: str) -> None:
    kind = draw(st.sampled_from(["row", "row", "row", "join", "split", "pair", "attn"]))
    graph.ends.append(name)
    if kind == "row":
        _note(draw, graph, name, draw(label))
        _edge(draw, graph, name, "")
    elif kind == "join":
        _note(draw, graph, name, draw(st.sampled_from(["Concat dim=2", "Sum"])))
        for _ in range(draw(st.integers(2, 4))):
            _edge(draw, graph, name, "")
    elif kind == "split":
        _note(draw, graph, name, "Split 3 dim=1")
        _edge(draw, graph, name, "")
        graph.ends[-1:] = [f"{name}.{draw(st.integers(0, 2))}"]
    elif kind == "pair":
        _note(draw, graph, name, "Pair")
        _edge(draw, graph, name, draw(st.sampled_from([".right", ".1", ".left"])))
        _edge(draw, graph, name, "")
        graph.ends[-1:] = [f"{name}.two", f"{name}.0"]
    else:
        _note(draw, graph, name, "Attention 4")
        _edge(draw, graph, name, ".key")
        _edge(draw, graph, name, ".query")


def _note(draw: st.DrawFn, graph: _Graph, name: str, shown: Value) -> None:
    note = draw(st.none() | st.sampled_from(TEXTS))
    graph.nodes[name] = shown if note is None else {"label": shown, "note": note}


def _edge(draw: st.DrawFn, graph: _Graph, name: str, port: str) -> None:
    known = [end for end in graph.ends if end.split(".")[0] != name]
    source = EndText(draw(st.sampled_from(known or graph.ends[:1])), _NOWHERE)
    size = draw(st.none() | st.sampled_from(SIZES))
    edge = f"{source} -> {EndText(name + port, _NOWHERE)}"
    graph.edges.append(edge if size is None else {edge: size})
