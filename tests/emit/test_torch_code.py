"""Code as text: what a formatter would leave alone."""

import subprocess
import sys

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graphc.emit.torch.code import Column, Piece, Run, flat, lines
from graphc.ir import Call, Code, Index, Infix, Items, Word

NAMES = st.builds(
    lambda head, tail: f"{head}{tail}",
    st.sampled_from(["conv", "x", "branch"]),
    st.text("abc_", max_size=30),
)


def _deeper(inner: st.SearchStrategy[Code]) -> st.SearchStrategy[Code]:
    some = st.lists(inner, max_size=4).map(tuple)
    names = st.lists(NAMES, unique=True, max_size=3)
    return st.one_of(
        st.builds(
            lambda name, items, keys: Call(
                Word(f"F.{name}"), items, tuple((key, 3) for key in keys)
            ),
            NAMES,
            some,
            names,
        ),
        st.builds(Items, some, st.booleans()),
        st.builds(
            Infix,
            st.sampled_from(["+", "*"]),
            st.lists(NAMES.map(Word), min_size=2, max_size=3).map(tuple),
        ),
    )


LEAVES: st.SearchStrategy[Code] = st.one_of(
    NAMES.map(Word), st.integers(0, 10**6), st.booleans(), st.floats(0, 1)
)
CALLS: st.SearchStrategy[Code] = st.recursive(LEAVES, _deeper, max_leaves=6)
LAYERS = st.builds(
    lambda name, sizes: Call(Word(f"nn.{name}"), tuple(sizes)),
    NAMES,
    st.lists(st.integers(1, 4096), max_size=5),
)
ROWS: st.SearchStrategy[Piece] = st.lists(
    st.one_of(LAYERS, st.builds(Run, LAYERS, st.integers(2, 9))), min_size=1, max_size=3
).flatmap(lambda row: st.builds(Column, st.just(tuple(row)), st.booleans()))


@settings(max_examples=10, deadline=None, phases=[Phase.generate])
@given(st.lists(st.one_of(CALLS, ROWS), min_size=1, max_size=60))
def test_a_formatter_changes_nothing(pieces: list[Piece]) -> None:
    statements = [line for piece in pieces for line in lines(piece, 8, "self.name = ")]
    text = "\n".join(["class A:", "    def f(self):", *statements]) + "\n"
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "-"]
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, check=True
    )
    assert done.stdout == text


def test_one_line_where_it_fits() -> None:
    call = Call(Word("nn.Conv2d"), (3, 64), (("kernel_size", 3), ("bias", False)))
    assert lines(call, 4, "a = ") == [
        "    a = nn.Conv2d(3, 64, kernel_size=3, bias=False)"
    ]


def test_operands_hold_together() -> None:
    total = Infix("+", (Word("a"), Word("b")))
    assert flat(Infix("*", (total, Word("c")))) == "(a + b) * c"
    assert flat(Index(total, (0,))) == "(a + b)[0]"
    assert flat(Items((1,), bracket=False)) == "(1,)"
