"""``graphc import``: from a document to a spec."""

import json
import re
from pathlib import Path

import pytest
from commands import IRV1, SOUND, graphc, spec
from documents import OPEN, SEVERAL, TINY, WRONG

from graphc.cli import main
from graphc.diagnostics import Sink
from graphc.reading import Mapping, Scalar, compose
from graphc.source import Source

WRITTEN = """\
graphc: 1
model: TinyNet

nodes:
  image: Input
  conv: Conv k=3 ReLU
  body: 2 x Residual
  head: Conv 10 k=1
edges:
  - image -> conv: 3*9*9
  - conv -> body: 8*7*7
  - body -> head: 8*7*7

modules:
  Residual:
    nodes:
      input: Input
      conv: Conv k=3 p=1 ReLU
      sum: Sum
      output: Output
    edges:
      - input -> conv
      - conv -> sum: 8*7*7
      - input -> sum
      - sum -> output
"""


def test_the_spec_goes_to_standard_output_and_reports_beside_it(tmp_path: Path) -> None:
    path = spec(tmp_path, TINY, "tiny.md")
    run = graphc("import", path)
    assert run.code == 0
    assert run.out == WRITTEN
    assert run.err.endswith("wrote to standard output\n")


def test_a_document_from_standard_input() -> None:
    run = graphc("import", "-", stdin=TINY.encode())
    assert run.code == 0
    assert run.out == WRITTEN


def test_the_written_spec_builds_what_the_document_builds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, TINY, "tiny.md")
    output = tmp_path / "specs" / "tiny.yaml"
    assert main(["import", str(path), "-o", str(output)]) == 0
    assert f"wrote {output}" in capsys.readouterr().out
    assert output.read_text(encoding="utf-8") == WRITTEN
    assert main(["check", str(output)]) == 0
    assert main(["build", str(output), "-o", "-"]) == 0
    built = capsys.readouterr().out
    assert main(["build", str(path), "-o", "-"]) == 0
    drawn = capsys.readouterr().out
    assert drawn.replace("tiny.md", "tiny.yaml") in built


def test_a_wrong_size_is_reported_in_the_document_and_written_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG, "tiny.md")
    output = tmp_path / "tiny.yaml"
    assert main(["import", str(path), "-o", str(output)]) == 1
    told = capsys.readouterr().out
    assert "error[GC301]" in told
    assert f"{path}:7:" in told
    assert f"1 error: wrote {output}" in told
    assert "conv -> body: 8*7*6" in output.read_text(encoding="utf-8")


def test_what_a_label_leaves_open_is_told_where_it_stands_in_the_spec(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, OPEN, "open.md")
    output = tmp_path / "open.yaml"
    assert main(["check", str(path)]) == 0
    capsys.readouterr()
    assert main(["import", str(path), "-o", str(output)]) == 1
    told = capsys.readouterr().out
    assert f"{output}:7:9" in told
    assert "GC506" not in told
    assert "body: Magic 3" in output.read_text(encoding="utf-8")


def test_of_several_networks_one_has_to_be_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SEVERAL, "several.md")
    assert main(["import", str(path)]) != 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "GC509" in told.err
    assert "--model" in told.err
    assert main(["import", str(path), "--model", "Second"]) == 0
    assert "model: Second\n" in capsys.readouterr().out
    assert main(["import", str(path), "--model", "Secnod"]) != 0
    assert "did you mean `Second`?" in capsys.readouterr().err


def test_a_document_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, TINY, "tiny.md")
    assert main(["import", str(path), "-o", str(path)]) == 2
    assert "GC401" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == TINY


def test_a_spec_is_no_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SOUND)
    assert main(["import", str(path), "-o", str(tmp_path / "new.yaml")]) == 2
    assert "GC561" in capsys.readouterr().out
    assert not (tmp_path / "new.yaml").exists()


@pytest.mark.parametrize("text", ["", "# Words\n\nand no diagram\n"])
def test_a_document_without_a_network_gives_no_spec(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, text, "words.md")
    assert main(["import", str(path), "-o", str(tmp_path / "new.yaml")]) != 0
    assert "GC508" in capsys.readouterr().out
    assert not (tmp_path / "new.yaml").exists()


def test_a_document_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["import", str(tmp_path / "none.md"), "--format", "json"]
    assert main([*command, "-o", str(tmp_path / "new.yaml")]) == 2
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["code"] for one in found] == ["GC001"]


def parts(text: str) -> list[str]:
    return text.strip().split("\n\n")


def test_a_spec_drawn_as_diagrams_comes_back_as_its_own_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "irv1.md"
    assert main(["render", str(IRV1), "-T", "mermaid", "-o", str(document)]) == 0
    capsys.readouterr()
    assert main(["import", str(document)]) == 0
    text = IRV1.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^#.*\n\n?|[ ]+#.*$", "", text)
    # The modules come back in the order of their use.
    assert sorted(parts(capsys.readouterr().out)) == sorted(parts(text))


HOSTILE = [
    "`&quot;: yes`",
    "#35;x: 1",
    "<script>alert(1)</script>",
    "{{ x }} %d \\n &lt;b&gt;",
    "- a\u2028b",
    "图层 \U0001f600",
]


@pytest.mark.parametrize("label", HOSTILE, ids=ascii)
def test_text_of_a_document_is_data_in_the_spec(
    label: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, OPEN.replace("Magic 3", label), "open.md")
    output = tmp_path / "open.yaml"
    assert main(["import", str(path), "-o", str(output)]) == 1
    assert f"{output}:7:" in capsys.readouterr().out
    sink = Sink()
    root = compose(Source("open.yaml", output.read_text(encoding="utf-8")), sink)
    assert not sink.failed
    assert isinstance(root, Mapping)
    nodes = root.get("nodes")
    assert isinstance(nodes, Mapping)
    assert [entry.name for entry in nodes.entries] == ["image", "conv", "body", "head"]
    assert isinstance(nodes.get("body"), Scalar)
