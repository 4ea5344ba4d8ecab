"""Regime change: a global game of attack."""

from gametheory_eeu.models.regime_change.model import RegimeChange

__all__ = ["RegimeChange"]
