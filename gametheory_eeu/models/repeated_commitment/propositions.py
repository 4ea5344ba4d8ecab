"""4b, repeated commitment and binding: critical discount factors and the least binding."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Source, Space
from gametheory_eeu.games import Claim, Proposition
from gametheory_eeu.games.section import (
    ALL_PARAMETERS,
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
    yield from claims_by_name(game.lemmas(), "critical discount factor")
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
    lemmas = RepeatedCommitment().lemmas()
    yield from claims_by_name(lemmas, "cases of binding", "grim trigger decides", "any punishment")


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
    yield from claims_by_name(game.lemmas(), "patience, weak bite", "patience, strong bite")
    yield from claims_by_name(game.lemmas(), "binding and patience")


@SECTION.proposition("milder-punishments", "ordering", BY_INDUCTION)
def milder_punishments() -> Iterator[Claim]:
    """A longer punishment deters more, and grim trigger is the limit; where m of n members leave,
    the critical discount factor falls in m and rises in n.
    """
    lemmas = RepeatedCommitment().lemmas()
    yield from claims_by_name(
        lemmas, "longer punishment", "grim trigger as limit", "punishment by some"
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


def general_propositions(game: RepeatedCommitment) -> tuple[Proposition, ...]:
    """The propositions about a game without values."""
    return (
        *_binding_propositions(game),
        *_patience_propositions(game),
        _grim_trigger_optimality(game),
        _punishment_bound(game),
        *_length_propositions(),
        _partial_punishment(),
    )


def _iff(first: Boolean, second: Boolean) -> Boolean:
    return sp.Or(sp.And(first, second), sp.And(sp.Not(first), sp.Not(second)))


def _proposition(
    name: str,
    statement: str,
    scope: str,
    *steps: tuple[Boolean, object] | tuple[Boolean, object, str],
) -> Proposition:
    claims = tuple(Claim.of(*step) for step in steps)
    return Proposition(name, statement, scope, claims, game="RepeatedCommitment")


def _binding_propositions(game: RepeatedCommitment) -> Iterator[Proposition]:
    s, space = game.symbols, game.space
    need, effect = game.binding_need, game.binding_effect
    deterrence = s.alpha * effect >= need
    min_binding = need / effect
    yield _proposition(
        "critical discount factor",
        "without binding grim trigger keeps the word iff delta >= (g - r)/(g - v), at equality "
        "too, and no other punishment does better",
        ALL_PARAMETERS,
        (_iff(need <= 0, s.delta >= game.critical_discount_factor), space),
        (
            sp.Not(game._is_honouring_dominant),
            Space.of(space, sp.Eq(s.alpha, 0)),
            "it never pays at once",
        ),
    )
    cases: dict[str, tuple[Boolean, Boolean]] = {
        "N <= 0, M >= N": (sp.And(need <= 0, effect >= need), deterrence),
        "N <= 0, M < N": (
            sp.And(need <= 0, effect < need),
            _iff(deterrence, s.alpha <= min_binding),
        ),
        "0 < N <= M": (sp.And(need > 0, effect >= need), _iff(deterrence, s.alpha >= min_binding)),
        "N > 0, M < N": (sp.And(need > 0, effect < need), sp.Not(deterrence)),
    }
    yield _proposition(
        "cases of binding",
        "grim trigger keeps the word at every depth; up to N/M; from N/M on; at none: by the "
        "signs of N, M",
        ALL_PARAMETERS,
        *((statement, Space.of(space, case)) for case, statement in cases.values()),
        (sp.Or(*(case for case, _ in cases.values())), space),
    )


def _patience_propositions(game: RepeatedCommitment) -> Iterator[Proposition]:
    s = game.symbols
    need, effect = game.binding_need, game.binding_effect
    interior = Space.of(game.space, need > 0, effect >= need)
    slope = sp.diff(need / effect, s.delta)
    patience_condition = s.k_b * (s.r - s.v) > s.d * (s.g - s.v)
    yield _proposition(
        "patience, weak bite",
        "on 0 < alpha_min <= 1, if k_b < g - v, patience lowers the binding that grim trigger "
        "needs",
        ALL_PARAMETERS,
        (slope < 0, Space.of(interior, s.k_b < s.g - s.v)),
    )
    yield _proposition(
        "patience, strong bite",
        "on 0 < alpha_min <= 1, if k_b >= g - v, patience lowers the binding that grim trigger "
        "needs iff k_b(r - v) > d(g - v)",
        ALL_PARAMETERS,
        (_iff(slope < 0, patience_condition), Space.of(interior, s.k_b >= s.g - s.v)),
    )
    critical_factor = type(game).bound_discount_factor.function(game)
    temptation_space = Space.of(
        game.space, game._is_tempted, game._stage_payoffs.honour < game._stage_payoffs.exploit
    )
    yield _proposition(
        "binding and patience",
        "while breaking the word still tempts, more binding lowers the patience needed iff "
        "k_b(r - v) > d(g - v)",
        ALL_PARAMETERS,
        (_iff(sp.diff(critical_factor, s.alpha) < 0, patience_condition), temptation_space),
    )


def _grim_trigger_optimality(game: RepeatedCommitment) -> Proposition:
    """Grim trigger's condition holds where honouring pays at once and at least v."""
    s, payoffs = game.symbols, game._stage_payoffs
    deterrence = s.alpha * game.binding_effect >= game.binding_need
    space = Space.of(game.space, payoffs.honour >= payoffs.apart)
    return _proposition(
        "grim trigger decides",
        "where honouring pays at least v, alpha M >= N whenever honouring needs no punishment, "
        "and otherwise never honouring is an equilibrium and the worst punishment",
        ALL_PARAMETERS,
        (sp.Implies(payoffs.honour >= payoffs.exploit, deterrence), space),
        (sp.Or(payoffs.honour >= payoffs.exploit, s.alpha * (s.k_b - s.d) <= s.g - s.r), space),
    )


def _punishment_bound(game: RepeatedCommitment) -> Proposition:
    """The condition of honouring for ever under the best punishment, pure or mixed.

    Let w be the greatest lower bound of what equilibria are worth to the hegemon. It moves second:
    where the member stays out it gets v now, where the member joins it can exploit, and either is
    followed by at least w. So w >= (1 - delta) min(v, g - k_b alpha) + delta w, whatever the
    member mixes. Honouring for ever must be worth at least one breach and then w. In a Nash
    equilibrium w is what the hegemon can make sure of against any plan: it obeys the same bound.
    """
    s, u = game.symbols, game._stage_payoffs
    worst, bound = sp.symbols("w m", real=True)
    grim, optimal = s.alpha * game.binding_effect >= game.binding_need, game._is_honouring_dominant
    floor = worst >= (1 - s.delta) * bound + s.delta * worst
    no_gain = u.honour >= (1 - s.delta) * u.exploit + s.delta * worst
    temptation = Space.of(game.space, u.honour < u.exploit, no_gain)
    futile = Space.of(
        game.space, game.binding_need > 0, game.binding_effect < game.binding_need, optimal
    )
    ratio = (s.g - s.r) / (s.k_b - s.d)
    return _proposition(
        "any punishment",
        "by whatever punishment, the word is kept for ever in some equilibrium iff alpha M >= N "
        "or alpha(k_b - d) >= g - r; where binding defeats grim trigger that is from "
        "(g - r)/(k_b - d) on, where k_b - d >= g - r, and honouring pays less than v",
        ALL_PARAMETERS,
        (worst >= bound, Space.of(game.space, floor), "w is at least m = min(v, g - k_b alpha)"),
        (worst < u.exploit, temptation, "where exploiting tempts, honouring asks for w below it"),
        (grim, Space.of(temptation, worst >= u.apart), "so that w >= v, and then alpha M >= N"),
        (_iff(u.honour >= u.exploit, optimal), game.space, "honouring pays at once"),
        (sp.Implies(sp.Or(grim, optimal), sp.Or(optimal, sp.And(grim, u.honour <= u.exploit))),
         game.space, "then always honouring, or grim trigger, is an equilibrium"),
        (s.alpha >= ratio, Space.of(futile, s.k_b > s.d), "from (g - r)/(k_b - d) on"),
        (s.k_b - s.d >= s.g - s.r, futile, "only where k_b - d >= g - r"),
        (u.honour < u.apart, Space.of(game.space, sp.Not(grim), optimal), "and at less than v"),
    )  # fmt: skip


def _length_propositions() -> Iterator[Proposition]:
    """Propositions by induction in the length; X is the value of the periods so far."""
    x, last, delta = sp.symbols("X X_last delta", real=True)
    limit = delta / (1 - delta)
    premises = ["0 < delta < 1", x > 0]
    scope = "every length, by induction"
    yield _proposition(
        "longer punishment",
        "a longer punishment deters more: the critical discount factor falls with its length",
        scope,
        (delta > 0, premises[:1], "base: one period is worth delta"),
        (sp.And(x + last > x), [*premises, last > 0], "step: one more is worth more"),
        (delta * last > 0, [*premises, last > 0], "step: what the next adds is positive again"),
    )
    yield _proposition(
        "grim trigger as limit",
        "T periods are worth less than for ever, and what is missing shrinks by delta a period: "
        "the critical discount factors fall to (g - r)/(g - v)",
        scope,
        (delta < limit, premises[:1], "base: one period"),
        (delta * (1 + x) < limit, [*premises, x < limit], "step: one more"),
        (sp.Eq(limit - delta * (1 + x), delta * (limit - x), evaluate=False), premises),
    )


def _partial_punishment() -> Proposition:
    n, m, j, delta, gain, loss = sp.symbols("n m j delta G L", real=True)
    full_condition = n * (1 - delta) * gain <= m * delta * loss
    partial_condition = j * (1 - delta) * gain <= delta * loss * sp.Min(m, j)
    space = ["1 <= m <= n", "1 <= j <= n", "0 < delta < 1", "G > 0", "L > 0"]
    critical = n * gain / (n * gain + m * loss)
    return _proposition(
        "punishment by some",
        "when m of n leave at a breach, the hardest moment to keep the word is when all are in; "
        "the critical discount factor is (g - r)/(g - r + (m/n)(r - v)), lower the more leave",
        "all n and m",
        (sp.Implies(full_condition, partial_condition), space),
        (_iff(full_condition, delta >= critical), space),
        (sp.diff(critical, m) < 0, space),
        (sp.diff(critical, n) > 0, space),
    )
