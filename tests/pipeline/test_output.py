"""A result replaces its file whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from graphc.diagnostics import Code
from graphc.pipeline.files import drawing_file, module_file
from graphc.pipeline.output import write_file


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "net.py"
    assert write_file(target, b"x = 1\n", "net.yaml") is None
    assert target.read_bytes() == b"x = 1\n"
    assert list(target.parent.iterdir()) == [target]


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "net.py"
    target.write_text("old")
    target.chmod(0o640)
    assert write_file(target, b"new", "net.yaml") is None
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        assert write_file(tmp_path / "net.py", b"", "net.yaml") is None
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "net.py").stat().st_mode) == 0o640


def test_a_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "real.py", tmp_path / "link.py"
    target.write_text("old")
    link.symlink_to(target)
    assert write_file(link, b"new", "net.yaml") is None
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_the_spec_itself_is_never_overwritten(tmp_path: Path) -> None:
    spec = tmp_path / "net.yaml"
    spec.write_text("graphc: 1\n")
    problem = write_file(tmp_path / "." / "net.yaml", b"code", str(spec))
    assert problem is not None
    assert problem.code is Code.GC401
    assert spec.read_text() == "graphc: 1\n"


@pytest.mark.parametrize("name", ["folder", "file/below.py", "pipe"])
def test_what_cannot_be_written_is_said_and_left(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    os.mkfifo(tmp_path / "pipe")
    before = sorted(path.name for path in tmp_path.iterdir())
    problem = write_file(tmp_path / name, b"code", "net.yaml")
    assert problem is not None
    assert problem.code is Code.GC401
    assert (tmp_path / "file").read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_failure_on_the_way_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "net.py"
    target.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    problem = write_file(target, b"new", "net.yaml")
    assert problem is not None
    assert "no space left" in problem.message
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("spec", "module"),
    [
        ("specs/irv1.yaml", "irv1.py"),
        ("my-net.v2.yaml", "my_net_v2.py"),
        ("152.yaml", "_152.py"),
        ("-", "model.py"),
    ],
)
def test_a_module_gets_a_name_that_can_be_imported(spec: str, module: str) -> None:
    assert module_file(spec) == Path("generated") / module


def test_a_drawing_is_called_as_its_spec() -> None:
    assert drawing_file("specs/my-net.yaml", "svg") == Path("generated/my-net.svg")
    part = drawing_file("net.yaml", "png", "-Stem")
    assert part == Path("generated/net-Stem.png")
