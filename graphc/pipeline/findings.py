"""Findings as values that can be kept, and back.

A place is a list of the number of its source, where it begins and ends (offsets from 0)
and what is said there. A source is the path it was read from, its name and language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from graphc.cache import JSON
from graphc.diagnostics import Code, Diagnostic, Edit, Place, Severity
from graphc.files import Recorder
from graphc.source import Language, Source, Span

_OF_FILES = frozenset({Code.GC012, Code.GC119, Code.GC120, Code.GC121})
"""What is told of an import: where it leads decides, and not what is in files alone."""

T = TypeVar("T")


class Writing:
    """Makes values of findings; ``sources`` are the texts in which they stand.

    ``read`` has the files that were read.
    """

    def __init__(self, read: Recorder) -> None:
        self.sources: list[JSON] = []
        self._paths = {one.name: path for path, one in read.sources.items()}
        self._texts = {one.name: one.text for one in read.sources.values()}
        self._numbers: dict[tuple[str, Language], int] = {}

    def can(self, finding: Diagnostic) -> bool:
        """Whether a finding tells of texts that were read, and of nothing else."""
        places = (*([finding.place] if finding.place else []), *finding.related)
        spans = [*(one.span for one in places), *(one.span for one in finding.fixes)]
        return finding.code not in _OF_FILES and all(
            self._texts.get(one.source.name) == one.source.text for one in spans
        )

    def value(self, finding: Diagnostic) -> JSON:
        """Return a finding as a value."""
        return [
            finding.code.name,
            finding.severity.value,
            finding.message,
            None if finding.place is None else self._place(finding.place),
            [self._place(one) for one in finding.related],
            list(finding.notes),
            list(finding.help),
            finding.file,
            [self._place(Place(one.span, one.text)) for one in finding.fixes],
        ]

    def _place(self, place: Place) -> JSON:
        source = place.span.source
        known = (source.name, source.language)
        if known not in self._numbers:
            self._numbers[known] = len(self.sources)
            path, language = self._paths[source.name], source.language.value
            self.sources.append([path, source.name, language])
        return [self._numbers[known], place.span.start, place.span.end, place.message]


class Reading:
    """Makes findings of values; raises ValueError at one that is none.

    ``sources`` are the texts in which they stand, ``contents`` the digests that the
    bytes of files must have, by their paths.
    """

    def __init__(self, sources: Sequence[JSON], contents: Mapping[str, str]) -> None:
        read = Recorder()
        self._sources = [_source(one, read) for one in sources]
        if any(contents.get(path) != found for path, found in read.digests.items()):
            raise ValueError(sources)  # a file has just been changed

    def finding(self, value: JSON) -> Diagnostic:
        """Return the finding of a value."""
        if not isinstance(value, list) or len(value) != 9:
            raise ValueError(value)
        code, severity, message, place, related, notes, remedies, file, fixes = value
        return Diagnostic(
            Code[_text(code)],
            _text(message),
            None if place is None else self._place(place),
            _each(related, self._place),
            _each(notes, _text),
            _each(remedies, _text),
            Severity(severity),
            None if file is None else _text(file),
            _each(fixes, self._edit),
        )

    def _place(self, value: JSON) -> Place:
        match value:
            case [int(number), int(start), int(end), str(message)]:
                source = self._sources[number]
                if 0 <= start <= end <= len(source.text):
                    return Place(Span(source, start, end), message)
        raise ValueError(value)

    def _edit(self, value: JSON) -> Edit:
        place = self._place(value)
        return Edit(place.span, place.message)


def _source(value: JSON, read: Recorder) -> Source:
    match value:
        case [str(path), str(name), str(language)]:
            source = read(path)
            if isinstance(source, Source):
                return replace(source, name=name, language=Language(language))
    raise ValueError(value)


def _text(value: JSON) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _each(value: JSON, read: Callable[[JSON], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise ValueError(value)
    return tuple(map(read, value))
