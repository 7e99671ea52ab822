"""Every example of the language reference holds."""

import re
from pathlib import Path

import pytest

from graphc.diagnostics import Sink, render_text
from graphc.frontend import elaborate
from graphc.infer import infer
from graphc.lang import parse_label, parse_shape
from graphc.ops import find
from graphc.source import Fragment, Source, Span

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
TEXT = PAGE.read_text(encoding="utf-8")
SPECS = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
FILES = {
    named[1]: text for text in SPECS if (named := re.match(r"# (\S+\.yaml)\n", text))
}
"""The examples that others import, by their names."""


def column(heading: str) -> list[str]:
    """Return the codes in the first column of the table with that heading."""
    table = TEXT.partition(f"| {heading} | means |\n|---|---|\n")[2]
    rows = table.partition("\n\n")[0].splitlines()
    return [re.match(r"\| `(.*?)` \|", row)[1] for row in rows]


def fragment(text: str) -> Fragment:
    source = Source("table", text)
    return Fragment(text, Span(source, 0, len(text)))


@pytest.fixture
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("text", SPECS)
def test_each_spec_is_checked_without_a_finding(text: str) -> None:
    sink = Sink()
    network = elaborate(Source("example.yaml", text), sink)
    assert network is not None
    sized = infer(network, sink)
    assert render_text(sink.sorted()) == ""
    assert sized.counts.sizes > 0 or "LongForm" in text or network.library


@pytest.mark.parametrize("label", column("label"))
def test_each_label_is_read(label: str) -> None:
    sink = Sink()
    terms = parse_label(
        fragment(label), lambda name: find(name) is not None, lambda _: False, sink
    )
    assert render_text(sink.sorted()) == ""
    assert terms


@pytest.mark.parametrize("size", column("size"))
def test_each_size_is_read(size: str) -> None:
    sink = Sink()
    shape = parse_shape(fragment(size), sink)
    assert render_text(sink.sorted()) == ""
    assert shape is not None


def test_the_page_has_examples() -> None:
    assert len(SPECS) >= 6
    assert len(column("label")) >= 9
    assert len(column("size")) >= 9
