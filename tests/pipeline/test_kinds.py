import pytest

from graphc.pipeline.kinds import Kind, kind_of_name, kind_of_text, may_hold_networks

SPEC = "graphc: 1\nmodel: Net\nabout: |\n  graph TD is no diagram here\n"
CHART = 'graph TD\n  a["Conv k=3"] --> b\n'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SPEC, Kind.SPEC),
        ("# a comment\n---\n" + SPEC, Kind.SPEC),
        ('{"graphc": 1}', Kind.SPEC),
        ("", Kind.SPEC),
        (SPEC + "modules:\n  a: |\n    graph TD\n", Kind.SPEC),
        (CHART, Kind.DIAGRAM),
        ("\n%% a comment\n\nflowchart LR; a --> b;", Kind.DIAGRAM),
        ("---\ntitle: Stem\n---\nflowchart TB\na --> b\n", Kind.DIAGRAM),
        ("flowchart-elk LR\na --> b\n", Kind.DIAGRAM),
        ("graph\r\na --> b\r\n", Kind.DIAGRAM),
        (f"# A title\n\n```mermaid\n{CHART}```\n", Kind.DOCUMENT),
        (f"Stem\n\n  {CHART}", Kind.DOCUMENT),
        (f"> ```mermaid\n> {CHART}", Kind.DOCUMENT),
        ('<pre class="mermaid">graph LR; a --> b</pre>', Kind.DOCUMENT),
        (f"# A title\n\n```yaml\n{SPEC}```\n\n{CHART}", Kind.DOCUMENT),
        ("graph theory is old\n", Kind.SPEC),
    ],
)
def test_a_text_without_a_name_is_told_by_what_is_in_it(text: str, kind: Kind) -> None:
    assert kind_of_text(text) is kind


def test_the_end_of_a_name_tells_whatever_its_case() -> None:
    assert kind_of_name("a/README.MD") is Kind.DOCUMENT
    assert kind_of_name("stem.mmd") is Kind.DIAGRAM
    assert kind_of_name("net.yml") is Kind.SPEC
    assert kind_of_name("notes.txt") is None
    assert kind_of_name(".yaml") is None


@pytest.mark.parametrize(
    ("text", "kind", "may"),
    [
        (SPEC, Kind.SPEC, True),
        ("about: x\ngraphc: 1\n", Kind.SPEC, True),
        ("services:\n  graphc: 1\n", Kind.SPEC, False),
        ("Prose about a graph.\n", Kind.DOCUMENT, False),
        (f"- {CHART}", Kind.DOCUMENT, True),
        ("sequenceDiagram\na->>b: hi\n", Kind.DIAGRAM, False),
    ],
)
def test_what_is_worth_a_closer_look(text: str, kind: Kind, *, may: bool) -> None:
    assert may_hold_networks(text, kind) is may


@pytest.mark.parametrize("unit", ["\n", " ", ">", "- ", "---\n", "%%\n", "graph ", "#"])
def test_no_text_takes_for_ever(unit: str) -> None:
    text = unit * 200_000
    assert kind_of_text(text) is Kind.SPEC
    assert not may_hold_networks(text, Kind.DOCUMENT)
