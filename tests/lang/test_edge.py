import pytest
from hypothesis import given
from hypothesis import strategies as st
from notation import NOWHERE, SIGNS, accept, refuse, total
from steps import growth

from graphc.diagnostics import Sink
from graphc.lang import EdgeText, EndText, parse_edge, plain_pair, split_port
from graphc.source import Fragment, Source, Span

NAMES = st.text(st.sampled_from('ab.-><=~|"\\ \n\u2192\u2014\u00f6') | st.characters())
EDGES = st.lists(NAMES.filter(bool), min_size=2, max_size=4).map(
    lambda found: EdgeText(tuple(EndText(name, NOWHERE) for name in found), NOWHERE)
)


@given(EDGES)
def test_parse_after_print_is_identity(edge: EdgeText) -> None:
    assert accept(parse_edge, str(edge)) == edge


@given(SIGNS | st.text(st.sampled_from('ab ->"\\=.<~\u2192'), max_size=12))
def test_any_text_is_read_or_refused_once(text: str) -> None:
    edge = total(parse_edge, text)
    if edge is not None:
        assert accept(parse_edge, str(edge)) == edge


@given(st.text(st.sampled_from('ab0_.-> \n"=~\u2192\u2013\u00f6'), max_size=9))
def test_a_plain_pair_is_what_the_parser_reads(text: str) -> None:
    pair = plain_pair(text)
    if pair is not None:
        edge = accept(parse_edge, text)
        assert [end.name for end in edge.ends] == [*pair]
        assert edge.span.text == text


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("conv1 -> conv2", ("conv1", "conv2")),
        ("split.0->Gr\u00f6\u00dfe", ("split.0", "Gr\u00f6\u00dfe")),
        ("conv-1 -> a-b.c", ("conv-1", "a-b.c")),
        ("a -> b -> c", None),
        ("a-.->b", None),
        ("a--b -> c", None),
        ("a -> b ", None),
        ('a -> "b"', None),
    ],
)
def test_which_pairs_are_plain(text: str, pair: tuple[str, str] | None) -> None:
    assert plain_pair(text) == pair


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a -> b", ["a", "b"]),
        ("a->b", ["a", "b"]),
        (" a ->b-> c ", ["a", "b", "c"]),
        ("split.0 -> attn.key", ["split.0", "attn.key"]),
        ("norm.1 -> Gr\u00f6\u00dfe", ["norm.1", "Gr\u00f6\u00dfe"]),
        ("conv-1 -> x_y", ["conv-1", "x_y"]),
        ("a--b -> c", ["a--b", "c"]),
        (r'a"b -> a\b', ['a"b', r"a\b"]),
        (r'"a\"b" -> "a\\b"', ['a"b', r"a\b"]),
        ('"my node" -> b', ["my node", "b"]),
        ('"a->b"->"\u2192"', ["a->b", "\u2192"]),
        ("a\t->\nb", ["a", "b"]),
        ("A[x] -> {b}", ["A[x]", "{b}"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [end.name for end in accept(parse_edge, text).ends] == names


@pytest.mark.parametrize(
    ("text", "place", "column", "said"),
    [
        ("", "", 1, "the edge is empty"),
        ("a", "a", 1, "only `a` is given"),
        ("a ->", "->", 3, "after `->` is missing"),
        ("a -> b -> ", "->", 8, "after `->` is missing"),
        ("-> b", "->", 1, "before `->` is missing"),
        ("a -> -> b", "->", 6, "before `->` is missing"),
        ("->", "->", 1, "before `->` is missing"),
        ("a b -> c", "b", 3, "`b` stands"),
        ("a -> b c", "c", 8, "`c` stands"),
        ('"a" b -> c', "b", 5, "`b` stands"),
        ('"a -> b', '"', 1, "never closed"),
        ('"" -> b', '""', 1, "a name is empty"),
        ("a & b -> c", "&", 3, "`&` stands"),
        ("a, b -> c", "b", 4, "`b` stands"),
    ],
)
def test_refusals(text: str, place: str, column: int, said: str) -> None:
    found = refuse(parse_edge, text)
    assert (found.code, found.text, found.column) == ("GC107", place, column)
    assert said in found.message


@pytest.mark.parametrize(
    "arrow",
    [
        "=>",
        "-->",
        "--->",
        "==>",
        ">>",
        ">",
        "-",
        "--",
        "~>",
        "<-",
        "<->",
        "<--",
        "|->",
        "->>",
        "-.->",
        "\u2192",
        "\u21d2",
        "\u2014>",
        "\u2013>",
        "\u2212>",
    ],
)
def test_other_arrows(arrow: str) -> None:
    found = refuse(parse_edge, f"a {arrow} b")
    assert (found.code, found.text, found.column) == ("GC107", arrow, 3)
    assert found.message == f"`{arrow}` is no arrow"
    assert found.help == (
        "write `->`, with the node that gives the tensor on its left",
    )


@pytest.mark.parametrize("text", ["a-->b", "a=>b", "a\u2192b", "a\u2014>b", "a<-b"])
def test_other_arrows_without_blanks(text: str) -> None:
    found = refuse(parse_edge, text)
    assert found.text == text[1:-1]
    assert "is no arrow" in found.message


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("my node -> b", "put a name with blanks or quotes in double quotes"),
        ("a & b -> c", "write an edge of its own for each pair of nodes"),
        ("a, b -> c", "write an edge of its own for each pair of nodes"),
        ('"a b"', 'write `"a b" -> NAME`'),
    ],
)
def test_remedies(text: str, help_: str) -> None:
    assert refuse(parse_edge, text).help == (help_,)


def test_spans() -> None:
    edge = accept(parse_edge, ' a ->  "b c" -> d.0 ')
    assert edge.span.text == 'a ->  "b c" -> d.0'
    assert [end.span.text for end in edge.ends] == ["a", '"b c"', "d.0"]


def test_spans_follow_the_offsets_of_a_fragment() -> None:
    source = Source("spec", '"a \\x2d> b"')
    piece = Fragment("a -> b", Span(source, 0, 11), (1, 2, 3, 7, 8, 9, 10))
    edge = parse_edge(piece, Sink())
    assert edge is not None
    assert [end.span.text for end in edge.ends] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "node", "port"),
    [
        ("a", "a", None),
        ("split.0", "split", "0"),
        ("norm.1.key", "norm.1", "key"),
        (".a", ".a", None),
        ("a.", "a.", None),
        (".", ".", None),
        ("", "", None),
    ],
)
def test_split_port(text: str, node: str, port: str | None) -> None:
    assert split_port(text) == (node, port)


@pytest.mark.parametrize("first", ["", "a", "a "])
@pytest.mark.parametrize(
    "text", ["a -> ", "-", "--", "-.", "=", "~", "<", ">", '"', '\\"', " ", "a ", "->"]
)
def test_a_long_text_is_read_or_refused_once_too(text: str, first: str) -> None:
    total(parse_edge, first + text * 50_000)


def test_ten_times_the_chain_takes_ten_times_the_steps() -> None:
    def read(text: str) -> None:
        total(parse_edge, text)

    assert growth(read, "a -> " * 300 + "a", "a -> " * 3_000 + "a") < 12
