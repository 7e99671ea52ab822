"""A reader of diagrams by the grammar in ``graphc.emit.mermaid``, and by nothing else.

It takes the statements letter by letter, so it tells too that no other is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import yaml

from graphc.emit.spec.scalars import text as quoted
from graphc.lang import EndText
from graphc.source import Source, Span

FENCE = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"---\n(.*?)---\nflowchart TD\n", re.DOTALL)
_COMMENT = re.compile(r"  %% graphc: ((\w+): .*)")
_NODE = re.compile(r'  (\S+?)(?:\(\[|\[\[|\[)"([^"]+)"(?:\]\)|\]\]|\]):::\w+')
_STRANGER = re.compile(r"  (\S+):::elsewhere")
_EDGE = re.compile(r'  (\S+) -->(?:\|"([^"]+)"\|)? (\S+)')
_STYLE = re.compile(r"  (?:classDef|linkStyle) [\w,]+ [\w#,:-]+")
_PORTS = re.compile(r"(?:(\.\w+))?(?: ?-> (\.\w+))?(?:: |$)")
_NOWHERE = Span(Source("nowhere", ""), 0, 0)


@dataclass
class Drawn:
    """A diagram, or several that are parts of one."""

    said: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, str] = field(default_factory=dict)
    edges: list[tuple[str, str, str]] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)

    @property
    def model(self) -> bool:
        return "model" in self.said

    def value(self, key: str) -> Any:
        line = self.said.get(key)
        return {} if line is None else yaml.safe_load(line)[key]


def plain(text: str) -> str:
    """Return a text with its entities as characters."""
    numbered = re.sub(r"#(\d+);", r"&#\1;", text)
    return unescape_exactly(re.sub(r"#([a-z]+);", r"&\1;", numbered))


def unescape_exactly(text: str) -> str:
    """Return a text without entities; the control characters of C1 are themselves."""
    return re.sub(
        r"&(?:#(\d+)|\w+);",
        lambda found: chr(int(found[1])) if found[1] else unescape(found[0]),
        text,
    )


def read(document: str) -> list[Drawn]:
    """Return the diagrams of a document, parts put together."""
    found: dict[str, Drawn] = {}
    for text in FENCE.findall(document):
        front = _FRONT.match(text)
        assert front is not None
        assert yaml.safe_load(front[1])["config"]["layout"] == "dagre"
        part = _part(text[front.end() :])
        name = part.said.get("model") or part.said["module"]
        whole = found.setdefault(name, Drawn())
        for key in ("nodes", "notes"):
            _join(whole, part, key)
        whole.said |= part.said
        whole.nodes |= part.nodes
        whole.edges += part.edges
        whole.strangers |= part.strangers
    assert all(one.strangers <= set(one.nodes) for one in found.values())
    return list(found.values())


def _join(whole: Drawn, part: Drawn, key: str) -> None:
    if key in whole.said and key in part.said:
        both = f"{whole.said[key][:-1]}, {part.said[key][len(key) + 3 :]}"
        part.said[key] = both


def _part(text: str) -> Drawn:
    part = Drawn()
    for line in text.split("\n")[:-1]:
        if found := _COMMENT.fullmatch(line):
            part.said[found[2]] = found[1]
        elif found := _NODE.fullmatch(line):
            assert found[1] not in part.nodes
            part.nodes[found[1]] = found[2]
        elif found := _EDGE.fullmatch(line):
            part.edges.append((found[1], found[2] or "", found[3]))
        elif found := _STRANGER.fullmatch(line):
            part.strangers.add(found[1])
        else:
            assert _STYLE.fullmatch(line), line
    return part


def spec(document: str) -> str:
    """Return the spec that a document is, one of whose diagrams is the model."""
    drawn = read(document)
    lines = ["graphc: 1"]
    (model,) = (one for one in drawn if one.model)
    lines += _said(model)
    lines += _graph(model)
    others = [one for one in drawn if not one.model]
    if others:
        lines.append("modules:")
    for one in others:
        name = yaml.safe_load(one.said["module"])["module"]
        lines.append(f"  {quoted(name)}:")
        inner = [*_said(one), *(_row(one) if "row" in one.said else _graph(one))]
        lines += [f"    {line}" for line in inner]
    return "\n".join(lines) + "\n"


def _said(one: Drawn) -> Iterator[str]:
    for key, line in one.said.items():
        if key not in ("module", "part", "row", "nodes", "notes"):
            yield line


def _graph(one: Drawn) -> Iterator[str]:
    names = {name: name for name in one.nodes} | one.value("nodes")
    notes = one.value("notes")
    yield "nodes:"
    for name, label in one.nodes.items():
        note = f", note: {quoted(notes[name], brackets=True)}" if name in notes else ""
        yield f"  {quoted(names[name])}: {{label: {_label(label)}{note}}}"
    yield "edges:" if one.edges else "edges: []"
    for source, label, target in one.edges:
        text = plain(label)
        ports = _PORTS.match(text)
        output, entry = (ports[1], ports[2]) if ports else ("", "")
        size = text[ports.end() :] if ports else text
        ends = [
            str(EndText(names[end] + (port or ""), _NOWHERE))
            for end, port in ((source, output), (target, entry))
        ]
        yield f"  - {quoted(' -> '.join(ends))}: {quoted(size or '~')}".replace(
            ': "~"', ""
        )


def _row(one: Drawn) -> Iterator[str]:
    first, (_, label), last = one.nodes.items()
    assert (first[1], last[1]) == ("Input", "Output")
    yield f"label: {_label(label)}"


def _label(text: str) -> str:
    items = [plain(item) for item in text.split("<br/>")]
    if len(items) == 1 and ": " not in items[0]:
        return quoted(items[0], brackets=True)
    shown = []
    for item in items:
        terms, colon, size = item.rpartition(": ")
        if colon:
            shown.append(f"{{{quoted(terms, brackets=True)}: {quoted(size)}}}")
        else:
            shown.append(quoted(item, brackets=True))
    return f"[{', '.join(shown)}]"
