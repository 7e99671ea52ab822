"""Findings: codes, data, gathering and printing."""

from graphc.diagnostics.codes import Code
from graphc.diagnostics.concise import render_concise
from graphc.diagnostics.diagnostic import Diagnostic, Edit, Place, Severity
from graphc.diagnostics.display import counted, visible, width, write
from graphc.diagnostics.json import render_json
from graphc.diagnostics.number import numeral, plain
from graphc.diagnostics.pages import explain
from graphc.diagnostics.remedies import edge_text, entry_text, in_mermaid, node_text
from graphc.diagnostics.sink import Sink
from graphc.diagnostics.style import use_color
from graphc.diagnostics.suggest import nearest
from graphc.diagnostics.text import count, render_text

__all__ = [
    "Code",
    "Diagnostic",
    "Edit",
    "Place",
    "Severity",
    "Sink",
    "count",
    "counted",
    "edge_text",
    "entry_text",
    "explain",
    "in_mermaid",
    "nearest",
    "node_text",
    "numeral",
    "plain",
    "render_concise",
    "render_json",
    "render_text",
    "use_color",
    "visible",
    "width",
    "write",
]
