"""A generated file, loaded: needs torch."""

import hashlib
import linecache
import sys
from types import ModuleType
from typing import cast

from torch import nn

from graphc.emit.torch.emit import drafts, written
from graphc.infer import Sized


def module(sized: Sized, **parameters: object) -> nn.Module:
    """Return an instance of a network's class, with values for its parameters.

    The network must have been checked without errors.
    """
    classes = drafts(sized)
    loaded = load(written(sized, classes))
    made = getattr(loaded, classes[-1].blueprint.name)(**parameters)
    return cast("nn.Module", made)


def load(source: str, **names: object) -> ModuleType:
    """Return a generated file as a module of Python, with ``names`` put into it.

    It is registered under a name that its text decides, so that its classes can be
    pickled, and tracebacks and ``inspect`` show its lines.
    """
    name = f"graphc_generated_{hashlib.sha256(source.encode()).hexdigest()[:16]}"
    if name in sys.modules and not names:
        return sys.modules[name]
    loaded = ModuleType(name)
    loaded.__file__ = f"<{name}>"
    loaded.__dict__.update(names)
    linecache.cache[loaded.__file__] = (
        len(source),
        None,
        source.splitlines(keepends=True),
        loaded.__file__,
    )
    exec(compile(source, loaded.__file__, "exec"), loaded.__dict__)
    if not names:
        sys.modules[name] = loaded
    return loaded
