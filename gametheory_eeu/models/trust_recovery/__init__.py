"""Trust recovery: Bayesian updating after violations and quiet periods."""

from gametheory_eeu.models.trust_recovery.model import TrustRecovery

__all__ = ["TrustRecovery"]
