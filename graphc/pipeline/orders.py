"""What a marker in a document asks for."""

from collections.abc import Collection, Mapping
from pathlib import PurePath

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.markdown import Marker, Word
from graphc.record import record
from graphc.source import Span

KINDS: Mapping[str, frozenset[str]] = {
    "mermaid": frozenset({"module"}),
    "table": frozenset({"depth"}),
    "summary": frozenset(),
    "svg": frozenset({"module", "file"}),
}
"""The values of ``as``, and the keys that each takes beside it."""


@record(eq=False)
class Order:
    """A text to be made: of which specs, as what, and the other words by their keys."""

    marker: Marker
    specs: tuple[Word, ...]
    kind: str
    words: Mapping[str, Word]

    def value(self, key: str) -> str | None:
        """Return the value of a key, None if it is not given."""
        word = self.words.get(key)
        return word.value if word else None


def read_order(marker: Marker, sink: Sink) -> Order | None:
    """Return what a marker asks for.

    Codes: GC521 no spec, no ``as``, several specs where one is shown; GC523 a key or a
    value that is not known, a key given twice.
    """
    specs = tuple(word for word in marker.words if word.key is None)
    words: dict[str, Word] = {}
    fault: Diagnostic | None = None
    for word in marker.words:
        if word.key in words:
            fault = fault or _twice(word, words[word.key])
        elif word.key is not None:
            words[word.key] = word
    fault = fault or _fault(marker, specs, words)
    if fault is None:
        return Order(marker, specs, words["as"].value, words)
    sink.add(fault)
    return None


def _fault(
    marker: Marker, specs: tuple[Word, ...], words: Mapping[str, Word]
) -> Diagnostic | None:
    if not specs:
        return _lacks(marker.span, "a marker names no spec")
    if "as" not in words:
        return _lacks(marker.span, "a marker does not say as what a spec is shown")
    return _unfit(specs, words)


def _unfit(specs: tuple[Word, ...], words: Mapping[str, Word]) -> Diagnostic | None:
    """Return what does not fit to how specs are shown."""
    kind = words["as"]
    if kind.value not in KINDS:
        return _unknown(kind, f"a spec cannot be shown as `{kind.value}`", KINDS)
    if len(specs) > 1 and kind.value != "table":
        return _lacks(specs[1].span, f"one spec alone can be shown as `{kind.value}`")
    known = {"as", *KINDS[kind.value]}
    for key, word in words.items():
        if key not in known:
            what = f"`as={kind.value}` takes no `{key}`"
            return _unknown(word, what, sorted(known))
    return _bad_value(words)


def _bad_value(words: Mapping[str, Word]) -> Diagnostic | None:
    depth, file = words.get("depth"), words.get("file")
    if depth and not (depth.value.isascii() and depth.value.isdigit()):
        return _unknown(depth, f"`{depth.value}` is no number of levels", ())
    # A document may come from elsewhere: it names drawings, and no other file.
    if file and (PurePath(file.value).is_absolute() or file.value[-4:] != ".svg"):
        what = f"`{file.value}` is no file for a drawing: a relative path to an SVG"
        return _unknown(file, what, ())
    return None


def _lacks(span: Span, message: str) -> Diagnostic:
    kinds = "|".join(KINDS)
    remedy = f"write `<!-- graphc: SPEC as={kinds} -->`"
    return Diagnostic(Code.GC521, message, Place(span), help=(remedy,))


def _twice(word: Word, first: Word) -> Diagnostic:
    message = f"`{word.key}` is given twice"
    related = (Place(first.span, "given here"),)
    return Diagnostic(Code.GC523, message, Place(word.span, "and here"), related)


def _unknown(word: Word, message: str, known: Collection[str]) -> Diagnostic:
    wrong = word.value if word.key == "as" else word.key or ""
    near = nearest(wrong, known)
    told = f"did you mean `{near}`?" if near else f"known: {', '.join(known)}"
    remedy = (told,) if known else ()
    return Diagnostic(Code.GC523, message, Place(word.span, "not known"), help=remedy)
