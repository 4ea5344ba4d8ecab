"""Slow trust, Bayes' rule after encroachments and after quiet."""

from gametheory_eeu.models.trust_recovery.model import TrustRecovery

__all__ = ["TrustRecovery"]
