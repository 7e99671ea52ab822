"""Sizes as people write them: on arrows, and in labels."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graphc.diagnostics import Sink
from graphc.ingest.notation.dims import (
    BATCH,
    CHANNELS,
    HEIGHT,
    IMAGES,
    LAYOUTS,
    UNITS,
    WIDTH,
)
from graphc.ingest.notation.parts import Part, join
from graphc.ingest.notation.reading import SizeReading
from graphc.ingest.notation.signs import plain
from graphc.lang import Name, Number, Unknown, parse_shape
from graphc.record import record
from graphc.source import Fragment, Source, Span

_MAX_LENGTH = 200  # a longer text is no size, whatever it says

_LEAD = re.compile(
    r"(?:(?:out(?:put)?|in(?:put)?|feature|tensor|map|the)s?[\s_-]*)*"
    r"(?:(?:shape|size|dim(?:ension)?|tensor|map|output|input|out|in)s?)"
    r"\s*(?:[:=]|(?=[\[(<]))\s*",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"(?:torch\.Size|torch\.Tensor|Tensor|tensor|Shape|TensorShape|tuple)\s*"
    r"(?P<body>\(.*\)|<.*>|\[.*\])",
    re.DOTALL,
)
_LAYOUT = "|".join(re.escape(name) for name in sorted(LAYOUTS, key=len, reverse=True))
_MARK_BEHIND = re.compile(rf"(.*\S)\s*[,;]?\s*(?:\(({_LAYOUT})\)|(?<!\w)({_LAYOUT}))")
_MARK_BEFORE = re.compile(rf"({_LAYOUT})\s*[:=]?\s*(?=[\[(<\d])")
_IMAGE = "|".join(re.escape(name) for name in sorted(IMAGES, key=len, reverse=True))
_IMAGE_BEHIND = re.compile(rf"(.*?\S)\s*(?<![^\W\d])({_IMAGE})", re.IGNORECASE)
_COUNTED = "|".join(sorted(UNITS, key=len, reverse=True))
_UNIT = re.compile(rf"(\d+|\d+(?:\s*[x\u00d7*]\s*\d+)+)(?:\s*-?\s*(?:{_COUNTED}))")
_DTYPE = re.compile(r"(?<=\d)x(?:[fiu]|bf)(?:8|16|32|64)(?=>)")
_INNER = re.compile(r"(?:[A-Za-z.]+)?(?:<[^<>()\[\]]*>|\([^()]*\)|\[[^\[\]]*\])")
_MAX_INNER = 2_000
_CROSS = re.compile(r"(?<=\d)X(?=\d)")
_OPEN = re.compile(r"\bNone\b|(?<![\w)\]])-1(?![\w.])|\?")
_BARE_LIST = re.compile(r"[^,()\[\]]+(?:,\s+[^,()\[\]]+){2,}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_BATCHES = re.compile(r"\b(?:batch|batch_size|batchsize|bs)\b", re.IGNORECASE)
_PAIRS = {"(": ")", "[": "]", "<": ">"}
_WORDY = re.compile(r"[A-Za-z]\w*[a-z]\w+")
_KNOWN = re.compile(
    r"(?:seq|len|d_|n_|num|hid|emb|vocab|feat|chan|height|width|dim|time|head|token"
    r"|size|depth|out|in_|class|patch)\w*|\w+_(?:len|size|dim|in|out)",
    re.IGNORECASE,
)


@record
class _Marks:
    """What stands beside a size: whether channels are ``last`` and the image's."""

    last: bool | None = None
    batched: bool = False
    image: Part | None = None


def read_size(text: Fragment) -> SizeReading | None:
    """Return the size that the whole text is, or None.

    size   = [lead] body [layout | image]          Output: (1, 784), 224x224x3 HWC
    lead   = words that end in shape, size, dims, tensor, map, input or output, and ":"
    body   = a size of specs, any bracket around it   3*224*224, [B, 64, H, W], 64@7x7
           | a wrapper's brackets                     torch.Size([1, 3]), tensor<8x8x3>
           | an integer and a unit                    4096-d, 784 features
           | dims parted by commas and blanks         3, 224, 224
    layout = CHW, HWC, NCHW, NHWC, channels last
    image  = pixels, image, RGB, grayscale            28x28 pixels

    A first dim ``-1``, ``None``, ``?`` or one of ``dims.BATCH`` is the batch, which is
    left out; further ones are ``_``. One name is no size, and ``100,480`` is a count.
    Linear in the text.
    """
    if len(text.text) > _MAX_LENGTH:
        return None
    signs = replace(plain(text), text=plain(text).text.replace("\n", " "))
    start, end = _trimmed(signs.text, 0, len(signs.text))
    if lead := _LEAD.match(signs.text, start, end):
        start, end = _trimmed(signs.text, lead.end(), end)
    marks, start, end = _marks(signs.text, start, end)
    parts, batched = _dims(signs.text, start, end)
    if not parts:
        return None
    return _reading(text, parts, replace(marks, batched=marks.batched or batched))


def find_size(text: Fragment) -> SizeReading | None:
    """Return the size that stands in brackets in a text, or None; of several none.

    ``tensor<256x27>``, ``(1, 784)`` and ``shape: [8, 28, 28]`` are such, with two dims
    or more.
    """
    signs = plain(text).text[:_MAX_INNER]
    places = (found.span() for found in _INNER.finditer(signs))
    read = (read_size(text.cut(*place)) for place in places)
    sizes = [size for size in read if size is not None and "*" in size.fragment.text]
    return sizes[0] if len(sizes) == 1 else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without blanks, and without signs that no size begins with."""
    while start < end and not (text[start].isalnum() or text[start] in "([<_?-"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _marks(text: str, start: int, end: int) -> tuple[_Marks, int, int]:
    """Return what stands beside the dims, and where these begin and end."""
    if behind := _MARK_BEHIND.fullmatch(text, start, end):
        name = behind[2] or behind[3]
        return _layout(name), start, behind.end(1)
    if before := _MARK_BEFORE.match(text, start, end):
        return _layout(before[1]), before.end(), end
    if image := _IMAGE_BEHIND.fullmatch(text, start, end):
        told = Part(IMAGES[image[2].lower()], image.start(2), image.end(2))
        return _Marks(image=told), start, image.end(1)
    return _Marks(), start, end


def _layout(name: str) -> _Marks:
    return _Marks(last=LAYOUTS[name], batched=name[0] in "NB")


def _dims(text: str, start: int, end: int) -> tuple[tuple[Part, ...], bool]:
    """Return the dims of the stretch, none if it is no size, and if a batch led."""
    inner = (start + 1, end - 1) if text[start:end].startswith("(") else (start, end)
    if unit := _UNIT.fullmatch(text, *inner):
        start, end = unit.span(1)
    sized = False
    if wrapped := _WRAPPED.fullmatch(text, start, end):
        sized = wrapped[0].startswith("torch.Size")
        start, end = wrapped.span("body")
        if text[start] == "(" and text[start + 1 : end - 1].strip()[:1] in ("[", "("):
            start, end = _trimmed(text, start + 1, end - 1)
    if _GROUPED.fullmatch(text, start, end):
        return (), False
    text = _DTYPE.sub(lambda dtype: " " * len(dtype[0]), text)
    text = _CROSS.sub("x", text)
    open_places = {found.start() for found in _OPEN.finditer(text, start, end)}
    text = _OPEN.sub(lambda found: "_".ljust(len(found[0])), text)
    parts = _parse(_bracketed(text, start, end))
    if not parts:
        return (), False
    if any(part.text.startswith("(") and _BATCHES.search(part.text) for part in parts):
        return (), False
    led = len(parts) > 1 and (parts[0].start in open_places or parts[0].text in BATCH)
    if led:
        return parts[1:], True
    return parts, sized and len(parts) > 1 and parts[0].text == "1"


def _bracketed(text: str, start: int, end: int) -> Fragment:
    """Return the stretch as a size of specs may be written, in place."""
    body = text[start:end]
    offsets = tuple(range(start, end + 1))
    if body[:1] in _PAIRS and body[-1:] == _PAIRS[body[0]]:
        inner = body[1:-1]
        if "," in inner:
            body = f"[{inner}]"
        elif not any(sign in inner for sign in "()[]<>"):
            body = f" {inner} "
    elif _BARE_LIST.fullmatch(body):
        body = f"[{body}]"
        offsets = (start, *offsets, end)
    return Fragment(body, Span(Source("", text), start, end), offsets)


def _parse(body: Fragment) -> tuple[Part, ...]:
    """Return the dims of a size of specs, each where it stands; none if it is none."""
    shape = parse_shape(body, Sink())
    if shape is None or not _is_size(shape.dims):
        return ()
    return tuple(
        Part(
            str(dim) if isinstance(dim, Number | Name | Unknown) else f"({dim})",
            dim.span.start,
            dim.span.end,
        )
        for dim in shape.dims
    )


def _is_size(dims: Sequence[object]) -> bool:
    """Whether dims are meant as such: no names alone that are words of a language."""
    if len(dims) == 1:
        return not isinstance(dims[0], Name)
    return not any(
        isinstance(dim, Name)
        and _WORDY.fullmatch(dim.text)
        and dim.text not in BATCH
        and not _KNOWN.match(dim.text)
        for dim in dims
    ) or any(not isinstance(dim, Name) for dim in dims)


def _reading(text: Fragment, parts: tuple[Part, ...], marks: _Marks) -> SizeReading:
    """Return the dims, which a batch no longer leads, as a reading."""
    if (
        marks.batched
        and len(parts) > 3
        and (marks.last is not None or parts[0].text == "1")
    ):
        parts = parts[1:]
    if marks.image is not None and len(parts) == 2:
        framed = (_ahead(marks.image, parts), *parts)
        return SizeReading(join(text, framed, "*"), marked=True)
    last = _told_last(parts, marks)
    if last is not None and len(parts) > 2:
        right = _turned(parts) if last else parts
        return SizeReading(join(text, right, "*"), marked=True)
    first = parts[0].text == "1" and len(parts) > 1
    return SizeReading(
        join(text, parts, "*"),
        last=_channels_last(text, parts),
        without_first=join(text, parts[1:], "*") if first else None,
    )


def _ahead(part: Part, parts: tuple[Part, ...]) -> Part:
    """Return the part as one that stands before all others, without width."""
    return Part(part.text, parts[0].start, parts[0].start)


def _turned(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the dims with the last one first."""
    return (_ahead(parts[-1], parts), *parts[:-1])


def _told_last(parts: tuple[Part, ...], marks: _Marks) -> bool | None:
    """Return whether the text tells that the channels are last, None if it does not."""
    if marks.last is not None:
        return marks.last
    if marks.image is not None and marks.image.text in (parts[0].text, parts[-1].text):
        return marks.image.text == parts[-1].text
    return _named_last(parts)


def _named_last(parts: tuple[Part, ...]) -> bool | None:
    """Return whether names tell that the channels are last, None if they do not."""
    names = [part.text for part in parts]
    if len(names) < 3:
        return None
    if names[0] in HEIGHT and names[1] in WIDTH:
        return True
    if names[0] in CHANNELS or (names[-2] in HEIGHT and names[-1] in WIDTH):
        return False
    return None


def _channels_last(text: Fragment, parts: tuple[Part, ...]) -> Fragment | None:
    """Return the reading with the channels last, of an image and where it differs.

    Of four dims that begin with 1, it is the batch.
    """
    if parts[0].text == "1":
        parts = parts[1:] if len(parts) > 3 else ()
    turned = _turned(parts) if len(parts) > 2 else ()
    if [part.text for part in turned] in ([], [part.text for part in parts]):
        return None
    return join(text, turned, "*")
