"""What stands under a drawing."""

from collections.abc import Sequence
from textwrap import wrap

from graphc.cost import Cost
from graphc.draw.drawing import Caption
from graphc.draw.words import cut, shortened
from graphc.ir import Network, Reported
from graphc.lang import value_text

_LONGEST = 120


def caption(
    network: Network,
    cost: Cost | None,
    part: str = "",
    left_out: Sequence[str] = (),
) -> Caption:
    """Return model or module, source, cost, and the published results in short.

    ``cost`` is None where instances of the module differ in it. What is ``left_out``
    stands last.
    """
    name = network.model.name
    title = f"{part}, a module of {name}" if part else name
    source = network.meta.source
    told = [*([source] if source else []), *([cost.text] if cost else [])]
    results = [] if part else [_result(one, source) for one in network.meta.reported]
    folded = [f"folded: {', '.join(left_out)}"] if left_out else []
    texts = [" \u00b7 ".join(told), *results, *folded]
    lines = [line for text in texts for line in wrap(text, _LONGEST)]
    return Caption(cut(title), shortened(lines, _LONGEST))


def _result(reported: Reported, source: str | None) -> str:
    """Return a published result, and its source if that is not the model's."""
    told = [
        f"{key} {value_text(value)}"
        for key, value in reported.values
        if not (key == "source" and value == source)
    ]
    return f"reported: {', '.join(told)}"
