"""Networks drawn at random of what passes rewrite, on maps of 4*6*6 throughout."""

from hypothesis import strategies as st

LAYERS = [
    *("Conv 4 k=1", "Conv 4 k=3 p=1 bias=false", "Conv 4 k=1 g=2 bias=false"),
    *("Conv 4 k=3 p=1 padding_mode=circular", "Conv 4 k=[1,3] p=same g=4"),
    *("ConvTranspose 4 k=1", "ConvTranspose 4 k=3 p=1 g=2", "3 x Conv 4 k=1"),
]
AROUND = [
    *("BN", "BN", "BN", "BN affine=false eps=0.01", "BN track_running_stats=false"),
    *("ReLU", "ReLU", "Dropout 0.1", "Identity", "2 x BN", "Dropout2d 0.2"),
    *("MaxPool k=3 s=1 p=1", "AvgPool k=3 s=1 p=1", "2 x Dropout"),
]
USES = [
    *("ConvBN 4", "ConvBN 4 kernel=3 padding=1", "ConvBN 2*2 bias=true", "Act"),
    *("2 x ConvBN 4", "Before", "Before padded=1", "Deep 4", "Deep 8//2 kernel=3"),
    *("Same", "2 x Same"),
]
SIZES = ["4*6*6", "_*6*6", "4*_*_", "C*6*6", "(D+1)*6*6"]
MODULES = """
  ConvBN:
    params: {out: ~, kernel: 1, padding: 0, bias: false, eps: 0.001}
    nodes: {in: Input, conv: Conv out k=kernel p=padding bias=bias, bn: BN eps=eps ReLU}
    edges: [in -> conv: C*H*W, conv -> bn: out*H*W]
  Act:
    label: [BN, ReLU: C*H*W, Dropout]
  Before:
    params: {padded: 0}
    nodes: {in: Input, bn: BN, conv: Conv 4 k=1+2*padded p=padded, end: Output}
    edges: [in -> bn -> conv -> end]
  Deep:
    params: {width: ~, kernel: 1}
    label: ConvBN width kernel=kernel padding=kernel//2, Dropout
  Same:
    nodes: {in: Input, conv: Conv k=1, bn: BN, o: Output}
    edges: [in -> conv: C*H*W, conv -> bn -> o: [C*H*W, C*H*W]]
"""


@st.composite
def networks(draw: st.DrawFn) -> str:
    """Return the text of a spec whose every tensor has the size 4*6*6."""
    model = _graph(draw, (*LAYERS, *AROUND, *USES, "Block", "2 x Block n=1", "Row"))
    opened = ("n x Conv 4 k=1", "n x Act", "n x BN")
    block = _graph(draw, (*LAYERS, *AROUND, *USES, *opened, "Row"), outputs=1)
    row = ", ".join(draw(_row((*LAYERS, *AROUND, "ConvBN 4", "Act"))))
    modules = (
        f"  Block:\n    params: {{n: 2}}\n{_indented(block)}  Row: {{label: '{row}'}}\n"
    )
    return f"graphc: 1\nmodel: Net\n{model}modules:{MODULES}{modules}"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def _row(terms: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(terms), min_size=1, max_size=4)


def _graph(draw: st.DrawFn, terms: tuple[str, ...], outputs: int = 0) -> str:
    """Return nodes and edges; ``outputs`` of them are drawn, or none."""
    nodes = {"n0": "Input"}
    edges: list[str] = []
    for number in range(1, draw(st.integers(2, 7))):
        name, kind = f"n{number}", draw(st.integers(0, 9))
        rows = [each for each, label in nodes.items() if "," in label]
        ends = [draw(st.sampled_from(list(nodes)))]
        if kind == 0:
            nodes[name] = "Sum"
            ends.append(draw(st.sampled_from(list(nodes)[:-1])))
        elif kind == 1 and rows:
            nodes[name] = f"same as {draw(st.sampled_from(rows))}"
        else:
            nodes[name] = ", ".join(draw(_row(terms)))
            ends = [f"n{number - 1}"] if draw(st.booleans()) else ends
        edges += [_edge(draw, end, name) for end in ends]
    if outputs:
        nodes["end"] = "Output"
        edges.append(_edge(draw, list(nodes)[-2], "end"))
    lines = [f"  {name}: '{label}'" for name, label in nodes.items()]
    return "\n".join(["nodes:", *lines, "edges:", *edges]) + "\n"


def _edge(draw: st.DrawFn, source: str, target: str) -> str:
    size = "4*6*6" if source == "n0" else draw(st.none() | st.sampled_from(SIZES))
    return f"  - {source} -> {target}" + (f": {size}" if size else "")
