"""Parameters of the global games: cost, prior and signals."""

from __future__ import annotations

from gametheory_eeu.core import NON_NEGATIVE, POSITIVE, REAL, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, real_symbol

ATTACK_COST = Parameter(
    "attack_cost",
    real_symbol("c"),
    SHARE,
    "cost of attacking a regime whose fall is worth 1",
    "payoff",
    Source("L", "AngeletosHellwigPavan2007"),
)
PRIOR_MEAN = Parameter(
    "prior_mean",
    real_symbol("z"),
    REAL,
    "mean of the common prior about the strength of the regime",
    "strength",
    Source("L", "AngeletosHellwigPavan2007"),
)
PRIOR_PRECISION = Parameter(
    "prior_precision",
    real_symbol("a"),
    NON_NEGATIVE,
    "precision of the common prior; 0 is the flat prior",
    "1/strength^2",
    Source("L", "AngeletosHellwigPavan2007"),
)
SIGNAL_PRECISION = Parameter(
    "signal_precision",
    real_symbol("s"),
    POSITIVE,
    "precision of the private signals",
    "1/strength^2",
    Source("L", "AngeletosHellwigPavan2007"),
)
