"""``graphc build --for inference`` and ``graphc verify --weights``."""

import re
from pathlib import Path

import pytest
from commands import graphc, spec

NET = """\
graphc: 1
model: Net
nodes:
  image: Input
  conv: Conv 4 k=3
  bn: BN
  sum: Sum
  head: Conv 2 k=1 BN Dropout 0.1
  aux: Conv 3 k=1 BN
edges:
  - image -> conv: 3*9*9
  - conv -> bn -> sum
  - conv -> sum
  - sum -> head
  - sum -> aux
"""
LOSSES = re.compile(r"\d\.\de-\d\d in float64, \d\.\de-\d\d in float32")


def test_a_file_of_its_own_is_written(tmp_path: Path) -> None:
    spec(tmp_path, NET)
    for options in ((), ("--for", "inference")):
        done = graphc("build", "tiny.yaml", *options, cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "generated").iterdir())
    assert names == ["tiny.py", "tiny_inference.py"]
    plain, other = ((tmp_path / "generated" / name).read_text() for name in names)
    assert "from_trained" not in plain
    assert "`graphc build tiny.yaml --for inference`" in other


def test_what_could_not_be_rewritten_is_told_if_asked(tmp_path: Path) -> None:
    spec(tmp_path, NET)
    quiet, told = (
        graphc("build", "tiny.yaml", "--for", "inference", *more, cwd=tmp_path)
        for more in ((), ("--verbose",))
    )
    assert "GC601" not in quiet.out
    assert "note[GC601]: `BN` stays as it is: " in told.out
    assert "tiny.yaml:6:7" in told.out
    assert (quiet.code, told.code) == (0, 0)


@pytest.mark.parametrize("name", ["fold-batch-norm", "drop-dropout"])
def test_each_rewriting_can_be_left_out(tmp_path: Path, name: str) -> None:
    path = spec(tmp_path, NET)
    build = ("build", path, "--for", "inference", "-o", "-")
    kept = {"fold-batch-norm": "nn.BatchNorm2d(2)", "drop-dropout": "nn.Dropout(p=0.1)"}
    assert kept[name] not in graphc(*build).out
    done = graphc(*build, f"--no-{name}")
    assert kept[name] in done.out
    assert f"`graphc build tiny.yaml --for inference --no-{name}`." in done.out


def test_what_is_not_known_to_be_faster_is_rewritten_if_asked(tmp_path: Path) -> None:
    siblings = NET.replace("Conv 3 k=1 BN", "Conv 3 k=1").replace("Conv 2", "Conv 3")
    siblings += "  - head -> join\n  - aux -> join\n"
    siblings = siblings.replace("  aux:", "  join: Sum\n  aux:")
    path = spec(tmp_path, siblings)
    build = ("build", path, "--for", "inference", "-o", "-")
    assert "torch.split" not in graphc(*build).out
    assert "torch.split" in graphc(*build, "--always-merge-siblings").out
    done = graphc("verify", path, "--weights", "--always-merge-siblings")
    assert (done.code, done.err) == (0, "")


def test_outputs_can_be_left_out(tmp_path: Path) -> None:
    path = spec(tmp_path, NET)
    done = graphc("build", path, "--for", "inference", "--only", "head", "-o", "-")
    assert "self.aux" not in done.out
    assert 'trained_state(network, state_dict, ("aux.",))' in done.out


@pytest.mark.parametrize("options", [(), ("--only", "head"), ("--no-fold-batch-norm",)])
def test_both_modules_are_compared(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = spec(tmp_path, NET)
    done = graphc("verify", path, "--weights", *options)
    assert (done.code, done.err) == (0, "")
    assert LOSSES.search(done.out), done.out


def test_a_document_can_be_built_for_inference(tmp_path: Path) -> None:
    text = (
        "```mermaid\nflowchart LR\n  i[Image] -->|3x9x9| c[Conv 4 k=3 BN ReLU]\n```\n"
    )
    spec(tmp_path, text, "net.md")
    done = graphc("build", "net.md", "--for", "inference", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "BatchNorm" not in (tmp_path / "generated" / "net_inference.py").read_text()


def test_a_spec_with_errors_is_not_built(tmp_path: Path) -> None:
    path = spec(tmp_path, NET.replace("3*9*9", "3*2*2"))
    done = graphc("build", path, "--for", "inference", cwd=tmp_path)
    assert done.code == 1
    assert not (tmp_path / "generated").exists()
