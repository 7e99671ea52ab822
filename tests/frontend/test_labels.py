"""Labels in one line, in the long form, and as a list."""

import pytest
from spec_texts import body, found, only, sound

from graphc.ir import Op

HEAD = "params: {k: 3, mode: nearest-exact}"


def texts(label: str, head: str = HEAD) -> list[str]:
    """Return the terms of a node that is written so, as text."""
    text = body(f"i: Input\nn: {label}", "- i -> n: 8*99*99", head)
    terms = sound(text).model.graph.nodes["n"].terms
    return [f"{t.repeat} x {t.text}" if t.repeat else t.text for t in terms]


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("{op: Conv, kernel: 3, stride: 2}", "Conv kernel=3 stride=2"),
        ("{op: Conv, kernel: 2*k}", "Conv kernel=2*k"),
        ("{op: Conv, kernel: '2*k'}", "Conv kernel=2*k"),
        ("{op: Conv, kernel: [1, k], p: [0, 1]}", "Conv kernel=[1,k] p=[0,1]"),
        ("{op: Conv, k: 1, bias: false}", "Conv k=1 bias=false"),
        ("{op: Conv, k: 1, p: same}", "Conv k=1 p=same"),
        ("{op: Conv, k: 0x3, repeat: 5}", "5 x Conv k=3"),
        ("{op: ReLU, repeat: 2*k}", "(2*k) x ReLU"),
        ("{op: LeakyReLU, slope: 1e-3}", "LeakyReLU slope=0.001"),
        ("{op: Reshape, shape: [-1, 4]}", "Reshape shape=[-1,4]"),
        ("{op: Upsample, scale: 2, mode: nearest-exact}",
         'Upsample scale=2 mode="nearest-exact"'),
        ("{op: Upsample, scale: 2, mode: mode}", "Upsample scale=2 mode=mode"),
        ("{op: Attention, num_heads: 2, note: it attends}", "Attention num_heads=2"),
        ("{label: Conv k=1 ReLU, note: hi}", "Conv k=1 ReLU"),
        ("[Conv k=1 BN, {op: ReLU}]", "Conv k=1 BN ReLU"),
        ("{label: [Conv k=1, BN]}", "Conv k=1 BN"),
    ],
)  # fmt: skip
def test_the_long_form_means_the_same(long: str, short: str) -> None:
    short = short.replace("(2*k) x ", "2*k x ")
    assert " ".join(texts(long)) == short


def test_a_word_with_a_hyphen_is_one_where_it_is_a_choice() -> None:
    assert texts("Upsample scale=2 mode=nearest-exact") == [
        'Upsample scale=2 mode="nearest-exact"'
    ]


@pytest.mark.parametrize("text", ["drawn so: it is", "42", "'42'", "yes", "1602.07261"])
def test_notes_are_kept_as_written(text: str) -> None:
    label = f"\n  op: ReLU\n  note: {text}" if ":" not in text else None
    label = label or f"{{op: ReLU, note: '{text}'}}"
    network = sound(body(f"i: Input\nn: {label}", "- i -> n"))
    assert network.model.graph.nodes["n"].note == text.strip("'")


@pytest.mark.parametrize(
    ("label", "findings"),
    [
        ("{kernel: 3}", ["GC102 6:6"]),
        ("{}", ["GC102 6:6"]),
        ("[]", ["GC201 6:6"]),
        ("[[ReLU]]", ["GC103 6:7"]),
        ("{op: Conv k=3, out: 3}", ["GC103 6:11"]),
        ("{op: [Conv], out: 3}", ["GC103 6:11"]),
        ("{op: 3}", ["GC103 6:11"]),
        ("{op: Cnov, out: 3}", ["GC202 6:11"]),
        ("{label: ReLU, kernel: 3}", ["GC101 6:20"]),
        ("{label: ReLU, op: ReLU}", ["GC101 6:20"]),
        ("{label: {label: ReLU}}", ["GC103 6:14"]),
        ("{op: Conv, out: 8, kernel: {a: 1}}", ["GC103 6:33"]),
        ("{op: Conv, out: 8, kernel: }", ["GC103 6:32"]),
        ("{op: Conv, out: 8, kernel: 3 3}", ["GC201 6:35"]),
        ("{op: Conv, out: 8, kernel: .nan}", ["GC209 6:33"]),
        ("{op: ReLU, note: [a]}", ["GC103 6:23"]),
        ("{op: ReLU, repeat: n}", ["GC208 6:25"]),
        ("[ReLU, Cnov 3, BN]", ["GC202 6:13"]),
        ("[ReLU, 3]", ["GC103 6:13"]),
    ],
)
def test_long_forms_that_cannot_be_read(label: str, findings: list[str]) -> None:
    text = body(f"i: Input\nn: {label}", "- i -> n: 8*99*99", head="params: {k: 3}")
    assert found(text) == findings


@pytest.mark.parametrize(
    ("label", "findings"),
    [
        ("Conv 4*widht k=1", ["GC208 6:13"]),
        ("Conv widht k=1", ["GC208 6:11"]),
        ("Conv 8 k=[1,widht]", ["GC208 6:18"]),
        ("Conv 8 k=[1,2*h]", ["GC208 6:20"]),
        ("n x ReLU", ["GC208 6:6"]),
        ("Conv width k=1 p=same bias=false", []),
        ("Linear none", []),
        ("Upsample scale=2 mode=anything", []),
        ("Conv widht k=h+1", ["GC208 6:11", "GC208 6:19"]),
    ],
)
def test_names_in_arguments(label: str, findings: list[str]) -> None:
    head = "params: {width: 8}"
    assert found(body(f"i: Input\nn: {label}", "- i -> n: 8*9*9", head)) == findings


def test_parameters_of_the_model_are_not_in_reach_of_a_module() -> None:
    head = """\
        params: {width: 8}
        modules:
          Block:
            params: {depth: 3}
            nodes: {i: Input, c: Conv 2*width k=1}
            edges: [i -> c]
        """
    finding = only(body("i: Input\nb: Block", "- i -> b", head))
    assert finding.code.name == "GC208"
    assert finding.help == ("in reach: `depth`",)


def test_a_word_is_a_value_of_a_module() -> None:
    head = """\
        modules:
          Block:
            params: {pad: same}
            nodes: {i: Input, c: Conv 8 k=3 p=pad}
            edges: [i -> c]
        """
    sound(body("i: Input\nb: Block valid\nc: Block pad=same", "- i -> b -> c", head))


def test_terms_know_where_they_stand() -> None:
    text = body(
        "i: Input\nn: 'Conv 8 k=1  2 x ReLU'\nm: {op: BN, eps: 1e-3}", "- i -> n -> m"
    )
    text = text.replace("k=1  2", "k=1, 2")
    nodes = sound(text).model.graph.nodes
    first, second = nodes["n"].terms
    assert (first.span.text, second.span.text) == ("Conv 8 k=1", "2 x ReLU")
    assert second.name_span.first.column == 23
    long = nodes["m"].terms[0]
    assert long.name_span.text == "BN"
    assert long.arguments[0].span.text == "eps: 1e-3"
    assert long.arguments[0].value.span.text == "1e-3"
    assert isinstance(long.target, Op)


def test_a_module_with_the_nearest_name_is_suggested() -> None:
    head = "modules:\n  InceptionResNetA: {nodes: {i: Input, r: ReLU}, edges: [i -> r]}"
    nodes = "i: Input\na: InceptionResnetA\nb: InceptionResNetA"
    finding = only(body(nodes, "- i -> a -> b", head))
    assert finding.code.name == "GC202"
    assert finding.help == ("did you mean `InceptionResNetA`?",)
