"""Where the cache is."""

import os
from collections.abc import Mapping


def cache_folder(environment: Mapping[str, str], part: str) -> str | None:
    """Return the folder of a part of the cache, None if the user has no place for it.

    The cache is what ``GRAPHC_CACHE_DIR`` says, or ``graphc`` in the folder of all
    caches: ``XDG_CACHE_HOME``, which has to be absolute, or else ``~/.cache``.
    """
    own = environment.get("GRAPHC_CACHE_DIR")
    if own:
        return os.path.join(own, part)
    shared = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(shared):
        shared = os.path.expanduser("~/.cache")
    if shared.startswith("~"):  # nobody's home is known
        return None
    return os.path.join(shared, "graphc", part)
