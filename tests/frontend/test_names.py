"""Names of models, modules, parameters and nodes."""

import pytest
from spec_texts import body, found, only, sound

SIMPLE = "nodes: {i: Input, r: ReLU}, edges: [i -> r]"


def with_param(entry: str) -> str:
    return body("i: Input\nr: ReLU", "- i -> r: 3*9*9", head=f"params: {{{entry}}}")


@pytest.mark.parametrize(
    ("entry", "findings"),
    [
        ("class: 3", ["GC105 3:10"]),
        ("self: 3", ["GC105 3:10"]),
        ("true: 3", ["GC105 3:10"]),
        ("none: 3", ["GC105 3:10"]),
        ("_: 3", ["GC105 3:10"]),
        ("1a: 3", ["GC105 3:10"]),
        ("a-b: 3", ["GC105 3:10"]),
        ("Conv: 3", ["GC106 3:10"]),
        ("BatchNorm2d: 3", ["GC106 3:10"]),
        ("x: 3, match: 2, type: 4, Gr\u00f6\u00dfe: 1", []),
    ],
)
def test_parameters(entry: str, findings: list[str]) -> None:
    assert found(with_param(entry)) == findings


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("inception-v1", ("write `InceptionV1`",)),
        ("inception_v1", ("write `InceptionV1`",)),
        ("resnet", ("write `Resnet`",)),
        ("Inception-ResNet-A", ("write `InceptionResNetA`",)),
        ("18Layers", ()),
        ("None", ()),
    ],
)
def test_models_are_named_as_classes(name: str, help_: tuple[str, ...]) -> None:
    text = f"graphc: 1\nmodel: {name}\nnodes: {{i: Input, r: ReLU}}\nedges: [i -> r]\n"
    finding = only(text)
    assert (finding.code.name, finding.help) == ("GC105", help_)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Conv", "GC106"), ("ReLU6", "GC106"), ("Tiny", "GC106"), ("block", "GC105")],
)
def test_a_module_that_is_refused_is_missed_nowhere(name: str, code: str) -> None:
    text = body(
        f"i: Input\nr: 2 x {name if name != 'Tiny' else 'ReLU'}\no: Output",
        "- i -> r -> o",
        head=f"modules:\n  {name}: {{{SIMPLE}}}",
    )
    codes = [row.split()[0] for row in found(text)]
    assert codes == [code]


def test_a_parameter_called_like_a_module_points_at_both() -> None:
    text = body(
        "i: Input\nr: Block",
        "- i -> r: 3*9*9",
        head=f"params: {{Block: 1}}\nmodules:\n  Block: {{{SIMPLE}}}",
    )
    finding = only(text)
    assert finding.code.name == "GC106"
    assert [place.span.first.line for place in finding.related] == [5]


def test_keywords_and_quotes_are_names_of_nodes_like_any_other() -> None:
    names = ["class", "from", "None", "lambda", "match", "type", 'a"b', "a\\b"]
    network = sound(
        """\
        graphc: 1
        model: Chain
        nodes:
          image: Input
          class: Identity
          from: Identity
          None: Identity
          lambda: Identity
          match: Identity
          type: Identity
          a"b: Identity
          a\\b: Identity
        edges:
          - image -> class -> from -> None -> lambda -> match -> type
          - type -> a"b: 3*4*4
          - a"b -> a\\b
        """
    )
    assert list(network.model.graph.nodes) == ["image", *names]
    assert [edge.target for edge in network.model.graph.edges] == names


def test_names_that_torch_refuses_are_names_of_nodes_and_a_dot_is_part_of_one() -> None:
    names = ["to", "train", "training", "forward", "half", "T_destination", "norm.1"]
    nodes = "image: Input\n" + "\n".join(f"{name}: Identity" for name in names)
    network = sound(body(nodes, "- " + " -> ".join(["image", *names])))
    assert list(network.model.graph.nodes) == ["image", *names]
    last = network.model.graph.edges[-1]
    assert (last.target, last.input) == ("norm.1", 0)


def test_keys_keep_their_letters() -> None:
    network = sound(
        body("image: Input\n1: ReLU\nno: ReLU\n010: ReLU", "- image -> 1 -> no -> 010")
    )
    assert list(network.model.graph.nodes) == ["image", "1", "no", "010"]


def test_hostile_texts_stay_texts() -> None:
    text = (
        "graphc: 1\nmodel: Tiny\n"
        'about: "\\"\\"\\"\\nimport os  # \\u2028"\n'
        "nodes:\n  image: Input\n"
        '  "x\\"); open(\\"PWNED\\",\\"w\\").close() #": ReLU\n'
        '  "u\\u2028v\\rw": {op: ReLU, note: "{{ 7*7 }}"}\n'
        "edges:\n"
        '  - \'image -> "x\\"); open(\\"PWNED\\",\\"w\\").close() #"\'\n'
        '  - "image -> \\"u\\u2028v\\rw\\""\n'
    )
    network = sound(text)
    nodes = list(network.model.graph.nodes.values())
    assert nodes[1].name == 'x"); open("PWNED","w").close() #'
    assert nodes[2].name == "u\u2028v\rw"
    assert nodes[2].note == "{{ 7*7 }}"
    assert network.meta.about == '"""\nimport os  # \u2028'


@pytest.mark.parametrize(
    ("label", "findings"),
    [
        ("'__import__(\"os\").getcwd()'", ["GC201 5:20"]),
        ("{op: Conv, out: 3, kernel: \"3+0*len(open('PWNED','w').name)\"}",
         ["GC201 5:44"]),
        ("{op: '__import__(\"os\")'}", ["GC103 5:14"]),
    ],
)  # fmt: skip
def test_hostile_calculations_are_never_evaluated(
    label: str, findings: list[str]
) -> None:
    assert (
        found(body(f"image: Input\nnode: {label}", "- image -> node: 3*9*9"))
        == findings
    )
