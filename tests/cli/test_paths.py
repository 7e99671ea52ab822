"""What the command takes: files, folders, documents and standard input."""

import json
from pathlib import Path

import pytest
from commands import SOUND, WRONG_SIZE, graphc, spec

from graphc.cli import main

CHART = """\
flowchart TD
  image["Input"] -->|"3*32*32"| conv["Conv 8 k=3"]
  conv -->|"8*30*30"| relu["ReLU"]
  relu -->|"8*30*30"| norm["BN"]
"""
WRONG_CHART = CHART.replace("8*30*30", "8*30*31", 1)
DOCUMENT = f"""\
# Small nets

## Stem

```mermaid
{CHART}```

## Talk

```mermaid
sequenceDiagram
  a->>b: hello
```
"""
PROSE = "# Notes\n\nNothing is drawn here.\n"


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_a_folder_is_checked_with_all_that_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("b/deep", ".hidden", "node_modules", "env", "__pycache__"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "env" / "pyvenv.cfg").touch()
    left_out = (".hidden", "node_modules", "env", "__pycache__")
    for folder in (
        tmp_path,
        tmp_path / "b" / "deep",
        *map(tmp_path.joinpath, left_out),
    ):
        spec(folder, SOUND)
    spec(tmp_path, DOCUMENT, "b/README.md")
    spec(tmp_path, CHART, "a.mmd")
    spec(tmp_path, PROSE, "notes.md")
    spec(tmp_path, "services: {web: {image: x}}\n", "compose.yml")
    spec(tmp_path, "not: [a, spec\n", "broken.yaml")
    (tmp_path / "data.yaml").write_bytes(b"\xff\xfe\x00binary\x00")
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "."]) == 0
    lines = told(capsys)
    files = [line.split(": ")[0] for line in lines[:-1]]
    assert files == ["a.mmd", "b/README.md", "b/deep/tiny.yaml", "tiny.yaml"]
    assert (
        lines[-1] == "4 files, 4 networks, 10 sizes, 1 diagram skipped: all sizes hold"
    )


def test_a_file_that_is_named_twice_is_checked_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SOUND)
    (tmp_path / "again.yaml").symlink_to(path)
    paths = [path, tmp_path, tmp_path / ".." / tmp_path.name / path.name]
    assert main(["check", *map(str, paths)]) == 0
    assert len(told(capsys)) == 1


def test_each_network_of_a_document_has_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = f"\n## Head\n\n```mermaid\n{WRONG_CHART}```\n"
    path = spec(tmp_path, DOCUMENT + more, "README.md")
    assert main(["check", str(path)]) == 1
    lines = told(capsys)
    place = next(line for line in lines if "-->" in line)
    assert place.strip() == f"--> {path}:24:13"
    assert lines[-3:] == [
        f"{path}: Stem: 3 sizes in 1 graph, 1 instance: all sizes hold",
        f"{path}: Head: 3 sizes in 1 graph, 1 instance: 1 error",
        "1 file, 2 networks, 6 sizes, 1 diagram skipped: 1 error",
    ]


def test_verbose_tells_what_is_skipped_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, DOCUMENT, "README.md")
    assert main(["check", "-v", str(path)]) == 0
    skipped = [line for line in told(capsys) if ": skipped: " in line]
    assert len(skipped) == 1
    assert skipped[0].startswith(f"{path}:1")
    assert skipped[0].endswith(": skipped: a sequence diagram")


@pytest.mark.parametrize("text", [PROSE, "# A talk\n\n```mermaid\npie\n```\n"])
def test_a_check_of_nothing_does_not_look_green(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, text, "notes.md")
    for named in (path, tmp_path):
        assert main(["check", str(named)]) == 2
        lines = told(capsys)
        assert lines[0].startswith("error[GC571]: ")
        assert lines[-1].endswith("1 error")
    sound = spec(tmp_path, SOUND)
    assert main(["check", str(path), str(sound)]) == 0
    (tmp_path / "empty").mkdir()
    assert main(["check", str(sound), str(tmp_path / "empty")]) == 2


@pytest.mark.parametrize(
    ("text", "name"), [(SOUND, "Tiny"), (CHART, ""), (DOCUMENT, "Stem")]
)
def test_standard_input_is_told_by_what_is_in_it(text: str, name: str) -> None:
    run = graphc("check", "-", stdin=text.encode())
    assert (run.code, run.err) == (0, "")
    assert "all sizes hold" in run.out
    assert name in run.out or name == "Tiny"


def test_what_is_told_beats_what_a_name_tells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG_CHART, "stem.txt")
    assert main(["check", "--as", "mermaid", str(path)]) == 1
    assert main(["check", str(path)]) == 1
    assert "".join(told(capsys)).count("GC301") == 2
    assert main(["check", "--as", "yaml", str(path)]) == 1
    assert "GC572" in "".join(told(capsys))


def test_a_diagram_that_is_called_yaml_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, CHART)
    for command in ("check", "build", "render"):
        assert main([command, str(path)]) == 1
        lines = told(capsys)
        assert lines[0].startswith("error[GC572]: ")
        assert lines[1].strip() == f"--> {path}:1:1"


def test_the_formats_for_programs_hold_all_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec(tmp_path, WRONG_SIZE)
    spec(tmp_path, WRONG_CHART, "chart.mmd")
    assert main(["check", "--format", "json", str(tmp_path)]) == 1
    report = json.loads(capsys.readouterr().out)
    names = [Path(one["file"]).name for one in report["findings"]]
    assert names == ["chart.mmd", "tiny.yaml"]
    assert report["errors"] == 2
    assert main(["check", "--format", "concise", str(tmp_path)]) == 1
    assert [line.split(": ")[1] for line in told(capsys)] == ["error[GC301]"] * 2


def test_modules_without_a_model_have_no_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn = tmp_path / "block.mmd"
    only = ["--module", "Block", "-o", str(drawn)]
    assert main(["render", str(spec(tmp_path, SOUND)), "-T", "mermaid", *only]) == 0
    capsys.readouterr()
    assert main(["check", str(drawn)]) == 0
    assert told(capsys)[0].startswith(f"{drawn}: 1 size in 1 module, without a model: ")
