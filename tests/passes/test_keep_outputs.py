from pathlib import Path

import pytest
from checking import sizes

from graphc import load

TEXT = """
graphc: 1
model: Heads
nodes:
  image: Input
  other: Input
  body: Conv 8 k=3
  main: Conv 2 k=1
  side: Conv 4 k=1
  join: Sum
  first: Output
  second: Output
edges:
  - image -> body: 3*9*9
  - other -> join: 4*7*7
  - body -> main -> first
  - body -> side -> join -> second
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "heads.yaml"
    path.write_text(TEXT)
    return path


def test_what_leads_to_no_output_that_is_kept_goes(spec: Path) -> None:
    kept = load(spec, only=["first"])
    assert sizes(kept.sized) == {
        "Heads: image -> body": ["3*9*9"],
        "Heads: body -> main": ["8*7*7"],
        "Heads: main -> first": ["2*7*7"],
    }


def test_the_file_tells_how_it_was_built(spec: Path) -> None:
    code = load(spec, only=["second"]).code()
    assert "run `graphc build heads.yaml --only second`." in " ".join(code.split())
    assert "self.main" not in code
    assert "self.side" in code


def test_all_outputs_are_the_network_as_it_is(spec: Path) -> None:
    every = load(spec, only=["second", "first"])
    assert sizes(every.sized) == sizes(load(spec).sized)


def test_a_name_that_is_of_no_output_is_reported(spec: Path) -> None:
    (finding,) = load(spec, only=["frist"]).check()
    assert finding.code.name == "GC108"
    assert finding.message == "the model has no output `frist`"
    assert finding.help == ("`first` is one",)
