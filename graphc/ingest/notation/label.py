"""Labels as people write them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from graphc.ingest.notation.drafts import Draft, Given, parts_of
from graphc.ingest.notation.fitting import has_window
from graphc.ingest.notation.lexicon import called
from graphc.ingest.notation.line import NAMELESS, read_line
from graphc.ingest.notation.named import read_module
from graphc.ingest.notation.parts import Part, join
from graphc.ingest.notation.phrases import SIGNS
from graphc.ingest.notation.reading import LabelReading, SizeReading, Unsaid
from graphc.ingest.notation.remarks import is_idle, is_mute, is_remark
from graphc.ingest.notation.reshapes import read_reshape
from graphc.ingest.notation.row import Row
from graphc.ingest.notation.signs import plain
from graphc.ingest.notation.size import find_size, read_size
from graphc.ingest.notation.spec_label import is_shared, read_spec_label
from graphc.ingest.notation.words import Sort, Token, tokens_of
from graphc.ir import Family
from graphc.ops import find
from graphc.source import Fragment

Modules: TypeAlias = Callable[[str], str | None]
"""Tells the class name of the module of a document that words name, if they do."""

_MAX_LENGTH = 2_000
_MAPS = 3
_LINE = re.compile(r"[^\n]+")
_PREFIX = re.compile(r"\(?[^\W_][\w .#]{0,30}?\s*(?::|\)|\.(?=\s)|\s-(?=\s))\s*")
_SEQUENTIAL = re.compile(r"\s*(?:\w+\.)*Sequential\s*[(\[](?P<body>.*)[)\]]\s*")
_INCOMING = re.compile(r"\W*(?:in|input)(?:[ _]?(?:shape|size))?\s*[:=]", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[a-z]\w*(?:\.\w+)*")
_SURE = frozenset(
    (
        Family.CONVOLUTION,
        Family.POOLING,
        Family.NORMALIZATION,
        Family.ACTIVATION,
        Family.LINEAR,
        Family.ATTENTION,
        Family.REGULARIZATION,
    )
)
_BEHIND_A_WIDTH = (Family.ACTIVATION, Family.REGULARIZATION, Family.NORMALIZATION)
_BARE = "a number alone is the width of a `Linear`"


def read_label(text: Fragment, modules: Modules) -> LabelReading:
    """Return what a label says, in the notation of specs.

    label = a label of specs, or ``same as NAME``
          | a sign that stands for an op                   +
          | the name of a module, a count before or behind it
          | [name ":"] line                                C1: 3x3 conv, 64
            (a line more | a size | a remark)*
          | a number alone, or with a dropout              4096 dp=0.5

    ``line`` is told at ``read_line``. What is no remark for sure is not left out: a
    text of which a part is not understood is no label, and ``reason`` tells the part.
    Linear in the text, of which 2,000 characters are read at most.
    """
    signs = plain(text)
    if len(signs.text) > _MAX_LENGTH:
        length = len(signs.text)
        return LabelReading(None, reason=f"a text of {length} characters is no label")
    lined = replace(signs, text=signs.text.replace("\n", " "))
    whole = _trimmed(lined)
    if not whole.text:
        return LabelReading(None, reason="the label is empty")
    return _as_spec(_trimmed(signs), modules) or _Label(signs, whole, modules).read()


def _trimmed(text: Fragment) -> Fragment:
    body = text.text.strip()
    start = text.text.index(body)
    return text.cut(start, start + len(body))


def _as_spec(text: Fragment, modules: Modules) -> LabelReading | None:
    """Return the reading of a label that is in the notation of specs as it stands."""
    label = replace(text, text=text.text.replace("\n", " "))
    if is_shared(label.text):
        return LabelReading(label, sure=True)
    drafts = _spec_lines(text, lambda name: modules(name) == name)
    if drafts is None or _mixes(drafts):
        return None
    missing = [d for d in drafts if d.missing() and not d.given]
    if missing:
        return LabelReading(None, reason=_lacking(missing[0]))
    return LabelReading(label, unsaid=_unsaid(drafts), sure=_is_sure(drafts))


def _spec_lines(
    text: Fragment, is_module: Callable[[str], bool]
) -> tuple[Draft, ...] | None:
    """Return the layers of a text whose every line is a label of specs, or None."""
    drafts: list[Draft] = []
    for line in _LINE.finditer(text.text):
        read = read_spec_label(text.cut(*line.span()), is_module)
        if read is None:
            return None
        drafts += read
    return tuple(drafts)


def _lacking(draft: Draft) -> str:
    """Return what is wrong with a layer that lacks an argument, or nothing."""
    missing = draft.missing()
    if missing is None:
        return ""
    return f"`{draft.name.text}` needs `{missing}`, which is not told"


def _unsaid(drafts: Sequence[Draft]) -> tuple[Unsaid, ...]:
    return tuple(dict.fromkeys(gap for draft in drafts for gap in draft.unsaid()))


def _is_sure(drafts: Sequence[Draft]) -> bool:
    ops = [draft.op for draft in drafts if draft.op is not None]
    return any(op.family in _SURE and op.name != "Abs" for op in ops)


def _mixes(drafts: Sequence[Draft]) -> bool:
    """Whether what stands alone, such as ``Input``, stands in a row."""
    alone = (Family.DATA, Family.PARAMETER)
    return len(drafts) > 1 and any(
        draft.op is not None
        and draft.op.family in alone
        and draft.op.name != "Identity"
        for draft in drafts
    )


def _repeated(drafts: Sequence[Draft]) -> str:
    """Return what is wrong with a repeat in a row: it may be of all of it."""
    for draft in drafts:
        if draft.repeat is not None and len(drafts) > 1:
            count = draft.repeat.text
            return f"`{count}` may repeat `{draft.name.text}` alone or the whole row"
    return ""


def _has_maps(size: SizeReading | None) -> bool:
    """Whether a size has three dims or more: others stand beside pictures too."""
    return size is not None and size.fragment.text.count("*") > 1


class _Label:
    """The reading of a label that is not in the notation of specs."""

    def __init__(self, text: Fragment, whole: Fragment, modules: Modules) -> None:
        self.text = text
        self.whole = whole
        self.modules = modules
        self.row = Row()
        self.before: list[str] = []  # lines before the first layer

    def read(self) -> LabelReading:
        if sign := SIGNS.get(self.whole.text):
            part = Part(sign, 0, len(self.whole.text))
            return LabelReading(join(self.whole, [part], ""))
        if module := read_module(self.whole, self.modules):
            return module
        if reshape := read_reshape(self.whole):
            return reshape
        for start, end in self._lines():
            if self.row.fault:
                break
            self._line(start, end)
        return self._reading()

    def _lines(self) -> Iterator[tuple[int, int]]:
        for line in _LINE.finditer(self.text.text):
            if line[0].strip():
                yield line.span()

    def _line(self, start: int, end: int) -> None:
        if not self.row.drafts:
            self._first(start, end)
        elif not (
            self._sized(start, end)
            or self._goes_on(start, end)
            or self._sized(start, end, alone=True)
        ):
            self._remark(start, end)

    def _first(self, start: int, end: int) -> None:
        """Read the line that begins with a layer, or that stands before it."""
        for row in self._first_readings(start, end):
            if row.drafts and not row.fault and not _mixes(row.drafts):
                self.row = row
                return
        if not self._sized(start, end) and not self._is_remark(start, end):
            self.before.append(self.text.text[start:end].strip())

    def _first_readings(self, start: int, end: int) -> Iterator[Row]:
        if inside := _SEQUENTIAL.fullmatch(self.text.text, start, end):
            yield read_line(self.text, *inside.span("body"), self.row)
        if prefix := _PREFIX.match(self.text.text, start, end):
            yield read_line(self.text, prefix.end(), end, self.row)
        yield read_line(self.text, start, end, self.row)
        yield self._width(start, end)
        yield self._identifier(start, end)

    def _width(self, start: int, end: int) -> Row:
        """Read a number that stands for a Linear of that width, and what follows it."""
        tokens = tokens_of(self.text.text, start, end)
        op = find("Linear")
        if op is None or not tokens:
            return Row()
        number = tokens[0]
        if number.sort is not Sort.NUMBER or not number.text.isdecimal():
            return Row()
        out = Part(number.text, number.start, number.end)
        name = Part(op.name, number.start, number.start)
        linear = Draft(name, op, [Given("out_features", out)])
        row = Row([linear], self.row.size, told=[_BARE])
        row = read_line(self.text, number.end, end, row)
        behind = [draft.op for draft in row.drafts[1:]]
        fits = all(op is None or op.family in _BEHIND_A_WIDTH for op in behind)
        same = row.size is self.row.size
        return row if fits and same and not row.fault else Row()

    def _identifier(self, start: int, end: int) -> Row:
        """Read a name that a program gave to a node: ``layer1_0_conv1``.

        Only beside a size, or a line that tells that it is one.
        """
        line = self.text.text[start:end].strip()
        others = self.text.text[end:].strip()
        if not _IDENTIFIER.fullmatch(line) or not others:
            return Row()
        pieces = [piece for piece in re.split(r"[_.]", line) if not piece.isdecimal()]
        first = start + self.text.text[start:end].index(line)
        last = len(pieces) and first + line.rindex(pieces[-1])
        tokens = tokens_of(self.text.text, last, first + len(line)) if pieces else ()
        if not called(tokens, 0):
            return Row()
        return read_line(self.text, last, first + len(line), self.row)

    def _sized(self, start: int, end: int, *, alone: bool = False) -> bool:
        """Take the line as the size, if it is one and there is none yet.

        With ``alone`` one number is a size too, as no argument is.
        """
        size = read_size(self.text.cut(start, end))
        if size is None:
            return False
        flat = alone and "*" not in size.fragment.text
        if not flat and not self._may_be_size(start, end, size):
            return False
        if self.row.drafts and _INCOMING.match(self.text.text, start, end):
            self.row.source = self.row.source or size
            return True
        if self.row.size is not None:
            return False
        self.row.size = size
        return True

    def _may_be_size(self, start: int, end: int, size: SizeReading) -> bool:
        """Whether a line is a size, and no kernel or width of the layer before it."""
        tokens = tokens_of(self.text.text, start, end)
        if self._may_be_window(tokens):
            return False
        if any(token.is_sign(":", "=", "(", "[", "@", "<") for token in tokens):
            return True
        if not self.row.drafts:
            return len(tokens) > 1 or tokens[0].sort is Sort.CROSS
        dims = size.fragment.text.count("*") + 1
        windowed = any(map(has_window, self.row.drafts))
        return dims > (2 if windowed else 1)

    def _may_be_window(self, tokens: Sequence[Token]) -> bool:
        """Whether a line is the window that the layer before it lacks: ``(2x2)``."""
        last = self.row.drafts[-1] if self.row.drafts else None
        if last is None or last.has("kernel_size") or not has_window(last):
            return False
        inner = tokens[1:-1] if tokens[0].is_sign("(") else tokens
        return [token.sort for token in inner] == [Sort.CROSS] and (
            len(re.findall(r"\d+", inner[0].text)) < _MAPS
        )

    def _goes_on(self, start: int, end: int) -> bool:
        row = read_line(self.text, start, end, self.row)
        if row.fault or _mixes(row.drafts):
            return False
        self.row = row
        return True

    def _remark(self, start: int, end: int) -> None:
        """Leave out a line that says nothing, or refuse it."""
        line = self.text.text[start:end].strip()
        if self._is_remark(start, end):
            return
        if is_idle(tokens_of(line, 0, len(line))) and _is_sure(self.row.drafts):
            self.row.told.append(f"`{line}` is left out")
            return
        name = self.row.drafts[-1].name.text
        self.row.fault = f"`{line}` beside `{name}` is not understood"

    def _is_remark(self, start: int, end: int) -> bool:
        """Whether a line says nothing of a layer, for all that can be known."""
        line = self.text.text[start:end]
        tokens = tokens_of(self.text.text, start, end)
        bare = re.sub(r"^[^\w(\[]+", "", line)
        return is_remark(bare) or all(map(is_mute, tokens))

    def _reading(self) -> LabelReading:
        row = self.row
        if not row.drafts:
            size = row.size or find_size(self.whole)
            return LabelReading(None, size=size, reason=row.fault or self._no_layer())
        fault = (
            row.fault
            or _repeated(row.drafts)
            or next(filter(None, map(_lacking, row.drafts)), "")
            or self._unknown_before()
        )
        if fault:
            size = row.size or self._size_behind()
            is_layer = not self._unknown_before()
            return LabelReading(None, size=size, reason=fault, is_layer=is_layer)
        bare = row.told[:1] == [_BARE] and len(row.drafts) == 1
        sure = _is_sure(row.drafts) and not bare
        return LabelReading(
            join(self.text, parts_of(row.drafts), " "),
            size=row.size,
            source=row.source,
            unsaid=_unsaid(row.drafts),
            told=tuple(row.told),
            takes=join(self.text, [row.takes], "") if row.takes else None,
            sure=sure or row.takes is not None or _has_maps(row.size),
        )

    def _size_behind(self) -> SizeReading | None:
        """Return the size that the last line is, whatever stands before it."""
        *before, (start, end) = self._lines()
        size = read_size(self.text.cut(start, end))
        signs = tokens_of(self.text.text, start, end)
        marked = any(token.is_sign(":", "(", "[") for token in signs)
        return size if before and _has_maps(size) and marked else None

    def _no_layer(self) -> str:
        """Return why there is no layer: what the first line says too little of."""
        faults = [row.fault for row in self._first_readings(*next(self._lines()))]
        telling = [fault for fault in faults if fault and NAMELESS not in fault]
        return telling[0] if telling else f"`{self.whole.text}` {NAMELESS}"

    def _unknown_before(self) -> str:
        """Return what is wrong with lines before the layer: they are a name or nothing.

        Beside a layer that is none for sure they may be anything.
        """
        for line in self.before:
            tokens = tokens_of(line, 0, len(line))
            numbered = tokens[:-1] if tokens[-1].sort is Sort.NUMBER else tokens
            if not _is_sure(self.row.drafts) or not is_idle(numbered):
                return f"`{line}` is not understood"
            self.row.told.append(f"`{line}` is left out")
        return ""
