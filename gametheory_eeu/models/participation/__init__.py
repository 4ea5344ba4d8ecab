"""Participation: a threshold game of joining, in its several forms."""

from gametheory_eeu.models.participation import variants  # noqa: F401  # forms it takes
from gametheory_eeu.models.participation.model import Participation

__all__ = ["Participation"]
