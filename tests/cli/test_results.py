"""What ``build`` and ``render`` hand over, and the commands that only tell."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SOUND, WRONG_SIZE, graphc, spec

from graphc import load
from graphc.cli import main
from graphc.diagnostics import Code, explain
from graphc.ops import OPS


def test_build_writes_the_module_in_generated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(spec(tmp_path, SOUND))]) == 0
    code = Path("generated/tiny.py").read_text(encoding="utf-8")
    compile(code, "tiny.py", "exec")
    assert "class Tiny(nn.Module):" in code
    assert capsys.readouterr().out.endswith("wrote generated/tiny.py\n")


def test_build_prints_the_module_alone_on_standard_output(tmp_path: Path) -> None:
    run = graphc("build", spec(tmp_path, SOUND), "-o", "-")
    assert run.code == 0
    compile(run.out, "tiny.py", "exec")
    assert "1 instance" in run.err or "instances" in run.err


def test_build_of_standard_input(tmp_path: Path) -> None:
    run = graphc("build", "-", stdin=SOUND.encode(), cwd=tmp_path)
    assert run.code == 0
    assert [path.name for path in tmp_path.rglob("*.py")] == ["model.py"]


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    path = spec(tmp_path, SOUND)
    outputs = [tmp_path / "one.py", tmp_path / "two.py"]
    for output in outputs:
        assert main(["build", str(path), "-o", str(output)]) == 0
    one, two = (output.read_bytes() for output in outputs)
    assert one == two


def test_render_tells_the_kind_by_the_name(tmp_path: Path) -> None:
    path = spec(tmp_path, SOUND)
    starts = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}
    for kind, start in starts.items():
        output = tmp_path / f"drawing.{kind}"
        assert main(["render", str(path), "-o", str(output)]) == 0
        assert output.read_bytes().startswith(start), kind


def test_render_writes_mermaid_as_a_document_or_a_file_for_each_module(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spec(tmp_path, SOUND)
    monkeypatch.chdir(tmp_path)
    assert main(["render", str(path), "-T", "mermaid"]) == 0
    written = tmp_path / "generated" / f"{path.stem}.md"
    assert written.read_text(encoding="utf-8").count("```mermaid\n") == 2
    assert main(["check", str(written)]) == 0
    capsys.readouterr()
    assert main(["render", str(path), "-o", "x.mmd"]) == 0
    assert capsys.readouterr().out.endswith(": wrote x.mmd, x-Block.mmd\n")
    lone = (tmp_path / "x-Block.mmd").read_text(encoding="utf-8")
    assert lone.startswith("---\n")
    command = ["render", str(path), "-T", "mermaid", "--module", "Block", "-o", "-"]
    assert main(command) == 0
    assert capsys.readouterr().out == f"# Block\n\n```mermaid\n{lone}```\n"


def test_mermaid_is_not_unrolled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SOUND)
    assert main(["render", str(path), "--unroll", "-T", "mermaid"]) == 2
    assert "--unroll" in capsys.readouterr().err
    with pytest.raises(ValueError, match="diagram of its own"):
        load(path).render(file_type="mermaid", unroll=True)


def test_a_spec_renders_mermaid_from_python(tmp_path: Path) -> None:
    path = spec(tmp_path, SOUND)
    file = load(path).render(tmp_path / "x.md", module="Block")
    assert file.read_text(encoding="utf-8").startswith("# Block\n")
    assert load(path).render(tmp_path / "y.mmd") == tmp_path / "y.mmd"
    assert (tmp_path / "y-Block.mmd").exists()


def test_a_spec_with_a_wrong_size_is_drawn_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "tiny.svg"
    path = spec(tmp_path, WRONG_SIZE)
    assert main(["render", str(path), "-o", str(output)]) == 1
    assert "wrote" in capsys.readouterr().out
    drawing = output.read_text(encoding="utf-8")
    assert re.search(r"8\W7\W6", drawing)
    assert re.search(r"8\W7\W7", drawing)


def test_a_module_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SOUND)
    assert main(["render", str(path), "--module", "Blok", "-T", "dot", "-o", "-"]) == 2
    assert "did you mean Block?" in capsys.readouterr().err
    output = tmp_path / "block.dot"
    command = ["render", str(path), "--module", "Block", "-o", str(output)]
    assert main(command) == 0
    assert output.exists()


def test_findings_of_build_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG_SIZE)
    assert main(["build", str(path), "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in report["findings"]] == ["GC301"]


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "gc301"]) == 0
    assert capsys.readouterr().out == explain("GC301")
    assert main(["explain"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == [code.name for code in Code]
    assert main(["explain", "GC3001"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "there is no code 'GC3001'" in err


def test_ops(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ops"]) == 0
    listed = capsys.readouterr().out
    assert [op.name for op in OPS if f"  {op.name} " not in listed] == []
    for op in OPS:
        assert main(["ops", op.name]) == 0
        page = capsys.readouterr().out
        assert page.startswith(f"{op.name}: ")
        assert f"example    {op.example}" in page
    assert main(["ops", "Cnov"]) == 2
    assert "did you mean Conv?" in capsys.readouterr().err


def test_version_and_help() -> None:
    assert graphc("--version").out.startswith("graphc ")
    run = graphc("--help")
    assert run.code == 0
    assert "exit codes: 0 all holds" in run.out


@pytest.mark.skipif(os.name != "posix", reason="pipes of a POSIX shell")
def test_a_reader_that_has_gone_is_no_mistake() -> None:
    code = (
        "import sys; from graphc.cli import main; sys.exit(main(['ops', '--markdown']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_without_a_layout_the_graph_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, picture = tmp_path / "net.yaml", tmp_path / "net.svg"
    spec.write_text(
        "graphc: 1\nmodel: M\nnodes: {a: Input, b: ReLU}\nedges:\n  - a -> b: 3*4*4\n"
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["render", str(spec), "--engine", "dot", "-o", str(picture)]) == 2
    out = capsys.readouterr().out
    assert "GC402" in out
    assert "net.dot, the graph without a layout" in out
    assert not picture.exists()
    assert "digraph" in (tmp_path / "net.dot").read_text(encoding="utf-8")


def test_a_network_too_large_to_unroll_is_drawn_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = (
        "    nodes: {{a: Input, b: 2 x {}, c: Output}}\n    edges: [a -> b, b -> c]\n"
    )
    modules = [f"  M{n}:\n" + inner.format(f"M{n + 1}") for n in range(40)]
    last = "  M40:\n    nodes: {a: Input, c: Output}\n    edges: [a -> c]\n"
    head = "graphc: 1\nmodel: M\nnodes: {a: Input, b: M0}\nedges:\n  - a -> b: 3*4*4\n"
    spec = tmp_path / "bomb.yaml"
    spec.write_text(head + "modules:\n" + "".join(modules) + last)
    assert main(["check", str(spec)]) == 0
    assert "2,199,023,255,552 instances" in capsys.readouterr().out
    assert main(["render", "--unroll", str(spec), "-o", str(tmp_path / "b.svg")]) == 0
    drawn = (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert 2 <= drawn.count('class="node"') < 5000
