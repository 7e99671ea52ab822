"""Documents with many diagrams: each takes as many steps as if it were alone."""

from collections.abc import Callable

import pytest
from steps import growth

from graphc.diagnostics import Sink
from graphc.ingest import read
from graphc.source import Source

NET = 'flowchart TB\nimage(["Input 3*8*8"]) --> conv["Conv 8 k=3 p=1"]\n'


def fenced(title: str, diagram: str) -> str:
    return f"{title}\n\n```mermaid\n{diagram}```\n\n"


MANY: dict[str, Callable[[int], str]] = {
    "titled": lambda n: "".join(fenced(f"# Net {i}", NET) for i in range(n)),
    "untitled": lambda n: "".join(fenced("", NET) for i in range(n)),
    "others": lambda n: "".join(fenced("", "pie\n") for i in range(n)),
    "no networks": lambda n: "".join(fenced("", "graph TB\na-->b\n") for i in range(n)),
    "used": lambda n: "".join(
        fenced(f"# Net {i}", f"{NET}conv --> net{i + 1}[Net {i + 1}]\n")
        if i % 2 == 0
        else fenced(f"# Net {i}", NET)
        for i in range(n)
    ),
}


@pytest.mark.parametrize("make", MANY.values(), ids=MANY)
def test_ten_times_the_diagrams_take_ten_times_the_steps(
    make: Callable[[int], str],
) -> None:
    def reading(text: str) -> object:
        return read(Source("doc.md", text), Sink())

    assert growth(reading, make(20), make(200)) < 12
