"""Mermaid itself, where it is installed, reads what graphc writes as it is meant."""

from pathlib import Path

import pytest
from charts import read
from oracle import ask, node_modules, ours, theirs

from graphc.emit.mermaid import diagrams
from graphc.pipeline.check import check

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
MODULES = node_modules()


@pytest.mark.skipif(
    MODULES is None, reason="no Node with mermaid: set GRAPHC_NODE_MODULES"
)
def test_mermaid_reads_every_diagram_of_the_specs() -> None:
    sizeds = [check(path).sized for path in SPECS]
    drawn = [each for sized in sizeds if sized for each in diagrams(sized)]
    charts = [part for each in drawn for part in each.parts]
    assert MODULES is not None
    for chart, answer in zip(charts, ask(charts, MODULES), strict=True):
        assert answer.get("kind") == "flowchart", answer
        assert theirs(answer) == ours(read(chart).chart)
