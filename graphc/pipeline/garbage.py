"""Python's search for cycles, put off while one input is worked on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Leave cycles alone for as long as it is open, and then do as was done before.

    What is made of a spec is kept to the end and has few cycles; all else is freed by
    reference counts. Looking for cycles again and again, among ever more objects, takes
    up to half of the time that a large spec needs. One pause may stand in another.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
