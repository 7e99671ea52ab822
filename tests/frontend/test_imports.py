"""Modules of other files: which are found, what they are called, what is refused."""

import os
from pathlib import Path
from textwrap import dedent

import pytest
from spec_texts import row

from graphc.diagnostics import Diagnostic, Sink
from graphc.frontend import load
from graphc.ir import Network

BLOCK = """\
graphc: 1
modules:
  Block:
    params: {out: 4}
    nodes: {input: Input, conv: Conv out k=1}
    edges: [input -> conv]
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")


def spec(imports: str, *labels: str, more: str = "") -> str:
    """Return a spec that imports, with a node for each label in a chain."""
    nodes = "".join(f"  n{number}: {label}\n" for number, label in enumerate(labels))
    chain = " -> ".join(["image", *(f"n{number}" for number in range(len(labels)))])
    sizes = ", ".join(["3*8*8", *["_"] * (len(labels) - 1)])
    return (
        f"graphc: 1\nmodel: Tiny\nimports: {imports}\nnodes:\n  image: Input\n{nodes}"
        f"edges:\n  - {chain}: {sizes if len(labels) == 1 else f'[{sizes}]'}\n{more}"
    )


def read(
    path: Path, import_root: Path | None = None
) -> tuple[Network | None, tuple[Diagnostic, ...]]:
    sink = Sink()
    network = load(path, sink, import_root)
    return network, sink.sorted()


def rows(path: Path, import_root: Path | None = None) -> list[str]:
    """Return the findings as ``file GC101 3:1``."""
    found = []
    for finding in read(path, import_root)[1]:
        place = finding.place
        name = Path(place.span.source.name if place else finding.file or "").name
        found.append(f"{name} {row(finding)}")
    return found


def modules(path: Path) -> list[str]:
    """Return the modules of a sound spec."""
    network, findings = read(path)
    assert [(row(one), one.message) for one in findings] == []
    assert network is not None
    return list(network.modules)


def targets(path: Path) -> list[object]:
    network = read(path)[0]
    assert network is not None
    nodes = list(network.model.graph.nodes.values())[1:]
    return [node.terms[0].target for node in nodes]


def test_a_path_is_relative_to_the_file_it_stands_in(tmp_path: Path) -> None:
    middle = BLOCK.replace("graphc: 1", "graphc: 1\nimports: {../b/c.yaml: [Inner]}")
    write(
        tmp_path,
        {
            "spec.yaml": spec("{x: a/b.yaml}", "x.Block"),
            "a/b.yaml": middle.replace("Conv out k=1", "Inner out"),
            "b/c.yaml": BLOCK.replace("Block", "Inner"),
            "pyproject.toml": "",
        },
    )
    assert modules(tmp_path / "spec.yaml") == ["Block", "Inner"]


def test_a_file_imported_twice_is_read_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "spec.yaml": spec(
                "{x: a.yaml, ./a.yaml: [Block], y: link.yaml}",
                *("x.Block", "Block", "y.Block"),
            ),
            "a.yaml": BLOCK,
        },
    )
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    assert modules(tmp_path / "spec.yaml") == ["Block"]
    assert targets(tmp_path / "spec.yaml") == ["Block"] * 3


def test_modules_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    own = BLOCK.removeprefix("graphc: 1\n")
    write(
        tmp_path,
        {
            "spec.yaml": spec(
                "{x: res_net.yaml, y: a/3.yaml, z: b/res_net.yaml}",
                *("z.Block", "x.Block", "Block", "y.Block"),
                more=own,
            ),
            "res_net.yaml": BLOCK,
            "a/3.yaml": BLOCK,
            "b/res_net.yaml": BLOCK,
        },
    )
    names = ["ResNetBlock", "Block2", "Block", "Block3"]
    assert targets(tmp_path / "spec.yaml") == names
    assert sorted(modules(tmp_path / "spec.yaml")) == sorted(names)


def test_what_is_not_used_does_not_count(tmp_path: Path) -> None:
    two = BLOCK + BLOCK.removeprefix("graphc: 1\nmodules:\n").replace("Block", "Other")
    write(tmp_path, {"spec.yaml": spec("{x: a.yaml}", "x.Other"), "a.yaml": two})
    assert modules(tmp_path / "spec.yaml") == ["Other"]


def test_modules_of_a_whole_spec_can_be_used(tmp_path: Path) -> None:
    other = spec("{}", "Block", more=BLOCK.removeprefix("graphc: 1\n"))
    write(tmp_path, {"spec.yaml": spec("{o: o.yaml}", "o.Block"), "o.yaml": other})
    assert modules(tmp_path / "spec.yaml") == ["Block"]


def test_a_library_is_read_without_a_model(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": BLOCK + "imports: {b: b.yaml}\n", "b.yaml": BLOCK})
    network, findings = read(tmp_path / "a.yaml")
    assert network is not None
    assert network.library
    assert list(network.modules) == ["Block"]
    assert [row(one) for one in findings] == ["warning GC118 7:11"]


def test_the_errors_of_an_imported_file_are_told_there_and_once(tmp_path: Path) -> None:
    wrong = BLOCK.replace("Conv", "Cnov") + "nots: 3\n"
    write(
        tmp_path,
        {
            "spec.yaml": spec("{x: a.yaml, y: b.yaml}", "x.Block", "y.Block"),
            "a.yaml": wrong,
            "b.yaml": BLOCK + "imports: {a.yaml: [Block]}\n",
        },
    )
    assert rows(tmp_path / "spec.yaml") == [
        "a.yaml GC202 5:33",
        "a.yaml GC101 7:1",
        "b.yaml GC106 7:20",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "spec.yaml GC119 3:14"),
        ("- 3\n", "a.yaml GC103 1:1"),
        ("graphc: 2\n", "a.yaml GC104 1:9"),
        ("graphc: 1\nmodules: 3\n", "a.yaml GC103 2:10"),
        ("graphc: 1\nmodules: {Block: 3}\n", "a.yaml GC103 2:18"),
        ("graphc: 1\nmodules: [\n", "a.yaml GC010 2:10"),
        ("graphc: 1\nmodules: {}\n", "spec.yaml GC102 3:14"),
        ("graphc: 1\n", "spec.yaml GC102 3:14"),
    ],
)
def test_what_cannot_be_read_is_told_once(
    tmp_path: Path, text: str, expected: str
) -> None:
    write(tmp_path, {"a.yaml": text})
    write(tmp_path, {"spec.yaml": spec("{x: a.yaml}", "x.Block")})
    assert rows(tmp_path / "spec.yaml") == [expected]
    write(tmp_path, {"spec.yaml": spec("{a.yaml: [Block]}", "Block")})
    assert rows(tmp_path / "spec.yaml") == [expected.replace("3:14", "3:11")]


@pytest.mark.parametrize(
    ("imports", "finding"),
    [
        ("3", "GC103 3:10"),
        ("{x: 3}", "GC103 3:14"),
        ("{x: ~}", "GC103 3:14"),
        ("{x: [Block]}", "GC103 3:14"),
        ("{x: {a.yaml: [Block]}}", "GC103 3:14"),
        ("{a.yaml: Block}", "GC103 3:19"),
        ("{a.yaml: []}", "GC103 3:19"),
        ("{a.yaml: [3]}", "GC103 3:20"),
        ("{a.yaml: ~}", "GC103 3:19"),
        ("{a.yaml: b.yaml}", "GC103 3:19"),
        ("{3x: a.yaml}", "GC105 3:11"),
        ("{Tiny: a.yaml}", "GC106 3:11"),
        ("{Conv: a.yaml}", "GC106 3:11"),
        ("{a.yaml: [Blokc]}", "GC202 3:20"),
        ("{a.yaml: [Block, Block]}", None),
        ("{x: ''}", "GC103 3:14"),
        ("{x: .}", "GC119 3:14"),
        ("{x: a.yaml/b.yaml}", "GC119 3:14"),
        ("{x: '-'}", "GC119 3:14"),
        (r'{x: "a\0.yaml"}', "GC119 3:14"),
        ("{x: spec.yaml}", "GC120 3:14"),
    ],
)
def test_what_stands_under_imports(
    tmp_path: Path, imports: str, finding: str | None
) -> None:
    text = spec(imports, "ReLU")
    write(tmp_path, {"spec.yaml": text, "a.yaml": BLOCK})
    network, findings = read(tmp_path / "spec.yaml")
    errors = [row(one) for one in findings if not row(one).startswith("warning")]
    if finding is not None:
        assert errors == [finding]
    assert network is not None


def test_names_that_clash_are_told_with_both_places(tmp_path: Path) -> None:
    own = BLOCK.removeprefix("graphc: 1\n")
    files = {"a.yaml": BLOCK, "b.yaml": BLOCK}
    text = spec("{a.yaml: [Block], b.yaml: [Block]}", "Block", more=own)
    write(tmp_path, {"spec.yaml": text, **files})
    findings = read(tmp_path / "spec.yaml")[1]
    assert [row(one) for one in findings] == ["GC106 3:20", "GC106 3:37"]
    assert [one.related[0].span.first.line for one in findings] == [10, 10]
    text = spec("{a.yaml: [Block], b.yaml: [Block]}", "Block")
    write(tmp_path, {"spec.yaml": text})
    assert rows(tmp_path / "spec.yaml") == ["spec.yaml GC106 3:37"]


def test_what_is_imported_and_not_used_is_told(tmp_path: Path) -> None:
    text = spec("{x: a.yaml, a.yaml: [Block]}", "ReLU")
    write(tmp_path, {"spec.yaml": text, "a.yaml": BLOCK})
    assert rows(tmp_path / "spec.yaml") == [
        "spec.yaml warning GC118 3:11",
        "spec.yaml warning GC118 3:31",
    ]


def test_the_circle_is_told_with_each_of_its_steps(tmp_path: Path) -> None:
    def passing(to: str) -> str:
        return BLOCK.replace("graphc: 1", f"graphc: 1\nimports: {{{to}: [Block]}}")

    names = ["a.yaml", "in/b.yaml", "in/c.yaml"]
    ways = ["in/b.yaml", "c.yaml", "../a.yaml"]
    files = {name: passing(to) for name, to in zip(names, ways, strict=True)}
    write(tmp_path, {"spec.yaml": spec("{a: a.yaml}", "a.Block"), **files})
    (finding,) = (
        one for one in read(tmp_path / "spec.yaml")[1] if one.code.name == "GC120"
    )
    told = "a.yaml -> in/b.yaml -> in/c.yaml -> a.yaml"
    assert finding.message == f"`a.yaml` imports itself: {told}"
    places = [finding.place, *finding.related]
    assert [
        Path(place.span.source.name).relative_to(tmp_path).as_posix()
        for place in places
        if place is not None
    ] == ["in/c.yaml", "a.yaml", "in/b.yaml"]


def test_files_do_not_import_one_another_without_end(tmp_path: Path) -> None:
    files = {
        f"f{number}.yaml": f"graphc: 1\nimports: {{x: f{number + 1}.yaml}}\n"
        f"modules: {{}}\n"
        for number in range(2_000)
    }
    write(tmp_path, {"spec.yaml": spec("{x: f0.yaml}", "ReLU"), **files})
    assert [one for one in rows(tmp_path / "spec.yaml") if "GC012" in one] == [
        "f49.yaml GC012 2:14"
    ]


class TestRoot:
    """What a spec may import."""

    @pytest.fixture
    def spec_file(self, tmp_path: Path) -> Path:
        text = spec("{x: ../a.yaml}", "x.Block")
        write(tmp_path, {"in/specs/s.yaml": text, "in/a.yaml": BLOCK})
        return tmp_path / "in" / "specs" / "s.yaml"

    def test_without_a_project_it_is_the_folder_of_the_spec(
        self, spec_file: Path
    ) -> None:
        assert rows(spec_file) == ["s.yaml GC121 3:14"]

    @pytest.mark.parametrize("mark", ["pyproject.toml", ".git"])
    def test_a_project_is_known_by_its_files(self, spec_file: Path, mark: str) -> None:
        (spec_file.parent.parent / mark).touch()
        assert rows(spec_file) == []

    def test_another_folder_can_be_named(self, spec_file: Path) -> None:
        assert rows(spec_file, spec_file.parent.parent) == []
        assert rows(spec_file, spec_file.parent) == ["s.yaml GC121 3:14"]

    def test_an_absolute_path_is_refused(self, spec_file: Path) -> None:
        text = spec(f"{{x: {spec_file.parent / 'a.yaml'}}}", "x.Block")
        write(spec_file.parent, {"s.yaml": text, "a.yaml": BLOCK})
        assert rows(spec_file) == ["s.yaml GC121 3:14"]

    def test_a_link_out_of_it_is_refused(self, spec_file: Path) -> None:
        (spec_file.parent / "link.yaml").symlink_to("../a.yaml")
        write(spec_file.parent, {"s.yaml": spec("{x: link.yaml}", "x.Block")})
        assert rows(spec_file) == ["s.yaml GC121 3:14"]

    def test_a_spec_behind_a_link_finds_what_stands_beside_it(
        self, spec_file: Path, tmp_path: Path
    ) -> None:
        (spec_file.parent.parent / ".git").touch()
        link = tmp_path / "elsewhere" / "link.yaml"
        link.parent.mkdir()
        link.symlink_to(spec_file)
        assert rows(link) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told_at_its_import(tmp_path: Path) -> None:
    write(tmp_path, {"spec.yaml": spec("{x: a.yaml}", "x.Block"), "a.yaml": BLOCK})
    (tmp_path / "a.yaml").chmod(0)
    assert rows(tmp_path / "spec.yaml") == ["spec.yaml GC119 3:14"]


def test_a_file_that_is_no_text_is_told_at_its_import(tmp_path: Path) -> None:
    write(tmp_path, {"spec.yaml": spec("{x: a.yaml}", "x.Block")})
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    assert rows(tmp_path / "spec.yaml") == ["spec.yaml GC119 3:14"]


def test_an_import_of_many_modules_lists_the_first_of_them(tmp_path: Path) -> None:
    blocks = "".join(f"  Some{n}: {{label: ReLU}}\n" for n in range(20))
    text = spec("{blocks: blocks.yaml}", "blocks.Other")
    write(tmp_path, {"blocks.yaml": f"graphc: 1\nmodules:\n{blocks}", "a.yaml": text})
    sink = Sink()
    load(tmp_path / "a.yaml", sink)
    names = ", ".join(f"`blocks.Some{n}`" for n in range(8))
    (finding,) = (one for one in sink.sorted() if one.code.name == "GC202")
    assert finding.help == (f"the import has {names}, ...",)
