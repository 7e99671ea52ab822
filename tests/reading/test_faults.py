"""Each fault of a text: where it is marked, how it is told, what helps.

The primary place stands between guillemets in the text; a related one, if there is one,
between double brackets.
"""

from dataclasses import dataclass

import pytest
from composing import PARSERS, composed, plain

from graphc.diagnostics import Code, Diagnostic
from graphc.reading import Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    marked: str
    message: str
    help: tuple[str, ...] = ()
    code: Code = Code.GC010


TAB = "a tab cannot indent YAML"
SPACES = ("use spaces",)
QUESTION = "a value that begins with `?` is read as a key"
UNKNOWN = ("write `_` for a size that is not known, or quote the value",)
COLON = "an unquoted value holds a `:` followed by a blank"
BEHIND = "text follows a value that has ended"
WHOLE = ("quote the whole value",)
ESCAPE = ("double the backslash, or use single quotes",)
KEY = ("write `key: value`, or put the text into the value above by indenting it",)
TAG = ("delete it, or quote the value if `!` is meant as text",)

SYNTAX = [
    # tabs
    Fault("a:\n«\t»b: c\n", TAB, SPACES),
    Fault("a:\n  b: c\n «\t»d: e\n", TAB, SPACES),
    Fault("«\t»a: b\n", TAB, SPACES),
    Fault("a:\n«\t»- b\n", TAB, SPACES),
    Fault("a: |\n«\t»b\n", TAB, SPACES),
    Fault("a: b\n«\t»c\n", TAB, SPACES),
    # quotes and brackets
    Fault('a: «"»b\nc: d\n', 'the quote `"` is never closed'),
    Fault("a: «'»b\nc: d\n", "the quote `'` is never closed"),
    Fault('a: «"»b\\', 'the quote `"` is never closed'),
    Fault("a: «[»b, c\nd: 1\n", "the bracket `[` is never closed"),
    Fault("a: «{»b: 1\nd: 1\n", "the bracket `{` is never closed"),
    Fault("a: {b: «[»1,\nc: 3\n", "the bracket `[` is never closed"),
    Fault("a: «[»", "the bracket `[` is never closed"),
    Fault("a: «[»1,\n\n", "the bracket `[` is never closed"),
    Fault("a: [1, «{»b: ", "the bracket `{` is never closed"),
    Fault("a: {b: ⟦[⟧1, 2«}»\n", "`[` is closed by `}`"),
    Fault("a: ⟦{⟧b: 1«]»\n", "`{` is closed by `]`"),
    Fault("a: [1]«]»\n", "`]` closes nothing"),
    Fault("a: {b: 1}«}»\n", "`}` closes nothing"),
    Fault("a: «]»\n", "a value is missing before `]`"),
    Fault("a: [1, «,» 2]\n", "a value is missing before `,`"),
    Fault("a: ⟦{⟧b: c«:» d}\n", "`,` or `}` is missing between brackets"),
    Fault(
        "a: {b«:», c: 1}\n",
        "a `:` between brackets stands right before another sign",
        ("write a blank behind it, or quote the text",),
    ),
    # colons
    Fault("a: Conv k=[1,7«:» 3\n", COLON, ('quote the value: `a: "Conv k=[1,7: 3"`',)),
    Fault("a: b«:» c\n", COLON, ('quote the value: `a: "b: c"`',)),
    Fault("- a: b«:» c # d\n", COLON, ('quote the value: `a: "b: c"`',)),
    Fault(
        "a: 1\n  «b:» 2\n",
        "a key stands where the text above it goes on",
        ("line the key up with its neighbours, or give the line above a `:`",),
    ),
    Fault("a: 1\n«b»\n", "`b` is no key: there is no `:` behind it", KEY),
    Fault("a: 1\n«b c» # d\ne: 2\n", "`b c` is no key: there is no `:` behind it", KEY),
    # the first sign of a value
    Fault("a: «*299*3» # b\n", "`*` begins an alias whose name cannot be read",
          ('if it is meant as text, quote it: `"*299*3"`',)),
    Fault("a: «& b»\n", "`&` begins an anchor whose name cannot be read",
          ('if it is meant as text, quote it: `"& b"`',)),
    Fault("a: «@»b c\n", "an unquoted value cannot begin with `@`",
          ('quote it: `"@b c"`',)),
    Fault("a: «`»b\n", "an unquoted value cannot begin with a backtick",
          ('quote it: `"`b"`',)),
    Fault("a: «%»b\n", "an unquoted value cannot begin with `%`",
          ('quote it: `"%b"`',)),
    Fault("a: «?»\n", QUESTION, UNKNOWN),
    Fault("a: «?» b\n", QUESTION, UNKNOWN),
    Fault("a: [1, «?», 3]\n", QUESTION, UNKNOWN),
    Fault("a: [«?»]\n", QUESTION, UNKNOWN),
    Fault("a: {b: «?»x3}\n", QUESTION, UNKNOWN),
    Fault(
        "a: «-» b\n",
        "a list cannot begin on the line of its key",
        ("begin it on the next line, or write it in brackets: `[a, b]`",),
    ),
    Fault("a: «> b»\n",
          "`>` begins a block of text, and the text begins on the next line",
          ('if it is meant as text, quote it: `"> b"`',)),
    Fault("a: «|x»\n  b\n",
          "`|` begins a block of text, and the text begins on the next line",
          ('if it is meant as text, quote it: `"|x"`',)),
    # behind a value, beside its neighbours
    Fault("a: 'it'«s'»\n", BEHIND, WHOLE),
    Fault('a: "b" «c»\n', BEHIND, WHOLE),
    Fault("a:\n  ⟦-⟧ 1\n  «b: 2»\n", "a line in a list does not begin with `- `"),
    Fault("⟦a⟧: 1\n«- b»\n", "a list item stands among the keys of a mapping"),
    Fault("⟦a⟧:\n  b: 1\n «c: 2»\n", "this line is indented like no line around it"),
    Fault("⟦a⟧:\n  - b\n «- c»\n", "this line is indented like no line around it"),
    Fault("a: 1\n...\n«b: 2»\n", "text follows the end of the document"),
    Fault("[a]\n«b: 2»\n", "text follows the end of the document"),
    # escapes
    Fault('a: "«\\q»"\n', "double quotes know no escape `\\q`", ESCAPE),
    Fault('a: "\\\\\\n«\\x4»z"\n', "double quotes know no escape `\\x4`", ESCAPE),
    Fault('a: "«\\ud800»"\n', "double quotes know no escape `\\ud800`", ESCAPE),
    Fault('a: "«\\U00110000»"\n', "double quotes know no escape `\\U00110000`", ESCAPE),
    # parts of YAML that specs do not use
    Fault("«%FOO» # a\n---\na: 1\n", "the directive `%FOO` cannot be used in a spec",
          ("delete it",), Code.GC015),
    Fault("«%YAML 1.3»\n---\na: 1\n",
          "the directive `%YAML 1.3` cannot be used in a spec",
          ("delete it",), Code.GC015),
]  # fmt: skip

READ_ON = [
    Fault("a: «!foo» 3\n", "the tag `!foo` cannot be used in a spec", TAG, Code.GC015),
    Fault("a: «!!int» '3'\n", "the tag `!!int` cannot be used in a spec", TAG,
          Code.GC015),
    Fault("a: &x «!!python/object/apply:os.system» [ls]\n",
          "the tag `!!python/object/apply:os.system` cannot be used in a spec", TAG,
          Code.GC015),
    Fault("a: «!<tag:b>» 3\n", "the tag `!<tag:b>` cannot be used in a spec", TAG,
          Code.GC015),
    Fault("a: «!»\n", "the tag `!` cannot be used in a spec", TAG, Code.GC015),
    Fault("«!k» a: 3\n", "the tag `!k` cannot be used in a spec", TAG, Code.GC015),
    Fault("a: 1\n«---»\nb: 2\n", "a second document begins",
          ("keep one document a file",), Code.GC015),
    Fault("? «[a]»\n: b\n", "a list stands as a key", (), Code.GC015),
    Fault("«{a: 1}»: 2\n", "a mapping stands as a key", (), Code.GC015),
    Fault("a: &x 1\n«*x» : 2\n", "the alias `*x` stands as a key", (), Code.GC015),
    Fault("⟦a⟧: 1\nb: 2\n«a»: 3\n", "the key `a` is given twice", (), Code.GC011),
    Fault("⟦a⟧: 1\n«\"a\"»: 3\n", "the key `a` is given twice", (), Code.GC011),
    Fault("nodes:\n  ⟦c⟧: A\n  «c»: B\n", "the key `c` is given twice", (),
          Code.GC011),
    Fault("c: {op: Conv, ⟦k⟧: 3, «k»: 4}\n", "the key `k` is given twice", (),
          Code.GC011),
    Fault("x: &a {⟦k⟧: 3, «k»: 4}\ny: {<<: *a}\n", "the key `k` is given twice", (),
          Code.GC011),
    Fault("x: &a {}\ny: {⟦<<⟧: *a, «<<»: *a}\n", "the key `<<` is given twice",
          ("merge several mappings by one key: `<<: [*a, *b]`",), Code.GC011),
    Fault("y: {<<: «3»}\n", "`<<` merges mappings only", (), Code.GC103),
    Fault("y: {<<: [{a: 1}, «[3]»]}\n", "`<<` merges mappings only", (), Code.GC103),
    Fault("a: «*b»\n", "nothing above is anchored as `&b`",
          ('if `*` is meant as text, quote it: `"*b"`',), Code.GC013),
    Fault("conv1: &conv1 1\na: «*conv2»\n", "nothing above is anchored as `&conv2`",
          ("did you mean `*conv1`?", 'if `*` is meant as text, quote it: `"*conv2"`'),
          Code.GC013),
    Fault("a: ⟦&x⟧ [«*x»]\n", "the alias `*x` stands inside what it stands for", (),
          Code.GC013),
    Fault("a: ⟦&x⟧ {b: {c: «*x»}}\n", "the alias `*x` stands inside what it stands for",
          (), Code.GC013),
    Fault("a: b«\x07»c\n", "YAML does not allow the character U+0007",
          ('in double quotes write it as `"\\x07"`, or delete it',)),
    Fault("a: '«\ufffe»'\n", "YAML does not allow the character U+FFFE",
          ('in double quotes write it as `"\\ufffe"`, or delete it',)),
]  # fmt: skip


@pytest.mark.parametrize("pure", PARSERS, ids=["libyaml", "pure"])
@pytest.mark.parametrize("fault", SYNTAX + READ_ON, ids=lambda fault: fault.marked)
def test_fault(fault: Fault, *, pure: bool) -> None:
    result = composed(_unmarked(fault.marked), pure=pure)
    found = result.only()
    assert _marked(found) == fault.marked
    assert (found.message, found.help) == (fault.message, fault.help)
    assert found.code is fault.code
    assert (result.node is None) == (fault in SYNTAX)


@pytest.mark.parametrize("pure", PARSERS, ids=["libyaml", "pure"])
def test_reading_goes_on_behind_a_fault(*, pure: bool) -> None:
    text = "a: 1\na: 2\nb: !t 3\n[c]: 4\nd: *e\nf: {<<: 5, g: 6}\nh: 7\n"
    result = composed(text, pure=pure)
    places = [one.place for one in result.found if one.place]
    assert [place.span.first.line for place in places] == [2, 3, 4, 5, 6]
    codes = [one.code.name for one in result.found]
    assert codes == ["GC011", "GC015", "GC015", "GC013", "GC103"]
    assert plain(result.node) == {"a": 1, "b": 3, "d": "*e", "f": {"g": 6}, "h": 7}


def test_what_is_found_before_a_syntax_error_is_told_too() -> None:
    found = composed("x: {a: 1, a: 2}\nb: 'c\n").found
    assert [one.code for one in found] == [Code.GC011, Code.GC010]


def test_a_stand_in_is_marked_faulty() -> None:
    node = composed("[*x, 1]").node
    assert isinstance(node, Sequence)
    first, second = node.items
    assert isinstance(first, Scalar)
    assert isinstance(second, Scalar)
    assert (first.faulty, second.faulty) == (True, False)


def test_a_merge_of_an_unknown_alias_is_told_once() -> None:
    assert composed("a: {<<: *b, c: 1}\n").only().code is Code.GC013


def test_forbidden_characters_are_told_once() -> None:
    found = composed("a: \x07\x01\nb: \x02\n").only()
    assert found.notes == ("2 more of its kind follow",)


def _unmarked(text: str) -> str:
    return text.translate({ord(sign): None for sign in "«»⟦⟧"})


def _marked(found: Diagnostic) -> str:
    """Return the source with the finding's places between guillemets."""
    assert found.place is not None
    marks = [
        (found.place.span, ("«", "»")),
        *((one.span, ("⟦", "⟧")) for one in found.related),
    ]
    text = found.place.span.source.text
    for span, (left, right) in sorted(marks, key=lambda mark: -mark[0].start):
        text = f"{text[: span.start]}{left}{span.text}{right}{text[span.end :]}"
    return text
