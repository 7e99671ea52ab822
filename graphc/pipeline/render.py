"""From a checked network to a drawing."""

from graphc.diagnostics import Diagnostic
from graphc.draw import Level, OneModule, Overview, Unrolled, draw
from graphc.emit.dot import dot
from graphc.emit.layout import Engine, lay_out
from graphc.infer import Sized


def render(
    sized: Sized, level: Level, file_type: str, engine: Engine = "auto"
) -> bytes | Diagnostic:
    """Return the drawing of a network, which may have mistakes in its sizes.

    Reports GC402, GC404 and GC405 where it cannot be laid out; as ``dot`` it needs no
    layout.
    """
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
