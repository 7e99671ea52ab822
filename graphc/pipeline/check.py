"""From a file to a checked network."""

import os
from collections.abc import Collection, Iterable
from dataclasses import field, replace
from importlib import import_module

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink, counted, nearest
from graphc.files import Reader, read
from graphc.frontend import load
from graphc.infer import OPEN_SIZES, Sized, infer, known_text, misfits, outputs_at
from graphc.ir import Network
from graphc.pipeline.garbage import collector_paused
from graphc.pipeline.inputs import Shapes, unknown_inputs
from graphc.pipeline.kinds import Kind
from graphc.pipeline.text import Text, misnamed, text_at
from graphc.pipeline.verdict import failed
from graphc.record import record

UNSAID = OPEN_SIZES | {Code.GC506, Code.GC507}
"""What a figure may leave open, and a spec may not."""
_UNSAID_EDGES = frozenset({Code.GC110, Code.GC111, Code.GC112, Code.GC114})


@record(eq=False, slots=False)
class Checked:
    """A spec after checking: the network if its text could be made out, and findings.

    ``sized`` has a network with errors too, as far as sizes could be told; of a library
    it has the modules that need no argument.
    ``at`` are other sizes of its inputs for which it was checked too. ``whole`` is the
    network before outputs were left out, None if none were.
    """

    file: str
    sized: Sized | None
    findings: tuple[Diagnostic, ...]
    at: Shapes = field(default_factory=dict)
    whole: Network | None = None

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.sized is not None and not failed(self.findings)

    @property
    def library(self) -> bool:
        """Whether it has modules for other specs, and no model of its own."""
        return self.sized is not None and self.sized.network.library

    @property
    def sources(self) -> tuple[str, ...]:
        """The files it was read from, the spec's own first."""
        imported = () if self.sized is None else self.sized.network.imported
        return (self.file, *imported)

    @property
    def summary(self) -> str:
        """What was checked: ``78 sizes in 7 graphs, 24 instances``."""
        if self.sized is None:
            return "nothing could be checked"
        counts = self.sized.counts
        if self.library:
            modules = counted(counts.graphs - 1, "module")
            return f"{counted(counts.sizes, 'size')} in {modules}, without a model"
        return (
            f"{counted(counts.sizes, 'size')} in {counted(counts.graphs, 'graph')}, "
            f"{counted(counts.instances, 'instance')}"
        )

    @property
    def verdict(self) -> str:
        """What came out where nothing was found, in words."""
        if self.library:
            return "names and labels hold; sizes are checked where modules are used"
        if self.at and self.sized is not None:
            outputs = outputs_at(self.sized, self.at).items()
            given = ", ".join(
                f"{name}={known_text(at)}" for name, at in self.at.items()
            )
            gives = ", ".join(f"{name} {known_text(shape)}" for name, shape in outputs)
            return f"all sizes hold; {given} gives {gives}"
        return "all sizes hold"

    def with_model(self) -> "Checked":
        """Return this; for a library, only that it has no model (GC102).

        What a figure leaves open is an error here: nothing can be made of it.
        """
        if not self.library or self.sized is None:
            return replace(self, findings=tuple(map(_weighed, self.findings)))
        message = f"`{self.file}` has modules, and no model"
        remedy = ("import its modules into a spec with a model",)
        lacks = Diagnostic(
            Code.GC102, message, Place(self.sized.network.model.span), help=remedy
        )
        return replace(self, sized=None, findings=(*self.findings, lacks))

    def with_code(self) -> "Checked":
        """Return this; or what keeps it from having code (GC102, GC407)."""
        checked = self.with_model()
        if checked.sized is None or not checked.ok:
            return checked
        found = tuple(import_module("graphc.emit.torch").open_sizes(checked.sized))
        return replace(checked, findings=(*checked.findings, *found))


def check(
    path: str | os.PathLike[str],
    import_root: str | os.PathLike[str] | None = None,
    only: Collection[str] = (),
    reader: Reader = read,
    model: str | None = None,
) -> Checked:
    """Read a spec, or the network of a document, and check it; ``-`` is stdin.

    ``import_root`` is the folder whose files it may import, by default that of its
    project. With ``only`` the model has these outputs alone, and what leads to them;
    reports GC108 for a name that is none of an output. ``reader`` gives the texts of
    files. ``model`` names the network of a document that has several.
    """
    return check_text(text_at(path, None, reader), import_root, only, model)


def check_text(
    text: Text,
    import_root: str | os.PathLike[str] | None = None,
    only: Collection[str] = (),
    model: str | None = None,
) -> Checked:
    """Check a spec, or the network of a document, that was read.

    Reports GC572 for a diagram in a file whose name says that it is a spec.
    """
    with collector_paused():
        if text.kind is Kind.SPEC:
            return _checked_spec(text, import_root, only)
        # Few specs are documents; what reads them is imported only then.
        drawn: Checked = import_module("graphc.pipeline.document").check_model(
            text.path, model, only, text.reader, text.kind
        )
        return drawn


def _checked_spec(
    text: Text, import_root: str | os.PathLike[str] | None, only: Collection[str]
) -> Checked:
    sink = Sink()
    sink.extend(misnamed(text))
    network = None if sink.failed else load(text.path, sink, import_root, text.reader)
    whole = network if only else None
    if only and network is not None:
        network = kept(network, only, sink)
    sized = None if network is None else solve(network, sink)
    return Checked(text.path, sized, sink.sorted(), whole=whole)


def solve(network: Network, sink: Sink) -> Sized:
    """Return a network with its sizes; what does not hold goes to the sink."""
    sized = infer(network, sink)
    if network.meta.checkpoint is not None and not sink.failed:
        # Which keys there are is told by the code, whose room only few specs need.
        sink.extend(import_module("graphc.weights").check_map(sized))
    return sized


def check_at(checked: Checked, shapes: Shapes) -> Checked:
    """Return a spec checked at other sizes of its inputs too (GC116, GC406).

    One with errors is returned as it is.
    """
    if checked.sized is None or not checked.ok:
        return checked
    found = unknown_inputs(checked.sized, shapes, checked.file)
    found = found or list(misfits(checked.sized, shapes))
    return replace(checked, findings=(*checked.findings, *found), at=shapes)


def kept(network: Network, only: Collection[str], sink: Sink) -> Network | None:
    """Return a network with some of its outputs; GC108 for a name that is none."""
    ends = [node.name for node in network.model.outputs]
    unknown = [name for name in only if name not in ends]
    for name in unknown:
        meant = nearest(name, ends)
        offer = f"`{meant}` is one" if meant else f"its outputs: {', '.join(ends)}"
        message = f"the model has no output `{name}`"
        place = Place(network.model.span)
        sink.add(Diagnostic(Code.GC108, message, place, help=(offer,)))
    if unknown:
        return None
    # Few commands cut a model; what does so is imported only then.
    cut: Network = import_module("graphc.passes").keep_outputs(network, only)
    return cut


def _weighed(finding: Diagnostic) -> Diagnostic:
    if finding.code in UNSAID | _UNSAID_EDGES and finding.severity is Severity.WARNING:
        return replace(finding, severity=Severity.ERROR)
    return finding


def left_open(
    findings: Iterable[Diagnostic], *, is_sketch: bool = False
) -> tuple[Diagnostic, ...]:
    """Return the findings of a figure, in which sizes may be left open (warnings).

    So may be how its arrows join, if it is a sketch that shows no size.
    """
    unsaid = OPEN_SIZES | _UNSAID_EDGES if is_sketch else OPEN_SIZES
    return tuple(
        replace(one, severity=Severity.WARNING) if one.code in unsaid else one
        for one in findings
    )
