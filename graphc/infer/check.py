"""The sizes of a whole network, and what is wrong with them."""

from graphc.diagnostics import Sink
from graphc.infer.blame import judge
from graphc.infer.findings import finding, warning
from graphc.infer.session import Checking, Conflict
from graphc.infer.sized import Sized
from graphc.infer.undetermined import undetermined
from graphc.ir import Network


def infer(network: Network, sink: Sink) -> Sized:
    """Infer the size of every tensor of every instance, and check every annotation.

    After a mistake the solving goes on with what the rest of the spec says in its
    place, so each mistake is reported once and all are reported in one run. Codes:
    GC203 to GC209 for arguments, GC301 to GC309 for sizes.
    """
    judgement = judge(Checking(network))
    faults = [
        fault.diagnostic()
        for frame in judgement.before.frames
        for fault in frame.solution.faults
    ]
    sink.extend(faults)
    sink.extend(map(finding, judgement.verdicts))
    for frame in judgement.after.frames:
        for clash in frame.solution.warnings:
            sink.add(warning(Conflict(clash, frame)))
    if not faults:
        sink.extend(undetermined(judgement.before))
    return Sized(network, judgement)
