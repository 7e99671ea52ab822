"""Texts put together from what stands in another text, each character with its place.

The offsets of a ``Fragment`` never fall, so what is put behind something that was
written further on stands, as far as reports go, right behind that.
"""

from collections.abc import Sequence

from graphc.record import record
from graphc.source import Fragment


@record
class Part:
    """A stretch of a reading, and the characters ``start`` to ``end`` it is read from.

    Where both are equally long, each character stands for one; otherwise the first
    stands for all.
    """

    text: str
    start: int
    end: int

    def at(self, index: int) -> int:
        """Return the place, in the text read, of the character ``index``."""
        if len(self.text) == self.end - self.start:
            return self.start + index
        return self.start


def join(source: Fragment, parts: Sequence[Part], between: str) -> Fragment:
    """Return the parts with ``between`` between them, as read from ``source``.

    ``parts`` are one or more, their places offsets into ``source.text``.
    """
    letters: list[str] = []
    places: list[int] = []
    for number, part in enumerate(parts):
        if number:
            letters += between
            places += [parts[number - 1].end] * len(between)
        letters += part.text
        places += map(part.at, range(len(part.text)))
    places.append(parts[-1].end)
    offsets = _rising([source.slice(place, place).start for place in places])
    span = source.slice(0, len(source.text))
    whole = type(span)(span.source, offsets[0], offsets[-1])
    return Fragment("".join(letters), whole, offsets)


def _rising(offsets: list[int]) -> tuple[int, ...]:
    """Return the offsets, each that falls as high as the highest before it."""
    highest = offsets[0]
    risen = []
    for offset in offsets:
        highest = max(highest, offset)
        risen.append(highest)
    return tuple(risen)
