"""What holds of repeated commitment at all parameters: each claim with the proofs it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.model import Claim, Proposition

if TYPE_CHECKING:
    from gametheory_eeu.models.repeated_commitment.model import RepeatedCommitment

ALL = "all parameters"


def propositions(game: RepeatedCommitment) -> tuple[Proposition, ...]:
    """The propositions about a game without values."""
    return (
        *_about_binding(game),
        *_about_patience(game),
        _as_good_as_any(game),
        _any_punishment(game),
        *_about_length(),
        _about_numbers(),
    )


def _iff(one: Boolean, other: Boolean) -> Boolean:
    return sp.Or(sp.And(one, other), sp.And(sp.Not(one), sp.Not(other)))


def _claim(
    name: str,
    statement: str,
    scope: str,
    *steps: tuple[Boolean, object] | tuple[Boolean, object, str],
) -> Proposition:
    claims = tuple(Claim.of(*step) for step in steps)
    return Proposition(name, statement, scope, claims, game="RepeatedCommitment")


def _about_binding(game: RepeatedCommitment) -> Iterator[Proposition]:
    s, space = game.symbols, game.space
    need, effect = game.binding_need, game.binding_effect
    holds = s.alpha * effect >= need
    least = need / effect
    yield _claim(
        "critical discount factor",
        "without binding grim trigger keeps the word iff delta >= (g - r)/(g - v), at equality "
        "too, and no other punishment does better",
        ALL,
        (_iff(need <= 0, s.delta >= game.critical_discount_factor), space),
        (sp.Not(game._pays_at_once), Space.of(space, sp.Eq(s.alpha, 0)), "it never pays at once"),
    )
    cases: dict[str, tuple[Boolean, Boolean]] = {
        "N <= 0, M >= N": (sp.And(need <= 0, effect >= need), holds),
        "N <= 0, M < N": (
            sp.And(need <= 0, effect < need),
            _iff(holds, s.alpha <= least),
        ),
        "0 < N <= M": (sp.And(need > 0, effect >= need), _iff(holds, s.alpha >= least)),
        "N > 0, M < N": (sp.And(need > 0, effect < need), sp.Not(holds)),
    }
    yield _claim(
        "cases of binding",
        "grim trigger keeps the word at every depth; up to N/M; from N/M on; at none: by the "
        "signs of N, M",
        ALL,
        *((claim, Space.of(space, where)) for where, claim in cases.values()),
        (sp.Or(*(where for where, _ in cases.values())), space),
    )


def _about_patience(game: RepeatedCommitment) -> Iterator[Proposition]:
    s = game.symbols
    need, effect = game.binding_need, game.binding_effect
    inside = Space.of(game.space, need > 0, effect >= need)
    slope = sp.diff(need / effect, s.delta)
    helps = s.k_b * (s.r - s.v) > s.d * (s.g - s.v)
    yield _claim(
        "patience, weak bite",
        "on 0 < alpha_min <= 1, if k_b < g - v, patience lowers the binding that grim trigger "
        "needs",
        ALL,
        (slope < 0, Space.of(inside, s.k_b < s.g - s.v)),
    )
    yield _claim(
        "patience, strong bite",
        "on 0 < alpha_min <= 1, if k_b >= g - v, patience lowers the binding that grim trigger "
        "needs iff k_b(r - v) > d(g - v)",
        ALL,
        (_iff(slope < 0, helps), Space.of(inside, s.k_b >= s.g - s.v)),
    )
    bound = type(game).bound_discount_factor.function(game)
    tempted = Space.of(game.space, game._tempted, game._flows.kept < game._flows.broken)
    yield _claim(
        "binding and patience",
        "while breaking the word still tempts, more binding lowers the patience needed iff "
        "k_b(r - v) > d(g - v)",
        ALL,
        (_iff(sp.diff(bound, s.alpha) < 0, helps), tempted),
    )


def _as_good_as_any(game: RepeatedCommitment) -> Proposition:
    """Where honouring needs no punishment, and pays at least v, grim trigger's condition holds."""
    s, f = game.symbols, game._flows
    holds = s.alpha * game.binding_effect >= game.binding_need
    willing = Space.of(game.space, f.kept >= f.apart)
    return _claim(
        "grim trigger decides",
        "where honouring pays at least v, alpha M >= N whenever honouring needs no punishment, "
        "and otherwise never honouring is an equilibrium and the worst punishment",
        ALL,
        (sp.Implies(f.kept >= f.broken, holds), willing),
        (sp.Or(f.kept >= f.broken, s.alpha * (s.k_b - s.d) <= s.g - s.r), willing),
    )


def _any_punishment(game: RepeatedCommitment) -> Proposition:
    """What the best of all punishments attains, pure or mixed, perfect or not.

    Let w be the greatest lower bound of what equilibria are worth to the hegemon. It moves second:
    where the member stays out it gets v now, where the member joins it can exploit, and either is
    followed by at least w. So w >= (1 - delta) min(v, g - k_b alpha) + delta w, whatever the
    member mixes. Honouring for ever must be worth at least one breach and then w. In a Nash
    equilibrium w is what the hegemon can make sure of against any plan: it obeys the same bound.
    """
    s, f = game.symbols, game._flows
    worst, bound = sp.symbols("w m", real=True)
    deters, at_once = s.alpha * game.binding_effect >= game.binding_need, game._pays_at_once
    lowest = worst >= (1 - s.delta) * bound + s.delta * worst
    once = f.kept >= (1 - s.delta) * f.broken + s.delta * worst
    tempted = Space.of(game.space, f.kept < f.broken, once)
    defeated = Space.of(
        game.space, game.binding_need > 0, game.binding_effect < game.binding_need, at_once
    )
    least = (s.g - s.r) / (s.k_b - s.d)
    return _claim(
        "any punishment",
        "by whatever punishment, the word is kept for ever in some equilibrium iff alpha M >= N "
        "or alpha(k_b - d) >= g - r; where binding defeats grim trigger that is from "
        "(g - r)/(k_b - d) on, where k_b - d >= g - r, and honouring pays less than v",
        ALL,
        (worst >= bound, Space.of(game.space, lowest), "w is at least m = min(v, g - k_b alpha)"),
        (worst < f.broken, tempted, "where exploiting tempts, honouring asks for w below it"),
        (deters, Space.of(tempted, worst >= f.apart), "so that w >= v, and then alpha M >= N"),
        (_iff(f.kept >= f.broken, at_once), game.space, "honouring pays at once"),
        (sp.Implies(sp.Or(deters, at_once), sp.Or(at_once, sp.And(deters, f.kept <= f.broken))),
         game.space, "then always honouring, or grim trigger, is an equilibrium"),
        (s.alpha >= least, Space.of(defeated, s.k_b > s.d), "from (g - r)/(k_b - d) on"),
        (s.k_b - s.d >= s.g - s.r, defeated, "only where k_b - d >= g - r"),
        (f.kept < f.apart, Space.of(game.space, sp.Not(deters), at_once), "and at less than v"),
    )  # fmt: skip


def _about_length() -> Iterator[Proposition]:
    """By induction in the length: X is what the periods of punishment so far are worth."""
    x, last, delta = sp.symbols("X X_last delta", real=True)
    forever = delta / (1 - delta)
    given = ["0 < delta < 1", x > 0]
    scope = "every length, by induction"
    yield _claim(
        "longer punishment",
        "a longer punishment deters more: the critical discount factor falls with its length",
        scope,
        (delta > 0, given[:1], "base: one period is worth delta"),
        (sp.And(x + last > x), [*given, last > 0], "step: one more is worth more"),
        (delta * last > 0, [*given, last > 0], "step: what the next adds is positive again"),
    )
    yield _claim(
        "grim trigger as limit",
        "T periods are worth less than for ever, and what is missing shrinks by delta a period: "
        "the critical discount factors fall to (g - r)/(g - v)",
        scope,
        (delta < forever, given[:1], "base: one period"),
        (delta * (1 + x) < forever, [*given, x < forever], "step: one more"),
        (sp.Eq(forever - delta * (1 + x), delta * (forever - x), evaluate=False), given),
    )


def _about_numbers() -> Proposition:
    n, m, j, delta, gain, loss = sp.symbols("n m j delta G L", real=True)
    all_in = n * (1 - delta) * gain <= m * delta * loss
    some = j * (1 - delta) * gain <= delta * loss * sp.Min(m, j)
    space = ["1 <= m <= n", "1 <= j <= n", "0 < delta < 1", "G > 0", "L > 0"]
    critical = n * gain / (n * gain + m * loss)
    return _claim(
        "punishment by some",
        "when m of n leave at a breach, the hardest moment to keep the word is when all are in; "
        "the critical discount factor is (g - r)/(g - r + (m/n)(r - v)), lower the more leave",
        "all n and m",
        (sp.Implies(all_in, some), space),
        (_iff(all_in, delta >= critical), space),
        (sp.diff(critical, m) < 0, space),
        (sp.diff(critical, n) > 0, space),
    )
