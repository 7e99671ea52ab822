"""The nodes that the ends of edges name."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.doubt import Doubt
from graphc.frontend.guesses import Guesses
from graphc.lang import EndText, split_port
from graphc.record import record
from graphc.source import Span

_MOST_SHOWN = 8


@record
class End:
    """One end of an arrow: a node of the graph, and the port if one is written.

    Of a ``loose`` end something is wrong that has been reported. Ends of the same name
    in a graph are the same.
    """

    node: str
    port: str | None
    loose: bool = False

    def __str__(self) -> str:
        return self.node if self.port is None else f"{self.node}.{self.port}"

    def without_port(self) -> "End":
        """Return the end as it goes on after its port was refused."""
        return replace(self, port=None, loose=True)


@dataclass(slots=True)
class Ends:
    """Finds the node of each end, and remembers the ends that name none.

    It is not ``complete`` where the nodes themselves could not be read, so that nothing
    can be said of the names in the edges.
    """

    nodes: Collection[str]
    complete: bool
    doubt: Doubt
    strangers: dict[str, list[Span]] = field(default_factory=dict)
    _found: dict[str, End] = field(default_factory=dict)

    def known(self, name: str) -> End | None:
        """Return the end of that name, None for a stranger's.

        A name with a dot is a node's before it is one with a port.
        """
        found = self._found.get(name)
        if found is None:
            found = self._find(name)
            if found is not None:
                self._found[name] = found
        return found

    def find(self, end: EndText) -> End:
        """Return an end; a stranger's is loose, and its place remembered."""
        found = self.known(end.name)
        if found is not None:
            return found
        self.strangers.setdefault(end.name, []).append(end.span)
        return End(end.name, None, loose=True)

    def _find(self, name: str) -> End | None:
        if name in self.nodes:
            return End(name, None)
        node, port = split_port(name)
        return End(node, port) if port is not None and node in self.nodes else None

    @property
    def is_doubtful(self) -> bool:
        """Whether some ends name no node, or that cannot be said."""
        return bool(self.strangers) or not self.complete

    def report(
        self, targets: Collection[str], hint: Callable[[str], str | None], sink: Sink
    ) -> None:
        """Report each name that no node has, once (GC108).

        ``targets`` are those that an arrow leads to, the others have arrows out of them
        only; ``hint`` tells where else in the spec a name is a node's.
        """
        if not self.complete:
            self.doubt.all = True
            return
        guesses = Guesses(self.nodes)
        for name, places in self.strangers.items():
            node = split_port(name)[0]
            meant = guesses.nearest(name) or guesses.nearest(node)
            self._doubt(name, meant, entered=name in targets)
            sink.add(_stranger(name, places, meant, hint(name)))

    def _doubt(self, name: str, meant: str | None, *, entered: bool) -> None:
        self.doubt.stranger(name)
        if meant is not None:
            self.doubt.around(meant)
        elif entered:
            self.doubt.anywhere = True
        else:
            self.doubt.from_anywhere = True


def _stranger(
    name: str, places: list[Span], meant: str | None, hint: str | None
) -> Diagnostic:
    first, *others = places
    remedy = () if meant is None else (f"did you mean `{meant}`?",)
    return Diagnostic(
        Code.GC108,
        f"there is no node `{name}`",
        Place(first),
        related=tuple(Place(place, "here too") for place in others[:_MOST_SHOWN]),
        notes=() if hint is None else (hint,),
        help=remedy,
    )
