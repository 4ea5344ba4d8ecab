"""Parameters of participation: resistance and complementarity."""

from __future__ import annotations

from gametheory_eeu.core import NON_NEGATIVE, REAL, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import real_symbol

RESISTANCE = Parameter(
    "resistance",
    real_symbol("theta"),
    REAL,
    "a member's resistance to joining",
    "power",
    Source("L", "Granovetter1978"),
    index="member",
)
COMPLEMENTARITY = Parameter(
    "complementarity",
    real_symbol("beta"),
    NON_NEGATIVE,
    "gain to a member from the others' joining",
    "power",
    Source("L", "Schelling1978"),
)
