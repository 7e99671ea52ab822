"""What the page on modules for inference shows is what comes out."""

import re
import subprocess
import sys
from pathlib import Path

from running import run

from graphc.pipeline.purposes import REWRITINGS

PAGE = Path(__file__).parents[2] / "docs" / "inference.md"


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [str(one) for one in found]


def test_the_module_is_the_one_that_is_shown(tmp_path: Path) -> None:
    (spec,), (shown,) = blocks("yaml"), blocks("console")
    (tmp_path / "tiny.yaml").write_text(spec, encoding="utf-8")
    command, _, told = shown.partition("\n")
    assert run(command.removeprefix("$ graphc ").split(), tmp_path) == told
    built = (tmp_path / "generated" / "tiny_inference.py").read_text(encoding="utf-8")
    assert blocks("python")[1] in built


def test_the_trained_module_gives_the_weights(tmp_path: Path) -> None:
    (tmp_path / "tiny.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    for purpose in ("training", "inference"):
        run(["build", "tiny.yaml", "--for", purpose], tmp_path)
    (tmp_path / "used.py").write_text(f"{blocks('python')[0]}print(network.conv)\n")
    done = subprocess.run(
        [sys.executable, "used.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Conv2d(3, 16"), done.stderr


def test_every_rewriting_has_its_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*`--no-([\w-]+)` \|$", PAGE.read_text(), re.M)
    assert [flag for _, flag in rows] == [*REWRITINGS]
    assert [name.replace("_", "-") for name, _ in rows] == [*REWRITINGS]
