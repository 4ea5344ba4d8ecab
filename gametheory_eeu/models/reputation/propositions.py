"""4d, reputation: the chain store, for every number of members left, by induction.

B stands for b^(n-1): what the induction uses of it is 0 < B <= 1, and that b B is b^n.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim, Proposition
from gametheory_eeu.games.section import (
    ANY_N,
    BY_INDUCTION,
    Section,
    conjunction,
    equality,
    equilibrium_claims,
    iff,
    real_symbols,
)
from gametheory_eeu.models.reputation import Reputation

SECTION = Section("4d", "Reputation", Source("L", "KrepsWilson1982", "sec. 2"))
a, b, p, B, W = real_symbols("a b p B W")
_SPACE = [a > 1, b > 0, b < 1, p > 0, p < 1, B > 0, B <= 1]
_MIX = p * (1 - B) / ((1 - p) * B)
"""With what probability a weak hegemon fights, at a belief p below B."""


@SECTION.proposition("powers", "identity", BY_INDUCTION)
def powers() -> Iterator[Claim]:
    """b^(n-1) lies in (0, 1] for every n and falls: what is assumed of B holds of it."""
    yield Claim.of(conjunction(B > 0, B <= 1), [sp.Eq(B, 1)], "base: n = 1")
    yield Claim.of(conjunction(b * B > 0, b * B <= 1, b * B < B), _SPACE, "step: n + 1")


@SECTION.proposition("entry", "equilibrium", ANY_N)
def entry() -> Iterator[Claim]:
    """With n left a member stays out if p > b^n and defies if p < b^n; at p = b^n it is
    indifferent.

    Below B a defiant member is fought with probability p/B in all, from B on for certain.
    """
    resistance = p + (1 - p) * _MIX
    premises = [*_SPACE, p < B]
    yield Claim.of(equality(resistance, p / B), premises, "how often it is fought")
    yield Claim.of(iff(b - resistance > 0, p < b * B), premises, "it defies")
    yield Claim.of(
        iff(equality(b - resistance, 0), equality(p, b * B)), premises, "it is indifferent"
    )
    yield Claim.of(conjunction(b - 1 < 0, p > b * B), [*_SPACE, p >= B], "from B on it stays out")


@SECTION.proposition("fighting", "equilibrium", ANY_N)
def fighting() -> Iterator[Claim]:
    """A weak hegemon fights for certain if p >= b^(n-1), else with probability
    p(1 - b^(n-1))/((1 - p)b^(n-1)), after which the belief is b^(n-1); giving way reveals weakness.
    """
    premises = [*_SPACE, p < B]
    yield Claim.of(conjunction(_MIX >= 0, _MIX < 1), premises, "the mix is one")
    posterior = p / (p + (1 - p) * _MIX)
    yield Claim.of(equality(posterior, B), premises, "the belief after a fight is B")
    revelation = iff(equality((1 - p) * (1 - _MIX), 1 - p / B), conjunction(B > 0))
    yield Claim.of(revelation, premises, "it gives way with 1 - p/B in all, and only the weak do")
    yield Claim.of(equality(_MIX.subs(B, 1), 0), _SPACE, "n = 1: it gives way")


@SECTION.proposition("values", "equilibrium", BY_INDUCTION)
def continuation_values() -> Iterator[Claim]:
    """Fighting is right: with k left the game is worth W_k to a weak hegemon, 0 below b^k, 1 at b^k
    and at least 1 above. So tomorrow is worth what a fight costs, 1, at the belief b^(n-1) that the
    mix leaves, and more above, where the fight is certain.
    """
    stay, later_value = real_symbols("x V")
    yield Claim.of(
        equality(a * (1 / a), 1), _SPACE, "base: k = 1, at b: out with 1/a, else worth 0"
    )
    yield Claim.of(a >= 1, _SPACE, "base: k = 1, above b: out")
    value = (
        stay * (a + later_value) + (1 - stay) * 0
    )  # at b^k the belief is below b^(k-1): later is worth 0
    yield Claim.of(
        equality(value, 1), [*_SPACE, sp.Eq(stay, 1 / a), sp.Eq(later_value, 0)], "step: at b^k"
    )
    yield Claim.of(
        a + later_value >= 1, [*_SPACE, later_value >= 0], "step: above b^k, all later worths >= 0"
    )
    premises = [*_SPACE, sp.Eq(W, 1)]
    yield Claim.of(
        equality(-1 + W, 0), premises, "at the mix: a fight is worth as much as giving way"
    )
    yield Claim.of(-1 + W >= 0, [*_SPACE, W >= 1], "from b^(n-1) on a fight is worth no less")
    indifferent_mix = 1 / a
    yield Claim.of(
        conjunction(indifferent_mix > 0, indifferent_mix < 1), _SPACE, "1/a is a probability"
    )


@SECTION.proposition("unique", "equilibrium", BY_INDUCTION)
def unique() -> Iterator[Claim]:
    """Where p is no power of b the perfect equilibrium is unique."""
    yield Claim.of(iff(b - p > 0, p < b), _SPACE, "base: one left, and the weak give way")
    for claim in Reputation.uniqueness().claims:
        yield replace(claim, label="step: one more is left")


@SECTION.proposition("others-exist", "existence")
def other_equilibria() -> Iterator[Claim]:
    """Others exist: Nash equilibria that are not perfect, with three members here, in which nobody
    defies a hegemon that would fight to the last.
    """
    solutions = Reputation().solve("Nash")
    threat = solutions["all deterred, incredible threat"]
    for obligation in solutions.game.obligations(threat):
        yield Claim.of(obligation.statement, threat.space, obligation.where)
    assessment = replace(threat, concept="perfect Bayesian")
    perfection = conjunction(*(o.statement for o in solutions.game.obligations(assessment)))
    yield Claim.of(sp.Not(perfection), threat.space, "it owes more to be perfect, and fails")


@SECTION.proposition("two-members", "equilibrium")
def two_members() -> Iterator[Claim]:
    """For two members every obligation of every listed equilibrium, ties included."""
    yield from equilibrium_claims(Reputation(member_count=2).solve("perfect Bayesian"))


def uniqueness() -> Proposition:
    """Uniqueness of the induction step where the belief q is no power of b."""
    a, b, q, y, x, power, w = sp.symbols("a b q y x B W", real=True)
    premises = [a > 1, b > 0, b < 1, power > 0, power <= 1, q > 0, q < 1, y >= 0, y <= 1]
    posterior = q / (q + (1 - q) * y)
    mix = q * (1 - power) / ((1 - q) * power)
    below, claims = [q < power], []
    claims += [(posterior >= q, []), (w - 1 > 0, [w >= a])]
    claims += [(sp.And(mix >= 0, mix < 1), below)]
    claims += [(iff(sp.Eq(posterior, power), sp.Eq(y, mix)), below)]
    claims += [(iff(sp.Eq(x * a, 1), sp.Eq(x, 1 / a)), [])]
    claims += [(iff(b - q - (1 - q) * mix > 0, q < b * power), below)]
    return Proposition(
        "uniqueness",
        "Where p is no power of b up to the n-th, the equilibrium is unique: above B = b^(k-1) "
        "a fight keeps the belief above B, is worth W >= a > 1 tomorrow, and is certain; below "
        "B giving way for certain would make a fight prove toughness and fighting for certain "
        "would prove nothing, so the mix puts the belief at B, where the next member's mix "
        "must make W = 1; and the member then defies below b^k",
        "every n, by induction on the members left",
        tuple(Claim.of(claim, given=[*premises, *conditions]) for claim, conditions in claims),
    )
