"""From a text to a network."""

import os
from collections.abc import Mapping

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.files import Location, Reader, location_of, read, root_of
from graphc.frontend.draft import Draft, draft
from graphc.frontend.fields import check_keys, missing
from graphc.frontend.files import File, Files
from graphc.frontend.graphs import modules_of
from graphc.frontend.keys import Keys
from graphc.frontend.meta import meta
from graphc.frontend.parameters import given, parameters
from graphc.frontend.scope import Header, Table, check_class_name
from graphc.frontend.units import GRAPH_KEYS, Unit, unit, unused
from graphc.frontend.where import where
from graphc.ir import Graph, Module, Network
from graphc.reading import Mapping as YamlMapping
from graphc.reading import Scalar
from graphc.source import Source

_LIBRARY_KEYS = ("graphc", "source", "about", "reported", "imports", "modules")
_MODEL_KEYS = ("model", "nodes", "edges")
_KEYS = (
    "graphc",
    "model",
    "source",
    "reported",
    "checkpoint",
    "where",
    *GRAPH_KEYS,
    "modules",
    "imports",
)


def load(
    path: str | os.PathLike[str],
    sink: Sink,
    import_root: str | os.PathLike[str] | None = None,
    reader: Reader = read,
) -> Network | None:
    """Read a spec; ``-`` is standard input. None if there is no graph to be made out.

    ``import_root`` is the folder whose files may be imported, by default that of the
    spec's project; ``reader`` gives the texts of files. Codes: those of
    ``graphc.reading``, GC101 to GC121, and GC201 to GC209 as far as they need no sizes.
    """
    source = reader(path)
    if isinstance(source, Diagnostic):
        sink.add(source)
        return None
    location = location_of(path)
    root = root_of(location) if import_root is None else os.path.realpath(import_root)
    return _Elaboration(location, root, sink, reader).network(source)


def elaborate(source: Source, sink: Sink) -> Network | None:
    """Return the network that a text describes, as far as it can be made out.

    Its imports are looked for in the current directory.
    """
    location = location_of("-")
    return _Elaboration(location, root_of(location), sink).network(source)


def elaborate_tree(root: YamlMapping, source: Source, sink: Sink) -> Network | None:
    """Return the network of a tree that says what a spec says.

    ``source`` is the text that the tree was made of, such as a document with diagrams.
    """
    location = location_of(source.name)
    return _Elaboration(location, root_of(location), sink).network(source, root)


class _Elaboration:
    """One spec with all its files, becoming a network."""

    def __init__(
        self, location: Location, root: str, sink: Sink, reader: Reader = read
    ) -> None:
        self._location = location
        self._files = Files(root, sink, reader)
        self._sink = sink
        self._units: dict[File, Unit] = {}
        self._keys = Keys()

    def network(
        self, source: Source, tree: YamlMapping | None = None
    ) -> Network | None:
        sink = self._sink
        if tree is None:
            file = self._files.spec(source, self._location)
        else:
            file = self._files.tree(source, self._location, tree)
        if file is None:
            return None
        library = _is_library(file.root)
        name = None if library else _model_name(file.root, sink)
        top = self._name_all(file, name)
        model = None if name is None else _model(top, name, sink)
        drafts, used = self._drafts(top, model)
        modules = modules_of(drafts, sink)
        sink.extend(unused(top, library=library))
        found = {key: modules[key] for key in used}
        if model is None:
            main = Module("", Graph((), ()), (), file.root.entries[0].key.span)
        else:
            main = found.pop(model.name)
            if not main.graph.nodes:
                return None
        others = tuple(each.name for each in self._files.read if each is not file)
        about = meta(file.root, sink)
        conditions = where(file.root, main, sink)
        return Network(
            main, found, about, source.name, others, library, where=conditions
        )

    def _name_all(self, spec: File, model: Scalar | None) -> Unit:
        """Return the spec with its names, after those of the files that it imports."""
        for file in self._files.read:
            is_spec = file is spec
            _check_top(file, self._sink, is_spec=is_spec)
            name = model if is_spec else None
            self._units[file] = unit(file, name, self._units, self._keys.of, self._sink)
        top = self._units[spec]
        self._keys.reserve(model.text if model else "", top.headers.values())
        return top

    def _drafts(
        self, top: Unit, model: Header | None
    ) -> tuple[dict[str, Draft], list[str]]:
        """Return all graphs by key, and the keys of those that the spec can use."""
        tables = {
            header: each.table
            for each in self._units.values()
            for header in each.headers.values()
        }
        drafts: dict[str, Draft] = {}
        if model is not None:
            drafts[model.name] = draft(model, top.table, self._sink)
        used = self._read(drafts, tables)
        for header in tables:
            self._keys.of(header)
        self._read(drafts, tables)
        return drafts, used

    def _read(
        self, drafts: dict[str, Draft], tables: Mapping[Header, Table]
    ) -> list[str]:
        """Read the modules that have a key, and those that get one by it."""
        while waiting := [key for key in self._keys.given if key not in drafts]:
            for key in waiting:
                header = self._keys.given[key]
                drafts[key] = draft(header, tables[header], self._sink)
        return list(drafts)


def _check_top(file: File, sink: Sink, *, is_spec: bool) -> None:
    """Report unknown keys (GC101)."""
    if is_spec and _is_library(file.root):
        check_keys(file.root, _LIBRARY_KEYS, "a spec without a model", sink)
    else:
        check_keys(file.root, _KEYS, "a spec", sink)


def _is_library(root: YamlMapping) -> bool:
    """Return whether a spec has modules for others, and no model of its own."""
    has_model = any(root.entry(key) is not None for key in _MODEL_KEYS)
    return root.entry("modules") is not None and not has_model and not root.faulty


def _model(top: Unit, name: Scalar, sink: Sink) -> Header:
    root = top.file.root
    own = given(parameters(root, top.taken, sink), sink)
    return Header(name.text, name.span, root, own)


def _model_name(root: YamlMapping, sink: Sink) -> Scalar:
    """Return the name of the model; a stand-in, reported, if it has none."""
    node = root.get("model")
    if node is None:
        if not root.faulty:
            missing("a spec", "model", "model: NAME", root.entries[0].key.span, sink)
    elif not isinstance(node, Scalar) or not isinstance(node.value, str):
        place = Place(node.span)
        sink.add(Diagnostic(Code.GC103, "the name of a model is a text", place))
    elif check_class_name(node, "model", {}, sink):
        return node
    return _stand_in(root)


def _stand_in(root: YamlMapping) -> Scalar:
    entry = root.entry("model") or root.entries[0]
    span = entry.key.span if entry.name != "model" else entry.value.span
    return Scalar("the model", span, plain=False, letters=entry.key.fragment)
