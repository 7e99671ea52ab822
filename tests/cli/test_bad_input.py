"""Files that cannot be read or written: one report each, and nothing is lost."""

from pathlib import Path

import pytest
from commands import SOUND, WRONG_SIZE, spec

from graphc.cli import main


def told(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "build", "render"):
        assert main([command, str(tmp_path / "none.yaml")]) == 2
        assert told(capsys).count("error[GC001]") == 1


def test_a_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(tmp_path)]) == 2
    assert told(capsys).count("error[GC001]") == 1
    assert main(["check", str(tmp_path)]) == 2
    assert told(capsys).count("error[GC571]") == 1


def test_a_path_below_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(spec(tmp_path, SOUND) / "more.yaml")]) == 2
    assert told(capsys).count("error[GC001]") == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "{}\n"])
def test_an_empty_file(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(spec(tmp_path, text))]) == 1
    out = told(capsys)
    assert (out.count("error["), out.count("GC004")) == (1, 1)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe\xfd", b"a: \x80"]
)
def test_a_binary_file(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(data)
    assert main(["check", str(path)]) in {1, 2}
    out = told(capsys)
    assert (out.count("error["), out.count("GC003")) == (1, 1)


def test_a_large_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "weights.bin"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    assert main(["check", str(path)]) in {1, 2}
    out = told(capsys)
    assert (out.count("error["), out.count("GC002")) == (1, 1)


@pytest.mark.parametrize("command", ["build", "render"])
@pytest.mark.parametrize(
    "place", ["file/below.out", "folder", "/dev/full", "spec.yaml"]
)
def test_an_output_that_cannot_be_written(
    tmp_path: Path, command: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SOUND, "spec.yaml")
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    assert main([command, str(path), "-o", str(tmp_path / place)]) == 2
    out = told(capsys)
    assert out.count("error[GC401]") == 1
    assert "nothing was written" in out
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"
    assert path.read_text(encoding="utf-8") == SOUND


def test_a_spec_with_errors_leaves_an_old_module_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "tiny.py"
    assert main(["build", str(spec(tmp_path, SOUND)), "-o", str(output)]) == 0
    before = output.read_bytes()
    assert main(["build", str(spec(tmp_path, WRONG_SIZE)), "-o", str(output)]) == 1
    assert "nothing was written" in told(capsys)
    assert output.read_bytes() == before


def test_an_unreadable_spec_leaves_an_old_drawing_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "tiny.svg"
    output.write_text("old", encoding="utf-8")
    path = spec(tmp_path, "graphc: 1\n\tmodel: A\n")
    assert main(["render", str(path), "-o", str(output)]) == 1
    assert "nothing was drawn" in told(capsys)
    assert output.read_text(encoding="utf-8") == "old"
