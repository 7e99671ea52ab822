"""What stands right before and behind the name of an op, as programs name layers."""

import re

from graphc.ingest.notation.arguments import Found, Tokens
from graphc.ingest.notation.drafts import Draft, Given
from graphc.ingest.notation.parts import Part

_NAMESPACE = re.compile(
    r"(?:torch\.nn\.functional|torch\.nn|torch|nn\.functional|nn|F"
    r"|tf\.keras\.layers|keras\.layers|layers)\.(?=\w)"
)


def behind_namespace(text: str, tokens: Tokens, at: int) -> int:
    """Return the token behind the namespace at a token: behind ``torch.nn.``."""
    namespace = _NAMESPACE.match(text, tokens[at].start, tokens[-1].end)
    while namespace and at < len(tokens) and tokens[at].start < namespace.end():
        at += 1
    return at


def dashed(tokens: Tokens, at: int, draft: Draft) -> Found | None:
    """Return the kernel and channels of ``conv3-64``, read from behind ``conv``.

    That notation is that of Simonyan and Zisserman, arXiv:1409.1556.
    """
    if len(tokens) < at + 3 or not draft.takes_argument("kernel_size"):
        return None
    number, dash, channels = tokens[at : at + 3]
    digits = number.text.isdigit() and channels.text.isdigit()
    if not (number.glued and digits and dash.is_sign("-") and channels.glued):
        return None
    kernel = Part(number.text, number.start, number.end)
    out = Part(channels.text, channels.start, channels.end)
    return Found(3, (Given("out_channels", out), Given("kernel_size", kernel)))
