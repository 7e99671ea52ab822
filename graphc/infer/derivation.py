"""How a size came about: the arithmetic behind it, or the text that states it."""

from graphc.infer.cells import Reason, SizeCell
from graphc.infer.justify import inside, outside
from graphc.infer.plan import Apply
from graphc.infer.session import Frame
from graphc.infer.solution import Known
from graphc.infer.written import Written
from graphc.record import record

_LONGEST = 10_000


@record(eq=False)
class Origin:
    """Where a size was born: an op that computed it, or a size that states it."""

    frame: Frame
    reason: Reason

    @property
    def written(self) -> Written | None:
        """The annotation that states the size."""
        step = self.reason.step
        return step if isinstance(step, Written) else None

    @property
    def line(self) -> str:
        """The arithmetic: ``conv4: Conv k=3 on 64*9*9: (9 + 2*0 - 3)//1 + 1 = 7``."""
        step, text = self.reason.step, self.reason.text
        if not isinstance(step, Apply) or text is None:
            return ""
        shapes = self.frame.solution.at(step.inputs)
        taken = ", ".join(map(known_text, shapes))
        return f"{step.node.name}: {step.term.text} on {taken}: {text()}"


def origin(frame: Frame, cell: SizeCell) -> Origin | None:
    """Return where a size was born, past everything that merely hands it on.

    None if that is no step: what comes into a module has none there.
    """
    if cell.why is None:
        return None
    reason = cell.why
    for _ in range(_LONGEST):
        if reason.text is not None or isinstance(reason.step, Written):
            break
        further = _further(frame, reason)
        if further is None:
            break
        frame, reason = further
    return None if reason.step is None else Origin(frame, reason)


def _further(frame: Frame, reason: Reason) -> tuple[Frame, Reason] | None:
    if reason.inside is not None:
        return inside(frame, reason)
    if reason.boundary is not None:
        return next(iter(outside(frame, reason)), None)
    sources = [cell.why for cell in reason.sources if cell.why is not None]
    if sources:
        return frame, sources[0]
    return None if reason.previous is None else (frame, reason.previous)


def known_text(shape: Known) -> str:
    """Return what is known of a shape: ``64*_*9``, or ``?`` without a rank."""
    if shape is None:
        return "?"
    return "*".join(map(dim_text, shape)) or "1"


def dim_text(size: object) -> str:
    """Return a size as the notation has it, ``_`` where it is not known."""
    if isinstance(size, tuple) or size is None:
        return "_"
    text = str(size)
    return text if text.isidentifier() or text.isdigit() else f"({text})"
