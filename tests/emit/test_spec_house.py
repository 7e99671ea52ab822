"""Written specs look like those that people wrote."""

import re
import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from trees import composed

from graphc.diagnostics import Sink
from graphc.emit.spec import write_spec
from graphc.files import read
from graphc.frontend import load
from graphc.ir import Network, outline
from graphc.reading import Mapping, compose
from graphc.source import Source

SPECS = Path(__file__).parents[2] / "specs"
FILES = sorted([*SPECS.glob("*.yaml"), *SPECS.glob("*/*.yaml")])
COMMENT = re.compile(r"(?m)^#.*\n\n?|[ ]+#.*$")


def rewritten(path: Path) -> str:
    source, sink = read(path), Sink()
    assert isinstance(source, Source)
    root = compose(source, sink)
    assert isinstance(root, Mapping)
    assert not sink.failed
    return write_spec(root)


def network(path: Path) -> Network:
    sink = Sink()
    loaded = load(path, sink)
    assert loaded is not None
    assert not sink.failed
    return loaded


def again(text: str) -> str:
    return write_spec(composed(dedent(text)))


def test_inception_resnet_v1_comes_back_line_by_line() -> None:
    path = SPECS / "irv1.yaml"
    assert rewritten(path) == COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_spec_stays_the_network_that_it_is(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "specs"
    shutil.copytree(SPECS, copy)
    target = copy / path.relative_to(SPECS)
    target.write_text(rewritten(path), encoding="utf-8")
    assert outline(network(target)) == outline(network(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_lines_of_specs_end_where_those_of_people_do(path: Path) -> None:
    lines = rewritten(path).splitlines()
    long = [line for line in lines if len(line) > 88]
    assert [line for line in long if len(line.split()) > 2] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_parts_stand_in_the_order_of_the_house_and_apart() -> None:
    text = """\
    modules: {B: {edges: [i -> c], nodes: {i: Input, c: Conv 8 k=3}, params: {k: 3}}}
    extra: 1
    edges: ["a -> b: 3*9*9", {a -> c: 3*9*9}]
    nodes: {a: Input, b: B, c: {note: kept, label: ReLU}}
    params: {classes: 10}
    model: Tiny
    graphc: 1
    """
    assert again(text) == dedent(
        """\
        graphc: 1
        model: Tiny

        params:
          classes: 10

        nodes:
          a: Input
          b: B
          c:
            label: ReLU
            note: kept
        edges:
          - "a -> b: 3*9*9"
          - a -> c: 3*9*9

        modules:
          B:
            params: {k: 3}
            nodes:
              i: Input
              c: Conv 8 k=3
            edges:
              - i -> c

        extra: 1
        """
    )


def test_rows_and_long_forms_stand_as_people_write_them() -> None:
    text = """\
    nodes:
      row:
        - Conv 8 k=3: 8*9*9
        - {op: Conv, kernel: [1, 7], note: wide}
        - Conv 8: [8, 9, 9]
        - ReLU
      long:
        op: Conv
        out: 8
      longer: {op: Conv, out: 4*expand*channels, kernel: kernel, stride: 2,
        groups: 4*expand}
    edges:
      - a -> b -> c: [_, 8*9*9]
    """
    assert again(text) == dedent(
        """\
        nodes:
          row:
            - Conv 8 k=3: 8*9*9
            - {op: Conv, kernel: [1, 7], note: wide}
            - Conv 8: [8, 9, 9]
            - ReLU
          long: {op: Conv, out: 8}
          longer:
            op: Conv
            out: 4*expand*channels
            kernel: kernel
            stride: 2
            groups: 4*expand
        edges:
          - a -> b -> c: [_, 8*9*9]
        """
    )


def test_quotes_stand_only_where_they_are_needed() -> None:
    text = r"""
    nodes:
      "conv1": "Conv 8 k=[1,7] p=[0,3]"
      "yes": "ReLU"
      "10": '010'
      "a: b": "#1"
      'say "hi"': "\t"
      "é\u2028": "C*H*W"
    """
    assert again(text) == dedent(
        r"""
        nodes:
          conv1: Conv 8 k=[1,7] p=[0,3]
          "yes": ReLU
          "10": "010"
          "a: b": "#1"
          say "hi": "\t"
          "é\u2028": C*H*W
        """
    ).lstrip("\n")


def test_long_texts_are_folded_and_several_lines_stay_lines() -> None:
    words = "a text that is long, " * 5 + "and ends"
    text = (
        f"about: {words}\nsource: https://example.org/{'x' * 80}\nnote: |\n  a\n   b\n"
    )
    assert again(text) == dedent(
        f"""\
        source: https://example.org/{"x" * 80}
        about: >-
          {"a text that is long, " * 4}a
          text that is long, and ends

        note: |
          a
           b
        """
    )


def test_a_key_that_is_longer_than_readers_look_stands_by_itself() -> None:
    name = "n" * 1100
    text = f'nodes:\n  ? "{name}"\n  : label: ReLU\n    note: long\n'
    assert again(text) == f"nodes:\n  ? {name}\n  :\n    label: ReLU\n    note: long\n"
