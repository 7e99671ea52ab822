"""Mermaid itself, where it is installed, reads the same in a chart as graphc does.

GRAPHC_NODE_MODULES names the folder of Node's packages, with `mermaid` and `jsdom`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from charts import Read, read
from grammar import Charts
from oracle import ask, node_modules, ours, theirs

CORPUS = Path(__file__).parent / "corpus"
GOLDEN: dict[str, dict[str, Any]] = json.loads((CORPUS / "golden.json").read_text())
MODULES = node_modules()
asked = pytest.mark.skipif(
    MODULES is None, reason="no Node with mermaid: set GRAPHC_NODE_MODULES"
)


def text(name: str) -> str:
    return (CORPUS / name).read_bytes().decode()


def refused(chart: Read) -> bool:
    return chart.flowchart is None or not {"GC501", "GC503"}.isdisjoint(chart.codes)


def differences(
    charts: list[str], answers: list[dict[str, Any]]
) -> Iterator[tuple[str, object, object]]:
    for chart, answer in zip(charts, answers, strict=True):
        found = read(chart)
        if answer.get("kind") != "flowchart":
            if not refused(found):
                yield chart, answer, "taken"
        elif refused(found):
            yield chart, "taken", [one.message for one in found.findings]
        elif theirs(answer) != ours(found.chart):
            yield chart, theirs(answer), ours(found.chart)


def test_all_charts_of_the_corpus_have_an_answer() -> None:
    assert {one.name for one in CORPUS.glob("*.mmd")} == set(GOLDEN)


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_a_chart_says_what_mermaid_read_in_it(name: str) -> None:
    assert list(differences([text(name)], [GOLDEN[name]])) == []


@asked
def test_mermaid_still_reads_the_corpus_so() -> None:
    names = sorted(GOLDEN)
    assert MODULES is not None
    answers = ask([text(name) for name in names], MODULES)
    assert list(differences([text(name) for name in names], answers)) == []


@asked
@pytest.mark.parametrize("seed", range(0, 300, 100))
def test_charts_at_random_are_read_as_mermaid_reads_them(seed: int) -> None:
    charts = [Charts(seed + number).chart() for number in range(100)]
    charts += [Charts(seed + number).mutated() for number in range(100)]
    charts = [chart for chart in charts if comparable(chart)]
    assert MODULES is not None
    assert list(differences(charts, ask(charts, MODULES))) == []


def comparable(chart: str) -> bool:
    """Whether Mermaid's answer is compared.

    Not where it rewrites the tags of a label, where versions differ (blanks behind the
    text of a link), and where a subgraph is within itself.
    """
    tags = chart.replace("<br/>", "").replace("tensor<3x3>", "")
    tagged = any(f"<{letter}" in tags for letter in "abcdefghijklmnopqrstuvwxyz/!?")
    return not (tagged or "|  " in chart or circular(chart))


def circular(chart: str) -> bool:
    """Whether a link within a subgraph may name one that it stands in."""
    return chart.count("subgraph") > 1
