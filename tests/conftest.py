"""Hypothesis: the same few examples each time, or many new ones on request."""

import os

from hypothesis import settings

# GAMETHEORY_EEU_HYPOTHESIS=thorough draws new examples, and many, before a release.
settings.register_profile("default", derandomize=True, deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("GAMETHEORY_EEU_HYPOTHESIS", "default"))
