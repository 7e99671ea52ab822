"""Text that Mermaid and HTML show as it is."""

import re

_MARKED = re.compile(r'["#&;<>`\\]|[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029]|%(?=%)')
_NAMED = {'"': "quot", "&": "amp", "<": "lt", ">": "gt"}


def entities(text: str) -> str:
    r"""Return a text with all that has a meaning in a label as Mermaid's entities.

    A backslash is one of these, as Mermaid takes ``\n`` for the end of a line, and the
    first of two per cent signs, which may begin a directive.
    """
    return _MARKED.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    character = found[0]
    return f"#{_NAMED.get(character, ord(character))};"
