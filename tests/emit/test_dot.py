"""Drawings as DOT: every text is data, and the graph is the drawing's."""

from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pygraphviz
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphc.draw import Arrow, Below, Box, Caption, Drawing, Group, Standing, theme
from graphc.emit.dot import dot
from graphc.emit.layout import lay_out
from graphc.ir import Family

HOSTILE = [
    "quote \" and ' and ` back",
    "back\\slash \\N \\G \\n \\l \\r \\E \\",
    "line\nend\r\nand\u2028more",
    "<b>bold</b>",
    "<b>",
    ">",
    "<!-- --> ]]> <script>alert(1)</script>",
    "&amp; &lt; &#65; & ;",
    "{'a': (None, 1)} | y",
    "List<int> 64 > 128 { x 3->64",
    "port:name:n",
    "tab\tand\x00control\x1b[31m",
    "digraph",
    "-> -- ; , [a=b] # // /* */",
    "",
    " ",
    "\u03b1 \u00d7 \ud55c\uae00 \u5b57 \U0001f600",
    "%3A /",
]


def drawing(name: str, text: str = "Conv k=3") -> Drawing:
    """Return two boxes in a frame, with one text in every place that takes one."""
    first = Box("m/a", (text,), name, Family.CONVOLUTION, "", text)
    second = Box("m/b", (text, "Sum"), name, None, "\u00d75", text)
    arrow = Arrow("m/a", "m/b", text, Standing.ANNOTATED, text)
    group = Group("m", name or "m", text, (first, second), (), (arrow,), badge=text)
    caption = Caption(text, (text, name))
    legend = (Family.CONVOLUTION, None)
    return Drawing("drawing", (group,), (), (Below("m/a", "m/b"),), legend, caption)


def seen(text: str) -> str:
    """Return the letters that can be seen of a text; blanks part nothing here."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return "".join(shown.split())


def svg_of(made: Drawing) -> ElementTree.Element:
    picture = lay_out(dot(made), "svg")
    assert isinstance(picture, bytes), picture
    return ElementTree.fromstring(picture)


def texts(root: ElementTree.Element) -> list[str]:
    found = root.iter("{http://www.w3.org/2000/svg}text")
    return ["".join(one.itertext()).strip() for one in found]


def tooltips(root: ElementTree.Element) -> list[str]:
    key = "{http://www.w3.org/1999/xlink}title"
    return [one.attrib[key] for one in root.iter() if key in one.attrib]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_letter_for_letter(text: str) -> None:
    root = svg_of(drawing(text, text))
    shown = [seen(one.replace("\ufffd", "")) for one in texts(root)]
    wanted = seen("".join(c for c in text if c.isprintable() or c.isspace()))
    # Two boxes with text and name, the frame and its badge, two lines of the caption;
    # the size on the arrow too, unless its lines are parted.
    assert "".join(shown).count(wanted) >= 8
    told = [seen(one.replace("\ufffd", "")) for one in tooltips(root)]
    assert wanted in told or not wanted


@given(
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.text(st.characters(exclude_categories=()), max_size=20),
)
@example("a", "\ud800\udfff")
@settings(max_examples=200, deadline=None)
def test_any_text_gives_dot_that_parses_to_the_same_graph(name: str, text: str) -> None:
    graph = pygraphviz.AGraph(string=dot(drawing(name, text)))
    assert sorted(graph.nodes()) == ["m/a", "m/b"]
    drawn = [e for e in graph.edges() if e.attr["style"] != "invis"]
    assert [tuple(one) for one in drawn] == [("m/a", "m/b")]
    tooltip = unescape(graph.get_node("m/a").attr["tooltip"])
    assert tooltip.count("\\") % 2 == 0 or "\\n" in tooltip


@given(st.text(st.characters(exclude_categories=()), max_size=12))
@settings(max_examples=15, deadline=None)
def test_any_text_can_be_laid_out(text: str) -> None:
    svg_of(drawing(text, text))


def test_every_box_is_painted_as_its_family() -> None:
    graph = pygraphviz.AGraph(string=dot(drawing("a")))
    paint = theme.FAMILIES[Family.CONVOLUTION]
    box = graph.get_node("m/a").attr
    assert (box["fillcolor"], box["color"]) == (paint.fill, paint.border)
    assert graph.get_node("m/b").attr["fillcolor"] == theme.MODULE.fill
    assert graph.get_node("m/b").attr["peripheries"] == "2"


def test_mistaken_arrow_is_red_and_bold_with_both_sizes() -> None:
    plain = drawing("a")
    (group,) = plain.groups
    both = "64*74*74 \u2260 64*73*73"
    wrong = replace(group.arrows[0], size=both, standing=Standing.MISTAKEN)
    made = replace(plain, groups=(replace(group, arrows=(wrong,)),))
    graph = pygraphviz.AGraph(string=dot(made))
    edge = next(e for e in graph.edges() if e.attr["style"] != "invis").attr
    assert edge["color"] == edge["fontcolor"] == theme.MISTAKE
    assert float(edge["penwidth"]) > 1
    assert both in texts(svg_of(made))


def test_legend_and_caption_stand_in_the_picture() -> None:
    shown = texts(svg_of(drawing("a", "told")))
    assert {"convolution", "module", "told"} <= set(shown)
    assert "pooling" not in shown


def test_boxes_in_lines_stand_side_by_side() -> None:
    boxes = tuple(Box(n, (n,), "", None, "", n) for n in "abcd")
    arrows = tuple(
        Arrow(one, two, "3*9*9", Standing.ANNOTATED, "")
        for one, two in ("ab", "bc", "cd")
    )
    group = Group("g", "", "", boxes, (), arrows, (("a", "b"), ("c", "d")))
    made = Drawing("sheet", (group,), (), (Below("a", "c"),), (None,), Caption("g"))
    placed = lay_out(dot(made), "plain")
    assert isinstance(placed, bytes)
    rows = [line.split() for line in placed.decode().splitlines()]
    at = {row[1]: (float(row[2]), float(row[3])) for row in rows if row[0] == "node"}
    assert at["a"][1] == at["b"][1] > at["c"][1] == at["d"][1]
    assert at["a"][0] < at["b"][0]
    assert at["c"][0] < at["d"][0]


def test_large_drawing_is_laid_out_in_haste() -> None:
    small = drawing("a")
    (group,) = small.groups
    more = tuple(replace(group.boxes[0], id=f"m/{n}") for n in range(500))
    boxes = (*group.boxes, *more)
    large = replace(small, groups=(replace(group, boxes=boxes),))
    assert "nslimit" not in dot(small)
    graph = pygraphviz.AGraph(string=dot(large))
    assert graph.graph_attr["nslimit"] == "0.1"


def test_empty_drawing_is_a_graph_too() -> None:
    made = Drawing("none", (), (), (), (), Caption("none"))
    svg_of(made)
