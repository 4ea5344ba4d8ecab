"""Participation: resistance to joining, and what the others' joining is worth."""

from __future__ import annotations

from gametheory_eeu.games.vocabulary.rows import symbol
from gametheory_eeu.space import NON_NEGATIVE, REAL, Parameter, Source

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
