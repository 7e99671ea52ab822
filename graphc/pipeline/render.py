"""From a checked network to a drawing."""

from graphc.diagnostics import Code, Diagnostic, Severity, numeral
from graphc.draw import (
    Drawing,
    Level,
    OneModule,
    Overview,
    Unrolled,
    draw,
    parts_of_all,
)
from graphc.emit.dot import dot
from graphc.emit.layout import TIMEOUT, Engine, lay_out
from graphc.infer import Sized
from graphc.record import record

_PARTS_A_SECOND = 100
"""Boxes and arrows that Graphviz surely lays out; in nets it is some five times more.

It takes longer for each the more there are, and the more of them cross.
"""

_FEW = 600
"""Boxes and arrows of a drawing that is folded: a page full, and laid out at once."""

_SHARE = 2 / 3
"""The part of the time in which all may be laid out; the rest is for a folded one."""

_MOST_TOLD = 5
_TOO_DEEP = "too many instances, or too many within one another, for one sheet"


@record
class Picture:
    """A drawing in the format that was asked for, and what is to be said of it."""

    data: bytes
    findings: tuple[Diagnostic, ...] = ()


@record
class _Time:
    """How long Graphviz may take, and which of it there is."""

    seconds: float
    engine: Engine


def render(
    sized: Sized,
    level: Level,
    file_type: str,
    engine: Engine = "auto",
    timeout: float = TIMEOUT,
) -> Picture | Diagnostic:
    """Return the drawing of a network, which may have mistakes in its sizes.

    What cannot be laid out within ``timeout`` seconds, by its size or because they are
    over, is folded, and reports GC581. Reports GC402, GC404 and GC405 where it cannot
    be laid out at all; as ``dot`` it needs no layout.
    """
    if file_type == "dot":
        drawing = draw(sized, level)
        return _picture(dot(drawing).encode(), drawing, _TOO_DEEP)
    number = parts_of_all(sized, level)
    most = max(_FEW, int(timeout * _PARTS_A_SECOND))
    parts = f"{numeral(number)} boxes and arrows"
    why = f"too much to lay out in {timeout:g} seconds: {parts}"
    time = _Time(timeout, engine)
    if number <= most:
        share = 1 if number <= _FEW else _SHARE
        picture = _laid_out(draw(sized, level), file_type, time, share)
        if not _ran_out(picture) or number <= _FEW:
            return picture
        why = f"laying all of it out took longer than {timeout * share:g} seconds"
    share = 1 if number > most else 1 - _SHARE
    return _laid_out(draw(sized, level, _FEW), file_type, time, share, why)


def _ran_out(picture: Picture | Diagnostic) -> bool:
    return isinstance(picture, Diagnostic) and picture.code is Code.GC404


def _laid_out(
    drawing: Drawing, file_type: str, time: _Time, share: float, why: str = _TOO_DEEP
) -> Picture | Diagnostic:
    seconds = time.seconds * share
    laid = lay_out(dot(drawing), file_type, engine=time.engine, timeout=seconds)
    return laid if isinstance(laid, Diagnostic) else _picture(laid, drawing, why)


def _picture(data: bytes, drawing: Drawing, why: str) -> Picture:
    """Return a picture; GC581 tells what there was no room for."""
    left_out = drawing.left_out
    if not left_out:
        return Picture(data)
    more = len(left_out) - _MOST_TOLD
    told = [*left_out[:_MOST_TOLD], *([f"and {more:,} more"] if more > 0 else [])]
    folded = Diagnostic(
        Code.GC581,
        "the drawing is folded: it does not show all nodes",
        notes=(why, *(f"folded: {one}" for one in told)),
        help=(
            "draw one module with `--module NAME`, give the layout more time with "
            "`--timeout SECONDS`, or write the graph without a layout with `-T dot`",
        ),
        severity=Severity.WARNING,
    )
    return Picture(data, (folded,))


def level_of(sized: Sized, module: str | None, *, unroll: bool) -> tuple[Level, str]:
    """Return what to draw, and what that adds to the name of the file.

    Raises KeyError if there is no such module.
    """
    if module is not None:
        return OneModule(sized.network.modules[module].name), f"-{module}"
    return (Unrolled(), "-unrolled") if unroll else (Overview(), "")
