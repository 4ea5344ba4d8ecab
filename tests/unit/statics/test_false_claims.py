"""The naive claims THEORY calls false: refuted by a counterexample found, then set right."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError

CONTEST, COMMITMENT = eeu.BandwagoningContest(), eeu.CredibleCommitment()
BARGAINING = eeu.AsymmetricBargaining()
c, d = CONTEST.symbols, BARGAINING.symbols


def value(game: eeu.Game, name: str) -> Any:
    return game.quantities[name].expression


@dataclass(frozen=True)
class Claim:
    """A false claim, THEORY's own counterexample, and where the claim is true."""

    what: str
    game: eeu.Game
    statement: Any
    counterexample: dict[str, Any]
    where: Any = None
    given: Any = ()


CLAIMS = [
    Claim(
        "P_abs > P_J always",
        CONTEST,
        value(CONTEST, "absolute_threshold") > value(CONTEST, "joining_threshold"),
        {"c": "1/4", "R": 1, "w": 1, "n": 2, "tau": "1/2", "lam": "3/4", "P": 1, "P_max": 1},
        where=(c.tau - c.c) * (c.lam - c.tau) * (c.R + c.n * c.w)
        > c.tau * (c.lam - c.tau + c.c) * (c.R + c.w),
    ),
    Claim(
        "P_abs rises in c",
        CONTEST,
        sp.diff(value(CONTEST, "absolute_threshold"), c.c) > 0,
        {"c": "1/4", "R": 1, "w": 1, "n": 2, "tau": "1/2", "lam": "3/4", "P": 1, "P_max": 1},
        where=sp.false,
    ),
    Claim(
        "t > 0 always",
        BARGAINING,
        value(BARGAINING, "transfer") > 0,
        {"b": 2, "ell": 1, "mu": "1/2", "V": 0, "D": 0, "o": 0, "alpha": 0, "kappa": "1/2",
         "gamma": "1/2"},
        where=d.gamma * (d.V + d.D - d.kappa * d.alpha)
        > (1 - d.gamma) * (d.mu * d.b - (1 - d.mu) * (1 - d.alpha) * d.ell - d.o),
        given=BARGAINING.quantities["transfer"].exists_when,
    ),
]  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.what)
def test_a_counterexample_is_found_and_is_one(claim: Claim) -> None:
    proof = eeu.prove(claim.statement, given=[claim.game.space, claim.given])
    assert proof.verdict == "refuted"
    assert proof.recheck() is True
    for witness in proof.witnesses:
        assert all(number.is_Rational for number in witness.values())
        assert proof.space.contains(witness)
        assert claim.statement.subs(witness) == sp.false


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.what)
def test_the_counterexample_of_the_theory_is_one(claim: Claim) -> None:
    space = eeu.Space.of(claim.game.space, claim.given)
    point = space.point(claim.counterexample)
    assert space.contains(point)
    assert claim.statement.subs(point) == sp.false


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.what)
def test_the_claim_is_true_exactly_where_it_is_said_to_be(claim: Claim) -> None:
    given = [claim.game.space, claim.given]
    assert eeu.equivalent(claim.statement, claim.where, given=given).verdict == "proved"


def test_equal_threshold_at_the_counterexample() -> None:
    """At THEORY's point P_abs = 3/2 and P_J = 4."""
    game = eeu.BandwagoningContest(c="1/4", R=1, w=1, n=2, tau="1/2", lam="3/4")
    assert (game.absolute_threshold, game.joining_threshold) == (sp.Rational(3, 2), 4)


def test_threshold_of_trust_may_be_negative() -> None:
    game = eeu.CredibleCommitment(b=2, ell=1, sigma=Fraction(1, 2))
    quantity = COMMITMENT.quantities["trust_threshold"]
    at = {COMMITMENT.symbols[name]: game.parameters.values[COMMITMENT.parameters[name].name]
          for name in ("b", "ell", "sigma")}  # fmt: skip
    assert quantity.expression.subs(at) == -sp.Rational(1, 3)
    with pytest.raises(DoesNotExistError, match="trust_threshold does not exist"):
        _ = game.trust_threshold
    assert game.solve().names == ("join",)
    proof = eeu.prove(value(COMMITMENT, "trust_threshold") >= 0, given=COMMITMENT.space)
    assert proof.verdict == "refuted"
    s = COMMITMENT.symbols
    always = eeu.prove(
        sp.Implies(s.sigma >= s.ell / (s.b + s.ell), value(COMMITMENT, "trust_threshold") <= 0),
        given=COMMITMENT.space,
    )
    assert always.verdict == "proved"
