"""The fences are those that another reader of CommonMark finds."""

import re

import pytest
from documents_read import agree
from hypothesis import given
from hypothesis import strategies as st

from graphc.markdown.elements import Fenced
from graphc.markdown.scan import scan
from graphc.source import Source

markdown_it = pytest.importorskip("markdown_it")

PIECES = st.sampled_from(
    [
        *("```", "````", "~~~", "mermaid", "- ", "> ", ">", "1. ", "2) ", "* ", "+"),
        *("  ", "    ", "\t", " ", "a", "text", "---", "===", "# ", "<div>", "</div>"),
        *("<!--", "-->", "<b>", "***", "<pre>", "</pre>", "`", "\n", "\n", "\n\n"),
    ]
)
# markdown-it takes a `>` for a mark however far it is indented.
FAR = re.compile(r"(?: {4}|\t)[ \t]*>")


def theirs(text: str) -> list[tuple[str, str]]:
    reader = markdown_it.MarkdownIt("commonmark", {"maxNesting": 1000})
    reader.disable(["inline", "text_join", "reference"], ignoreInvalid=True)
    return [
        (token.info.strip(), token.content.rstrip(" \t\n"))
        for token in reader.parse(text)
        if token.type == "fence"
    ]


@given(st.lists(PIECES, max_size=25).map("".join).filter(lambda t: not FAR.search(t)))
def test_the_fences_are_those_of_commonmark(written: str) -> None:
    text = f"x\n\n{written}"
    found = [one for one in scan(Source("x", text)) if isinstance(one, Fenced)]
    ours = []
    for one in found:
        opening = one.opening.text
        info = opening.lstrip(opening[0]).strip(" \t")
        ours.append((info, one.content.text.rstrip(" \t\n")))
    assert ours == theirs(text)
    if "\t" not in text:
        assert all(agree(one.content) for one in found)
