"""Participation as a global game: equilibrium selection by vanishing noise."""

from gametheory_eeu.models.global_game.model import GlobalGame

__all__ = ["GlobalGame"]
