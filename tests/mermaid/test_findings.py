"""What is said about the text of a flowchart, where, and with which remedy."""

import pytest
from charts import read


@pytest.mark.parametrize(
    ("statement", "code", "place", "fixed"),
    [
        ("a[b (c)] --> d", "GC501", "[b (c)]", 'a["b (c)"] --> d'),
        ('a[b "c" d]', "GC501", '[b "c" d]', 'a["b #quot;c#quot; d"]'),
        ("a -->|f(x)| b", "GC501", "|f(x)|", 'a -->|"f(x)"| b'),
        ("a -. 1.2 .-> b", "GC501", "-. 1.2 .->", 'a -. "1.2" .-> b'),
        ('a["x"] b["y"]', "GC503", " ", 'a["x"]; b["y"]'),
        ("a -- box--> b", "GC502", "x", "a -- box --> b"),
    ],
)
def test_a_fix_puts_it_right(statement: str, code: str, place: str, fixed: str) -> None:
    text = f"graph TD\n{statement}\n"
    found = read(text)
    assert found.codes == [code]
    finding = found.findings[0]
    assert finding.place is not None
    assert finding.place.span.text == place
    for edit in finding.fixes:
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert text == f"graph TD\n{fixed}\n"
    assert read(text).codes == []


@pytest.mark.parametrize(
    ("statement", "code", "place"),
    [
        ("a --> end", "GC501", "end"),
        ("a[open", "GC501", "["),
        ('a["open] --> b', "GC501", '"'),
        ("a[x}", "GC501", "}"),
        ("conv one --> b", "GC501", "one"),
        ("subgraph one", "GC501", "subgraph"),
        ("end", "GC501", "end"),
        ("a@{ shape: rekt }", "GC501", "rekt"),
        ("linkStyle 3 stroke:red", "GC501", "3"),
        ("a -- b", "GC501", "--"),
        ("a--ok-->b", "GC502", "ok"),
        ("a---ob", "GC502", "ob"),
        ("a x-- t --> b", "GC502", "x-- t -->"),
        ('a["x"] --> a["y"]', "GC504", '["y"]'),
    ],
)
def test_a_mistake_is_told_once_and_in_place(
    statement: str, code: str, place: str
) -> None:
    found = read(f"graph TD\n{statement}\n")
    assert found.codes == [code]
    assert found.findings[0].place is not None
    text = found.findings[0].place.span.text
    assert text.startswith(place) if place == "subgraph" else text == place


def test_all_mistakes_of_a_diagram_are_told_and_the_rest_is_read() -> None:
    found = read("graph TD\na[b (c)] --> d\nx y\ne --> f\ng --> end\nh --> i\n")
    assert found.codes == ["GC501", "GC501", "GC501"]
    assert found.links == ["a -> d", "e -> f", "h -> i"]
    assert found.labels["a"] == "b (c)"
