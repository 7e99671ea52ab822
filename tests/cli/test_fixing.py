"""``graphc check --fix``, ``--annotate`` and ``--diff`` as they are called."""

import json
from pathlib import Path

import pytest
from commands import graphc, spec

from graphc import load
from graphc.cli import main

SOUND = """\
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 64 k=3 s=2, act: ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*147*147
  - conv -> act: 64*73*73
  - act -> next: 64*73*73
"""
WRONG = SOUND.replace("act: 64*73*73", "act: 64*74*74")
BARE = SOUND.replace("act: 64*73*73", "act")
LEFT = WRONG.replace("next: 64*73*73", "next")
DIFF = """\
@@ -3,5 +3,5 @@
 nodes: {image: Input, conv: Conv 64 k=3 s=2, act: ReLU, next: Conv 8 k=1}
 edges:
   - image -> conv: 3*147*147
-  - conv -> act: 64*74*74
+  - conv -> act: 64*73*73
   - act -> next: 64*73*73
"""


def test_a_fix_is_written_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG)
    assert main(["check", "--fix", str(path)]) == 0
    told = (
        f"{path}: fixed 1 size\n{path}: 3 sizes in 1 graph, 1 instance: all sizes hold"
    )
    assert capsys.readouterr() == (f"{told}\n", "")
    assert path.read_text() == SOUND


def test_missing_sizes_are_written_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, BARE)
    assert main(["check", "--fix", "--annotate", str(path)]) == 0
    assert f"{path}: added 1 size\n" in capsys.readouterr().out
    assert path.read_text() == SOUND


def test_a_check_tells_what_could_be_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(spec(tmp_path, WRONG))]) == 1
    assert "\n1 size can be fixed with `--fix`\n" in capsys.readouterr().out
    assert main(["check", str(spec(tmp_path, LEFT))]) == 1
    assert "--fix" not in capsys.readouterr().out


def test_what_is_left_decides_the_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, LEFT)
    assert main(["check", "--fix", str(path)]) == 1
    assert "error[GC301]" in capsys.readouterr().out
    assert path.read_text() == LEFT


def test_a_difference_is_shown_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG)
    assert main(["check", "--diff", str(path)]) == 1
    shown = capsys.readouterr()
    assert shown.out == f"--- {path}\n+++ {path}\n{DIFF}"
    assert f"{path}: would fix 1 size\n" in shown.err
    assert path.read_text() == WRONG


def test_without_a_difference_nothing_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--diff", "--annotate", str(spec(tmp_path, SOUND))]) == 0
    assert capsys.readouterr().out == ""


def test_standard_input_is_handed_on_put_right() -> None:
    run = graphc("check", "--fix", "-", stdin=WRONG.replace("\n", "\r\n").encode())
    assert (run.code, run.out) == (0, SOUND.replace("\n", "\r\n"))
    assert "fixed 1 size" in run.err


def test_a_file_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG)
    assert main(["check", "--fix", str(tmp_path / "none.yaml"), str(path)]) == 2
    assert "GC001" in capsys.readouterr().out
    assert path.read_text() == SOUND


def test_json_has_the_edits_of_what_can_be_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG)
    assert main(["check", "--format", "json", str(path)]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    places = [
        (fix["line"], fix["column"], fix["end_column"]) for fix in finding["fixes"]
    ]
    assert places == [(6, 21, 23), (6, 24, 26)]
    assert {fix["text"] for fix in finding["fixes"]} == {"73"}


def test_an_imported_file_is_left_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = SOUND.replace("model: Case\n", "").replace("image", "input")
    lines = block.replace("Input,", "Input, output: Output,").splitlines()[1:]
    inner = "".join(f"    {line}\n" for line in [*lines, "  - next -> output"])
    wrong = inner.replace("act: 64*73*73", "act: 64*74*74")
    library = spec(tmp_path, f"graphc: 1\nmodules:\n  Block:\n{wrong}", "lib.yaml")
    user = spec(
        tmp_path,
        "graphc: 1\nmodel: Case\nimports: {lib.yaml: [Block]}\n"
        "nodes: {image: Input, block: Block}\nedges: [image -> block: 3*147*147]\n",
    )
    assert main(["check", "--fix", str(user)]) == 1
    assert f"{library}: it has sizes that can be fixed" in capsys.readouterr().out
    assert main(["check", "--fix", str(tmp_path)]) == 0
    assert library.read_text() == f"graphc: 1\nmodules:\n  Block:\n{inner}"


def test_a_spec_in_python_is_put_right(tmp_path: Path) -> None:
    wrong = load(spec(tmp_path, WRONG))
    assert not wrong.ok
    assert wrong.fix().ok
    assert Path(wrong.file).read_text() == SOUND
