"""What needs an unknown of its own, and the cases of functions by cases."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.indeterminates import (
    assumptions,
    cases,
    is_relaxed,
    unknown_key,
    unknowns,
    unsupported_error,
)

x, y = sp.symbols("x y", real=True)
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)
ROOT = sp.CRootOf(sp.Symbol("z") ** 5 - sp.Symbol("z") - 1, 0)
POINTS = [
    {x: sp.Rational(i, 2), y: sp.Rational(j, 2)} for i, j in product((-3, -1, 0, 1, 2), repeat=2)
]


@pytest.mark.parametrize("node", [
    sp.Max(x, y), sp.Min(x, y), sp.Max(x, y, 1), sp.Min(x, y, 1), sp.Abs(x), sp.Abs(x - y),
    sp.sign(x), sp.sign(x * y), sp.Piecewise((x, x > y), (y, x < 0), (1, True)),
    sp.Piecewise((x, x > 0), (-x, True)), sp.Abs(x / (y + 5)), sp.Abs(sp.Abs(x) - 1),
], ids=str)  # fmt: skip
def test_each_case_has_the_value_and_some_case_holds(node: Any) -> None:
    found = list(cases(node))
    for point in POINTS:
        value = node.subs(point)
        here = [(c, v) for c, v in found if sp.sympify(c).subs(point) == sp.true]
        assert here, point
        assert all(sp.sympify(v).subs(point) == value for _, v in here), point
    assert len(found) == (len(node.args) if len(node.args) > 1 else len(found))


def test_how_cases_are_written() -> None:
    assert [v for _, v in cases(sp.Abs(x))] == [x, -x, 0]
    assert [v for _, v in cases(sp.sign(x))] == [1, -1, 0]
    assert [type(c) for c, _ in cases(sp.Abs(x))] == [sp.Gt, sp.Lt, sp.Eq]
    plain = [v for _, v in cases(sp.Abs(x * (x + 1), evaluate=False))]
    assert plain[1] == -x * (x + 1)
    # What has a denominator is kept as it is written, so that none is cancelled.
    quotient = sp.Mul(x, sp.Pow(x, -1, evaluate=False), evaluate=False)
    (_, _), (_, negative), (_, _) = cases(sp.Abs(quotient, evaluate=False))
    assert negative != -1
    assert negative.has(x)
    conditions = [c for c, _ in cases(sp.Piecewise((x, x > y), (y, x < 0), (1, True)))]
    assert [c.has(sp.Not) for c in conditions] == [False, True, True]


@pytest.mark.parametrize(("node", "key"), [
    (x, None), (x**2, None), (x + y, None), (x**-1, None), (sp.sqrt(x), sp.sqrt(x)),
    (x ** sp.Rational(3, 2), sp.sqrt(x)), (x ** sp.Rational(-2, 3), x**THIRD),
    (sp.Abs(x), sp.Abs(x)),
    (sp.Max(x, y), sp.Max(x, y)), (sp.sign(x), sp.sign(x)), (ROOT, ROOT), (sp.log(x), sp.log(x)),
    (sp.Integer(2), None), (sp.sqrt(2), sp.sqrt(2)), (x > y, None),
    (sp.Piecewise((x, x > 0), (0, True)), sp.Piecewise((x, x > 0), (0, True))),
], ids=str)  # fmt: skip
def test_what_has_an_unknown_of_its_own(node: Any, key: Any) -> None:
    assert unknown_key(node) == key


def test_unknowns_have_names_that_no_solver_reserves() -> None:
    mu, odd = sp.Symbol("mu", real=True), sp.Symbol("a b", real=True)
    dotted, digit = sp.Symbol("a.b1", real=True), sp.Symbol("1a", real=True)
    found = unknowns([sp.sqrt(mu) > odd, sp.Max(dotted, digit) + mu ** sp.Rational(3, 2) > 0])
    assert {k: v for k, v in found.items() if k.is_Symbol} == {
        mu: "$mu", odd: "$1", dotted: "$a.b1", digit: "$0"}  # fmt: skip
    assert {v for k, v in found.items() if not k.is_Symbol} == {"u0", "u1"}
    assert {k for k in found if not k.is_Symbol} == {sp.sqrt(mu), sp.Max(dotted, digit)}
    assert unknowns([]) == {}
    inner = unknowns([ROOT > x])
    assert set(inner) == {ROOT, x}  # not the symbol of its polynomial
    assert unknowns([sp.Symbol("é") > 0]) == {sp.Symbol("é"): "$0"}


@pytest.mark.parametrize(("kinds", "expected"), [
    ({"real": True}, []), ({"positive": True}, [">", ">=", "!="]),
    ({"negative": True}, ["<", "<=", "!="]),
    ({"nonnegative": True}, [">="]), ({"nonpositive": True}, ["<="]),
    ({"real": True, "nonzero": True}, ["!="]), ({"zero": True}, ["==", ">=", "<="]),
    ({"integer": True}, []), ({"integer": True, "positive": True}, [">", ">=", "!=", ">= 1"]),
    ({"integer": True, "negative": True}, ["<", "<=", "!=", "<= -1"]),
    ({"integer": True, "nonnegative": True}, [">="]),
], ids=str)  # fmt: skip
def test_assumptions_are_relations(kinds: dict[str, bool], expected: list[str]) -> None:
    s = sp.Symbol("s", **kinds)
    found = assumptions(s)
    assert all(relation.lhs == s for relation in found)
    told = {f"{r.rel_op}{'' if r.rhs == 0 else f' {r.rhs}'}" for r in found}
    assert told == set(expected)
    assert len(found) == len(expected)


@pytest.mark.parametrize(("kinds", "expected"), [
    ({"real": True}, False), ({"positive": True}, False), ({"integer": True}, True),
    ({"rational": True}, True), ({"irrational": True}, True), ({"algebraic": True}, True),
    ({"integer": False, "real": True}, True),
], ids=str)  # fmt: skip
def test_assumptions_that_the_solver_does_not_know(kinds: dict[str, bool], expected: bool) -> None:
    assert is_relaxed(sp.Symbol("s", **kinds)) is expected


def test_what_is_not_decided_is_named() -> None:
    found = unsupported_error(sp.sin(x))
    assert isinstance(found, UnsupportedError)
    assert str(found).startswith("the prover does not decide sin, as in sin(x); it reads")
