"""From a checked network to the text of its module."""

from collections.abc import Collection

from graphc.diagnostics import Diagnostic, Sink
from graphc.emit.torch import Purpose, emit, emit_rewritten
from graphc.infer import Sized, infer
from graphc.ir import Network
from graphc.passes import optimize
from graphc.record import record


@record
class Built:
    """The text of a module, and where rewriting had to leave something as it was."""

    text: str
    remarks: tuple[Diagnostic, ...] = ()


def build(
    sized: Sized,
    whole: Network | None = None,
    purpose: Purpose = Purpose.TRAINING,
    without: Collection[str] = (),
    always: Collection[str] = (),
) -> Built:
    """Return the module of a network that was checked without errors.

    One for inference is rewritten by all passes but those ``without``; those named in
    ``always`` do not ask whether they pay. It takes the weights of the ``whole``
    network, of which outputs may have been left out.
    """
    if not purpose.for_inference:
        return Built(emit(sized))
    optimized = optimize(sized, without, always)
    trained = sized if whole is None else infer(whole, Sink())
    flags = [f"--no-{name}" for name in without]
    flags += [f"--always-{name}" for name in always]
    text = emit_rewritten(optimized.sized, trained, purpose, flags)
    return Built(text, optimized.remarks)
