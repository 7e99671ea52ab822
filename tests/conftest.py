"""Settings of all tests.

Machines are noisy, and speed is never a reason to fail. What a check gives is worked
out in each test: no folder can be in a file, and so there is no cache.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any speed")

os.environ["GRAPHC_CACHE_DIR"] = os.devnull
