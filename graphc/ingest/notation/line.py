"""The reading of one line of a label: layers in a row, their arguments and a size."""

from graphc.ingest.notation.arguments import Found, argument_at
from graphc.ingest.notation.calls import Call, read_call
from graphc.ingest.notation.classifiers import classes, ways
from graphc.ingest.notation.drafts import Draft, Given
from graphc.ingest.notation.fitting import may_be_kernel, may_have
from graphc.ingest.notation.lexicon import Called, called, key_of
from graphc.ingest.notation.namespaces import behind_namespace, dashed
from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.phrases import JOINERS, RANKS
from graphc.ingest.notation.reading import SizeReading
from graphc.ingest.notation.remarks import is_idle, is_mute, is_remark
from graphc.ingest.notation.row import Row
from graphc.ingest.notation.size import read_size
from graphc.ingest.notation.words import Sort, Token, brackets_of, tokens_of
from graphc.ops import find
from graphc.source import Fragment

_LEADING = frozenset(("final", "first", "second", "last"))
_TIMES = ("x", "\u00d7")
_MOST_LAYERS = 20
_DEEPEST = 3
_BRACKETED = 3  # tokens of a number in brackets
NAMELESS = "names no op and no module"
UNDRAWN = "a `Linear` that is not drawn stands before it"
UNDRAWN_ALONE = "a classifier is a `Linear`"


def read_line(text: Fragment, start: int, end: int, before: Row, depth: int = 0) -> Row:
    """Return the row with what the line ``text[start:end]`` adds to it.

    line     = [mute] part*
    part     = [count "x"] layer | argument | size | remark | joiner
    layer    = name of an op ["(" arguments of a call ")"]
    argument = see ``argument_at``; before its layer where that follows
    remark   = "(" words without a number and without an op ")"

    ``depth`` is how many brackets the stretch stands in.
    """
    line = _Line(text, start, end, before.copy(), depth)
    line.read()
    return line.row


class _Line:
    """The reading of one line; ``at`` is the token to be read next."""

    def __init__(
        self, text: Fragment, start: int, end: int, row: Row, depth: int
    ) -> None:
        self._depth = depth
        self.text = text
        self.row = row
        self.tokens = tokens_of(text.text, start, end)
        self.at = 0
        self._closing = brackets_of(self.tokens)
        self._repeat: Part | None = None
        self._ahead = False  # arguments stand before their layers

    def read(self) -> None:
        steps = (
            self._skip,
            self._count,
            self._argument,
            self._group,
            self._size,
            self._ways,
            self._layer,
            self._times,
            self._arguments_ahead,
        )
        while self.at < len(self.tokens) and not self.row.fault:
            if not any(step() for step in steps) and not self.row.fault:
                self.row.fault = self._not_understood()
        if self._repeat is not None and not self.row.fault:
            self.row.fault = "a repeat has no layer behind it"

    @property
    def _draft(self) -> Draft | None:
        return self.row.drafts[-1] if self.row.drafts else None

    def _not_understood(self) -> str:
        draft = self._draft
        place = self.tokens[min(self.at, len(self.tokens) - 1)].start
        rest = self.text.text[place : self.tokens[-1].end].strip()
        if draft is None:
            return f"`{rest}` {NAMELESS}"
        return f"`{rest}` beside `{draft.name.text}` is not understood"

    def _skip(self) -> bool:
        """Skip what says nothing, and words before the name of a layer."""
        token = self.tokens[self.at]
        word = token.text.lower()
        divides = token.is_sign("/") and self._divides()
        if (word in JOINERS and not divides) or (is_mute(token) and not self._found()):
            self.at += 1
            return True
        ranked = key_of(self.tokens[self.at : self.at + 2]) in RANKS
        width = 2 if ranked else int(word in _LEADING)
        if width and called(self.tokens, self.at + width):
            self.at += width
            return True
        return False

    def _divides(self) -> bool:
        """Whether a number behind ``/`` would be the stride of the layer."""
        number, draft = self._token(1), self._draft
        numbered = number is not None and number.sort is Sort.NUMBER
        return numbered and draft is not None and draft.takes_argument("stride")

    def _found(self) -> Found | None:
        draft = self._draft
        return argument_at(self.tokens, self.at, draft) if draft else None

    def _count(self) -> bool:
        """Read ``3 x`` before a layer."""
        number, mark = self.tokens[self.at], self._token(1)
        if number.sort is not Sort.NUMBER or mark is None or self._repeat is not None:
            return False
        name = called(self.tokens, self.at + 2)
        if mark.text not in _TIMES or name is None or name.label == "Upsample":
            return False
        self._repeat = Part(f"{number.text} x", number.start, number.end)
        self.at += 2
        return number.text.isdigit()

    def _token(self, ahead: int) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _argument(self) -> bool:
        behind = self._token(1)
        if self._is_ahead(self.at) or (behind is not None and behind.is_sign("@")):
            return False
        found = self._found()
        draft = self._draft
        if found is None or draft is None:
            return False
        self._add(draft, found)
        return True

    def _is_ahead(self, at: int) -> bool:
        """Whether the token is a kernel of the layer behind it, as all in this line."""
        crossed = self._ahead and self.tokens[at].sort is Sort.CROSS
        return crossed and called(self.tokens, at + 1) is not None

    def _add(self, draft: Draft, found: Found) -> None:
        draft.given += found.given
        draft.noted = draft.noted or found.noted
        self._come(draft, found.takes)
        self.row.drafts += found.behind
        self.at += found.count

    def _come(self, draft: Draft, takes: Part | None) -> None:
        """Take what the text says comes in, if the layer is the first."""
        if draft is self.row.drafts[0]:
            self.row.takes = takes or self.row.takes

    def _size(self) -> bool:
        """Read the size that stands here, in brackets or up to the end of the line."""
        draft = self._draft
        if draft is None or self.row.size is not None:
            return False
        close, maps = self._closing.get(self.at), self._token(2)
        ends = [len(self.tokens), *((close + 1,) if close else ())]
        if maps is not None and self.tokens[self.at + 1].is_sign("@"):
            ends.append(self.at + 3)
        for end in ends:
            size = self._size_up_to(end)
            crossed = Sort.CROSS in [t.sort for t in self.tokens[self.at : self.at + 2]]
            if crossed and size is not None and may_be_kernel(draft, size):
                continue
            worded = end == (close or 0) + 1 and self._is_worded(end)
            if size is not None and may_have(draft, size, worded=worded):
                self.row.size = size
                self.at = end
                return True
        return False

    def _is_worded(self, end: int) -> bool:
        """Whether brackets hold more than a number: a unit, or a batch before it."""
        return end - self.at > _BRACKETED

    def _size_up_to(self, end: int) -> SizeReading | None:
        first, last = self.tokens[self.at], self.tokens[end - 1]
        return read_size(self.text.cut(first.start, last.end))

    def _layer(self) -> bool:
        """Read the name of a layer, and the brackets of a call behind it."""
        self.at = behind_namespace(self.text.text, self.tokens, self.at)
        name = called(self.tokens, self.at)
        if name is None:
            return False
        first, last = self.at, self.at + name.name - 1
        if name.unclear:
            written = self._written(first, last)
            self.row.fault = f"`{written}` {name.unclear}"
            return False
        self._start(name)
        self.at += name.count
        if name.undrawn and len(name.label.split()) > 1:
            draft = self.row.drafts[-len(name.label.split())]
            close = self._closing.get(self.at)
            if (width := classes(self.tokens, self.at, close, draft)) is not None:
                self._add(draft, width)
        if name.count == name.name:
            self._index()
        else:
            self._number()
        self._call(self._written(first, last))
        return True

    def _ways(self) -> bool:
        """Read ``10-way softmax``: a Linear of that width, and what is called so."""
        found = ways(self.tokens, self.at)
        if found is None:
            return False
        if found.linear is not None:
            self.row.drafts.append(found.linear)
            self.row.told.append(UNDRAWN)
        first = len(self.row.drafts) - (found.linear is not None)
        self.at += found.count
        self._layer()
        self.row.drafts[first].given.append(found.width)
        return True

    def _written(self, first: int, last: int) -> str:
        return self.text.text[self.tokens[first].start : self.tokens[last].end]

    def _start(self, name: Called) -> None:
        """Add the layers that a name stands for."""
        start = self.tokens[self.at].start
        end = self.tokens[self.at + name.name - 1].end
        words = name.label.split()
        for word in words:
            op = find(word)
            place = Part(word if op is None else op.name, start, end)
            if op is not None:
                self.row.drafts.append(Draft(place, op, repeat=self._repeat))
                self._repeat = None
            elif (last := self._draft) is not None and last.op is not None:
                last.given.append(Given(last.op.arguments[0].name, place))
        if name.undrawn:
            self.row.told.append(UNDRAWN if len(words) > 1 else UNDRAWN_ALONE)

    def _index(self) -> None:
        """Skip the number that makes a name of the op's: ``conv1``, ``relu_2``."""
        draft = self._draft
        found = dashed(self.tokens, self.at, draft) if draft is not None else None
        if draft is not None and found is not None:
            self._add(draft, found)
            return
        while (token := self._token(0)) and token.glued and _is_index(token):
            self.at += 1

    def _number(self) -> None:
        """Skip the number of a layer, ``Conv Layer 1``, that counts nothing."""
        number, behind = self._token(0), self._token(1)
        if number is None or number.sort is not Sort.NUMBER:
            return
        alone = behind is None or behind.sort is not Sort.WORD
        if number.text.isdecimal() and int(number.text) <= _MOST_LAYERS and alone:
            self.row.told.append(f"`{number.text}` is taken as the layer's number")
            self.at += 1

    def _call(self, written: str) -> None:
        """Read the brackets of a call right behind the name of its layer."""
        draft, close = self._draft, self._closing.get(self.at)
        if draft is None or draft.op is None or close is None:
            return
        opening = self.tokens[self.at]
        if not opening.glued:
            return
        call = read_call(
            draft.op, written, self.text.text, opening.end, self.tokens[close].start
        )
        if call is not None:
            self._obey(draft, call)
            self.at = close + 1

    def _obey(self, draft: Draft, call: Call) -> None:
        draft.given += call.given
        draft.exact = True
        self._come(draft, call.takes)
        self.row.drafts += call.behind
        self.row.fault = call.reason

    def _group(self) -> bool:
        """Read brackets: arguments of the layer before them, or a remark."""
        close = self._closing.get(self.at)
        if close is None or self._depth > _DEEPEST:
            return False
        start, end = self.tokens[self.at].end, self.tokens[close].start
        if self._draft is not None and self._inner(start, end):
            self.at = close + 1
            return True
        words = self.tokens[self.at + 1 : close]
        if self._draft is not None and (
            is_remark(self.text.text[start:end]) or is_idle(words)
        ):
            self.at = close + 1
            return True
        return False

    def _inner(self, start: int, end: int) -> bool:
        """Read the inside of brackets as the rest of the line would be read."""
        inner = read_line(self.text, start, end, self.row, self._depth + 1)
        if inner.fault:
            return self._renumbered(start, end)
        added = inner.drafts[len(self.row.drafts) :]
        last = self.row.drafts[-1]
        if len(added) == 1 and added[0].op is last.op and not added[0].given:
            inner.drafts.pop()
        self.row = inner
        return True

    def _renumbered(self, start: int, end: int) -> bool:
        """Take the number of ``Conv 2 (8 filters)`` as the layer's, if it can be.

        What the brackets say has to be what the number would have been.
        """
        row = self.row.copy()
        last = row.drafts[-1]
        if len(last.given) != 1 or last.op is None or last.exact:
            return False
        (number,) = last.given
        first = number.argument == last.op.arguments[0].name
        if not first or not number.value.text.isdecimal():
            return False
        last.given.clear()
        inner = read_line(self.text, start, end, row, self._depth + 1)
        if inner.fault or not _last_has(inner, number.argument):
            return False
        inner.told.append(f"`{number.value.text}` is taken as the layer's number")
        self.row = inner
        return True

    def _times(self) -> bool:
        """Read ``x5`` behind the only layer."""
        mark, number, draft = self.tokens[self.at], self._token(1), self._draft
        if draft is None or number is None or mark.text.lower() not in _TIMES:
            return False
        single = len(self.row.drafts) == 1 and draft.repeat is None
        if not single or not number.text.isdigit():
            return False
        draft.repeat = Part(f"{number.text} x", mark.start, number.end)
        self.at += 2
        return True

    def _arguments_ahead(self) -> bool:
        """Read arguments up to the layer they are of: ``3x3 conv``."""
        first = self.at
        ends = range(first + 1, len(self.tokens))
        layer = next((at for at in ends if called(self.tokens, at)), None)
        name = called(self.tokens, layer) if layer is not None else None
        if layer is None or name is None or name.unclear:
            return False
        before = self.row.copy()
        self.at = layer
        self._layer()
        behind, draft = self.at, self._draft
        self._ahead = True
        if draft is None or not self._all_arguments(draft, first, layer):
            self.at, self.row = first, before
            return False
        self.at = behind
        return True

    def _all_arguments(self, draft: Draft, start: int, end: int) -> bool:
        """Add the arguments between two tokens to a layer; return if they are all."""
        tokens = self.tokens[:end]
        self.at = start
        while self.at < end:
            found = argument_at(tokens, self.at, draft)
            if found is not None:
                self._add(draft, found)
            elif tokens[self.at].text.lower() in JOINERS:
                self.at += 1
            else:
                return False
        return True


def _last_has(row: Row, argument: str) -> bool:
    """Whether the last layer of a row is given an argument."""
    return bool(row.drafts) and row.drafts[-1].has(argument)


def _is_index(token: Token) -> bool:
    return token.text.isdigit() or token.is_sign("_")
