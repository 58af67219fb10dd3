"""Settings of the property tests."""

from hypothesis import settings

# No example has a time limit: a slow machine must not make a test fail.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
