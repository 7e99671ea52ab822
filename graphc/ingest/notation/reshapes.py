"""Labels that tell a new shape as people do: ``Reshape to 64x7x7``."""

import re

from graphc.ingest.notation.parts import Part, join
from graphc.ingest.notation.reading import LabelReading
from graphc.ingest.notation.remarks import is_idle
from graphc.ingest.notation.size import find_size, read_size
from graphc.ingest.notation.words import tokens_of
from graphc.source import Fragment

_RESHAPE = re.compile(
    r"(?:reshape|view)(?:\s+(?:in)?to\b|\s*(?::|->|\u2192))", re.IGNORECASE
)
_SIZE = re.compile(
    r"\s*(?:tensor\s*)?[<(\[]?[0-9][0-9\s,x\u00d7*]*[>)\]]?", re.IGNORECASE
)
_MAPS = re.compile(r"\s*(?:feature\s+)?maps\s*", re.IGNORECASE)


def read_reshape(label: Fragment) -> LabelReading | None:
    """Return the Reshape that a label tells with a size, None if it is none.

    The size is the new one without the batch; idle words may stand behind it.
    """
    head = _RESHAPE.match(label.text)
    size = _SIZE.match(label.text, head.end()) if head else None
    if head is None or size is None:
        return None
    rest = label.text[size.end() :]
    if not _MAPS.fullmatch(rest) and not is_idle(tokens_of(rest, 0, len(rest))):
        return None
    told = label.cut(size.start(), size.end())
    found = read_size(told) or find_size(told)
    dims = [] if found is None else found.fragment.text.split("*")
    if not dims or not all(map(str.isdigit, dims)):
        return None
    name = Part("Reshape", 0, head.end())
    shape = Part(f"[{', '.join(dims)}]", size.start(), size.end())
    return LabelReading(join(label, [name, shape], " "), sure=True)
