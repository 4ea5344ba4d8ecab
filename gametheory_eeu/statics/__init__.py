"""How equilibria move: derivatives, signs, regimes, uniqueness, and what proves them."""

from gametheory_eeu.statics.boundaries import Boundary
from gametheory_eeu.statics.regimes import regimes
from gametheory_eeu.statics.static import Branch, ComparativeStatic
from gametheory_eeu.statics.table import StaticsTable, comparative_statics
from gametheory_eeu.statics.turning import Turning
from gametheory_eeu.statics.uniqueness import Uniqueness, prove_unique

__all__ = [
    "Boundary", "Branch", "ComparativeStatic", "StaticsTable", "Turning", "Uniqueness",
    "comparative_statics", "prove_unique", "regimes",
]  # fmt: skip
