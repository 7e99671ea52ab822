"""Networks tried while they are being read: what is known, and what contradicts."""

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.frontend import elaborate_tree
from graphc.infer import OPEN_SIZES, Instance, Known, Sized, infer
from graphc.ingest.figure import Box, Figure
from graphc.ingest.tree import Notation, Writing, tree
from graphc.reading import Mapping
from graphc.record import record
from graphc.source import Source


@record
class Around:
    """What is known of the tensors before and behind a box."""

    before: Known
    behind: Known

    @property
    def decides(self) -> bool:
        """Whether the sizes on both sides are known, but for channels."""
        return _maps(self.before) and _maps(self.behind)


def _maps(shape: Known) -> bool:
    return shape is not None and all(not isinstance(d, tuple) for d in shape[1:])


class Trial:
    """Counts what contradicts in a network, as it stands when it is asked."""

    def __init__(
        self, model: Figure, modules: list[Figure], notation: Notation
    ) -> None:
        self._figures = (model, modules)
        self._notation = notation

    def errors(self) -> int:
        """Return how much contradicts now."""
        model, modules = self._figures
        root = tree(model, modules, Writing(self._notation))
        return tried(root, model.span.source)[1]


def tried(root: Mapping, source: Source) -> tuple[Sized | None, int]:
    """Return a spec with its sizes, and how much in it contradicts."""
    sink = Sink()
    network = elaborate_tree(root, source, sink)
    sized = None if network is None else infer(network, sink)
    return sized, sum(_is_wrong(one) for one in sink.sorted())


def _is_wrong(finding: Diagnostic) -> bool:
    """Whether something contradicts, and is not merely left open."""
    return finding.severity is Severity.ERROR and finding.code not in OPEN_SIZES


class Surroundings:
    """What a trial tells of the tensors around boxes."""

    def __init__(self, sized: Sized | None) -> None:
        self._instances: dict[str, Instance] = {}
        for instance in () if sized is None else sized.instances:
            self._instances.setdefault(instance.name, instance)

    def of(self, figure: Figure, box: Box) -> Around:
        """Return what is known of the first input and the first output of a box."""
        instance = self._instances.get(figure.name)
        if instance is None or box.name not in instance.module.graph.nodes:
            return Around(None, None)
        return _in(instance, box)


def _in(instance: Instance, box: Box) -> Around:
    graph = instance.module.graph
    into, out_of = graph.into(box.name), graph.out_of(box.name)
    return Around(
        instance.known(into[0]) if into else None,
        instance.known(out_of[0]) if out_of else None,
    )


def note(box: Box, message: str) -> Diagnostic:
    """Return a note on what was decided of a box (GC507)."""
    return Diagnostic(
        Code.GC507, message, Place(box.label_span), severity=Severity.NOTE
    )
