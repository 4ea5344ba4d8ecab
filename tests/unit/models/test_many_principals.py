"""Hedging between many principals: Bernheim and Whinston's theorem 2, enumerated from scratch.

Nothing here knows that joint worth is convex: the frontier is that of all coalitions' bounds, its
vertices are those of linear systems, and offers are tried at every alignment that may be best.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import chain, combinations, permutations

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.models.hedging.principals import CommonAgency

Payoffs = dict[str, Fraction]
SIDES = [(1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (3, 0), (2, 2), (3, 1)]


def fraction(number: sp.Expr) -> Fraction:
    return Fraction(int(number.p), int(number.q))


class Instance:
    """A member and principals in numbers, by the definitions alone."""

    def __init__(self, rng: random.Random, supporters: int, opponents: int) -> None:
        self.names = [f"P{k}" for k in range(supporters + opponents)]
        self.supporters = self.names[:supporters]
        self.stake = {name: Fraction(rng.randint(1, 6), rng.choice([4, 8])) for name in self.names}
        self.k, self.start = Fraction(rng.randint(1, 4), 2), Fraction(rng.randint(0, 4), 4)

    @property
    def game(self) -> CommonAgency:
        sides = ({n: self.stake[n] for n in self.names if (n in self.supporters) == which}
                 for which in (True, False))  # fmt: skip
        game: CommonAgency = eeu.Hedging.among(
            *sides, adjustment_cost=self.k, natural_alignment=self.start
        )
        return game

    def worth(self, name: str, a: Fraction) -> Fraction:
        return self.stake[name] * (a if name in self.supporters else 1 - a)

    def cost(self, a: Fraction) -> Fraction:
        return self.k * (a - self.start) ** 2 / 2

    def best(self, names: Iterable[str]) -> Fraction:
        """The best alignment for the member and some principals."""
        slope = sum((self.worth(n, Fraction(1)) - self.worth(n, Fraction(0)) for n in names),
                    Fraction(0))  # fmt: skip
        return min(Fraction(1), max(Fraction(0), self.start + slope / self.k))

    def joint(self, names: Iterable[str]) -> Fraction:
        names = list(names)
        a = self.best(names)
        return sum((self.worth(n, a) for n in names), -self.cost(a))

    def bounds(self) -> dict[tuple[str, ...], Fraction]:
        """For every coalition: what all have, less what all have without it."""
        return {
            group: self.joint(self.names) - self.joint(set(self.names) - set(group))
            for group in coalitions(self.names)
            if group
        }

    def payoffs(self, transfers: Mapping[str, sp.Expr]) -> Payoffs:
        a = self.best(self.names)
        return {n: self.worth(n, a) - fraction(transfers[n]) for n in self.names}

    def is_mutual_best(self, net: Payoffs) -> bool:
        """Whether truthful offers are best replies, at every alignment that can be best."""
        grid = {Fraction(k, 12) for k in range(13)}
        grid |= {self.best(group) for group in coalitions(self.names)}

        def offered(names: Iterable[str], a: Fraction) -> Fraction:
            paid = (max(Fraction(0), self.worth(n, a) - net[n]) for n in names)
            return sum(paid, -self.cost(a))

        here = self.best(self.names)
        if offered(self.names, here) < max(offered(self.names, a) for a in grid):
            return False
        for name in self.names:
            others = [n for n in self.names if n != name]
            without = max(offered(others, a) for a in grid)
            if max(self.worth(name, a) + offered(others, a) for a in grid) - without != net[name]:
                return False
        return all(self.worth(n, here) >= net[n] for n in self.names)


def coalitions(names: list[str]) -> Iterable[tuple[str, ...]]:
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


def is_frontier(net: Payoffs, bounds: dict[tuple[str, ...], Fraction]) -> bool:
    """Whether payoffs keep all bounds, and none could rise alone."""
    sums = {group: sum(net[n] for n in group) for group in bounds}
    if any(sums[group] > bound for group, bound in bounds.items()):
        return False
    tight = {n for group, bound in bounds.items() if sums[group] == bound for n in group}
    return tight == set(net)


def vertices(
    names: list[str], bounds: dict[tuple[str, ...], Fraction]
) -> set[tuple[Fraction, ...]]:
    """Every vertex of the bounds, by solving each square system of them."""
    found = set()
    for groups in combinations(bounds, len(names)):
        matrix = sp.Matrix([[int(n in group) for n in names] for group in groups])
        if matrix.det() == 0:
            continue
        right = sp.Matrix([sp.Rational(bounds[g].numerator, bounds[g].denominator) for g in groups])
        point = [fraction(value) for value in matrix.LUsolve(right)]
        if is_frontier(dict(zip(names, point, strict=True)), bounds):
            found.add(tuple(point))
    return found


@pytest.mark.parametrize("sides", [s for s in SIDES if sum(s) < 4])
def test_the_extreme_payments_are_the_vertices_of_all_bounds(
    sides: tuple[int, int], rng: random.Random, samples: Callable[[int], range]
) -> None:
    for _ in samples(6):
        case = Instance(rng, *sides)
        game = case.game
        found = {
            tuple(case.payoffs(game.transfers(*order)).values())
            for order in permutations(case.names)
        }
        assert found == vertices(case.names, case.bounds())
        assert bool(game.is_unique) == (len(found) == 1)


@pytest.mark.parametrize("sides", SIDES)
def test_truthful_payments_are_the_frontier_and_mutual_best_replies(
    sides: tuple[int, int], rng: random.Random, samples: Callable[[int], range]
) -> None:
    for _ in samples(4):
        case = Instance(rng, *sides)
        game, bounds = case.game, case.bounds()
        assert fraction(game.alignment) == case.best(case.names)
        ends = [game.transfers(*rng.sample(case.names, len(case.names))) for _ in range(3)]
        share = sp.Rational(rng.randint(0, 4), 4)
        mean = {n: share * ends[0][n] + (1 - share) * ends[1][n] for n in case.names}
        moved = {**mean, case.names[0]: mean[case.names[0]] + sp.Rational(rng.choice([-1, 1]), 64)}
        for paid in (*ends, mean, moved):
            net = case.payoffs(paid)
            is_truthful = bool(game.is_truthful(paid))
            assert is_truthful == is_frontier(net, bounds)
            assert not is_truthful or case.is_mutual_best(net)
            if is_truthful:
                rent = sum(map(fraction, paid.values())) - case.cost(case.best(case.names))
                assert fraction(game.hedging_rent) == rent
        assert not game.is_truthful(moved)
        for row in game.rows:
            own = [
                case.payoffs(game.transfers(*o))[row.principal] for o in permutations(case.names)
            ]
            worth = case.worth(row.principal, case.best(case.names))
            assert fraction(row.least_transfer) == worth - max(own)
            assert fraction(row.greatest_transfer) == worth - min(own)


def test_offers_that_are_no_frontier_are_no_equilibrium(rng: random.Random) -> None:
    """The judge of this file finds fault with payments that leave too much or too little."""
    case = Instance(rng, 2, 1)
    paid = case.game.transfers()
    for change in (sp.Rational(1, 32), -sp.Rational(1, 32)):
        assert not case.is_mutual_best(case.payoffs({**paid, "P2": paid["P2"] + change}))


def test_two_principals_are_those_of_the_game_of_two(rng: random.Random) -> None:
    for _ in range(4):
        case = Instance(rng, 1, 1)
        two = eeu.Hedging(V_R=case.stake["P0"], V_E=case.stake["P1"], k=case.k, a_0=case.start)
        many = case.game
        assert many.is_unique == sp.true
        assert (many.alignment, many.hedging_rent) == (two.alignment, two.hedging_rent)
        paid = dict(many.transfers())
        assert paid == {"P0": two.hegemon_transfer, "P1": two.rival_transfer}
        assert many.joint_payoff("P0") == many._joint_payoff(frozenset({"P0"}))


def test_sides_act_as_one() -> None:
    """North and East pay together what one with both stakes would pay, and the rent is its."""
    many = eeu.Hedging.among(["North", "East"], ["West"])
    stakes = {"North": "1/5", "East": "1/10", "West": "1/5"}
    there = many.at(stakes=stakes, k=1, natural_alignment="1/2")
    two = eeu.Hedging(V_R="3/10", V_E="1/5", k=1, a_0="1/2")
    assert there.least_transfer("North", "East") == two.hegemon_transfer == sp.Rational(9, 200)
    assert there.least_transfer("West") == two.rival_transfer
    assert there.hedging_rent == two.hedging_rent == sp.Rational(3, 50)


def test_symbols_are_numbers_where_they_have_values(rng: random.Random) -> None:
    for sides in ((2, 1), (1, 2), (2, 0)):
        case = Instance(rng, *sides)
        numeric = case.game
        symbolic = eeu.Hedging.among(numeric.supporters, numeric.opponents)
        rows, unique, bound = symbolic.rows, symbolic.is_unique, symbolic.is_truthful(
            numeric.transfers())  # fmt: skip
        for _ in range(3):
            case = Instance(rng, *sides)
            numeric = case.game
            values = {s: numeric.values[s] for s in symbolic.space.symbols}
            for name in ("alignment", "hedging_rent"):
                assert getattr(symbolic, name).xreplace(values) == getattr(numeric, name)
            for row, expected in zip(rows, numeric.rows, strict=True):
                assert row.least_transfer.xreplace(values) == expected.least_transfer
                assert row.greatest_transfer.xreplace(values) == expected.greatest_transfer
            assert unique.xreplace(values) == numeric.is_unique
            assert bound.xreplace(values) in (sp.true, sp.false)


def test_all_on_one_side_leave_no_rent_and_share_freely() -> None:
    """Without an opponent the member gets its cost alone; between them any split that covers it."""
    both = eeu.Hedging.among({"North": 1, "East": 1}, adjustment_cost=4, natural_alignment=0)
    assert (both.alignment, both.hedging_rent) == (sp.Rational(1, 2), 0)
    assert [(r.least_transfer, r.greatest_transfer) for r in both.rows] == [
        (sp.Rational(1, 8), sp.Rational(3, 8))
    ] * 2
    assert not both.is_unique


def test_where_a_side_does_not_move_the_member_it_pays_nothing() -> None:
    """Yet its offers count: the other side pays what the member would have with it alone."""
    lost = eeu.Hedging.among({"North": "1/8", "East": "1/8"}, {"West": 3},
                             adjustment_cost=1, natural_alignment=0)  # fmt: skip
    assert lost.is_unique
    assert dict(lost.transfers()) == {"North": 0, "East": 0, "West": sp.Rational(1, 32)}


def test_offers_pay_what_was_accepted() -> None:
    game = eeu.Hedging.among({"North": "1/5"}, {"West": "1/5"}, adjustment_cost=1,
                             natural_alignment="1/2")  # fmt: skip
    a = sp.Symbol("a", real=True)
    paid = game.transfers()
    for name, value in paid.items():
        assert game.offer(name, value).subs(a, game.alignment) == value


BAD = {
    "nobody": (lambda: eeu.Hedging.among([]), ParameterError, "a principal at least"),
    "both sides": (lambda: eeu.Hedging.among(["A"], ["A"]), ParameterError, "supporters too"),
    "twice": (lambda: eeu.Hedging.among(["A", "A"]), ParameterError, "names that differ"),
    "no name": (lambda: eeu.Hedging.among([""]), ParameterError, "names, each a single word"),
    "a number": (lambda: eeu.Hedging.among(3), ParameterError, "a list of names"),
    "a stake of zero": (lambda: eeu.Hedging.among({"A": 0}), ParameterError, r"stakes\.A = 0"),
    "an alignment outside": (
        lambda: eeu.Hedging.among(["A"], natural_alignment=2), ParameterError, "natural_alignment"
    ),
    "a stranger": (lambda: eeu.Hedging.among(["A"]).transfers("B"), UnknownNameError, "'B'"),
    "a stranger's worth": (lambda: eeu.Hedging.among(["A"]).worth("B", 0), UnknownNameError, "'B'"),
    "across sides": (
        lambda: eeu.Hedging.among(["A"], ["B"]).least_transfer("A", "B"),
        ParameterError, "names of one side",
    ),
    "half of the payments": (
        lambda: eeu.Hedging.among(["A"], ["B"]).is_truthful({"A": 0}), ParameterError, "of A, B"
    ),
    "a crowd": (
        lambda: eeu.Hedging.among({f"A{k}": 1 for k in range(13)}, adjustment_cost=1,
                                  natural_alignment=0).is_truthful({f"A{k}": 0 for k in range(13)}),
        TooLargeError, "above the limit",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    call, error, message = BAD[name]
    assert issubclass(error, GameTheoryError)
    with pytest.raises(error, match=message):
        call()
