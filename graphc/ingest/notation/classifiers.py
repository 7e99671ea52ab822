"""The widths of classifiers, whose Linear is often left undrawn."""

from dataclasses import replace

from graphc.ingest.notation.arguments import Found, Tokens, argument_at
from graphc.ingest.notation.drafts import Draft, Given
from graphc.ingest.notation.lexicon import called
from graphc.ingest.notation.parts import Part
from graphc.ops import find
from graphc.record import record

_OF_CLASSES = frozenset(("Softmax", "Linear Softmax", "Linear"))


@record
class Ways:
    """The ``count`` tokens of ``10-way``: a width, and the Linear if none is named."""

    count: int
    width: Given
    linear: Draft | None


def ways(tokens: Tokens, at: int) -> Ways | None:
    """Return what ``10-way`` says before the name of a classifier."""
    behind = at + 1
    if behind < len(tokens) and tokens[behind].is_sign("-"):
        behind += 1
    if behind >= len(tokens) or tokens[behind].text.lower() != "way":
        return None
    number, name, linear = tokens[at], called(tokens, behind + 1), find("Linear")
    if not number.text.isdecimal() or name is None or name.label not in _OF_CLASSES:
        return None
    width = Given("out_features", Part(number.text, number.start, number.end))
    undrawn = None
    if name.label == "Softmax" and linear is not None:
        undrawn = Draft(Part(linear.name, number.start, number.start), linear)
    return Ways(behind + 1 - at, width, undrawn)


def classes(tokens: Tokens, at: int, close: int | None, draft: Draft) -> Found | None:
    """Return the width behind ``softmax classifier``: ``10``, or ``(10 classes)``.

    ``close`` is the bracket that closes the one at the token, if it is one.
    """
    if close is None:
        return argument_at(tokens, at, draft)
    found = argument_at(tokens[:close], at + 1, draft)
    if found is None or at + 1 + found.count != close:
        return None
    return replace(found, count=found.count + 2)
