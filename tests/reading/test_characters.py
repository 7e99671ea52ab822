"""Which characters a text may hold."""

import codecs
import sys
from pathlib import Path

from composing import plain

from graphc.diagnostics import Sink
from graphc.files import read
from graphc.reading import compose
from graphc.reading.events import FORBIDDEN, parseable
from graphc.source import Source


def _allowed(point: int) -> bool:
    """Return what YAML 1.2.2 says (5.1, c-printable), but for the byte order mark."""
    return (
        point in {0x09, 0x0A, 0x0D, 0x85}
        or 0x20 <= point <= 0x7E
        or 0xA0 <= point <= 0xD7FF
        or (0xE000 <= point <= 0xFFFD and point != 0xFEFF)
        or 0x10000 <= point <= 0x10FFFF
    )


def test_the_forbidden_characters_are_those_that_yaml_forbids() -> None:
    points = range(sys.maxunicode + 1)
    wrong = [p for p in points if bool(FORBIDDEN.match(chr(p))) is _allowed(p)]
    assert not wrong


def test_what_the_parsers_cannot_take_becomes_a_letter() -> None:
    assert parseable("a\x07b\x85c\u2028d\u2029e\tf\U0001f600") == (
        "a\ue000b\ue000c\ue000d\ue000e\tf\U0001f600"
    )


def test_the_same_tree_however_it_is_encoded(tmp_path: Path) -> None:
    text = "graphc: 1\nmodel: Caf\u00e9\nnodes: {image: Input}\n"
    trees = []
    for data in (
        text.encode(),
        codecs.BOM_UTF8 + text.encode(),
        text.replace("\n", "\r\n").encode(),
        text.encode("utf-16"),
    ):
        file = tmp_path / "spec.yaml"
        file.write_bytes(data)
        source, sink = read(file), Sink()
        assert isinstance(source, Source)
        trees.append(plain(compose(source, sink)))
        assert not sink.sorted()
    assert all(tree == trees[0] for tree in trees)
