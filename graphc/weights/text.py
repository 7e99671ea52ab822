"""A comparison in words, and as JSON."""

import json
from collections.abc import Iterator, Sequence

from graphc.diagnostics import counted
from graphc.lang import Size
from graphc.weights.checkpoint import Checkpoint, Shape
from graphc.weights.compare import Comparison, Pair

_MOST = 20


def as_text(found: Comparison, checkpoint: Checkpoint, spec: str) -> str:
    """Return a comparison for a reader: what matches as a count, all else by name."""
    total = len(checkpoint.tensors)
    lines = [f"{spec} and {checkpoint.file}, {counted(total, 'tensor')}"]
    lines += [f"  note: {note}" for note in notes(found, checkpoint)]
    lines += _group("match", len(found.matched), ())
    lines += _group("missing", len(found.missing), map(_missing, found.missing))
    left = found.left_over.items()
    lines += _group("left over", len(left), (f"{k}: {_shape(s)}" for k, s in left))
    lines += _group("differ", len(found.differ), map(_differs, found.differ))
    lines.append("a strict load works" if found.loads else "a strict load fails")
    return "\n".join(lines) + "\n"


def as_json(found: Comparison, checkpoint: Checkpoint, spec: str) -> str:
    """Return a comparison for a program, with every key."""
    groups = {
        "matched": found.matched,
        "missing": found.missing,
        "differ": found.differ,
        "implied": found.implied,
    }
    table: dict[str, object] = {
        "spec": spec,
        "checkpoint": checkpoint.file,
        "loads": found.loads,
        "renamed": found.renamed,
        "notes": list(notes(found, checkpoint)),
    }
    table |= {name: list(map(_entry, pairs)) for name, pairs in groups.items()}
    table["left_over"] = [{"key": k, "found": s} for k, s in found.left_over.items()]
    table["unused"] = list(found.unused)
    return json.dumps(table, indent=2) + "\n"


def notes(found: Comparison, checkpoint: Checkpoint) -> Iterator[str]:
    """Return what a reader should know of how a file was read and compared."""
    yield from file_notes(checkpoint)
    if found.renamed:
        yield "the keys are those of the spec's `checkpoint`"
    if found.implied:
        number = counted(len(found.implied), "count")
        yield f"{number} of batches are not in the file; torch begins at 0"
    if found.unused:
        yield f"{counted(len(found.unused), 'key')} of no use, as the spec says"


def file_notes(checkpoint: Checkpoint) -> Iterator[str]:
    """Return what a reader should know of where a file has its tensors."""
    if checkpoint.path:
        at = "".join(f'["{key}"]' for key in checkpoint.path)
        yield f"the tensors are those of `{at}` in the file"
    if checkpoint.beside:
        others = ", ".join(f"`{path}`" for path in checkpoint.beside[:_MOST])
        yield f"the file has more tensors, at {others}"
    if checkpoint.wrapper:
        prefix = checkpoint.wrapper
        yield f"all keys begin with `{prefix}`: `--strip {prefix}` compares without it"


def _group(title: str, number: int, items: Sequence[str] | Iterator[str]) -> list[str]:
    lines = [f"    {item}" for item in items]
    rest = len(lines) - _MOST
    if rest > 0:
        lines[_MOST:] = [f"    ... and {rest} more: `--format json` has them all"]
    return [f"  {title:9} {number:5}", *lines]


def _missing(pair: Pair) -> str:
    return f"{_names(pair)}: {_shape(pair.shape)}"


def _differs(pair: Pair) -> str:
    found = _shape(pair.found)
    return f"{_names(pair)}: {_shape(pair.shape)} in the model, {found} in the file"


def _names(pair: Pair) -> str:
    return pair.key if pair.key == pair.given else f"{pair.key} ({pair.given})"


def _shape(shape: tuple[Size, ...] | Shape | None) -> str:
    if shape is None:
        return "no tensor"
    return "*".join(map(str, shape)) or "a number"


def _entry(pair: Pair) -> dict[str, object]:
    sizes = [size if isinstance(size, int) else str(size) for size in pair.shape]
    return {"key": pair.key, "given": pair.given, "shape": sizes, "found": pair.found}
