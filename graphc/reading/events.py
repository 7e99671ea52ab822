"""YAML's events of a text, from libyaml where PyYAML was built with it."""

import re
from collections.abc import Iterator
from typing import Protocol

import yaml
from yaml.events import Event
from yaml.parser import Parser as PureParser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken

try:
    from yaml.cyaml import CBaseLoader
except ImportError:  # PyYAML built without libyaml
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

# Written as what is forbidden: what is allowed takes `re` ten times as long to compile.
_FORBIDDEN_CLASS = (
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
FORBIDDEN = re.compile(_FORBIDDEN_CLASS)
_CHANGED = re.compile(f"{_FORBIDDEN_CLASS}|[\x85\u2028\u2029]")
_ORDINARY = bytes(code for code in range(128) if not _CHANGED.match(chr(code)))
_STAND_IN = "\ue000"
_END = "\0\r\n\x85\u2028\u2029"
_BLOCK_INDICATORS = re.compile(r"(?:[-+][1-9]?|[1-9][-+]?)?")
_BLANK = "\0 \t\r\n\x85\u2028\u2029"


class EventSource(Protocol):
    """What both of PyYAML's parsers can do."""

    def get_event(self) -> Event | None:
        """Return the next event, or None behind the last one."""


def parseable(text: str) -> str:
    """Return a text of the same length that both parsers read as YAML 1.2 does.

    U+0085, U+2028 and U+2029 end a line for PyYAML (YAML 1.1) but are ordinary since
    1.2; these and the characters YAML forbids (``FORBIDDEN``) become a letter.
    """
    return text if is_ordinary(text) else _CHANGED.sub(_STAND_IN, text)


def is_ordinary(text: str) -> bool:
    """Return whether it is ASCII without forbidden characters, as most texts are.

    This takes a twentieth of the time of looking for other characters.
    """
    return text.isascii() and not text.encode().translate(None, _ORDINARY)


def parser(text: str, *, pure: bool) -> EventSource:
    """Return a parser of ``text``, which has been through ``parseable``.

    ``pure`` asks for the one written in Python even where libyaml is there. Both give
    the same events; the marks count characters from 0.
    """
    return CBaseLoader(text) if HAS_LIBYAML and not pure else _TabbedParser(text)


def events(source: EventSource) -> Iterator[Event]:
    """Return the events; the next one raises yaml.MarkedYAMLError at a syntax error."""
    return iter(source.get_event, None)


class _TabbedParser(Reader, Scanner, PureParser):
    """PyYAML's own parser, taking tabs and escapes as libyaml does.

    YAML allows a tab wherever blanks part tokens, except in indentation.
    """

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        PureParser.__init__(self)

    def scan_to_next_token(self) -> None:
        """Skip blanks, comments and line ends."""
        while True:
            tabs = bool(self.flow_level) or not self.allow_simple_key
            while self.peek() == " " or (tabs and self.peek() == "\t"):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in _END:
                    self.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: yaml.Mark) -> list[str] | None:
        """Return what blanks within a plain scalar fold to; None ends the scalar."""
        blanks = self._blanks()
        if self.peek() not in "\r\n":
            return [blanks] if blanks else []
        self.scan_line_break()
        self.allow_simple_key = True
        breaks: list[str] = []
        while not self._at_marker():
            while self.peek() == " " or (self.peek() == "\t" and self._within(indent)):
                self.forward()
            if self.peek() == "\t":
                raise ScannerError(
                    "while scanning a plain scalar",
                    start_mark,
                    "found a tab character that violates indentation",
                    self.get_mark(),
                )
            if self.peek() not in "\r\n":
                return breaks or [" "]
            breaks.append(self.scan_line_break())
        return None

    def scan_plain(self) -> ScalarToken:
        """Return a plain scalar; ``?`` may stand in it between brackets too."""
        chunks: list[str] = []
        spaces: list[str] = []
        start = end = self.get_mark()
        indent = self.indent + 1
        while self.peek() != "#":
            length = self._run(start)
            if not length:
                break
            self.allow_simple_key = False
            chunks += [*spaces, str(self.prefix(length))]
            self.forward(length)
            end = self.get_mark()
            spaces = self.scan_plain_spaces(indent, start) or []
            if not spaces or not self._within(indent):
                break
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003

    def scan_block_scalar_indicators(
        self, start_mark: yaml.Mark
    ) -> tuple[bool | None, int | None]:
        """Return whether to keep the last line ends, and the indentation if given."""
        found = _BLOCK_INDICATORS.match(self.prefix(2))
        header = found[0] if found else ""
        self.forward(len(header))
        if self.peek() not in "\0 \t\r\n#":
            problem = "did not find expected comment or line break"
            context = "while scanning a block scalar"
            raise ScannerError(context, start_mark, problem, self.get_mark())
        digits = header.strip("+-")
        chomping = "+" in header if header.strip("123456789") else None
        return chomping, int(digits) if digits else None

    def scan_block_scalar_ignored_line(self, start_mark: yaml.Mark) -> None:
        """Skip the rest of a block scalar's first line."""
        self._blanks()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, yaml.Mark]:
        """Return the empty lines before a block scalar, its indentation and place."""
        found = super().scan_block_scalar_indentation()
        if self.peek() == "\t":
            raise self._tab_indents()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], yaml.Mark]:
        """Return the empty lines within a block scalar and where they end."""
        found = super().scan_block_scalar_breaks(indent)
        if self.column < indent and self.peek() == "\t":
            raise self._tab_indents()
        return found

    def scan_directive_name(self, start_mark: yaml.Mark) -> str:
        """Return ``YAML`` or ``TAG``; refuse any other name."""
        name: str = super().scan_directive_name(start_mark)  # type: ignore[no-untyped-call] # not in the stubs
        if name not in ("YAML", "TAG"):
            context, problem = "while scanning a directive", "found unknown directive"
            raise ScannerError(context, start_mark, problem, self.get_mark())
        return name

    def scan_yaml_directive_value(self, start_mark: yaml.Mark) -> tuple[int, int]:
        """Return the version; refuse all but 1.1 and 1.2."""
        version: tuple[int, int] = super().scan_yaml_directive_value(start_mark)
        if version not in ((1, 1), (1, 2)):
            context, problem = "while scanning a directive", "found incompatible YAML"
            raise ScannerError(context, start_mark, problem, self.get_mark())
        return version

    def scan_flow_scalar_non_spaces(
        self,
        double: bool,  # noqa: FBT001 (PyYAML's signature)
        start_mark: yaml.Mark,
    ) -> list[str]:
        """Return the pieces up to a blank; refuse escapes that are no characters."""
        problem = "found invalid Unicode character escape code"
        context = "while parsing a quoted scalar"
        try:
            chunks = super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError):
            raise ScannerError(context, start_mark, problem, self.get_mark()) from None
        if any("\ud800" <= chunk <= "\udfff" for chunk in chunks):
            raise ScannerError(context, start_mark, problem, self.get_mark())
        return chunks

    def scan_line_break(self) -> str:
        """Skip a line end and return it as a newline; "" where there is none."""
        if self.peek() not in "\r\n":
            return ""
        self.forward(2 if self.prefix(2) == "\r\n" else 1)
        return "\n"

    def _blanks(self) -> str:
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blanks = str(self.prefix(length))
        self.forward(length)
        return blanks

    def _run(self, start: yaml.Mark) -> int:
        """Return how many signs of a plain scalar come before a blank or its end."""
        ends = _BLANK + (",[]{}" if self.flow_level else "")
        length = 0
        while (char := self.peek(length)) not in ends:
            if char == ":":
                behind = self.peek(length + 1)
                if behind in _BLANK:
                    break
                if self.flow_level and behind in ",?[]{}":
                    self.forward(length)
                    context = "while scanning a plain scalar"
                    problem, at = "found unexpected ':'", self.get_mark()
                    raise ScannerError(context, start, problem, at)
            length += 1
        return length

    def _tab_indents(self) -> ScannerError:
        context, at = "while scanning a block scalar", self.get_mark()
        return ScannerError(context, at, "found a tab that indents", at)

    def _at_marker(self) -> bool:
        return self.prefix(3) in ("---", "...") and self.peek(3) in _BLANK

    def _within(self, indent: int) -> bool:
        return bool(self.flow_level) or self.column >= indent
