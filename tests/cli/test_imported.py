"""Commands with specs of several files, and with libraries."""

import json
from pathlib import Path

import pytest
from commands import graphc

import graphc as package
from graphc.diagnostics import Code

LIBRARY = """\
graphc: 1
modules:
  Block:
    params: {out: 4, k: ~}
    nodes: {input: Input, conv: Conv out k=k p=same}
    edges: [input -> conv]
  Twice:
    nodes: {input: Input, first: Block 4 k=1, second: 2 x Block k=3}
    edges:
      - input -> first
      - first -> second: 4*_*_
"""
SPEC = """\
graphc: 1
model: Tiny
imports: {lib: ../lib.yaml}
nodes:
  image: Input
  twice: lib.Twice
  block: ReLU, lib.Block k=1
edges:
  - image -> twice -> block: [3*9*9, 4*9*9]
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "specs" / "spec.yaml"
    path.parent.mkdir()
    path.write_text(SPEC)
    (tmp_path / "lib.yaml").write_text(LIBRARY)
    (tmp_path / "pyproject.toml").touch()
    return path


def test_every_command_takes_a_spec_of_several_files(spec: Path) -> None:
    run = graphc("check", spec)
    assert (run.code, run.out) == (
        0,
        f"{spec}: 3 sizes in 3 graphs, 6 instances: all sizes hold\n",
    )
    run = graphc("verify", spec)
    assert run.code == 0, run.out
    assert "all as inferred" in run.out
    run = graphc("build", spec, "-o", "-")
    assert run.code == 0, run.err
    assert "\nFrom ../lib.yaml: Twice, Block.\n" in run.out
    assert "class Block(nn.Module)" in run.out
    assert "lib" not in run.out.partition("import torch")[2]
    run = graphc("render", spec, "-T", "dot", "-o", "-")
    assert run.code == 0, run.err
    assert "Twice" in run.out
    assert "lib.Twice" not in run.out


def test_another_root_can_be_named(spec: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").unlink()
    assert graphc("check", spec).code == 1
    for command in ("check", "verify"):
        assert graphc(command, spec, "--import-root", tmp_path).code == 0
    assert not package.load(spec).ok
    assert package.load(spec, import_root=tmp_path).ok


def test_a_finding_names_its_own_file(spec: Path, tmp_path: Path) -> None:
    (tmp_path / "lib.yaml").write_text(LIBRARY.replace("p=same", "p=sane"))
    run = graphc("check", spec, "--format", "json")
    assert run.code == 1
    (finding,) = json.loads(run.out)["findings"]
    assert Path(finding["file"]).resolve() == tmp_path / "lib.yaml"
    assert (finding["code"], finding["line"]) == ("GC206", 5)


def test_an_imported_file_is_not_overwritten(spec: Path, tmp_path: Path) -> None:
    library = tmp_path / "lib.yaml"
    for command in ("build", "render"):
        run = graphc(command, spec, "-o", library)
        assert run.code == 2
        assert "GC401" in run.out
    with pytest.raises(package.SpecError, match="GC401"):
        package.load(spec).build(library)
    assert library.read_text() == LIBRARY


def test_a_library_is_checked_alone(tmp_path: Path) -> None:
    library = tmp_path / "lib.yaml"
    library.write_text(LIBRARY)
    run = graphc("check", library)
    assert (run.code, run.out) == (
        0,
        f"{library}: 1 size in 2 modules, without a model: names and labels hold; "
        "sizes are checked where modules are used\n",
    )
    assert package.load(library).ok


@pytest.mark.parametrize(
    ("was", "wrong", "code"),
    [
        ("Conv out", "Cnov out", "GC202"),
        ("Block k=3", "Block", "GC205"),
        ("4*_*_", "5*_*_", "GC302"),
        ("-> second", "-> secnod", "GC108"),
        ("graphc: 1", "graphc: 1\nparams: {a: 1}", "GC101"),
    ],
)
def test_what_is_wrong_in_a_library_is_found(
    tmp_path: Path, was: str, wrong: str, code: str
) -> None:
    library = tmp_path / "lib.yaml"
    library.write_text(LIBRARY.replace(was, wrong))
    found = [one.code.name for one in package.load(library).check()]
    assert code in found


def test_a_library_cannot_be_built(tmp_path: Path) -> None:
    library = tmp_path / "lib.yaml"
    library.write_text(LIBRARY)
    for command in ("build", "verify", "render"):
        run = graphc(command, library, cwd=tmp_path)
        assert run.code == 1, run.out
        assert "GC102" in run.out
    assert list(tmp_path.iterdir()) == [library]
    run = graphc("render", library, "--module", "Twice", "-T", "dot", "-o", "-")
    assert run.code == 0
    assert "second" in run.out
    spec = package.load(library)
    for make in (spec.code, spec.module, spec.verify, spec.render):
        with pytest.raises(package.SpecError) as caught:
            make()
        assert [one.code for one in caught.value.findings] == [Code.GC102]
