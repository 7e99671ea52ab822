"""A module as Mermaid text."""

from collections.abc import Iterator, Mapping

from graphc.diagnostics import Code, Diagnostic, Place, Severity
from graphc.draw import family_of
from graphc.emit.mermaid.edges import Labeller
from graphc.emit.mermaid.ids import ids
from graphc.emit.mermaid.labels import label
from graphc.emit.mermaid.parts import (
    MOST_CHARACTERS,
    MOST_EDGES,
    Lines,
    Part,
    length,
    parts,
)
from graphc.emit.mermaid.said import comment, of_nodes, said, title
from graphc.emit.mermaid.style import (
    ELSEWHERE,
    FRONT,
    class_of,
    classes,
    elsewhere,
    mistakes,
)
from graphc.infer import Sized
from graphc.ir import Module, Node
from graphc.record import record

_SHAPES = {True: ("[[", "]]"), False: ("[", "]")}
_END = ("([", "])")


@record(eq=False)
class Diagram:
    """A module drawn: its name, and the text of each part, mostly one.

    ``findings`` warn of what GitHub does not draw in one diagram (GC541).
    """

    name: str
    parts: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()


def diagrams(sized: Sized) -> tuple[Diagram, ...]:
    """Return the diagram of the model, then one for each module, in their order."""
    network = sized.network
    every = (network.model, *network.modules.values())
    return tuple(diagram(sized, one) for one in every)


def diagram(sized: Sized, module: Module) -> Diagram:
    """Return the diagram of a module of a network, or of its model.

    Reports GC541 where it needs several parts, or a part is too large all the same.
    """
    sheet = _Sheet(sized, module, ids(module.graph.nodes))
    texts = tuple(sheet.parts())
    return Diagram(module.name, texts, tuple(_findings(module, texts)))


@record(eq=False)
class _Sheet:
    """One module, being written."""

    sized: Sized
    module: Module
    ids: Mapping[str, str]

    def parts(self) -> Iterator[str]:
        """Yield the text of each part."""
        lines = self._lines()
        found = parts(self.module.graph, lines)
        for number, part in enumerate(found, 1):
            told = [title(self.sized.network, self.module)]
            if len(found) > 1:
                told.append(comment("part", f"[{number}, {len(found)}]"))
            if number == 1:
                told += said(self.sized.network, self.module)
            told += of_nodes(part.nodes, self.ids)
            yield self._text(part, told, lines)

    def _lines(self) -> Lines:
        network, graph = self.sized.network, self.module.graph
        labeller = Labeller(network, self.module, self.sized.of(self.module))
        nodes = {name: self._node(node) for name, node in graph.nodes.items()}
        comments = {
            name: sum(map(length, of_nodes([node], self.ids)))
            for name, node in graph.nodes.items()
        }
        edges = {}
        for edge in graph.edges:
            text = labeller.label(edge)
            told = f'|"{text}"|' if text else ""
            source, target = self.ids[edge.source], self.ids[edge.target]
            edges[edge] = f"  {source} -->{told} {target}\n"
        about = "\n".join(said(network, self.module))
        return Lines(nodes, edges, comments, length(about))

    def _node(self, node: Node) -> str:
        family = family_of(node)
        opening, closing = _SHAPES[family is None]
        if node.is_input or node.is_output:
            opening, closing = _END
        shown = f'{opening}"{label(node)}"{closing}'
        return f"  {self.ids[node.name]}{shown}:::{class_of(family)}\n"

    def _text(self, part: Part, told: list[str], lines: Lines) -> str:
        wrong = self.sized.mistakes
        style = classes(family_of(node) for node in part.nodes)
        if part.strangers:
            style.append(elsewhere())
        style += mistakes(n for n, edge in enumerate(part.edges) if edge in wrong)
        return "".join(
            [
                f"{FRONT}\n",
                *(f"  {line}\n" for line in told),
                *(lines.nodes[node.name] for node in part.nodes),
                *(f"  {self.ids[name]}:::{ELSEWHERE}\n" for name in part.strangers),
                *(lines.edges[edge] for edge in part.edges),
                *(f"{line}\n" for line in style),
            ]
        )


def _findings(module: Module, texts: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield a warning for a module that is no single diagram, or no drawn one."""
    longest = max(map(length, texts))
    if len(texts) == 1 and longest <= MOST_CHARACTERS:
        return
    message = f"the diagram of `{module.name}` is too large for GitHub"
    limit = f"GitHub draws {MOST_CHARACTERS:,} characters and {MOST_EDGES} arrows"
    notes = [f"{limit} in one diagram at most"]
    if len(texts) > 1:
        notes.append(f"it is written as {len(texts)} diagrams, read back as one")
    if longest > MOST_CHARACTERS:
        notes.append(f"one of them has {longest:,} characters, and is not drawn")
    yield Diagnostic(
        Code.GC541,
        message,
        Place(module.span),
        notes=tuple(notes),
        severity=Severity.WARNING,
    )
