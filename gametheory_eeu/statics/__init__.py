"""How equilibria move: derivatives, signs, regimes, uniqueness, and what proves them."""

from gametheory_eeu.statics.api import comparative_statics, monotone_statics
from gametheory_eeu.statics.at_point import Motion, MotionTable
from gametheory_eeu.statics.boundaries import Boundary
from gametheory_eeu.statics.formulas import implicit
from gametheory_eeu.statics.monotone import MonotoneStatic, MonotoneTable
from gametheory_eeu.statics.recheck import recheck
from gametheory_eeu.statics.regimes import regimes
from gametheory_eeu.statics.row import Branch, ComparativeStatic
from gametheory_eeu.statics.sign_conditions import Turning
from gametheory_eeu.statics.table import StaticsTable
from gametheory_eeu.statics.uniqueness import Uniqueness, prove_unique

__all__ = [
    "Boundary", "Branch", "ComparativeStatic", "MonotoneStatic", "MonotoneTable", "Motion",
    "MotionTable", "StaticsTable", "Turning", "Uniqueness", "comparative_statics", "implicit",
    "monotone_statics", "prove_unique", "recheck", "regimes",
]  # fmt: skip
