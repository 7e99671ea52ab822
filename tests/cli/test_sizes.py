import json
from pathlib import Path

import pytest
from commands import IRV1, SOUND, WRONG_SIZE, graphc, spec

from graphc import cli


def test_the_sizes_and_what_decides_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sizes", str(IRV1)]) == 0
    head, _, sizes, _, decides, *places = capsys.readouterr().out.splitlines()
    assert head == f"{IRV1}: image 3*H*W -> classifier 1000"
    assert sizes == "  299 <= H <= 330, 299 <= W <= 330"
    assert decides == "what decides:"
    assert len(places) == 3
    assert all(place.startswith(f"  {IRV1}:") for place in places)


def test_sizes_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sizes", "--format", "json", str(IRV1)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["inputs"] == {"image": [3, "H", "W"]}
    assert found["sizes"] == [{"H": ["299 <= H <= 330"], "W": ["299 <= W <= 330"]}]
    assert found["solved"] is True


def test_a_spec_with_errors_gives_its_report_alone(tmp_path: Path) -> None:
    run = graphc("sizes", spec(tmp_path, WRONG_SIZE))
    assert run.code == 1
    assert run.out == ""
    assert "GC301" in run.err


@pytest.mark.parametrize(
    ("size", "code", "told"),
    [
        ("image=3*330*299", 0, "image=3*330*299 gives classifier 1000"),
        ("image=3*512*512", 1, "error[GC406]: `pool` does not take what arrives"),
        ("image=4*299*299", 1, "its `weight` is made for 3, not 4"),
        ("image=3*50*50", 1, "a kernel of 3 is larger than the input of 1"),
        ("imag=3*299*299", 1, "has no input `imag`"),
        ("image=299*299", 1, "has 3 dims, and 299*299 has 2"),
        ("image=3*H*W", 2, "is no size in numbers"),
        ("image=3*0*9", 2, "error[GC116]"),
        ("image=3*[", 2, "error[GC116]"),
        ("image", 2, "names no input and size"),
    ],
)
def test_another_size(
    size: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--input", size, str(IRV1)]) == code
    assert told in capsys.readouterr().out


def test_a_symbolic_spec_at_a_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SOUND.replace("3*9*9", "3*H*W").replace("8*7*7", "8*(H - 2)*_")
    text = text.replace("nodes:\n", "where: H % 2 == 1\nnodes:\n", 1)
    path = str(spec(tmp_path, text))
    assert cli.main(["check", "--input", "image=3*9*8", path]) == 0
    assert "image=3*9*8 gives block 8*7*6" in capsys.readouterr().out
    assert cli.main(["check", "--input", "image=3*8*8", path]) == 1
    assert "GC406" in capsys.readouterr().out
    assert cli.main(["check", "--input", "image=3*1*8", path]) == 1
    assert "a kernel of 3 is larger" in capsys.readouterr().out


def test_no_code_where_weights_depend_on_the_input(tmp_path: Path) -> None:
    path = spec(tmp_path, SOUND.replace("3*9*9", "C*H*W").replace("8*7*7", "8*_*_"))
    assert graphc("check", path).code == 0
    run = graphc("build", path, "-o", tmp_path / "out.py")
    assert run.code == 1
    assert "error[GC407]: `conv` depends on `C`" in run.out
    assert not (tmp_path / "out.py").exists()
