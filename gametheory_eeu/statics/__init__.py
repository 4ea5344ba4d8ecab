"""Comparative statics: derivatives and their signs, regimes, uniqueness, with proofs."""

from gametheory_eeu.statics.api import comparative_statics, monotone_statics
from gametheory_eeu.statics.conditions import SignCondition
from gametheory_eeu.statics.curve import Curve, CurveLine, curve
from gametheory_eeu.statics.formulas import implicit
from gametheory_eeu.statics.interior import (
    InteriorStatic,
    InteriorStatics,
    interior_statics,
)
from gametheory_eeu.statics.recheck import LocalEffect, LocalEffectTable, recheck
from gametheory_eeu.statics.regimes import regimes
from gametheory_eeu.statics.row import Boundary, ComparativeStatic, StaticsBranch
from gametheory_eeu.statics.table import MonotoneStatic, MonotoneTable, StaticsTable
from gametheory_eeu.statics.uniqueness import Uniqueness, prove_unique

__all__ = [
    "Boundary",
    "ComparativeStatic",
    "Curve",
    "CurveLine",
    "InteriorStatic",
    "InteriorStatics",
    "LocalEffect",
    "LocalEffectTable",
    "MonotoneStatic",
    "MonotoneTable",
    "SignCondition",
    "StaticsBranch",
    "StaticsTable",
    "Uniqueness",
    "comparative_statics",
    "curve",
    "implicit",
    "interior_statics",
    "monotone_statics",
    "prove_unique",
    "recheck",
    "regimes",
]
