"""What README shows is what the commands print and the files hold."""

import re
from pathlib import Path

from running import run

import graphc

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str, number: int = 0) -> str:
    """Return what stands in a fenced block of that language."""
    found = re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
    return str(found[number])


def copied(folder: Path, old: str = "", new: str = "") -> Path:
    """Return a folder with a copy of the spec in it, perhaps changed."""
    text = (ROOT / "specs" / "irv1.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "specs").mkdir()
    (folder / "specs" / "irv1.yaml").write_text(
        text.replace(old, new), encoding="utf-8"
    )
    return folder


def test_the_excerpts_are_in_their_files() -> None:
    spec = (ROOT / "specs" / "irv1.yaml").read_text(encoding="utf-8")
    assert block("yaml") in spec
    code = (ROOT / "generated" / "irv1.py").read_text(encoding="utf-8")
    assert block("python") in code


def test_the_tour_prints_what_it_shows(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    printed = ""
    for line in block("console").splitlines():
        if line.startswith("$ graphc "):
            command = line.removeprefix("$ graphc ")
            printed += f"{line}\n{run(command.split(), folder)}"
    assert printed == block("console")


def test_the_figure_becomes_the_spec_that_is_shown(tmp_path: Path) -> None:
    command = re.search(r"`graphc (import README\.md -o (\S+))`", README)
    assert command is not None
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    assert run(command[1].split(), tmp_path).endswith(f"wrote {command[2]}\n")
    written = (tmp_path / command[2]).read_text(encoding="utf-8")
    assert written == block("yaml", 1)


def test_the_error_is_the_one_that_is_printed(tmp_path: Path) -> None:
    right, wrong = "conv4 -> conv5: 64*73*73", "conv4 -> conv5: 64*74*74"
    folder = copied(tmp_path, right, wrong)
    assert run(["check", "specs/irv1.yaml"], folder) == block("text", 1)


def test_the_sizes_are_those_that_are_printed(tmp_path: Path) -> None:
    first, _, printed = block("text").partition("\n")
    command = first.removeprefix("$ graphc ").split()
    assert run(command, copied(tmp_path)) == printed


def test_the_summary_is_what_is_printed(tmp_path: Path) -> None:
    first, _, printed = block("text", 2).partition("\n")
    command = first.removeprefix("$ graphc ").split()
    assert run(command, copied(tmp_path)) == printed


def test_the_total_is_what_python_gives(tmp_path: Path) -> None:
    told = re.search(r"spec\.summary\(\)\.total\.macs  # (\d+)", README)
    assert told is not None
    found = graphc.load(copied(tmp_path) / "specs" / "irv1.yaml").summary()
    assert found.total.macs == int(told[1])


def test_every_room_is_told_of() -> None:
    packages = {path.parent.name for path in (ROOT / "graphc").glob("*/__init__.py")}
    told = set(re.findall(r"^    graphc/(\w+)/ ", README, re.MULTILINE))
    assert told == packages
