"""What was worked out once: kept in the user's cache folder, and safe to delete.

It imports little: what is found here is to cost next to nothing.
"""

from graphc.cache.fingerprint import fingerprint
from graphc.cache.folder import cache_folder
from graphc.cache.store import JSON, Store, content, digest

__all__ = ["JSON", "Store", "cache_folder", "content", "digest", "fingerprint"]
