import io

import pytest

from graphc.diagnostics import use_color, write


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, True),
        ({"TERM": "xterm"}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_color_on_a_terminal(environ: dict[str, str], *, expected: bool) -> None:
    assert use_color(Terminal(), environ) is expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"TERM": "xterm"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
    ],
)
def test_color_into_a_file(environ: dict[str, str], *, expected: bool) -> None:
    assert use_color(io.StringIO(), environ) is expected


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("ascii", rb"gr\xf6\xdfe \u65e5 \ud800"),
        ("latin-1", b"gr\xf6\xdfe \\u65e5 \\ud800"),
        ("utf-8", "größe 日 \\ud800".encode()),
    ],
)
def test_any_stream_takes_any_text(encoding: str, written: bytes) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    write(stream, "größe 日 \ud800")
    stream.flush()
    assert raw.getvalue() == written


def test_a_stream_without_encoding() -> None:
    stream = io.StringIO()
    write(stream, "größe")
    assert stream.getvalue() == "größe"
