"""Parameters of the bandwagoning contest: powers, weights and costs of actions."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import COUNT, NON_NEGATIVE, POSITIVE, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, model, real_symbol

HEGEMON_POWER = Parameter(
    "hegemon_power",
    real_symbol("P"),
    POSITIVE,
    "the hegemon's power",
    "power",
    Source("L", "Powell1999", "ch. 5"),
)
RIVAL_POWER = Parameter(
    "rival_power",
    real_symbol("R"),
    POSITIVE,
    "backing by rival centres of power",
    "power",
    Source("L", "Fiammenghi2011"),
)
POWER_CEILING = Parameter(
    "power_ceiling",
    real_symbol("P_max"),
    POSITIVE,
    "the most power the hegemon's resources allow",
    "power",
    model(),
)
WEIGHTS = Parameter(
    "weights",
    real_symbol("w"),
    POSITIVE,
    "a member's weight",
    "power",
    Source("L", "Powell1999", "ch. 5"),
    index="member",
)
MEMBER_COUNT = Parameter(
    "member_count",
    sp.Symbol("n", integer=True),
    COUNT,
    "number of members",
    "states",
    model(),
    index="count",
)
JOINING_COST = Parameter(
    "joining_cost",
    real_symbol("tau"),
    SHARE,
    "autonomy given up by bandwagoning",
    "share",
    model(),
)
BASE_JOINING_COST = Parameter(
    "base_joining_cost",
    real_symbol("tau_0"),
    SHARE,
    "autonomy given up by bandwagoning with a hegemon that is trusted",
    "share",
    model(),
)
MISTRUST_COST = Parameter(
    "mistrust_cost",
    real_symbol("ell_p"),
    NON_NEGATIVE,
    "further autonomy given up with one that is not trusted at all",
    "share",
    model(),
)
BALANCING_COST = Parameter(
    "balancing_cost",
    real_symbol("c"),
    SHARE,
    "cost of active balancing",
    "share",
    model(),
)
DOMINATION_LOSS = Parameter(
    "domination_loss",
    real_symbol("lam"),
    sp.Interval.Lopen(0, 1),
    "loss when dominated",
    "share",
    model(),
)
