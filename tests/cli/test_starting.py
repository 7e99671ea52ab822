"""What commands import: what they do not use, they do not wait for."""

import subprocess
import sys
from pathlib import Path

import pytest
from commands import IRV1, graphc

LIBRARIES = {
    *("torch", "numpy", "networkx", "jinja2", "graphviz", "pygraphviz"),
    *("importlib.metadata", "importlib.resources", "email", "socket", "logging"),
    *("tempfile", "zipfile", "subprocess", "multiprocessing", "asyncio"),
}
ROOMS = {
    f"graphc.{room}"
    for room in (
        *("markdown", "mermaid", "ingest", "passes", "fix", "cost", "tables"),
        *("draw", "emit", "weights", "verify", "spec"),
    )
}
COMPILER = {
    "yaml",
    "networkx",
    "importlib.metadata",
    "graphc.lang",
    "graphc.ops",
    "graphc.infer",
}


def _imported(*arguments: str) -> set[str]:
    code = (
        "import sys; from graphc.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_check_of_a_sound_spec_imports_what_it_uses() -> None:
    imported = _imported("check", str(IRV1))
    assert "graphc.infer" in imported
    assert sorted(imported & (LIBRARIES | ROOMS)) == []


def test_a_spec_that_is_known_is_told_of_without_the_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPHC_CACHE_DIR", str(tmp_path))
    assert "graphc.infer" in _imported("check", str(IRV1))
    known = _imported("check", str(IRV1))
    more = {"dataclasses", "inspect", "graphc.diagnostics", "graphc.source"}
    assert sorted(known & (LIBRARIES | ROOMS | COMPILER | more)) == []


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("check", "--help"), ("explain", "GC301"), ("explain",)],
    ids=" ".join,
)
def test_what_tells_of_graphc_needs_no_compiler(arguments: tuple[str, ...]) -> None:
    used = _imported(*arguments) & (LIBRARIES | ROOMS | COMPILER)
    assert sorted(used) == []


def test_the_help_names_every_command_and_the_version_is_told() -> None:
    told = graphc("--help", "check").out
    assert "  check     infer and check" in told
    assert "  explain   tell what" in told
    assert graphc("--version").out.startswith("graphc ")


def test_a_command_that_is_not_known_is_answered_with_those_that_are() -> None:
    run = graphc("chekc")
    assert run.code == 2
    assert "'check', 'build'" in run.err
