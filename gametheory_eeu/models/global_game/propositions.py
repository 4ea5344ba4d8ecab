"""3c, selection: what a little noise about power selects, and when a regime falls."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    LIMIT,
    Section,
    claims_by_name,
    conjunction,
    equality,
    iff,
    real_symbols,
)
from gametheory_eeu.models.global_game import GlobalGame
from gametheory_eeu.models.regime_change import RegimeChange

SECTION = Section("3c", "GlobalGame", Source("L", "MorrisShin2003"))
_REGIME = Source("L", "AngeletosHellwigPavan2007")


@SECTION.proposition("selected-threshold", "ordering")
def selected_threshold() -> Iterator[Claim]:
    """P_gg = theta - beta/2 lies strictly between theta - beta and theta, half way."""
    yield from claims_by_name(GlobalGame.lemmas(), "inside", "middle", "risk dominance")
    game = GlobalGame()
    x, s = real_symbols("x"), game.symbols
    average = sp.integrate(s.P + s.beta * x - s.theta, (x, 0, 1))
    equivalence = iff(average > 0, s.P > game.selection_threshold)
    yield Claim.of(equivalence, game.space, "joining pays against a share uniform on [0, 1]")


@SECTION.proposition("vanishing-noise", "ordering", LIMIT)
def vanishing_noise() -> Iterator[Claim]:
    """P_gg is the limit of the cut-offs as the noise vanishes.

    With a normal prior of mean y and precision a and signals of precision s the cut-off xi solves
    xi + beta(1 - F) = theta, F the normal distribution at r(xi - y), r^2 = a^2(a+s)/(s(a+2s)). From
    |F - 1/2| <= 2 r|xi - y|/5 (the density is below 2/5) the cut-off is within any margin of P_gg
    once s is above the bound given.
    """
    game = GlobalGame()
    s = game.symbols
    a, precision, r, cut, y, F, margin = real_symbols("a s r xi y F eta")
    density_bound = [sp.Abs(F - sp.Rational(1, 2)) <= sp.Rational(2, 5) * r * sp.Abs(cut - y)]
    cutoff_conditions = [equality(cut + s.beta * (1 - F), s.theta), F >= 0, F <= 1]
    noise = [a > 0, precision > 0, r > 0]
    noise_equation = equality(r**2 * precision * (a + 2 * precision), a**2 * (a + precision))
    yield Claim.of(
        r**2 * precision <= a**2, [*noise, noise_equation], "the noise is at most a/sqrt(s)"
    )
    range_claim = conjunction(cut >= s.theta - s.beta, cut <= s.theta)
    yield Claim.of(range_claim, [game.space, *cutoff_conditions], "where the cut-off can be")
    reach = real_symbols("C")  # what the cut-off is at most away from the prior mean
    far = [sp.Abs(cut - y) <= reach, reach > 0]
    distance_claim = (
        sp.Abs(cut - game.selection_threshold) <= sp.Rational(2, 5) * s.beta * r * reach
    )
    yield Claim.of(
        distance_claim,
        [game.space, *cutoff_conditions, *density_bound, *far, r > 0],
        "how near it is",
    )
    bound = precision * margin**2 >= (sp.Rational(2, 5) * s.beta * reach * a) ** 2
    margin_claim = sp.Rational(2, 5) * s.beta * r * reach <= margin
    premises = [s.beta > 0, reach > 0, *noise, r**2 * precision <= a**2, margin > 0, bound]
    yield Claim.of(margin_claim, premises, "from there on within the margin")


@SECTION.proposition("regime-change", "equilibrium", source=_REGIME, game="RegimeChange")
def regime_change() -> Iterator[Claim]:
    """The cut-off is unique for every prior mean iff a/sqrt(s) <= sqrt(2 pi); stable cut-offs fall
    in the prior mean and in the cost.
    """
    yield from claims_by_name(RegimeChange.lemmas(), "uniqueness", "multiplicity", "statics")


@SECTION.proposition("at-most-three-cutoffs", "equilibrium", source=_REGIME, game="RegimeChange")
def three_cutoffs() -> Iterator[Claim]:
    """There are at most three cut-offs: between two of them the slope of the condition vanishes,
    where the normal density takes one value, and it takes each at most twice.
    """
    u, v, w = real_symbols("u v w")
    premises = [equality(u**2, v**2), equality(v**2, w**2)]
    yield Claim.of(
        sp.Or(sp.Eq(u, v), sp.Eq(v, w), sp.Eq(u, w)), premises, "equal densities, equal squares"
    )


@SECTION.proposition("flat-prior", "equilibrium", source=_REGIME, game="RegimeChange")
def flat_prior() -> Iterator[Claim]:
    """Under a flat prior the regime falls up to 1 - cost: to the marginal attacker the mass of
    attackers is uniform, so that a fall is as likely as the cost exactly there.
    """
    game = RegimeChange()
    c, strength = game.symbols.c, real_symbols("theta")
    fall_probability = (
        1 - strength
    )  # the chance that a uniform mass of attackers is at least the strength
    indifferent = equality(fall_probability * (1 - c) + (1 - fall_probability) * -c, 0)
    at_threshold = equality(strength, game.flat_prior_threshold)
    yield Claim.of(iff(indifferent, at_threshold), game.space)
