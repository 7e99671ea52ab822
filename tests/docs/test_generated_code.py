"""The figures of docs/generated-code.md, as far as they are about this repository."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from graphc import load
from graphc.cost import cost

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "generated-code.md").read_text(encoding="utf-8")
_LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted in a file; ``code`` are lines with more than words on them."""

    lines: int
    code: int
    classes: int
    conditions: int


def figures(text: str) -> Figures:
    """Return the figures of a file, by its syntax."""
    tree = ast.parse(text)
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _LAYOUT:
            code |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            code -= _docstring(node)
    every = list(ast.walk(tree))
    return Figures(
        len(text.splitlines()),
        len(code),
        sum(isinstance(node, ast.ClassDef) for node in every),
        sum(isinstance(node, ast.If | ast.IfExp) for node in every),
    )


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> set[int]:
    if ast.get_docstring(node) is None:
        return set()
    return set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))


def row(name: str) -> list[str]:
    """Return the cells of a row of the page's tables, without the first."""
    (line,) = re.findall(rf"^\| {re.escape(name)} \|(.*)\|$", PAGE, re.MULTILINE)
    return [cell.strip().replace(",", "") for cell in str(line).split("|")]


def generated(name: str) -> Figures:
    return figures((ROOT / "generated" / f"{name}.py").read_text(encoding="utf-8"))


def test_resnet_is_as_long_as_the_page_says() -> None:
    found = generated("resnet152")
    assert row("lines")[0] == str(found.lines)
    assert row("lines of code")[0] == str(found.code)
    assert row("classes")[0] == str(found.classes)
    assert row("conditions")[0] == str(found.conditions)
    assert found.lines <= 120


def test_resnet_holds_what_the_page_says() -> None:
    spec = load(ROOT / "specs" / "resnet152.yaml")
    with torch.device("meta"):
        module = spec.module()
    parameters = sum(each.numel() for each in module.parameters())
    assert row("keys of the `state_dict`") == [str(len(module.state_dict()))] * 2
    assert row("parameters") == [str(parameters)] * 2
    assert row("MACs") == [str(cost(spec.sized.model).macs)] * 2


@pytest.mark.parametrize("name", ["mobilenet_v2", "densenet121", "efficientnet_lite0"])
def test_the_others_are_as_long_as_the_page_says(name: str) -> None:
    found = generated(name)
    wanted = [found.lines, found.code, found.classes, found.conditions]
    assert row(f"`{name}.py`") == list(map(str, wanted))
