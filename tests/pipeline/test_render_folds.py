"""Drawings that cannot be laid out in time: folded by their size or by the clock."""

import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from graphc.cli import main
from graphc.diagnostics import Code, Diagnostic
from graphc.draw import Overview
from graphc.emit.layout import process
from graphc.pipeline.check import check
from graphc.pipeline.render import Picture, render

NEVER = "import threading; threading.Event().wait()"

# Draws what is small; of the rest it never finds a layout.
SMALL_ONLY = f"""
import sys
import time
text = sys.stdin.read()
if text.count("->") > 650:
    {NEVER}
print("picture of", text.count("->"))
"""


def chain(folder: Path, count: int) -> Path:
    """Write a spec of convolutions in a row, no two neighbours alike."""
    names = [f"n{number}" for number in range(count)]
    nodes = [f"  {name}: Conv 8 k=1 g={1 + at % 2}" for at, name in enumerate(names)]
    edges = [f"  - {one} -> {other}" for one, other in pairwise(names)]
    text = ["graphc: 1", "model: Net", "nodes:", "  image: Input", *nodes]
    text += ["edges:", "  - image -> n0: 8*9*9", *edges]
    file = folder / "chain.yaml"
    file.write_text("\n".join(text), encoding="utf-8")
    return file


def drawn_by(folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a program of the test lay out, and none else."""
    file = folder / "child.py"
    file.write_text(code, encoding="utf-8")
    monkeypatch.setattr(process, "_CHILD", file)
    monkeypatch.setenv("PATH", str(folder))


def picture(spec: Path, timeout: float, file_type: str = "svg") -> Picture | Diagnostic:
    sized = check(spec).sized
    assert sized is not None
    return render(sized, Overview(), file_type, timeout=timeout)


def test_what_has_room_is_drawn_whole(tmp_path: Path) -> None:
    found = picture(chain(tmp_path, 40), 60)
    assert isinstance(found, Picture)
    assert found.findings == ()
    assert found.data.count(b'class="node"') == 41


def test_too_many_nodes_are_folded_before_they_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_by(tmp_path, SMALL_ONLY, monkeypatch)
    found = picture(chain(tmp_path, 700), 10)
    assert isinstance(found, Picture)
    assert found.data == b"picture of 1\n"
    (finding,) = found.findings
    assert finding.code is Code.GC581
    assert "1,401 boxes and arrows" in finding.notes[0]
    assert finding.notes[1] == "folded: 701 nodes of Net in 2 boxes"


def test_what_is_not_laid_out_in_time_is_folded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def small_only(
        dot: str, file_type: str, *, engine: str, timeout: float
    ) -> bytes | Diagnostic:
        asked.append(timeout)
        if dot.count("->") > 650:
            return Diagnostic(Code.GC404, "too long")
        return f"{file_type} by {engine}".encode()

    monkeypatch.setattr("graphc.pipeline.render.lay_out", small_only)
    found = picture(chain(tmp_path, 700), 15)
    assert asked == pytest.approx([10, 5])
    assert isinstance(found, Picture)
    assert found.data == b"svg by auto"
    (finding,) = found.findings
    assert finding.code is Code.GC581
    assert finding.notes[0] == "laying all of it out took longer than 10 seconds"


@pytest.mark.parametrize("count", [40, 700])
def test_a_layout_that_never_ends_is_an_error_and_leaves_the_graph(
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    drawn_by(tmp_path, NEVER, monkeypatch)
    spec, output = chain(tmp_path, count), tmp_path / "x.svg"
    command = ["render", str(spec), "-o", str(output), "--timeout", "0.5"]
    assert main(command) == 1
    told = capsys.readouterr().out
    assert "error[GC404]: laying out the drawing took longer than 0.5 seconds" in told
    assert not output.exists()
    assert (tmp_path / "x.dot").read_text(encoding="utf-8").count("->") == count


def test_dot_is_whole_whatever_its_size(tmp_path: Path) -> None:
    found = picture(chain(tmp_path, 700), 0.1, "dot")
    assert isinstance(found, Picture)
    assert found.findings == ()
    assert found.data.count(b"->") == 700


def test_the_command_tells_what_is_folded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, output = chain(tmp_path, 700), tmp_path / "x.svg"
    assert main(["render", str(spec), "-o", str(output), "--timeout", "10"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("warning[GC581]: the drawing is folded")
    assert "--timeout SECONDS" in told
    assert output.read_bytes().count(b'class="node"') == 2


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e9", "soon"])
def test_a_time_is_a_number_above_zero(
    seconds: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["render", "x.yaml", f"--timeout={seconds}"])
    assert ended.value.code == 2
    assert f"{seconds!r}" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_stops_the_layout_too(tmp_path: Path) -> None:
    program = tmp_path / "dot"
    program.write_text(
        f"#!{sys.executable}\nimport os, pathlib, time\n"
        f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
        f"print('drawing', file=open({str(tmp_path / 'begun')!r}, 'w'))\n"
        "time.sleep(600)\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    begun = tmp_path / "begun"
    spec = chain(tmp_path, 3)
    with subprocess.Popen(
        [sys.executable, "-m", "graphc", "render", str(spec), "--engine", "dot"],
        env={"PATH": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
        cwd=tmp_path,
        start_new_session=True,
    ) as command:
        while not begun.exists() and command.poll() is None:
            time.sleep(0.05)
        command.send_signal(signal.SIGINT)
        command.wait()
    layout = int((tmp_path / "pid").read_text(encoding="utf-8"))
    state = subprocess.run(
        ["/bin/ps", "-o", "stat=", "-p", str(layout)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert state.stdout.strip() in {"", "Z"}
