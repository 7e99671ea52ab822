"""A drawing as DOT text, through the ``graphviz`` package."""

from graphviz import Digraph

from graphc.draw import Arrow, Below, Box, Drawing, Group, Standing, theme
from graphc.emit.dot.html import Type, cell, label, line, table
from graphc.emit.dot.legend import caption, legend
from graphc.emit.layout import BOLD_FONT, FONT, ITALIC_FONT, escape, escape_tooltip

_LABEL = Type(11, theme.INK)
_NAME = Type(8.5, theme.FAINT_INK)
_BADGE = Type(10, theme.BADGE_INK, bold=True)
_TITLE = Type(13, theme.INK, bold=True)

_SIZE_FONTS = {
    Standing.ANNOTATED: FONT,
    Standing.INFERRED: ITALIC_FONT,
    Standing.MISTAKEN: BOLD_FONT,
}

_GRAPH = {
    "bgcolor": theme.PAPER,
    "compound": "false",
    "fontname": FONT,
    "labelloc": "b",
    "nodesep": "0.22",
    "pad": "0.15",
    "rankdir": "TB",
    "ranksep": "0.18",
    "splines": "true",
    "outputorder": "edgesfirst",
}
_NODE = {
    "fontname": FONT,
    "shape": "box",
    "style": "rounded,filled",
    "margin": "0.10,0.05",
    "height": "0.3",
    "width": "0.6",
    "penwidth": "1",
}
_EDGE = {
    "arrowhead": "normal",
    "arrowsize": "0.55",
    "color": theme.LINE,
    "fontname": FONT,
    "fontsize": "9",
    "penwidth": "0.9",
}


_LARGE = 300
_HASTE = {"mclimit": "0.1", "nslimit": "0.1", "nslimit1": "0.1"}
"""Limits to the rounds of optimization, whose number grows with the square."""


def dot(drawing: Drawing) -> str:
    """Return a drawing as DOT text; equal drawings give equal texts.

    Whatever the spec says stands in it as data.
    """
    graph = Digraph(drawing.id, graph_attr=_GRAPH, node_attr=_NODE, edge_attr=_EDGE)
    graph.attr(
        label=caption(drawing.caption), tooltip=escape_tooltip(drawing.caption.title)
    )
    if sum(1 for _ in drawing.all_boxes()) > _LARGE:
        graph.attr("graph", **_HASTE)
    # A frame that is not drawn, for the sake of its label: that of the graph itself
    # would stretch the legend to the width of the caption.
    with graph.subgraph(name="cluster") as sheet:
        sheet.attr(label=legend(drawing.legend), labelloc="b", peripheries="0")
        for group in drawing.groups:
            _add_group(sheet, group)
        for arrow in drawing.arrows:
            _add_arrow(sheet, arrow)
        for pair in drawing.below:
            _add_below(sheet, pair)
    return str(graph.source)


def _add_below(graph: Digraph, pair: Below) -> None:
    graph.edge(
        pair.upper,
        pair.lower,
        style="invis",
        minlen=str(pair.rows),
        weight=str(pair.weight),
    )


def _add_group(graph: Digraph, group: Group) -> None:
    name = group.id if group.lines else f"cluster_{group.id}"
    with graph.subgraph(name=name) as inner:
        if not group.lines:
            inner.attr(**_frame(group))
        for box in group.boxes:
            inner.node(box.id, **_box(box))
        for ids in group.lines:
            with inner.subgraph() as line_of_boxes:
                line_of_boxes.attr(rank="same")
                for one in ids:
                    line_of_boxes.node(one)
        for part in group.groups:
            _add_group(inner, part)
        for arrow in group.arrows:
            _add_arrow(inner, arrow)


def _frame(group: Group) -> dict[str, str]:
    """Return what is said of a group; what is not said it has from its parent."""
    if not group.title:
        return {"label": "", "peripheries": "0", "style": "", "tooltip": " "}
    cells = [cell(line(group.title, _TITLE))]
    if group.badge:
        cells += [cell("&#160;"), _badge(group.badge)]
    return {
        "label": label(table([cells])),
        "labelloc": "t",
        "margin": "10",
        "style": "rounded,filled",
        "color": theme.FRAME,
        "fillcolor": theme.FRAME_FILL,
        "penwidth": "0.8",
        "peripheries": "1",
        "tooltip": escape_tooltip(group.tooltip),
    }


def _box(box: Box) -> dict[str, str]:
    paint = theme.paint(box.family)
    rows = [[cell(line(text, _LABEL))] for text in box.lines]
    if box.name:
        rows.append([cell(line(box.name, _NAME))])
    content = table(rows)
    if box.badge:
        content = table([[cell(content), cell("&#160;"), _badge(box.badge)]])
    attributes = {
        "label": label(content),
        "fillcolor": paint.fill,
        "color": paint.border,
        "tooltip": escape_tooltip(box.tooltip),
    }
    if box.count > 1:
        attributes["style"] = "rounded,filled,dashed"
    return attributes | ({"peripheries": "2"} if box.badge else {})


def _badge(text: str) -> str:
    inside = cell(line(text, _BADGE))
    pill = table([[inside]], bgcolor=theme.BADGE.fill, style="rounded", cellpadding="2")
    return cell(pill)


def _add_arrow(graph: Digraph, arrow: Arrow) -> None:
    mistaken = arrow.standing is Standing.MISTAKEN
    tooltip = escape_tooltip(arrow.tooltip)
    attributes = {
        "label": f" {escape(arrow.size)} ",
        "fontcolor": theme.SIZES[arrow.standing],
        "fontname": _SIZE_FONTS[arrow.standing],
        "tooltip": tooltip,
        "labeltooltip": tooltip,
        "weight": str(arrow.weight),
    }
    if mistaken:
        attributes |= {"color": theme.MISTAKE, "penwidth": "2"}
    if arrow.turns:
        attributes |= {"constraint": "false", "style": "dashed"}
    graph.edge(arrow.source, arrow.target, **attributes)
