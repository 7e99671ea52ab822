"""The names of each file: the modules it declares, and those that it imports."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink, nearest
from graphc.frontend.fields import check_keys, is_empty, listed, mapping, section
from graphc.frontend.files import File, Imported
from graphc.frontend.parameters import parameters
from graphc.frontend.row import ROW_KEYS
from graphc.frontend.scope import (
    Header,
    Table,
    check_class_name,
    check_import_name,
)
from graphc.reading import Entry, Scalar
from graphc.reading import Mapping as YamlMapping
from graphc.record import record
from graphc.source import Span

GRAPH_KEYS = ("about", "params", "nodes", "edges")
"""The keys of a module."""

_MOST_SHOWN = 8


@record(eq=False, slots=False)
class Unit:
    """A file with its modules, and the table of all that its labels can name.

    ``refused`` are names of its modules that cannot be used; if it is not ``certain``,
    there may be modules that could not be read. ``taken`` has the names with a meaning.
    """

    file: File
    headers: dict[str, Header]
    table: Table
    refused: frozenset[str]
    certain: bool
    taken: Mapping[str, Span]


@dataclass(slots=True)
class _Names:
    """What labels can name, being gathered; ``taken`` is where each name is from."""

    taken: dict[str, Span]
    modules: dict[str, Header] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def unit(
    file: File,
    model: Scalar | None,
    units: Mapping[File, Unit],
    key: Callable[[Header], str],
    sink: Sink,
) -> Unit:
    """Return a file with its names; ``units`` has the files that it imports.

    Codes: GC101 to GC103, GC105, GC106, GC202, GC209.
    """
    names = _Names({} if model is None else {model.text: model.span})
    bodies = list(_bodies(file.root, names.taken, sink))
    for one in file.imported:
        _take(one, units, names, sink)
    headers = {
        entry.name: Header(
            entry.name,
            entry.key.span,
            body,
            parameters(body, names.taken, sink),
            row=body.entry("label") is not None,
        )
        for entry, body in bodies
    }
    written = file.root.get("modules")
    declared = written.entries if isinstance(written, YamlMapping) else ()
    refused = frozenset(each.name for each in declared if each.name not in headers)
    table = Table({**names.modules, **headers}, key, refused | _unusable(file, names))
    readable = written is None or is_empty(written) or isinstance(written, YamlMapping)
    certain = readable and not file.root.faulty
    return Unit(file, headers, table, refused, certain, names.taken)


def _bodies(
    root: YamlMapping, taken: dict[str, Span], sink: Sink
) -> Iterator[tuple[Entry, YamlMapping]]:
    """Return the modules that can be read; ``taken`` learns of their names."""
    for entry in section(root, "modules", sink):
        if not check_class_name(entry.key, "module", taken, sink):
            continue
        taken[entry.name] = entry.key.span
        what = f"the module `{entry.name}`"
        body = mapping(entry.value, what, sink)
        if body is not None:
            row = body.entry("label") is not None
            keys = ROW_KEYS if row else (*GRAPH_KEYS, "label")
            check_keys(body, keys, f"{what}, a row," if row else what, sink)
            yield entry, body


def _unusable(file: File, names: _Names) -> set[str]:
    """Return the names under ``imports`` that nothing stands behind."""
    written = file.root.get("imports")
    entries = written.entries if isinstance(written, YamlMapping) else ()
    read = {one.entry.alias or one.entry.file for one in file.imported}
    return names.refused | {each.name for each in entries if each.key not in read}


def _take(one: Imported, units: Mapping[File, Unit], names: _Names, sink: Sink) -> None:
    """Take what an import gives."""
    entry = one.entry
    found = None if one.file is None else units[one.file]
    if found is not None and found.certain and not (found.headers or found.refused):
        message = f"`{entry.file.text}` has no modules"
        sink.add(Diagnostic(Code.GC102, message, Place(entry.file.span)))
        found = None
    if entry.alias is None:
        for name in entry.names:
            _take_name(name, entry.file.text, found, names, sink)
        return
    usable = check_import_name(entry.alias, "alias", names.taken, sink)
    if found is None or not usable or not found.certain:
        names.refused.add(entry.alias.text)
    if found is not None and usable:
        names.taken[entry.alias.text] = entry.alias.span
        before = entry.alias.text
        names.modules |= {f"{before}.{n}": each for n, each in found.headers.items()}
        names.refused |= {f"{before}.{name}" for name in found.refused}


def _take_name(
    name: Scalar, file: str, found: Unit | None, names: _Names, sink: Sink
) -> None:
    header = None if found is None else found.headers.get(name.text)
    if header is None:
        names.refused.add(name.text)
        if found is not None and found.certain and name.text not in found.refused:
            sink.add(_no_module(name, file, found))
    elif names.modules.get(name.text) is not header and check_import_name(
        name, "module", names.taken, sink
    ):
        names.modules[name.text] = header
        names.taken[name.text] = name.span


def _no_module(name: Scalar, file: str, found: Unit) -> Diagnostic:
    meant = nearest(name.text, list(found.headers))
    known = list(found.headers)[:_MOST_SHOWN]
    more = ", ..." if len(known) < len(found.headers) else ""
    remedy = f"did you mean `{meant}`?" if meant else f"it has {listed(known)}{more}"
    message = f"`{file}` has no module `{name.text}`"
    return Diagnostic(Code.GC202, message, Place(name.span), help=(remedy,))


def unused(found: Unit, *, library: bool) -> Iterator[Diagnostic]:
    """Yield warnings of modules that no label names, and of imports (GC118).

    The modules of a library are there for others.
    """
    named = found.table.named
    for name, header in found.headers.items():
        if name not in named and not library:
            yield _unused(f"the module `{name}`", header.span)
    aliases = {name.partition(".")[0] for name in named if "." in name}
    for one in found.file.imported:
        for given in one.entry.given if one.file is not None else ():
            what = "module" if one.entry.alias is None else "import"
            if given.text not in (named if what == "module" else aliases):
                yield _unused(f"the {what} `{given.text}`", given.span)


def _unused(what: str, span: Span) -> Diagnostic:
    message = f"nothing uses {what}"
    return Diagnostic(Code.GC118, message, Place(span), severity=Severity.WARNING)
