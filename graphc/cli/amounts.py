"""How much is put right, in words."""

from graphc.diagnostics import counted


def amounts(sizes: int, others: int) -> str:
    """Return how many sizes and other mistakes: ``2 sizes and 1 other mistake``."""
    if not others:
        return counted(sizes, "size")
    noun = "other mistake" if sizes else "mistake"
    told = counted(others, noun)
    return f"{counted(sizes, 'size')} and {told}" if sizes else told
