"""``summary``, ``table`` and ``gallery``: their formats, and where they go."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import (
    IRV1,
    REPOSITORY,
    SOUND,
    UNREADABLE,
    WARNED,
    WRONG_SIZE,
    graphc,
    spec,
)

from graphc.cli import main

COMMANDS = ["summary", "table", "gallery"]
SPECS = sorted(map(str, (REPOSITORY / "specs").glob("*.yaml")))
HOSTILE = (
    SOUND.replace("conv:", '"a|b`c":')
    .replace("image -> conv", 'image -> "a|b`c"')
    .replace("- conv -> block: 8*7*7", "- '\"a|b`c\" -> block': 8*7*7")
    .replace("model: Tiny", "model: Tiny\nabout: '<script> *x* [a](b)'\n")
    .replace("model: Tiny", "model: Tiny\nreported: [{'top|1': '<b>1</b>'}]")
)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_summary_is_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "summary", str(IRV1)).splitlines()
    end = lines.index("")
    ends = [found.end() for found in re.finditer("-+", lines[1])]
    starts = [found.start() for found in re.finditer("-+", lines[1])]
    for line in (lines[0], *lines[2:end]):
        for start, stop in zip(starts[3:], ends[3:], strict=True):
            assert line[stop - 1 : stop].strip()
            assert line[start - 2 : start] == "  "
    assert lines[2].startswith("image ")
    assert "x5" in lines[lines.index(next(x for x in lines if "5 x" in x)) + 1]
    assert lines[end + 1].startswith("parameters: 22,824,024")
    assert "12,805,619,904" in lines[end + 2]


def test_a_summary_as_csv_has_plain_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(
        csv.DictReader(io.StringIO(printed(capsys, "summary", str(IRV1), "-fcsv")))
    )
    by_path = {row["path"]: row for row in rows}
    one = by_path["inception_a.0-4"]
    assert (one["count"], one["parameters"], one["total_parameters"]) == (
        "5",
        "77760",
        "388800",
    )
    assert rows[-1]["path"] == ""
    assert rows[-1]["macs"] == "6402809952"


def test_a_summary_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "summary", str(IRV1), "--format", "json"))
    assert found["total"]["parameters"] == 22_824_024
    assert found["total"]["flops"] == 2 * found["total"]["macs"]
    (stem,) = [row for row in found["rows"] if row["path"] == "stem"]
    assert stem["outputs"] == [[256, 35, 35]]
    assert stem["receptive_fields"] == [
        {"input": "image", "size": [31, 31], "jump": [8, 8]}
    ]


def test_markdown_is_a_table_whatever_names_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(spec(tmp_path, HOSTILE))
    table = printed(capsys, "summary", path, "-f", "markdown").split("\n\n")[0]
    for line in table.splitlines():
        assert len(re.findall(r"(?<!\\)\|", line)) == 9
    assert r"``a\|b`c``" in table
    page = printed(capsys, "gallery", path)
    assert "<script>" not in page
    assert "<b>" not in page
    assert r"&lt;script&gt; \*x\* \[a\](b)" in page


def test_a_table_has_a_line_for_each_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reported = "reported:\n  - {top-1 error: 20 %, crops: 1}\n  - {Top1 Error: 19 %}\n"
    path = str(
        spec(tmp_path, SOUND.replace("model: Tiny\n", f"model: Tiny\n{reported}"))
    )
    rows = list(csv.reader(io.StringIO(printed(capsys, "table", path, "-f", "csv"))))
    assert rows[0] == ["model", "input", "parameters", "macs", "top-1 error", "crops"]
    assert [row[0] for row in rows[1:]] == ["Tiny", "Tiny"]
    assert [row[4:] for row in rows[1:]] == [["20 %", "1"], ["19 %", ""]]
    shown = printed(capsys, "table", path).splitlines()
    assert [line.startswith("Tiny") for line in shown[2:]] == [True, False]
    (model,) = json.loads(printed(capsys, "table", path, "-f", "json"))["models"]
    assert model["reported"][1] == {"Top1 Error": "19 %"}


def test_a_table_of_all_specs_has_a_line_for_each(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = json.loads(printed(capsys, "table", *SPECS, "-f", "json"))["models"]
    assert [model["spec"] for model in found] == SPECS
    assert all(model["reported"] for model in found if "irv1" in model["spec"])


def test_links_of_the_gallery_lead_somewhere() -> None:
    page = (REPOSITORY / "specs" / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]*)\)", page) if ":" not in link]
    assert len(links) == 3 * page.count("\n## ")
    for link in links:
        assert (REPOSITORY / "specs" / link).is_file(), link


def test_the_gallery_is_what_the_specs_give(tmp_path: Path) -> None:
    (tmp_path / "specs").symlink_to(REPOSITORY / "specs")
    names = [f"specs/{Path(path).name}" for path in SPECS]
    command = ["gallery", *reversed(names), "-o", "page/README.md"]
    subprocess.run(
        [sys.executable, "-m", "graphc", *command],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    there = (tmp_path / "page" / "README.md").read_text(encoding="utf-8")
    here = (REPOSITORY / "specs" / "README.md").read_text(encoding="utf-8")
    near = there.replace("(../specs/", "(").replace(" ../specs/", " ")
    assert near == here


def test_what_the_gallery_marks_is_what_the_markers_ask_for(tmp_path: Path) -> None:
    for path in SPECS[:2]:
        (tmp_path / Path(path).name).write_bytes(Path(path).read_bytes())
    names = [Path(path).name for path in SPECS[:2]]
    for arguments in (["gallery", *names, "-o", "README.md"], ["docs", "README.md"]):
        done = graphc(*arguments, cwd=tmp_path)
    assert done.out == "README.md: 3 markers: up to date\n"


def test_a_spec_whose_name_cannot_stand_in_a_comment_is_not_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a--b.yaml"
    path.write_bytes(Path(SPECS[0]).read_bytes())
    assert "<!--" not in printed(capsys, "gallery", str(path))


@pytest.mark.parametrize("command", COMMANDS)
def test_errors_give_a_report_and_no_table(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in (WRONG_SIZE, UNREADABLE):
        assert main([command, str(spec(tmp_path, text))]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("error[") == 1
        assert "Traceback" not in err
    assert main([command, str(tmp_path / "none.yaml")]) == 2
    target = tmp_path / "out.md"
    assert main([command, str(spec(tmp_path, WRONG_SIZE)), "-o", str(target)]) == 1
    assert not target.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_warnings_stand_beside_the_table(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(spec(tmp_path, WARNED))]) == 0
    out, err = capsys.readouterr()
    assert "warning[" not in out
    assert err.count("warning[") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_never_replaces_a_spec(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = spec(tmp_path, SOUND)
    assert main([command, str(path), "-o", str(path)]) == 2
    assert "GC401" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == SOUND


@pytest.mark.parametrize("command", COMMANDS)
def test_a_library_has_no_table(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"graphc: 1\n{SOUND[SOUND.index('modules:') :]}"
    assert main([command, str(spec(tmp_path, text))]) == 1
    assert "GC102" in capsys.readouterr().err


def test_only_a_terminal_makes_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(spec(tmp_path, SOUND))
    plain = printed(capsys, "summary", path)
    bold = printed(capsys, "summary", path, "--color", "always")
    assert "\x1b[1m" in bold
    assert re.sub("\x1b\\[[0-9]*m", "", bold) == plain
    target = tmp_path / "summary.txt"
    main(["summary", path, "-o", str(target), "--color", "always"])
    assert target.read_text(encoding="utf-8") == plain


def test_tables_need_no_torch() -> None:
    code = (
        "import sys; from graphc.cli import main\n"
        "main(['summary', sys.argv[1]]); main(['gallery', sys.argv[1]])\n"
        "heavy = {'torch', 'numpy', 'jinja2', 'pygraphviz'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(IRV1)], check=False, capture_output=True
    )
    assert done.returncode == 0


def test_a_depth_is_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["summary", str(IRV1), "--depth", "-1"])
    assert end.value.code == 2
    assert "usage: graphc summary" in capsys.readouterr().err
