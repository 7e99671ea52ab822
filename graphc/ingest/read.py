"""From a document to the trees of the specs that it draws."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.ingest.beside import of_model
from graphc.ingest.boxes import sizes_drawn
from graphc.ingest.decide import decide
from graphc.ingest.diagrams import Diagram, Skip, diagrams
from graphc.ingest.ends import give_input, without_size
from graphc.ingest.exact import Stated, spec
from graphc.ingest.figure import Box, Figure, Role
from graphc.ingest.groups import grouped
from graphc.ingest.known import Beside, known_of
from graphc.ingest.notation import respelt
from graphc.ingest.tensors import without_tensors
from graphc.ingest.tree import Writing, tree
from graphc.markdown import Document, as_diagram, read_document
from graphc.mermaid import Flowchart
from graphc.reading import Mapping as YamlMapping
from graphc.record import record
from graphc.source import Source, Span

_DIAGRAMS = (".mmd", ".mermaid")
_MANY = 4
"""Of so many labels that name no op, more than name one, one finding is enough."""
_MOST_RESPELT = 100
"""Labels of a figure that are tried with other names of ops."""


@record(eq=False)
class Model:
    """A network that a document draws.

    ``root`` is its tree with every size where it is drawn, ``written`` as a spec would
    have it, with sizes on edges. ``findings`` tell what its labels leave open. One that
    shows no size at all ``is_sketch``: its arrows tell the order of things, no more.
    """

    name: str
    span: Span
    root: YamlMapping
    written: YamlMapping
    findings: tuple[Diagnostic, ...]
    is_sketch: bool = False


@record(eq=False)
class Ingested:
    """What a document holds: networks, and diagrams that are none."""

    models: tuple[Model, ...]
    skipped: tuple[Skip, ...]


def read(source: Source, sink: Sink, *, alone: bool | None = None) -> Ingested:
    """Return the networks of a document in Markdown, or of a diagram alone.

    It is a diagram ``alone`` if its name says so (``.mmd``), unless that is told.

    Diagrams that name one another by their titles are one network, whose model is the
    one that no other names. Codes: GC501 to GC507, GC510; of a model's labels they are
    among its own findings.
    """
    if source.name.lower().endswith(_DIAGRAMS) if alone is None else alone:
        document = as_diagram(source)
    else:
        document = read_document(source, sink)
    found = diagrams(document, sink)
    drawn = [one for one in found.diagrams if one.stated is None]
    models = [*_stated(found.diagrams), *_models(drawn, document)]
    models.sort(key=lambda one: one.span.start)
    return Ingested(tuple(models), found.skipped)


def _stated(found: Sequence[Diagram]) -> Iterator[Model]:
    """Yield the networks of diagrams whose comments say what they are.

    The modules behind a model, up to the next, are its own.
    """
    models: list[list[list[tuple[Stated, Flowchart]]]] = []
    for one in found:
        if one.stated is None:
            continue
        part = (one.stated, one.chart)
        if not models or not (one.stated.module or one.stated.part > 1):
            models.append([[part]])
        elif one.stated.part > 1 and models[-1][-1][0][0].name == one.name:
            models[-1][-1].append(part)
        else:
            models[-1].append([part])
    for graphs in models:
        first = graphs[0][0][0]
        main = None if first.module else graphs[0]
        root = spec(main, graphs if main is None else graphs[1:], first.span)
        yield Model(first.name, first.span, root, root, ())


def _models(drawn: list[Diagram], document: Document) -> Iterator[Model]:
    names = {one.name: one for one in drawn}
    uses = {one.name: one.uses for one in drawn}
    used = set(chain.from_iterable(uses.values()))
    roots = [name for name in names if name not in used]
    reached = set(roots)
    for root in roots:
        reached.update(_reached(root, uses))
    for name in names:  # a circle of diagrams has no root: its first is one
        if name not in reached:
            roots.append(name)
            reached.update((name, *_reached(name, uses)))
    beside = Beside(document)
    order = {name: number for number, name in enumerate(names)}
    for root in roots:
        inner = sorted(_reached(root, uses) - {root}, key=order.__getitem__)
        parts = [_figure(names[name], names) for name in inner]
        yield _model(_figure(names[root], names), parts, beside)


def _figure(diagram: Diagram, taken: Collection[str]) -> Figure:
    """Return the figure of a diagram, which its model may then change."""
    if diagram.drawn is None:
        raise AssertionError("a diagram that is read as a figure has one")
    found = diagram.drawn.copy()
    without_tensors(found)
    give_input(found)
    grouped(found, diagram.chart, taken)
    return found


def _reached(root: str, uses: Mapping[str, Sequence[str]]) -> set[str]:
    found: set[str] = set()
    pending = [root]
    while pending:
        for name in uses[pending.pop()]:
            if name not in found:
                found.add(name)
                pending.append(name)
    return found


def _with_parts(figures: list[Figure]) -> list[Figure]:
    """Return figures, each with the modules that its subgraphs became behind it."""
    found: list[Figure] = []
    for one in figures:
        found.append(one)
        found.extend(one.parts)
    return found


def _model(main: Figure, parts: list[Figure], beside: Beside) -> Model:
    sink = Sink()
    modules = _with_parts([main, *parts])[1:]
    is_sketch = not any(map(sizes_drawn, (main, *modules)))
    extra = of_model(main, modules, known_of(main, beside, sink))
    notation = decide(main, modules, beside.source, sink)
    sink.extend(without_size(main))
    for one in (main, *modules):
        sink.extend(_unread(one))
    root = tree(main, modules, Writing(notation), extra)
    written = tree(main, modules, Writing(notation, on_edges=True), extra)
    return Model(main.name, main.span, root, written, sink.sorted(), is_sketch)


def _unread(drawn: Figure) -> Iterator[Diagnostic]:
    """Yield a finding for each label that names no op, or one if most do (GC506)."""
    boxes = drawn.boxes.values()
    unread = [box for box in boxes if not box.is_read and box.reason != "reported"]
    if not unread:
        return
    read = sum(box.role is Role.OP and box.is_read for box in boxes)
    if read and (len(unread) < _MANY or len(unread) <= read):
        for number, box in enumerate(unread):
            yield _no_op(box, None if number >= _MOST_RESPELT else _respelt(box))
        return
    related: tuple[Place, ...] = ()
    if read:
        message = f"{len(unread)} labels of `{drawn.name}` name no op or module"
        related = (Place(unread[0].label_span, unread[0].reason),)
    else:
        message = f"no label of `{drawn.name}` names an op"
    message += ": its sizes are taken as drawn"
    place = Place(drawn.span)
    yield Diagnostic(Code.GC506, message, place, related, severity=Severity.WARNING)


def _respelt(box: Box) -> str | None:
    return respelt(box.label_span.text.strip(' "'), lambda _: None)


def _no_op(box: Box, near: str | None) -> Diagnostic:
    return Diagnostic(
        Code.GC506,
        f"the label of `{box.name}` names no op or module",
        Place(box.label_span, box.reason),
        notes=("sizes around it are checked as drawn",),
        help=() if near is None else (f"did you mean `{near}`?",),
        severity=Severity.WARNING,
    )
