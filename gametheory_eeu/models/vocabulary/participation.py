"""Participation: resistance to joining, and what the others' joining is worth."""

from __future__ import annotations

from gametheory_eeu.core import NON_NEGATIVE, REAL, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import symbol

RESISTANCE = Parameter(
    "resistance",
    symbol("theta"),
    REAL,
    "a member's resistance to joining",
    "power",
    Source("L", "Granovetter1978"),
    index="member",
)
COMPLEMENTARITY = Parameter(
    "complementarity",
    symbol("beta"),
    NON_NEGATIVE,
    "gain to a member from the others' joining",
    "power",
    Source("L", "Schelling1978"),
)
