"""Published values of bargaining, each with its source: shared/known_values.json."""

from fractions import Fraction

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.solvers import (
    HullFrontier,
    SmoothFrontier,
    renegotiated,
    renegotiated_by_number,
)

u = sp.Symbol("u", real=True)
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [
        ("0.5", "0.5", "2/3"),
        ("0.9", "0.8", "5/7"),
        ("0", "0.9", "1/10"),
        ("0.99", "0.99", "100/199"),
    ],
)
def test_rubinstein_1982(first: str, second: str, share: str) -> None:
    """Rubinstein (1982); Osborne and Rubinstein (1990), ch. 3: rub_*."""
    game = eeu.AlternatingOffers(hegemon_discount=first, member_discount=second)
    assert game.proposer_share == sp.Rational(share)


def test_stahl_1972() -> None:
    """Three periods, 1 - d + d^2: stahl3."""
    assert eeu.AlternatingOffers(d_1=0.9, d_2=0.9).finite(3).hegemon_share == sp.Rational(91, 100)
    d = sp.Symbol("d", real=True)
    found = eeu.AlternatingOffers(d_1=d, d_2=d).finite(3).hegemon_share
    assert sp.expand(found - (1 - d + d**2)) == 0


def test_binmore_rubinstein_wolinsky_1986() -> None:
    """The limit of short intervals, r2/(r1 + r2): brw_0.2_0.1."""
    limit = eeu.AlternatingOffers.short_intervals()
    rates = dict(zip(sorted(limit.limit.free_symbols, key=str), ("1/5", "1/10"), strict=True))
    assert limit.limit.subs(rates) == sp.Rational(1, 3)
    game = eeu.AlternatingOffers.from_urgency("1/5", "1/10", "1/100000")
    error = sp.N(game.proposer_share - sp.Rational(1, 3), 30)
    predicted = limit.rate.subs(rates) / 100000
    assert error > 0
    assert abs(error / predicted - 1) < 1e-4


@pytest.mark.parametrize(
    ("option", "share", "name"),
    [("0.3", "10/19", "the option is idle"), ("0.6", "2/5", "the option binds")],
)
def test_outside_option_principle(option: str, share: str, name: str) -> None:
    """Shaked and Sutton (1984); Binmore, Shaked and Sutton (1989): oop_0.3, oop_0.6, oop_thr."""
    game = eeu.AlternatingOffers(d_1=0.9, d_2=0.9, w_2=option)
    assert game.proposer_share == sp.Rational(share)
    assert game.option_threshold == sp.Rational(9, 19)
    assert game.solve().names == (name,)


@pytest.mark.parametrize(
    ("weight", "disagreement", "share"),
    [("1/2", ("1/5", "1/10"), "11/20"), ("1/4", ("2/5", "1/5"), "1/2")],
)
def test_asymmetric_nash(weight: str, disagreement: tuple[str, str], share: str) -> None:
    """Nash (1950); Kalai (1977); Muthoo (1999), ch. 2: nash_*."""
    for problem in (
        SmoothFrontier(1 - u, disagreement, u),
        HullFrontier([(0, 1), (1, 0)], disagreement),
    ):
        assert problem.nash(weight).payoffs[0] == sp.Rational(share)


def test_risk_aversion_hurts() -> None:
    """Osborne and Rubinstein (1990), ch. 2, u1 = sqrt(x), u2 = 1 - x: nash_sqrt."""
    assert SmoothFrontier(1 - u**2, (0, 0), u).nash().payoffs[0] ** 2 == sp.Rational(1, 3)


def test_stole_zwiebel_1996() -> None:
    """sz_lin, sz_quad, sz_all_4: a member's wage is the sum of j dF(j) over n(n + 1)."""
    assert renegotiated_by_number(lambda k: 3 * k, 5, 0, 1)[5][1] == Fraction(3, 2)
    assert renegotiated_by_number(lambda k: k**2, 3, 0, 1)[3][1] == Fraction(11, 6)
    all_or_nothing = renegotiated("abcd", lambda s: int(len(s) == 4), [0] * 4, [1] * 4).outcome()
    assert set(all_or_nothing.transfers.values()) == {Fraction(1, 5)}


def test_glove_game() -> None:
    """Osborne and Rubinstein (1994): the single left glove's Shapley value: glove."""
    found = renegotiated("ab", lambda s: min(1, len(s)), [0, 0], [1, 1])
    assert found.payoff("ab") == Fraction(2, 3)


def test_generalised_stole_zwiebel() -> None:
    """A member's part of all-or-nothing prestige, g/(1 - g + g n): hub_g_2."""
    game = eeu.HubBargaining()
    share = game.prestige_share.subs({game.symbols.gamma: sp.Rational(9, 16), game.symbols.n: 2})
    assert share == sp.Rational(9, 25)


def test_theory_where_the_simple_closed_form_fails() -> None:
    """THEORY 5c: gamma = 1/2, S = (1, -1), a = (1, 0), e = (0, -1), Z = 3: t = (7/6, 5/3)."""
    game = eeu.HubBargaining(
        mu=1, b=1, ell=1, o=[1, 2], alpha=0, kappa="1/2", V=[1, 0], D=0, Z=3, gamma="1/2"
    )
    assert game.transfers == {"1": sp.Rational(7, 6), "2": sp.Rational(5, 3)}
    assert list(game.outcome().transfers.values()) == [Fraction(7, 6), Fraction(5, 3)]
    s, spokes = game.symbols, game.spokes
    naive = [
        i.gamma * i.a - (1 - i.gamma) * i.e + s.Z * game.prestige_share[i.name] for i in spokes
    ]
    assert [t.xreplace(game.values) for t in naive] == [sp.Rational(3, 2)] * 2


@pytest.mark.parametrize(
    ("surpluses", "weights", "prestige", "pairs", "table"),
    [((3, 0), (".3", ".9"), 2, "17/10", "35/73"), ((0, 4), (".9", ".9"), 1, "-2/5", "5/19")],
)
def test_theory_nash_in_nash_against_one_table(
    surpluses: tuple[int, int], weights: tuple[str, str], prestige: int, pairs: str, table: str
) -> None:
    """THEORY 5c: either may be better for the hegemon, and Nash-in-Nash may ruin it."""
    game = eeu.HubBargaining(
        mu=1, b=1, ell=1, o=1, alpha=0, kappa="1/2", V=surpluses, D=0, Z=prestige, gamma=weights
    )
    assert game.nash_in_nash_payoff == sp.Rational(pairs)
    assert game.one_table_payoff == sp.Rational(table)
    assert game.renegotiated_payoff > max(game.nash_in_nash_payoff, game.one_table_payoff)
    if sp.Rational(pairs) < 0:
        assert prestige > game.solvency_limit
