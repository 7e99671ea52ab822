"""The graphs of a spec: the model's and those of its modules."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as Names
from dataclasses import dataclass, replace

from graphc.diagnostics import Code, Diagnostic, Place, Severity, Sink
from graphc.frontend.counts import check_counts
from graphc.frontend.edges import Arrow, Doubt, arrows
from graphc.frontend.fields import mapping, missing
from graphc.frontend.labels import node
from graphc.frontend.ports import Interface, connect
from graphc.frontend.scope import Header, Scope
from graphc.frontend.structure import acyclic, check_flow, cycles
from graphc.ir import Graph, Module, Node, opaque
from graphc.lang import Unknown, names
from graphc.reading import Mapping as YamlMapping

DEEPEST = 50
"""How many modules may stand within one another."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A graph whose nodes are read, and whose arrows are not yet connected."""

    header: Header
    nodes: dict[str, Node]
    arrows: tuple[Arrow, ...]
    doubt: Doubt

    @property
    def interface(self) -> Interface:
        """The names of what comes in and goes out, as ``graphc.ir.Module`` has them."""
        inputs = [name for name, one in self.nodes.items() if one.is_input]
        drawn = [name for name, one in self.nodes.items() if one.is_output]
        read = {arrow.source.node for arrow in self.arrows}
        ends = [name for name in self.nodes if name not in read]
        return Interface(tuple(inputs), tuple(drawn or ends))

    @property
    def uses(self) -> list[str]:
        """The modules that its terms name."""
        terms = (term for one in self.nodes.values() for term in one.terms)
        return [term.target for term in terms if isinstance(term.target, str)]


def draft(
    header: Header, modules: Mapping[str, Header], refused: Names[str], sink: Sink
) -> Draft:
    """Read the nodes and arrows of a graph; codes as for nodes and edges, GC114.

    ``refused`` are names of modules that could not be read.
    """
    sound = {one.name for one in header.parameters if not one.faulty}
    broken = {one.name for one in header.parameters if one.faulty}
    scope = Scope(modules, sound, broken, refused)
    nodes = _nodes(header, scope, sink)
    doubt = Doubt()
    if nodes is None:
        return Draft(header, {}, (), doubt)
    if header.body.get("edges") is None and len(nodes) > 1:
        if not header.body.faulty:
            missing(f"`{header.name}`", "edges", "edges:", header.span, sink)
        doubt.all = True
    found = arrows(header.body, nodes, doubt, sink)
    believed = tuple(_without_broken(arrow, broken) for arrow in found)
    return Draft(header, nodes, believed, doubt)


def _without_broken(arrow: Arrow, broken: Names[str]) -> Arrow:
    """Return an arrow without a size that depends on what has no value."""
    dims = () if arrow.shape is None else arrow.shape.dims
    used = (names(dim) for dim in dims if not isinstance(dim, Unknown))
    if all(broken.isdisjoint(found) for found in used):
        return arrow
    return replace(arrow, shape=None)


def _nodes(header: Header, scope: Scope, sink: Sink) -> dict[str, Node] | None:
    """Return the nodes by name; None, reported, if they cannot be read."""
    written = header.body.get("nodes")
    if written is None:
        if not header.body.faulty:
            missing(f"`{header.name}`", "nodes", "nodes:", header.span, sink)
        return None
    found = mapping(written, "`nodes`", sink)
    if found is None:
        return None
    nodes: dict[str, Node] = {}
    for entry in found.entries:
        if not entry.name.strip():
            message = "a node needs a name"
            sink.add(Diagnostic(Code.GC105, message, Place(entry.key.span)))
        elif not entry.key.faulty:
            nodes[entry.name] = node(entry, scope, sink)
    if not any(one.is_input for one in nodes.values()):
        message = f"`{header.name}` has no input"
        remedy = ("write a node such as `image: Input`",)
        place = Place(header.span)
        sink.add(Diagnostic(Code.GC114, message, place, help=remedy))
    return nodes


def modules_of(drafts: Iterable[Draft], model: Draft, sink: Sink) -> dict[str, Module]:
    """Connect the arrows of all graphs; return them by name, the model's too.

    Nothing is returned if they nest too deeply to be followed.

    Codes: GC012 and GC113 for modules that contain one another too deeply or without
    end, GC118 for one that nothing uses, and those of ports and structure.
    """
    every = {one.header.name: one for one in (model, *drafts)}
    every = _without_cycles(every, sink)
    if _too_deep(every, sink):
        return {}
    _check_used(every, model.header.name, sink)
    interfaces = {name: one.interface for name, one in every.items()}
    return {
        name: Module(
            name,
            _graph(one, interfaces, sink),
            one.header.parameters,
            one.header.span,
            _about(one.header.body),
        )
        for name, one in every.items()
    }


def _graph(one: Draft, interfaces: Mapping[str, Interface], sink: Sink) -> Graph:
    edges = connect(one.arrows, one.nodes, interfaces, sink)
    connected = {edge.span.start for edge in edges}
    for arrow in one.arrows:
        if arrow.span.start not in connected:
            one.doubt.nodes.update((arrow.source.node, arrow.target.node))
    flowing = acyclic(one.nodes, edges, sink)
    for edge in set(edges) - set(flowing):
        one.doubt.nodes.update((edge.source, edge.target))
    check_counts(one.nodes, flowing, interfaces, one.doubt, sink)
    if any(candidate.is_input for candidate in one.nodes.values()):
        check_flow(one.nodes, flowing, one.doubt, sink)
    return Graph(list(one.nodes.values()), flowing)


def _about(body: YamlMapping) -> str | None:
    found = body.get("about")
    return getattr(found, "text", None)


def _without_cycles(every: dict[str, Draft], sink: Sink) -> dict[str, Draft]:
    """Report modules that contain themselves, and forget what they use in the knot."""
    uses = {name: one.uses for name, one in every.items()}
    for knot in cycles(uses):
        sink.add(_contains_itself(knot, every))
    while True:
        found = next(cycles({name: one.uses for name, one in every.items()}), ())
        if not found:
            return every
        name, used = found[-1], found[0]
        every = {**every, name: _without_use(every[name], used)}


def _without_use(one: Draft, used: str) -> Draft:
    nodes = {
        name: replace(
            node,
            terms=tuple(
                replace(term, target=opaque(used)) if term.target == used else term
                for term in node.terms
            ),
        )
        for name, node in one.nodes.items()
    }
    return replace(one, nodes=nodes)


def _contains_itself(knot: tuple[str, ...], every: Mapping[str, Draft]) -> Diagnostic:
    places = []
    for name, used in zip(knot, (*knot[1:], knot[0]), strict=True):
        terms = [term for node in every[name].nodes.values() for term in node.terms]
        place = next(term.span for term in terms if term.target == used)
        places.append(Place(place, f"`{name}` uses `{used}` here"))
    first, *others = places
    path = " -> ".join([*knot, knot[0]])
    message = f"`{knot[0]}` contains itself: {path}"
    return Diagnostic(Code.GC113, message, first, tuple(others))


def _too_deep(every: Mapping[str, Draft], sink: Sink) -> bool:
    """Return whether modules stand too deep within one another, reported as GC012."""
    depth: dict[str, int] = dict.fromkeys(every, 0)
    pending = list(every)
    while pending:
        name = pending.pop()
        for used in every[name].uses:
            if depth[used] <= depth[name] and depth[name] < DEEPEST:
                depth[used] = depth[name] + 1
                pending.append(used)
    deep = [every[name] for name in every if depth[name] >= DEEPEST]
    if deep:
        message = f"modules stand more than {DEEPEST} deep within one another"
        sink.add(Diagnostic(Code.GC012, message, Place(deep[0].header.span)))
    return bool(deep)


def _check_used(every: Mapping[str, Draft], model: str, sink: Sink) -> None:
    used = {name for one in every.values() for name in one.uses}
    for name, one in every.items():
        if name not in used and name != model:
            sink.add(
                Diagnostic(
                    Code.GC118,
                    f"nothing uses the module `{name}`",
                    Place(one.header.span),
                    severity=Severity.WARNING,
                )
            )
