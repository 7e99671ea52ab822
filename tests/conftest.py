"""Settings of all tests: machines are noisy, and speed is never a reason to fail."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any speed")
