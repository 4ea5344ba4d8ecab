"""Parameters of the bargaining games: gains, costs, urgencies and weights."""

from __future__ import annotations

from gametheory_eeu.core import NON_NEGATIVE, POSITIVE, PROBABILITY, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, model, real_symbol

BINDING = Parameter(
    "binding",
    real_symbol("alpha"),
    PROBABILITY,
    "depth of real multilateral binding",
    "share",
    model(),
)
CONTROL_COST = Parameter(
    "control_cost",
    real_symbol("kappa"),
    POSITIVE,
    "control the hegemon gives up under full binding",
    "payoff",
    model(),
)
MEMBER_VALUE = Parameter(
    "member_value",
    real_symbol("V"),
    NON_NEGATIVE,
    "hegemon's material value of the member",
    "payoff",
    model(),
)
EXIT_LOSS = Parameter(
    "exit_loss",
    real_symbol("D"),
    NON_NEGATIVE,
    "hegemon's audience loss if the deal fails",
    "payoff",
    model(),
)
HEGEMON_URGENCY = Parameter(
    "hegemon_urgency",
    real_symbol("rho_H"),
    POSITIVE,
    "hegemon's discount rate: larger is more hurry",
    "per period",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
MEMBER_URGENCY = Parameter(
    "member_urgency",
    real_symbol("rho_i"),
    POSITIVE,
    "member's discount rate: larger is more hurry",
    "per period",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
BARGAINING_WEIGHT = Parameter(
    "bargaining_weight",
    real_symbol("gamma"),
    SHARE,
    "member's bargaining weight",
    "share",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
    default=HEGEMON_URGENCY.symbol / (HEGEMON_URGENCY.symbol + MEMBER_URGENCY.symbol),
)
PRESTIGE = Parameter(
    "prestige",
    real_symbol("Z"),
    NON_NEGATIVE,
    "prestige of a complete union",
    "payoff",
    model(),
)
