import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphc.diagnostics import (
    Code,
    Diagnostic,
    Place,
    Severity,
    count,
    render_text,
)
from graphc.source import Source, Span

SPEC = Source(
    "net.yaml",
    """\
nodes:
  conv4: Conv 64 k=3 s=2
  conv5: Conv 64 k=3
edges:
  - image -> conv4: 64*147*147
  - conv4 -> conv5: 64*74*74
about: {
  a: 1
  b: 2
}
""",
)


def at(text: str, message: str = "", *, source: Source = SPEC, nth: int = 0) -> Place:
    start = [found.start() for found in re.finditer(re.escape(text), source.text)][nth]
    return Place(Span(source, start, start + len(text)), message)


def report(place: Place | None, *related: Place, message: str = "a mistake") -> str:
    return render_text([Diagnostic(Code.GC301, message, place, related)])


def frame(text: str) -> str:
    """Return what stands below the location."""
    return "\n".join(text.splitlines()[2:]) + "\n"


def test_a_whole_report() -> None:
    found = Diagnostic(
        Code.GC301,
        "the size on this edge is not what `conv4` produces",
        at("64*74*74", "annotated 64*74*74, inferred 64*73*73"),
        (at("Conv 64 k=3 s=2", "from here"),),
        ("conv4: (147 + 2*0 - 3)//2 + 1 = 73",),
        ("annotate 64*73*73", "- conv4 -> conv5:\n    64*73*73"),
    )
    assert (
        render_text([found])
        == """\
error[GC301]: the size on this edge is not what `conv4` produces
 --> net.yaml:6:21
  |
2 |   conv4: Conv 64 k=3 s=2
  |          --------------- from here
...
6 |   - conv4 -> conv5: 64*74*74
  |                     ^^^^^^^^ annotated 64*74*74, inferred 64*73*73
  |
  = note: conv4: (147 + 2*0 - 3)//2 + 1 = 73
  = help: annotate 64*73*73
  = help: - conv4 -> conv5:
              64*73*73
"""
    )


def test_several_marks_on_one_line_hide_no_message() -> None:
    assert (
        frame(report(at("->", "arrow", nth=1), at("conv4", "from", nth=2), at("74*74")))
        == """\
  |
6 |   - conv4 -> conv5: 64*74*74
  |     ----- ^^           -----
  |     |     |
  |     |     arrow
  |     from
"""
    )


def test_marks_inside_and_upon_one_another_stay_visible() -> None:
    assert (
        frame(
            report(
                at("64*74*74", "outer"),
                at("64*74*74", "also outer"),
                at("*", "inner", nth=2),
            )
        )
        == """\
  |
6 |   - conv4 -> conv5: 64*74*74
  |                     ^^-^^^^^ outer
  |                     | |
  |                     | inner
  |                     also outer
"""
    )


def test_a_gap_of_one_line_is_shown() -> None:
    text = report(at("conv4"), at("edges"))
    assert "3 |   conv5: Conv 64 k=3\n" in text
    assert "..." not in text


def test_lines_of_another_file_have_a_frame_of_their_own() -> None:
    other = Source("blocks.yaml", "x: 1\n" * 99 + "late: 2\n")
    assert (
        report(at("edges", "here"), at("late", "there", source=other))
        == """\
error[GC301]: a mistake
   --> net.yaml:4:1
    |
  4 | edges:
    | ^^^^^ here
    |
   ::: blocks.yaml:100:1
    |
100 | late: 2
    | ---- there
"""
    )


def test_a_mark_over_lines_runs_at_the_left() -> None:
    assert (
        frame(report(at("{\n  a: 1\n  b: 2\n}\n", "this mapping"), at("a: 1", "one")))
        == """\
   |
 7 |   about: {
   |  ________^
 8 | |   a: 1
   | |   ---- one
 9 | |   b: 2
10 | | }
   | |_^ this mapping
"""
    )


def test_a_mark_that_begins_its_line_needs_no_corner() -> None:
    assert (
        frame(report(at(SPEC.text, "all of it")))
        == """\
   |
 1 | / nodes:
...  |
10 | | }
   | |_^ all of it
"""
    )


def test_marks_over_lines_that_overlap_have_two_lanes() -> None:
    assert (
        frame(report(at("{\n  a: 1", "outer"), at("1\n  b: 2\n}", "inner")))
        == """\
   |
 7 |    about: {
   |  _________^
 8 | |    a: 1
   | |_______^ outer
   |   ______-
 9 |  |   b: 2
10 |  | }
   |  |_- inner
"""
    )


def test_a_finding_without_a_place_names_its_file() -> None:
    found = Diagnostic(
        Code.GC004, "the spec is empty", file="a.yaml", help=("fill it",)
    )
    assert (
        render_text([found])
        == """\
error[GC004]: the spec is empty
 --> a.yaml
  = help: fill it
"""
    )


def test_a_finding_without_place_or_file_is_its_headline() -> None:
    assert report(None) == "error[GC301]: a mistake\n"


def test_a_place_behind_the_last_character() -> None:
    end = len(SPEC.text)
    text = report(Place(Span(SPEC, end, end), "more is expected"))
    assert " --> net.yaml:11:1\n" in text
    assert text.endswith("11 |\n   | ^ more is expected\n")


def test_a_place_on_a_line_end_stays_on_its_line() -> None:
    source = Source("a.yaml", "ab\r\ncd\r\n")
    text = report(Place(Span(source, 2, 4), "here"))
    assert frame(text) == "  |\n1 | ab\n  |   ^ here\n"


def test_findings_are_parted_by_a_blank_line() -> None:
    found = Diagnostic(Code.GC004, "empty", severity=Severity.WARNING)
    text = render_text([found, found])
    assert text == "warning[GC004]: empty\n\nwarning[GC004]: empty\n"
    assert render_text([]) == ""


def test_tabs_are_expanded() -> None:
    source = Source("a.yaml", "a\tb:\tc")
    text = frame(report(at("c", source=source), at("\t", "a tab", source=source)))
    assert text == ("  |\n1 | a   b:  c\n  |  ---    ^\n  |  |\n  |  a tab\n")


def test_wide_and_combining_characters_are_measured_in_cells() -> None:
    source = Source("a.yaml", "日本: e\u0301x 한: y")
    text = frame(report(at("y", source=source), at("e\u0301", "e", source=source)))
    assert text == (
        "  |\n1 | 日本: e\u0301x 한: y\n  |       -      ^\n  |       |\n  |       e\n"
    )
    accent = report(at("\u0301", "accent", source=source))
    assert accent.endswith("\n  |       ^ accent\n")


@pytest.mark.parametrize(
    ("character", "shown"),
    [
        ("\x1b", r"\x1b"),
        ("\x00", r"\x00"),
        ("\x85", r"\x85"),
        ("\xa0", r"\xa0"),
        ("\u2028", r"\u2028"),
        ("\u202e", r"\u202e"),
        ("\u200b", r"\u200b"),
        ("\ufeff", r"\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0001", r"\U000e0001"),
    ],
)
def test_what_a_terminal_would_act_on_is_escaped(character: str, shown: str) -> None:
    source = Source(f"a{character}.yaml", f"a{character}b")
    place = at("b", f"m{character}", source=source)
    found = Diagnostic(
        Code.GC301, f"h{character}", place, (), (f"n{character}",), (f"r{character}",)
    )
    text = render_text([found])
    assert character not in text
    assert text.count(shown) == 6
    assert f"1 | a{shown}b\n  |  {'':{len(shown)}}^ m{shown}\n" in text


def test_line_ends_in_a_message_are_escaped() -> None:
    text = report(at("conv4", "one\ntwo"), message="three\r\nfour")
    assert r"one\ntwo" in text
    assert r"three\r\nfour" in text


def test_what_the_encoding_lacks_is_escaped_and_marks_stay_in_place() -> None:
    source = Source("a.yaml", "größe: 1")
    found = Diagnostic(Code.GC101, "`größe`", at("1", "é", source=source))
    text = render_text([found], encoding="ascii")
    assert text.encode("ascii").endswith(
        b"1 | gr\\xf6\\xdfe: 1\n  |              ^ \\xe9\n"
    )
    assert "größe: 1\n  |        ^ é\n" in render_text([found], encoding="latin-1")


def test_a_long_line_is_cut_around_its_marks() -> None:
    source = Source("a.yaml", "x" * 5000 + "MARK" + "y" * 5000 + "OTHER" + "z" * 500)
    text = frame(
        report(at("MARK", "a", source=source), at("OTHER", "b", source=source))
    )
    near = "x" * 30 + "MARK" + "y" * 30
    assert f"1 | ...{near}...{'y' * 30}OTHER{'z' * 30}...\n" in text
    assert f"\n  | {'':33}^^^^{'':63}----- b\n" in text
    assert f"\n  | {'':33}a\n" in text


def test_a_mark_across_a_cut_goes_on_under_it() -> None:
    source = Source("a.yaml", "a: " + "x" * 9000)
    text = frame(report(at("x" * 9000, "long", source=source)))
    assert text == (f"  |\n1 | a: {'x' * 30}...{'x' * 30}\n  |    {'^' * 63} long\n")


def test_colours() -> None:
    found = Diagnostic(
        Code.GC309,
        "head",
        at("conv5", "first"),
        (at("conv4", "second"),),
        ("why",),
        severity=Severity.WARNING,
    )
    text = render_text([found], color=True)
    assert "\x1b[1;33mwarning[GC309]\x1b[0m\x1b[1m: head\x1b[0m\n" in text
    assert "\x1b[1;33m^^^^^\x1b[0m \x1b[1;33mfirst\x1b[0m\n" in text
    assert "\x1b[1;34m-----\x1b[0m \x1b[1;34msecond\x1b[0m\n" in text
    assert "\x1b[1mnote\x1b[0m: why\n" in text
    assert re.sub(r"\x1b\[[0-9;]*m", "", text) == render_text([found])
    assert "\x1b[1;31merror[GC301]" in render_text(
        [Diagnostic(Code.GC301, "head")], color=True
    )


def test_a_note_is_not_coloured_like_a_mistake() -> None:
    note = Diagnostic(Code.GC309, "head", at("conv5", "first"), severity=Severity.NOTE)
    text = render_text([note], color=True)
    assert "\x1b[1;36mnote[GC309]\x1b[0m\x1b[1m: head\x1b[0m\n" in text
    assert "\x1b[1;36m^^^^^\x1b[0m \x1b[1;36mfirst\x1b[0m\n" in text


@pytest.mark.parametrize(
    ("errors", "warnings", "notes", "said"),
    [
        (0, 0, 0, "no errors"),
        (1, 0, 0, "1 error"),
        (2, 1, 1, "2 errors, 1 warning, 1 note"),
        (0, 3, 0, "3 warnings"),
        (0, 0, 2, "2 notes"),
    ],
)
def test_count(errors: int, warnings: int, notes: int, said: str) -> None:
    error = Diagnostic(Code.GC301, "a")
    warning = Diagnostic(Code.GC309, "a", severity=Severity.WARNING)
    note = Diagnostic(Code.GC309, "a", severity=Severity.NOTE)
    assert count([error] * errors + [note] * notes + [warning] * warnings) == said


TEXTS = st.text(
    st.sampled_from("ab: \t\n\r日e\u0301\x1b\u202e") | st.characters(), max_size=40
)


@st.composite
def findings(draw: st.DrawFn) -> Diagnostic:
    source = Source("a.yaml", draw(TEXTS))
    offsets = st.integers(0, len(source.text))
    places = []
    for number in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(offsets), draw(offsets)))
        places.append(Place(Span(source, start, end), f"<{number}>"))
    return Diagnostic(Code.GC301, draw(TEXTS), places[0], tuple(places[1:]))


@settings(max_examples=200)
@given(findings())
def test_each_message_is_told_once_and_nothing_unprintable(found: Diagnostic) -> None:
    text = render_text([found])
    for number in range(len(found.related) + 1):
        assert text.count(f"<{number}>") == 1
    for character in text.replace("\n", ""):
        assert unicodedata.category(character)[0] not in "C"
        assert character not in "\u2028\u2029"
    assert not any(line.endswith(" ") for line in text.splitlines()[1:])


@settings(max_examples=100)
@given(st.text(st.sampled_from("ab日\u0301\x1b\t"), max_size=12), st.text("xy本"))
def test_the_caret_stands_under_what_it_marks(before: str, after: str) -> None:
    source = Source("a.yaml", f"{before}@{after}")
    rows = report(at("@", source=source)).splitlines()
    quoted, marks = rows[-2], rows[-1]
    wide = {"日", "本"}
    cells = sum(
        2 if character in wide else character != "\u0301"
        for character in quoted[: quoted.index("@")]
    )
    assert marks.index("^") == cells
    assert marks.count("^") == 1
