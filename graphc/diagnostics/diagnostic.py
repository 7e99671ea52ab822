"""A finding as data: what is wrong, where, why, and what to do about it."""

from enum import Enum

from graphc.diagnostics.codes import Code
from graphc.record import record
from graphc.source import Span


class Severity(Enum):
    """How much a finding weighs: only an error makes a command exit with 1.

    A note tells what was decided where the text leaves something unsaid.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@record
class Place:
    """A stretch of text and what is to be said about it, in a few words or none."""

    span: Span
    message: str = ""


@record
class Edit:
    """A change of a text: exactly the characters of ``span`` become ``text``.

    An insertion has an empty span.
    """

    span: Span
    text: str


@record
class Diagnostic:
    """One mistake.

    ``message`` is the headline: it stands alone, in lower case, without a full stop,
    with names in backticks. ``place`` is where the user would edit, or None where no
    text is to blame (then ``file`` names the file). ``related`` are the other places
    of the conflict, ``notes`` tell how the belief came about, ``help`` what to do.
    ``fixes`` put it right without a doubt, all of them together; they may stand in
    several files, and do not overlap.
    """

    code: Code
    message: str
    place: Place | None = None
    related: tuple[Place, ...] = ()
    notes: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    file: str | None = None
    fixes: tuple[Edit, ...] = ()
