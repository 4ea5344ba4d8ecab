"""Reputation: the chain-store game of a hegemon and its members."""

from gametheory_eeu.models.reputation.model import Reputation

__all__ = ["Reputation"]
