"""The tokens of a flowchart with one to look at, and what is said about them."""

from graphc.diagnostics import Diagnostic, Sink
from graphc.mermaid.clean import Body
from graphc.mermaid.lexer import Lexer
from graphc.mermaid.modes import BLANKS
from graphc.mermaid.tokens import Kind, Token
from graphc.mermaid.wrong import named, unexpected
from graphc.source import Fragment, Span


class Stream:
    """Hands out the tokens of a body, and knows where each stands."""

    def __init__(self, body: Body, sink: Sink) -> None:
        self.body = body
        self._sink = sink
        self._lexer = Lexer(body.text)
        self._next = self._lexer.next()

    @property
    def peek(self) -> Token:
        """The next token."""
        return self._next

    def take(self) -> Token:
        """Return the next token, and go on to the one behind it."""
        token = self._next
        self._next = self._lexer.next()
        return token

    def at(self, *kinds: Kind) -> bool:
        """Whether the next token is of one of the kinds."""
        return self._next.kind in kinds

    def accept(self, *kinds: Kind) -> Token | None:
        """Take the next token if it is of one of the kinds."""
        return self.take() if self._next.kind in kinds else None

    def pass_breaks(self) -> None:
        """Go on behind the separator at which the stream is, and blanks behind it."""
        self._lexer.pass_blanks()
        self._next = self._lexer.next()

    def resume(self, at: int) -> None:
        """Go on at an offset as if a statement began there."""
        self._lexer.resume(at)
        self._next = self._lexer.next()

    def line_end(self, at: int) -> int:
        """Return the offset at which the line of ``at`` ends."""
        end = self.body.text.find("\n", at)
        return len(self.body.text) if end < 0 else end

    def text(self, start: int, end: int) -> str:
        """Return what was written from one offset to another."""
        return self.body.written.text[start:end]

    def cut(self, start: int, end: int) -> Fragment:
        """Return the same with the place of every character."""
        size = len(self.body.text)
        return self.body.cut(min(start, size), min(end, size))

    def span(self, start: int, end: int) -> Span:
        """Return where it stands."""
        size = len(self.body.text)
        return self.body.span(min(start, size), min(end, size))

    def report(self, diagnostic: Diagnostic) -> None:
        """Pass a finding on."""
        self._sink.add(diagnostic)

    def wrong(self, expected: str, *remedies: str) -> None:
        """Report GC501: the next token is not what is expected."""
        token = self._next
        text = self.text(token.start, token.end)
        blank = len(text) - len(text.lstrip(BLANKS))
        if token.kind is Kind.FINISH:
            start, end, what = token.start, token.start, "the end of the diagram"
        elif not text.strip(BLANKS):
            start = token.start
            end = start if "\n" in text else token.end
            what = "the end of the line" if "\n" in text else "a blank"
        else:
            start, end = token.start + blank, token.start + len(text.rstrip(BLANKS))
            what = named(text)
        self.report(unexpected(self.span(start, end), what, expected, remedies))
