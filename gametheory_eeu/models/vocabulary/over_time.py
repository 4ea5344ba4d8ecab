"""Parameters of repeated play and of shifting power."""

from __future__ import annotations

from gametheory_eeu.core import NON_NEGATIVE, POSITIVE, Parameter, Source
from gametheory_eeu.models.vocabulary.rows import SHARE, model, real_symbol

DISCOUNT_FACTOR = Parameter(
    "discount_factor",
    real_symbol("delta"),
    SHARE,
    "what a payoff of the next period is worth now",
    "share",
    Source("L", "Friedman1971"),
)
BINDING_COST = Parameter(
    "binding_cost",
    real_symbol("d"),
    NON_NEGATIVE,
    "hegemon's cost of binding while it honours its word",
    "payoff",
    model(),
)
BINDING_BITE = Parameter(
    "binding_bite",
    real_symbol("k_b"),
    POSITIVE,
    "what binding takes off the temptation",
    "payoff",
    model(),
)
HEGEMON_STRENGTH = Parameter(
    "hegemon_strength",
    real_symbol("p"),
    SHARE,
    "share of the pie the hegemon has after a breakdown today",
    "share",
    Source("L", "Powell2006"),
)
BREAKDOWN_COST = Parameter(
    "breakdown_cost",
    real_symbol("c_b"),
    SHARE,
    "share of the pie a breakdown destroys",
    "share",
    Source("L", "Powell2006"),
)
INTEGRATION_DEPTH = Parameter(
    "integration_depth",
    real_symbol("y"),
    NON_NEGATIVE,
    "depth of the integration agreed on",
    "depth",
    model(),
)
LOCK_IN = Parameter(
    "lock_in",
    real_symbol("xi"),
    POSITIVE,
    "what a unit of depth adds to the hegemon's strength tomorrow",
    "share per depth",
    model(),
)
POWER_SHIFT = Parameter(
    "power_shift",
    real_symbol("s"),
    NON_NEGATIVE,
    "rise of the hegemon's strength from today to tomorrow",
    "share",
    Source("L", "Powell2004"),
    default=LOCK_IN.symbol * INTEGRATION_DEPTH.symbol,
)
