"""A tree of YAML nodes as text."""

from collections.abc import Iterator

from graphc.emit.spec.blocks import WIDTH, block
from graphc.emit.spec.parts import Part
from graphc.emit.spec.scalars import scalar
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence

_STEP = "  "
_LONGEST_KEY = 1000
"""Characters of a key on one line: readers look no further than 1,024 for its colon."""
_HEAD = ("graphc", "model", "source", "about")
_SPACED = Part.MODULES


def write_spec(root: Mapping) -> str:
    """Return a spec as YAML, laid out as a person would: blocks, quotes where needed.

    ``root`` is the tree that the frontend takes. Composed again the text gives the same
    tree: the same keys, texts and values, those of the spec and of its modules in the
    order of the house. Nothing in a text has any power over the YAML around it.
    """
    lines: list[str] = []
    entries = Part.SPEC.ordered(root)
    for before, entry in zip((None, *entries), entries, strict=False):
        if before is not None and _is_apart(before, entry):
            lines.append("")
        lines += _entry(entry, Part.SPEC, 0)
    return "".join(f"{line}\n" for line in lines) or "{}\n"


def _is_apart(before: Entry, entry: Entry) -> bool:
    """Whether a blank line stands between two parts of a spec."""
    head = before.name in _HEAD and entry.name in _HEAD
    graph = before.name == "nodes" and entry.name == "edges"
    return not head and not graph


def _block(node: Mapping | Sequence, part: Part, indent: int) -> Iterator[str]:
    """Yield the lines of a list or mapping that is not empty, ``indent`` deep."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _item(item, part.of_item, indent)
        return
    for number, entry in enumerate(part.ordered(node)):
        if number and part is _SPACED:
            yield ""
        yield from _entry(entry, part, indent)


def _entry(entry: Entry, part: Part, indent: int) -> Iterator[str]:
    """Yield the lines of a key with its value."""
    key = scalar(entry.key, key=True)
    inner = part.of_key(entry.name)
    if len(key) <= _LONGEST_KEY:
        yield from _behind(f"{key}:", entry.value, inner, indent)
    else:
        yield f"{_STEP * indent}? {key}"
        yield from _behind(":", entry.value, inner, indent)


def _item(item: Node, part: Part, indent: int) -> Iterator[str]:
    """Yield the lines of an item of a list."""
    if isinstance(item, Scalar) or _fits("-", item, part, indent):
        yield from _behind("-", item, part, indent)
        return
    first, *others = _block(item, part, indent + 1)
    yield f"{_STEP * indent}- {first.lstrip(' ')}"
    yield from others


def _behind(sign: str, node: Node, part: Part, indent: int) -> Iterator[str]:
    """Yield ``sign`` with a value behind it, or on lines below it."""
    start = f"{_STEP * indent}{sign}"
    if isinstance(node, Scalar):
        yield from _text(start, node, indent)
    elif _fits(sign, node, part, indent):
        yield f"{start} {_flow(node)}"
    else:
        yield start
        yield from _block(node, part, indent + 1)


def _text(start: str, node: Scalar, indent: int) -> Iterator[str]:
    """Yield a scalar behind ``start``, as a block of text if that reads better."""
    line = f"{start} {scalar(node)}"
    is_long = len(line) > WIDTH and " " in node.text
    if isinstance(node.value, str) and (is_long or "\n" in node.text):
        found = block(node.text, len(_STEP) * (indent + 1))
        if found is not None:
            sign, lines = found
            yield f"{start} {sign}"
            yield from (
                f"{_STEP * (indent + 1)}{each}" if each else "" for each in lines
            )
            return
    yield line


def _fits(sign: str, node: Mapping | Sequence, part: Part, indent: int) -> bool:
    """Whether a list or mapping stands in brackets on the line of ``sign``."""
    if not _members(node):
        return True
    if part.opens(node):
        return False
    room = WIDTH - len(_STEP) * indent - len(sign) - 1
    return _is_small(node, room) and len(_flow(node)) <= room


def _is_small(node: Node, room: int) -> bool:
    """Whether the texts in a node alone do not fill a line, and none has several."""
    texts: list[Node] = [node]
    while texts and room >= 0:
        each = texts.pop()
        if isinstance(each, Scalar):
            room -= len(each.text) + 2
        else:
            texts += _members(each)
    return room >= -2


def _members(node: Mapping | Sequence) -> list[Node]:
    if isinstance(node, Sequence):
        return list(node.items)
    return [part for entry in node.entries for part in (entry.key, entry.value)]


def _flow(node: Node) -> str:
    """Return a node in brackets, on one line."""
    if isinstance(node, Scalar):
        return scalar(node, brackets=True)
    if isinstance(node, Sequence):
        return f"[{', '.join(map(_flow, node.items))}]"
    entries = (
        f"{scalar(entry.key, key=True, brackets=True)}: {_flow(entry.value)}"
        for entry in node.entries
    )
    return f"{{{', '.join(entries)}}}"
