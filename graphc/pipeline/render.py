"""From a checked network to a drawing."""

from graphc.diagnostics import Code, Diagnostic
from graphc.draw import Level, OneModule, Overview, Unrolled, draw
from graphc.emit.dot import dot
from graphc.emit.layout import Engine, lay_out
from graphc.infer import Sized

MOST_BOXES = 10_000
"""The most boxes of an unrolled drawing."""


def render(
    sized: Sized, level: Level, file_type: str, engine: Engine = "auto"
) -> bytes | Diagnostic:
    """Return the drawing of a network, which may have mistakes in its sizes.

    Reports GC402, GC404 and GC405 where it cannot be laid out; as ``dot`` it needs no
    layout.
    """
    boxes = sized.counts.boxes
    if isinstance(level, Unrolled) and boxes > MOST_BOXES:
        most = f"at most {MOST_BOXES:,} are drawn"
        message = f"unrolled, the drawing has {boxes:,} boxes: {most}"
        remedy = ("draw it without `--unroll`, or one module with `--module NAME`",)
        return Diagnostic(Code.GC405, message, help=remedy, file=sized.network.file)
    text = dot(draw(sized, level))
    if file_type == "dot":
        return text.encode()
    return lay_out(text, file_type, engine=engine)


def level_of(sized: Sized, module: str | None, *, unroll: bool) -> tuple[Level, str]:
    """Return what to draw, and what that adds to the name of the file.

    Raises KeyError if there is no such module.
    """
    if module is not None:
        return OneModule(sized.network.modules[module].name), f"-{module}"
    return (Unrolled(), "-unrolled") if unroll else (Overview(), "")
