"""6, institutions: the optimal depth of binding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim
from gametheory_eeu.games.section import (
    ANY_N,
    BY_INDUCTION,
    Section,
    conjunction,
    equality,
    iff,
    implication,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.asymmetric_bargaining import AsymmetricBargaining
from gametheory_eeu.models.institutional_choice.model import joint_surplus

SECTION = Section("6-institutions", "InstitutionalChoice", Source("M", "StoneSlantchevLondon2008"))


class _Binding:
    """The surplus as a function of the depth of binding."""

    def __init__(self, **convention: Any) -> None:
        self.game = AsymmetricBargaining()
        s = self.game.symbols
        self.s, self.other = s, real_symbols("x")
        terms = {"hegemon": s.V + s.D, "kappa": s.kappa, "mu": s.mu, "benefit": s.b, "loss": s.ell,
                 "outside": s.o}  # fmt: skip
        self._terms = terms | convention
        self.given = Space.of(self.game.space, self.other >= 0, self.other <= 1)

    def at(self, alpha: Expr) -> Expr:
        """The surplus at a depth."""
        return joint_surplus(alpha, **self._terms)


@SECTION.proposition("binding-chosen", "optimum")
def binding_chosen() -> Iterator[Claim]:
    """Full binding is optimal iff mu <= mu_M = 1 - kappa/ell, no binding iff mu >= mu_M, and any
    alpha at equality: the surplus is linear in alpha.
    """
    m = _Binding()
    s, x = m.s, m.other
    threshold = 1 - s.kappa / s.ell
    equation = equality(m.at(s.alpha), m.game.quantities["surplus"].expression)
    yield Claim.of(equation, m.game.space, "the surplus of 5a")
    yield Claim.of(
        iff(m.at(1) > m.at(x), s.mu < threshold), [m.given, x < 1], "alpha* = 1, strictly"
    )
    yield Claim.of(
        iff(m.at(0) > m.at(x), s.mu > threshold), [m.given, x > 0], "alpha* = 0, strictly"
    )
    tie = implication(equality(s.mu, threshold), equality(m.at(s.alpha), m.at(x)))
    yield Claim.of(tie, m.given, "any at equality")
    yield Claim.of(conjunction(threshold > 0, threshold < 1), m.game.space, "mu_M is a probability")


@SECTION.proposition("control-and-surplus", "sign")
def control_and_surplus() -> Iterator[Claim]:
    """Control falls by kappa alpha always; the net surplus falls in alpha iff mu > mu_M."""
    m = _Binding()
    s = m.s
    yield Claim.of(s.kappa * s.alpha > 0, [m.game.space, s.alpha > 0], "control")
    decreasing = m.at(1) - m.at(0) < 0
    yield Claim.of(iff(decreasing, s.mu > 1 - s.kappa / s.ell), m.game.space, "net surplus")
    concealment = real_symbols("m")
    effective_control = s.kappa * s.alpha * (1 - concealment)
    yield from sign_claims(
        effective_control, [m.game.space, s.alpha > 0, concealment >= 0, concealment <= 1], m="-"
    )
    yield Claim.of(
        equality(effective_control.subs(concealment, 1), 0),
        m.game.space,
        "vanishes as m rises to 1",
    )


@SECTION.proposition("threshold-signs", "sign")
def threshold_signs() -> Iterator[Claim]:
    """mu_M rises in ell and falls in kappa."""
    m = _Binding()
    yield from sign_claims(1 - m.s.kappa / m.s.ell, m.game.space, ell="+", kappa="-")


@SECTION.proposition("unequal-losses", "optimum", ANY_N)
def unequal_losses() -> Iterator[Claim]:
    """With unequal ell and one alpha for n members binding pays iff mu < 1 - kappa/mean(ell)."""
    n, mean, kappa, mu = real_symbols("n M kappa mu")
    slope = -n * kappa + (1 - mu) * n * mean  # the sum over members of each surplus's slope
    premises = [n >= 1, kappa > 0, mean > kappa, mu >= 0, mu <= 1]
    yield Claim.of(iff(slope > 0, mu < 1 - kappa / mean), premises)


@SECTION.proposition("unequal-losses-sum", "identity", BY_INDUCTION)
def unequal_losses_sum() -> Iterator[Claim]:
    """The slope of the joint surplus in alpha is (1 - mu)sum ell - n kappa, by induction."""
    total, ell, n, kappa, mu, slope = real_symbols("Sigma ell n kappa mu slope")
    m = _Binding()
    s = m.s
    base = equality(sp.expand(m.at(1) - m.at(0)), (1 - s.mu) * s.ell - s.kappa)
    yield Claim.of(base, m.game.space, "base: one member")
    new_slope = slope + (1 - mu) * ell - kappa
    step = equality(new_slope, (1 - mu) * (total + ell) - (n + 1) * kappa)
    yield Claim.of(step, [sp.Eq(slope, (1 - mu) * total - n * kappa)], "step: one more")


@SECTION.proposition("if-binding-delivers", "optimum")
def binding_delivers() -> Iterator[Claim]:
    """Were binding to deliver the benefit too, mu_M would be 1 - kappa/(b + ell): higher."""
    m = _Binding(delivery=sp.S.One)
    s, x = m.s, m.other
    threshold = 1 - s.kappa / (s.b + s.ell)
    yield Claim.of(
        iff(m.at(1) > m.at(x), s.mu < threshold), [m.given, x < 1], "alpha* = 1, strictly"
    )
    yield Claim.of(threshold > 1 - s.kappa / s.ell, m.game.space, "higher")
