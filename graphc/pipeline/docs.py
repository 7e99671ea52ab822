"""Documents kept true: what stands between markers is made anew from the specs."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from graphc.diagnostics import Code, Diagnostic, Place, Sink, nearest
from graphc.emit.mermaid import diagram, fenced
from graphc.files import encoded_like, read
from graphc.infer import Sized
from graphc.ir import Module
from graphc.markdown import Marker, Word, find_markers
from graphc.pipeline.check import Checked, check
from graphc.pipeline.files import drawing_file
from graphc.pipeline.orders import Order, read_order
from graphc.pipeline.render import level_of, render
from graphc.record import record
from graphc.source import Source
from graphc.tables import (
    by_path,
    code,
    compared,
    comparison,
    plain,
    shapes_text,
    summarize,
    totals,
)


@record(eq=False)
class Made:
    """A file that a document needs: a drawing."""

    file: Path
    data: bytes


@record(eq=False)
class Filled:
    """A document as it would be, and the drawings that it shows.

    ``source`` is what it is now, None if it cannot be read; ``specs`` are the files
    that it was made from.
    """

    file: str
    source: Source | None
    text: str
    made: tuple[Made, ...]
    markers: int
    findings: tuple[Diagnostic, ...]
    specs: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """The document as it would be, in the encoding that it has."""
        return encoded_like(self.text, Path(self.file).read_bytes())

    @property
    def stale(self) -> bool:
        """Whether the document is not what it would be."""
        return self.source is not None and self.source.text != self.text

    def stale_drawings(self) -> tuple[Made, ...]:
        """Return the drawings that are not there, or not what they would be."""
        return tuple(one for one in self.made if not _holds(one.file, one.data))


def fill(path: str, import_root: str | None = None) -> Filled:
    """Make the texts between the markers of a document anew; nothing is written.

    Paths in it are relative to its folder. Codes: GC521 to GC524, those of the specs,
    and those of drawing.
    """
    source = read(path)
    if isinstance(source, Diagnostic):
        return Filled(path, None, "", (), 0, (source,), ())
    sink = Sink()
    markers = find_markers(source, sink)
    filling = _Filling(Path(path).parent, import_root, sink)
    chunks: list[str] = []
    at = 0
    for marker in markers:
        order = read_order(marker, sink)
        text = None if order is None else filling.text(order)
        if text is not None:
            chunks += [source.text[at : marker.body.start], _laid_in(text, marker)]
            at = marker.body.end
    chunks.append(source.text[at:])
    return Filled(
        path,
        source,
        "".join(chunks),
        tuple(filling.made),
        len(markers),
        sink.sorted(),
        tuple(filling.checked),
    )


def _laid_in(text: str, marker: Marker) -> str:
    """Return a text as the lines between a marker's comments, blank lines around it."""
    lines = ["", *text.rstrip("\n").split("\n"), ""]
    return "".join(
        f"{(marker.before + line).rstrip()}{marker.line_end}" for line in lines
    )


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:
        return False


class _Filling:
    """The specs that one document shows, each checked once, and its drawings."""

    def __init__(self, folder: Path, import_root: str | None, sink: Sink) -> None:
        self.checked: dict[str, Checked] = {}
        self.made: list[Made] = []
        self._folder = folder
        self._root = import_root
        self._sink = sink

    def text(self, order: Order) -> str | None:
        """Return the text that an order asks for, in Markdown."""
        found = [self._sized(word) for word in order.specs]
        networks = [one for one in found if one is not None]
        if len(networks) < len(found):
            return None
        if order.kind == "table":
            return _table(networks, order.value("depth"))
        if order.kind == "summary":
            return _summary(networks[0])
        return self._picture(networks[0], order)

    def _picture(self, sized: Sized, order: Order) -> str | None:
        """Return the drawing of the model or of a module, or a link to it."""
        module = self._module(sized, order)
        if module is None:
            return None
        if order.kind == "svg":
            return self._drawing(sized, module, order)
        drawn = diagram(sized, module)
        self._sink.extend(drawn.findings)
        return "\n\n".join(map(fenced, drawn.parts))

    def _sized(self, word: Word) -> Sized | None:
        """Return the network of a spec; if it has errors, report them, and GC524."""
        path = os.path.normpath(self._folder / word.value)
        if path not in self.checked:
            self.checked[path] = check(path, self._root).with_model()
        checked = self.checked[path]
        if checked.ok:
            return checked.sized
        self._sink.extend(checked.findings)
        message = f"the spec `{word.value}` has errors"
        place = Place(word.span, "shown here")
        self._sink.add(Diagnostic(Code.GC524, message, place))
        return None

    def _module(self, sized: Sized, order: Order) -> Module | None:
        word, network = order.words.get("module"), sized.network
        if word is None:
            return network.model
        names = {network.model.name: network.model, **network.modules}
        if word.value in names:
            return names[word.value]
        near = nearest(word.value, names)
        told = f"did you mean `{near}`?" if near else f"it has {', '.join(names)}"
        message = f"the spec has no module `{word.value}`"
        place = Place(word.span, "not there")
        self._sink.add(Diagnostic(Code.GC523, message, place, help=(told,)))
        return None

    def _drawing(self, sized: Sized, module: Module, order: Order) -> str | None:
        whole = module is sized.network.model
        level, part = level_of(sized, None if whole else module.name, unroll=False)
        named = order.value("file")
        link = named or drawing_file(order.specs[0].value, "svg", part).as_posix()
        picture = render(sized, level, "svg")
        if isinstance(picture, Diagnostic):
            self._sink.add(picture)
            return None
        self._sink.extend(picture.findings)
        file = Path(os.path.normpath(self._folder / link))
        if any(one.file == file and one.data != picture.data for one in self.made):
            message = f"two different drawings would be written to `{link}`"
            place = Place(order.marker.span, "the second one")
            remedy = ("name another file with `file=FILE.svg`",)
            self._sink.add(Diagnostic(Code.GC523, message, place, help=remedy))
            return None
        self.made.append(Made(file, picture.data))
        return f"![{plain(module.name)}]({quote(link)})"


def _table(networks: Sequence[Sized], depth: str | None) -> str:
    """Return the nodes of a network, or several networks side by side."""
    if len(networks) > 1:
        return comparison(compared(networks), "markdown")
    return by_path(summarize(networks[0], int(depth) if depth else 0).rows)


def _summary(sized: Sized) -> str:
    summary = summarize(sized, 0)
    ends = f"{shapes_text(summary.inputs)} -> {shapes_text(summary.outputs)}"
    lines = (f"sizes: {code(ends)}", *totals(summary))
    return "\n".join(f"- {line}" for line in lines)
