"""What the statements of a flowchart say, and where."""

import pytest
from charts import read


def test_a_missing_semicolon_is_a_warning_and_read_as_meant() -> None:
    chart = read('graph TD; a["x"]; b["y"] c["z"]; a --> |"3*4"| b; b-->c;')
    assert chart.codes == ["GC503"]
    assert chart.flowchart is not None
    assert list(chart.flowchart.vertices) == ["a", "b", "c"]
    assert chart.links == ["a -> b: 3*4", "b -> c"]


BLANKS = ["\xa0", "\u1680", "\u2003", "\u2028", "\u202f", "\u3000", "\ufeff"]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_what_is_a_blank_for_mermaid_parts_links_from_nodes(blank: str) -> None:
    chart = read(f"graph{blank}LR\na{blank}-->{blank}b{blank}==>{blank}c\n")
    assert chart.codes == []
    assert chart.flowchart is not None
    assert chart.flowchart.direction == "LR"
    arrows = [(one.source, one.arrow, one.target) for one in chart.chart.links]
    assert arrows == [("a", "arrow_point", "b"), ("b", "arrow_point", "c")]
    assert [one.span.text for one in chart.chart.links] == ["-->", "==>"]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_a_text_that_no_link_ends_may_begin_with_any_blank(blank: str) -> None:
    assert read(f"graph LR\nA --{blank}").codes == ["GC501", "GC501"]


def test_a_dash_before_the_dots_that_end_a_text_is_part_of_the_link() -> None:
    assert read("graph LR\na -. 3*4)-.-> b\n").links == ["a -> b: 3*4)"]
    assert read("graph LR\na -. 3-4 -.-> b\n").links == ["a -> b: 3-4"]
    assert read("graph LR\na -- 3*4)--> b\n").links == ["a -> b: 3*4)"]
