"""Voting bodies: power counted over orders and over coalitions."""

from gametheory_eeu.models.voting_body.model import VotingBody

__all__ = ["VotingBody"]
