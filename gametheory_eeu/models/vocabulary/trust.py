"""Parameters of the commitment games: trust, restraint and payoffs."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import POSITIVE, PROBABILITY, REAL, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import model, real_symbol

TRUST = Parameter(
    "trust",
    real_symbol("mu"),
    PROBABILITY,
    "probability that the hegemon is restrained",
    "probability",
    Source("L", "Kydd2005"),
)
OPPORTUNIST_RESTRAINT = Parameter(
    "opportunist_restraint",
    real_symbol("sigma"),
    sp.Interval.Ropen(0, 1),
    "probability that an opportunist is held to its word",
    "probability",
    model(),
)
MEMBERSHIP_BENEFIT = Parameter(
    "membership_benefit",
    real_symbol("b"),
    POSITIVE,
    "member's gain while promises are kept",
    "payoff",
    Source("L", "Kreps1990"),
)
ENCROACHMENT_LOSS = Parameter(
    "encroachment_loss",
    real_symbol("ell"),
    POSITIVE,
    "member's loss when promises are broken",
    "payoff",
    Source("L", "Kreps1990"),
)
OUTSIDE_OPTION = Parameter(
    "outside_option",
    real_symbol("o"),
    REAL,
    "member's payoff while there is no agreement",
    "payoff",
    model(),
)
HONOUR_PAYOFF = Parameter(
    "honour_payoff",
    real_symbol("r"),
    REAL,
    "hegemon's payoff from honouring its word",
    "payoff",
    Source("L", "Kreps1990"),
)
TEMPTATION_PAYOFF = Parameter(
    "temptation_payoff",
    real_symbol("g"),
    REAL,
    "hegemon's payoff from breaking its word",
    "payoff",
    Source("L", "Kreps1990"),
)
PUNISHMENT_PAYOFF = Parameter(
    "punishment_payoff",
    real_symbol("v"),
    REAL,
    "hegemon's payoff when nobody joins",
    "payoff",
    Source("L", "Kreps1990"),
)
