"""A document is read in steps that grow as it does."""

import pytest
from documents_read import read
from steps import growth

UNITS = {
    "fences": "## T\n\n```mermaid\ngraph TD\n a --> b\n```\n\n",
    "an open element": '<div class="mermaid">a --> b\n\n',
    "bare": "graph TD; a --> b;\n a[x] --> b\n",
    "a paragraph": "words of it\n",
    "items": "- a\n  - b\n    - c\n",
    "quotations": "> - > - a\n",
    "open comments": "x <!-- a\n",
    "marks on one line": "- ",
    "quotation marks on one line": ">",
    "tags": "<div <",
}


@pytest.mark.parametrize("name", UNITS)
def test_a_longer_document_takes_as_much_longer(name: str) -> None:
    unit = UNITS[name]
    assert growth(read, unit * 150, unit * 600) < 5


@pytest.mark.parametrize("unit", [" ", "\t", "`", "[", "(", "<", "_", "*", "&", '"'])
def test_a_longer_line_takes_as_much_longer(unit: str) -> None:
    for before in ("", "# ", "- ", "graph TD; a", '<p class="', "<b>"):
        read(before + unit * 100_000)
        assert growth(read, before + unit * 500, before + unit * 2000) < 5
