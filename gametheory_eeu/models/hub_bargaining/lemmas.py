"""What is proved of a hub's three protocols, and what an outcome of each owes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.model import Claim, Equilibrium, Obligation, Proposition
from gametheory_eeu.models.hub_bargaining.outcomes import in_parts, in_terms

if TYPE_CHECKING:
    from gametheory_eeu.models.hub_bargaining.model import HubBargaining
    from gametheory_eeu.models.hub_bargaining.outcomes import Spoke

MOST_CHECKED_BY_RECURSION = 10
SIZES = (2, 3, 4, 5, 6)


def _symbols(text: str) -> tuple[Symbol, ...]:
    found = sp.symbols(text, real=True)
    return found if isinstance(found, tuple) else (found,)


# What an outcome owes: Nash bargaining of each pair, or of all, from the gains alone.


def owed(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """The obligations of an outcome, at the game's values.

    With symbols left and members of their own kinds, each member's terms are first named by
    symbols of their own, and its surplus is split into what it gains and what it loses: what holds
    for all of these holds for the game's, and is a claim about polynomials.
    """
    if game.members is not None and game.space.symbols:
        yield from _in_terms(game, equilibrium)
    else:
        yield from _obligations(game, equilibrium)


def _in_terms(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    twin, actual = in_terms(game)
    (like,) = (e for e in twin.equilibria(equilibrium.concept) if e.name == equilibrium.name)
    for player, payoff in equilibrium.payoffs.items():
        same = sp.Eq(payoff, _at(game, like.payoffs[player].xreplace(actual)))
        yield Obligation(f"the payoff of {player} is as named", same)
    where = _at(game, like.condition.xreplace(actual))
    yield Obligation("the condition is as named", sp.Implies(equilibrium.condition, where))
    yield from _of_parts(in_parts(game), equilibrium)


def _of_parts(twin: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    (like,) = (e for e in twin.equilibria(equilibrium.concept) if e.name == equilibrium.name)
    signs = (sp.And(i.omega > 0, i.gain >= 0, i.loss >= 0) for i in twin.spokes)
    given = sp.And(like.condition, like.where, twin.symbols.Z >= 0, *signs)
    willing = {i.loss: sp.Integer(0) for i in twin.spokes}
    for i in twin.spokes:
        both = (price(i).xreplace(willing) for price in (twin.closed_price, twin.general_price))
        where = f"{i.name}'s closed price is the general one where every deal has a surplus"
        odds = sp.And(*(j.omega > 0 for j in twin.spokes))
        yield Obligation(where, sp.Implies(odds, sp.Eq(*both), evaluate=False))
    for owed_ in _obligations(twin, like):
        yield Obligation(owed_.where, sp.Implies(given, owed_.statement, evaluate=False))


def _obligations(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    chances = equilibrium.profile["union"]
    if equilibrium.free:
        yield from _all_the_same(game, equilibrium)
        return
    protocol, union = equilibrium.concept, next(u for u, p in chances.items() if p == 1)
    yield from _accounts(game, equilibrium, union)
    if union == "all":
        split = {"Nash-in-Nash": _pairs, "one table": _table}.get(protocol, _renegotiated)
        yield from split(game, equilibrium)
    elif union == "the willing":
        yield from _single_deals(game, equilibrium)
    yield from _by_recursion(game, equilibrium)


def _at(game: HubBargaining, expression: Expr) -> Expr:
    return sp.sympify(expression).xreplace(game.values)


def _net(equilibrium: Equilibrium, i: Spoke) -> Expr:
    return equilibrium.payoffs[i.name]


def _total(game: HubBargaining, equilibrium: Equilibrium) -> Expr:
    if game.members is None:
        return _at(game, game.symbols.n) * equilibrium.payoffs["member"]
    return sp.Add(*(_net(equilibrium, i) for i in game.spokes))


def _accounts(game: HubBargaining, equilibrium: Equilibrium, union: str) -> Iterator[Obligation]:
    worth = {
        "all": game.total(lambda i: i.S) + game.symbols.Z,
        "the willing": game.total(lambda i: i.gain),
        "nobody": sp.Integer(0),
    }[union]
    paid = equilibrium.payoffs["hegemon"] + _total(game, equilibrium)
    yield Obligation("what all gain is what the union is worth", sp.Eq(paid, _at(game, worth)))
    for i in game.spokes:
        yield Obligation(f"{i.name} is no worse off than outside", _net(equilibrium, i) >= 0)


def _renegotiated(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """Each member and the hegemon divide what the hegemon gains over going on without it."""
    hub = equilibrium.payoffs["hegemon"]
    willing = game.total(lambda i: (1 - i.gamma) * i.gain)
    for i in game.spokes:
        without = _at(game, willing - (1 - i.gamma) * i.gain)
        gamma = _at(game, i.gamma)
        split = sp.Eq((1 - gamma) * _net(equilibrium, i), gamma * (hub - without))
        yield Obligation(f"{i.name} and the hegemon divide by their weights", split)
        yield Obligation(f"the hegemon would not rather go on without {i.name}", hub >= without)


def _pairs(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    for i in game.spokes:
        net, gamma = _net(equilibrium, i), _at(game, i.gamma)
        rest = _at(game, i.S + game.symbols.Z) - net
        split = sp.Eq((1 - gamma) * net, gamma * rest)
        yield Obligation(f"{i.name} and the hegemon divide the pair's gain", split)


def _table(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    hub = equilibrium.payoffs["hegemon"]
    yield Obligation("the hegemon is no worse off than with nobody", hub >= 0)
    for i in game.spokes:
        net, gamma = _net(equilibrium, i), _at(game, i.gamma)
        split = sp.Eq((1 - gamma) * net, gamma * hub)
        yield Obligation(f"{i.name} gains in proportion to its weight", split)


def _single_deals(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    for i in game.spokes:
        split = sp.Eq(_net(equilibrium, i), _at(game, i.gamma * i.gain))
        yield Obligation(f"{i.name} has its own deal or none", split)


def _all_the_same(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    played = [union for union, chance in equilibrium.profile["union"].items() if chance != 0]
    for player in game.players:
        each = [game.payoff({"union": u}, player, equilibrium.concept) for u in played]
        yield Obligation(f"{player} is indifferent", sp.Eq(each[0], each[1]))


def _by_recursion(game: HubBargaining, equilibrium: Equilibrium) -> Iterator[Obligation]:
    """At numbers, the recursion over unions finds the same payoffs."""
    if equilibrium.concept != game.concepts[0] or game.space.symbols:
        return
    count = len(game.members or ()) or int(game.values[game.symbols.n])
    if count <= MOST_CHECKED_BY_RECURSION:
        found = game.outcome()
        hub = sp.Eq(equilibrium.payoffs["hegemon"], sp.Rational(found.payoff))
        yield Obligation("the hegemon's gain by recursion over all unions", hub)
        for i, gain in zip(game.spokes, found.gains.values(), strict=False):
            same = sp.Eq(_net(equilibrium, i), sp.Rational(gain))
            yield Obligation(f"{i.name}'s gain by recursion over all unions", same)


# What is proved.


def propositions() -> tuple[Proposition, ...]:
    """Every proposition, with the proofs it rests on."""
    return (
        closed_form(),
        *against_one_table(),
        *against_pairs(),
        either_way(),
        prestige_taken(),
    )


def closed_form() -> Proposition:
    """Which union the recursion keeps and what it pays, by induction over unions."""
    S, G, L, W, Z, x, y = _symbols("S G L Omega Z x y")
    a, e, g = _symbols("a e gamma")
    B, omega = S - G, g / (1 - g)
    signs = [S >= 0, G >= 0, L >= 0, W > 0, x >= 0]
    unviable = (S - L + W * B - G) / (1 + W)
    whole = (S - L + Z + W * B - G) / (1 + W)
    price = omega * (Z / (1 + W) + (1 - g) * (a + e)) - e
    steps = (
        (sp.Eq(unviable, B - L / (1 + W)), signs, "step: with losers in, without prestige"),
        (unviable < B, [*signs, L > 0], "step: so they are left out"),
        (sp.Eq(whole, B + (Z - L) / (1 + W)), signs, "the whole union"),
        (sp.Equivalent(whole >= B, Z >= L), signs),
        (sp.Implies(sp.Eq(L, 0), whole >= B - x), [*signs, Z >= 0]),
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


def against_one_table() -> Iterator[Proposition]:
    """Renegotiated bilateral is at least as good for the hegemon as one table."""
    claim = "for the hegemon renegotiated bilateral is at least as good as one table; equal iff {}"
    W, w, Z, S, n, g = _symbols("Omega omega Z S n gamma")
    yield _proposition(
        "renegotiated and one table",
        claim.format("n = 1 or every S_i <= 0 (where deals are struck)"),
        "every n: the payoffs differ by the sum of max(0, S_i) times this",
        (1 / (1 + w) - 1 / (1 + W) >= 0, [w > 0, w <= W]),
        (sp.Equivalent(sp.Eq(1 / (1 + w), 1 / (1 + W)), sp.Eq(w, W)), [w > 0, w <= W]),
    )
    ours = n * (1 - g) * S + Z * (1 - g) / (1 - g + g * n)
    table = (n * S + Z) * (1 - g) / (1 - g + g * n)
    given = [g > 0, g < 1, S >= 0, Z >= 0, n >= 1]
    yield _proposition(
        "renegotiated and one table, alike",
        claim.format("n = 1 or S = 0"),
        "every n, members alike",
        (ours >= table, given),
        (sp.Equivalent(sp.Eq(ours, table), sp.Or(sp.Eq(n, 1), sp.Eq(S, 0))), given),
    )
    for size in SIZES:
        omegas, surpluses, space = _members(size)
        total = sp.Add(*omegas)
        gaps = [_gap(w, total - w) for w in omegas]
        ours, _, table = payoffs(omegas, surpluses, Z)
        yield _proposition(
            f"renegotiated and one table, n = {size}",
            claim.format("every S_i = 0"),
            f"n = {size}, unequal members",
            (_gap(w, W) > 0, [w > 0, W > 0]),
            *_by_coefficients(ours - table, gaps, surpluses, space),
        )


def against_pairs() -> Iterator[Proposition]:
    """Renegotiated bilateral is at least as good for the hegemon as Nash-in-Nash."""
    claim = (
        "for the hegemon renegotiated bilateral is at least as good as Nash-in-Nash; equal iff {}"
    )
    W, w, Z, n, g = _symbols("Omega omega Z n gamma")
    yield _proposition(
        "renegotiated and Nash-in-Nash",
        claim.format("n = 1 or Z = 0"),
        "every n, by induction: the factor of Z is 0 at n = 1 and rises with every member",
        (sp.Eq(1 / (1 + w) - 1 + w / (1 + w), 0), [w > 0], "base: n = 1"),
        (_rise(w, W) > 0, [w > 0, W > 0], "step: one more member"),
        (1 / (1 + w) - 1 / (1 + W) >= 0, [w > 0, w <= W]),
    )
    gap = (1 - g) / (1 - g + g * n) - (1 - n * g)
    given = [g > 0, g < 1, Z >= 0, n >= 1]
    yield _proposition(
        "renegotiated and Nash-in-Nash, alike",
        claim.format("n = 1 or Z = 0"),
        "every n, members alike",
        (gap * Z >= 0, given),
        (sp.Equivalent(sp.Eq(gap * Z, 0), sp.Or(sp.Eq(n, 1), sp.Eq(Z, 0))), given),
    )
    for size in SIZES:
        omegas, surpluses, space = _members(size)
        factor = sp.Add(*(_rise(w, sp.Add(*omegas[:k])) for k, w in enumerate(omegas) if k))
        ours, pairs, _ = payoffs(omegas, surpluses, Z)
        yield _proposition(
            f"renegotiated and Nash-in-Nash, n = {size}",
            claim.format("Z = 0"),
            f"n = {size}, unequal members",
            (_rise(w, W) > 0, [w > 0, W > 0]),
            *_by_coefficients(ours - pairs, [factor], [Z], [*space, Z >= 0]),
        )


def either_way() -> Proposition:
    """Nash-in-Nash and one table rank either way."""
    first = _examples((3, 0), ("3/10", "9/10"), 2)
    second = _examples((0, 4), ("9/10", "9/10"), 1)
    return _proposition(
        "Nash-in-Nash and one table",
        "for the hegemon Nash-in-Nash may be better than one table, or worse",
        "two examples: S = (3, 0), gamma = (.3, .9), Z = 2; S = (0, 4), gamma = (.9, .9), Z = 1",
        (sp.Gt(*first), []),
        (sp.Lt(*second), []),
    )


def prestige_taken() -> Proposition:
    """The members' part of prestige rises with their number, to all of it in the limit."""
    n, g = _symbols("n gamma")
    taken = n * g / (1 - g + g * n)
    given = [g > 0, g < 1, n >= 1]
    limit = sp.limit(taken.subs(g, sp.Rational(1, 3)), n, sp.oo)
    return _proposition(
        "prestige taken",
        f"equal members take gamma n/(1 - gamma + gamma n) of prestige, which rises with n and "
        f"stays below its limit {limit}",
        "every n, members alike; the limit is a limit",
        (taken.subs(n, n + 1) > taken, given),
        (taken < 1, given),
        (sp.Eq((1 - taken) * (1 - g + g * n), 1 - g), given),
    )


def payoffs(
    omegas: tuple[Expr, ...], surpluses: tuple[Expr, ...], prestige: Expr
) -> tuple[Expr, Expr, Expr]:
    """The hegemon's gain by each protocol, every deal having a surplus, from the definitions."""
    odds = 1 + sp.Add(*omegas)
    own = sp.Add(*(s / (1 + w) for s, w in zip(surpluses, omegas, strict=True)))
    shares = sp.Add(*(w / (1 + w) for w in omegas))
    return (
        own + prestige / odds,
        own + prestige * (1 - shares),
        (sp.Add(*surpluses) + prestige) / odds,
    )


def _examples(surpluses: tuple[int, ...], weights: tuple[str, ...], z: int) -> tuple[Expr, Expr]:
    gammas = [sp.Rational(g) for g in weights]
    _, pairs, table = payoffs(
        tuple(g / (1 - g) for g in gammas), tuple(map(sp.Integer, surpluses)), sp.Integer(z)
    )
    return pairs, table


def _members(count: int) -> tuple[tuple[Symbol, ...], tuple[Symbol, ...], list[Boolean]]:
    omegas = _symbols(f"omega1:{count + 1}")
    surpluses = _symbols(f"S1:{count + 1}")
    return omegas, surpluses, [*(w > 0 for w in omegas), *(s >= 0 for s in surpluses)]


def _gap(odds: Expr, others: Expr) -> Expr:
    """The factor of a surplus in renegotiated less one table."""
    return 1 / (1 + odds) - 1 / (1 + odds + others)


def _rise(odds: Expr, before: Expr) -> Expr:
    """What one more member adds to the factor of prestige in renegotiated less Nash-in-Nash."""
    return 1 / (1 + before + odds) - 1 / (1 + before) + odds / (1 + odds)


def _by_coefficients(
    difference: Expr,
    coefficients: list[Expr],
    variables: tuple[Symbol, ...] | list[Symbol],
    given: list[Boolean],
) -> Iterator[tuple[Boolean, list[Boolean]]]:
    """A difference is a combination of variables, none negative, with positive coefficients."""
    yield sp.Eq(sp.expand(difference.subs(dict.fromkeys(variables, 0))), 0), given
    for coefficient, variable in zip(coefficients, variables, strict=True):
        rest = sp.together(sp.diff(difference, variable) - coefficient)
        yield sp.Eq(sp.expand(sp.numer(rest)), 0), given
    c = _symbols(f"c1:{len(variables) + 1}")
    signs = [*(x > 0 for x in c), *(x >= 0 for x in variables)]
    whole = sp.Add(*(x * y for x, y in zip(c, variables, strict=True)))
    yield whole >= 0, signs
    none = sp.And(*(sp.Eq(x, 0) for x in variables))
    yield sp.Equivalent(sp.Eq(whole, 0), none), signs


def _proposition(
    name: str,
    statement: str,
    scope: str,
    *steps: tuple[Boolean, list[Boolean]] | tuple[Boolean, list[Boolean], str],
) -> Proposition:
    claims = tuple(Claim.of(*step) for step in steps)
    return Proposition(name, statement, scope, claims)


__all__ = ["owed", "payoffs", "propositions"]
