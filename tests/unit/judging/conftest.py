"""Hypothesis without deadlines: the machine that runs the tests is shared."""

from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
