import json
from pathlib import Path

import pytest
from commands import IRV1, SOUND, UNREADABLE, WARNED, WRONG_SIZE, graphc, spec

from graphc.cli import main


@pytest.mark.parametrize(
    ("text", "code"),
    [(SOUND, 0), (WARNED, 0), (WRONG_SIZE, 1), (UNREADABLE, 1), ("", 1)],
    ids=["sound", "warned", "wrong size", "unreadable", "empty"],
)
def test_the_exit_code_tells_whether_there_are_errors(
    tmp_path: Path, text: str, code: int
) -> None:
    assert main(["check", str(spec(tmp_path, text))]) == code


def test_a_sound_spec_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(IRV1)]) == 0
    told = "78 sizes in 7 graphs, 24 instances: all sizes hold"
    assert capsys.readouterr() == (f"{IRV1}: {told}\n", "")


def test_a_wrong_size_is_told_at_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG_SIZE)
    assert main(["check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("error[GC301]: ")
    assert lines[1].strip() == f"--> {path}:9:20"
    assert "help: annotate 8*7*7" in "\n".join(lines)
    assert lines[-1].endswith(": 1 error")


def test_several_files_give_the_worst_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = spec(tmp_path, SOUND)
    bad = spec(tmp_path, WRONG_SIZE, "bad.yaml")
    missing = tmp_path / "missing.yaml"
    assert main(["check", str(good), str(bad)]) == 1
    assert main(["check", str(bad), str(missing), str(good)]) == 2
    *told, total = capsys.readouterr().out.splitlines()[-4:]
    assert [line.split(": ")[0] for line in told] == [str(bad), str(missing), str(good)]
    assert total == "3 files, 2 networks, 4 sizes: 2 errors"


def test_a_spec_comes_from_standard_input() -> None:
    run = graphc("check", "-", "--format", "concise", stdin=WRONG_SIZE.encode())
    assert run.code == 1
    assert run.out.split(": ")[0] == "<stdin>:9:20"
    assert graphc("check", "-", stdin=SOUND.encode()).code == 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["check"], ["chekc", "a"], ["check", "--format", "xml", "a"], ["check", "-x"]],
)
def test_bad_usage_gives_2(arguments: list[str]) -> None:
    run = graphc(*arguments)
    assert run.code == 2
    assert "usage: graphc" in run.out + run.err
    assert "Traceback" not in run.err


def test_json_has_the_keys_that_programs_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, WRONG_SIZE)
    assert main(["check", "--format", "json", str(path)]) == 1
    report = json.loads(capsys.readouterr().out)
    (finding,) = report["findings"]
    place = {"file", "line", "column", "end_line", "end_column"}
    assert {"code", "severity", "message", "help", "related"} | place <= set(finding)
    assert (finding["code"], finding["severity"]) == ("GC301", "error")
    assert finding["file"] == str(path)
    assert [finding[key] for key in ("line", "column", "end_line", "end_column")] == [
        9,
        20,
        9,
        25,
    ]
    assert isinstance(finding["help"], str)
    for related in finding["related"]:
        assert set(related) == {"message"} | place


def test_json_of_nothing_and_of_what_has_no_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format", "json", str(spec(tmp_path, SOUND))]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    missing = tmp_path / "missing.yaml"
    assert main(["check", "--format", "json", str(missing)]) == 2
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["file"]) == ("GC001", str(missing))
    assert finding["line"] is finding["column"] is finding["end_line"] is None


def test_concise_is_a_line_for_each_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(
        tmp_path, WRONG_SIZE.replace("conv: Conv", "last: Cnov 8\n  conv: Conv")
    )
    assert main(["check", "--format", "concise", str(path)]) == 1
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"{path}:") for line in lines)
    assert [part for part in ("GC202", "GC301") if part not in out] == []


def test_colour_is_for_terminals_and_for_who_asks(tmp_path: Path) -> None:
    path = spec(tmp_path, WRONG_SIZE)
    assert "\x1b[" not in graphc("check", path).out
    assert "\x1b[" in graphc("check", path, "--color", "always").out
    silent = graphc("check", path, env={"NO_COLOR": "1", "FORCE_COLOR": ""})
    assert "\x1b[" not in silent.out


def test_a_terminal_without_unicode_gets_its_reports(tmp_path: Path) -> None:
    path = spec(tmp_path, WRONG_SIZE.replace("conv", "größe"))
    env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    run = graphc("check", path, env=env)
    assert run.code == 1
    assert "GC301" in run.out
    assert run.out.isascii()
    assert "Traceback" not in run.err
