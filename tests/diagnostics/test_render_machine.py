import json

from graphc.diagnostics import (
    Code,
    Diagnostic,
    Edit,
    Place,
    Severity,
    render_concise,
    render_json,
)
from graphc.source import Source, Span

SOURCE = Source("größe.yaml", "a: 1\nb: [1,\n  2]\n")
FOUND = Diagnostic(
    Code.GC301,
    "the size is wrong",
    Place(Span(SOURCE, 8, 16), "annotated"),
    (Place(Span(SOURCE, 0, 1), "born here"),),
    ("why",),
    ("do this", "or that"),
    fixes=(Edit(Span(SOURCE, 0, 1), "A"),),
)
BARE = Diagnostic(
    Code.GC004, "the spec is empty", severity=Severity.WARNING, file="a.yaml"
)


def test_json_has_the_agreed_keys() -> None:
    text = render_json([FOUND, BARE])
    assert text.isascii()
    assert json.loads(text) == {
        "findings": [
            {
                "code": "GC301",
                "severity": "error",
                "message": "the size is wrong",
                "label": "annotated",
                "help": "do this\nor that",
                "notes": ["why"],
                "file": "größe.yaml",
                "line": 2,
                "column": 4,
                "end_line": 3,
                "end_column": 5,
                "related": [
                    {
                        "message": "born here",
                        "file": "größe.yaml",
                        "line": 1,
                        "column": 1,
                        "end_line": 1,
                        "end_column": 2,
                    }
                ],
                "fixes": [
                    {
                        "text": "A",
                        "file": "größe.yaml",
                        "line": 1,
                        "column": 1,
                        "end_line": 1,
                        "end_column": 2,
                    }
                ],
            },
            {
                "code": "GC004",
                "severity": "warning",
                "message": "the spec is empty",
                "label": None,
                "help": None,
                "notes": [],
                "file": "a.yaml",
                "line": None,
                "column": None,
                "end_line": None,
                "end_column": None,
                "related": [],
                "fixes": [],
            },
        ],
        "errors": 1,
        "warnings": 1,
        "notes": 0,
    }


def test_json_of_nothing() -> None:
    nothing = {"findings": [], "errors": 0, "warnings": 0, "notes": 0}
    assert json.loads(render_json([])) == nothing


def test_json_keeps_any_character() -> None:
    odd = Diagnostic(Code.GC301, "\x1b \u2028 \ud800 日")
    assert json.loads(render_json([odd]))["findings"][0]["message"] == odd.message


def test_concise_is_a_line_each() -> None:
    nowhere = Diagnostic(Code.GC402, "a\nb\x1b")
    assert render_concise([FOUND, BARE, nowhere]) == (
        "größe.yaml:2:4: error[GC301]: the size is wrong\n"
        "a.yaml: warning[GC004]: the spec is empty\n"
        "error[GC402]: a\\nb\\x1b\n"
    )
    assert render_concise([FOUND], encoding="ascii").isascii()
