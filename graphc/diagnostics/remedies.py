"""What a remedy writes, in the language of the place that it is for."""

from graphc.source import Language, Span

_ENTITIES = str.maketrans({"#": "#35;", '"': "#quot;"})


def in_mermaid(place: Span) -> bool:
    """Return whether the text around a place is a drawing in Mermaid, and no YAML."""
    return place.source.language is Language.MERMAID


def node_text(place: Span, name: str, label: str) -> str:
    """Return a node as it is written: ``image: Input``, ``image["Input"]``."""
    if in_mermaid(place):
        return f'{name}["{label.translate(_ENTITIES)}"]'
    return f"{name}: {label}"


def edge_text(
    place: Span, source: str, target: str, size: str = "", port: str = ""
) -> str:
    """Return an edge as it is written, with a size or without.

    In YAML ``- a -> b: 3*9*9``; in Mermaid ``a -->|"3*9*9"| b``. ``port`` is the output
    that is meant: ``- a.0 -> b`` and ``a -->|".0"| b``.
    """
    if not in_mermaid(place):
        begin = f"{source}.{port}" if port else source
        return f"- {begin} -> {target}{f': {size}' if size else ''}"
    said = ": ".join(told for told in (port and f".{port}", size) if told)
    arrow = f'-->|"{said.translate(_ENTITIES)}"|' if said else "-->"
    return f"{source} {arrow} {target}"


def entry_text(place: Span, key: str, value: str) -> str:
    """Return an entry of a spec as it is written: ``where: [H >= 8]``.

    In Mermaid it is a comment: ``%% graphc: where: [H >= 8]``.
    """
    return f"{'%% graphc: ' if in_mermaid(place) else ''}{key}: {value}"
