"""Values of the whole argument: the worked example, each with its source, and named members."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.cases.eeu.calibrations import calibration
from gametheory_eeu.cases.eeu.sources import ARTICLE
from gametheory_eeu.core import Source
from gametheory_eeu.core.results import FrozenMapping

Value = tuple[Expr, Source]
Q = sp.Rational

STATES = ("before 2014", "2014-15", "later")
YEARS = dict(zip(STATES, ("2013", "2014", "2015"), strict=True))
"""The states, and the calibrations of the games that they are."""
BY_STATE = ("exit_loss", "hegemon_urgency", "prestige")
"""Parameters that differ from state to state."""
BY_MEMBER = (
    "membership_benefit",
    "encroachment_loss",
    "outside_option",
    "member_value",
    "member_urgency",
)
"""Parameters that differ from member to member, where members are named."""
_ILLUSTRATIVE = Source("M", note="illustrative")


@cache
def common_values() -> Mapping[str, Value]:
    """The values that are the same in every state."""
    deal = calibration("AsymmetricBargaining", "2013").values
    trust = calibration("TrustRecovery", "2013").values
    contest = calibration("BandwagoningContest", "2013").values
    own = {
        "depth_cost": 1,
        "adjustment_cost": 1,
        "natural_alignment": Q(1, 2),
        "hegemon_stake": Q(3, 10),
        "rival_stake": Q(1, 5),
        "base_joining_cost": Q(3, 10),
        "mistrust_cost": Q(1, 4),
        "precaution_cost": 1,
        "member_value_pressure": 1,
        "tolerance": Q(3, 5),
        "believed_tolerance": Q(9, 10),
        "compliance_reward": 1,
        "office_value": 1,
        "ouster_loss": 0,
    }
    return FrozenMapping(
        {
            **{name: deal[name] for name in (*BY_MEMBER, "control_cost")},
            **{name: trust[name] for name in (
                "trust", "restrained_violation_rate", "opportunist_violation_rate")},
            **{name: contest[name] for name in (
                "rival_power", "weights", "member_count", "balancing_cost", "domination_loss",
                "hegemon_power", "power_ceiling")},
            **{name: (sp.sympify(value), _ILLUSTRATIVE) for name, value in own.items()},
        }
    )  # fmt: skip


@cache
def state_values(*, named: bool) -> Mapping[str, Mapping[str, Value]]:
    """The values of each parameter that differs by state; prestige only where members are named."""
    none = sp.Integer(0), Source("M", note="no prestige in the worked example")
    result: dict[str, Mapping[str, Value]] = {}
    for name in BY_STATE:
        games = ("HubBargaining",) if name == "prestige" else ("AsymmetricBargaining",)
        by_state = {s: calibration(games[0], year).values[name] for s, year in YEARS.items()}
        is_left_out = name == "prestige" and not named
        result[name] = FrozenMapping(dict.fromkeys(STATES, none) if is_left_out else by_state)
    return FrozenMapping(result)


def _order(text: str) -> Source:
    return Source("M", ARTICLE, f"illustrative order ({text})")


_FAITHFUL, _HARDEST = _order("X.1: most faithful"), _order("X.1: most important, hardest")
_EXPOSED = _order("U.4: specially exposed")

MEMBERS: Mapping[str, Mapping[str, Value]] = FrozenMapping(
    {
        "Belarus": {"member_value": (Q(3, 10), _FAITHFUL), "outside_option": (Q(1, 4), _FAITHFUL)},
        "Kazakhstan": {
            "member_value": (Q(3, 10), _FAITHFUL),
            "encroachment_loss": (Q(6, 5), _EXPOSED),
        },
        "Armenia": {"member_value": (Q(1, 10), _ILLUSTRATIVE)},
        "Kyrgyzstan": {"member_value": (Q(1, 10), _ILLUSTRATIVE)},
        "Ukraine": {"member_value": (Q(1, 2), _HARDEST), "outside_option": (Q(2), _HARDEST)},
    }
)
"""What sets the members apart; in everything else they are those of the worked example."""

__all__ = ["BY_MEMBER", "BY_STATE", "MEMBERS", "STATES", "common_values", "state_values"]
