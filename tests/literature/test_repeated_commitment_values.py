"""Published critical discount factors, and the naive claims about binding that fail."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.solvers.repeated_games import (
    deterrence_condition,
    grim_trigger,
    tit_for_tat,
)

Q = sp.Rational


def cournot(n):
    """Linear Cournot, a - c = slope = 1: the cartel's share, the best deviation from it, Nash."""
    return 1 / (4 * n), ((n + 1) / (4 * n)) ** 2, 1 / (n + 1) ** 2


def test_tit_for_tat_in_axelrods_dilemma():
    """pd_tft. Axelrod (1984), proposition 2."""
    assert tit_for_tat(5, 3, 1, 0) == Q(2, 3)


def test_three_bertrand_firms():
    """bert3. Tirole (1988), section 6.3."""
    n = sp.Symbol("n", positive=True)
    assert grim_trigger(Q(1, 3), 1, 0) == Q(2, 3)
    assert sp.simplify(grim_trigger(1 / n, 1, 0) - (1 - 1 / n)) == 0


@pytest.mark.parametrize(("n", "expected"), [(2, Q(9, 17)), (5, Q(9, 14))])
def test_cournot(n, expected):
    """cour2, cour5. Friedman (1971); Tirole (1988), ex. 6.5."""
    assert grim_trigger(*cournot(sp.Integer(n))) == expected


def test_cournot_for_every_n():
    n = sp.Symbol("n", real=True)
    formula = (n + 1) ** 2 / ((n + 1) ** 2 + 4 * n)
    proof = eeu.prove(sp.Eq(grim_trigger(*cournot(n)), formula, evaluate=False), given=[n >= 2])
    assert proof.verdict == "proved"


def test_cournot_as_repeated_commitment():
    """The same duopoly as honouring, tempting and punishing payoffs."""
    r, g, v = cournot(sp.Integer(2))
    assert eeu.RepeatedCommitment(r=r, g=g, v=v).critical_discount_factor == Q(9, 17)


def test_barro_gordon_best_enforceable_rule():
    """bg_9/10. Barro and Gordon (1983): one period of discretion punishes; (1 - q)/(1 + q) of it.

    With a = b = 1 a rule x costs x²/2, discretion 1/2, and cheating on it gains (1 - x)²/2.
    """
    x, q = sp.symbols("x q", real=True)
    rule, cheating, discretion = -(x**2) / 2, -(x**2) / 2 + (1 - x) ** 2 / 2, -Q(1, 2)
    holds = deterrence_condition(rule, cheating, discretion, 1, q)
    best = (1 - q) / (1 + q)
    same = sp.Or(sp.And(holds, x >= best), sp.And(sp.Not(holds), x < best))
    assert eeu.prove(same, given=[x >= 0, x < 1, q > 0, q < 1]).verdict == "proved"
    assert best.subs(q, Q(9, 10)) == Q(1, 19)


def test_kydd_minimum_trust():
    """kydd2. Kydd (2005): trust in an assurance game is that of one-shot commitment.

    Gains are taken against defecting: R - T if the other cooperates, P - S lost if it does not.
    """
    R, T, P, S = Q(1), Q(1, 2), Q(0), Q(-1)
    game = eeu.CredibleCommitment(b=R - T, ell=P - S, sigma=0, o=0)
    assert game.trust_threshold == (P - S) / (P - S + R - T) == Q(2, 3)


def test_false_patience_always_lowers_the_binding_needed():
    """THEORY 4b: g=2, r=1, v=0, k_b=3, d=8/5: 3/4, 4/5, 1 at delta = .2, .3, .4."""
    game = eeu.RepeatedCommitment()
    need, effect, delta = game.binding_need, game.binding_effect, game.symbols.delta
    inside = [game.space, need > 0, effect >= need]
    naive = eeu.prove(sp.diff(need / effect, delta) < 0, given=inside)
    assert naive.verdict == "refuted"
    witness = naive.witnesses[0]
    assert sp.diff(need / effect, delta).subs(witness) >= 0
    theory = game.at(g=2, r=1, v=0, k_b=3, d="8/5")
    assert [theory.at(delta=x).minimum_binding for x in (".2", ".3", ".4")] == [Q(3, 4), Q(4, 5), 1]


def test_false_binding_always_lowers_the_patience_needed():
    """The same condition turns both: k_b(r - v) > d(g - v)."""
    game = eeu.RepeatedCommitment()
    row = game.comparative_statics(quantity="bound_discount_factor", wrt="alpha")[0]
    s = game.symbols
    assert (row.sign, row.verdict) == ("?", "depends")
    assert sp.expand(row.deciding - (s.d * (s.g - s.v) - s.k_b * (s.r - s.v))) == 0
