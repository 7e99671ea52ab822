"""Files put right byte for byte, and nothing else of them changed."""

import codecs
import random
import re
from pathlib import Path

import pytest
from checking import sizes

from graphc.diagnostics import Code
from graphc.pipeline.check import check
from graphc.pipeline.fix import FixedFile, fix, write_fixed

SOUND = """\
# a comment: 64*74*74
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 64 k=3 s=2, act: ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*147*147
  - conv -> act: [64, 73,  73]   # as drawn: \u00d7
  - act -> next: 64x73x73
"""
WRONG = SOUND.replace("[64, 73,  73]", "[64, 74,  74]")
BARE = """\
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 64 k=3 s=2, "odd one": ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*147*147
  - 'conv -> "odd one"'   # no size
  - '"odd one" -> next'
"""
FULL = """\
graphc: 1
model: Case
nodes: {image: Input, conv: Conv 64 k=3 s=2, "odd one": ReLU, next: Conv 8 k=1}
edges:
  - image -> conv: 3*147*147
  - 'conv -> "odd one"': 64*73*73   # no size
  - '"odd one" -> next': 64*73*73
"""


def only(path: Path, *, annotate: bool = False) -> FixedFile:
    (file,) = fix([path], annotate=annotate)
    return file


def text_of(folder: Path, text: str, *, annotate: bool = True) -> str:
    """Return what a spec becomes; it is checked without findings then."""
    path = folder / "spec.yaml"
    path.write_text(text)
    file = only(path, annotate=annotate)
    assert [one.message for one in file.findings] == []
    return file.after


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_put_right_byte_for_byte(
    tmp_path: Path, mark: bytes, encoding: str, end: str
) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(mark + WRONG.replace("\n", end).encode(encoding))
    file = only(path)
    assert (file.fixed, file.added, file.findings) == (1, 0, ())
    assert write_fixed(file) is None
    assert path.read_bytes() == mark + SOUND.replace("\n", end).encode(encoding)


def test_fixing_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(WRONG)
    write_fixed(only(path, annotate=True))
    again = only(path, annotate=True)
    assert (again.changed, again.fixed, again.added) == (False, 0, 0)


def test_what_may_be_meant_otherwise_is_left(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(WRONG.replace(": 64x73x73", ""))
    file = only(path)
    assert not file.changed
    assert [one.code for one in file.findings] == [Code.GC301]


def test_a_file_that_changed_in_between_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(WRONG)
    file = only(path)
    path.write_text("graphc: 1\n")
    problem = write_fixed(file)
    assert problem is not None
    assert problem.code is Code.GC551
    assert path.read_text() == "graphc: 1\n"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(WRONG)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert write_fixed(only(link)) is None
    assert link.is_symlink()
    assert path.read_text() == SOUND


def test_missing_sizes_are_written_behind_edges(tmp_path: Path) -> None:
    assert text_of(tmp_path, BARE) == FULL


CHAINS = """\
graphc: 1
model: Case
nodes: {image: Input, a: Conv 8 k=3, b: ReLU, c: Conv 4 k=1, d: ReLU}
edges: [image -> a: 3*9*9, EDGES]
"""


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ("a -> b -> c, c -> d", "a -> b -> c: [8*7*7, 8*7*7], c -> d: 4*7*7"),
        ("a -> b -> c -> d: [_, 8*7*7, _]", "a -> b -> c -> d: [8*7*7, 8*7*7, 4*7*7]"),
        ("a -> b: _, b -> c -> d", "a -> b: 8*7*7, b -> c -> d: [8*7*7, 4*7*7]"),
        ("a -> b: [_, 7, _], b -> c: 8x_x7", "a -> b: [8, 7, 7], b -> c: 8x7x7"),
    ],
)
def test_chains_and_open_dims_are_filled(
    tmp_path: Path, edges: str, expected: str
) -> None:
    rest = "" if "d" in edges else ", c -> d: 4*7*7"
    after = text_of(tmp_path, CHAINS.replace("EDGES", edges + rest))
    assert after == CHAINS.replace("EDGES", expected + rest)


BLOCKS = """\
graphc: 1
model: Case
nodes: {image: Input, one: Block 8, two: Block 16, end: ReLU}
edges:
  - image -> one: 3*9*H
  - one -> two
  - two -> end
modules:
  Block:
    params: {width: ~}
    nodes: {input: Input, conv: Conv width k=3, act: ReLU, output: Output}
    edges:
      - input -> conv
      - conv -> act
      - act -> output
"""


def test_a_module_tells_its_sizes_for_all_its_uses(tmp_path: Path) -> None:
    after = text_of(tmp_path, BLOCKS)
    for line in (
        "  - one -> two: 8*7*(H - 2)",
        "  - two -> end: 16*5*(H - 4)",
        "      - input -> conv: C*H*W",
        "      - conv -> act: width*(H - 2)*(W - 2)",
        "      - act -> output: width*(H - 2)*(W - 2)",
    ):
        assert f"{line}\n" in after


def test_a_spec_with_errors_gets_no_sizes(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(BARE.replace("Conv 8 k=1", "Conv 8 k=99"))
    file = only(path, annotate=True)
    assert (file.added, file.changed) == (0, False)
    assert file.findings


LIBRARY = """\
graphc: 1
modules:
  Block:
    nodes: {input: Input, conv: Conv 8 k=3, act: ReLU, next: Conv 4 k=1, output: Output}
    edges:
      - input -> conv: 3*9*9
      - conv -> act: 8*7*7
      - act -> next: 8*7*7
      - next -> output: 4*7*7
"""
USER = """\
graphc: 1
model: Case
imports: {lib.yaml: [Block]}
nodes: {image: Input, block: Block, act: ReLU}
edges:
  - image -> block: 3*9*9
  - block -> act: 4*7*7
"""


def test_an_imported_file_is_put_right_only_if_it_is_named(tmp_path: Path) -> None:
    library, user = tmp_path / "lib.yaml", tmp_path / "user.yaml"
    library.write_text(LIBRARY.replace("conv -> act: 8*7*7", "conv -> act: 8*6*7"))
    user.write_text(USER)
    alone = only(user)
    assert (alone.changed, alone.elsewhere) == (False, (str(library),))
    both = fix([user, library])
    assert [one.changed for one in both] == [False, True]
    assert both[1].after == LIBRARY
    assert [one.findings for one in both] == [(), ()]


IRV1 = Path(__file__).parents[2] / "specs" / "irv1.yaml"


@pytest.mark.parametrize("seed", range(2))
def test_several_mistakes_are_put_right_in_one_go(tmp_path: Path, seed: int) -> None:
    text = IRV1.read_text()
    lines = text.splitlines(keepends=True)
    sized = [n for n, line in enumerate(lines) if line.endswith("*17*17\n")]
    for number in random.Random(seed).sample(sized, 2):
        lines[number] = lines[number].replace("*17*17", "*17*19")
    path = tmp_path / "spec.yaml"
    path.write_text("".join(lines))
    found = check(path).findings
    file = only(path)
    assert file.fixed == sum(bool(one.fixes) for one in found) > 0
    assert len(file.findings) == len(found) - file.fixed
    if not file.findings:
        assert file.after == text


FIGURE = """\
# A little net

~~~mermaid
graph TD
  image["Input 3x32x32"] --> conv["Conv 16 k=3 p=1"]
  conv -- 16x32x32 --> pool["MaxPool k=2 s=2"]
  pool -- 16x17x16 --> next["Conv 8 k=3"]
  next -->|"8@14x14"| flat[Flatten]; flat --> fc[Linear 10]
~~~

Behind it: 16x17x16.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_figure_is_put_right_in_its_own_language(tmp_path: Path, end: str) -> None:
    path = tmp_path / "net.md"
    path.write_bytes(FIGURE.replace("\n", end).encode())
    file = only(path, annotate=True)
    assert (file.fixed, file.added) == (1, 1)
    assert write_fixed(file) is None
    expected = FIGURE.replace("pool -- 16x17x16", "pool -- 16x16x16").replace(
        "flat --> fc", 'flat -->|"1568"| fc'
    )
    assert path.read_bytes() == expected.replace("\n", end).encode()
    assert not only(path, annotate=True).changed


def test_a_link_for_several_edges_takes_a_size_that_all_have(tmp_path: Path) -> None:
    path = tmp_path / "net.mmd"
    path.write_text(
        "graph TD\n"
        "  image[Input 3x8x8] --> a[Conv 4 k=1]\n"
        "  image --> b[Conv 4 k=1] & c[Conv 6 k=1]\n"
        "  a & b --> sum[Sum]\n"
        "  sum & c --> cat[Concat]\n"
    )
    after = only(path, annotate=True).after
    assert '  a & b -->|"4*8*8"| sum[Sum]\n' in after
    assert "  sum & c --> cat[Concat]\n" in after


def test_a_size_in_a_label_is_not_said_again(tmp_path: Path) -> None:
    path = tmp_path / "net.mmd"
    text = "graph TD\n  x[Input 3x8x8] --> a[Conv k=1 4x8x8]\n  a --> b[ReLU]\n"
    path.write_text(text)
    assert only(path, annotate=True).after == text


def test_a_missing_semicolon_is_written(tmp_path: Path) -> None:
    path = tmp_path / "net.mmd"
    text = "graph TD; x[Input 3x8x8] --> a[Conv 4 k=1] b[ReLU]; a --> b\n"
    path.write_text(text)
    file = only(path)
    assert (file.fixed, file.others) == (0, 1)
    assert file.after == text.replace("k=1] b", "k=1]; b")
    assert Code.GC503 not in {one.code for one in file.findings}


@pytest.mark.parametrize("name", ["unet", "mobilenet_v2"])
def test_sizes_written_anew_are_those_that_were_inferred(
    tmp_path: Path, name: str
) -> None:
    text = (IRV1.parent / f"{name}.yaml").read_text()
    edge = r"^( +- (?!image|input|below|across)\w+ -> \w+): \S+(?: \S+)*$"
    bare = re.sub(edge, r"\1", text, flags=re.MULTILINE)
    assert bare != text
    after = text_of(tmp_path, bare)
    assert after != bare
    expected, found = (checked_sizes(tmp_path, one) for one in (text, after))
    assert found == expected


def checked_sizes(folder: Path, text: str) -> dict[str, list[str]]:
    path = folder / "again.yaml"
    path.write_text(text)
    checked = check(path)
    assert checked.sized is not None
    return sizes(checked.sized)
