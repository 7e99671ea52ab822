"""``graphc docs``: what it writes, tells, and exits with."""

from pathlib import Path

from commands import SOUND, WRONG_SIZE, graphc, spec

TEXT = "# Net\n\n<!-- graphc: tiny.yaml as=summary -->\nold\n<!-- /graphc -->\n"


def test_it_fills_a_document_and_then_finds_it_up_to_date(tmp_path: Path) -> None:
    spec(tmp_path, SOUND)
    document = spec(tmp_path, TEXT, "net.md")
    checked = graphc("docs", "--check", "net.md", cwd=tmp_path)
    assert checked.code == 1
    assert "-old\n" in checked.out
    assert "+- parameters: 224, all trainable; buffers: 0\n" in checked.out
    assert checked.out.endswith("net.md: 1 marker: stale\n")
    assert document.read_text(encoding="utf-8") == TEXT

    written = graphc("docs", "net.md", cwd=tmp_path)
    assert (written.code, written.out) == (0, "net.md: 1 marker: wrote net.md\n")
    assert "224, all trainable" in document.read_text(encoding="utf-8")

    again = graphc("docs", "--check", "net.md", cwd=tmp_path)
    assert (again.code, again.out) == (0, "net.md: 1 marker: up to date\n")


def test_an_error_in_one_document_and_none_is_written(tmp_path: Path) -> None:
    spec(tmp_path, SOUND)
    spec(tmp_path, WRONG_SIZE, "wrong.yaml")
    good = spec(tmp_path, TEXT, "good.md")
    spec(tmp_path, TEXT.replace("tiny", "wrong"), "bad.md")
    done = graphc("docs", "good.md", "bad.md", "--format=concise", cwd=tmp_path)
    assert done.code == 1
    assert "GC524" in done.out
    assert "GC301" in done.out
    assert good.read_text(encoding="utf-8") == TEXT


def test_a_document_that_is_not_there_exits_with_2(tmp_path: Path) -> None:
    done = graphc("docs", "none.md", cwd=tmp_path)
    assert done.code == 2
    assert "GC001" in done.out


def test_standard_input_is_no_file_to_be_filled(tmp_path: Path) -> None:
    done = graphc("docs", "-", stdin=TEXT.encode(), cwd=tmp_path)
    assert done.code == 2
    assert "name a file" in done.err


def test_a_document_can_show_what_another_draws(tmp_path: Path) -> None:
    drawn = "# Net\n\n```mermaid\ngraph TD\n  i[Input] -->|3*9*9| c[Conv 8 k=3]\n```\n"
    spec(tmp_path, drawn, "drawn.md")
    document = spec(tmp_path, TEXT.replace("tiny.yaml", "drawn.md"), "net.md")
    done = graphc("docs", "net.md", cwd=tmp_path)
    assert done.code == 0, done.out
    assert "3*9*9 -> 8*7*7" in document.read_text(encoding="utf-8")
