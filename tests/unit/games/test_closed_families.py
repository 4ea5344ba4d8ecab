"""Families with their ends: the set of equilibria stays, each in one family as before."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Source, Space, parse
from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.games import Equilibrium, Quantity
from gametheory_eeu.games.families import close_ties, merge_families
from gametheory_eeu.games.quantity import in_quantities
from gametheory_eeu.models.credible_commitment import CredibleCommitment

GRID = [sp.Rational(k, 4) for k in range(5)]


def hawks() -> NormalForm:
    return NormalForm(
        [["(v - c)/2", "v"], [0, "v/2"]], [["(v - c)/2", 0], ["v", "v/2"]],
        actions=[["Hawk", "Dove"]] * 2, given=["v > 0", "c > 0"])  # fmt: skip


def pennies() -> NormalForm:
    return NormalForm([["a", 0], [0, 1]], [["a", 0], [0, "b"]], given=["a >= 0", "b >= 0"])


def entry() -> ExtensiveForm:
    tree = ExtensiveForm.builder("A", "B", given=["0 <= p <= 1"])
    tree = tree.chance({"x": "p", "y": "1 - p"}).move("A", ["in", "out"], ["x", "y"])
    tree = tree.move("B", ["left", "right"], ["x/in", "y/in"]).payoffs("*/out", 0, 1)
    tree = tree.payoffs("x/in/left", "a", 1).payoffs("y/in/left", "-b", 0)
    return tree.payoffs("x/in/right", "a", 0).payoffs("y/in/right", "b", "a").build()


def trust() -> GameForm:
    return CredibleCommitment(outside_option="o").form().at(b=1, ell=1, v=0, r=1, g=2)


TRUSTS = [{"mu": mu, "sigma": sigma, "o": o}
          for mu, sigma, o in product((0, "1/2", 1), (0, "1/2"), (0, 1, 2))]  # fmt: skip
CASES: list[tuple[GameForm, str, Sequence[Mapping[str, Any]]]] = [
    (hawks(), "Nash", [{"v": v, "c": c} for v, c in ((1, 2), (2, 2), (2, 1), (1, 4))]),
    (pennies(), "Nash", [{"a": a, "b": b} for a, b in product((0, 1, 3), (0, 1, 3))]),
    (trust(), "Nash", TRUSTS),
    (trust(), "perfect Bayesian", TRUSTS),
    (entry(), "Nash", [{"p": p, "a": a, "b": b}
                       for p, a, b in product((0, "1/2", 1), (-1, 0, 1), (-1, 0, 1))]),
    (entry(), "perfect Bayesian", [{"p": p, "a": a, "b": b}
                                   for p, a, b in product(("1/4", "1/2"), (-1, 0, 1), (0, 1))]),
]  # fmt: skip


def contains(family: Equilibrium, point: Mapping[sp.Symbol, sp.Expr], chances: Any) -> bool:
    """Whether a profile, the probabilities of each place's first action, is in a family."""
    if sp.sympify(family.condition).xreplace(point) != sp.true:
        return False
    unknowns: dict[sp.Symbol, sp.Expr] = {}
    for mix, chance in zip(family.profile.values(), chances, strict=True):
        value = next(iter(mix.values())).xreplace(point)
        if value in family.free and value not in unknowns:
            unknowns[value] = chance
        elif value.xreplace(unknowns) != chance:
            return False
    where = sp.sympify(family.where).xreplace({**point, **unknowns})
    return bool(where != sp.false)  # beliefs may be free still


def members(families: Sequence[Equilibrium], form: GameForm, values: Mapping[Any, Any]) -> Any:
    """By profile on a grid, in how many families it is."""
    given: dict[object, object] = dict(values)
    point = form.space.point(given)
    places = len(families[0].profile)
    return {chances: sum(contains(family, point, chances) for family in families)
            for chances in product(GRID, repeat=places)}  # fmt: skip


@pytest.mark.parametrize(("form", "concept", "points"), CASES)
def test_the_set_of_equilibria_stays(
    form: GameForm, concept: str, points: Sequence[Mapping[str, Any]]
) -> None:
    solution = form.solve(concept)
    closed = close_ties(solution, form.space)
    assert (closed != solution.equilibria) == (form != entry())
    for values in points:
        before, after = (members(e, form, values) for e in (solution.equilibria, closed))
        assert {k for k, count in before.items() if count} == {k for k, c in after.items() if c}
        if concept == "Nash":
            assert max(after.values()) <= 1


def test_ends_of_the_familys_own_name_are_merged() -> None:
    form = hawks()
    names = dict.fromkeys(["Hawk, Hawk", "Hawk, Hawk + Dove", "Hawk, Dove"], "Hawk first")
    merged = merge_families(form.solve(), names, form.space)
    assert len(merged) == len(form.solve())  # off the tie the ends exist without the family
    tie = Space.of(form.space, "v == c")
    at_tie = [e for e in form.over(tie).solve() if e.name in names]
    (whole,) = merge_families(at_tie, names, tie)
    (q,) = whole.free
    assert whole.where == sp.And(q >= 0, q <= 1)


def quantity(expression: str) -> Quantity:
    return Quantity("q", "q", parse(expression), sp.true, "", Source("M"))


@pytest.mark.parametrize(
    ("condition", "expression", "expected"),
    [
        ("a*x >= b", "b/a", "x >= b/a"),
        ("a*x + b < 0", "-b/a", "x < -b/a"),
        ("b > a*x", "b/a", "x < b/a"),
        ("2*a > 2*b", "a - b", "a - b > 0"),
        ("a*x >= b", "b/(a*y)", "a*x >= b"),
        ("y*x >= b", "b/y", "y*x >= b"),  # y has no sign
        ("x >= a + y", "(a**2 - y**2)/(a - y)", "x >= a + y"),  # undefined where a = y
        ("y > b", "x + y", "b < y"),
    ],
)
def test_relations_are_bounds_by_quantities(condition: str, expression: str, expected: str) -> None:
    space = Space.of("a > 0", "b > 0", symbols=sp.symbols("a b x y", real=True))
    found = in_quantities(parse(condition), [quantity(expression)], space)
    assert found == parse(expected)
