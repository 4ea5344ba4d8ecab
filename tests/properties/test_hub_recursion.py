"""The hub's closed form against recursion over every union, and both against other routes.

Half of the 500 cases have a member whose own deal loses, where the simple closed form fails.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import permutations
from math import factorial
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.solvers import renegotiated, renegotiated_by_number

CASES = 500


def number(rng: random.Random, low: int, high: int) -> Fraction:
    return Fraction(rng.randint(low * 4, high * 4), rng.choice((1, 2, 4, 5)))


def recursion(
    a: list[Fraction], e: list[Fraction], omega: list[Fraction], z: Fraction
) -> tuple[frozenset[int], Fraction, dict[int, Fraction]]:
    """Written here from the definition, in fractions; shares no code with the library."""
    n = len(a)
    value: dict[frozenset[int], Fraction] = {frozenset(): Fraction(0)}
    kept: dict[frozenset[int], frozenset[int]] = {frozenset(): frozenset()}
    for mask in range(1, 2**n):
        s = frozenset(i for i in range(n) if mask >> i & 1)
        worth = sum(a[i] for i in s) + (z if len(s) == n else 0)
        top = worth + sum(e[i] + omega[i] * value[s - {i}] for i in s)
        new = Fraction(top / (1 + sum(omega[i] for i in s)))
        if all(new >= value[s - {i}] for i in s):
            value[s], kept[s] = new, s
        else:
            best = max((value[s - {i}], len(kept[s - {i}]), i) for i in s)
            value[s], kept[s] = best[0], kept[s - {best[2]}]
    union = kept[frozenset(range(n))]
    prices = {i: omega[i] * (value[union] - value[union - {i}]) - e[i] for i in union}
    return union, value[union], prices


def case(rng: random.Random, *, losing: bool) -> tuple[list[Fraction], ...]:
    n = rng.randint(1, 5)
    a = [number(rng, 0, 3) for _ in range(n)]
    e = [number(rng, 0, 2) - a[i] * rng.choice((0, 1)) for i in range(n)]
    for i in range(n):
        e[i] = max(e[i], -a[i])
    if losing:
        e[rng.randrange(n)] -= 2 + number(rng, 0, 2)
    return a, e, [Fraction(rng.randint(1, 9), 10) for _ in range(n)], [number(rng, 0, 8)]


def game(
    a: list[Fraction], e: list[Fraction], gamma: list[Fraction], z: Fraction
) -> eeu.HubBargaining:
    """At mu = b = 1 and alpha = 0 a member's own gain is 1 less its outside payoff."""
    return eeu.HubBargaining(
        V=a, D=0, alpha=0, kappa="1/2", mu=1, b=1, ell=1, o=[1 - x for x in e], gamma=gamma, Z=z
    )


@cache
def formulas(n: int) -> eeu.HubBargaining:
    return eeu.HubBargaining(members=n)


def values(hub: eeu.HubBargaining, given: tuple[list[Fraction], ...]) -> dict[object, object]:
    """The same numbers for the symbols of the game without values."""
    a, e, gamma, (z,) = given
    s = hub.symbols
    at = {s.mu: 1, s.alpha: 0, s.kappa: sp.Rational(1, 2), s.Z: sp.Rational(z)}
    for i in range(len(a)):
        own = {"V": a[i], "D": 0, "b": 1, "ell": 1, "o": 1 - e[i], "gamma": gamma[i]}
        at |= {s[name][i]: sp.Rational(x) for name, x in own.items()}
    return {symbol: sp.sympify(x) for symbol, x in at.items()}


def test_closed_form_against_recursion(rng: random.Random, samples: Callable[[int], range]) -> None:
    carried = smaller = simple = 0
    for index in samples(CASES):
        a, e, gamma, (z,) = given = case(rng, losing=index % 2 == 0)
        omega = [g / (1 - g) for g in gamma]
        union, payoff, prices = recursion(a, e, omega, z)
        hub = formulas(len(a))
        at = values(hub, given)
        found = {name: q.subs(at) for name, q in hub.quantities.items()}
        assert found["renegotiated_payoff"].value == sp.Rational(payoff)
        losing = any(x + y < 0 for x, y in zip(a, e, strict=True))
        t = [found[f"transfers.{m}"] for m in hub.members]
        if len(union) == len(a):
            assert [q.value for q in t] == [sp.Rational(prices[i]) for i in range(len(a))]
            carried += losing
            simple += not losing
        else:
            assert all(q.exists_when == sp.false for q in t)
            smaller += 1

        def hub_worth(s: frozenset[str], a: Any = a, z: Any = z) -> Fraction:
            return Fraction(sum(a[int(m) - 1] for m in s) + z * (len(s) == len(a)))

        outcome = renegotiated(hub.members, hub_worth, e, omega).outcome()
        assert outcome.payoff == payoff
        assert list(outcome.transfers.values()) == [prices[i] for i in sorted(union)]
    assert min(carried, smaller, simple) > 40


def test_the_game_at_numbers(rng: random.Random) -> None:
    """The same through solve, outcome and verify, for a few."""
    for index in range(8):
        a, e, gamma, (z,) = case(rng, losing=index % 2 == 0)
        union, payoff, prices = recursion(a, e, [g / (1 - g) for g in gamma], z)
        hub = game(a, e, gamma, z)
        (first, *_) = hub.solve()
        assert first.name == ("whole union" if len(union) == len(a) else "union of the willing")
        assert first.payoffs["hegemon"] == sp.Rational(payoff)
        assert first.verify().verdict == "proved"
        assert list(hub.outcome().transfers.values()) == [prices[i] for i in sorted(union)]


def shapley_of_the_hub(n: int, worth: Callable[[int], Fraction]) -> Fraction:
    """The hub's mean contribution over all orders; without it nothing is worth anything."""
    places = (order.index(0) for order in permutations(range(n + 1)))
    return sum((worth(k) for k in places), Fraction(0)) / factorial(n + 1)


@pytest.mark.parametrize("n", range(1, 6))
def test_equal_weights_give_shapley_values(n: int, rng: random.Random) -> None:
    """Where the worth rises with every member, no member costs anything and gamma is one half."""
    steps = [number(rng, 0, 3) for _ in range(n)]
    total = [sum(steps[:k], Fraction(0)) for k in range(n + 1)]
    names = [str(i) for i in range(n)]
    found = renegotiated(names, lambda s: total[len(s)], [0] * n, [1] * n).outcome()
    assert len(found.union) == n
    assert found.payoff == shapley_of_the_hub(n, lambda k: total[k])


def test_by_number_is_the_recursion_over_unions(rng: random.Random) -> None:
    """Also the recursion for transfers, wherever every union on the way is viable."""
    whole = 0
    for _ in range(200):
        n, gamma, e = rng.randint(1, 5), Fraction(rng.randint(1, 9), 10), number(rng, -1, 1)
        worth = [Fraction(0), *(number(rng, -1, 6) for _ in range(n))]
        odds = gamma / (1 - gamma)
        rows = renegotiated_by_number(worth, n, e, odds)
        names = [str(i) for i in range(n)]

        def of_union(s: frozenset[str], w: Any = worth) -> Fraction:
            return Fraction(w[len(s)])

        by_union = renegotiated(names, of_union, [e] * n, [odds] * n)
        assert rows[n][0] == by_union.payoff(names)
        if all(t is not None for _, t in rows[1:]):
            whole += 1
            t = Fraction(0)
            for k in range(1, n + 1):
                gain = gamma * (worth[k] - worth[k - 1] + (k - 1) * t) - (1 - gamma) * e
                t = gain / (1 - gamma + gamma * k)
                assert rows[k][1] == t
    assert whole > 40


def test_renegotiation_is_weakly_best(rng: random.Random) -> None:
    """Also where some deals lose: wherever Nash-in-Nash and one table form the whole union."""
    for index in range(200):
        given = case(rng, losing=index % 2 == 0)
        hub = formulas(len(given[0]))
        at = values(hub, given)
        found = {q: hub.quantities[q].subs(at) for q in hub.quantities if q.endswith("_payoff")}
        ours = found["renegotiated_payoff"].value
        assert ours >= found["one_table_payoff"].value
        if found["nash_in_nash_payoff"].exists_when == sp.true:
            assert ours >= found["nash_in_nash_payoff"].value
