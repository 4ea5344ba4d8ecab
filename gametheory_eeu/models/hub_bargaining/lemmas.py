"""Propositions on a hub's three protocols, and the obligations of their outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.games import Claim, Equilibrium, Obligation, Proposition
from gametheory_eeu.models.hub_bargaining.outcomes import with_symbolic_parts, with_symbolic_terms

if TYPE_CHECKING:
    from gametheory_eeu.models.hub_bargaining.model import HubBargaining
    from gametheory_eeu.models.hub_bargaining.outcomes import Spoke

MAX_RECURSION_MEMBERS = 10
SIZES = (2, 3, 4, 5, 6)


def _real_symbols(text: str) -> tuple[Symbol, ...]:
    symbols = sp.symbols(text, real=True)
    return symbols if isinstance(symbols, tuple) else (symbols,)


# What an outcome owes: Nash bargaining of each pair, or of all, from the gains alone.


def obligations(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """The obligations of an outcome, at the game's values.

    With symbols left and members of their own kinds, each member's terms are first named by
    symbols of their own, and its surplus is split into what it gains and what it loses: what holds
    for all of these holds for the game's, and is a claim about polynomials.
    """
    if game.members is not None and game.space.symbols:
        yield from _term_obligations(game, equilibrium)
    else:
        yield from _outcome_obligations(game, equilibrium)


def _term_obligations(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    generic, substitution = with_symbolic_terms(game)
    (counterpart,) = (
        e for e in generic.equilibria(equilibrium.concept) if e.name == equilibrium.name
    )
    for player, payoff in equilibrium.payoffs.items():
        equation = sp.Eq(
            payoff, _substitute(game, counterpart.payoffs[player].xreplace(substitution))
        )
        yield Obligation(f"the payoff of {player} is as named", equation)
    condition = _substitute(game, counterpart.condition.xreplace(substitution))
    yield Obligation("the condition is as named", sp.Implies(equilibrium.condition, condition))
    yield from _component_obligations(with_symbolic_parts(game), equilibrium)


def _component_obligations(
    generic: HubBargaining, equilibrium: Equilibrium
) -> Iterator[Obligation]:
    (counterpart,) = (
        e for e in generic.equilibria(equilibrium.concept) if e.name == equilibrium.name
    )
    sign_conditions = (sp.And(i.omega > 0, i.gain >= 0, i.loss >= 0) for i in generic.spokes)
    premise = sp.And(
        counterpart.condition, counterpart.where, generic.symbols.Z >= 0, *sign_conditions
    )
    no_losses = {i.loss: sp.Integer(0) for i in generic.spokes}
    for i in generic.spokes:
        prices = (
            price(i).xreplace(no_losses) for price in (generic.closed_price, generic.general_price)
        )
        label = f"{i.name}'s closed price is the general one where every deal has a surplus"
        odds_premise = sp.And(*(j.omega > 0 for j in generic.spokes))
        yield Obligation(label, sp.Implies(odds_premise, sp.Eq(*prices), evaluate=False))
    for obligation in _outcome_obligations(generic, counterpart):
        yield Obligation(
            obligation.where, sp.Implies(premise, obligation.statement, evaluate=False)
        )


def _outcome_obligations(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    probabilities = equilibrium.profile["union"]
    if equilibrium.free:
        yield from _indifference(game, equilibrium)
        return
    protocol, union = equilibrium.concept, next(u for u, p in probabilities.items() if p == 1)
    yield from _budget_and_rationality(game, equilibrium, union)
    if union == "all":
        conditions = {"Nash-in-Nash": _pairwise_conditions, "one table": _one_table_conditions}.get(
            protocol, _renegotiation_conditions
        )
        yield from conditions(game, equilibrium)
    elif union == "the willing":
        yield from _single_deal_conditions(game, equilibrium)
    yield from _recursion_equalities(game, equilibrium)


def _substitute(game: HubBargaining, expression: Expr) -> Expr:
    return sp.sympify(expression).xreplace(game.values)


def _net_gain(equilibrium: Equilibrium, i: Spoke) -> Expr:
    return equilibrium.payoffs[i.name]


def _total_gain(game: HubBargaining, equilibrium: Equilibrium) -> Expr:
    if game.members is None:
        return _substitute(game, game.symbols.n) * equilibrium.payoffs["member"]
    return sp.Add(*(_net_gain(equilibrium, i) for i in game.spokes))


def _budget_and_rationality(
    game: HubBargaining, equilibrium: Equilibrium, union: str
) -> Iterator[Obligation]:
    union_value = {
        "all": game.total(lambda i: i.S) + game.symbols.Z,
        "the willing": game.total(lambda i: i.gain),
        "nobody": sp.Integer(0),
    }[union]
    total_gain = equilibrium.payoffs["hegemon"] + _total_gain(game, equilibrium)
    yield Obligation(
        "what all gain is what the union is worth",
        sp.Eq(total_gain, _substitute(game, union_value)),
    )
    for i in game.spokes:
        yield Obligation(f"{i.name} is no worse off than outside", _net_gain(equilibrium, i) >= 0)


def _renegotiation_conditions(
    game: HubBargaining, equilibrium: Equilibrium
) -> Iterator[Obligation]:
    """Nash bargaining of each member with the hegemon over the gain from its staying in."""
    hub_gain = equilibrium.payoffs["hegemon"]
    willing_gain = game.total(lambda i: (1 - i.gamma) * i.gain)
    for i in game.spokes:
        gain_without = _substitute(game, willing_gain - (1 - i.gamma) * i.gain)
        gamma = _substitute(game, i.gamma)
        split = sp.Eq((1 - gamma) * _net_gain(equilibrium, i), gamma * (hub_gain - gain_without))
        yield Obligation(f"{i.name} and the hegemon divide by their weights", split)
        yield Obligation(
            f"the hegemon would not rather go on without {i.name}", hub_gain >= gain_without
        )


def _pairwise_conditions(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    for i in game.spokes:
        net_gain, gamma = _net_gain(equilibrium, i), _substitute(game, i.gamma)
        hub_part = _substitute(game, i.S + game.symbols.Z) - net_gain
        split = sp.Eq((1 - gamma) * net_gain, gamma * hub_part)
        yield Obligation(f"{i.name} and the hegemon divide the pair's gain", split)


def _one_table_conditions(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    hub_gain = equilibrium.payoffs["hegemon"]
    yield Obligation("the hegemon is no worse off than with nobody", hub_gain >= 0)
    for i in game.spokes:
        net_gain, gamma = _net_gain(equilibrium, i), _substitute(game, i.gamma)
        split = sp.Eq((1 - gamma) * net_gain, gamma * hub_gain)
        yield Obligation(f"{i.name} gains in proportion to its weight", split)


def _single_deal_conditions(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    for i in game.spokes:
        split = sp.Eq(_net_gain(equilibrium, i), _substitute(game, i.gamma * i.gain))
        yield Obligation(f"{i.name} has its own deal or none", split)


def _indifference(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    unions = [
        union for union, probability in equilibrium.profile["union"].items() if probability != 0
    ]
    for player in game.players:
        union_payoffs = [game.payoff({"union": u}, player, equilibrium.concept) for u in unions]
        yield Obligation(f"{player} is indifferent", sp.Eq(union_payoffs[0], union_payoffs[1]))


def _recursion_equalities(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """Equality with the payoffs that the recursion over unions finds, at numbers."""
    if equilibrium.concept != game.concepts[0] or game.space.symbols:
        return
    count = len(game.members or ()) or int(game.values[game.symbols.n])
    if count <= MAX_RECURSION_MEMBERS:
        outcome = game.outcome()
        hub_equation = sp.Eq(equilibrium.payoffs["hegemon"], sp.Rational(outcome.payoff))
        yield Obligation("the hegemon's gain by recursion over all unions", hub_equation)
        for i, gain in zip(game.spokes, outcome.gains.values(), strict=False):
            equation = sp.Eq(_net_gain(equilibrium, i), sp.Rational(gain))
            yield Obligation(f"{i.name}'s gain by recursion over all unions", equation)


# What is proved.


def all_lemmas() -> tuple[Proposition, ...]:
    """Every proposition, with the proofs it rests on."""
    return (
        closed_form(),
        *renegotiation_vs_table(),
        *renegotiation_vs_pairs(),
        pairs_vs_table(),
        prestige_taken(),
    )


def closed_form() -> Proposition:
    """The union that the recursion selects and its transfers, by induction over unions."""
    S, G, L, W, Z, x, y = _real_symbols("S G L Omega Z x y")
    a, e, g = _real_symbols("a e gamma")
    B, omega = S - G, g / (1 - g)
    signs = [S >= 0, G >= 0, L >= 0, W > 0, x >= 0]
    smaller_union = (S - L + W * B - G) / (1 + W)
    grand_coalition = (S - L + Z + W * B - G) / (1 + W)
    price = omega * (Z / (1 + W) + (1 - g) * (a + e)) - e
    steps = (
        (sp.Eq(smaller_union, B - L / (1 + W)), signs, "step: with losers in, without prestige"),
        (smaller_union < B, [*signs, L > 0], "step: so they are left out"),
        (sp.Eq(grand_coalition, B + (Z - L) / (1 + W)), signs, "the whole union"),
        (sp.Equivalent(grand_coalition >= B, Z >= L), signs),
        (sp.Implies(sp.Eq(L, 0), grand_coalition >= B - x), [*signs, Z >= 0]),
        (sp.Eq(price, g * a - (1 - g) * e + Z * omega / (1 + W)), [g > 0, g < 1, W > 0]),
        (omega * ((Z - L) / (1 + W) + (1 - g) * y) >= 0, [g > 0, g < 1, W > 0, Z >= L, y >= 0]),
    )
    return _proposition(
        "closed form",
        "with S the sum of max(0, S_i), L of max(0, -S_i), G of gamma_i max(0, S_i) and Omega of "
        "omega_i: a smaller union keeps exactly the willing, the whole union stands iff Z >= L, "
        "and it pays the closed form where every S_i >= 0",
        "every n, by induction over unions",
        *steps,
    )


def renegotiation_vs_table() -> Iterator[Proposition]:
    """Renegotiated bilateral is at least as good for the hegemon as one table."""
    claim = "for the hegemon renegotiated bilateral is at least as good as one table; equal iff {}"
    W, w, Z, S, n, g = _real_symbols("Omega omega Z S n gamma")
    yield _proposition(
        "renegotiated and one table",
        claim.format("n = 1 or every S_i <= 0 (where deals are struck)"),
        "every n: the payoffs differ by the sum of max(0, S_i) times this",
        (1 / (1 + w) - 1 / (1 + W) >= 0, [w > 0, w <= W]),
        (sp.Equivalent(sp.Eq(1 / (1 + w), 1 / (1 + W)), sp.Eq(w, W)), [w > 0, w <= W]),
    )
    renegotiated = n * (1 - g) * S + Z * (1 - g) / (1 - g + g * n)
    table = (n * S + Z) * (1 - g) / (1 - g + g * n)
    premises = [g > 0, g < 1, S >= 0, Z >= 0, n >= 1]
    yield _proposition(
        "renegotiated and one table, alike",
        claim.format("n = 1 or S = 0"),
        "every n, members alike",
        (renegotiated >= table, premises),
        (sp.Equivalent(sp.Eq(renegotiated, table), sp.Or(sp.Eq(n, 1), sp.Eq(S, 0))), premises),
    )
    for size in SIZES:
        omegas, surpluses, space = _member_symbols(size)
        total = sp.Add(*omegas)
        gaps = [_surplus_factor(w, total - w) for w in omegas]
        renegotiated, _, table = payoffs(omegas, surpluses, Z)
        yield _proposition(
            f"renegotiated and one table, n = {size}",
            claim.format("every S_i = 0"),
            f"n = {size}, unequal members",
            (_surplus_factor(w, W) > 0, [w > 0, W > 0]),
            *_positive_combination(renegotiated - table, gaps, surpluses, space),
        )


def renegotiation_vs_pairs() -> Iterator[Proposition]:
    """Renegotiated bilateral is at least as good for the hegemon as Nash-in-Nash."""
    claim = (
        "for the hegemon renegotiated bilateral is at least as good as Nash-in-Nash; equal iff {}"
    )
    W, w, Z, n, g = _real_symbols("Omega omega Z n gamma")
    yield _proposition(
        "renegotiated and Nash-in-Nash",
        claim.format("n = 1 or Z = 0"),
        "every n, by induction: the factor of Z is 0 at n = 1 and rises with every member",
        (sp.Eq(1 / (1 + w) - 1 + w / (1 + w), 0), [w > 0], "base: n = 1"),
        (prestige_increment(w, W) > 0, [w > 0, W > 0], "step: one more member"),
        (1 / (1 + w) - 1 / (1 + W) >= 0, [w > 0, w <= W]),
    )
    gap = (1 - g) / (1 - g + g * n) - (1 - n * g)
    premises = [g > 0, g < 1, Z >= 0, n >= 1]
    yield _proposition(
        "renegotiated and Nash-in-Nash, alike",
        claim.format("n = 1 or Z = 0"),
        "every n, members alike",
        (gap * Z >= 0, premises),
        (sp.Equivalent(sp.Eq(gap * Z, 0), sp.Or(sp.Eq(n, 1), sp.Eq(Z, 0))), premises),
    )
    for size in SIZES:
        omegas, surpluses, space = _member_symbols(size)
        factor = sp.Add(
            *(prestige_increment(w, sp.Add(*omegas[:k])) for k, w in enumerate(omegas) if k)
        )
        renegotiated, pairs, _ = payoffs(omegas, surpluses, Z)
        yield _proposition(
            f"renegotiated and Nash-in-Nash, n = {size}",
            claim.format("Z = 0"),
            f"n = {size}, unequal members",
            (prestige_increment(w, W) > 0, [w > 0, W > 0]),
            *_positive_combination(renegotiated - pairs, [factor], [Z], [*space, Z >= 0]),
        )


def pairs_vs_table() -> Proposition:
    """Nash-in-Nash may be better or worse than one table for the hegemon."""
    first = example_payoffs((3, 0), ("3/10", "9/10"), 2)
    second = example_payoffs((0, 4), ("9/10", "9/10"), 1)
    return _proposition(
        "Nash-in-Nash and one table",
        "for the hegemon Nash-in-Nash may be better than one table, or worse",
        "two examples: S = (3, 0), gamma = (.3, .9), Z = 2; S = (0, 4), gamma = (.9, .9), Z = 1",
        (sp.Gt(*first), []),
        (sp.Lt(*second), []),
    )


def prestige_taken() -> Proposition:
    """The members' share of prestige rises with their number, to 1 in the limit."""
    n, g = _real_symbols("n gamma")
    share = n * g / (1 - g + g * n)
    premises = [g > 0, g < 1, n >= 1]
    limit = sp.limit(share.subs(g, sp.Rational(1, 3)), n, sp.oo)
    return _proposition(
        "prestige taken",
        f"equal members take gamma n/(1 - gamma + gamma n) of prestige, which rises with n and "
        f"stays below its limit {limit}",
        "every n, members alike; the limit is a limit",
        (share.subs(n, n + 1) > share, premises),
        (share < 1, premises),
        (sp.Eq((1 - share) * (1 - g + g * n), 1 - g), premises),
    )


def payoffs(
    omegas: tuple[Expr, ...], surpluses: tuple[Expr, ...], prestige: Expr
) -> tuple[Expr, Expr, Expr]:
    """The hegemon's gain by each protocol, every deal having a surplus, from the definitions."""
    total_odds = 1 + sp.Add(*omegas)
    own_gains = sp.Add(*(s / (1 + w) for s, w in zip(surpluses, omegas, strict=True)))
    shares = sp.Add(*(w / (1 + w) for w in omegas))
    return (
        own_gains + prestige / total_odds,
        own_gains + prestige * (1 - shares),
        (sp.Add(*surpluses) + prestige) / total_odds,
    )


def example_payoffs(
    surpluses: tuple[int, ...], weights: tuple[str, ...], z: int
) -> tuple[Expr, Expr]:
    """The hegemon's gain Nash-in-Nash, and at one table, at numbers."""
    gammas = [sp.Rational(g) for g in weights]
    _, pairs, table = payoffs(
        tuple(g / (1 - g) for g in gammas), tuple(map(sp.Integer, surpluses)), sp.Integer(z)
    )
    return pairs, table


def _member_symbols(count: int) -> tuple[tuple[Symbol, ...], tuple[Symbol, ...], list[Boolean]]:
    omegas = _real_symbols(f"omega1:{count + 1}")
    surpluses = _real_symbols(f"S1:{count + 1}")
    return omegas, surpluses, [*(w > 0 for w in omegas), *(s >= 0 for s in surpluses)]


def _surplus_factor(odds: Expr, others: Expr) -> Expr:
    """The coefficient of a surplus in renegotiated bilateral less one table."""
    return 1 / (1 + odds) - 1 / (1 + odds + others)


def prestige_increment(odds: Expr, other_odds: Expr) -> Expr:
    """A member's increment of the prestige factor, renegotiated less Nash-in-Nash."""
    return 1 / (1 + other_odds + odds) - 1 / (1 + other_odds) + odds / (1 + odds)


def _positive_combination(
    difference: Expr,
    coefficients: list[Expr],
    variables: tuple[Symbol, ...] | list[Symbol],
    premises: list[Boolean],
) -> Iterator[tuple[Boolean, list[Boolean]]]:
    """Steps that show a difference to be a positive combination of variables >= 0."""
    yield sp.Eq(sp.expand(difference.subs(dict.fromkeys(variables, 0))), 0), premises
    for coefficient, variable in zip(coefficients, variables, strict=True):
        remainder = sp.together(sp.diff(difference, variable) - coefficient)
        yield sp.Eq(sp.expand(sp.numer(remainder)), 0), premises
    c = _real_symbols(f"c1:{len(variables) + 1}")
    signs = [*(x > 0 for x in c), *(x >= 0 for x in variables)]
    combination = sp.Add(*(x * y for x, y in zip(c, variables, strict=True)))
    yield combination >= 0, signs
    all_zero = sp.And(*(sp.Eq(x, 0) for x in variables))
    yield sp.Equivalent(sp.Eq(combination, 0), all_zero), signs


def _proposition(
    name: str,
    statement: str,
    scope: str,
    *steps: tuple[Boolean, list[Boolean]] | tuple[Boolean, list[Boolean], str],
) -> Proposition:
    claims = tuple(Claim.of(*step) for step in steps)
    return Proposition(name, statement, scope, claims)
