"""Classic games with their published equilibria, each with its source."""

from gametheory_eeu.classics.catalogue import classic, classic_games
from gametheory_eeu.classics.classic import Classic, Known

__all__ = ["Classic", "Known", "classic", "classic_games"]
