"""4e, trust recovery: updating in odds, and the number of periods of repair."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    ALL_PARAMETERS,
    EXAMPLE,
    Section,
    claims_by_name,
    conjunction,
    equality,
    iff,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.trust_recovery import TrustRecovery

SECTION = Section("4e", "TrustRecovery", Source("L", "CoverThomas2006", "Bayes' rule in odds"))
_REPAIR_CASES = (
    ("0.05", "0.3", 6),
    ("0.01", "0.1", 25),
    ("0.005", "0.05", 50),
    ("0.001", "0.01", 255),
)


def _odds(probability: Expr) -> Expr:
    return probability / (1 - probability)


@SECTION.proposition("odds", "identity")
def odds() -> Iterator[Claim]:
    """An encroachment multiplies the odds of restraint by eps/phi, a clean period by
    (1 - eps)/(1 - phi): trust falls and rises.
    """
    game = TrustRecovery()
    s = game.symbols
    low, high = game.trust_after_violation, game.trust_after_quiet
    yield Claim.of(equality(_odds(low), _odds(s.mu) * s.eps / s.phi), game.space, "encroachment")
    clean = (1 - s.eps) / (1 - s.phi)
    yield Claim.of(equality(_odds(high), _odds(s.mu) * clean), game.space, "clean period")
    yield Claim.of(conjunction(low < s.mu, s.mu < high), game.space, "falls and rises")


@SECTION.proposition("posterior-signs", "sign")
def posterior() -> Iterator[Claim]:
    """Trust after an encroachment falls in phi/eps and rises in mu."""
    game = TrustRecovery()
    s, ratio = game.symbols, real_symbols("R")
    trust = sp.cancel(game.trust_after_violation.subs(s.phi, ratio * s.eps))
    yield from sign_claims(trust, [game.space, ratio > 1], R="-")
    yield from sign_claims(game.trust_after_violation, game.space, mu="+", phi="-", eps="+")


@SECTION.proposition("repair-periods", "ordering", ALL_PARAMETERS)
def repair() -> Iterator[Claim]:
    """k* = ln(phi/eps)/ln((1-eps)/(1-phi)) clean periods repair one violation, at every trust.

    With L = ln((1-eps)/(1-phi)) > 0 and X = ln(phi/eps) > 0, k clean periods make up for the
    violation iff kL >= X. The logarithms are unknowns: only their signs are used.
    """
    game = TrustRecovery()
    s = game.symbols
    k, L, X = real_symbols("k L X")
    for ratio, name in (((1 - s.eps) / (1 - s.phi), "L"), (s.phi / s.eps, "X")):
        yield Claim.of(ratio > 1, game.space, f"{name} > 0")
    yield Claim.of(iff(k * L - X >= 0, k >= X / L), [L > 0, X > 0], "the odds are back")
    yield Claim.of(X / L > 0, [L > 0, X > 0], "k* > 0")
    mu, nu = s.mu, s.mu_T
    odds_ratio = _odds(nu) / _odds(mu)
    yield Claim.of(iff(odds_ratio > 1, nu > mu), game.space, "K > 0 iff the target is above trust")


@SECTION.proposition("recovery-signs", "sign")
def recovery_signs() -> Iterator[Claim]:
    """K falls in mu and rises in the target. With the ratio phi/eps kept, rarer violations take
    longer to repair: k* falls in eps. Rare but diagnostic violations produce decades.
    """
    game = TrustRecovery()
    s, ratio = game.symbols, real_symbols("R")
    yield from sign_claims(_odds(s.mu_T) / _odds(s.mu), game.space, mu="-", mu_T="+")
    clean = ((1 - s.eps) / (1 - s.phi)).subs(s.phi, ratio * s.eps)
    premises = [s.eps > 0, ratio > 1, ratio * s.eps < 1]
    yield from sign_claims(clean, premises, eps="+")


@SECTION.proposition("walks", "value", EXAMPLE)
def repair_examples() -> Iterator[Claim]:
    """One violation takes 6, 25, 50, 255 clean periods at (eps, phi) = (.05, .3), (.01, .1),
    (.005, .05), (.001, .01).
    """
    for eps, phi, periods in _REPAIR_CASES:
        e, f = sp.Rational(eps), sp.Rational(phi)
        clean, odds_ratio = (1 - e) / (1 - f), f / e
        sufficient = sp.Ge(clean**periods, odds_ratio, evaluate=False)
        not_sooner = sp.Lt(clean ** (periods - 1), odds_ratio, evaluate=False)
        yield Claim.of(conjunction(sufficient, not_sooner), (), f"({eps}, {phi})")
        yield Claim.of(
            equality(TrustRecovery(eps=eps, phi=phi).whole_repair_periods(), periods), ()
        )


@SECTION.proposition("unseen-reform", "ordering")
def unseen_reform() -> Iterator[Claim]:
    """With unseen reform distrust shrinks by 1 - rho a period: the target is reached after
    T = ln[(1-mu)/(1-mu*)]/(-ln(1-rho)) periods, 0 if trust is there already.
    """
    game = TrustRecovery()
    s = game.symbols
    T, X, L = real_symbols("T X L")
    distrust = 1 - game.trust_after_unseen_reform
    yield Claim.of(equality(distrust, (1 - s.mu) * (1 - s.rho)), game.space, "one period")
    yield Claim.of(
        iff((1 - s.mu) / (1 - s.mu_T) > 1, s.mu < s.mu_T), game.space, "X > 0 below the target"
    )
    yield Claim.of(conjunction(1 - s.rho > 0, 1 - s.rho < 1), game.space, "ln(1 - rho) = -L < 0")
    yield Claim.of(
        iff(X - T * L <= 0, T >= X / L), [L > 0], "(1-mu)(1-rho)^T <= 1-mu*, in logarithms"
    )
    yield from claims_by_name(TrustRecovery.lemmas(), "reform")


@SECTION.proposition("repair-in-one-period", "false")
def one_period() -> Iterator[Claim]:
    """False: "one clean period cannot undo one violation" (eps = 1/2, phi = 3/4). True iff
    phi < 1 - eps.
    """
    naive, corrected = claims_by_name(TrustRecovery.lemmas(), "naive repair", "repair")
    point = {"mu": "1/2", "mu_T": "1/2", "eps": "1/2", "phi": "3/4", "rho": "1/2"}
    yield Claim.refutation(naive.statement, naive.space, fails_at=point)
    yield Claim.of(corrected.statement, corrected.space, "corrected")


@SECTION.proposition("fall-grows-with-trust", "false")
def fall() -> Iterator[Claim]:
    """False: "the fall in trust grows with mu". True iff mu < 1/(1 + sqrt(eps/phi))."""
    naive, corrected = claims_by_name(TrustRecovery.lemmas(), "naive fall", "fall")
    point = {"mu": "9/10", "mu_T": "1/2", "eps": "1/4", "phi": "1/2", "rho": "1/2"}
    yield Claim.refutation(naive.statement, naive.space, fails_at=point)
    yield Claim.of(corrected.statement, corrected.space, "corrected")


@SECTION.proposition("absorbing", "equilibrium")
def absorbing() -> Iterator[Claim]:
    """With no reform and nothing new observed, low trust is absorbing."""
    yield from claims_by_name(TrustRecovery.lemmas(), "absorbing")
