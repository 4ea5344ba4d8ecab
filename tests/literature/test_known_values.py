"""Published values that the games can be held against, each with its source.

``known_values.json`` is the project's whole table (P: published value seen; T: textbook result
recomputed; C: constructed). Every entry is either in reach of a game that exists, and tested, or
listed as waiting for the model that will reach it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu

TABLE = {
    value["id"]: value
    for value in json.loads((Path(__file__).parent / "known_values.json").read_text("utf-8"))[
        "values"
    ]
}


def nash_share(a: Any, d1: Any, d2: Any) -> sp.Expr:
    """The member's share of one unit, less what the hegemon has without a deal."""
    game = eeu.AsymmetricBargaining(
        mu=1, b=1 - eeu.exact(d2), ell=1, kappa="1/2", alpha=0, V=0, D=0, gamma=a, o=d1
    )
    return game.solve()["deal"].payoffs["member"]


def urgency_share(r1: Any, r2: Any, **_: Any) -> sp.Expr:
    """The limit of short intervals: the weight of the side with rate r1 against r2."""
    game = eeu.AsymmetricBargaining(rho_i=r1, rho_H=r2)
    return game.values[game.symbols.gamma]


def contest(**params: Any) -> eeu.BandwagoningContest:
    return eeu.BandwagoningContest(**params)


def least_trust(R: Any, T: Any, P: Any, S: Any) -> sp.Expr:
    """Kydd's game: cooperate if the other is trusted to; here a free opportunist exploits.

    Joining pays R if the word is kept and S if not; staying out pays T against a restrained
    partner and P otherwise, so that in differences b = R - T and ell = P - S.
    """
    reward, temptation, punishment, sucker = map(eeu.exact, (R, T, P, S))
    game = eeu.CredibleCommitment(sigma=0, b=reward - temptation, ell=punishment - sucker)
    return game.trust_threshold


IN_REACH: dict[str, Callable[..., Any]] = {
    "nash_0.50_0.2_0.1": nash_share,
    "nash_0.25_0.4_0.2": nash_share,
    "brw_0.2_0.1": urgency_share,
    "kydd2": least_trust,
    "g1a_abs": lambda **p: contest(**p).absolute_threshold,
    "g1a_rel": lambda **p: contest(**p).balancing_threshold,
}
WAITING = {
    "alternating offers": "rub_ stahl oop_",
    "concave utility in bargaining": "nash_sqrt",
    "participation": "gran sm_",
    "global games": "ms_ ahp_",
    "reputation": "kw_",
    "repeated games": "pd_ bert cour bg_",
    "crisis bargaining": "fearon",
    "voting power": "unsc_ eec_ b5049 v49492 nassau eaeu cu3_",
    "hub bargaining": "sz_ glove hub_",
    "common agency": "bw_",
}


@pytest.mark.parametrize(
    "key", [pytest.param(key, id=f"{key}: {TABLE[key]['source'][:60]}") for key in IN_REACH]
)
def test_known_value(key: str) -> None:
    value = TABLE[key]
    found = IN_REACH[key](**value["params"])
    expected = value["expected"]
    if isinstance(expected, float):
        assert float(sp.N(found, 30)) == pytest.approx(expected, rel=1e-13)
    else:
        assert found == sp.Rational(expected)


def test_every_value_is_tested_or_waits_for_its_model() -> None:
    prefixes = tuple(prefix for listed in WAITING.values() for prefix in listed.split())
    waiting = {key for key in TABLE if key.startswith(prefixes)}
    assert waiting | IN_REACH.keys() == TABLE.keys()
    assert not waiting & IN_REACH.keys()
