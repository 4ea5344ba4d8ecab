"""Repeated commitment and binding."""

from gametheory_eeu.models.repeated_commitment.model import RepeatedCommitment

__all__ = ["RepeatedCommitment"]
