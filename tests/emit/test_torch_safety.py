"""Names and texts of any kind: they stay data, and give code that runs."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch_specs import chain, code, loaded, sized, spec

from graphc.emit.torch.load import load, module
from graphc.emit.torch.names import ATTRIBUTES

KEYWORDS = ["class", "from", "None", "lambda", "match", "type", 'a"b', "a\\b"]
RESERVED = [
    "type",
    "to",
    "train",
    "training",
    "forward",
    "half",
    "children",
    "T_destination",
    "norm.1",
    "weight",
    "bias",
    "name",
    "class",
]
HOSTILE = [
    'x"); open("PWNED","w").close() #',
    '"""\nimport os\nopen("PWNED", "w")',
    "a\u2028open('PWNED', 'w')\rb",
    "{{ ''.__class__ }}{% raw %}",
    "'''\\",
]


def _row(names: list[str], label: str) -> str:
    """Return a spec of nodes with these names in a row, as JSON, which YAML holds."""
    nodes = {"image": "Input", **dict.fromkeys(names, label)}
    ends = ["image", *names]
    quoted = [_quoted(end) for end in ends]
    edges = [{f"{quoted[0]} -> {quoted[1]}": "4*8*8"}]
    edges += [f"{one} -> {other}" for one, other in pairwise(quoted[1:])]
    tree = {"graphc": 1, "model": "Net", "nodes": nodes, "edges": edges}
    return json.dumps(tree, ensure_ascii=False)


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def test_identities_of_awkward_names() -> None:
    net = loaded(_row(KEYWORDS, "Identity")).Net()
    x = torch.rand(2, 4, 8, 8)
    assert torch.equal(net(x), x)


def test_names_that_a_module_refuses() -> None:
    net = loaded(_row(RESERVED, "Conv 4 k=1 bias=false")).Net().eval()
    assert net(torch.rand(2, 4, 8, 8)).shape == (2, 4, 8, 8)
    assert [key.removesuffix(".weight") for key in net.state_dict()] == [
        "type_",
        "to_",
        "train_",
        "training_",
        "forward_",
        "half_",
        "children_",
        "T_destination_",
        "norm_1",
        "weight",
        "bias",
        "name",
        "class_",
    ]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_are_shown_and_never_run(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tree = json.loads(_row(["conv"], "Conv 4 k=1"))
    tree |= {"about": hostile, "source": hostile}
    tree["nodes"]["conv"] = {"label": "Conv 4 k=1", "note": hostile}
    tree["reported"] = [{"dataset": hostile, "top1": hostile}]
    text = json.dumps(tree)
    network = sized(text)
    module(network)(torch.rand(1, 4, 8, 8))
    assert not (tmp_path / "PWNED").exists()
    assert "PWNED" not in hostile or "PWNED" in code(text)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_give_code_that_runs(
    hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    net = loaded(_row([hostile, "plain"], "Conv 4 k=1")).Net()
    net(torch.rand(1, 4, 8, 8))
    assert not (tmp_path / "PWNED").exists()


NAMES = st.lists(
    st.one_of(
        st.text("ab_.1-", min_size=1, max_size=4),
        st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=5),
        st.sampled_from(sorted(ATTRIBUTES)),
        st.sampled_from(["x", "input", "layer", "logits", "F", "nn", "torch", "self"]),
    ),
    unique=True,
    min_size=2,
    max_size=6,
).filter(lambda names: "image" not in names)


@settings(max_examples=40, deadline=None)
@given(NAMES)
def test_any_names_give_distinct_keys(names: list[str]) -> None:
    source = code(_row(names, "PReLU"))
    compile(source, "net.py", "exec")
    with torch.device("meta"):
        net = load(source).Net()
    assert len(net.state_dict()) == len(names)
    assert net(torch.zeros(1, 4, 8, 8, device="meta")).shape == (1, 4, 8, 8)


def test_a_network_may_be_called_like_what_the_file_imports() -> None:
    text = spec("x: Input\na: Conv\n", "- x -> a: 4*8*8").replace("Net", "Tensor")
    text = text.replace("a: Conv\n", "a: Linear 3\n")
    net = loaded(text).Tensor_()
    assert net(torch.zeros(1, 4, 8, 8)).shape == (1, 4, 8, 3)


def test_parameters_of_any_name() -> None:
    head = "params: {type: 4, drop: 0.5, nn: 3, W: 2}\n"
    text = chain(["Conv type k=nn p=W-1", "Dropout drop"], "3*8*8", head)
    net = loaded(text).Net(type_=6, drop=0.25, nn_=5, w=3)
    assert net(torch.zeros(1, 3, 8, 8)).shape == (1, 6, 8, 8)
    assert net.n1.p == 0.25
