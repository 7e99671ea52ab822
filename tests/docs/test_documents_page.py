"""What the page on documents shows is what the commands print."""

import re
from pathlib import Path

from running import run

from graphc.pipeline.docs import fill

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "documents.md").read_text(encoding="utf-8")


def blocks(language: str, fence: str) -> list[str]:
    pattern = rf"^{fence}{language}\n(.*?)^{fence}$"
    return [str(one) for one in re.findall(pattern, PAGE, re.DOTALL | re.MULTILINE)]


def test_the_commands_print_what_is_shown(tmp_path: Path) -> None:
    document, marked = blocks("markdown", "````")
    (tmp_path / "net.md").write_text(document, encoding="utf-8")
    right = document.replace("8*8*8", "8*7*7")
    for text, shown in zip((document, right), blocks("console", "```"), strict=True):
        (tmp_path / "net.md").write_text(text, encoding="utf-8")
        first, _, told = shown.partition("\n")
        assert run(first.removeprefix("$ graphc ").split(), tmp_path) == told
    (tmp_path / "shown.md").write_text(marked, encoding="utf-8")
    assert run(["docs", "shown.md"], tmp_path) == "shown.md: 1 marker: wrote shown.md\n"


def test_what_is_kept_true_is_true() -> None:
    for name in ("README.md", "docs/documents.md"):
        found = fill(str(ROOT / name))
        assert found.findings == ()
        assert found.markers > 0
        assert not found.stale, name
        assert not found.stale_drawings(), name
