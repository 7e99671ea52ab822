"""Sizes of inputs, as the command line names them."""

from collections.abc import Iterable

from graphc.diagnostics import Code, Diagnostic, Sink, nearest
from graphc.infer import Sized, known_text
from graphc.lang import Number, parse_shape
from graphc.source import Fragment, Source, Span

Shapes = dict[str, tuple[int, ...]]
_LARGEST = 10**9


def read_inputs(texts: Iterable[str], sink: Sink) -> Shapes:
    """Return the shapes in texts such as ``image=3*512*512``, by the input's name.

    Reports GC116 for what is no shape of numbers.
    """
    found: Shapes = {}
    for text in texts:
        name, equals, size = text.partition("=")
        source = Source("--input", text)
        whole = Span(source, 0, len(text))
        if not equals or not name.strip():
            sink.add(_refused(f"`{text}` names no input and size"))
            continue
        if name.strip() in found:
            remedy = "give each input one size; check another in a call of its own"
            sink.add(_refused(f"`{name.strip()}` is given two sizes", remedy))
            continue
        start = len(name) + 1
        fragment = Fragment(size, Span(source, start, len(text)))
        shape = parse_shape(fragment, sink)
        if shape is None:
            continue
        sizes = [dim.value for dim in shape.dims if isinstance(dim, Number)]
        whole_sizes = tuple(n for n in sizes if isinstance(n, int) and n <= _LARGEST)
        if len(whole_sizes) < len(shape.dims):
            most = f"each dim of a size here is a number, of {_LARGEST:,} at most"
            sink.add(_refused(f"`{whole.text}` is no size in numbers", notes=(most,)))
        else:
            found[name.strip()] = whole_sizes
    return found


def unknown_inputs(sized: Sized, shapes: Shapes, file: str) -> list[Diagnostic]:
    """Return what is wrong with the names and ranks of sizes (GC116)."""
    inputs = {
        node.name: shape
        for node, shape in zip(
            sized.model.module.inputs, sized.model.inputs, strict=True
        )
    }
    found = []
    for name, shape in shapes.items():
        drawn = inputs.get(name)
        if name not in inputs:
            meant = nearest(name, inputs) or ", ".join(inputs)
            message = f"`{file}` has no input `{name}`"
            found.append(_refused(message, f"its inputs: {meant}"))
        elif drawn is not None and len(drawn) != len(shape):
            told = "*".join(map(str, shape))
            message = (
                f"the input `{name}` of `{file}` has {len(drawn)} dims, "
                f"and {told} has {len(shape)}"
            )
            note = f"it is drawn as {known_text(drawn)}"
            found.append(_refused(message, notes=(note,)))
    return found


def _refused(message: str, remedy: str = "", notes: tuple[str, ...] = ()) -> Diagnostic:
    shown = remedy or "write `--input NAME=SIZE`, such as `--input image=3*512*512`"
    return Diagnostic(Code.GC116, message, None, (), notes, (shown,), file="--input")
