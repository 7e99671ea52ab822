import yaml
from composing import PARSERS, composed, mapping, outline, scalars, sound, told
from hypothesis import given, settings
from hypothesis import strategies as st

from graphc.diagnostics import Code, render_text
from graphc.reading import Mapping, Node, Scalar, Sequence

PIECES = [
    *("a", "b c", "é", "\U0001f600", "a: ", "b:", "c: 1\n", "- ", ": ", ", ", "? "),
    *("\n", "\n  ", "\n ", "\n\n", "\r\n", "\r", " ", "  ", "\t", "# c\n", " #"),
    *("[", "]", "{", "}", "'", '"', "''", '"a b"', "'c d'", "\\", "\\n", "\\x41"),
    *("|\n  ", ">\n  ", "|-\n", ">+\n   ", "\\u00e9", "\\ud800", "\\\n"),
    *("&x ", "*x", "&y", "*y", "<<: ", "---", "...\n", "--- ", "%", "%YAML 1.2\n"),
    *("@", "`", "*", "&", "?", "=", "~", "true", "010", "0x1F", "-1"),
    *("\x07", "\u2028", "\x85", "\ufeff", "\ue000"),
]
TAGS = ["!t ", "!!str ", "!<a>", "!", "%TAG ! tag:a,2000:\n"]
YAMLISH = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)
ANYTHING = st.lists(st.sampled_from(PIECES + TAGS), max_size=16).map("".join)
MANY = settings(max_examples=200)


@MANY
@given(ANYTHING | st.text(max_size=40))
def test_composing_never_raises_and_always_tells_why_it_gave_up(text: str) -> None:
    for pure in PARSERS:
        result = composed(text, pure=pure)
        assert result.node is not None or result.found
        assert render_text(result.found) or not result.found
        for one in result.found:
            assert (one.place is None) == (one.code is Code.GC004)
            for place in (one.place, *one.related):
                if place is not None:
                    assert 0 <= place.span.start <= place.span.end <= len(text)


@MANY
@given(YAMLISH)
def test_both_parsers_give_the_same_tree(text: str) -> None:
    fast, pure = composed(text), composed(text, pure=True)
    assert outline(fast.node) == outline(pure.node)
    if fast.node is not None:
        assert told(fast.found) == told(pure.found)


@MANY
@given(ANYTHING)
def test_places_lie_within_each_other(text: str) -> None:
    node = composed(text).node
    for scalar in scalars(node):
        check_scalar(scalar)
    if node is not None and "*" not in text:  # aliased nodes stand elsewhere
        check_nesting(node)


@MANY
@given(YAMLISH.filter(lambda text: not set(text) & set("*\x85\u2028\x07\ufeff")))
def test_scalars_read_as_pyyaml_reads_them(text: str) -> None:
    result = composed(text)
    if result.node is not None and not result.found and "<<" not in text:
        events = yaml.parse(text, Loader=yaml.CBaseLoader)
        values = [one.value for one in events if isinstance(one, yaml.ScalarEvent)]
        assert [one.text for one in scalars(result.node)] == values


LETTERS = st.sampled_from("ab \t:#'\"\\-?[]{},&*!|>%@`\né\U0001f600\x01\u2028\x85")
VALUES = st.text(LETTERS, max_size=24)
STYLES = st.sampled_from(["'", '"', "|", ">", None])


@MANY
@given(VALUES, STYLES, st.integers(4, 12))
def test_what_pyyaml_writes_is_read_back(
    value: str, style: str | None, width: int
) -> None:
    value = value.translate({0x85: None, 0x2028: None})  # line ends for PyYAML
    text = yaml.dump(
        {"k": [value]}, default_style=style, width=width, allow_unicode=True
    )
    for pure in PARSERS:
        read = list(scalars(sound(text, pure=pure)))
        assert [one.text for one in read] == ["k", value]
        check_scalar(read[1])


@given(VALUES)
def test_every_character_of_a_quoted_text_is_found(value: str) -> None:
    """Between single quotes a character stands for itself, a quote for one of two."""
    value = value.replace("\n", "").replace("\x01", "")
    node = mapping(f"k: '{value.replace(chr(39), chr(39) * 2)}'\n").get("k")
    assert isinstance(node, Scalar)
    assert node.text == value
    for at, char in enumerate(value):
        assert node.fragment.slice(at, at + 1).text == ("''" if char == "'" else char)


def check_scalar(scalar: Scalar) -> None:
    """Assert that each character comes from within the scalar, in order."""
    fragment, outer = scalar.fragment, scalar.span
    inner = fragment.span
    assert fragment.text == scalar.text
    assert outer.start <= inner.start <= inner.end <= outer.end
    if fragment.offsets is None:
        assert inner.text == fragment.text
        return
    offsets = list(fragment.offsets)
    assert len(offsets) == len(fragment.text) + 1
    assert offsets == sorted(offsets)
    assert inner.start <= offsets[0]
    assert offsets[-1] <= inner.end
    for at, char in enumerate(fragment.text):
        written = fragment.slice(at, at + 1).text
        assert written[:1] == char or written[:1] in set("\\ \t\r\n'") or not written


def check_nesting(node: Node) -> None:
    """Assert that a node's parts lie within it, one behind the other."""
    if isinstance(node, Scalar):
        return
    at = node.span.start
    for part in parts(node):
        assert at <= part.span.start <= part.span.end <= node.span.end
        check_nesting(part)
        at = part.span.end


def parts(node: Mapping | Sequence) -> list[Node]:
    if isinstance(node, Sequence):
        return list(node.items)
    return [part for entry in node.entries for part in (entry.key, entry.value)]
