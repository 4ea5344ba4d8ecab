"""Trust, in the commitment games: what is promised, kept and broken."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import POSITIVE, PROBABILITY, REAL, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import model, symbol

TRUST = Parameter(
    "trust",
    symbol("mu"),
    PROBABILITY,
    "probability that the hegemon is restrained",
    "probability",
    Source("L", "Kydd2005"),
)
OPPORTUNIST_RESTRAINT = Parameter(
    "opportunist_restraint",
    symbol("sigma"),
    sp.Interval.Ropen(0, 1),
    "probability that an opportunist is held to its word",
    "probability",
    model(),
)
MEMBERSHIP_BENEFIT = Parameter(
    "membership_benefit",
    symbol("b"),
    POSITIVE,
    "member's gain while promises are kept",
    "payoff",
    Source("L", "Kreps1990"),
)
ENCROACHMENT_LOSS = Parameter(
    "encroachment_loss",
    symbol("ell"),
    POSITIVE,
    "member's loss when promises are broken",
    "payoff",
    Source("L", "Kreps1990"),
)
OUTSIDE_OPTION = Parameter(
    "outside_option",
    symbol("o"),
    REAL,
    "member's payoff while there is no agreement",
    "payoff",
    model(),
)
HONOUR_PAYOFF = Parameter(
    "honour_payoff",
    symbol("r"),
    REAL,
    "hegemon's payoff from honouring its word",
    "payoff",
    Source("L", "Kreps1990"),
)
TEMPTATION_PAYOFF = Parameter(
    "temptation_payoff",
    symbol("g"),
    REAL,
    "hegemon's payoff from breaking its word",
    "payoff",
    Source("L", "Kreps1990"),
)
PUNISHMENT_PAYOFF = Parameter(
    "punishment_payoff",
    symbol("v"),
    REAL,
    "hegemon's payoff when nobody joins",
    "payoff",
    Source("L", "Kreps1990"),
)
