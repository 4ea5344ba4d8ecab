"""Sweeps: a game's readings over grids and samples of its parameters."""

from gametheory_eeu.sweeps.api import sweep
from gametheory_eeu.sweeps.bimatrix_games import bimatrix_games
from gametheory_eeu.sweeps.boxes import Box, BoxPartition, boxes
from gametheory_eeu.sweeps.design import Points, points
from gametheory_eeu.sweeps.probability import Probability, probability
from gametheory_eeu.sweeps.quantiles import quantiles
from gametheory_eeu.sweeps.sensitivity import Sensitivity, SobolIndex, sensitivity

__all__ = [
    "Box",
    "BoxPartition",
    "Points",
    "bimatrix_games",
    "Probability",
    "Sensitivity",
    "SobolIndex",
    "boxes",
    "points",
    "probability",
    "quantiles",
    "sensitivity",
    "sweep",
]
