"""4a, one-shot trust: the threshold, every equilibrium, and comparative statics."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    Section,
    conjunction,
    equality,
    equilibrium_claims,
    iff,
    implication,
    sign_claims,
)
from gametheory_eeu.models.credible_commitment import CredibleCommitment

SECTION = Section("4a", "CredibleCommitment", Source("L", "Kydd2005", "ch. 2"))


def _with_outside_option() -> CredibleCommitment:
    """The game with a symbolic outside option."""
    return CredibleCommitment(outside_option="o")


@SECTION.proposition("trust-threshold", "ordering")
def trust_threshold() -> Iterator[Claim]:
    """A free opportunist exploits, and against that joining is worth more than the outside payoff
    iff mu > mu* = (ell + o - sigma(b + ell))/((1 - sigma)(b + ell)); as much at mu*.
    """
    game = _with_outside_option()
    s = game.symbols
    threshold = game.quantities["trust_threshold"].expression
    joining_payoff = game.joining_payoff
    yield Claim.of(
        sp.Gt(s.g, s.r, evaluate=False), game.space, "exploiting pays the free opportunist"
    )
    yield Claim.of(iff(joining_payoff > s.o, s.mu > threshold), game.space, "joining pays")
    yield Claim.of(
        iff(equality(joining_payoff, s.o), equality(s.mu, threshold)), game.space, "indifference"
    )
    tree_payoff = game.payoff({"member": "join", "free opportunist": "exploit"}, "member")
    yield Claim.of(equality(tree_payoff, joining_payoff), game.space, "what the tree pays")


@SECTION.proposition("joining-always-optimal", "ordering")
def always_optimal() -> Iterator[Claim]:
    """If sigma >= ell/(b + ell), then mu* <= 0 and joining is optimal at every trust (o = 0)."""
    game = CredibleCommitment()
    s = game.symbols
    restraint = s.sigma >= s.ell / (s.b + s.ell)
    threshold = game.quantities["trust_threshold"].expression
    yield Claim.of(iff(restraint, threshold <= 0), game.space, "mu* is no probability, or zero")
    yield Claim.of(
        implication(restraint, game.joining_payoff >= 0), game.space, "joining is optimal"
    )


@SECTION.proposition("perfect-bayesian", "equilibrium")
def perfect_bayesian() -> Iterator[Claim]:
    """The perfect Bayesian equilibria: join above mu*, out below, any mix at mu*."""
    yield from equilibrium_claims(_with_outside_option().solve("perfect Bayesian"))
    game = _with_outside_option()
    s, threshold = game.symbols, game.quantities["trust_threshold"].expression
    cases = sp.Or(s.mu > threshold, s.mu < threshold, sp.Eq(s.mu, threshold))
    yield Claim.of(cases, game.space, "one of them everywhere")


@SECTION.proposition("nash-not-perfect", "existence")
def nash_not_perfect() -> Iterator[Claim]:
    """Below mu* there are Nash equilibria that are not perfect: off the path a free opportunist
    may honour with any probability that keeps "out" optimal. At mu = 1 there are others.
    """
    game = _with_outside_option()
    s, threshold = game.symbols, game.quantities["trust_threshold"].expression
    equilibria = {e.name: e for e in game.solve("Nash")}
    promise = equilibria["stay out, incredible promise"]
    (q,) = promise.free
    bound = (
        sp.Rational(1, 2)
        * (s.o - game.joining_payoff)
        / ((s.b + s.ell) * (1 - s.mu) * (1 - s.sigma))
    )
    premises = [game.space, s.mu < threshold, s.mu < 1]
    yield Claim.of(bound > 0, premises, "there is room for a promise")
    small_promise = [*premises, q > 0, q <= 1, q <= bound]
    yield Claim.of(promise.where, small_promise, "every small enough promise keeps out optimal")
    for obligation in game.obligations(promise):
        yield Claim.of(obligation.statement, promise.space, f"Nash: {obligation.where}")
    yield Claim.of(sp.Lt(s.r, s.g, evaluate=False), game.space, "not perfect: exploiting would pay")


@SECTION.proposition("no-trust-no-membership", "existence")
def no_trust() -> Iterator[Claim]:
    """At mu = 0, which is complete information, there is no membership though both would gain from
    an honoured one (sigma = o = 0).
    """
    game = CredibleCommitment(mu=0, sigma=0)
    s = game.symbols
    yield Claim.of(game.joining_payoff < 0, game.space, "the member stays out")
    yield Claim.of(conjunction(s.b > 0, s.r > s.v), game.space, "both would gain")


@SECTION.proposition("trust-threshold-signs", "sign")
def threshold_signs() -> Iterator[Claim]:
    """mu* rises in ell and o and falls in b and sigma: everywhere with o = 0; with o where
    0 < mu* < 1, weakly at the ends.
    """
    game = CredibleCommitment()
    threshold = game.quantities["trust_threshold"].expression
    yield from sign_claims(threshold, game.space, ell="+", b="-", sigma="-")
    game = _with_outside_option()
    threshold = game.quantities["trust_threshold"].expression
    interior = [game.space, threshold > 0, threshold < 1]
    yield from sign_claims(threshold, interior, o="+", ell="+", b="-", sigma="-")
    ends = [game.space, threshold >= 0, threshold <= 1]
    yield from sign_claims(threshold, ends, o="+", ell=">=0", b="<=0", sigma="<=0")


@SECTION.proposition("risk-of-membership", "sign")
def expected_loss() -> Iterator[Claim]:
    """The expected loss (1 - mu)(1 - sigma) ell rises as trust falls."""
    game = CredibleCommitment()
    yield from sign_claims(game.expected_loss, game.space, mu="-")
