"""A place in a row of tokens, from which parsers read and at which they refuse."""

import re

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.lang.tokens import Kind, Token, tokenize
from graphc.source import Fragment, Span

MAX_LENGTH = 2_000
"""Characters that one label, size or expression may have."""

OPERATORS = ("+", "-", "*", "/", "//", "%")
"""The signs of calculations."""


class Cursor:
    """The tokens of a text and how far they have been read.

    ``token`` is the one to be read next; ``depth`` counts the open brackets and signs
    around it. In a label (``in_label``) blanks part arguments, so outside brackets a
    minus with a blank before it and none behind begins a new argument. ``code`` is the
    code under which a text that cannot be read is reported.
    """

    def __init__(
        self,
        fragment: Fragment,
        sink: Sink,
        code: Code,
        *,
        in_label: bool = False,
    ) -> None:
        self.fragment = fragment
        self.code = code
        self.depth = 0
        self._sink = sink
        self._in_label = in_label
        self._tokens = tokenize(fragment.text)
        self._at = 0
        self.token = self._tokens[0]

    @property
    def at_end(self) -> bool:
        """Whether everything has been read."""
        return self.token.kind is Kind.END

    @property
    def previous(self) -> Token | None:
        """The token read last, or None at the beginning."""
        return self._tokens[self._at - 1] if self._at else None

    def peek(self, ahead: int = 1) -> Token:
        """Return the token ``ahead`` of the present one, the END behind the last."""
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Return the present token and go on to the next; the END stays."""
        token = self.token
        if token.kind is not Kind.END:
            self._at += 1
            self.token = self._tokens[self._at]
        return token

    def operator(self) -> str | None:
        """Return the operator that continues an expression here, or None."""
        token = self.token
        if not token.is_symbol(*OPERATORS):
            return None
        begins_argument = token.text == "-" and token.spaced and not self.peek().spaced
        if self._in_label and self.depth == 0 and begins_argument:
            return None
        return token.text

    def span(self, start: int, end: int) -> Span:
        """Return where the characters ``start`` to ``end`` of the text were written."""
        return self.fragment.slice(start, end)

    def span_of(self, token: Token) -> Span:
        """Return where a token was written; the END has no width."""
        return self.span(token.start, token.end)

    def refuse(
        self, span: Span, message: str, *remedies: str, code: Code | None = None
    ) -> None:
        """Report what cannot be read."""
        self._sink.add(
            Diagnostic(code or self.code, message, Place(span), help=remedies)
        )

    def refuse_length(self) -> bool:
        """Report a text that is too long; return whether it was."""
        length = len(self.fragment.text)
        if length <= MAX_LENGTH:
            return False
        message = f"a text of {length} characters is too long, {MAX_LENGTH} are allowed"
        self.refuse(self.span(0, length), message)
        return True

    def refuse_token(self) -> None:
        """Report that the present token cannot stand where it stands."""
        token = self.token
        span = self.span_of(token)
        match token.kind:
            case Kind.MALFORMED:
                self.refuse(
                    span,
                    f"`{token.text}` is not a number",
                    *_number_remedies(token.text, self.code),
                )
            case Kind.UNCLOSED:
                opened = self.span(token.start, token.start + 1)
                self.refuse(opened, f"the quote {token.text[0]} is never closed")
            case Kind.SYMBOL if token.text == "**":
                self.refuse(span, "there is no power in expressions", *self._product())
            case Kind.SYMBOL if token.text == "(" and self._follows_name():
                name = self._tokens[self._at - 1].text
                self.refuse(span, f"`{name}` is called, and expressions have no calls")
            case Kind.SYMBOL if token.text in (")", "]"):
                self.refuse(span, f"`{token.text}` closes no bracket")
            case Kind.STRAY if self._in_label:
                remedies = _stray_remedies(token.text)
                self.refuse(span, f"`{token.text}` cannot stand here", *remedies)
            case Kind.END:
                self.refuse(span, self._at_end())
            case _:
                self.refuse(span, f"`{token.text}` cannot stand here")

    def refuse_item(self) -> None:
        """Report that the present token stands where a list goes on or ends."""
        token = self.token
        if token.is_operand or token.is_symbol("(", "["):
            message = f"a comma is missing before `{token.text}`"
            self.refuse(self.span_of(token), message)
        else:
            self.refuse_token()

    def _product(self) -> tuple[str, ...]:
        """Return how a power that stands here may be written, if it is a square."""
        base = self.previous
        if base is None or self.peek().text != "2" or not base.is_operand:
            return ()
        return (f"write `{base.text}*{base.text}`",)

    def _follows_name(self) -> bool:
        """Whether a name stands before the present token, without a blank."""
        before = self.previous
        return before is not None and before.kind is Kind.NAME and not self.token.spaced

    def _at_end(self) -> str:
        if self.previous is None:
            return "the text is empty where a value is expected"
        return f"the text ends after `{self.previous.text}`, where a value is expected"


def _stray_remedies(text: str) -> tuple[str, ...]:
    """Return what a sign that labels do not use may have been meant for."""
    if text == ":":
        return ("an argument's name and value are joined by `=`: `k=3`",)
    if text in ";|>&\u2192":
        return ("part ops and modules by blanks or commas: `Conv k=3 BN ReLU`",)
    return ()


_READINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"0+([0-9]+)"), r"write `\1`"),
    (re.compile(r"0[xobXOB][0-9a-fA-F]+"), "write the number in decimal digits"),
    (re.compile(r"([0-9]+)[xX]([0-9]+)"), r"write a list: `[\1,\2]`"),
    (re.compile(r"([0-9]+)x([^\W\d]\w*)"), r"write `\1 x \2`"),
)
_GROUPED = re.compile(r"[0-9]+(_[0-9]+)+")
_CROSSED = re.compile(r"[0-9]+([xX]([0-9]+|[^\W\dxX]\w*))+")
_CROSS = re.compile(r"[xX](?=[0-9])|(?<=[0-9])[xX]")


def _number_remedies(text: str, code: Code) -> tuple[str, ...]:
    """Return how a malformed number may be written, if its meaning is plain."""
    if code is Code.GC116 and _CROSSED.fullmatch(text):
        return (f"write `{_CROSS.sub('*', text)}`",)
    if _GROUPED.fullmatch(text):
        return (f"write `{text.replace('_', '')}`",)
    found = (
        match.expand(remedy)
        for pattern, remedy in _READINGS
        if (match := pattern.fullmatch(text))
    )
    return tuple(found)[:1]
