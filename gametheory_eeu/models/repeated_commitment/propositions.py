"""4b, repeated commitment and binding: patience, the least binding, and when it defeats itself."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source, Space
from gametheory_eeu.model import Claim
from gametheory_eeu.model.section import EVERY_N, Section, all_of, iff, owed, real, signs, stated
from gametheory_eeu.models.repeated_commitment import RepeatedCommitment

SECTION = Section("4b", "RepeatedCommitment", Source("L", "Friedman1971", "trigger strategies"))
_BINDING = Source("M", "NorthWeingast1989", "binding as a cost and a cut in temptation")


@SECTION.proposition("critical-discount-factor", "ordering")
def critical() -> Iterator[Claim]:
    """Without binding honouring is sustained, by grim trigger or any punishment, iff
    delta >= delta* = (g - r)/(g - v), weakly at it; delta* is a discount factor.
    """
    game = RepeatedCommitment()
    yield from stated(game.propositions(), "critical discount factor")
    s = game.symbols
    for_ever, once = s.r / (1 - s.delta), s.g + s.delta * s.v / (1 - s.delta)
    patient = s.delta >= game.critical_discount_factor
    yield Claim.of(
        iff(for_ever >= once, patient), game.space, "honouring for ever against one breach"
    )
    inside = all_of(game.critical_discount_factor > 0, game.critical_discount_factor < 1)
    yield Claim.of(inside, game.space, "strictly between 0 and 1")


@SECTION.proposition("critical-discount-factor-signs", "sign")
def critical_signs() -> Iterator[Claim]:
    """delta* rises in the temptation g and in v, and falls in r."""
    game = RepeatedCommitment()
    yield from signs(game.critical_discount_factor, game.space, g="+", r="-", v="+")


@SECTION.proposition("cases-of-binding", "ordering", source=_BINDING)
def cases() -> Iterator[Claim]:
    """Grim trigger: alpha_min = 0 if N <= 0; N/M if 0 < N <= M; none in [0, 1] works if N > 0 and
    M < N (binding defeats itself); if N <= 0 and M < N it deters only for alpha <= N/M. By any
    punishment: the word is kept iff alpha M >= N or alpha(k_b - d) >= g - r.
    """
    found = RepeatedCommitment().propositions()
    yield from stated(found, "cases of binding", "grim trigger decides", "any punishment")


@SECTION.proposition("equilibria", "equilibrium", source=_BINDING)
def equilibria() -> Iterator[Claim]:
    """Grim trigger, honouring always, and never honouring are equilibria where they are said to
    be: never honouring iff alpha(k_b - d) <= g - r, so always at alpha = 0.
    """
    game = RepeatedCommitment()
    yield from owed(game.solve("subgame perfect"))
    s = game.symbols
    never = s.alpha * (s.k_b - s.d) <= s.g - s.r
    pays = s.g - s.k_b * s.alpha >= s.r - s.d * s.alpha  # exploiting, where nothing follows
    yield Claim.of(iff(pays, never), game.space, "never honouring: only there")
    yield Claim.of(never, Space.of(game.space, sp.Eq(s.alpha, 0)), "always at alpha = 0")


@SECTION.proposition("binding-need-signs", "sign", source=_BINDING)
def need_signs() -> Iterator[Claim]:
    """On 0 < alpha_min < 1 the binding that grim trigger needs rises in the temptation g and in
    its cost d.
    """
    game = RepeatedCommitment()
    need, effect = game.binding_need, game.binding_effect
    inside = Space.of(game.space, need > 0, need < effect)
    yield from signs(need / effect, inside, g="+", d="+", r="-", v="+", k_b="-")


@SECTION.proposition("patience-lowers-binding", "false", source=_BINDING)
def patience() -> Iterator[Claim]:
    """False: "patience always lowers the binding needed" by grim trigger (g = 2, r = 1, v = 0,
    k_b = 3, d = 8/5: 3/4, 4/5, 1 at delta = .2, .3, .4). On 0 < alpha_min <= 1, if k_b < g - v it
    does; if k_b >= g - v it does iff k_b(r - v) > d(g - v).
    """
    game = RepeatedCommitment()
    s, need, effect = game.symbols, game.binding_need, game.binding_effect
    inside = Space.of(game.space, need > 0, effect >= need)
    slope = sp.diff(need / effect, s.delta)
    point = {"g": 2, "r": 1, "v": 0, "k_b": 3, "d": "8/5", "alpha": 0, "b": 1, "ell": 1}
    yield Claim.denied(slope < 0, inside, fails_at={**point, "delta": "3/10"})
    for delta, least in (("1/5", "3/4"), ("3/10", "4/5"), ("2/5", 1)):
        at = game.at(**{**point, "delta": delta})
        claim = sp.Eq(at.minimum_binding, sp.Rational(least), evaluate=False)
        yield Claim.of(claim, (), f"alpha_min at delta = {delta}")
    yield from stated(game.propositions(), "patience, weak bite", "patience, strong bite")
    yield from stated(game.propositions(), "binding and patience")


@SECTION.proposition("milder-punishments", "ordering", EVERY_N)
def milder() -> Iterator[Claim]:
    """A longer punishment deters more, and grim trigger is the limit; where m of n members leave,
    the critical discount factor falls in m and rises in n.
    """
    found = RepeatedCommitment().propositions()
    yield from stated(found, "longer punishment", "grim trigger as limit", "punishment by some")


@SECTION.proposition("need-for-binding", "sign")
def need() -> Iterator[Claim]:
    """What binding must make up for where grim trigger is the punishment, N, rises in the
    temptation and falls in patience.
    """
    game = RepeatedCommitment()
    delta = real("delta")
    yield from signs(game.binding_need, game.space, g="+", r="-", delta="-")
    yield Claim.of(iff(game.binding_need <= 0, delta >= game.critical_discount_factor), game.space)
