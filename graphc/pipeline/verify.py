"""From a checked network to a run of its module."""

from collections.abc import Collection
from importlib import import_module
from importlib.util import find_spec

from graphc.diagnostics import Code, Diagnostic, Sink, counted
from graphc.infer import Sized, infer
from graphc.ir import Network
from graphc.pipeline.purposes import PURPOSES
from graphc.record import record


@record(eq=False)
class Verified:
    """How many sizes were compared with those of a run, and what did not agree.

    ``runs`` tells with what it was run, where there is a choice.
    """

    compared: int
    findings: tuple[Diagnostic, ...]
    runs: str = ""

    @property
    def ok(self) -> bool:
        """Whether the module ran and every size agreed."""
        return not self.findings

    @property
    def summary(self) -> str:
        """What was done: ``277 sizes compared, all as inferred``."""
        unrun = {Code.GC402, Code.GC582}
        if any(finding.code in unrun for finding in self.findings):
            return "nothing was verified"
        result = "all as inferred" if self.ok else f"{len(self.findings)} differ"
        where = f" with {self.runs}" if self.runs else ""
        return f"{counted(self.compared, 'size')} compared{where}, {result}"


def verify(sized: Sized) -> Verified:
    """Run a network's module without data and compare the size on every edge.

    The network must have been checked without errors. Reports GC403 for an edge that
    carries another size, GC402 if torch is not installed, GC582 for too many instances
    to be run.
    """
    missing = _without_torch(sized)
    if missing is not None:
        return Verified(0, (missing,))
    report = import_module("graphc.verify").verify(sized)
    return Verified(report.compared, report.findings(sized.network.file), report.runs)


@record(eq=False)
class Compared:
    """How far a module and that for inference are apart, in words; and what is wrong.

    ``remarks`` tell where rewriting had to leave something as it was.
    """

    summary: str
    findings: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()


def verify_weights(
    sized: Sized,
    whole: Network | None = None,
    purpose: str = PURPOSES[1],
    without: Collection[str] = (),
    always: Collection[str] = (),
) -> Compared:
    """Run the module for inference beside the plain one, on random weights and inputs.

    The network must have been checked without errors; ``whole`` is that before outputs
    were left out, ``without`` and ``always`` are as for ``build``. Reports GC602 if
    they are apart by more than rounding, GC403 if one of them does not run, GC402 if
    torch is not installed, GC582 for too many instances to be run.
    """
    missing = _without_torch(sized)
    if missing is not None:
        return Compared("nothing was verified", (missing,))
    emitting = import_module("graphc.emit.torch")
    optimized = import_module("graphc.passes").optimize(sized, without, always)
    trained = sized if whole is None else infer(whole, Sink())
    verifying = import_module("graphc.verify")
    equality = verifying.compare_rewritten(
        optimized.sized,
        trained,
        emitting.Purpose(purpose),
        [node.name for node in sized.network.model.outputs],
    )
    hindrances = equality.hindrances(sized.network.file)
    if hindrances:
        return Compared("nothing was verified", hindrances, optimized.remarks)
    apart = equality.differences.items()
    told = ", ".join(f"{found:.1e} in {kind}" for kind, found in apart)
    summary = f"largest difference of outputs, in parts of the largest: {told}"
    if equality.unfit:
        summary += f"; values are too large for {', '.join(equality.unfit)}"
    if equality.ok:
        return Compared(summary, (), optimized.remarks)
    bounds = ", ".join(f"{most:g} in {kind}" for kind, most in verifying.BOUNDS.items())
    wrong = Diagnostic(
        Code.GC602,
        f"the module for {purpose} gives other values: they are apart by {told}",
        notes=(f"rounding explains no more than {bounds}",),
        help=("this is a mistake in graphc: please report it with this spec",),
        file=sized.network.file or None,
    )
    return Compared(summary, (wrong,), optimized.remarks)


def _without_torch(sized: Sized) -> Diagnostic | None:
    """Return what is missing to run a module (GC402)."""
    if find_spec("torch") is not None:
        return None
    return Diagnostic(
        Code.GC402,
        "`torch` is not installed, and the module cannot run without it",
        help=("pip install 'graphc[torch]'",),
        file=sized.network.file or None,
    )
