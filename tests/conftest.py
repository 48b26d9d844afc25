"""What all tests share: how Hypothesis tries things out."""

from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, and no test claims anything of it. What
# fails is told in a form that fails again.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")
