"""4b, repeated commitment and binding: critical discount factors and the least binding."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import (
    BY_INDUCTION,
    Section,
    claims_by_name,
    conjunction,
    equilibrium_claims,
    iff,
    real_symbols,
    sign_claims,
)
from gametheory_eeu.models.repeated_commitment import RepeatedCommitment

SECTION = Section("4b", "RepeatedCommitment", Source("L", "Friedman1971", "trigger strategies"))
_BINDING = Source("M", "NorthWeingast1989", "binding as a cost and a cut in temptation")


@SECTION.proposition("critical-discount-factor", "ordering")
def critical_discount_factor() -> Iterator[Claim]:
    """Without binding honouring is sustained, by grim trigger or any punishment, iff
    delta >= delta* = (g - r)/(g - v), weakly at it; delta* is a discount factor.
    """
    game = RepeatedCommitment()
    yield from claims_by_name(game.propositions(), "critical discount factor")
    s = game.symbols
    honour_value, breach_value = s.r / (1 - s.delta), s.g + s.delta * s.v / (1 - s.delta)
    is_patient = s.delta >= game.critical_discount_factor
    yield Claim.of(
        iff(honour_value >= breach_value, is_patient),
        game.space,
        "honouring for ever against one breach",
    )
    in_unit_interval = conjunction(
        game.critical_discount_factor > 0, game.critical_discount_factor < 1
    )
    yield Claim.of(in_unit_interval, game.space, "strictly between 0 and 1")


@SECTION.proposition("critical-discount-factor-signs", "sign")
def critical_signs() -> Iterator[Claim]:
    """delta* rises in the temptation g and in v, and falls in r."""
    game = RepeatedCommitment()
    yield from sign_claims(game.critical_discount_factor, game.space, g="+", r="-", v="+")


@SECTION.proposition("cases-of-binding", "ordering", source=_BINDING)
def cases_of_binding() -> Iterator[Claim]:
    """Grim trigger: alpha_min = 0 if N <= 0; N/M if 0 < N <= M; none in [0, 1] works if N > 0 and
    M < N (binding defeats itself); if N <= 0 and M < N it deters only for alpha <= N/M. By any
    punishment: the word is kept iff alpha M >= N or alpha(k_b - d) >= g - r.
    """
    propositions = RepeatedCommitment().propositions()
    yield from claims_by_name(
        propositions, "cases of binding", "grim trigger decides", "any punishment"
    )


@SECTION.proposition("equilibria", "equilibrium", source=_BINDING)
def equilibria() -> Iterator[Claim]:
    """Grim trigger, honouring always, and never honouring are equilibria where they are said to
    be: never honouring iff alpha(k_b - d) <= g - r, so always at alpha = 0.
    """
    game = RepeatedCommitment()
    yield from equilibrium_claims(game.solve("subgame perfect"))
    s = game.symbols
    credibility = s.alpha * (s.k_b - s.d) <= s.g - s.r
    exploiting_pays = (
        s.g - s.k_b * s.alpha >= s.r - s.d * s.alpha
    )  # exploiting, where nothing follows
    yield Claim.of(iff(exploiting_pays, credibility), game.space, "never honouring: only there")
    yield Claim.of(credibility, Space.of(game.space, sp.Eq(s.alpha, 0)), "always at alpha = 0")


@SECTION.proposition("binding-need-signs", "sign", source=_BINDING)
def need_signs() -> Iterator[Claim]:
    """On 0 < alpha_min < 1 the binding that grim trigger needs rises in the temptation g and in
    its cost d.
    """
    game = RepeatedCommitment()
    need, effect = game.binding_need, game.binding_effect
    interior = Space.of(game.space, need > 0, need < effect)
    yield from sign_claims(need / effect, interior, g="+", d="+", r="-", v="+", k_b="-")


@SECTION.proposition("patience-lowers-binding", "false", source=_BINDING)
def patience() -> Iterator[Claim]:
    """False: "patience always lowers the binding needed" by grim trigger (g = 2, r = 1, v = 0,
    k_b = 3, d = 8/5: 3/4, 4/5, 1 at delta = .2, .3, .4). On 0 < alpha_min <= 1, if k_b < g - v it
    does; if k_b >= g - v it does iff k_b(r - v) > d(g - v).
    """
    game = RepeatedCommitment()
    s, need, effect = game.symbols, game.binding_need, game.binding_effect
    interior = Space.of(game.space, need > 0, effect >= need)
    slope = sp.diff(need / effect, s.delta)
    point = {"g": 2, "r": 1, "v": 0, "k_b": 3, "d": "8/5", "alpha": 0, "b": 1, "ell": 1}
    yield Claim.refutation(slope < 0, interior, fails_at={**point, "delta": "3/10"})
    for delta, expected in (("1/5", "3/4"), ("3/10", "4/5"), ("2/5", 1)):
        example = game.at(**{**point, "delta": delta})
        claim = sp.Eq(example.minimum_binding, sp.Rational(expected), evaluate=False)
        yield Claim.of(claim, (), f"alpha_min at delta = {delta}")
    yield from claims_by_name(game.propositions(), "patience, weak bite", "patience, strong bite")
    yield from claims_by_name(game.propositions(), "binding and patience")


@SECTION.proposition("milder-punishments", "ordering", BY_INDUCTION)
def milder_punishments() -> Iterator[Claim]:
    """A longer punishment deters more, and grim trigger is the limit; where m of n members leave,
    the critical discount factor falls in m and rises in n.
    """
    propositions = RepeatedCommitment().propositions()
    yield from claims_by_name(
        propositions, "longer punishment", "grim trigger as limit", "punishment by some"
    )


@SECTION.proposition("need-for-binding", "sign")
def need_for_binding() -> Iterator[Claim]:
    """What binding must make up for where grim trigger is the punishment, N, rises in the
    temptation and falls in patience.
    """
    game = RepeatedCommitment()
    delta = real_symbols("delta")
    yield from sign_claims(game.binding_need, game.space, g="+", r="-", delta="-")
    yield Claim.of(iff(game.binding_need <= 0, delta >= game.critical_discount_factor), game.space)
