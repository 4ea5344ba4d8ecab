"""Hedging: a member between principals that pay for its alignment."""

from gametheory_eeu.models.hedging.model import Hedging
from gametheory_eeu.models.hedging.principals import CommonAgency

__all__ = ["CommonAgency", "Hedging"]
