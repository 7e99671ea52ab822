import re
from pathlib import Path

import pytest

from graphc.ingest.notation import read_label, read_size
from graphc.source import Fragment, Source, Span

PAGE = (Path(__file__).parents[2] / "docs" / "figures.md").read_text()
_ROW = re.compile(r"^\| (`.*`) \| `([^`]*)` \|$", re.MULTILINE)
_CELL = re.compile(r"`([^`]*)`")


def rows(text: str) -> list[tuple[str, str]]:
    """Return what stands in the figure, and in the spec, for each row of tables."""
    return [
        (written, spec)
        for cell, spec in _ROW.findall(text)
        for written in _CELL.findall(cell)
    ]


LAYERS, SIZES = PAGE.split("\n## Sizes\n")
UNREAD = _CELL.findall(PAGE.split("## What is not read")[1])


def fragment(text: str) -> Fragment:
    return Fragment(text, Span(Source("page", text), 0, len(text)))


def no_module(_: str) -> None:
    return None


@pytest.mark.parametrize(("text", "label"), rows(LAYERS))
def test_a_label_is_read_as_the_page_says(text: str, label: str) -> None:
    reading = read_label(fragment(text), no_module)
    assert reading.label is not None
    assert reading.label.text == label


@pytest.mark.parametrize(("text", "size"), rows(SIZES))
def test_a_size_is_read_as_the_page_says(text: str, size: str) -> None:
    reading = read_size(fragment(text))
    assert reading is not None
    turned = reading.without_first or reading.fragment
    assert size in (reading.fragment.text, turned.text)


@pytest.mark.parametrize("text", [text for text in UNREAD if text != "Sum"])
def test_what_the_page_says_is_not_read_is_not(text: str) -> None:
    assert read_label(fragment(text), no_module).label is None


def test_the_tables_are_found() -> None:
    assert len(rows(LAYERS)) > 20
    assert len(rows(SIZES)) > 10
    assert len(UNREAD) > 3
