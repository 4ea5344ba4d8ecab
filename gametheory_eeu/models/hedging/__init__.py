"""Hedging: a member between two principals that pay for its alignment."""

from gametheory_eeu.models.hedging.model import Hedging

__all__ = ["Hedging"]
