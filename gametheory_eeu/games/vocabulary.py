"""The symbol table: one name, one symbol, one meaning, package-wide."""

from __future__ import annotations

from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.space import (
    COUNT,
    NON_NEGATIVE,
    POSITIVE,
    PROBABILITY,
    REAL,
    Parameter,
    Source,
)

SHARE = sp.Interval.open(0, 1)


def _symbol(name: str) -> Symbol:
    return sp.Symbol(name, real=True)


def _model(note: str = "") -> Source:
    return Source("M", note=note)


# Power (the contest).
HEGEMON_POWER = Parameter(
    "hegemon_power",
    _symbol("P"),
    POSITIVE,
    "the hegemon's power",
    "power",
    Source("L", "Powell1999", "ch. 5"),
)
RIVAL_POWER = Parameter(
    "rival_power",
    _symbol("R"),
    POSITIVE,
    "backing by rival centres of power",
    "power",
    Source("L", "Fiammenghi2011"),
)
POWER_CEILING = Parameter(
    "power_ceiling",
    _symbol("P_max"),
    POSITIVE,
    "the most power the hegemon's resources allow",
    "power",
    _model(),
)
WEIGHTS = Parameter(
    "weights",
    _symbol("w"),
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
    _model(),
    index="count",
)
JOINING_COST = Parameter(
    "joining_cost",
    _symbol("tau"),
    SHARE,
    "autonomy given up by bandwagoning",
    "share",
    _model(),
)
BALANCING_COST = Parameter(
    "balancing_cost",
    _symbol("c"),
    SHARE,
    "cost of active balancing",
    "share",
    _model(),
)
DOMINATION_LOSS = Parameter(
    "domination_loss",
    _symbol("lam"),
    sp.Interval.Lopen(0, 1),
    "loss when dominated",
    "share",
    _model(),
)

# Participation.
RESISTANCE = Parameter(
    "resistance",
    _symbol("theta"),
    REAL,
    "a member's resistance to joining",
    "power",
    Source("L", "Granovetter1978"),
    index="member",
)
COMPLEMENTARITY = Parameter(
    "complementarity",
    _symbol("beta"),
    NON_NEGATIVE,
    "gain to a member from the others' joining",
    "power",
    Source("L", "Schelling1978"),
)

# Trust (the commitment games).
TRUST = Parameter(
    "trust",
    _symbol("mu"),
    PROBABILITY,
    "probability that the hegemon is restrained",
    "probability",
    Source("L", "Kydd2005"),
)
OPPORTUNIST_RESTRAINT = Parameter(
    "opportunist_restraint",
    _symbol("sigma"),
    sp.Interval.Ropen(0, 1),
    "probability that an opportunist is held to its word",
    "probability",
    _model(),
)
MEMBERSHIP_BENEFIT = Parameter(
    "membership_benefit",
    _symbol("b"),
    POSITIVE,
    "member's gain while promises are kept",
    "payoff",
    Source("L", "Kreps1990"),
)
ENCROACHMENT_LOSS = Parameter(
    "encroachment_loss",
    _symbol("ell"),
    POSITIVE,
    "member's loss when promises are broken",
    "payoff",
    Source("L", "Kreps1990"),
)
OUTSIDE_OPTION = Parameter(
    "outside_option",
    _symbol("o"),
    REAL,
    "member's payoff while there is no agreement",
    "payoff",
    _model(),
)
HONOUR_PAYOFF = Parameter(
    "honour_payoff",
    _symbol("r"),
    REAL,
    "hegemon's payoff from honouring its word",
    "payoff",
    Source("L", "Kreps1990"),
)
TEMPTATION_PAYOFF = Parameter(
    "temptation_payoff",
    _symbol("g"),
    REAL,
    "hegemon's payoff from breaking its word",
    "payoff",
    Source("L", "Kreps1990"),
)
PUNISHMENT_PAYOFF = Parameter(
    "punishment_payoff",
    _symbol("v"),
    REAL,
    "hegemon's payoff when nobody joins",
    "payoff",
    Source("L", "Kreps1990"),
)

# The deal (the bargaining games).
BINDING = Parameter(
    "binding",
    _symbol("alpha"),
    PROBABILITY,
    "depth of real multilateral binding",
    "share",
    _model(),
)
CONTROL_COST = Parameter(
    "control_cost",
    _symbol("kappa"),
    POSITIVE,
    "control the hegemon gives up under full binding",
    "payoff",
    _model(),
)
MEMBER_VALUE = Parameter(
    "member_value",
    _symbol("V"),
    NON_NEGATIVE,
    "hegemon's material value of the member",
    "payoff",
    _model(),
)
EXIT_LOSS = Parameter(
    "exit_loss",
    _symbol("D"),
    NON_NEGATIVE,
    "hegemon's audience loss if the deal fails",
    "payoff",
    _model(),
)
HEGEMON_URGENCY = Parameter(
    "hegemon_urgency",
    _symbol("rho_H"),
    POSITIVE,
    "hegemon's discount rate: larger is more hurry",
    "per period",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
MEMBER_URGENCY = Parameter(
    "member_urgency",
    _symbol("rho_i"),
    POSITIVE,
    "member's discount rate: larger is more hurry",
    "per period",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
BARGAINING_WEIGHT = Parameter(
    "bargaining_weight",
    _symbol("gamma"),
    SHARE,
    "member's bargaining weight",
    "share",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
    default=HEGEMON_URGENCY.symbol / (HEGEMON_URGENCY.symbol + MEMBER_URGENCY.symbol),
)
PRESTIGE = Parameter(
    "prestige",
    _symbol("Z"),
    NON_NEGATIVE,
    "prestige of a complete union",
    "payoff",
    _model(),
)

# Repeated play and shifting power.
DISCOUNT_FACTOR = Parameter(
    "discount_factor",
    _symbol("delta"),
    SHARE,
    "what a payoff of the next period is worth now",
    "share",
    Source("L", "Friedman1971"),
)
BINDING_COST = Parameter(
    "binding_cost",
    _symbol("d"),
    NON_NEGATIVE,
    "hegemon's cost of binding while it honours its word",
    "payoff",
    _model(),
)
BINDING_BITE = Parameter(
    "binding_bite",
    _symbol("k_b"),
    POSITIVE,
    "what binding takes off the temptation",
    "payoff",
    _model(),
)
HEGEMON_STRENGTH = Parameter(
    "hegemon_strength",
    _symbol("p"),
    SHARE,
    "share of the pie the hegemon has after a breakdown today",
    "share",
    Source("L", "Powell2006"),
)
BREAKDOWN_COST = Parameter(
    "breakdown_cost",
    _symbol("c_b"),
    SHARE,
    "share of the pie a breakdown destroys",
    "share",
    Source("L", "Powell2006"),
)
INTEGRATION_DEPTH = Parameter(
    "integration_depth",
    _symbol("y"),
    NON_NEGATIVE,
    "depth of the integration agreed on",
    "depth",
    _model(),
)
LOCK_IN = Parameter(
    "lock_in",
    _symbol("xi"),
    POSITIVE,
    "what a unit of depth adds to the hegemon's strength tomorrow",
    "share per depth",
    _model(),
)
POWER_SHIFT = Parameter(
    "power_shift",
    _symbol("s"),
    NON_NEGATIVE,
    "rise of the hegemon's strength from today to tomorrow",
    "share",
    Source("L", "Powell2004"),
    default=LOCK_IN.symbol * INTEGRATION_DEPTH.symbol,
)

# Reputation (the chain store).
DETERRENCE_PAYOFF = Parameter(
    "deterrence_payoff",
    _symbol("a"),
    sp.Interval.open(1, sp.oo),
    "weak hegemon's payoff from a member that does not defy it",
    "payoff",
    Source("L", "KrepsWilson1982"),
)
ENTRY_PAYOFF = Parameter(
    "entry_payoff",
    _symbol("b"),
    SHARE,
    "member's payoff from defying a hegemon that gives way",
    "payoff",
    Source("L", "KrepsWilson1982"),
)
TOUGHNESS = Parameter(
    "toughness",
    _symbol("p"),
    SHARE,
    "probability that the hegemon is tough",
    "probability",
    Source("L", "KrepsWilson1982"),
)

# Slow trust.
RESTRAINED_VIOLATION_RATE = Parameter(
    "restrained_violation_rate",
    _symbol("eps"),
    SHARE,
    "probability per period that a restrained hegemon is seen to encroach",
    "per period",
    _model(),
)
OPPORTUNIST_VIOLATION_RATE = Parameter(
    "opportunist_violation_rate",
    _symbol("phi"),
    SHARE,
    "probability per period that an opportunist is seen to encroach",
    "per period",
    _model(),
)
REFORM_RATE = Parameter(
    "reform_rate",
    _symbol("rho"),
    SHARE,
    "probability per period that an opportunist reforms unseen",
    "per period",
    _model(),
)
TARGET_TRUST = Parameter(
    "target_trust",
    _symbol("mu_T"),
    SHARE,
    "trust to be reached, for example the trust above which a member joins",
    "probability",
    _model(),
)

# Global games.
ATTACK_COST = Parameter(
    "attack_cost",
    _symbol("c"),
    SHARE,
    "cost of attacking a regime whose fall is worth 1",
    "payoff",
    Source("L", "AngeletosHellwigPavan2007"),
)
PRIOR_MEAN = Parameter(
    "prior_mean",
    _symbol("z"),
    REAL,
    "mean of the common prior about the strength of the regime",
    "strength",
    Source("L", "AngeletosHellwigPavan2007"),
)
PRIOR_PRECISION = Parameter(
    "prior_precision",
    _symbol("a"),
    NON_NEGATIVE,
    "precision of the common prior; 0 is the flat prior",
    "1/strength^2",
    Source("L", "AngeletosHellwigPavan2007"),
)
SIGNAL_PRECISION = Parameter(
    "signal_precision",
    _symbol("s"),
    POSITIVE,
    "precision of the private signals",
    "1/strength^2",
    Source("L", "AngeletosHellwigPavan2007"),
)

# Alternating offers.
DISCOUNT = sp.Interval.Ropen(0, 1)
HEGEMON_DISCOUNT = Parameter(
    "hegemon_discount",
    _symbol("d_1"),
    DISCOUNT,
    "what one round later is worth to the hegemon",
    "share",
    Source("L", "Rubinstein1982"),
)
MEMBER_DISCOUNT = Parameter(
    "member_discount",
    _symbol("d_2"),
    DISCOUNT,
    "what one round later is worth to the member",
    "share",
    Source("L", "Rubinstein1982"),
)
BREAKDOWN_RISK = Parameter(
    "breakdown_risk",
    _symbol("p"),
    DISCOUNT,
    "probability that talks break down after a rejection",
    "probability",
    Source("L", "BinmoreRubinsteinWolinsky1986"),
)
HEGEMON_QUIT_OPTION = Parameter(
    "hegemon_quit_option",
    _symbol("w_1"),
    PROBABILITY,
    "share the hegemon has if talks are left, where it too may quit",
    "share",
    Source("L", "PonsatiSakovics1998"),
)
MEMBER_QUIT_OPTION = Parameter(
    "member_quit_option",
    _symbol("w_2"),
    PROBABILITY,
    "share the member has if talks are left",
    "share",
    Source("L", "ShakedSutton1984"),
)


def each(parameter: Parameter) -> Parameter:
    """The same parameter, one value for each member."""
    return replace(parameter, index="member")


def with_default(parameter: Parameter, default: Expr) -> Parameter:
    """The same parameter, derived from others (or a number) unless a game is told otherwise."""
    return Parameter(
        parameter.name,
        parameter.symbol,
        parameter.domain,
        parameter.meaning,
        parameter.unit,
        parameter.source,
        sp.sympify(default),
        parameter.index,
    )


VOCABULARY: tuple[Parameter, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Parameter)
)
