"""What is wrong where YAML's grammar fails, in words of our own."""

import json
import re
from collections.abc import Callable

import yaml

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.record import record
from graphc.source import Source, Span

_INDENT_TAB = re.compile(r" *(\t[ \t]*)")
_KEY_AND_REST = re.compile(r"\s*+(?:- +)*+(?P<key>[^:]*+):[ \t]++(?P<rest>\S.*)$")
_COMMENT = re.compile(r"(?:^|(?<![ \t])[ \t]+)#.*$")
_CLOSERS = {"[": "]", "{": "}"}
_FOUND = re.compile(r", but (?:found|got) .*", re.DOTALL)
_ESCAPED = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}"
    r"|[0abtnvfre \"/\\N_LP\t\r\n])"
)
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{0,2}|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|.)")


@record
class _Failure:
    """Where the parser gave up, where the thing it was reading began, and the rest.

    ``at`` and ``began`` are offsets in the source, ``bracket`` too: the innermost that
    was still open, if one was. ``problem`` and ``context`` are the parser's words.
    """

    source: Source
    at: int
    began: int
    problem: str
    context: str
    bracket: int | None

    @property
    def char(self) -> str:
        """The character at which the parser gave up; "" at the end."""
        return self.source.text[self.at : self.at + 1]

    def span(self, start: int, end: int | None = None) -> Span:
        """Return a stretch of one character, or to ``end``, within the text."""
        text = self.source.text
        return Span(self.source, start, min(end or start + 1, len(text)))

    @property
    def line_start(self) -> int:
        """Offset of the first character of the line at ``at``."""
        return self.at - self.source.position(self.at).column + 1

    @property
    def line(self) -> str:
        """The line at ``at``, without its end and a comment."""
        line = self.source.line(self.source.position(self.at).line)
        return _COMMENT.sub("", line)

    def rest(self, start: int) -> Span:
        """Return the stretch from ``start`` to the end of its line or a comment."""
        number = self.source.position(start).line
        line_start = self.source.line_starts[number - 1]
        line = _COMMENT.sub("", self.source.line(number)[start - line_start :])
        return self.span(start, start + max(len(line.rstrip()), 1))


def syntax_fault(
    error: yaml.MarkedYAMLError, source: Source, shift: int, bracket: int | None
) -> Diagnostic:
    """Return the finding for a syntax error of either of PyYAML's parsers.

    ``shift`` is added to the parser's offsets; ``bracket`` is the offset of the
    innermost bracket that was open when the parser gave up. Codes: GC010; GC015 for
    tags and directives.
    """
    at = error.problem_mark.index + shift if error.problem_mark else len(source.text)
    began = error.context_mark.index + shift if error.context_mark else at
    problem, context = error.problem or "", error.context or ""
    failure = _Failure(source, at, began, problem, context, bracket)
    if tab := _indenting_tab(failure):
        return tab
    said = _FOUND.sub("", f"{failure.context}: {failure.problem}")
    for words, describe in _KINDS:
        if re.search(words, said):
            return describe(failure)
    return _unexpected(failure)


def _fault(
    message: str, span: Span, label: str, *remedy: str, related: Place | None = None
) -> Diagnostic:
    others = (related,) if related else ()
    place = Place(span, label)
    return Diagnostic(Code.GC010, message, place, related=others, help=remedy)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _indenting_tab(failure: _Failure) -> Diagnostic | None:
    if "flow" in failure.context or "quoted" in failure.context:
        return None
    found = _INDENT_TAB.match(failure.source.text, failure.line_start)
    if not found:
        return None
    span = failure.span(*found.span(1))
    return _fault("a tab cannot indent YAML", span, "a tab", "use spaces")


def _nested_colon(failure: _Failure) -> Diagnostic:
    """``: `` inside an unquoted value, or a key where none can be."""
    column = failure.at - failure.line_start
    found = _KEY_AND_REST.match(failure.line)
    if found and found.start("rest") <= column:
        value = _quoted(found["rest"].rstrip())
        remedy = f"quote the value: `{found['key'].rstrip()}: {value}`"
        message = "an unquoted value holds a `:` followed by a blank"
        return _fault(message, failure.span(failure.at), "reads as a key's", remedy)
    start = failure.line_start + len(failure.line) - len(failure.line.lstrip())
    message = "a key stands where the text above it goes on"
    span = failure.span(start, failure.at + 1)
    remedy = "line the key up with its neighbours, or give the line above a `:`"
    return _fault(message, span, "continues the line above", remedy)


def lone_question(span: Span) -> Diagnostic:
    """Return the finding GC010 for a ``?`` that YAML takes for the sign of a key."""
    message = "a value that begins with `?` is read as a key"
    remedy = "write `_` for a size that is not known, or quote the value"
    return _fault(message, span, "begins a key", remedy)


def _lone_question(failure: _Failure) -> Diagnostic:
    return lone_question(failure.span(failure.at))


def _misplaced_item(failure: _Failure) -> Diagnostic:
    message = "a list cannot begin on the line of its key"
    remedy = "begin it on the next line, or write it in brackets: `[a, b]`"
    return _fault(message, failure.span(failure.at), "begins an item", remedy)


def _bad_start(failure: _Failure) -> Diagnostic:
    char = failure.char
    span = failure.rest(failure.at)
    if char == "\t":
        return _fault("a tab stands where YAML allows spaces only", span, "a tab")
    sign = "a backtick" if char == "`" else f"`{char}`"
    message = f"an unquoted value cannot begin with {sign}"
    place = failure.span(failure.at)
    return _fault(
        message, place, "begins the value", f"quote it: `{_quoted(span.text)}`"
    )


def _bad_name(failure: _Failure) -> Diagnostic:
    """``*299*3`` or ``&``: meant as text, or an anchor misspelt."""
    char = failure.source.text[failure.began : failure.began + 1]
    what = "an alias" if char == "*" else "an anchor"
    span = failure.rest(failure.began)
    message = f"`{char}` begins {what} whose name cannot be read"
    remedy = f"if it is meant as text, quote it: `{_quoted(span.text)}`"
    return _fault(message, span, f"read as {what}", remedy)


def _open_quote(failure: _Failure) -> Diagnostic:
    quote = failure.source.text[failure.began : failure.began + 1]
    span = failure.span(failure.began)
    return _fault(f"the quote `{quote}` is never closed", span, "opened here")


def _bad_escape(failure: _Failure) -> Diagnostic:
    span = _first_bad_escape(failure)
    if span is None:  # the text ends in a backslash
        return _open_quote(failure)
    message = f"double quotes know no escape `{span.text}`"
    remedy = "double the backslash, or use single quotes"
    return _fault(message, span, "not an escape", remedy)


def _first_bad_escape(failure: _Failure) -> Span | None:
    """Return the first escape of the scalar that stands for no character.

    The parsers give up at different places of it.
    """
    text = failure.source.text
    at = text.find("\\", failure.began)
    while good := _ESCAPED.match(text, at):
        if good[0].startswith("\\U") and not _is_character(good[0]):
            break
        at = text.find("\\", good.end())
    bad = _ESCAPE.match(text, at)
    return failure.span(*bad.span()) if bad else None


def _is_character(escape: str) -> bool:
    point = int(escape[2:], 16)
    return point < 0xD800 or 0xDFFF < point <= 0x10FFFF


def _open_bracket(failure: _Failure) -> Diagnostic:
    opener = failure.source.text[failure.began : failure.began + 1]
    closer = _CLOSERS.get(opener, opener)
    opened = failure.span(failure.began)
    if failure.char and failure.char in "]}":
        message = f"`{opener}` is closed by `{failure.char}`"
        related = Place(opened, "opened here")
        span = failure.span(failure.at)
        return _fault(message, span, f"`{closer}` is expected", related=related)
    if (
        failure.source.position(failure.began).line
        == failure.source.position(failure.at).line
        and closer in failure.line[failure.at - failure.line_start :]
    ):
        message = f"`,` or `{closer}` is missing between brackets"
        related = Place(opened, "opened here")
        return _fault(message, failure.span(failure.at), "before this", related=related)
    return _never_closed(failure, failure.began)


def _never_closed(failure: _Failure, bracket: int) -> Diagnostic:
    span = failure.span(bracket)
    return _fault(f"the bracket `{span.text}` is never closed", span, "opened here")


def _no_content(failure: _Failure) -> Diagnostic:
    if not failure.char:
        return _unexpected(failure)
    if failure.char == "?":
        return _lone_question(failure)
    char = failure.char
    span = failure.span(failure.at)
    return _fault(f"a value is missing before `{char}`", span, "no value before this")


def _not_a_key(failure: _Failure) -> Diagnostic:
    if not failure.char and failure.source.text[failure.began] in _CLOSERS:
        return _never_closed(failure, failure.began)
    return _no_key(failure.rest(failure.began))


def _no_key(span: Span) -> Diagnostic:
    message = f"`{span.text}` is no key: there is no `:` behind it"
    remedy = "write `key: value`, or put the text into the value above by indenting it"
    return _fault(message, span, "no `:` follows", remedy)


def _not_an_entry(failure: _Failure) -> Diagnostic:
    """Something in a block mapping or list that is no entry of it."""
    listed = "collection" in failure.context
    what = "list" if listed else "mapping"
    related = Place(failure.span(failure.began), f"the {what} begins here")
    span = failure.rest(failure.at)
    if failure.char in ("]", "}"):
        return _closes_nothing(failure)
    if failure.source.text[failure.line_start : failure.at].strip():
        message = "text follows a value that has ended"
        remedy = "quote the whole value"
        return _fault(message, span, "behind the value", remedy)
    column = failure.source.position(failure.began).column
    if column != failure.source.position(failure.at).column:
        message = "this line is indented like no line around it"
        return _fault(message, span, "indentation fits nothing", related=related)
    if listed:
        message = "a line in a list does not begin with `- `"
        return _fault(message, span, "no item", related=related)
    if failure.char != "-":
        return _no_key(span)
    message = "a list item stands among the keys of a mapping"
    return _fault(message, span, "no key", related=related)


def _closes_nothing(failure: _Failure) -> Diagnostic:
    span = failure.span(failure.at)
    return _fault(f"`{span.text}` closes nothing", span, "no bracket is open here")


def _bad_header(failure: _Failure) -> Diagnostic:
    char = failure.source.text[failure.began : failure.began + 1]
    message = f"`{char}` begins a block of text, and the text begins on the next line"
    span = failure.rest(failure.began)
    remedy = f"if it is meant as text, quote it: `{_quoted(span.text)}`"
    return _fault(message, span, "begins a block", remedy)


def _unused(failure: _Failure) -> Diagnostic:
    kind = "directive" if failure.source.text.startswith("%", failure.began) else "tag"
    span = failure.rest(failure.began)
    message = f"the {kind} `{span.text}` cannot be used in a spec"
    remedy = (
        "delete it"
        if kind == "directive"
        else f"if it is meant as text, quote it: `{_quoted(span.text)}`"
    )
    return Diagnostic(Code.GC015, message, Place(span, f"a {kind}"), help=(remedy,))


def _tight_colon(failure: _Failure) -> Diagnostic:
    message = "a `:` between brackets stands right before another sign"
    remedy = "write a blank behind it, or quote the text"
    return _fault(message, failure.span(failure.at), "reads as a key's", remedy)


def _behind_the_end(failure: _Failure) -> Diagnostic:
    if failure.char in ("]", "}"):
        return _closes_nothing(failure)
    span = failure.rest(failure.at)
    return _fault("text follows the end of the document", span, "behind the end")


def _unexpected(failure: _Failure) -> Diagnostic:
    if not failure.char and failure.bracket is not None:
        return _never_closed(failure, failure.bracket)
    if not failure.char:
        start = max(len(failure.source.text.rstrip()) - 1, 0)
        return _fault("the text breaks off", failure.span(start), "after this")
    message = f"YAML does not allow `{failure.char.strip() or 'a blank'}` here"
    return _fault(message, failure.span(failure.at), "not expected")


_KINDS: tuple[tuple[str, Callable[[_Failure], Diagnostic]], ...] = (
    (r"<document start>", _behind_the_end),
    (r"mapping values are not allowed", _nested_colon),
    (r"mapping keys are not allowed", _lone_question),
    (r"sequence entries are not allowed", _misplaced_item),
    (r"cannot start any token", _bad_start),
    (r"an (alias|anchor):", _bad_name),
    (r"quoted scalar: found unexpected (end|document)", _open_quote),
    (r"quoted scalar:", _bad_escape),
    (r"flow (sequence|mapping)", _open_bracket),
    (r"node content", _no_content),
    (r"could not find expected ':'", _not_a_key),
    (r"block scalar: .*tab", _unexpected),
    (r"block scalar", _bad_header),
    (r"tag|directive|incompatible", _unused),
    (r"block (mapping|collection)", _not_an_entry),
    (r"unexpected ':'", _tight_colon),
)
