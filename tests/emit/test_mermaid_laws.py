"""What is written as Mermaid is read as the same network, by the stated grammar."""

import re
from pathlib import Path

import pytest
from checking import Result, check_text
from hypothesis import assume, given, settings
from mermaid_reader import spec
from random_specs import specs

from graphc.diagnostics import Severity
from graphc.emit.mermaid import diagrams, document
from graphc.infer import Sized
from graphc.ir import Network, outline
from graphc.pipeline.check import check

ROOT = Path(__file__).parents[2]
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    text
    for text in FENCE.findall((ROOT / "docs" / "language.md").read_text())
    if "\nmodel:" in text and "imports:" not in text
]
_SIZE = re.compile(r"( {2}edge .*?): ([^:]*)")


def unwritten_left_out(original: Network, read: Network) -> list[tuple[str, str]]:
    """Return the lines of two networks that differ.

    Sizes that the first does not write are left out of the second.
    """
    lines, others = outline(original), list(outline(read))
    assert len(lines) == len(others)
    differing = []
    for line, other in zip(lines, others, strict=True):
        if line != _unwritten_left_out(other, line):
            differing.append((line, other))
    return differing


def _unwritten_left_out(line: str, original: str) -> str:
    size, known = _SIZE.fullmatch(line), _SIZE.fullmatch(original)
    if size and known and size[1] == known[1]:
        return f"{size[1]}: {_as_open(size[2], known[2])}"
    return size[1] if size and not known else line


def _as_open(size: str, model: str) -> str:
    """Return a size with the dims left open that ``model`` leaves open."""
    dims, shown = size.split("*"), model.split("*")
    if "_" not in shown or len(dims) != len(shown):
        return size
    pairs = zip(dims, shown, strict=True)
    return "*".join("_" if other == "_" else dim for dim, other in pairs)


def unreadable(result: Result) -> list[str]:
    """Return the errors of a spec in names and labels, not in sizes."""
    return [
        one.message
        for one in result.findings
        if one.severity is Severity.ERROR and one.code.name < "GC300"
    ]


def read_back(sized: Sized) -> Network:
    result = check_text(spec(document(diagrams(sized))))
    assert unreadable(result) == []
    assert result.sized is not None
    return result.sized.network


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_specs_are_read_back(path: Path) -> None:
    checked = check(path)
    assert checked.sized is not None
    text = spec(document(diagrams(checked.sized)))
    result = check_text(text)
    assert result.findings == ()
    assert result.sized is not None
    network = result.sized.network
    assert unwritten_left_out(checked.sized.network, network) == []


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_language_are_read_back(number: int) -> None:
    result = check_text(EXAMPLES[number])
    assert result.sized is not None
    network = read_back(result.sized)
    assert unwritten_left_out(result.sized.network, network) == []


def test_examples_were_found() -> None:
    assert len(EXAMPLES) > 10


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_specs_with_mistakes_are_drawn(path: Path) -> None:
    checked = check(path)
    if checked.sized is None or checked.library:
        return
    written = document(diagrams(checked.sized))
    codes = {finding.code.name for finding in checked.findings}
    assert spec(written)
    if not any(code < "GC300" for code in codes) and not any(
        code in codes for code in ("GC131", "GC132", "GC133")
    ):
        network = read_back(checked.sized)
        assert unwritten_left_out(checked.sized.network, network) == []


@settings(max_examples=60, deadline=None)
@given(specs())
def test_random_specs_are_read_back(text: str) -> None:
    result = check_text(text)
    assume(not unreadable(result))
    assert result.sized is not None
    network = read_back(result.sized)
    assert unwritten_left_out(result.sized.network, network) == []
