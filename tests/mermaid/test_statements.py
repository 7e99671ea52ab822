"""What the statements of a flowchart say, and where."""

from charts import read


def test_a_missing_semicolon_is_a_warning_and_read_as_meant() -> None:
    chart = read('graph TD; a["x"]; b["y"] c["z"]; a --> |"3*4"| b; b-->c;')
    assert chart.codes == ["GC503"]
    assert chart.flowchart is not None
    assert list(chart.flowchart.vertices) == ["a", "b", "c"]
    assert chart.links == ["a -> b: 3*4", "b -> c"]
