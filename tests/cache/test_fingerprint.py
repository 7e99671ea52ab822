"""A program that was changed is another one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from graphc.cache import fingerprint
from graphc.cache.fingerprint import _code


def test_one_program_has_one_fingerprint() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint() or "") == 64


def _change_text(folder: Path) -> None:
    (folder / "room" / "a.py").write_text("x = 22\n")


def _touch(folder: Path) -> None:
    os.utime(folder / "room" / "a.py", ns=(1, 1))


def _rename(folder: Path) -> None:
    (folder / "room" / "a.py").rename(folder / "room" / "b.py")


def _add(folder: Path) -> None:
    (folder / "room" / "new.py").touch()


@pytest.mark.parametrize("change", [_change_text, _touch, _rename, _add])
def test_a_change_of_its_code_shows(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").write_text("x = 1\n")
    before = list(_code(str(tmp_path)))
    assert len(before) == 1
    change(tmp_path)
    assert list(_code(str(tmp_path))) != before


def test_what_python_compiles_does_not(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    before = list(_code(str(tmp_path)))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").touch()
    assert list(_code(str(tmp_path))) == before
