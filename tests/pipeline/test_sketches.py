"""Figures without any size: what their arrows leave unsaid."""

from pathlib import Path

from graphc.diagnostics import Severity
from graphc.pipeline.document import check_document, check_model

SKETCH = """```mermaid
graph TD
  i["Input"] --> a["Linear 4"] --> b["SiLU"]
  a --> b
```
"""


def severities(path: Path) -> list[tuple[str, Severity]]:
    (one,) = check_document(path).networks
    return [(found.code.name, found.severity) for found in one.findings]


def test_arrows_of_a_sketch_that_do_not_join_are_warnings(tmp_path: Path) -> None:
    path = tmp_path / "sketch.md"
    path.write_text(SKETCH)
    assert ("GC112", Severity.WARNING) in severities(path)
    assert Severity.ERROR not in [found for _, found in severities(path)]


def test_arrows_of_a_figure_with_sizes_must_join(tmp_path: Path) -> None:
    path = tmp_path / "figure.md"
    path.write_text(SKETCH.replace('"Input"] -->', '"Input"] -->|"8"|'))
    assert ("GC112", Severity.ERROR) in severities(path)


def test_nothing_is_built_of_arrows_that_do_not_join(tmp_path: Path) -> None:
    path = tmp_path / "sketch.md"
    path.write_text(SKETCH)
    findings = check_model(path, None).with_model().findings
    assert Severity.ERROR in [found.severity for found in findings]
