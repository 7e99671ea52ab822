"""What is drawn for ops over images: shapes, and arguments for each spatial axis."""

from typing import Any

from differential import bound, inferred, op_named
from hypothesis import strategies as st

from graphc.diagnostics import Code as Finding
from graphc.infer import OpResult
from graphc.ir import Call, Code, Form, Index, Infix, Input, Items, Layer, Value, Word
from graphc.lang import Dim, Size

Shape = tuple[int, ...]
Options = dict[str, Any]
"""Arguments by name, to be spread behind the keywords of the harness itself."""

AXES = st.integers(1, 3)
FEW_CHANNELS = st.integers(1, 6)
FLAGS = st.booleans()


def images(
    axes: int,
    channels: st.SearchStrategy[int] = FEW_CHANNELS,
    most: int = 12,
) -> st.SearchStrategy[Shape]:
    """Shapes C*L, C*H*W or C*D*H*W."""
    sizes = st.integers(1, most)
    return st.tuples(channels, *[sizes] * axes)


def spread(axes: int, least: int, most: int) -> st.SearchStrategy[Value]:
    """A number, or one for each axis."""
    numbers = st.integers(least, most)
    return numbers | st.tuples(*[numbers] * axes)


def around(axes: int, least: int, most: int) -> st.SearchStrategy[Value]:
    """Padding: a number, one for each axis, or a pair for each."""
    numbers = st.integers(least, most)
    pairs = st.tuples(numbers, numbers)
    return spread(axes, least, most) | st.tuples(*[pairs] * axes)


def shape(result: OpResult | None) -> tuple[Size, ...]:
    """The one output of an op that can be applied."""
    assert result is not None
    assert not result.problems, result.problems
    (found,) = result.outputs
    assert found is not None
    return found


def problem(result: OpResult | None) -> tuple[Finding, str]:
    """The one thing that is wrong with an op: code and message."""
    assert result is not None
    assert len(result.problems) == 1, result.problems
    return result.problems[0].code, result.problems[0].message


def written(name: str, source: Shape, **given: Value) -> str:
    """The Python of an op on an image."""
    op, result = op_named(name), inferred(name, source, reads=1, **given)
    arguments, made = bound(op, **given), shape(result)
    assert arguments is not None
    sizes = tuple(size for size in made if isinstance(size, int))
    return code(op.torch(Layer(arguments, (source,), (sizes,))))


def code(form: Form) -> str:
    """The Python of an op: what is done before, the layer, and the function if any."""
    parts = (form.before, form.layer, form.function)
    return "; ".join(_text(part) for part in parts if part is not None)


def _text(code: Code) -> str:
    match code:
        case Word(text):
            found = text
        case Input():
            found = "x"
        case Items(items, bracket):
            inner = ", ".join(map(_text, items))
            found = f"[{inner}]" if bracket else f"({inner})"
        case Index(value, places):
            found = f"{_text(value)}[{', '.join(map(_text, places))}]"
        case Infix(operator, operands):
            found = f" {operator} ".join(map(_operand, operands))
        case Call(function, positional, keywords):
            named = [f"{key}={_text(value)}" for key, value in keywords]
            inner = ", ".join([*map(_text, positional), *named])
            found = f"{_text(function)}({inner})"
        case Dim():
            found = str(code)
        case _:
            found = repr(code)
    return found


def _operand(code: Code) -> str:
    text = _text(code)
    loose = isinstance(code, Infix) or (isinstance(code, Dim) and not text.isalnum())
    return f"({text})" if loose else text
