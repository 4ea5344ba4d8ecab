"""Repeated play and shifting power: what comes later, and what it is worth now."""

from __future__ import annotations

from gametheory_eeu.core import NON_NEGATIVE, POSITIVE, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, model, symbol

DISCOUNT_FACTOR = Parameter(
    "discount_factor",
    symbol("delta"),
    SHARE,
    "what a payoff of the next period is worth now",
    "share",
    Source("L", "Friedman1971"),
)
BINDING_COST = Parameter(
    "binding_cost",
    symbol("d"),
    NON_NEGATIVE,
    "hegemon's cost of binding while it honours its word",
    "payoff",
    model(),
)
BINDING_BITE = Parameter(
    "binding_bite",
    symbol("k_b"),
    POSITIVE,
    "what binding takes off the temptation",
    "payoff",
    model(),
)
HEGEMON_STRENGTH = Parameter(
    "hegemon_strength",
    symbol("p"),
    SHARE,
    "share of the pie the hegemon has after a breakdown today",
    "share",
    Source("L", "Powell2006"),
)
BREAKDOWN_COST = Parameter(
    "breakdown_cost",
    symbol("c_b"),
    SHARE,
    "share of the pie a breakdown destroys",
    "share",
    Source("L", "Powell2006"),
)
INTEGRATION_DEPTH = Parameter(
    "integration_depth",
    symbol("y"),
    NON_NEGATIVE,
    "depth of the integration agreed on",
    "depth",
    model(),
)
LOCK_IN = Parameter(
    "lock_in",
    symbol("xi"),
    POSITIVE,
    "what a unit of depth adds to the hegemon's strength tomorrow",
    "share per depth",
    model(),
)
POWER_SHIFT = Parameter(
    "power_shift",
    symbol("s"),
    NON_NEGATIVE,
    "rise of the hegemon's strength from today to tomorrow",
    "share",
    Source("L", "Powell2004"),
    default=LOCK_IN.symbol * INTEGRATION_DEPTH.symbol,
)
