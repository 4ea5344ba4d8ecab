"""Credible commitment: the one-shot trust game."""

from gametheory_eeu.models.credible_commitment.model import CredibleCommitment

__all__ = ["CredibleCommitment"]
