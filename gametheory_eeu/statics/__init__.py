"""How equilibria move: derivatives, signs, and what proves them."""

from gametheory_eeu.statics.boundaries import Boundary
from gametheory_eeu.statics.regimes import regimes
from gametheory_eeu.statics.static import Branch, ComparativeStatic
from gametheory_eeu.statics.table import StaticsTable, comparative_statics
from gametheory_eeu.statics.turning import Turning

__all__ = [
    "Boundary", "Branch", "ComparativeStatic", "StaticsTable", "Turning", "comparative_statics",
    "regimes",
]  # fmt: skip
