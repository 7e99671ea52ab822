"""Labels of nodes: ops and modules in a row, with their arguments."""

import re
from collections.abc import Callable

from graphc.diagnostics import Code, Sink
from graphc.lang.cursor import OPERATORS, Cursor
from graphc.lang.expr import Binary, Expr, Name, read_expr
from graphc.lang.term import ArgumentText, TermText, looks_like_term
from graphc.lang.tokens import Kind, Token
from graphc.source import Fragment


def parse_label(
    fragment: Fragment,
    is_term: Callable[[str], bool],
    is_param: Callable[[str], bool],
    sink: Sink,
) -> tuple[TermText, ...] | None:
    """Return the terms of the label that the whole text is, or None and a finding.

    label    = term ([","] term)*       a comma must stand before a repeat that
                                        follows an argument
    term     = [repeat] name argument*
    repeat   = expr ("x" | the multiplication sign)            5 x, 5x, (2*n) x
    argument = [key "="] expr                                  64, k=3, k = [1,7]

    Blanks part arguments and terms; around ``=``, operators and within brackets they
    mean nothing, except that outside brackets a minus with a blank before it and none
    behind begins an argument (``Reshape -1 7 7``).

    A name begins a term if ``is_term`` knows it, or if it is written like one
    (CamelCase, or with a dot) and is no parameter by ``is_param``. At the beginning,
    and behind a comma any name but a parameter does, and behind a repeat any name, so
    that a misspelt op is seen as one. Behind ``=`` every name is a value.

    Reports GC201; GC209 for a number beyond 10**18.
    """
    cursor = Cursor(fragment, sink, Code.GC201, in_label=True)
    if cursor.refuse_length():
        return None
    return _Label(cursor, is_term, is_param).read()


class _Label:
    """The reading of one label."""

    def __init__(
        self,
        cursor: Cursor,
        is_term: Callable[[str], bool],
        is_param: Callable[[str], bool],
    ) -> None:
        self._cursor = cursor
        self._is_term = is_term
        self._is_param = is_param
        self._repeat: Expr | None = None  # read, and waiting for its term

    def read(self) -> tuple[TermText, ...] | None:
        if self._refuse_empty():
            return None
        terms: list[TermText] = []
        at_boundary = True
        while not at_boundary or self._read_repeat():
            term = self._read_term()
            if term is None:
                return None
            terms.append(term)
            at_boundary = self._read_comma()
            if not at_boundary and self._repeat is None and self._cursor.at_end:
                return tuple(terms)
        return None

    def _refuse_empty(self) -> bool:
        cursor = self._cursor
        if cursor.at_end:
            span = cursor.span(0, len(cursor.fragment.text))
            cursor.refuse(span, "the label is empty")
        return cursor.at_end

    def _read_comma(self) -> bool:
        """Read a comma, if it stands here and no repeat waits for its term."""
        found = self._repeat is None and self._cursor.token.is_symbol(",")
        if found:
            self._cursor.take()
        return found

    def _read_repeat(self) -> bool:
        """Read a repeat, if one stands here; return whether a term may follow."""
        cursor = self._cursor
        token = cursor.token
        if token.kind is Kind.NAME and cursor.peek().is_symbol("="):
            self._refuse_argument(token)
            return False
        if token.kind is Kind.NAME and not self._begins_count(token):
            return True
        if token.kind is Kind.END or token.is_symbol(","):
            self._refuse_gap()
            return False
        repeat = read_expr(cursor)
        if repeat is None:
            return False
        if not cursor.token.is_repeat_mark:
            self._refuse_argument(token)
            return False
        cursor.take()
        self._repeat = repeat
        return True

    def _begins_count(self, token: Token) -> bool:
        """Whether the name at the cursor is a value, as in ``n x Name``, and no op."""
        if self._is_term(token.text) or "." in token.text:
            return False
        mark, term = self._cursor.peek(), self._cursor.peek(2)
        repeats = mark.is_repeat_mark and term.kind is Kind.NAME
        return repeats or self._is_param(token.text)

    def _is_value(self, name: str) -> bool:
        return self._is_param(name) and not self._is_term(name)

    def _read_term(self) -> TermText | None:
        cursor = self._cursor
        token = cursor.token
        if token.kind is not Kind.NAME:
            self._refuse_gap()
            return None
        name_span = cursor.span_of(cursor.take())
        if self._refuse_joined(token):
            return None
        repeat, self._repeat = self._repeat, None
        start = name_span if repeat is None else repeat.span
        arguments = self._read_arguments()
        if arguments is None:
            return None
        end = arguments[-1].span if arguments else name_span
        return TermText(token.text, name_span, repeat, arguments, start.to(end))

    def _read_arguments(self) -> tuple[ArgumentText, ...] | None:
        """Read up to the next term, or through its repeat if one precedes it."""
        cursor = self._cursor
        arguments: list[ArgumentText] = []
        while not (cursor.at_end or cursor.token.is_symbol(",")):
            counted = bool(arguments) and arguments[-1].key is None
            if self._at_repeat(counted=counted):
                self._refuse_mark(arguments)
                return None
            if not cursor.token.spaced and not cursor.token.is_symbol("\u00d7"):
                self._refuse_unspaced()
                return None
            if self._begins_term(cursor.token) and not cursor.peek().is_symbol("="):
                break
            argument = self._read_argument()
            if argument is None:
                return None
            counted = argument.key is None
            if counted and not arguments and self._at_repeat(counted=True):
                self._repeat = argument.value
                cursor.take()
                break
            if not self._is_plain(argument):
                return None
            arguments.append(argument)
        return tuple(arguments)

    def _read_argument(self) -> ArgumentText | None:
        cursor = self._cursor
        if cursor.token.kind is not Kind.NAME or not cursor.peek().is_symbol("="):
            value = read_expr(cursor)
            if value is None:
                return None
            return ArgumentText(None, None, value, value.span)
        key = cursor.take()
        equals = cursor.take()
        key_span = cursor.span_of(key)
        if self._lacks_value(equals):
            span = cursor.span(key.start, equals.end)
            cursor.refuse(
                span, f"the argument `{key.text}` has no value behind its `=`"
            )
            return None
        value = read_expr(cursor)
        if value is None:
            return None
        return ArgumentText(key.text, key_span, value, key_span.to(value.span))

    def _lacks_value(self, equals: Token) -> bool:
        """Whether the next argument or term stands where a value should."""
        token = self._cursor.token
        if token.kind is Kind.END or token.is_symbol(","):
            return True
        if token.kind is not Kind.NAME:
            return False
        torn = token.spaced and not equals.spaced and self._is_term(token.text)
        return torn or self._cursor.peek().is_symbol("=")

    def _begins_term(self, token: Token) -> bool:
        return token.kind is Kind.NAME and self._is_term_name(token.text)

    def _is_term_name(self, name: str) -> bool:
        if self._is_term(name):
            return True
        return looks_like_term(name) and not self._is_param(name)

    def _at_repeat(self, *, counted: bool) -> bool:
        """Whether the mark of a repeat stands at the cursor.

        An ``x`` that is no parameter is one behind a count (``counted``) and before an
        op or module; elsewhere, and as an operand, it is a word.
        """
        token, following = self._cursor.token, self._cursor.peek()
        if token.is_symbol("\u00d7"):
            return True
        if not token.is_repeat_mark or self._is_value(token.text):
            return False
        if following.is_symbol("=", *OPERATORS):
            return False
        return counted or self._begins_term(following)

    def _is_plain(self, argument: ArgumentText) -> bool:
        """Whether an argument is no op in brackets, such as ``(BN)``; report it."""
        first = argument.value
        while isinstance(first, Binary):
            first = first.left
        if argument.key is not None or not isinstance(first, Name):
            return True
        if not self._is_term_name(first.text):
            return True
        message = f"`{first.text}` is neither a parameter in reach nor a value"
        self._cursor.refuse(first.span, message)
        return False

    def _refuse_mark(self, arguments: list[ArgumentText]) -> None:
        """Report a repeat that follows an argument or lacks its count."""
        cursor = self._cursor
        span = cursor.span_of(cursor.token)
        if not arguments or arguments[-1].key is not None:
            mark = cursor.token.text
            cursor.refuse(span, f"a repeat has no count before its `{mark}`")
            return
        last = arguments[-1]
        following = cursor.peek()
        if following.kind is not Kind.NAME:
            cursor.refuse(span, "a repeat has no op or module behind it")
            return
        message = "a repeat that follows an argument needs a comma before it"
        remedy = f"write `, {last.value} x {following.text}`"
        cursor.refuse(last.span.to(span), message, remedy)

    def _refuse_gap(self) -> None:
        """Report what stands where an op or module is expected."""
        cursor = self._cursor
        token, before = cursor.token, cursor.previous
        if before is not None and before.is_repeat_mark:
            message = "a repeat has no op or module behind it"
            cursor.refuse(cursor.span_of(before), message)
        else:
            place = token if token.is_symbol(",") or before is None else before
            message = "a comma has no op or module on each side"
            cursor.refuse(cursor.span_of(place), message)

    def _refuse_argument(self, first: Token) -> None:
        """Report an argument, begun by ``first``, that stands where a term should."""
        cursor = self._cursor
        before = "before the first op or module"
        remedy = "begin with an op, a module or a repeat: `5 x Name`"
        if first.start and cursor.fragment.text[: first.start].rstrip().endswith(","):
            before = "behind a comma, which parts ops and modules"
            remedy = "part arguments by blanks, and write a list in brackets: `[1,7]`"
        if times := _TIMES.match(cursor.fragment.text, first.start):
            remedy = f"write `{times[1]} x {times[2]}`"
        message = f"an argument, `{first.text}`, stands {before}"
        cursor.refuse(cursor.span_of(first), message, remedy)

    def _refuse_unspaced(self) -> None:
        """Report what stands without a blank behind a name or value."""
        cursor = self._cursor
        token, before = cursor.token, cursor.previous
        starts = token.is_symbol("(", "[") or token.is_operand
        if before is None or not starts:
            cursor.refuse_token()
            return
        message = f"a blank is missing between `{before.text}` and `{token.text}`"
        if token.text == "(" and before.kind is Kind.NAME:
            message = f"`{before.text}` is called like a function"
            remedy = f"write arguments behind a blank: `{before.text} 64 k=3`"
            cursor.refuse(cursor.span_of(token), message, remedy)
            return
        cursor.refuse(cursor.span_of(token), message)

    def _refuse_joined(self, first: Token) -> bool:
        """Report a name with hyphens, of which ``first`` is the first part."""
        cursor = self._cursor
        text = cursor.fragment.text
        joined = _HYPHENATED.match(text, first.start)
        if joined is None:
            return False
        span = cursor.span(first.start, joined.end())
        parts = joined[0].split("-")
        name = "".join(part[:1].upper() + part[1:] for part in parts)
        message = f"the name `{joined[0]}` holds a hyphen, which ops and modules do not"
        cursor.refuse(span, message, f"write `{name}`")
        return True


_TIMES = re.compile(r"([0-9]+)\s*[*X]\s*([^\W\da-z_][\w.]*)")
_HYPHENATED = re.compile(r"\w+(?:\.\w+)*(?:-\w+)+")
