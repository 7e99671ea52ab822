"""Every command takes a document, and tells of it what it tells of its spec."""

import json
import re
from math import prod
from pathlib import Path

import pytest
from commands import graphc as run_graphc
from commands import spec
from documents import OPEN, SEVERAL, TINY, WRONG

import graphc
from graphc.cli import main

PLACES = re.compile(r":\d+:\d+")
COMMANDS = [
    ("build", "-o", "-"),
    ("render", "-T", "dot", "-o", "-"),
    ("render", "-T", "dot", "-o", "-", "--module", "Residual"),
    ("render", "-T", "dot", "-o", "-", "--unroll"),
    ("render", "-T", "mermaid", "-o", "-"),
    ("summary",),
    ("summary", "--format", "json"),
    ("table",),
    ("sizes",),
    ("verify",),
    ("gallery",),
]
MAKING = [("build", "-o", "-"), ("summary",), ("table",), ("sizes",), ("verify",)]


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return a document, and the spec that was imported from it."""
    monkeypatch.chdir(tmp_path)
    document, imported = Path("net.md"), Path("net.yaml")
    document.write_text(TINY, encoding="utf-8")
    assert main(["import", "net.md", "-o", "net.yaml"]) == 0
    return document, imported


def told(capsys: pytest.CaptureFixture[str]) -> str:
    out = capsys.readouterr().out
    return PLACES.sub("", out).replace("net.md", "NET").replace("net.yaml", "NET")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_document_and_its_spec_give_the_same(
    command: tuple[str, ...],
    pair: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    name, *options = command
    capsys.readouterr()
    outputs = []
    for path in pair:
        assert main([name, str(path), *options]) == 0
        outputs.append(told(capsys))
    assert outputs[0] == outputs[1]
    assert outputs[0]


def test_weights_are_compared_with_a_document(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    document = pair[0]
    shapes = graphc.load(document).state_dict_shapes()
    assert "body.1.conv.weight" in shapes
    header, data = {}, b""
    for key, shape in shapes.items():
        size = 4 * prod(map(int, map(str, shape)))
        offsets = [len(data), len(data) + size]
        sizes = [int(str(dim)) for dim in shape]
        header[key] = {"dtype": "F32", "shape": sizes, "data_offsets": offsets}
        data += bytes(size)
    text = json.dumps(header).encode()
    weights = Path("net.safetensors")
    weights.write_bytes(len(text).to_bytes(8, "little") + text + data)
    assert main(["weights", str(document), str(weights)]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("command", MAKING, ids=" ".join)
def test_a_document_with_a_wrong_size_gives_nothing_but_its_report(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG, "wrong.md")
    name, *options = command
    assert main([name, str(path), *options]) == 1
    said = "".join(capsys.readouterr())
    assert said.count("GC301") == 1
    assert f"{path}:7:" in said


@pytest.mark.parametrize("command", MAKING, ids=" ".join)
def test_what_a_figure_leaves_open_is_an_error_where_something_is_made_of_it(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, OPEN, "open.md")
    name, *options = command
    assert main(["check", str(path)]) == 0
    assert "warning[GC506]" in capsys.readouterr().out
    assert main([name, str(path), *options]) == 1
    assert "error[GC506]" in "".join(capsys.readouterr())


@pytest.mark.parametrize("command", MAKING, ids=" ".join)
def test_of_several_networks_each_command_takes_the_one_that_is_named(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SEVERAL, "several.md")
    name, *options = command
    assert main([name, str(path), *options]) != 0
    assert "GC509" in "".join(capsys.readouterr())
    assert main([name, str(path), *options, "--model", "Second"]) == 0
    assert "First" not in capsys.readouterr().out


@pytest.mark.parametrize("command", MAKING, ids=" ".join)
def test_a_document_comes_from_standard_input(command: tuple[str, ...]) -> None:
    name, *options = command
    run = run_graphc(name, "-", *options, stdin=TINY.encode())
    assert (run.code, run.err.count("error")) == (0, 0)


def test_the_library_takes_a_document(tmp_path: Path) -> None:
    path = spec(tmp_path, TINY, "tiny.md")
    loaded = graphc.load(path)
    assert loaded.ok
    assert [one.message for one in loaded.check()] == []
    assert loaded.summary().total.parameters == 1482
    assert "class TinyNet(nn.Module):" in loaded.code()
