"""Published values that the games can be held against, each with its source.

``known_values.json`` is the project's whole table (P: published value seen; T: textbook result
recomputed; C: constructed). Every entry is tested.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.solvers import SmoothFrontier, renegotiated, renegotiated_by_number
from gametheory_eeu.solvers.repeated_games import (
    deterrence_condition,
    grim_trigger,
    tit_for_tat,
)

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


def proposer(d1: Any, d2: Any) -> sp.Expr:
    return eeu.AlternatingOffers(d_1=d1, d_2=d2).proposer_share


def with_option(d: Any, w2: Any) -> sp.Expr:
    return eeu.AlternatingOffers(d_1=d, d_2=d, w_2=w2).proposer_share


def square_root() -> sp.Expr:
    """The frontier of u1 = sqrt(x), u2 = 1 - x; in shares x = u1 squared."""
    u = sp.Symbol("u", real=True)
    return SmoothFrontier(1 - u**2, (0, 0), u).nash().payoffs[0] ** 2


def rioters(th: str) -> int:
    """Each acts once so many others have; of "1..100", from the first threshold to the last."""
    first, last = map(int, th.split(".."))
    others = range(first, last + 1)
    crowd = eeu.Participation(
        P=1, resistance=[k + 1 for k in others], complementarity=len(others) - 1
    )
    return int(crowd.least_equilibrium().size)


def joiners(theta: list[int], beta: int, P: Any) -> int:
    game = eeu.Participation(P=P, resistance=theta, complementarity=beta)
    return int(game.greatest_equilibrium().size)


def regime(c: Any, beta: Any) -> sp.Expr:
    """Without a prior, of an attack that costs c, with signals of precision beta."""
    game = eeu.RegimeChange(attack_cost=c, prior_mean=0, prior_precision=0, signal_precision=beta)
    return game.flat_prior_threshold


def cut_offs(alpha: Any, beta: Any, c: Any, z: Any) -> int:
    cutoffs = eeu.RegimeChange(c=c, z=z, a=alpha, s=beta).cutoffs()
    return len(cutoffs)


def first_deterred(b: Any, p: Any) -> int:
    """How many are left when the last member stays for certain."""
    course = eeu.Reputation(a=2, b=b, p=p, member_count=20).course()
    return int(20 - course.deterred + 1)


def cartel(n: int) -> sp.Expr:
    """Linear Cournot, a - c = slope = 1: the cartel's share, the best deviation from it, Nash."""
    k = sp.Integer(n)
    return grim_trigger(1 / (4 * k), ((k + 1) / (4 * k)) ** 2, 1 / (k + 1) ** 2)


def enforceable_rule(q: Any, a: Any, b: Any) -> sp.Expr:
    """The least rule x that one period of discretion enforces: where the two costs are equal."""
    x, patience = sp.symbols("x q", real=True)
    rule, cheating, discretion = -(x**2) / 2, -(x**2) / 2 + (1 - x) ** 2 / 2, -sp.Rational(1, 2)
    assert (a, b) == (1, 1)
    holds = deterrence_condition(rule, cheating, discretion, 1, patience).subs(
        patience, sp.Rational(q)
    )
    edge = sp.solveset(sp.Eq(holds.lhs, holds.rhs), x, sp.Interval.Ropen(0, 1))
    (least,) = edge
    return least


def wage(worth: Callable[[int], Any]) -> Callable[..., Any]:
    """What each of n members gets whom the hub pays one by one, at equal weights."""
    return lambda n, **_: renegotiated_by_number(worth, n, 0, 1)[n][1]


def prestige_part(n: int) -> sp.Expr:
    """A member's part of all-or-nothing prestige at the article's weight of 2014, 9/16."""
    game = eeu.HubBargaining()
    return game.prestige_share.subs({game.symbols.gamma: sp.Rational(9, 16), game.symbols.n: n})


def body(quota: Any, weights: Any = None, votes: Any = None) -> eeu.VotingBody:
    return eeu.VotingBody(votes=weights or votes or [2] * 5, quota=quota)


def war_probability(c_A: str, c_B_max: str) -> sp.Expr:
    """Fearon's offer under a uniform cost: war where B's cost is below the excess of the demand."""
    tree = eeu.ExtensiveForm.builder("A", "B", given="0 < p < 1/2")
    tree = tree.draw("c_B", uniform=(0, c_B_max), known_to="B")
    tree = tree.choose("A", "x", between=(0, 1), after="c_B")
    tree = tree.move("B", ["accept", "fight"], after="c_B/x")
    tree = tree.payoffs("c_B/x/accept", "x", "1 - x")
    game = tree.payoffs("c_B/x/fight", f"p - {c_A}", "1 - p - c_B").build()
    (equilibrium,) = game.solve()
    p = sp.Symbol("p", real=True)
    return sp.simplify((equilibrium.choices["x"] - p) / eeu.exact(c_B_max))


IN_REACH: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(("rub_0.5_0.5", "rub_0.9_0.8", "rub_0_0.9", "rub_0.99_0.99"), proposer),
    "stahl3": lambda d, T: eeu.AlternatingOffers(d_1=d, d_2=d).finite(T).hegemon_share,
    "brw_0.2_0.1": urgency_share,
    **dict.fromkeys(("oop_0.3", "oop_0.6"), with_option),
    "oop_thr": lambda d: eeu.AlternatingOffers(d_1=d, d_2=d).option_threshold,
    "nash_0.50_0.2_0.1": nash_share,
    "nash_0.25_0.4_0.2": nash_share,
    "nash_sqrt": square_root,
    **dict.fromkeys(("gran100", "gran_empty"), rioters),
    **dict.fromkeys(("sm_hi", "sm_below"), joiners),
    "ms_inv": lambda **_: eeu.GlobalGame(resistance=1, complementarity=1).selection_threshold,
    **dict.fromkeys(("ahp_0.2_25.0", "ahp_0.5_25.0", "ahp_0.75_25.0"), regime),
    "ms_uni_hi": cut_offs,
    **dict.fromkeys(
        ("kw_1/2_1", "kw_1/2_3", "kw_1/4_4"),
        lambda b, n: eeu.Reputation(b=b, member_count=n).entry_threshold,
    ),
    "kw_len": first_deterred,
    "pd_tft": lambda **p: tit_for_tat(*(p[name] for name in "TRPS")),
    "bert3": lambda n: grim_trigger(sp.Rational(1, n), 1, 0),
    **dict.fromkeys(("cour2", "cour5"), cartel),
    "bg_9/10": enforceable_rule,
    "kydd2": least_trust,
    "sz_lin": wage(lambda k: 3 * k),
    "sz_quad": wage(lambda k: k**2),
    "sz_all_4": wage(lambda k: int(k == 4)),
    "glove": lambda: renegotiated("ab", lambda s: min(1, len(s)), [0, 0], [1, 1]).payoff("ab"),
    "hub_g_2": prestige_part,
    "g1a_abs": lambda **p: contest(**p).absolute_threshold,
    "g1a_rel": lambda **p: contest(**p).balancing_threshold,
    "bw_rent": lambda VR, VE, k, a0: eeu.Hedging(V_R=VR, V_E=VE, k=k, a_0=a0).hedging_rent,
    "unsc_ss_p": lambda **p: body(**p).shapley_shubik[0],
    "unsc_bz_p": lambda **p: body(**p).banzhaf[0],
    "unsc_W": lambda **p: body(**p).winning_coalitions,
    "eec_bz_mid": lambda **p: body(**p).banzhaf[3],
    "eec_ss_big": lambda **p: body(**p).shapley_shubik[0],
    "eec_ss_lux": lambda **p: body(**p).shapley_shubik[5],
    "b5049_bz2": lambda **p: body(**p).banzhaf[2],
    "v49492": lambda **p: body(**p).shapley_shubik[2],
    "nassau0": lambda **p: body(**p).shapley_shubik[3],
    **dict.fromkeys(("eaeu_sw_3", "eaeu_sw_5"), lambda **p: body(**p).swings["1"]),
    "eaeu_ss_4": lambda **p: body(**p).shapley_shubik[0],
    "eaeu_prev_4": lambda **p: body(**p).power_to_prevent[0],
    "cu3_ss": lambda **p: body(**p).shapley_shubik[2],
    "eaeu10": lambda **p: body(**p).shapley_shubik[9],
    "fearon": war_probability,
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
        assert sp.sympify(found) == sp.Rational(expected)


def test_every_value_is_tested() -> None:
    assert IN_REACH.keys() == TABLE.keys()
