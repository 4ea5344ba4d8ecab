"""Conditions as short as they are: factors of known sign cancelled, long ones as a few signs."""

from random import Random

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import Space
from gametheory_eeu.solvers.condition_simplification import simplify_with_samples

w, x, y = sp.symbols("w x y", real=True)
b, c_1, c_2, c_3, v = sp.symbols("b c_1 c_2 c_3 v", real=True)
POSITIVE = Space.of(*(s > 0 for s in (b, c_1, c_2, c_3)), symbols=[x])


def firms() -> eeu.NormalForm:
    """Three firms enter a market of value v, shared by those who do, at different costs."""

    def profit(profile: tuple[str, ...]) -> list[str]:
        number = profile.count("in")
        return [f"v/{number} - c_{i + 1}" if own == "in" else "0" for i, own in enumerate(profile)]

    return eeu.NormalForm(profit, actions=[["in", "out"]] * 3, given="0 < c_1 < c_2 < c_3 < v")


def test_three_firms_that_all_mix() -> None:
    """From (3 - 2p_j)(3 - 2p_k) v = 3(4c_i - v), of which each factor is between 1 and 3."""
    game = firms()
    found = game.solve()["in + out, in + out, in + out"]
    assert sp.count_ops(found.condition) < 40
    costs = (c_1, c_2, c_3)
    right = []
    for i in range(3):
        a, one, other = (4 * costs[i - k] - v for k in range(3))
        right += [v * a < 3 * one * other, 3 * one * other < 9 * v * a]
    for part in right:
        assert eeu.prove(part, given=[game.space, found.condition]).verdict == "proved"
    for part in sp.And.make_args(found.condition):
        assert eeu.prove(part, given=[game.space, *right]).verdict == "proved"
    inside = game.at(c_1="2/5", c_2="9/20", c_3="1/2", v=1)
    assert "in + out, in + out, in + out" in inside.solve().names
    outside = game.at(c_1="3/10", c_2="9/20", c_3="1/2", v=1)
    assert "in + out, in + out, in + out" not in outside.solve().names


@pytest.mark.parametrize(
    ("long", "read"),
    [
        (b**2 * c_1**2 * c_3**2 > b * c_1 * c_2 * c_3**3, b * c_1 > c_2 * c_3),
        (b**2 * c_1 >= b * x, b * c_1 >= x),
        (b * x < 0, x < 0),
        (-b * c_1 + b * c_2 / 2 > 0, c_2 > 2 * c_1),
        (b * x >= c_1 * x, b * x >= c_1 * x),
        (sp.Or(b * c_1 > b * c_2, x * b > x**3 * b), sp.Or(c_1 > c_2, x > x**3)),
    ],
)
def test_factors_of_known_sign_are_cancelled(long: sp.Basic, read: sp.Basic) -> None:
    assert simplify_with_samples(long, POSITIVE) == read


def test_parts_that_lean_on_each_other_are_not_both_lost() -> None:
    """Each of two products tells the sign of x where the other holds; y > 0 and w > 0 do not."""
    space = Space.of(x + y > 0, x + w > 0)
    condition = sp.And(x * y > 0, x * w > 0)
    found = simplify_with_samples(condition, space)
    assert found.subs({w: 1, x: 0, y: 1}) == sp.false
    assert eeu.equivalent(found, condition, given=space).verdict == "proved"


def test_random_conditions_keep_their_points() -> None:
    rng = Random(20)
    letters = (w, x, y)
    forms = [*letters, x + y, x - w, x + y - 1, 2 * w - y]
    for _ in range(25):
        space = Space.of(*(f > 0 for f in rng.sample(forms, 2)), symbols=letters)
        parts = [
            rng.choice([sp.Gt, sp.Ge, sp.Lt])(sp.expand(sp.prod(rng.sample(forms, 2))), 0)
            for _ in range(3)
        ]
        condition = sp.And(parts[0], rng.choice([sp.And, sp.Or])(*parts[1:]))
        found = simplify_with_samples(condition, space)
        assert eeu.equivalent(found, condition, given=space).verdict == "proved"


def pivotal(players: int, needed: int) -> eeu.SymmetricGame:
    """A public good of benefit 1 that takes some givers, each at a cost (Palfrey and Rosenthal)."""
    return eeu.SymmetricGame(
        {
            "give": lambda k: f"{int(k + 1 >= needed)} - c",
            "not": lambda k: int(k >= needed),
        },
        players,
        given="0 < c < 1",
    )


def test_a_quartic_that_is_quadratic_in_p_times_one_minus_p() -> None:
    """Two of the other four give with probability 6 p^2 (1 - p)^2 = c."""
    game = pivotal(5, 3)
    found = game.solve()
    assert found.names == ("not", "give + not (1)", "give + not (2)")
    assert found.complete_where == sp.true
    (c,) = game.symbols
    for e, sign, relation in zip(
        found.equilibria[1:], (-1, 1), (8 * c < 3, 8 * c <= 3), strict=True
    ):
        right = (1 + sign * sp.sqrt(1 - 4 * sp.sqrt(c / 6))) / 2
        p = e.profile["each player"]["give"]
        for value in ("1/10", "3/16", "1/3", "3/8"):
            at = {c: sp.Rational(value)}
            assert abs(sp.N(p.subs(at) - right.subs(at))) < 1e-12
        assert eeu.equivalent(e.condition, relation, given=game.space).verdict == "proved"
        assert e.verify().verdict == "proved"


@pytest.mark.parametrize("cost", ["1/10", "3/16", "3/8", "2/5"])
def test_its_roots_are_those_of_the_game_in_numbers(cost: str) -> None:
    game = pivotal(5, 3)
    (c,) = game.symbols
    at = {c: sp.Rational(cost)}
    there = [e for e in game.solve() if e.condition.subs(at) == sp.true]
    mine = sorted(sp.N(e.profile["each player"]["give"].subs(at), 20) for e in there)
    theirs = sorted(sp.N(e.profile["each player"]["give"], 20) for e in game.at(c=cost).solve())
    assert len(mine) == len(theirs)
    assert all(abs(a - b) < 1e-12 for a, b in zip(mine, theirs, strict=True))


@pytest.mark.parametrize("d", [sp.Rational(1, 9), sp.Rational(1, 16)])
def test_a_quartic_around_another_middle_and_one_without(d: sp.Expr) -> None:
    """(s^2 - a)(s^2 - d) with s = p - 1/3; at d = 1/9 one of its roots is p = 0."""
    s = x - sp.Rational(1, 3)
    a = sp.Symbol("a", real=True)
    gains = by_counts(sp.expand((s**2 - a) * (s**2 - d)))
    game = eeu.SymmetricGame({"left": gains, "right": [0] * 5}, 5, given=[a > 0, a < 1])
    for value in ("1/20", "1/10", "1/3", "1/2"):
        at = {a: sp.Rational(value)}
        there = [e for e in game.solve() if e.condition.subs(at) == sp.true]
        mine = {round(float(e.profile["each player"]["left"].subs(at)), 9) for e in there}
        numbers = game.at(a=value).solve()
        assert mine == {round(float(e.profile["each player"]["left"]), 9) for e in numbers}
    odd = eeu.SymmetricGame(
        {"left": by_counts(sp.expand(s**4 + a * s - a**2)), "right": [0] * 5}, 5, given=a > 0
    )
    assert "no closed form" in odd.solve().why


def by_counts(polynomial: sp.Expr) -> list[sp.Expr]:
    """Gains by the number of four others, of which a polynomial in p is the mean."""
    coefficients = [sp.Poly(polynomial, x).coeff_monomial(x**j) for j in range(5)]
    return [
        sp.expand(
            sum(sp.binomial(k, j) / sp.binomial(4, j) * coefficients[j] for j in range(k + 1))
        )
        for k in range(5)
    ]
