"""How equilibria move: derivatives, signs, and what proves them."""

from gametheory_eeu.statics.regimes import regimes
from gametheory_eeu.statics.table import ComparativeStatic, StaticsTable, comparative_statics

__all__ = ["ComparativeStatic", "StaticsTable", "comparative_statics", "regimes"]
