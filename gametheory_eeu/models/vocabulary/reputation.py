"""Parameters of reputation and of trust recovery."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, model, real_symbol

# Reputation (the chain store).
DETERRENCE_PAYOFF = Parameter(
    "deterrence_payoff",
    real_symbol("a"),
    sp.Interval.open(1, sp.oo),
    "weak hegemon's payoff from a member that does not defy it",
    "payoff",
    Source("L", "KrepsWilson1982"),
)
ENTRY_PAYOFF = Parameter(
    "entry_payoff",
    real_symbol("b"),
    SHARE,
    "member's payoff from defying a hegemon that gives way",
    "payoff",
    Source("L", "KrepsWilson1982"),
)
TOUGHNESS = Parameter(
    "toughness",
    real_symbol("p"),
    SHARE,
    "probability that the hegemon is tough",
    "probability",
    Source("L", "KrepsWilson1982"),
)

# Slow trust.
RESTRAINED_VIOLATION_RATE = Parameter(
    "restrained_violation_rate",
    real_symbol("eps"),
    SHARE,
    "probability per period that a restrained hegemon is seen to encroach",
    "per period",
    model(),
)
OPPORTUNIST_VIOLATION_RATE = Parameter(
    "opportunist_violation_rate",
    real_symbol("phi"),
    SHARE,
    "probability per period that an opportunist is seen to encroach",
    "per period",
    model(),
)
REFORM_RATE = Parameter(
    "reform_rate",
    real_symbol("rho"),
    SHARE,
    "probability per period that an opportunist reforms unseen",
    "per period",
    model(),
)
TARGET_TRUST = Parameter(
    "target_trust",
    real_symbol("mu_T"),
    SHARE,
    "trust to be reached, for example the trust above which a member joins",
    "probability",
    model(),
)
