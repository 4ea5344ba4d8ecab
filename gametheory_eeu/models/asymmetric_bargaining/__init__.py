"""Asymmetric bilateral bargaining."""

from gametheory_eeu.models.asymmetric_bargaining.model import AsymmetricBargaining

__all__ = ["AsymmetricBargaining"]
