"""Classic games with their published equilibria, each with its source."""

from gametheory_eeu.classics.catalogue import classic, classic_games
from gametheory_eeu.classics.classic import ClassicGame, PublishedEquilibrium

__all__ = ["ClassicGame", "PublishedEquilibrium", "classic", "classic_games"]
