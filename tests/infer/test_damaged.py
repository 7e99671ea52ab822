"""A spec with its text damaged at random gives findings in it, never an exception."""

import random
import re
from pathlib import Path

import pytest
from checking import check_text, places

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
TEXTS = [
    re.sub(r"#.*", "", text)
    for text in (path.read_text(encoding="utf-8") for path in CASES)
    if len(text) < 1500
]
OPS = ["Conv", "Sum", "Split", "Input", "Output", "ReLU"]
SIGNS = ["(", "]", "->", ":", ",", "*", "~", "_"]
WORDS = [*OPS, *SIGNS, "k=3", "2", "x", "0", "-1", "H", "true", "1.5"]
TOKEN = re.compile(r"\w+|->|[^\w\s]")


def damaged(choice: random.Random) -> str:
    text = choice.choice(TEXTS)
    for _ in range(choice.randint(1, 3)):
        tokens = list(TOKEN.finditer(text))
        token = choice.choice(tokens)
        new = choice.choice([*WORDS, "", choice.choice(tokens)[0]])
        text = f"{text[: token.start()]}{new}{text[token.end() :]}"
    return text


@pytest.mark.parametrize("seed", range(8))
def test_damage_is_told_in_its_text(seed: int) -> None:
    choice = random.Random(seed)
    for _ in range(25):
        text = damaged(choice)
        result = check_text(text)
        assert result.sized is not None or result.findings, text
        for finding in result.findings:
            assert finding.message
            assert all(0 <= a <= b <= len(text) for a, b in places(finding)), text
