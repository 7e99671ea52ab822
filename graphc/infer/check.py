"""The sizes of a whole network, and what is wrong with them."""

from collections.abc import Iterator

from graphc.diagnostics import Sink
from graphc.infer.blame import Judgement, judge
from graphc.infer.cells import Clash
from graphc.infer.conditions import conditional
from graphc.infer.findings import finding, warning
from graphc.infer.parameters import faults
from graphc.infer.session import Checking, Conflict, Session
from graphc.infer.shared import differing
from graphc.infer.sized import Sized
from graphc.infer.undetermined import undetermined
from graphc.ir import Network


def infer(network: Network, sink: Sink) -> Sized:
    """Infer the size of every tensor of every instance, and check every annotation.

    After a mistake the solving goes on with what the rest of the spec says in its
    place, so each mistake is reported once and all are reported in one run. What is not
    determined is told only of a spec without other errors so far, since it may follow
    from these. Codes: GC203 to GC209 for arguments, GC301 to GC313 for sizes.
    """
    doubtful = sink.failed
    checking = Checking(network)
    judgement = judge(checking)
    wrong = faults(judgement.before)
    sink.extend(wrong)
    sink.extend(map(finding, judgement.verdicts))
    sink.extend(map(warning, _stretches(judgement)))
    if not doubtful:
        sink.extend(conditional(network, checking.domain, judgement.after))
    if not wrong and not doubtful:
        sink.extend(undetermined(judgement.before))
    sized = Sized(network, judgement)
    if not wrong and not judgement.verdicts:
        sink.extend(differing(sized))
    return sized


def _stretches(judgement: Judgement) -> Iterator[Conflict]:
    """Return the sums that stretch an input, with every annotation and without some.

    What does so only while a mistake is believed, or only since it is not, is no
    mistake of its own.
    """
    before = {clash.step.place for clash in _warnings(judgement.before)}
    for frame in judgement.after.frames:
        for clash in frame.solution.warnings:
            if clash.step.place in before:
                yield Conflict(clash, frame)


def _warnings(session: Session) -> Iterator[Clash]:
    for frame in session.frames:
        yield from frame.solution.warnings
