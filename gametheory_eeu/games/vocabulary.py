"""The symbol table: one name, one symbol, one meaning, package-wide."""

from __future__ import annotations

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
