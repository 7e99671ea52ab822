"""One op on its own: the sizes it gives, or why it cannot be applied."""

from collections.abc import Iterable, Sequence

from graphc.diagnostics import Code
from graphc.infer.cells import Clash, Demand, TensorSlot
from graphc.infer.domain import Domain
from graphc.infer.plan import Apply
from graphc.infer.solution import Known, Shape, whole
from graphc.infer.solve import Solver
from graphc.ir import Arguments, Node, Op, term_of
from graphc.lang import TermText
from graphc.record import record
from graphc.source import Source, Span

_NOWHERE = Span(Source("", ""), 0, 0)


@record
class Problem:
    """Why an op cannot be applied: code, message and help."""

    code: Code
    message: str
    help: str = ""


@record
class OpResult:
    """The shape of each output (None where it is not decided), and what is wrong.

    ``known`` has what is known of each output, dim by dim, and ``inputs`` of each
    input; ``lines`` has the arithmetic, ``demands`` what is asked of symbols.
    """

    outputs: tuple[Shape | None, ...]
    known: tuple[Known, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    lines: tuple[str, ...] = ()
    inputs: tuple[Known, ...] = ()
    demands: tuple[Demand, ...] = ()


def infer_op(
    op: Op,
    arguments: Arguments,
    inputs: Sequence[Known],
    outputs: int | Sequence[Known] = 1,
    domain: Domain | None = None,
) -> OpResult:
    """Apply an op with evaluated arguments to shapes, channels first without batch.

    ``outputs`` is the number of outputs that are read, or what is known of each of them
    already; ``domain`` tells what symbols may be.
    """
    term = term_of(TermText(op.name, _NOWHERE, None, (), _NOWHERE), op)
    node = Node(op.name, (term,), _NOWHERE, _NOWHERE)
    given = [None] * outputs if isinstance(outputs, int) else outputs
    step = Apply(op, term, node, (), ())
    solution = Solver(domain=domain).alone(step, arguments, inputs, given)
    return OpResult(
        tuple(map(whole, solution.outputs)),
        solution.outputs,
        tuple(map(_problem, solution.clashes)),
        tuple(map(_problem, solution.warnings)),
        tuple(_arithmetic(solution.slots[number] for number in solution.plan.outputs)),
        solution.inputs,
        solution.demands,
    )


def _problem(clash: Clash) -> Problem:
    message = clash.message or f"{clash.held} is not {clash.found}"
    return Problem(clash.code or Code.GC302, message, clash.help)


def _arithmetic(slots: Iterable[TensorSlot]) -> dict[str, None]:
    """Return the lines of arithmetic behind tensors, each once."""
    cells = (cell for slot in slots for cell in slot.dims or ())
    reasons = (cell.why for cell in cells if cell.why is not None)
    return dict.fromkeys(why.text() for why in reasons if why.text is not None)
