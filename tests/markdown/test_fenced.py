"""Diagrams between fences, wherever CommonMark has them, and nowhere else."""

import pytest
from documents_read import agree, read

GRAPH = "graph TD\n  a --> b\n"


@pytest.mark.parametrize(
    "text",
    [
        "```mermaid\ngraph TD\n  a --> b\n```\n",
        "``` mermaid\ngraph TD\n  a --> b\n```",
        "```Mermaid\ngraph TD\n  a --> b\n``` \n",
        "````mermaid\ngraph TD\n  a --> b\n`````\n",
        "~~~mermaid\ngraph TD\n  a --> b\n~~~\n",
        "```{mermaid}\ngraph TD\n  a --> b\n```\n",
        "```{.mermaid #fig}\ngraph TD\n  a --> b\n```\n",
        '```mermaid title="x"\ngraph TD\n  a --> b\n```\n',
        "```mermaid{theme}\ngraph TD\n  a --> b\n```\n",
        "::: mermaid\ngraph TD\n  a --> b\n:::\n",
        ":::{mermaid}\ngraph TD\n  a --> b\n:::\n",
        "- a list\n\n  ```mermaid\n  graph TD\n    a --> b\n  ```\n",
        "-\tlist\n\n\t```mermaid\n\tgraph TD\n\t  a --> b\n\t```\n",
        "> quoted\n> ```mermaid\n> graph TD\n>   a --> b\n> ```\n",
        "1. > ```mermaid\n   > graph TD\n   >   a --> b\n   > ```\n",
        "  ```mermaid\n  graph TD\n    a --> b\n   ```\n",
        "a paragraph\n```mermaid\ngraph TD\n  a --> b\n```\nends\n",
        "---\ntitle: x\n---\n```mermaid\ngraph TD\n  a --> b\n```\n",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_diagram_is_found_with_the_place_of_each_character(
    text: str, ends: str
) -> None:
    found = read(text.replace("\n", ends))
    assert found.texts == [GRAPH]
    assert agree(found.blocks[0].fragment)
    assert not found.findings


@pytest.mark.parametrize(
    "text",
    [
        "````markdown\n```mermaid\ngraph TD\n  a --> b\n```\n````\n",
        "```markdown\n```mermaid\ngraph TD\n  a --> b\n```\n\nend\n```\n",
        "```mermaids\ngraph TD\n  a --> b\n```\n",
        "```yaml mermaid\ngraph TD\n  a --> b\n```\n",
        "    ```mermaid\n    a --> b\n    ```\n",
        "<!--\n```mermaid\na b\n```\n-->\n",
        "<script>\n```mermaid\na b\n```\n</script>\n",
        "``mermaid\na b\n``\n",
        "```mermaid`\na b\n",
        "a word `graph TD` in a text\n",
        "words <!-- of\ngraph TD; a --> b;\nhidden --> end\n",
    ],
)
def test_what_is_no_fence_of_a_diagram_is_left_alone(text: str) -> None:
    assert read(text).texts == []
