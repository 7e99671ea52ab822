"""The pages of the codes: the wrong spec of each gives its code, the right one none."""

import re
from pathlib import Path

import pytest
from checking import check_text

from graphc.diagnostics import Code, Sink, explain
from graphc.mermaid import parse
from graphc.pipeline.document import check_document
from graphc.source import Fragment, Source, Span

FENCE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DRAWN = re.compile(r"^(`{3,4})(mermaid|markdown)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def specs(code: Code) -> list[str]:
    return FENCE.findall(explain(code.name) or "")


def drawings(code: Code) -> list[tuple[str, str]]:
    """Return the suffix and the text of each document on a page."""
    suffixes = {"mermaid": ".mmd", "markdown": ".md"}
    found = DRAWN.findall(explain(code.name) or "")
    return [(suffixes[kind], text) for _, kind, text in found]


EXPLAINED = [code for code in Code if len(specs(code)) == 2]
PICTURED = [code for code in Code if len(drawings(code)) == 2]
WITHOUT_SPECS = {
    *("GC001", "GC002", "GC003", "GC120"),
    *("GC401", "GC402", "GC403", "GC404", "GC405", "GC406", "GC407", "GC411"),
    *("GC505", "GC508", "GC509", "GC521", "GC522", "GC523", "GC524", "GC541", "GC561"),
