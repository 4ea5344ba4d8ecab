"""Sweeps: a game's readings over grids and samples of its parameters."""

from gametheory_eeu.sweeps.api import sweep
from gametheory_eeu.sweeps.bimatrix_games import bimatrix_games
from gametheory_eeu.sweeps.design import Points, points

__all__ = ["Points", "bimatrix_games", "points", "sweep"]
