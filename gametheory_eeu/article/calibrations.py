"""The games' calibrations for 2013, 2014 and after 2015, every value with its source.

What the article says is marked A, illustrative values of this project M. The article gives few
numbers: the orders of magnitude here are assumptions, chosen once for all games.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.article.facts import ARTICLE, facts
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.space import Calibration, Source

Values = dict[str, tuple[Expr, Source]]
Q = sp.Rational

_ILLUSTRATIVE = Source("M", note="illustrative")
_DESCRIPTIONS = {
    "2013": "before the shock: trust intact, deals bilateral",
    "2014": "the union in a hurry: trust broken, exit dear, the hegemon pressed for time",
    "2015": "after 2015: trust still broken, the hurry over",
}
_ALIASES = {"after 2015": "2015", "before 2014": "2013"}

# Trust before; what a restrained and an opportunist hegemon would let be seen in a period.
TRUST_BEFORE, SEEN_IF_RESTRAINED, SEEN_IF_OPPORTUNIST = Q(7, 10), Q(1, 200), Q(1, 20)


def trust_after(before: Expr, restrained: Expr, opportunist: Expr) -> Expr:
    """Trust after one publicly observed encroachment, by Bayes' rule."""
    return before * restrained / (before * restrained + (1 - before) * opportunist)


def _trust(name: str) -> tuple[Expr, Source]:
    if name == "2013":
        return TRUST_BEFORE, _ILLUSTRATIVE
    value = trust_after(TRUST_BEFORE, SEEN_IF_RESTRAINED, SEEN_IF_OPPORTUNIST)
    note = (
        f"Bayes' rule: {TRUST_BEFORE} after one encroachment seen at rates "
        f"{SEEN_IF_RESTRAINED} and {SEEN_IF_OPPORTUNIST}"
    )
    return value, Source("M", note=note)


def _assumed(**values: Any) -> Values:
    return {name: (sp.sympify(value), _ILLUSTRATIVE) for name, value in values.items()}


def _contest(name: str) -> Values:
    trust, _ = _trust(name)
    states = facts()["founding_states"].value + facts()["acceding_states"].value
    joining = Q(3, 10) + (1 - trust) * Q(1, 4)
    return {
        **_assumed(
            hegemon_power=2,
            rival_power=1,
            weights=1,
            balancing_cost=Q(1, 20),
            domination_loss=Q(9, 10),
            power_ceiling=Q(5, 2),
        ),
        "member_count": (states - 1, Source("A", ARTICLE, "U.1: five states less the hegemon")),
        "joining_cost": (joining, Source("M", note=f"3/10 + (1 - trust)/4 at trust {trust}")),
    }


def _commitment(name: str) -> Values:
    return {
        "trust": _trust(name),
        **_assumed(
            opportunist_restraint=0,
            membership_benefit=1,
            encroachment_loss=1,
            honour_payoff=1,
            temptation_payoff=2,
            punishment_payoff=0,
        ),
    }


def _bargaining(name: str) -> Values:
    changing: dict[str, dict[str, Any]] = {
        "2013": {"exit_loss": Q(1, 10), "hegemon_urgency": Q(3, 100), "binding": 0},
        "2014": {"exit_loss": 1, "hegemon_urgency": Q(9, 100), "binding": 1},
        "2015": {"exit_loss": Q(4, 10), "hegemon_urgency": Q(3, 100), "binding": 1},
    }
    return {
        "trust": _trust(name),
        **_assumed(
            membership_benefit=1,
            encroachment_loss=1,
            outside_option=Q(3, 10),
            control_cost=Q(4, 10),
            member_value=Q(2, 10),
            member_urgency=Q(7, 100),
            **changing[name],
        ),
    }


_BY_GAME = {
    "BandwagoningContest": _contest,
    "CredibleCommitment": _commitment,
    "AsymmetricBargaining": _bargaining,
}


def calibrations(game: str) -> Mapping[str, Calibration]:
    """A game's calibrations by name, in the order of time.

    Parameters
    ----------
    game : str
        The game's class name, for example ``"CredibleCommitment"``.
    """
    if game not in _BY_GAME:
        raise UnknownNameError("calibrated game", game, _BY_GAME)
    return {
        name: Calibration(name, _BY_GAME[game](name), text) for name, text in _DESCRIPTIONS.items()
    }


def calibration(game: str, name: str) -> Calibration:
    """One calibration of a game: ``"2013"``, ``"2014"``, or ``"2015"`` (after 2015).

    Examples
    --------
    >>> calibration("CredibleCommitment", "2014")["trust"]
    7/37
    """
    known = calibrations(game)
    key = _ALIASES.get(str(name), str(name))
    if key not in known:
        raise UnknownNameError("calibration", str(name), [*known, *_ALIASES])
    return known[key]
