import pytest
from composing import PARSERS, composed, mapping, outline, plain, scalars, sound

from graphc.diagnostics import Code
from graphc.reading import Mapping, Scalar, Sequence

pytestmark = pytest.mark.parametrize("pure", PARSERS, ids=["libyaml", "pure"])

SPEC = """\
graph: irv1  # a comment
nodes:
  conv1: Conv 3*3 k=3
  no: {op: BN, eps: 1e-3}
  010:
    - a
    - 'b c'
edges: [conv1 -> no, "no -> 010"]
"""


def stretches(text: str, *, pure: bool) -> list[str]:
    return [one.span.text for one in scalars(sound(text, pure=pure))]


def test_every_scalar_stands_where_it_is_written(*, pure: bool) -> None:
    assert stretches(SPEC, pure=pure) == [
        *("graph", "irv1", "nodes", "conv1", "Conv 3*3 k=3", "no"),
        *("op", "BN", "eps", "1e-3", "010", "a", "'b c'"),
        *("edges", "conv1 -> no", '"no -> 010"'),
    ]


def test_collections_stand_where_they_are_written(*, pure: bool) -> None:
    root = mapping(SPEC, pure=pure)
    nodes, edges = root.get("nodes"), root.get("edges")
    assert isinstance(nodes, Mapping)
    assert isinstance(edges, Sequence)
    assert edges.span.text == '[conv1 -> no, "no -> 010"]'
    short, listed = nodes.get("no"), nodes.get("010")
    assert short is not None
    assert listed is not None
    assert short.span.text == "{op: BN, eps: 1e-3}"
    assert listed.span.text == "- a\n    - 'b c'"
    assert nodes.span.text == SPEC[SPEC.index("conv1") : SPEC.index("\nedges")]
    assert root.span.text == SPEC.rstrip()


def test_keys_are_named_as_written(*, pure: bool) -> None:
    keys = "no: 1\nyes: 1\n010: 1\n~: 1\nnull: 1\n1.0: 1\n'q': 1\n"
    names = [entry.name for entry in mapping(keys, pure=pure).entries]
    assert names == ["no", "yes", "010", "~", "null", "1.0", "q"]


def test_get_and_entry(*, pure: bool) -> None:
    node = mapping("a: 1\nb: 2\n", pure=pure)
    entry = node.entry("b")
    assert entry is not None
    assert entry.key.span.first.line == 2
    assert node.get("b") is entry.value
    assert node.get("c") is None
    assert node.entry("c") is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\nb: 1\n", 2),
        ("a: # c\nb: 1\n", 2),
        ("a :   # c\n  # d\nb: 1\n", 3),
        ("{a: , b: 1}", 3),
        ("{a, b: 1}", 2),
        ("a: &x\nb: 1\n", 5),
    ],
)
def test_an_empty_value_stands_behind_its_colon(
    text: str, place: int, *, pure: bool
) -> None:
    value = mapping(text, pure=pure).get("a")
    assert isinstance(value, Scalar)
    assert value.value is None
    assert (value.span.start, value.span.end) == (place, place)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks(end: str, mark: str, *, pure: bool) -> None:
    text = mark + SPEC.replace("\n", end)
    assert plain(sound(text, pure=pure)) == plain(sound(SPEC, pure=pure))
    assert stretches(text, pure=pure) == stretches(SPEC, pure=pure)


def test_positions_count_characters(*, pure: bool) -> None:
    text = (
        "\U0001f600: \U0001f9e0\U0001f9e0 # \U0001f600\n\u00e9\u0301: [\U0001f600, b]\n"
    )
    found = list(scalars(sound(text, pure=pure)))
    assert [one.text for one in found] == [one.span.text for one in found]
    last = found[-1].span.first
    assert (last.line, last.column) == (2, 9)
    assert found[-1].text == "b"


def test_u2028_and_u0085_end_no_line(*, pure: bool) -> None:
    text = "a: b\u2028c\x85d\nb: '\u2028'\n"
    assert plain(sound(text, pure=pure)) == {"a": "b\u2028c\x85d", "b": "\u2028"}


def test_a_block_text_and_what_follows(*, pure: bool) -> None:
    text = "a: |  # note\n  x\n   y\n\nb: >-\n  c\n  d\n\n  e\n# f\nc: 1\n"
    node = mapping(text, pure=pure)
    assert plain(node) == {"a": "x\n y\n", "b": "c d\ne", "c": 1}
    first, second = node.get("a"), node.get("b")
    assert isinstance(first, Scalar)
    assert isinstance(second, Scalar)
    at = first.text.index("y")
    assert first.fragment.slice(at, at + 1).start == text.index("y")
    assert second.fragment.slice(2, 3).start == text.index("d\n")
    assert not first.plain


def test_escapes_keep_their_places(*, pure: bool) -> None:
    text = "a: \"x\\u00e9\\t\\\"y\" # z\nb: 'it''s'\n"
    node = mapping(text, pure=pure)
    first, second = node.get("a"), node.get("b")
    assert isinstance(first, Scalar)
    assert isinstance(second, Scalar)
    pieces = [first.fragment.slice(i, i + 1).text for i in range(len(first.text))]
    assert first.text == 'x\u00e9\t"y'
    assert pieces == ["x", "\\u00e9", "\\t", '\\"', "y"]
    assert second.text == "it's"
    assert second.fragment.slice(2, 4).text == "''s"


def test_question_marks_may_stand_in_a_value(*, pure: bool) -> None:
    assert plain(sound("a: 3*?*?\nb: [64*?*?, a?b]\nc: ?x\n", pure=pure)) == {
        "a": "3*?*?",
        "b": ["64*?*?", "a?b"],
        "c": "?x",
    }


def test_an_alias_is_the_node_it_stands_for(*, pure: bool) -> None:
    node = mapping("a: &x {k: 3}\nb: *x\nc: &y 1\nd: [*y, *x]\n", pure=pure)
    assert plain(node) == {"a": {"k": 3}, "b": {"k": 3}, "c": 1, "d": [1, {"k": 3}]}
    assert node.get("b") is node.get("a")
    value = node.get("a")
    assert value is not None
    assert value.span.text == "{k: 3}"


def test_the_later_anchor_of_a_name_holds(*, pure: bool) -> None:
    assert plain(sound("[&a 1, *a, &a 2, *a]", pure=pure)) == [1, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    [
        "x: &a {k: 3}\ny: {<<: *a, k: 5}\n",
        "x: &a {k: 3}\ny: {k: 5, <<: *a}\n",
        "x: &a {k: 3}\ny:\n  k: 5\n  <<: [*a]\n",
    ],
)
def test_a_written_key_wins_over_a_merged_one(text: str, *, pure: bool) -> None:
    assert plain(mapping(text, pure=pure).get("y")) == {"k": 5}


def test_merging_several_mappings(*, pure: bool) -> None:
    text = "a: &a {k: 1, s: 2}\nb: &b {k: 3, p: 4}\nc: {<<: [*a, *b], q: 5}\n"
    merged = mapping(text, pure=pure).get("c")
    assert plain(merged) == {"k": 1, "s": 2, "p": 4, "q": 5}
    assert isinstance(merged, Mapping)
    assert [entry.key.span.first.line for entry in merged.entries] == [1, 1, 2, 3]


def test_a_merge_of_a_merge(*, pure: bool) -> None:
    text = "a: &a {k: 1}\nb: &b {<<: *a, s: 2}\nc: {<<: *b}\n"
    assert plain(mapping(text, pure=pure).get("c")) == {"k": 1, "s": 2}


def test_a_quoted_merge_sign_is_a_key(*, pure: bool) -> None:
    assert plain(sound('{"<<": 1}', pure=pure)) == {"<<": 1}


def test_an_explicit_key(*, pure: bool) -> None:
    assert plain(sound("? a b\n: 1\n", pure=pure)) == {"a b": 1}


def test_a_document_may_be_marked(*, pure: bool) -> None:
    text = "%YAML 1.2\n---\na: 1\n...\n"
    assert plain(sound(text, pure=pure)) == {"a": 1}


@pytest.mark.parametrize("text", ["", "\n\n", "# c", "---\n", "\ufeff", "--- # c\n..."])
def test_an_empty_text(text: str, *, pure: bool) -> None:
    result = composed(text, pure=pure)
    assert result.node is None
    assert result.only().code is Code.GC004
    assert result.only().place is None
    assert result.only().file == "spec.yaml"


def test_sixty_four_collections_may_be_nested(*, pure: bool) -> None:
    text = "[" * 64 + "]" * 64
    assert outline(sound(text, pure=pure))[:2] == ("sequence", (0, 128))
