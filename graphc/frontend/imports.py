"""What stands under ``imports``: files, and what is wanted of them."""

from collections.abc import Iterator

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import is_empty, refuse_kind, section
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence
from graphc.record import record

_SUFFIXES = (".yaml", ".yml")


@record(eq=False)
class Import:
    """An entry of ``imports``: the file as written, and the names it is given.

    With an ``alias`` the modules of the file are called ``alias.Module``; without one
    those in ``names`` are called by their own.
    """

    file: Scalar
    alias: Scalar | None
    names: tuple[Scalar, ...] = ()

    @property
    def given(self) -> tuple[Scalar, ...]:
        """The names that the entry makes."""
        return self.names if self.alias is None else (self.alias,)


def imports(root: Mapping, sink: Sink) -> Iterator[Import]:
    """Yield what stands under ``imports``.

    An entry is ``alias: FILE``, or ``FILE.yaml: [Module, ...]``. Codes: GC103.
    """
    for entry in section(root, "imports", sink):
        if entry.key.faulty:
            continue
        found = _listed(entry, sink) if is_file(entry.name) else _aliased(entry, sink)
        if found is not None:
            yield found


def is_file(name: str) -> bool:
    """Return whether a key of ``imports`` is a file and no alias."""
    return name.lower().endswith(_SUFFIXES)


def _aliased(entry: Entry, sink: Sink) -> Import | None:
    file = entry.value
    if isinstance(file, Scalar) and isinstance(file.value, str) and file.text.strip():
        return None if file.faulty else Import(file, entry.key)
    if isinstance(file, Sequence):
        message = f"`{entry.name}` is an alias, and a file stands behind it"
        remedy = "to use modules by their own names, write `FILE.yaml: [Module]`"
        sink.add(Diagnostic(Code.GC103, message, Place(file.span), help=(remedy,)))
    else:
        refuse_kind(file, "an import is a file, such as `blocks/conv.yaml`", sink)
    return None


def _listed(entry: Entry, sink: Sink) -> Import | None:
    wanted = entry.value
    if isinstance(wanted, Sequence) and wanted.items:
        names = tuple(name for item in wanted.items for name in _name(item, sink))
        return Import(entry.key, None, names)
    if isinstance(wanted, Scalar) and wanted.faulty:
        return None
    message = f"behind the file `{entry.name}` stands a list of its modules"
    sink.add(
        Diagnostic(
            Code.GC103, message, Place(wanted.span), help=_as_list(entry, wanted)
        )
    )
    return None


def _as_list(entry: Entry, wanted: Node) -> tuple[str, ...]:
    if not isinstance(wanted, Scalar) or is_empty(wanted) or is_file(wanted.text):
        return ()
    return (f"write `{entry.name}: [{wanted.text}]`",)


def _name(item: Node, sink: Sink) -> Iterator[Scalar]:
    if isinstance(item, Scalar) and isinstance(item.value, str) and item.text:
        if not item.faulty:
            yield item
        return
    refuse_kind(item, "an item of the list is the name of a module", sink)
