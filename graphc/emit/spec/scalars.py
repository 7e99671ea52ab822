"""A scalar on one line: as it is, or in quotes."""

import re

from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from graphc.reading import Scalar, ambiguity, plain_value

_RESOLVER = Resolver()
_TEXT = "tag:yaml.org,2002:str"
_NOT_PLAIN = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]|\.\.\.|.*(?: #|: )|.*[: ]\Z|\s")
_NOT_IN_BRACKETS = re.compile(r"[,\[\]{}:?]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(node: Scalar, *, key: bool = False, brackets: bool = False) -> str:
    """Return a scalar on one line, which is read as the same value again.

    A number, a truth value or nothing stands as it was written (nothing as ``~`` where
    it was left out), as does a value that readers of YAML 1.1 take for another one, so
    that it is refused as before. ``brackets`` tells that it stands in a flow list or
    mapping.
    """
    is_text = isinstance(node.value, str)
    if not is_text or (not key and node.plain and ambiguity(node)):
        return node.text or ("" if is_text else "~")
    return text(node.text, brackets=brackets)


def text(written: str, *, brackets: bool = False) -> str:
    """Return a text on one line: plain where every YAML reads it as that text.

    Otherwise it stands in double quotes, or in single ones where it has double quotes
    in it and nothing that only double quotes could hold.
    """
    if is_plain(written) and not (brackets and _NOT_IN_BRACKETS.search(written)):
        return written
    if '"' in written and "'" not in written and written.isprintable():
        return f"'{written}'"
    return f'"{"".join(map(_escaped, written))}"'


def is_plain(written: str) -> bool:
    """Whether a text needs no quotes on a line of its own, in YAML 1.1 and 1.2."""
    if not written or not written.isprintable() or _NOT_PLAIN.match(written):
        return False
    if plain_value(written) != written:
        return False
    # PyYAML's types say nothing of what its resolver takes and gives.
    tag = _RESOLVER.resolve(ScalarNode, written, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == _TEXT)


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
