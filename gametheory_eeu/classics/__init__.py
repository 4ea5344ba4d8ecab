"""Classic games with their published equilibria, each with its source."""

from gametheory_eeu.classics.catalogue import (
    ClassicGame,
    PublishedEquilibrium,
    classic,
    classic_games,
)

__all__ = ["ClassicGame", "PublishedEquilibrium", "classic", "classic_games"]
