"""What is written as Mermaid is read as the same network, by the stated grammar."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from checking import Result, check_text
from hypothesis import assume, given, settings
from mermaid_reader import spec
from random_specs import specs

from graphc.diagnostics import Severity, Sink
from graphc.emit.mermaid import diagrams, document
from graphc.emit.torch import emit
from graphc.frontend import elaborate_tree
from graphc.infer import Sized, infer
from graphc.ingest import read as ingest
from graphc.ir import Network, outline
from graphc.pipeline.check import check
from graphc.source import Source

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
    if original.startswith("  node 'layers'") and line.startswith(f"{original}: "):
        return original  # the size on the edge behind a row is behind its last item
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


def ingested(text: str) -> Result:
    """Return what is found in the one network of a document."""
    source, sink = Source("drawn.md", text), Sink()
    (model,) = ingest(source, sink).models
    network = elaborate_tree(model.written, source, sink)
    return Result(None if network is None else infer(network, sink), sink.sorted())


def by_the_grammar(text: str) -> Result:
    return check_text(spec(text))


READERS = [by_the_grammar, ingested]
Reader = Callable[[str], Result]


def assert_read_back(sized: Sized, reader: Reader) -> Result:
    result = reader(document(diagrams(sized)))
    assert unreadable(result) == []
    assert result.sized is not None
    assert unwritten_left_out(sized.network, result.sized.network) == []
    return result


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_the_specs_are_read_back(path: Path, reader: Reader) -> None:
    checked = check(path)
    assert checked.sized is not None
    assert assert_read_back(checked.sized, reader).findings == ()


@pytest.mark.parametrize("name", ["mobilenet_v2", "efficientnet_lite0", "irv1"])
def test_what_is_read_back_builds_the_same_code(name: str) -> None:
    checked = check(ROOT / "specs" / f"{name}.yaml")
    assert checked.sized is not None
    read = ingested(document(diagrams(checked.sized)))
    assert read.sized is not None
    codes = [emit(one).splitlines() for one in (checked.sized, read.sized)]
    # Where it is from is told in its first lines.
    one, other = ([line for line in code if "graphc" not in line] for code in codes)
    assert one == other


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_language_are_read_back(
    number: int, reader: Reader
) -> None:
    result = check_text(EXAMPLES[number])
    assert result.sized is not None
    assert_read_back(result.sized, reader)


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
        for reader in READERS:
            assert_read_back(checked.sized, reader)


@settings(max_examples=20, deadline=None)
@given(specs())
def test_random_specs_are_read_back(text: str) -> None:
    result = check_text(text)
    assume(not unreadable(result))
    assert result.sized is not None
    for reader in READERS:
        assert_read_back(result.sized, reader)
