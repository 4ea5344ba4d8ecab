"""Random two-stage games in numbers against exact enumeration.

A chooses x in [0, 1]; B then takes one of three actions, or chooses y in [0, 1]. What B does is
best on intervals whose ends are rational, so that the least that A can be sure of there, the
supremum over the interiors of all intervals, is a rational number, and (x, action) is an
equilibrium's exactly where the action is best for B and pays A at least that.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value

GAMES, VERIFIED = 15, 2
"""Games a seed, and how many of them are verified as well."""
GRID = [Fraction(k, 24) for k in range(25)]
x, y = sp.symbols("x y", real=True)
Quadratic = tuple[int, int, int]


def value(q: Quadratic, at: Fraction) -> Fraction:
    return q[0] * at * at + q[1] * at + q[2]


def text(q: Quadratic, name: str = "x") -> str:
    return f"({q[0]})*{name}**2 + ({q[1]})*{name} + ({q[2]})"


def quadratic(draw: random.Random, degree: int = 2) -> Quadratic:
    a, b, c = (draw.randint(-3, 3) for _ in range(3))
    return (a if degree == 2 else 0, b, c)


def critical(q: Quadratic) -> list[Fraction]:
    return [Fraction(-q[1], 2 * q[0])] if q[0] else []


def supremum(
    pieces: Sequence[tuple[Fraction, Fraction, Callable[[Fraction], Fraction], list[Fraction]]],
) -> Fraction:
    """The largest value of formulas on intervals, from ends and critical points."""
    return max(
        f(point)
        for low, high, f, points in pieces
        for point in [low, high, *(p for p in points if low < p < high)]
    )


# Three actions: B's payoffs are lines in x, so that ties are at rational points.


@pytest.mark.parametrize("seed", range(10))
def test_an_action_follows(seed: int) -> None:
    draw = random.Random(seed)
    for number in range(GAMES):
        actions = ["a", "b", "c"]
        first = {a: quadratic(draw) for a in actions}
        second = {a: quadratic(draw, 1) for a in actions}
        while len(set(second.values())) < 3:  # B would be indifferent everywhere
            second = {a: quadratic(draw, 1) for a in actions}
        tree = eeu.ExtensiveForm.builder("A", "B").choose("A", "x", between=(0, 1))
        tree.move("B", actions, after="x")
        for a in actions:
            tree.payoffs(f"x/{a}", text(first[a]), text(second[a]))
        solution = tree.build().solve()
        assert solution.complete_where == sp.true, (first, second)
        ties = [
            Fraction(p[2] - q[2], q[1] - p[1])
            for p, q in ((second[a], second[b]) for a in actions for b in actions)
            if p[1] != q[1]
        ]
        ends = sorted({Fraction(0), Fraction(1), *(t for t in ties if 0 < t < 1)})

        def best(at: Fraction, second: dict[str, Quadratic] = second) -> list[str]:
            top = max(value(q, at) for q in second.values())
            return [a for a, q in second.items() if value(q, at) == top]

        pieces = []
        for low, high in pairwise(ends):
            (action,) = best((low + high) / 2)
            q = first[action]
            pieces.append((low, high, lambda at, q=q: value(q, at), critical(q)))
        least = supremum(pieces)
        points = {*GRID, *ends, *(p for q in first.values() for p in critical(q) if 0 <= p <= 1)}
        for at in sorted(points):
            expected = {a for a in best(at) if value(first[a], at) >= least}
            assert expected == played(solution, at), (first, second, at)
        if number < VERIFIED:
            assert all(bool(e.verify()) for e in solution)


def played(solution: eeu.EquilibriumSet, at: Fraction) -> set[str]:
    """The actions after x on the path of an equilibrium in which A chooses x."""
    point = sp.Rational(at.numerator, at.denominator)
    result: set[str] = set()
    for equilibrium in solution:
        own = equilibrium.choices["x"]
        is_own = own == point if not equilibrium.free else truth_value(
            equilibrium.where, {equilibrium.free[0]: point}
        )  # fmt: skip
        if is_own:
            mix = {a: p.xreplace({x: point}) for a, p in equilibrium.profile["B"].items()}
            result |= {a for a, p in mix.items() if p == 1}
    return result


# A number follows: B's payoff is quadratic in y, with a slope that is linear in x.


@pytest.mark.parametrize("seed", range(10))
def test_a_number_follows(seed: int) -> None:
    draw = random.Random(100 + seed)
    for number in range(GAMES):
        bend, slope, shift = draw.choice([-2, -1, 1, 2]), draw.randint(-3, 3), draw.randint(-3, 3)
        cross, own, linear = draw.randint(-2, 2), quadratic(draw), draw.randint(-2, 2)
        if slope == 0 and bend > 0 and bend + shift == 0:
            shift += 1  # B would be indifferent between both ends at every x
        tree = (
            eeu.ExtensiveForm.builder("A", "B")
            .choose("A", "x", between=(0, 1))
            .choose("B", "y", between=(0, 1), after="x")
            .payoffs(
                "x/y",
                f"{text(own)} + ({cross})*x*y + ({linear})*y",
                f"({bend})*y**2 + (({slope})*x + ({shift}))*y",
            )
        )
        solution = tree.build().solve()
        assert solution.complete_where == sp.true

        def response(
            at: Fraction, bend: int = bend, slope: int = slope, shift: int = shift
        ) -> list[Fraction]:
            line = slope * at + shift
            if bend < 0:
                return [min(Fraction(1), max(Fraction(0), line / (-2 * bend)))]
            gain = bend + line  # of y = 1 over y = 0
            return (
                [Fraction(0), Fraction(1)]
                if gain == 0
                else [Fraction(1) if gain > 0 else Fraction(0)]
            )

        def payoff(
            at: Fraction,
            to: Fraction,
            own: Quadratic = own,
            cross: int = cross,
            linear: int = linear,
        ) -> Fraction:
            return value(own, at) + cross * at * to + linear * to

        kinks = [Fraction(k - shift, slope) for k in (0, -2 * bend, -bend)] if slope else []
        ends = sorted({Fraction(0), Fraction(1), *(k for k in kinks if 0 < k < 1)})
        pieces = []
        for low, high in pairwise(ends):
            middle = (low + high) / 2
            (at_middle,) = response(middle)
            is_moving = bend < 0 and 0 < at_middle < 1
            a = Fraction(slope, -2 * bend) if is_moving else Fraction(0)
            b = Fraction(shift, -2 * bend) if is_moving else at_middle
            bending = own[0] + cross * a
            line = own[1] + cross * b + linear * a
            points = [-line / (2 * bending)] if bending else []
            pieces.append((low, high, lambda at, a=a, b=b: payoff(at, a * at + b), points))
        least = supremum(pieces)
        candidates = {*GRID, *ends, *(p for *_, ps in pieces for p in ps if 0 <= p <= 1)}
        for at in sorted(candidates):
            expected = {to for to in response(at) if payoff(at, to) >= least}
            assert expected == answered(solution, at), (own, cross, linear, bend, slope, shift, at)
        if number < VERIFIED:
            assert all(bool(e.verify()) for e in solution)


def answered(solution: eeu.EquilibriumSet, at: Fraction) -> set[Fraction]:
    """The values of y on the path of an equilibrium in which A chooses x."""
    point = sp.Rational(at.numerator, at.denominator)
    result: set[Fraction] = set()
    for equilibrium in solution:
        own = equilibrium.choices["x"]
        values = {x: point}
        is_own = own == point if x not in equilibrium.free else truth_value(
            equilibrium.where, values
        )  # fmt: skip
        if is_own:
            to = equilibrium.choices["y"].xreplace(values)
            result.add(Fraction(int(to.p), int(to.q)))
    return result


# With a symbol: at numbers, the solution is that of the game in numbers.


@pytest.mark.parametrize("seed", range(5))
def test_a_symbol_and_its_values(seed: int) -> None:
    draw = random.Random(200 + seed)
    for _ in range(4):
        first = {a: quadratic(draw) for a in ("a", "b")}
        lines = {a: quadratic(draw, 1) for a in ("a", "b")}
        if lines["a"][1] == lines["b"][1]:
            lines["a"] = (0, lines["b"][1] + 1, lines["a"][2])
        tree = eeu.ExtensiveForm.builder("A", "B", given="-2 <= t and t <= 2")
        tree.choose("A", "x", between=(0, 1)).move("B", ["a", "b"], after="x")
        tree.payoffs("x/a", f"{text(first['a'])} + t*x", f"{text(lines['a'])} + t")
        game = tree.payoffs("x/b", text(first["b"]), text(lines["b"])).build()
        symbolic = game.solve()
        (t,) = game.symbols
        assert symbolic.complete_where == sp.true
        for k in (-2, -1, 0, 1):
            value_of_t = sp.Rational(k * (seed + 3), 2 * seed + 6)
            numeric = game.at(t=value_of_t).solve()
            for at in GRID[::3]:
                there = {t: value_of_t, x: sp.Rational(at.numerator, at.denominator)}
                expected = played(numeric, at)
                assert expected == symbolically_played(symbolic, there), (first, lines, there)
            values = {e.choices["x"] for e in numeric if not e.free}
            known = {
                e.choices["x"].xreplace({t: value_of_t})
                for e in symbolic
                if not e.free and truth_value(e.condition, {t: value_of_t})
            }
            assert values <= known | {
                v for v in values for e in symbolic if e.free and truth_value(
                    sp.And(e.condition, e.where), {t: value_of_t, x: v})
            }  # fmt: skip


def symbolically_played(solution: eeu.EquilibriumSet, there: dict[sp.Symbol, sp.Expr]) -> set[str]:
    """The actions after x on the path of an equilibrium with symbols, at values of all."""
    result: set[str] = set()
    parameters = {s: v for s, v in there.items() if s != x}
    for equilibrium in solution:
        if not truth_value(equilibrium.condition, parameters):
            continue
        own = equilibrium.choices["x"].xreplace(parameters)
        where = truth_value(equilibrium.where, there) if equilibrium.free else own == there[x]
        if where:
            mix = {a: p.xreplace(there) for a, p in equilibrium.profile["B"].items()}
            result |= {a for a, p in mix.items() if p == 1}
    return result
