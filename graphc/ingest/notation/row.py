"""What has been read of a label, line by line."""

from dataclasses import dataclass, field, replace

from graphc.ingest.notation.drafts import Draft
from graphc.ingest.notation.parts import Part
from graphc.ingest.notation.reading import SizeReading


@dataclass(slots=True)
class Row:
    """What has been read of a label: layers, a size, and what comes in.

    ``fault`` tells what cannot be read; it is empty while all can.
    """

    drafts: list[Draft] = field(default_factory=list)
    size: SizeReading | None = None
    source: SizeReading | None = None
    takes: Part | None = None
    told: list[str] = field(default_factory=list)
    fault: str = ""

    def copy(self) -> "Row":
        """Return a row to go on with, which leaves this one as it is."""
        drafts = [replace(draft, given=list(draft.given)) for draft in self.drafts]
        return replace(self, drafts=drafts, told=list(self.told))
