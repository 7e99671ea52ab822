"""Scalars that are not what they look like, doubled keys and merges."""

import pytest
from spec_texts import body, found, only, run, sound

LONG = "i: Input\nn: {{op: Conv, out: 8, kernel: {}}}"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("010", "GC014"), ("08", "GC014"), ("1_000", "GC014"), ("1:30", "GC014"),
        ("yes", "GC014"), ("no", "GC014"), ("off", "GC014"), (".nan", "GC209"),
        (".inf", "GC209"), ("1e3000", "GC209"), ("9999999999999999999", "GC209"),
        ("1e3", None), ("1e-3", None), ("1.0e-3", None), ("0x10", None),
        ("+3", None), ("3", None), ("null", None), ("~", None), ("None", None),
        ("true", None), ("'010'", None), ("[1, 2, 3,]", None), ("nearest", None),
    ],
)  # fmt: skip
def test_defaults_mean_one_thing(written: str, code: str | None) -> None:
    text = body("i: Input\nr: ReLU", "- i -> r", head=f"params: {{a: {written}}}")
    _, findings = run(text)
    required = "GC103" if written in ("null", "~") else None
    expected = [one for one in (code, required) if one]
    if written == "08":
        expected = []
    assert [finding.code.name for finding in findings] == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e3", 1000.0),
        ("1e-3", 0.001),
        ("0x10", 16),
        ("0o10", 8),
        ("+3", 3),
        ("-3", -3),
        ("true", True),
        ("None", None),
        ("none", None),
        ("nearest", "nearest"),
        ("'3'", "3"),
        ("[1, [2, a]]", (1, (2, "a"))),
    ],
)
def test_the_values_of_defaults(written: str, value: object) -> None:
    head = f"params: {{a: {written}}}"
    (parameter,) = sound(body("i: Input\nr: ReLU", "- i -> r", head)).model.parameters
    assert parameter.default == value
    assert type(parameter.default) is type(value)


@pytest.mark.parametrize("written", ["010", "1_0", "yes", "1:30"])
def test_arguments_mean_one_thing(written: str) -> None:
    finding = only(body(LONG.format(written), "- i -> n: 3*99*99"))
    assert finding.code.name == "GC014"
    assert finding.place is not None
    assert finding.place.span.text == written
    assert finding.place.span.first.column == 33


@pytest.mark.parametrize("written", ["010", "1_000", "[3, 010, 9]"])
def test_sizes_mean_one_thing(written: str) -> None:
    text = body("i: Input\nr: ReLU", f"- i -> r: {written}")
    assert [row.split()[0] for row in found(text)] == ["GC014"]


def test_what_depends_on_a_default_that_is_refused_is_not_told() -> None:
    head = "params: {a: 010}"
    nodes = "i: Input\nc: Conv a k=1\nr: ReLU"
    finding = only(body(nodes, "- i -> c: 3*a*a\n- c -> r", head))
    assert finding.code.name == "GC014"


def test_a_parameter_of_the_model_needs_a_value() -> None:
    finding = only(body("i: Input\nl: Linear a", "- i -> l", "params: {a: ~}"))
    assert finding.code.name == "GC103"
    head = "modules:\n  M:\n    params: {a: ~}\n    nodes: {i: Input, l: Linear a}\n"
    network = sound(body("i: Input\nm: M 3", "- i -> m", f"{head}    edges: [i -> l]"))
    assert network.modules["M"].parameters[0].required


def test_a_key_given_twice_points_at_both() -> None:
    finding = only(body("i: Input\nc: ReLU\nc: BN", "- i -> c"))
    assert finding.code.name == "GC011"
    assert [place.span.first.line for place in finding.related] == [5]
    assert found(body("i: Input\nc: {op: Conv, k: 3, k: 4, out: 8}", "- i -> c")) == [
        "GC011 5:23"
    ]


@pytest.mark.parametrize("merged", ["{<<: *a, k: 5}", "{k: 5, <<: *a}"])
def test_a_key_beside_a_merge_wins(merged: str) -> None:
    nodes = f"i: Input\nx: &a {{op: Conv, out: 8, k: 3}}\ny: {merged}"
    graph = sound(body(nodes, "- i -> x -> y")).model.graph
    values = {arg.key: str(arg.value) for arg in graph.nodes["y"].terms[0].arguments}
    assert values == {"out": "8", "k": "5"}


def test_a_node_that_is_aliased_stands_where_it_is_written() -> None:
    nodes = "i: Input\nx: &a Conv 8 k=1\ny: *a"
    graph = sound(body(nodes, "- i -> x -> y")).model.graph
    assert graph.nodes["y"].terms[0].span.first.line == 5
    assert graph.nodes["y"].span.first.line == 6


def test_the_text_of_meta_is_kept_as_written() -> None:
    head = """\
        source: 1602.07261
        about: |
          two
          lines
        reported:
          - {dataset: ILSVRC 2012, crops: 144, top1 error: 18.80, empty: ''}
        """
    meta = sound(body("i: Input\nr: ReLU", "- i -> r", head)).meta
    assert (meta.source, meta.about) == ("1602.07261", "two\nlines\n")
    assert meta.reported[0].values == (
        ("dataset", "ILSVRC 2012"),
        ("crops", "144"),
        ("top1 error", "18.80"),
        ("empty", ""),
    )


@pytest.mark.parametrize(
    ("head", "findings"),
    [
        ("source: [a]", ["GC103 3:9"]),
        ("about:", ["GC103 3:7"]),
        ("reported: {a: 1}", ["GC103 3:11"]),
        ("reported: [a, b: {c: 1}]", ["GC103 3:12", "GC103 3:18"]),
        ("reported:\nmodules:\nparams:", []),
        ("params: [a]", ["GC103 3:9"]),
        ("modules: [a]", ["GC103 3:10"]),
        ("modules: {B: {about: [], nodes: {i: Input}}}", ["GC103 3:22"]),
        ("modules: {Block: ReLU}", ["GC103 3:18"]),
    ],
)
def test_sections_of_another_kind(head: str, findings: list[str]) -> None:
    rows = found(body("i: Input\nr: ReLU", "- i -> r", head))
    assert [row for row in rows if "GC118" not in row] == findings


@pytest.mark.parametrize(
    ("edge", "shapes"),
    [
        ("- i -> a: 3*4*4", ["3*4*4"]),
        ("- i -> a: 3x4x4", ["3*4*4"]),
        ("- i -> a: [3, 4, 4]", ["3*4*4"]),
        ("- i -> a: [C, H//2, _]", ["C*(H//2)*_"]),
        ("- i -> a: 1792", ["1792"]),
        ("- i -> a: _", ["None"]),
        ("- i -> a", ["None"]),
        ("- i -> a -> b", ["None", "None"]),
        ("- i -> a -> b: [64*7*7, _]", ["64*7*7", "None"]),
        ("- i -> a -> b: [[64, 7, 7], 64]", ["64*7*7", "64"]),
        ("- {'i -> a': 3*4*4}", ["3*4*4"]),
    ],
)
def test_sizes_as_written(edge: str, shapes: list[str]) -> None:
    rest = [] if "-> b" in edge else ["- a -> b"]
    graph = sound(
        body("i: Input\na: ReLU\nb: ReLU", "\n".join([edge, *rest]))
    ).model.graph
    written = [str(one.shape) for one in graph.edges[: len(shapes)]]
    assert written == shapes


@pytest.mark.parametrize(
    ("edge", "findings"),
    [
        ("- i -> a -> b: 3*4*4", ["GC115 8:18"]),
        ("- i -> a -> b: [3*4*4]", ["GC115 8:18"]),
        ("- i -> a -> b: [3*4*4, _, _]", ["GC115 8:18"]),
        ("- i -> a -> b: [3*4*4, 3*0]", ["GC116 8:28"]),
        ("- i -> a -> b: [3*4*4, {a: 1}]", ["GC103 8:26"]),
        ("- i -> a:\n- a -> b", ["GC116 8:12"]),
        ("- i -> a: ''\n- a -> b", ["GC116 8:14"]),
        ("- i -> a: []\n- a -> b", ["GC116 8:13"]),
        ("- i -> a: [3, [4]]\n- a -> b", ["GC103 8:17"]),
        ("- i -> a: true\n- a -> b", ["GC116 8:13"]),
        ("- i -> a: 3\n  a -> b: 3", ["GC107 9:5"]),
        ("- [i, a]\n- i -> a -> b", ["GC103 8:5"]),
        ("-\n- i -> a -> b", ["GC103 8:4"]),
        ("- 3\n- i -> a -> b", ["GC107 8:5"]),
    ],
)
def test_sizes_and_edges_that_cannot_be_read(edge: str, findings: list[str]) -> None:
    assert found(body("i: Input\na: ReLU\nb: ReLU", edge)) == findings
