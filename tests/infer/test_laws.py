"""What holds of inference whatever the spec."""

import random
import re
from pathlib import Path

import pytest
from checking import check_text, sizes, sound

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.infer import Sized, infer
from graphc.source import Source

SPEC = Path(__file__).parents[2] / "specs" / "irv1.yaml"
TEXT = SPEC.read_text(encoding="utf-8")
CASES = sorted((Path(__file__).parents[1] / "cases").glob("infers_*.yaml"))

_LIST = re.compile(r"^( +)(nodes|edges):\n((?:\1  .*\n)+)", re.MULTILINE)
_JOINS = re.compile(r"-> (?:concat|sum)\b")


def shuffled(text: str, seed: int) -> str:
    """Return a spec with the items of each list of nodes and edges in another order.

    The edges into joins keep theirs, as it is the order of their inputs.
    """
    choice = random.Random(seed)

    def reorder(found: re.Match[str]) -> str:
        lines = found[3].splitlines(keepends=True)
        free = [line for line in lines if not _JOINS.search(line)]
        choice.shuffle(free)
        given = iter(free)
        kept = (line if _JOINS.search(line) else next(given) for line in lines)
        return f"{found[1]}{found[2]}:\n{''.join(kept)}"

    return _LIST.sub(reorder, text)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_declaration_changes_nothing(seed: int) -> None:
    changed = shuffled(TEXT, seed)
    assert changed != TEXT
    before, after = sizes(sound(TEXT)), sizes(sound(changed))
    assert after == before
    assert list(after) != list(before)


def test_the_order_of_modules_changes_nothing() -> None:
    head, modules = TEXT.split("\nmodules:\n")
    blocks = re.split(r"\n(?=  \w)", modules.rstrip("\n"))
    turned = "\n".join(reversed(blocks))
    assert sizes(sound(f"{head}\nmodules:\n{turned}\n")) == sizes(sound(TEXT))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_declaration_changes_no_mistake(seed: int) -> None:
    wrong = TEXT.replace("conv4 -> conv5: 64*73*73", "conv4 -> conv5: 64*74*73")
    assert wrong != TEXT
    (before,) = check_text(wrong).findings
    (after,) = check_text(shuffled(wrong, seed)).findings
    assert (after.code, after.message) == (before.code, before.message)
    assert after.help[0] == before.help[0]


def annotated(text: str, sized: Sized) -> str:
    """Return a spec with the inferred size written on every edge of the model."""
    lines = text.splitlines()
    model = sized.model
    for edge in model.module.graph.edges:
        shape = model.shape(edge)
        line = edge.span.first.line - 1
        if "->" in lines[line] and lines[line].count("->") == 1:
            arrow = edge.span.text
            quoted = f"'{arrow}'" if '"' in arrow else arrow
            lines[line] = f"  - {quoted}: {'*'.join(map(str, shape or ()))}"
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_was_inferred_can_be_written_and_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sized = sound(text)
    once = annotated(text, sized)
    assert sizes(sound(once)) == sizes(sized)
    assert annotated(once, sound(once)) == once


def test_inferring_twice_gives_the_same() -> None:
    sink = Sink()
    network = elaborate(Source("spec.yaml", TEXT), sink)
    assert network is not None
    first, second = infer(network, sink), infer(network, sink)
    assert sizes(first) == sizes(second)
    assert sink.sorted() == ()


def test_the_inferred_size_is_that_of_the_figure_without_its_annotations() -> None:
    """Sizes that follow from others need not be written: only channels do."""
    end = TEXT.index("modules:")
    bare = re.sub(r"(- (?!image)\w+ -> \w+): \d+(\*\d+)*$", r"\1", TEXT[:end], flags=8)
    assert bare.count(": ") < TEXT[:end].count(": ")
    assert sizes(sound(bare + TEXT[end:])) == sizes(sound(TEXT))
