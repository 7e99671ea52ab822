"""Labels as a person reads them."""

import pytest
from charts import read, whole

from graphc.mermaid import kind, plain


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Conv<br/>64<br>k=3", "Conv\n64\nk=3"),
        (r"Conv\n64", "Conv\n64"),
        ("<b>Conv</b> <i class='x'>64</i>", "Conv 64"),
        ("#quot;x#quot; #35;1 &lt;3 #9829; &amp;", '"x" #1 <3 \u2665 &'),
        ("#nothing; & &nothing;", "#nothing; & &nothing;"),
        ("tensor<3x224x224>", "tensor<3x224x224>"),
        ("fa:fa-car Conv", "Conv"),
        ("64*112*112", "64*112*112"),
    ],
)
def test_what_is_shown(label: str, shown: str) -> None:
    assert plain(whole(label)).text == shown


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("**Conv** 64", "Conv 64"),
        ("a *b* _c_ __d__", "a b c d"),
        ("64*112*112 conv_1_x", "64*112*112 conv_1_x"),
        ("* a", "* a"),
    ],
)
def test_marks_of_emphasis_are_not_shown(label: str, shown: str) -> None:
    assert plain(whole(label), markdown=True).text == shown


def test_every_character_keeps_its_place() -> None:
    chart = read('graph TD\n a["<b>Conv</b> <br/>64"]\n').chart
    label = chart.vertices["a"].label
    assert label is not None
    shown = plain(label)
    assert shown.text == "Conv \n64"
    assert shown.slice(0, 3).text == "Con"
    assert shown.slice(6, 8).text == "64"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("graph TD\na", "flowchart"),
        ("---\ntitle: x\n---\n%% c\nflowchart LR", "flowchart"),
        ("sequenceDiagram\n", "sequence"),
        ('pie\n "a": 1', "pie"),
        ("mindmap\n x", "mindmap"),
        ("hello", None),
    ],
)
def test_the_kind_of_a_diagram(text: str, told: str | None) -> None:
    assert kind(whole(text)) == told
