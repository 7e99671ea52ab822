"""Documents filled from specs."""

from pathlib import Path

import pytest
from tiny_spec import TINY

from graphc.diagnostics import Code
from graphc.pipeline.docs import Filled, fill


def filled(folder: Path, text: str, spec: str = TINY) -> Filled:
    (folder / "tiny.yaml").write_text(spec, encoding="utf-8")
    document = folder / "net.md"
    document.write_bytes(text.encode())
    return fill(str(document))


def marked(words: str, body: str = "") -> str:
    return f"# Net\n\n<!-- graphc: {words} -->\n{body}<!-- /graphc -->\n\nend\n"


def body(text: str) -> str:
    return text.split("-->\n", 1)[1].split("<!-- /graphc", 1)[0]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("tiny.yaml as=mermaid", "```mermaid\n"),
        ("tiny.yaml as=mermaid module=Block", "module: Block"),
        ("tiny.yaml as=table", "| `conv` | `Conv 8 k=3 ReLU` | `8*7*7` | 224 |"),
        ("tiny.yaml as=table depth=1", "| `block.act` |"),
        ("tiny.yaml tiny.yaml as=table", "| `Tiny` | `3*9*9` | 224 |"),
        ("tiny.yaml as=summary", "- sizes: `3*9*9 -> 8*7*7`\n- parameters: 224,"),
        ("tiny.yaml as=svg", "![Tiny](generated/tiny.svg)"),
        ("tiny.yaml as=svg module=Block", "![Block](generated/tiny-Block.svg)"),
        ("tiny.yaml as=svg file=pic/a.svg", "![Tiny](pic/a.svg)"),
    ],
)
def test_what_is_asked_for_is_filled_in(words: str, shown: str, tmp_path: Path) -> None:
    found = filled(tmp_path, marked(words, "old\n"))
    assert found.findings == ()
    assert shown in body(found.text)
    assert "old" not in found.text
    assert found.text.replace(body(found.text), "") == marked(words)


def test_filling_again_changes_nothing(tmp_path: Path) -> None:
    text = marked("tiny.yaml as=summary") + marked("tiny.yaml as=mermaid")
    once = filled(tmp_path, text)
    assert once.stale
    again = filled(tmp_path, once.text)
    assert not again.stale
    assert again.text == once.text


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "  ", "> ", "> > "])
def test_line_ends_and_what_lines_begin_with_stay(
    ends: str, before: str, tmp_path: Path
) -> None:
    opening, closing = "<!-- graphc: tiny.yaml as=mermaid -->", "<!-- /graphc -->"
    text = f"a\t \n\n{before}{opening}\n{before}{closing}"
    found = filled(tmp_path, text.replace("\n", ends)).text
    assert found.startswith(f"a\t {ends}{ends}{before}<!--")
    assert found.endswith(f"{before}<!-- /graphc -->")
    assert found.count("\n") == found.count(ends)
    lines = found.split(ends)[2:]
    assert all(line.startswith(before.rstrip()) for line in lines if line)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_stays(encoding: str, tmp_path: Path) -> None:
    filled(tmp_path, "")
    document = tmp_path / "net.md"
    document.write_bytes(("\u00e9\n" + marked("tiny.yaml as=summary")).encode(encoding))
    found = fill(str(document))
    assert found.data.decode(encoding) == found.text
    assert found.data[:3] == document.read_bytes()[:3]


def test_a_drawing_is_made_beside_the_document(tmp_path: Path) -> None:
    found = filled(tmp_path, marked("tiny.yaml as=svg"))
    (made,) = found.stale_drawings()
    assert made.file == tmp_path / "generated" / "tiny.svg"
    assert b"<svg" in made.data
    made.file.parent.mkdir()
    made.file.write_bytes(made.data)
    assert found.stale_drawings() == ()


@pytest.mark.parametrize(
    ("words", "code", "place"),
    [
        ("as=table", Code.GC521, "<!-- graphc: as=table -->"),
        ("tiny.yaml", Code.GC521, "<!-- graphc: tiny.yaml -->"),
        ("tiny.yaml x.yaml as=summary", Code.GC521, "x.yaml"),
        ("tiny.yaml as=tabel", Code.GC523, "as=tabel"),
        ("tiny.yaml as=table modul=Block", Code.GC523, "modul=Block"),
        ("tiny.yaml as=summary depth=1", Code.GC523, "depth=1"),
        ("tiny.yaml as=table depth=x", Code.GC523, "depth=x"),
        ("tiny.yaml as=table as=svg", Code.GC523, "as=svg"),
        ("tiny.yaml as=mermaid module=Blok", Code.GC523, "module=Blok"),
        ("tiny.yaml as=svg file=README.md", Code.GC523, "file=README.md"),
        ("tiny.yaml as=svg file=/x.svg", Code.GC523, "file=/x.svg"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_place(
    words: str, code: Code, place: str, tmp_path: Path
) -> None:
    found = filled(tmp_path, marked(words, "old\n"))
    (finding,) = found.findings
    assert finding.code is code
    assert finding.place is not None
    assert finding.place.span.text == place
    assert not found.stale


def test_a_typo_gets_the_nearest_word(tmp_path: Path) -> None:
    (finding,) = filled(tmp_path, marked("tiny.yaml as=svg module=Blok")).findings
    assert finding.help == ("did you mean `Block`?",)
    (finding,) = filled(tmp_path, marked("tiny.yaml as=tabel")).findings
    assert finding.help == ("did you mean `table`?",)


def test_two_drawings_cannot_be_one_file(tmp_path: Path) -> None:
    one = marked("tiny.yaml as=svg file=a.svg")
    two = marked("tiny.yaml as=svg module=Block file=a.svg")
    (finding,) = filled(tmp_path, one + two).findings
    assert finding.code is Code.GC523
    assert filled(tmp_path, one + one).findings == ()


def test_a_spec_with_errors_is_told_and_so_are_its_errors(tmp_path: Path) -> None:
    wrong = TINY.replace("8*7*7", "8*7*6")
    found = filled(tmp_path, marked("tiny.yaml as=summary", "old\n"), wrong)
    assert [finding.code for finding in found.findings] == [Code.GC524, Code.GC301]
    assert not found.stale


def test_a_document_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = fill(str(tmp_path / "none.md"))
    assert [finding.code for finding in found.findings] == [Code.GC001]
