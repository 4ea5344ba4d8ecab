"""Parameters of the further mechanisms: binding's delivery, depth, hedging, pressure, elections."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu.core import NON_NEGATIVE, POSITIVE, PROBABILITY, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, model, real_symbol

BINDING_DELIVERY = Parameter(
    "binding_delivery",
    real_symbol("eta"),
    PROBABILITY,
    "share of the benefit that a bound opportunist delivers",
    "share",
    model(),
)
DEPTH_PROTECTION = Parameter(
    "depth_protection",
    real_symbol("zeta"),
    PROBABILITY,
    "share of the loss that binding averts beyond what the treaty binds",
    "share",
    model(),
)
DEPTH_COST = Parameter(
    "depth_cost",
    real_symbol("q"),
    POSITIVE,
    "a member's cost of depth",
    "payoff per depth^2",
    model(),
)
PRECAUTION_COST = Parameter(
    "precaution_cost",
    real_symbol("h"),
    POSITIVE,
    "a member's cost of precaution",
    "payoff",
    model(),
)
HEGEMON_STAKE = Parameter(
    "hegemon_stake",
    real_symbol("V_R"),
    POSITIVE,
    "the hegemon's value of full alignment",
    "payoff",
    Source("L", "BernheimWhinston1986"),
)
RIVAL_STAKE = Parameter(
    "rival_stake",
    real_symbol("V_E"),
    POSITIVE,
    "the rival's value of no alignment",
    "payoff",
    Source("L", "BernheimWhinston1986"),
)
ADJUSTMENT_COST = Parameter(
    "adjustment_cost",
    real_symbol("k"),
    POSITIVE,
    "a member's cost of leaving its natural alignment",
    "payoff",
    model(),
)
NATURAL_ALIGNMENT = Parameter(
    "natural_alignment",
    real_symbol("a_0"),
    PROBABILITY,
    "a member's alignment where nobody pays for it",
    "share",
    model(),
)
TOLERANCE = Parameter(
    "tolerance",
    real_symbol("x_bar"),
    POSITIVE,
    "the most pressure that the public may bear",
    "pressure",
    model(),
)
BELIEVED_TOLERANCE = Parameter(
    "believed_tolerance",
    real_symbol("x_hat_bar"),
    POSITIVE,
    "the public's tolerance as the hegemon and the leader believe it to be",
    "pressure",
    model(),
)
COMPLIANCE_REWARD = Parameter(
    "compliance_reward",
    real_symbol("pi_L"),
    NON_NEGATIVE,
    "the leader's reward for complying",
    "payoff",
    model(),
)
OFFICE_VALUE = Parameter(
    "office_value",
    real_symbol("B_L"),
    POSITIVE,
    "the leader's value of office",
    "payoff",
    model(),
)
OUSTER_LOSS = Parameter(
    "ouster_loss",
    real_symbol("L"),
    NON_NEGATIVE,
    "the leader's loss on being ousted",
    "payoff",
    model(),
)
REWARD_AT_RISK = Parameter(
    "reward_at_risk",
    real_symbol("chi"),
    PROBABILITY,
    "share of the leader's reward that is lost with the office",
    "share",
    model(),
)
MEMORY = Parameter(
    "memory",
    real_symbol("d"),
    SHARE,
    "share of an announcement that voters remember a period later",
    "share",
    Source("L", "Nordhaus1975"),
)
PERIODS_TO_ELECTION = Parameter(
    "periods_to_election",
    sp.Symbol("k", integer=True),
    NON_NEGATIVE,
    "periods until the next election",
    "periods",
    Source("L", "Nordhaus1975"),
)
ELECTORAL_WEIGHT = Parameter(
    "electoral_weight",
    real_symbol("q"),
    PROBABILITY,
    "share of an announcement that is remembered at the election; 0 where none is to come",
    "share",
    Source("L", "Nordhaus1975"),
    default=MEMORY.symbol**PERIODS_TO_ELECTION.symbol,
)
ANNOUNCEMENT_BENEFIT = Parameter(
    "announcement_benefit",
    real_symbol("B"),
    POSITIVE,
    "votes from a remembered announcement",
    "payoff",
    Source("L", "Nordhaus1975"),
)
ANNOUNCEMENT_COST = Parameter(
    "announcement_cost",
    real_symbol("c"),
    POSITIVE,
    "cost of an announcement",
    "payoff",
    Source("L", "Nordhaus1975"),
)
SIGNAL_PRIZE = Parameter(
    "prize",
    real_symbol("K"),
    POSITIVE,
    "what being taken for able is worth",
    "payoff",
    Source("L", "Rogoff1990"),
)
LOW_COST = Parameter(
    "low_cost",
    real_symbol("c_L"),
    POSITIVE,
    "an unable incumbent's cost of a unit of announcement",
    "payoff",
    Source("L", "Rogoff1990"),
)
HIGH_COST = Parameter(
    "high_cost",
    real_symbol("c_H"),
    POSITIVE,
    "an able incumbent's cost of a unit of announcement",
    "payoff",
    Source("L", "Rogoff1990"),
)
PRIOR = Parameter(
    "prior",
    real_symbol("p"),
    SHARE,
    "probability that the incumbent is able",
    "probability",
    Source("L", "Rogoff1990"),
)
