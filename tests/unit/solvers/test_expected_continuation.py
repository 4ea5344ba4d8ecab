"""What follows a draw, against integrals at rational points."""

from itertools import pairwise
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.solvers.continuation import Continuation, expected_continuations
from gametheory_eeu.solvers.moves import Distribution

a, b, c = sp.symbols("a b c", real=True)
UNIFORM = Distribution.uniform(c, sp.Integer(0), sp.Integer(2))
RISING = Distribution(c, sp.Integer(0), sp.Integer(2), c / 2, c**2 / 4)
FREE = Space((a, b))


def item(condition: Any, action: str = "", **payoffs: Any) -> Continuation:
    steps = {"I": (action,)} if action else {}
    return Continuation(
        condition, FrozenMapping({k: sp.sympify(v) for k, v in payoffs.items()}),
        steps=FrozenMapping(steps),
    )  # fmt: skip


def integral(distribution: Distribution, value: sp.Expr, point: dict[Any, Any]) -> sp.Expr:
    """The expectation of a piecewise value, cut at every breakpoint on the interval."""
    value = sp.sympify(value).subs(point)
    breaks = {sp.Rational(n, 2) for n in range(-4, 9)} & {
        root for r in value.atoms(sp.core.relational.Relational)
        for root in sp.solve(r.lhs - r.rhs, c)
    }  # fmt: skip
    ends = sorted({distribution.low, distribution.high} | {e for e in breaks if 0 < e < 2})
    total = sp.Integer(0)
    for low, high in pairwise(ends):
        formula = value
        for piece in value.atoms(sp.Piecewise):
            middle = (low + high) / 2
            chosen = next(v for v, cond in piece.args if bool(sp.sympify(cond).subs(c, middle)))
            formula = formula.subs(piece, chosen)
        primitive = sp.Poly(formula * distribution.density, c).integrate()
        total += primitive.eval(high) - primitive.eval(low)
    return total


@pytest.mark.parametrize("distribution", [UNIFORM, RISING], ids=["uniform", "rising"])
@pytest.mark.parametrize(
    "branches",
    [
        [(sp.true, a + c)],
        [(c >= a, c), (c <= a, b)],
        [(c > a, 1), (c <= a, a - c)],
        [(sp.And(c >= a, c >= 1), 3), (sp.Or(c <= a, c <= 1), c - 1)],
        [(c >= a, b - c), (c <= a, c**2)],
        [(sp.And(c >= a, b >= 0), 1), (sp.And(c <= a, b >= 0), 2), (b <= 0, 3)],
        [((c - a) * (c - b) >= 0, 1), ((c - a) * (c - b) <= 0, 0)],
    ],
    ids=str,
)
def test_the_expected_payoff_is_the_integral(
    distribution: Distribution, branches: list[tuple[Any, Any]]
) -> None:
    items = [item(condition, A=value, B=b) for condition, value in branches]
    found = expected_continuations(distribution, items, FREE)
    value = sp.Piecewise(*((v, cond) for cond, v in branches))
    for first in (sp.Integer(-1), sp.Rational(1, 2), sp.Rational(3, 2), sp.Integer(3)):
        for second in (sp.Rational(-1, 2), sp.Integer(1)):
            point = {a: first, b: second}
            there = [o for o in found if bool(sp.sympify(o.condition).subs(point))]
            assert there
            for option in there:
                assert option.payoffs["A"].subs(point) == integral(distribution, value, point)
                assert option.payoffs["B"].subs(point) == second


def test_ends_belong_to_the_cases_on_either_side() -> None:
    items = [item(c >= a, "yes", A=1), item(c <= a, "no", A=0)]
    found = expected_continuations(UNIFORM, items, FREE)
    table = [(dict(o.steps)["I"], o.condition, o.payoffs["A"]) for o in found]
    assert [steps for steps, *_ in table] == [("yes",), ("no", "yes"), ("no",)]
    assert [value for *_, value in table] == [1, 1 - a / 2, 0]
    below, inside, above = (condition for _, condition, _ in table)
    for number in (-1, 0, 1, 2, 3):
        truth = [bool(cond.subs(a, number)) for cond in (below, inside, above)]
        assert truth == [number <= 0, 0 <= number <= 2, number >= 2]


def test_a_point_of_the_interval_does_not_count() -> None:
    items = [item(sp.Ne(c, 1), A=5), item(sp.Eq(c, 1), A=100)]
    (only,) = expected_continuations(UNIFORM, items, FREE)
    assert (only.condition, dict(only.payoffs)) == (sp.true, {"A": 5})


def test_indifference_leaves_several_continuations() -> None:
    items = [item(sp.true, "l", A=1, B=0), item(a >= 0, "r", A=1, B=c)]
    found = expected_continuations(UNIFORM, items, FREE)
    assert {(o.steps["I"], o.condition, o.payoffs["B"]) for o in found} == {
        (("l",), sp.true, sp.Integer(0)), (("r",), a >= 0, sp.Integer(1))
    }  # fmt: skip


def test_a_gap_in_what_follows_leaves_nothing_there() -> None:
    found = expected_continuations(UNIFORM, [item(c >= a, A=1)], FREE)
    assert [(o.condition, o.payoffs["A"]) for o in found] == [(a <= 0, 1)]


def test_extrema_in_payoffs_are_cut() -> None:
    (only,) = expected_continuations(UNIFORM, [item(sp.true, A=sp.Max(c, 1))], FREE)
    assert (only.condition, only.payoffs["A"]) == (sp.true, sp.Rational(5, 4))


def test_conditions_on_parameters_are_kept() -> None:
    items = [item(sp.And(a > 0, c >= -2), A=c), item(sp.And(b > 0, c <= 3), A=c + 1)]
    found = expected_continuations(UNIFORM, items, FREE)
    assert {(o.condition, o.payoffs["A"]) for o in found} == {(a > 0, 1), (b > 0, 2)}


def test_a_cutoff_must_be_linear() -> None:
    with pytest.raises(UnsupportedError, match="is not linear in c"):
        expected_continuations(UNIFORM, [item(c**3 + c + a > 0, A=1)], FREE)
    with pytest.raises(UnsupportedError, match="is not linear in c"):
        expected_continuations(UNIFORM, [item(sp.exp(c) > a, A=1)], FREE)


def test_the_number_of_cutoffs_is_limited() -> None:
    def product_of(number: int) -> sp.Expr:
        return sp.Mul(*(c - sp.Rational(k, 4) for k in range(1, number + 1)))

    items = [item(product_of(3) >= 0, A=1), item(product_of(3) <= 0, A=0)]
    (only,) = expected_continuations(UNIFORM, items, FREE)
    assert only.payoffs["A"] == sp.Rational(3, 4)
    with pytest.raises(TooLargeError, match="changes at 4 values of c, above the limit of 3"):
        expected_continuations(UNIFORM, [item(product_of(4) >= 0, A=1)], FREE)
