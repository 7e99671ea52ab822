"""From a document to a spec."""

import os

from graphc.diagnostics import Code, Diagnostic, Severity, Sink
from graphc.emit.spec import write_spec
from graphc.frontend import elaborate
from graphc.pipeline.check import UNSAID, Checked, solve
from graphc.pipeline.document import check_drawn, chosen, read_drawn
from graphc.pipeline.kinds import Kind, kind_of_name
from graphc.pipeline.verdict import failed
from graphc.record import record
from graphc.source import Source


@record(eq=False)
class Imported:
    """A network of a document, checked, and the same as a spec.

    ``text`` is None if there is no network to be made out. ``findings`` are those of
    the document. What a figure may leave open and a spec may not is told where it
    stands in the spec, unless the document has errors of its own.
    """

    checked: Checked
    text: str | None
    findings: tuple[Diagnostic, ...]


def import_spec(
    path: str | os.PathLike[str], model: str | None = None, name: str = "<stdout>"
) -> Imported:
    """Read a document and return the spec of the network in it, checked.

    ``model`` says which, where it draws several. ``name`` is what reports call the
    spec. One with wrong sizes is returned all the same: they can be put right in it as
    well as in the document. A label that names no op stands in it as it is drawn, and
    is an error there. Codes: GC561 for a file that is a spec already; GC508 and GC509
    where there is no network or several; those of checking.
    """
    file = os.fspath(path)
    if kind_of_name(file) is Kind.SPEC:
        return _refused(file, _no_document(file))
    drawn = read_drawn(path)
    found = chosen(drawn, model, file)
    if drawn.source is None:
        return _refused(file, *drawn.findings)
    if isinstance(found, Diagnostic):
        return _refused(file, *drawn.findings, found)
    checked = check_drawn(path, drawn, found)
    text = write_spec(found.written)
    findings = (*drawn.findings, *checked.findings)
    own = () if failed(findings) else _own(text, name)
    if own:
        findings = tuple(one for one in findings if not _is_open(one))
    return Imported(checked, text, (*findings, *own))


def _refused(file: str, *findings: Diagnostic) -> Imported:
    return Imported(Checked(file, None, findings), None, findings)


def _no_document(file: str) -> Diagnostic:
    return Diagnostic(
        Code.GC561,
        f"`{file}` is a spec, and no document to import one from",
        help=("name a document with diagrams, such as `README.md`",),
        file=file,
    )


def _is_open(finding: Diagnostic) -> bool:
    return finding.code in UNSAID and finding.severity is Severity.WARNING


def _own(text: str, name: str) -> tuple[Diagnostic, ...]:
    """Return the errors of a spec, which a figure may have without being wrong."""
    sink = Sink()
    network = elaborate(Source(name, text), sink)
    if network is not None:
        solve(network, sink)
    return tuple(one for one in sink.sorted() if failed((one,)))
