"""Reputation of a hegemon, the chain store,."""

from gametheory_eeu.models.reputation.model import Reputation

__all__ = ["Reputation"]
