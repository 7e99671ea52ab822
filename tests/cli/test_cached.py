"""Checks that are told again: the same words, as long as nothing has changed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import SOUND, UNREADABLE, WARNED, WRONG_SIZE, graphc, spec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graphc.cache import JSON, Store, digest
from graphc.cli import main
from graphc.pipeline import checker

FIXABLE = """\
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 64 k=3 s=2, act: ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*147*147
  - conv -> act: 64*74*74
  - act -> next: 64*73*73
"""
LIBRARY = """\
graphc: 1
modules:
  Block:
    nodes: {input: Input, act: ReLU, output: Output}
    edges: [input -> act -> output]
"""
IMPORTING = """\
graphc: 1
model: Case
imports: {lib.yaml: [Block]}
nodes: {image: Input, block: Block}
edges:
  - image -> block: 8*7*7
"""
DOCUMENT = """\
# Nets

```mermaid
flowchart TD
  image["Input"] -->|"3*32*32"| conv["Conv 8 k=3"]
  conv -->|"8*30*31"| relu["ReLU"]
```

```mermaid
pie
```
"""
TEXTS = {
    "sound.yaml": SOUND,
    "wrong.yaml": WRONG_SIZE,
    "fixable.yaml": FIXABLE,
    "warned.yaml": WARNED,
    "unreadable.yaml": UNREADABLE,
    "library.yaml": LIBRARY,
    "empty.yaml": "",
    "caf\u00e9.yaml": SOUND.replace("Tiny", "Caf\u00e9").replace("8*7*7", "8*7*6"),
    "net.md": DOCUMENT,
}


class Checks:
    """Runs of ``graphc check`` that tell whether files were checked or known."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], checked: list[str]
    ) -> None:
        self.folder = folder
        self._capsys = capsys
        self._checked = checked

    def __call__(self, *arguments: str | Path) -> tuple[int, str, list[str]]:
        """Return the exit code, the output, and the files that were checked."""
        self._checked.clear()
        code = main(["check", *map(str, arguments)])
        out, err = self._capsys.readouterr()
        assert err == ""
        return code, out, list(self._checked)

    def entries(self) -> list[Path]:
        """Return the files of the cache."""
        return [one for one in self.folder.rglob("*") if one.is_file()]


@pytest.fixture
def checks(
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Checks:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("GRAPHC_CACHE_DIR", str(folder))
    checked: list[str] = []
    check = checker.checked

    def noted(asked, kept, target):  # type: ignore[no-untyped-def]
        checked.append(Path(target.path).name)
        return check(asked, kept, target)

    monkeypatch.setattr(checker, "checked", noted)
    return Checks(folder, capsys, checked)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--color", "always"),
        ("--format", "concise"),
        ("--format", "json"),
        ("--verbose",),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("name", TEXTS)
def test_it_is_told_again_in_the_same_words(
    name: str, options: tuple[str, ...], checks: Checks, project: Path
) -> None:
    spec(project, TEXTS[name], name)
    new = checks(name, "--no-cache", *options)
    assert new[2] == [name]
    assert not checks.entries()
    assert checks(name, *options) == new
    known = checks(name, *options)
    assert known == (*new[:2], [])


def test_the_form_of_the_report_is_chosen_when_it_is_told(
    checks: Checks, project: Path
) -> None:
    spec(project, FIXABLE, "wrong.yaml")
    checks("wrong.yaml")
    code, out, checked = checks("wrong.yaml", "--format", "json")
    assert (code, checked) == (1, [])
    (finding,) = json.loads(out)["findings"]
    assert finding["code"] == "GC301"
    assert finding["fixes"]


def test_a_folder_is_told_again(checks: Checks, project: Path) -> None:
    for name, text in TEXTS.items():
        spec(project, text, name)
    spec(project, "# Nothing\n", "notes.md")
    first = checks(".")
    again = checks(".")
    assert again[:2] == first[:2]
    # What has nothing to do with networks is looked at each time, and kept nowhere.
    assert again[2] == ["empty.yaml", "notes.md"]
    spec(project, SOUND, "wrong.yaml")
    assert checks(".")[2] == ["empty.yaml", "notes.md", "wrong.yaml"]


def test_a_change_is_seen_and_taken_back(checks: Checks, project: Path) -> None:
    path = spec(project, SOUND)
    sound = checks(path)
    spec(project, WRONG_SIZE)
    assert checks(path)[0::2] == (1, ["tiny.yaml"])
    spec(project, SOUND)
    assert checks(path) == (*sound[:2], [])


def test_one_text_under_two_names_is_told_of_as_each(
    checks: Checks, project: Path
) -> None:
    for name in ("a.yaml", "b.yaml"):
        spec(project, WRONG_SIZE, name)
        assert f"--> {name}:" in checks(name)[1]
    for called in ("a.yaml", "./a.yaml", str(project / "a.yaml")):
        for _ in range(2):
            assert f"--> {called}:" in checks(called)[1]


def test_what_is_asked_for_matters(checks: Checks, project: Path) -> None:
    path = spec(project, "graph TD\n  a[Input]\n", "drawn.yaml")
    as_spec = checks(path)
    assert checks(path, "--as", "mermaid")[1] != as_spec[1]
    assert checks(path) == (*as_spec[:2], [])


def test_an_imported_file_that_changes_is_seen(checks: Checks, project: Path) -> None:
    library = spec(project, LIBRARY, "lib.yaml")
    path = spec(project, IMPORTING, "case.yaml")
    sound = checks(path)
    assert checks(path) == (*sound[:2], [])
    library.write_text(LIBRARY.replace("act: ReLU", "act: Conv 3 k=1"))
    assert checks(path)[2] == ["case.yaml"]
    library.write_text(LIBRARY.replace("ReLU", "Rleu"))
    wrong = checks(path)
    assert wrong[0] == 1
    assert f"--> {library}:" in wrong[1]
    assert checks(path) == (*wrong[:2], [])
    library.unlink()
    assert "GC119" in checks(path)[1]
    library.write_text(LIBRARY)
    assert checks(path)[1] == sound[1]


def test_a_missing_import_that_comes_is_seen(checks: Checks, project: Path) -> None:
    path = spec(project, IMPORTING, "case.yaml")
    for _ in range(2):
        code, out, checked = checks(path)
        assert (code, checked) == (1, ["case.yaml"])
        assert "did you mean" not in out
    spec(project, LIBRARY, "lob.yaml")
    assert "did you mean `lob.yaml`?" in checks(path)[1]
    spec(project, LIBRARY, "lib.yaml")
    assert checks(path)[0] == 0


def test_a_link_that_leads_elsewhere_is_seen(checks: Checks, project: Path) -> None:
    spec(project, LIBRARY, "one.yaml")
    spec(project, LIBRARY.replace("ReLU", "Rleu"), "two.yaml")
    link = project / "lib.yaml"
    link.symlink_to("one.yaml")
    twice = IMPORTING.replace("{lib", "{one.yaml: [Block], lib").replace(
        "lib.yaml: [Block]", "again: lib.yaml"
    )
    for text in (IMPORTING, twice.replace("block: Block", "block: again.Block")):
        path = spec(project, text, "case.yaml")
        assert checks(path)[0] == 0
        assert checks(path)[::2] == (0, [])
        link.unlink()
        link.symlink_to("two.yaml")
        assert checks(path)[::2] == (1, ["case.yaml"])
        link.unlink()
        link.symlink_to("one.yaml")


def test_the_project_around_a_spec_matters(checks: Checks, project: Path) -> None:
    inner = project / "inner"
    inner.mkdir()
    spec(project, LIBRARY, "lib.yaml")
    path = spec(inner, IMPORTING.replace("lib.yaml", "../lib.yaml"), "case.yaml")
    assert checks(path)[0] == 0
    assert checks(path)[::2] == (0, [])
    (inner / ".git").mkdir()
    for _ in range(2):
        assert checks(path)[::2] == (1, ["case.yaml"])
    assert checks(path, "--import-root", ".")[::2] == (0, ["case.yaml"])
    assert checks(path, "--import-root", ".")[::2] == (0, [])
    assert checks(path, "--import-root", "inner")[0] == 1
    (inner / ".git").rmdir()
    assert checks(path)[::2] == (0, [])


def test_a_circle_of_imports_is_looked_at_each_time(
    checks: Checks, project: Path
) -> None:
    spec(project, LIBRARY + "imports: {case: case.yaml}\n", "lib.yaml")
    path = spec(project, IMPORTING, "case.yaml")
    for _ in range(2):
        assert checks(path)[::2] == (1, ["case.yaml"])


def test_what_cannot_be_read_is_tried_each_time(checks: Checks, project: Path) -> None:
    (project / "binary.yaml").write_bytes(b"\xff\0")
    for _ in range(2):
        assert checks("binary.yaml")[2] == ["binary.yaml"]
        assert checks("none.yaml")[::2] == (2, ["none.yaml"])
        assert checks("a\0b.yaml")[0] == 2
    assert not checks.entries()


def test_other_sizes_and_fixes_are_worked_out(checks: Checks, project: Path) -> None:
    path = spec(project, SOUND)
    assert checks(path, "--input", "image=3*9*9")[0] in {0, 1}
    assert not checks.entries()
    path = spec(project, FIXABLE)
    checks(path)
    kept = len(checks.entries())
    assert kept == 1
    assert checks(path, "--fix")[::2] == (0, [])
    assert path.read_text() == FIXABLE.replace("64*74*74", "64*73*73")
    assert len(checks.entries()) == kept
    assert checks(path)[::2] == (0, ["tiny.yaml"])


def test_standard_input_is_not_kept(checks: Checks, project: Path) -> None:
    for _ in range(2):
        run = graphc("check", "-", stdin=SOUND.encode(), cwd=project)
        assert run.code == 0
    assert not checks.entries()


def test_nothing_is_kept_in_the_project(checks: Checks, project: Path) -> None:
    spec(project, SOUND)
    before = sorted(project.rglob("*"))
    checks(".")
    assert sorted(project.rglob("*")) == before
    assert checks.entries()


def test_a_cache_that_cannot_be_used_is_none(
    project: Path,
    checks: Checks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = spec(project, SOUND)
    for folder in (path, "/proc/none", "/dev/null", ""):
        monkeypatch.setenv("GRAPHC_CACHE_DIR", str(folder))
        monkeypatch.setenv("XDG_CACHE_HOME", str(path))
        for _ in range(2):
            assert checks(path)[::2] == (0, ["tiny.yaml"])


def test_another_program_knows_nothing(
    checks: Checks, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spec(project, SOUND)
    checks(path)
    monkeypatch.setattr(checker, "fingerprint", lambda: "another")
    assert checks(path)[2] == ["tiny.yaml"]
    monkeypatch.setattr(checker, "fingerprint", lambda: None)
    for _ in range(2):
        assert checks(path)[2] == ["tiny.yaml"]


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3) | st.booleans() | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner)
    ),
    max_leaves=6,
)


def _places(value: JSON) -> list[Callable[[JSON], None]]:
    """Return what sets each of the values that a value is made of."""
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found: list[Callable[[JSON], None]] = []
    for key, inner in items:
        found += [
            lambda new, key=key: value.__setitem__(key, new),  # type: ignore[union-attr]
            *_places(inner),
        ]
    return found


@settings(
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    max_examples=20,
)
@given(data=st.data())
@pytest.mark.parametrize("name", ["wrong.yaml", "net.md", "case.yaml"])
def test_what_is_no_report_is_not_taken_for_one(
    name: str, data: st.DataObject, checks: Checks, project: Path
) -> None:
    """A value of another form, though whole, leads to a check and to no traceback."""
    for file, text in {**TEXTS, "case.yaml": IMPORTING, "lib.yaml": LIBRARY}.items():
        spec(project, text, file)
    before = checks(name, "--format", "json")[:2]
    (entry,) = checks.entries()
    value = json.loads(entry.read_bytes().partition(b"\n")[2])
    change = data.draw(st.sampled_from(_places(value)))
    change(data.draw(VALUES))
    Store(str(checks.folder / "checks")).put(entry.parent.name + entry.name, value)
    code, out, checked = checks(name, "--format", "json")
    if checked:
        assert (code, out) == before
    entry.unlink()


def test_several_commands_may_run_at_once(checks: Checks, project: Path) -> None:
    for number in range(6):
        text = WRONG_SIZE if number % 2 else SOUND
        spec(project, text, f"{number}.yaml")
    command = [sys.executable, "-m", "graphc", "check", "."]
    running = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
        )
        for _ in range(4)
    ]
    outputs = {one.communicate() for one in running}
    assert len(outputs) == 1
    assert outputs == {(checks(".")[1].encode(), b"")}
    assert checks(".")[2] == []


def test_an_entry_is_found_by_its_seal_alone(checks: Checks, project: Path) -> None:
    path = spec(project, SOUND)
    checks(path)
    (entry,) = checks.entries()
    sealed, _, data = entry.read_bytes().partition(b"\n")
    assert sealed.decode() == digest(data)
    entry.write_bytes(sealed + b"\n" + data.replace(b"all sizes hold", b"all is well"))
    assert "all sizes hold" in checks(path)[1]
