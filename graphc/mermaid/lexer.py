"""From the text of a flowchart to its tokens, by the modes of Mermaid's lexer.

Which token a character belongs to depends on the mode alone, never on the grammar: a
quote or a bracket opens a mode, and its end closes it.
"""

import re
import string
from bisect import bisect_left

from graphc.mermaid.modes import (
    BLANK,
    KEYWORDS,
    MODES,
    NAME,
    NEWLINE_OR_SPACE,
    STATEMENT,
    STATEMENT_AT,
    Mode,
    Rules,
)
from graphc.mermaid.tokens import Kind, Token

_DIRECTION = re.compile(rf"direction{BLANK}+(TB|BT|RL|LR|TD)")
_ORDER = ("TB", "BT", "RL", "LR", "TD")
_LINE_END = re.compile("[\n\r\u2028\u2029]")
_RUN_END = re.compile(rf'{BLANK}|"')
_KEYWORD_STARTS = frozenset('aAcshdligfe_@"')
# Links begin with `x` and `o` too, and `v` may be a token of its own.
_PLAIN = frozenset(string.ascii_letters) - set("xov")
_BLANKS = re.compile(f"{BLANK}+")


class Lexer:
    """Gives the tokens of a text one by one; behind its last line is a line end."""

    def __init__(self, text: str) -> None:
        self.text = f"{text}\n"
        self.at = 0
        self._modes: list[Rules] = []
        self._headed = False
        self._directions = [*_DIRECTION.finditer(self.text)]
        self._starts = [found.start() for found in self._directions]
        self._direction = 0
        self._line_end = 0
        self._run_end = 0
        self._last_id = -1
        self._mark = -1
        self._no_link = 0

    def resume(self, at: int) -> None:
        """Go on at an offset, in no bracket and no quote."""
        self.at = at
        self._modes.clear()
        self._line_end = self._run_end = self._no_link = 0
        self._last_id = self._mark = -1
        self._direction = bisect_left(self._starts, at)

    def pass_blanks(self) -> None:
        """Go behind the blanks and line ends that follow another one."""
        if not self._starts:  # the line of a `direction` begins with its blanks
            self.at = max(self.at, self._no_link)

    def next(self) -> Token:
        """Return the next token."""
        while self.at < len(self.text):
            start = self.at
            modes = self._modes
            token = self._take(modes[-1]) if modes else self._statement()
            if token is not None:
                return token
            if self.at == start:
                return self._letter()
        return Token(Kind.FINISH, len(self.text), len(self.text))

    def _statement(self) -> Token | None:
        start = self.at
        first = self.text[start]
        if first in _KEYWORD_STARTS:
            token = self._take(KEYWORDS)
            if token is not None or self.at > start:
                return self._graph(token)
        token = self._ahead()
        if token is not None:
            self.at = token.end
            return token
        if start < self._no_link:
            return self._take(NEWLINE_OR_SPACE)
        if first in _PLAIN:
            found = NAME.match(self.text, start)
            if found is not None:
                self.at = found.end()
                return Token(Kind.NAME, start, self.at, found[0])
        token = self._take(STATEMENT_AT.get(first, STATEMENT))
        if token is not None and token.kind in (Kind.SPACE, Kind.NEWLINE):
            blanks = _BLANKS.match(self.text, start)
            self._no_link = blanks.end() if blanks else start
        return token

    def _ahead(self) -> Token | None:
        """Return a token that what stands behind it makes, if there may be one."""
        token = self._direction_line() if self._starts else None
        if token is None and (self.at >= self._run_end or self._last_id > self.at):
            token = self._link_id()
        return token

    def _graph(self, token: Token | None) -> Token | None:
        """Look for a direction behind the first word that begins a flowchart."""
        if token is not None and token.kind is Kind.GRAPH and not self._headed:
            self._headed = True
            self._modes.append(MODES[Mode.DIR])
        return token

    def _take(self, rules: Rules) -> Token | None:
        """Take the characters of the first rule that fits; None if they are no token.

        Where none fits nothing is taken.
        """
        found = rules.pattern.match(self.text, self.at)
        if found is None or found.lastindex is None:
            return None
        rule = rules.rules[found.lastindex - 1]
        start, self.at = self.at, found.end()
        if rule.pop:
            self._modes.pop()
        if rule.push is not None:
            self._modes.append(MODES[rule.push])
        if rule.kind is None:
            return None
        return Token(rule.kind, start, self.at, rule.value or found[0])

    def _letter(self) -> Token:
        """Take a character that no rule knows: a letter beyond ASCII, or a stray one.

        Mermaid knows the letters of the Basic Multilingual Plane.
        """
        start = self.at
        character = self.text[start]
        self.at += 1
        plain = not self._modes and character.isalpha() and character <= "\uffff"
        return Token(Kind.LETTER if plain else Kind.STRAY, start, self.at, character)

    def _direction_line(self) -> Token | None:
        """Return the rest of the line if a ``direction LR`` stands anywhere in it."""
        start, starts = self.at, self._starts
        while self._direction < len(starts) and starts[self._direction] < start:
            self._direction += 1
        if self._direction == len(starts):
            return None
        if start >= self._line_end:
            end = _LINE_END.search(self.text, start)
            self._line_end = end.start() if end else len(self.text)
        here: dict[str, int] = {}
        at = self._direction
        while at < len(starts) and starts[at] < self._line_end:
            here[self._directions[at][1]] = self._directions[at].end()
            at += 1
        word = next((word for word in _ORDER if word in here), None)
        if word is None:
            return None
        return Token(Kind.DIRECTION, start, self.text.find("\n", here[word]), word)

    def _link_id(self) -> Token | None:
        """Return the id of a link, ``e1@``, if one begins here.

        It reaches to the last ``@`` before a blank or a quote, unless ``{`` is next.
        """
        start = self.at
        if start >= self._run_end:
            self._next_run(start)
        if self._last_id <= start:
            return None
        return Token(
            Kind.LINK_ID, start, self._last_id + 1, self.text[start : self._last_id]
        )

    def _next_run(self, start: int) -> None:
        """Look where the next blank or quote stands, and the last ``@`` before it."""
        if self._mark < start:
            mark = self.text.find("@", start)
            self._mark = mark if mark >= 0 else len(self.text)
        if self._mark == len(self.text):  # no more ids of links
            self._run_end, self._last_id = self._mark, -1
            return
        end = _RUN_END.search(self.text, start)
        self._run_end = max(end.start() if end else len(self.text), start + 1)
        self._last_id = self._last_mark(start, self._run_end)

    def _last_mark(self, start: int, end: int) -> int:
        at = self.text.rfind("@", start, end)
        while at > start and self.text[at + 1 : at + 2] in ("{", '"', ""):
            at = self.text.rfind("@", start, at)
        return at if at > start else -1
