"""Diagrams in elements of HTML."""

import pytest
from documents_read import read


@pytest.mark.parametrize(
    "text",
    [
        '<div class="mermaid">\ngraph TD\na --> b\n</div>\n',
        "<pre class='mermaid'>\ngraph TD\na --> b\n</pre>\n",
        '<pre lang="mermaid">\ngraph TD\na --&gt; b\n</pre>\n',
        '<div align="center" class="wide mermaid">graph TD\na --> b\n</div>\n',
        '<pre><code class="language-mermaid">graph TD\na --> b\n</code></pre>\n',
        '<div>\n  <div class="mermaid">\ngraph TD\na --> b\n  </div>\n</div>\n',
        '- a\n\n  <div class="mermaid">\n  graph TD\n  a --> b\n  </div>\n',
    ],
)
def test_one_is_found(text: str) -> None:
    (found,) = read(text).texts
    assert found.split() == ["graph", "TD", "a", "-->", "b"]


def test_one_goes_on_over_blank_lines_to_its_end() -> None:
    found = read('<div class="mermaid">\ngraph TD\n\na --> b\n</div>\n\n# x\n')
    assert found.texts == ["\ngraph TD\n\na --> b\n"]
    assert found.document.title is not None


def test_an_entity_stands_for_its_character() -> None:
    (block,) = read('<pre class="mermaid">a --&gt; b</pre>').blocks
    assert block.fragment.text == "a --> b"
    assert block.fragment.slice(4, 5).text == "&gt;"
    assert block.fragment.slice(6, 7).text == "b"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- <div class="mermaid">\ngraph TD\n</div> -->\n',
        '<script>\n<div class="mermaid">a</div>\n</script>\n',
        '<div class="mermaids">\ngraph TD\n</div>\n',
        '```html\n<div class="mermaid">a --> b</div>\n```\n',
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    assert read(text).texts == []
