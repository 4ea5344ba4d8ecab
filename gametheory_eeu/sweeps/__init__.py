"""Sweeps: a game's readings over grids and samples of its parameters."""

from gametheory_eeu.sweeps.api import sweep
from gametheory_eeu.sweeps.design import Points, points

__all__ = ["Points", "points", "sweep"]
