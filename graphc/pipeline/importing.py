"""From a document to a spec."""

import os
from dataclasses import dataclass, replace

from graphc.diagnostics import Code, Diagnostic, Sink
from graphc.emit.spec import write_spec
from graphc.frontend import elaborate
from graphc.pipeline.check import Checked, failed, solve
from graphc.pipeline.document import check_drawn, chosen, read_drawn
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence
from graphc.source import Source

_SPECS = (".yaml", ".yml")
_BRACKETS = "[](){}<>/\\|\"'` \t\r\n"


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """A network of a document, checked, and the same as a spec.

    ``text`` is None if there is no network to be made out. ``findings`` are those of
    the document; where it has no errors, those of the spec too.
    """

    checked: Checked
    text: str | None
    findings: tuple[Diagnostic, ...]


def import_spec(
    path: str | os.PathLike[str], model: str | None = None, name: str = "spec.yaml"
) -> Imported:
    """Read a document and return the spec of the network in it, checked.

    ``model`` says which, where it draws several. ``name`` is what reports call the
    spec. One with wrong sizes is returned all the same: they can be put right in it as
    well as in the document. A label that names no op stands in it as it is drawn, and
    is an error there. Codes: GC561 for a file that is a spec already; GC508 and GC509
    where there is no network or several; those of checking.
    """
    file = os.fspath(path)
    if file.lower().endswith(_SPECS):
        return _refused(file, _no_document(file))
    drawn = read_drawn(path)
    found = chosen(drawn, model, file)
    if drawn.source is None:
        return _refused(file, *drawn.findings)
    if isinstance(found, Diagnostic):
        return _refused(file, *drawn.findings, found)
    checked = check_drawn(path, drawn, found)
    text = write_spec(_as_drawn(found.written))
    findings = (*drawn.findings, *checked.findings)
    if not failed(findings):
        findings += _own(text, name)
    return Imported(checked, text, findings)


def _refused(file: str, *findings: Diagnostic) -> Imported:
    return Imported(Checked(file, None, findings), None, findings)


def _no_document(file: str) -> Diagnostic:
    return Diagnostic(
        Code.GC561,
        f"`{file}` is a spec, and no document to import one from",
        help=("name a document with diagrams, such as `README.md`",),
        file=file,
    )


def _own(text: str, name: str) -> tuple[Diagnostic, ...]:
    """Return the errors of a spec, which a figure may have without being wrong."""
    sink = Sink()
    network = elaborate(Source(name, text), sink)
    if network is not None:
        solve(network, sink)
    return tuple(one for one in sink.sorted() if failed((one,)))


def _as_drawn(node: Mapping) -> Mapping:
    """Return a tree with the letters of the figure for what could not be read."""
    entries = (
        Entry(_letters(entry.key), _readable(entry.value)) for entry in node.entries
    )
    return replace(node, entries=tuple(entries))


def _readable(node: Node) -> Node:
    if isinstance(node, Scalar):
        return _letters(node)
    if isinstance(node, Sequence):
        return replace(node, items=tuple(map(_readable, node.items)))
    return _as_drawn(node)


def _letters(scalar: Scalar) -> Scalar:
    if not scalar.faulty:
        return scalar
    drawn = " ".join(scalar.span.text.strip(_BRACKETS).split())
    return replace(scalar, text=drawn, value=drawn)
