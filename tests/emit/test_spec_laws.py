import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from trees import Unquoted, Value, composed, mapping, meant, tree, written

from graphc.emit.spec import write_spec
from graphc.reading import Mapping, Scalar

HOSTILE = [
    *("", " ", "~", "null", "yes", "No", "on", "y", "true", "010", "0o17", "0x1F"),
    *("1_000", "1:30", "1e-3", ".inf", "-.5", "2001-01-01", "=", "<<", "-", "- a"),
    *(
        "a: b",
        "a:",
        "a #b",
        "#b",
        "a#b",
        ": a",
        "? a",
        "*x",
        "&x",
        "!t",
        "%d",
        "@",
        "`",
    ),
    *("---", "...", "--- a", "[1,2]", "{a}", "a, b", "a]", "'", "''", '"', 'say "hi"'),
    *(
        '"a b" -> c',
        'it\'s "so"',
        "back\\slash",
        "a\\nb",
        "\\",
        "tab\there",
        " a",
        "a ",
    ),
    *("a  b", "one\ntwo", "one\n\ntwo", "\none", "one\n", "one\n\n", "one\n  two"),
    *("one\r\ntwo", "\r", "a\x00b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029"),
    *("\u00a0a", "\u200b", "\u202egnp", "\ufeff", "\ue000", "\ufffe", "Größe", "图层"),
    *("\U0001f600", "\U0001f468\u200d\U0001f4bb", "\U0010ffff", "Conv k=[1,7] p=[0,3]"),
    *("5 x Block, Conv", "3*299*299", "C*H*W", "a -> b", "k" * 1100, "w " * 60 + "end"),
    *("word " * 30 + "\n" + "word " * 30, "$(rm -rf /)", "<script>", "{{ jinja }}"),
]
NAMES = [
    *(
        "graphc",
        "model",
        "source",
        "about",
        "reported",
        "params",
        "where",
        "checkpoint",
    ),
    *("imports", "nodes", "edges", "modules", "label", "note", "op", "conv", "input"),
]
LETTERS = st.text(max_size=30) | st.text(st.sampled_from("ab :#-?,[]{}\"\\\n\t'&*"))
TEXTS = st.sampled_from(HOSTILE) | LETTERS
UNQUOTED = st.sampled_from(["1", "-3", "0.5", "1e-3", "true", "False", "~", "", "null"])
KEYS = st.sampled_from(NAMES) | TEXTS


def inner(leaves: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.recursive(
        leaves,
        lambda each: (
            st.lists(each, max_size=4) | st.dictionaries(KEYS, each, max_size=4)
        ),
        max_leaves=12,
    )


TEXT_TREES = st.dictionaries(KEYS, inner(TEXTS), max_size=5)
TREES = st.dictionaries(KEYS, inner(TEXTS | UNQUOTED.map(Unquoted)), max_size=5)
MANY = settings(max_examples=300)


@MANY
@given(TREES)
def test_what_is_written_is_read_as_the_same_tree(value: dict[str, Value]) -> None:
    text = written(value)
    for pure in (False, True):
        assert meant(composed(text, pure=pure)) == meant(mapping(value)), text


@MANY
@given(TREES)
def test_what_is_read_is_written_as_the_same_text(value: dict[str, Value]) -> None:
    text = written(value)
    assert write_spec(composed(text)) == text


@MANY
@given(TEXT_TREES)
def test_readers_of_yaml_1_1_see_the_same_texts(value: dict[str, Value]) -> None:
    assert yaml.safe_load(written(value)) == value


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("key", ["about", "other"])
def test_a_text_stays_itself_as_key_and_value(text: str, key: str) -> None:
    value: dict[str, Value] = {
        key: text,
        "list": [text, {text: text}],
        "nodes": {text: {"label": [text, {text: text}], "note": text}},
    }
    lines = written(value)
    assert meant(composed(lines)) == meant(tree(value))
    assert lines.isascii() or all(
        char.isprintable() for char in lines.replace("\n", "")
    )


@pytest.mark.parametrize("text", ["010", "1_000", "yes", "1:30"])
def test_what_two_readers_take_differently_is_left_for_the_checker(text: str) -> None:
    whole = composed(f"graphc: 1\nparams:\n  flag: {text}\n")
    assert write_spec(whole).endswith(f"\n\nparams:\n  flag: {text}\n")


def test_a_node_that_stands_in_two_places_is_written_twice() -> None:
    whole = composed("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n")
    assert write_spec(whole) == "a: {b: 1}\n\nc: {b: 1}\n\nd: {b: 1, e: 2}\n"


def test_a_thousand_nodes_and_edges_stay_in_their_order() -> None:
    names = [f"n{number * 7919 % 1000}" for number in range(1000)]
    value: dict[str, Value] = {
        "nodes": dict.fromkeys(names, "Conv 8 k=3"),
        "edges": [{f"{name} -> next": "8*4*4"} for name in names],
    }
    root = composed(written(value))
    nodes = root.get("nodes")
    assert isinstance(nodes, Mapping)
    assert [entry.name for entry in nodes.entries] == names
    assert all(isinstance(entry.value, Scalar) for entry in nodes.entries)
