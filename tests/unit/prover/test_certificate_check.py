"""Certificates written by hand: those that hold are confirmed, a forgery in any place is not."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.prover.certificate import (
    Contradiction,
    FactorSign,
    Inference,
    KnownSign,
    Reasoning,
    RelationSign,
    Substitution,
)
from gametheory_eeu.prover.certificate_check import (
    _Checker,
    _coefficient_signs,
    _is_contradiction,
    is_valid_proof,
)
from gametheory_eeu.prover.certificate_reading import (
    case_values,
    conjuncts,
    differs_only_at,
    divisors,
    is_defined,
    is_zero,
)
from gametheory_eeu.prover.certificate_reading import is_rational as is_rational_relation

w, x, y, z, s, t = sp.symbols("w x y z s t", real=True)
ONE = sp.Integer(1)
RELATIONS = {">": sp.Gt, ">=": sp.Ge, "<": sp.Lt, "<=": sp.Le, "==": sp.Eq, "!=": sp.Ne}
SETS = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {-1, 0}, "?": {-1, 0, 1}}
GIVEN = (x > 0, y >= 0, sp.Eq(z, 0))
FACTS = {"+": x, "-": -x, ">=0": y, "<=0": -y, "0": z, "?": w}
"""What has which sign, given that x > 0, y >= 0 and z = 0."""


def relation(symbol: str, left: Expr, right: Expr = sp.S.Zero) -> Boolean:
    return RELATIONS[symbol](left, right, evaluate=False)


def known(expr: Expr, kind: str, source: Any = None, **more: Any) -> KnownSign:
    return KnownSign(expr, kind, relation(kind, expr) if source is None else source, **more)


KNOWN = {"+": known(x, ">"), ">=0": known(y, ">="), "0": known(z, "==")}
KNOWN |= {"-": KNOWN["+"], "<=0": KNOWN[">=0"]}
POSITIVE, WEAK, ZERO = (known(expr, kind) for expr, kind in ((x, ">"), (y, ">="), (z, "==")))


def sign_of(sign: str, power: int = 1) -> FactorSign:
    return FactorSign(FACTS[sign], power, sign, KNOWN.get(sign))


def step(
    statement: Boolean, *factors: FactorSign, constant: Any = 1, under: tuple[Boolean, ...] = (),
    below: tuple[FactorSign, ...] = (),
) -> RelationSign:  # fmt: skip
    return RelationSign(statement, under, sp.sympify(constant), factors, below)


def is_shown(reasoning: Reasoning, *given: Boolean, statement: Boolean | None = None) -> bool:
    symbols = (w, x, y, z)
    asked = reasoning.statement if statement is None else statement
    return is_valid_proof(asked, Space(symbols, given), reasoning)


X_POSITIVE = step(x > 0, sign_of("+"))
Y_WEAK = step(y >= 0, sign_of(">=0"))


@pytest.mark.parametrize("sign", SETS)
@pytest.mark.parametrize("symbol", RELATIONS)
def test_a_relation_follows_where_every_possible_sign_satisfies_it(symbol: str, sign: str) -> None:
    for constant, power in product((2, -2), (1, 2, 3)):
        signs = {sp.sign(constant) * a**power for a in SETS[sign]}
        statement = relation(symbol, constant * FACTS[sign] ** power)
        expected = all(RELATIONS[symbol](a, 0) for a in signs)
        reasoning = step(statement, sign_of(sign, power), constant=constant)
        assert is_shown(reasoning, *GIVEN) is expected, (statement, sign)


@pytest.mark.parametrize("claim", SETS)
def test_the_sign_of_a_multiple_is_that_of_what_is_known(claim: str) -> None:
    for sign, ratio in product(("+", ">=0", "0"), (3, -3)):
        fact = KNOWN[sign]
        factor = FactorSign(ratio * fact.expression, 2, claim, fact)
        statement = relation(">=", factor.factor**2)
        expected = {sp.sign(ratio) * a for a in SETS[sign]} <= SETS[claim]
        assert is_shown(step(statement, factor), *GIVEN) is expected, (factor.factor, claim, fact)


@pytest.mark.parametrize(
    "factor",
    [FactorSign(y, 1, "+", POSITIVE), FactorSign(x**2, 1, "+", POSITIVE), FactorSign(w, 1, "+"),
     FactorSign(x, 1, "+", known(x, ">", y > 0)), FactorSign(x, 1, "+", WEAK)],
    ids=str,
)  # fmt: skip
def test_what_is_known_is_about_the_factor_and_follows(factor: FactorSign) -> None:
    assert is_shown(step(relation(">", factor.factor), factor), *GIVEN) is False


@pytest.mark.parametrize(("power", "symbol", "expected"), [
    (1, ">", True), (2, ">", True), (-1, ">", True), (0, "<=", False), (0, ">", False),
])  # fmt: skip
def test_the_product_is_the_difference_of_the_sides(
    power: int, symbol: str, expected: bool
) -> None:
    below = (sign_of("+"),)
    statement = relation(symbol, 2 * x**power + y, y) if power else relation(symbol, y + x, y)
    reasoning = step(statement, sign_of("+", power), constant=2, below=below)
    assert is_shown(reasoning, *GIVEN) is expected
    assert is_shown(replace(reasoning, constant=sp.Integer(3)), *GIVEN) is False


def test_every_denominator_has_a_strict_sign() -> None:
    statement = relation(">", 1 / x)
    inverse, below = sign_of("+", -1), sign_of("+")
    assert is_shown(step(statement, inverse, below=(below,)), *GIVEN) is True
    assert is_shown(step(statement, inverse), *GIVEN) is False
    assert is_shown(step(statement, inverse, below=(FactorSign(x, 1, "+"),)), *GIVEN) is False
    negative = step(relation("<", 1 / (-x)), inverse, constant=-1, below=(sign_of("-"),))
    assert is_shown(negative, *GIVEN) is True
    weak = step(relation(">=", 1 / y), FactorSign(y, -1, ">=0", WEAK), below=(sign_of(">=0"),))
    assert is_shown(weak, *GIVEN) is False
    # A false claim about what is no denominator of the relation is no step of a proof either.
    assert (
        is_shown(replace(X_POSITIVE, denominators=(FactorSign(y, 1, "+", WEAK),)), *GIVEN) is False
    )


def test_the_statement_is_the_one_that_was_asked_and_assumes_nothing() -> None:
    assert is_shown(X_POSITIVE, *GIVEN) is True
    assert is_shown(X_POSITIVE, *GIVEN, statement=x >= 0) is False
    assert is_shown(X_POSITIVE) is False
    assert is_shown(replace(X_POSITIVE, assumptions=(x > 0,))) is False
    assert is_shown(replace(X_POSITIVE, assumptions=(x > 0,)), statement=x > 1) is False


@pytest.mark.parametrize(("assumption", "kind", "expr"), [
    ("positive", ">", 1), ("positive", ">=", 1), ("nonnegative", ">=", 1), ("negative", ">", -1),
    ("negative", ">=", -1), ("nonpositive", ">=", -1), ("zero", "==", 1), ("positive", ">", -1),
    ("nonnegative", ">", 1), ("nonnegative", ">=", -1), ("nonpositive", ">=", 1),
    ("nonzero", ">", 1),
])  # fmt: skip
def test_a_symbols_assumptions_are_premises(assumption: str, kind: str, expr: int) -> None:
    p = sp.Symbol("p", real=True, **{assumption: True})
    facts = {"positive": (sp.Gt, {1}), "negative": (sp.Lt, {-1}), "zero": (sp.Eq, {0}),
             "nonnegative": (sp.Ge, {0, 1}), "nonpositive": (sp.Le, {-1, 0}),
             "nonzero": (sp.Ne, {1, -1})}  # fmt: skip
    head, signs = facts[assumption]
    strict = {"positive": sp.Gt, "negative": sp.Lt}.get(assumption)
    expected = all(RELATIONS[kind](expr * a, 0) for a in signs)
    heads = [head, *([sp.Ge if strict is sp.Gt else sp.Le] if strict and kind == ">=" else [])]
    found = []
    for each in heads:
        source = each(p, 0, evaluate=False)
        sign = {">": "+", ">=": ">=0", "==": "0"}[kind]
        factor = FactorSign(expr * p, 1, sign, KnownSign(expr * p, kind, source))
        statement = relation(kind, expr * p)
        found.append(is_valid_proof(statement, Space((p,)), step(statement, factor)))
    assert all(found) is expected and any(found) is expected  # noqa: PT018


@pytest.mark.parametrize(("sign", "bound", "expected"), [
    ("positive", 1, True), ("positive", 2, False), ("negative", -1, True), ("negative", 1, False),
])  # fmt: skip
def test_a_whole_number_is_one_away_from_zero(sign: str, bound: int, expected: bool) -> None:
    for integer in (True, False):
        k = sp.Symbol("k", integer=integer, real=True, **{sign: True})
        source = (sp.Ge if sign == "positive" else sp.Le)(k, bound, evaluate=False)
        expr = source.gts - source.lts
        statement = relation(">=", expr)
        reasoning = step(statement, FactorSign(expr, 1, ">=0", KnownSign(expr, ">=", source)))
        assert is_valid_proof(statement, Space((k,)), reasoning) is (expected and integer)


@pytest.mark.parametrize("malformed", [
    step(x > 0, FactorSign(x, 1, "+", known(x, ">", x > 0, premises=(None,)))),
    step(x > 0, FactorSign(x, 1, "odd", POSITIVE)),
    step(x > 0, constant=x),
    step(x > 0, FactorSign(x, 1, "+", None,
                           (Substitution(x, t, ONE, (), (), (POSITIVE,) * 2),), t)),
    step(x > 0, FactorSign(x, 1, "+", None,
                           (Substitution(x, t, 1 + 1 / t, (t,), (), (POSITIVE,)),), t)),
], ids=range(5))  # fmt: skip
def test_a_step_that_cannot_be_expanded_shows_nothing(malformed: Reasoning) -> None:
    """An attribute, a key or a number that is not there, too many bounds, no polynomial."""
    assert is_shown(malformed, *GIVEN) is False


# Conjunctions, disjunctions, negations, implications.


def infer(
    statement: Boolean, *parts: Reasoning, split_on: Any = None, under: tuple[Boolean, ...] = (),
    below: tuple[FactorSign, ...] = (),
) -> Inference:  # fmt: skip
    return Inference(statement, under, split_on, parts, below)


FORGED_X = step(x > 0, FactorSign(x, 1, "+", known(x, ">", y > 0)))
UNDER = replace(X_POSITIVE, assumptions=(x > 0,))
BOTH = sp.And(x > 0, y >= 0)
EITHER = sp.Or(x > 0, y > 5)


@pytest.mark.parametrize(("reasoning", "expected"), [
    (infer(BOTH, X_POSITIVE, Y_WEAK), True), (infer(BOTH, Y_WEAK, X_POSITIVE), True),
    (infer(BOTH, X_POSITIVE), False), (infer(BOTH), True), (infer(BOTH, FORGED_X, Y_WEAK), False),
    (infer(BOTH, UNDER, Y_WEAK), False), (infer(BOTH, X_POSITIVE, Y_WEAK, UNDER), False),
    (infer(EITHER, X_POSITIVE), True), (infer(EITHER), True), (infer(EITHER, Y_WEAK), False),
    (infer(EITHER, UNDER), False), (infer(EITHER, FORGED_X), False),
    (infer(EITHER, X_POSITIVE, X_POSITIVE), False),
    (infer(sp.Not(x <= 0, evaluate=False), X_POSITIVE), True),
    (infer(sp.Not(x <= 0, evaluate=False), Y_WEAK), False),
    (infer(sp.Not(x <= 0, evaluate=False), UNDER), False),
    (infer(sp.Not(x <= 0, evaluate=False)), True),
    (infer(sp.Not(x <= 0, evaluate=False), FORGED_X), False),
    (infer(sp.true), True), (infer(sp.false), False), (infer(x > 0), True),
    (infer(x > 0, X_POSITIVE), False), (infer(sp.true, FORGED_X), False),
])  # fmt: skip
def test_a_statement_follows_from_its_parts(reasoning: Inference, expected: bool) -> None:
    assert is_shown(reasoning, *GIVEN) is expected


W_POSITIVE = step(w > 0, FactorSign(w, 1, "+", known(w, ">")), under=(w > 0,))
CUBE = step(w**3 > 0, FactorSign(w, 3, "+", known(w, ">")), under=(w > 0,))
IMPLIED = sp.Implies(w > 0, w**3 > 0)
TWO = sp.Implies(sp.And(w > 0, y > 1), w**3 > 0)
DIVIDED = sp.Implies(1 / w > 0, w > 0, evaluate=False)
BY_QUOTIENT = step(w > 0, FactorSign(w, 1, "+", known(w, ">", 1 / w > 0)), under=(1 / w > 0,))


@pytest.mark.parametrize(("reasoning", "expected"), [
    (infer(IMPLIED, CUBE), True), (infer(IMPLIED), False), (infer(IMPLIED, CUBE, CUBE), False),
    (infer(IMPLIED, W_POSITIVE), False), (infer(IMPLIED, replace(CUBE, assumptions=())), False),
    (infer(sp.Implies(w >= 0, w**3 > 0), CUBE), False), (infer(TWO, CUBE), True),
    (infer(TWO, replace(CUBE, assumptions=(y > 1, w > 0))), True),
    (infer(TWO, replace(CUBE, assumptions=(w > 0, x > 1))), False),
    (infer(DIVIDED, BY_QUOTIENT), False),
    (infer(DIVIDED, BY_QUOTIENT, below=(FactorSign(w, 1, "+"),)), False),
    (infer(sp.Implies(sp.Gt(w / x, 0), w**3 > 0), replace(CUBE, assumptions=())), False),
])  # fmt: skip
def test_an_implication_assumes_its_premise_only(reasoning: Inference, expected: bool) -> None:
    assert is_shown(reasoning, *GIVEN) is expected


def test_the_premise_of_an_implication_may_divide_by_what_is_not_zero() -> None:
    premise = relation(">", w / x)
    part = step(w > 0, FactorSign(w, 1, "+", known(w, ">", premise, premises=(POSITIVE,))),
                under=(premise,))  # fmt: skip
    reasoning = infer(sp.Implies(premise, w > 0, evaluate=False), part, below=(sign_of("+"),))
    assert is_shown(reasoning, *GIVEN) is True
    assert is_shown(replace(reasoning, denominators=()), *GIVEN) is False


def test_an_implication_inside_keeps_what_was_assumed_before() -> None:
    inner = sp.Implies(y > 1, w**3 > 0)
    part = replace(CUBE, assumptions=(w > 0, y > 1))
    outer = sp.Implies(w > 0, inner, evaluate=False)
    assert is_shown(infer(outer, infer(inner, part, under=(w > 0,)))) is True
    forgotten = replace(CUBE, assumptions=(y > 1,))
    assert is_shown(infer(outer, infer(inner, forgotten, under=(w > 0,)))) is False
    other = replace(CUBE, assumptions=(w > 0,))
    assert is_shown(infer(outer, infer(inner, other, under=(y > 1,)))) is False


# Distinctions of cases.

OUTER = sp.Or(w > 1, w > 2, evaluate=False)
SQUARE = relation(">", w**2)


def in_case(case: Boolean, statement: Boolean = SQUARE) -> RelationSign:
    """That w**2 is positive where w exceeds a number: w is the number and a positive slack."""
    value = s + case.lts
    slack = Substitution(w, value, ONE, (s,), (), (known(w - case.lts, ">", case),))
    return step(statement, FactorSign(w, 2, "+", None, (slack,), value), under=(case,))


def test_a_disjunction_is_split_only_where_it_is_given() -> None:
    parts = in_case(w > 1), in_case(w > 2)
    cases = OUTER.args
    by_case = {part.assumptions[0]: part for part in parts}
    reasoning = infer(SQUARE, *(by_case[c] for c in cases), split_on=OUTER)
    assert is_shown(reasoning, OUTER) is True
    assert is_shown(reasoning) is False
    assert is_shown(replace(reasoning, parts=reasoning.parts[:1]), OUTER) is False
    assert is_shown(replace(reasoning, parts=reasoning.parts[::-1]), OUTER) is False
    spoilt = replace(in_case(cases[1]), factors=(FactorSign(w, 2, "+"),))
    assert is_shown(replace(reasoning, parts=(reasoning.parts[0], spoilt)), OUTER) is False
    assumed = y > 1
    inner = [replace(in_case(c), assumptions=(assumed, c)) for c in cases]
    within = infer(SQUARE, *inner, split_on=OUTER, under=(assumed,))
    assert is_shown(infer(sp.Implies(assumed, SQUARE), within), OUTER) is True
    forgotten = replace(within, parts=reasoning.parts)
    assert is_shown(infer(sp.Implies(assumed, SQUARE), forgotten), OUTER) is False
    other = infer(w**3 > 0, *reasoning.parts, split_on=OUTER)
    assert is_shown(other, OUTER) is False


@pytest.mark.parametrize("head", [sp.Implies, sp.Xor])
def test_only_a_disjunction_has_one_of_its_parts_true(head: Any) -> None:
    constraint = head(w > 1, w > 2, evaluate=False)
    reasoning = infer(SQUARE, *map(in_case, constraint.args), split_on=constraint)
    assert is_shown(reasoning, constraint) is False
    assert is_shown(replace(reasoning, split_on=OUTER), constraint) is False


def cases(statement: Boolean, node: Expr, *branches: tuple[Boolean, Boolean]) -> Inference:
    """A distinction of cases, in each of which the sign of w is known from the case."""
    parts = []
    for case, conclusion in branches:
        sign = {">": "+", "<": "-", "==": "0"}[case.rel_op]
        expr = -w if sign == "-" else w
        fact = known(expr, "==" if sign == "0" else ">", case)
        difference = sp.expand(conclusion.lhs - conclusion.rhs)
        if difference == 0:
            parts.append(step(conclusion, constant=0, under=(case,)))
            continue
        factor = FactorSign(w, sp.degree(difference, w), sign, fact)
        parts.append(step(conclusion, factor, constant=sp.LC(difference, w), under=(case,)))
    return infer(statement, *parts, split_on=node)


ABOVE, BELOW, AT = relation(">", w), relation("<", w), relation("==", w)
SIZE = relation(">=", sp.Abs(w))
BRANCHES = (
    (ABOVE, relation(">=", w)),
    (BELOW, sp.Ge(sp.Mul(-1, w, evaluate=False), 0, evaluate=False)),
    (AT, sp.Ge(sp.S.Zero, 0, evaluate=False)),
)


def test_an_absolute_value_has_three_cases() -> None:
    whole = cases(SIZE, sp.Abs(w), *BRANCHES)
    assert is_shown(whole) is True
    for left_out in range(3):
        fewer = [b for k, b in enumerate(BRANCHES) if k != left_out]
        assert is_shown(cases(SIZE, sp.Abs(w), *fewer)) is False
        wrong = replace(whole.parts[left_out], assumptions=(sp.Gt(w, 7),))
        parts = [wrong if k == left_out else part for k, part in enumerate(whole.parts)]
        assert is_shown(replace(whole, parts=tuple(parts))) is False
    swapped = (BRANCHES[1], BRANCHES[0], BRANCHES[2])
    assert is_shown(cases(SIZE, sp.Abs(w), *swapped)) is False
    assert is_shown(cases(SIZE, sp.Abs(x), *BRANCHES)) is False
    assert is_shown(cases(SIZE, sp.Abs(w), *BRANCHES[:2], (AT, relation("<=", w)))) is False
    negative = whole.parts[1]
    assert isinstance(negative, RelationSign)
    forged = replace(negative, factors=(FactorSign(w, 1, "-"),))
    assert is_shown(replace(whole, parts=(whole.parts[0], forged, whole.parts[2]))) is False


@pytest.mark.parametrize(("node", "expected"), [
    (sp.Abs(x), [(x > 0, x), (x < 0, -x), (sp.Eq(x, 0), 0)]),
    (sp.sign(x), [(x > 0, 1), (x < 0, -1), (sp.Eq(x, 0), 0)]),
    (sp.Max(x, y), [(x >= y, x), (y >= x, y)]),
    (sp.Min(x, y), [(x <= y, x), (y <= x, y)]),
    (sp.Max(x, y, z), [(sp.And(x >= y, x >= z), x), (sp.And(y >= x, y >= z), y),
                       (sp.And(z >= x, z >= y), z)]),
    (sp.Piecewise((1, x > 0), (y, y > 1), (z, True)),
     [(x > 0, 1), (sp.And(x <= 0, y > 1), y), (sp.And(x <= 0, y <= 1), z)]),
    (sp.Piecewise((1, x > 0), (y, y > 1)),
     [(x > 0, 1), (sp.And(x <= 0, y > 1), y), (sp.And(x <= 0, y <= 1), sp.nan)]),
], ids=str)  # fmt: skip
def test_the_values_of_an_expression_by_cases(node: Expr, expected: list[Any]) -> None:
    found = list(case_values(node))
    assert len(found) == len(expected)
    for (condition, value), (case, other) in zip(found, map(tuple, expected), strict=True):
        assert value == other or sp.expand(value - other) == 0
        for point in product((-1, 0, 2), (0, 2), (-1, 2)):
            at = dict(zip((x, y, z), map(sp.Integer, point), strict=True))
            assert sp.sympify(condition).xreplace(at) == case.xreplace(at)


# Substitutions.

UPPER, LOWER, CLOSED = known(1 - w, ">", w < 1), known(w, ">"), known(w, ">=")
TOP = known(1 - w, ">=", w <= 1)
LINE = known(w - 2 * x, "==", sp.Eq(w, 2 * x))
SLOPE = known(x * w - y, ">", x * w > y)
SUBSTITUTIONS = {
    "a strict bound": (Substitution(w, s, ONE, (s,), (), (LOWER,)), True),
    "a weak bound": (Substitution(w, s, ONE, (), (s,), (CLOSED,)), True),
    "a strict bound taken for a weak one": (Substitution(w, s, ONE, (), (s,), (LOWER,)), True),
    "a weak bound taken for a strict one": (Substitution(w, s, ONE, (s,), (), (CLOSED,)), False),
    "an upper bound": (Substitution(w, 1 - s, ONE, (s,), (), (UPPER,)), True),
    "a bound that is not given": (
        Substitution(w, s + 2, ONE, (s,), (), (known(w - 2, ">"),)), False),
    "another value": (Substitution(w, 2 * s, ONE, (s,), (), (LOWER,)), False),
    "an interval": (Substitution(w, s, 1 + s, (s,), (), (LOWER, UPPER)), True),
    "a half open interval": (Substitution(w, s, 1 + s, (), (s,), (CLOSED, UPPER)), True),
    "an interval taken for open": (Substitution(w, s, 1 + s, (s,), (), (CLOSED, UPPER)), False),
    "an interval that ends at infinity": (
        Substitution(w, s, 1 + s, (s,), (), (LOWER, TOP)), False),
    "half open, at the other end": (
        Substitution(w, s, 1 + s, (), (s,), (CLOSED, TOP)), False),
    "a closed interval": (Substitution(w, t, s + t, (), (s, t), (CLOSED, TOP)), True),
    "a closed interval, exchanged": (Substitution(w, s, s + t, (), (s, t), (CLOSED, TOP)), False),
    "a pair that is not a point of its own": (
        Substitution(w, t + s, s + t, (), (s, t), (CLOSED, TOP)), False),
    "an equation": (Substitution(w, 2 * x, ONE, (), (), (LINE,)), True),
    "a fraction": (Substitution(w, 4 * x, sp.Integer(2), (), (), (LINE,)), True),
    "not the root": (Substitution(w, 3 * x, ONE, (), (), (LINE,)), False),
    "a bound, not an equation": (Substitution(w, sp.S.Zero, ONE, (), (), (CLOSED,)), False),
    "a negative denominator": (Substitution(w, -2 * x, -ONE, (), (), (LINE,)), False),
    "a slope": (Substitution(w, s + y, x, (s,), (), (SLOPE,), (POSITIVE,)), True),
    "a slope of no sign": (Substitution(w, s + y, x, (s,), (), (SLOPE,)), False),
    "a slope by a forged premise": (
        Substitution(w, s + y, x, (s,), (), (SLOPE,), (known(x, ">", y > 0),)), False),
    "a slope that is weak": (
        Substitution(w, s + y, x, (s,), (), (SLOPE,), (known(x, ">=", x > 0),)), False),
    "a denominator that can be zero": (
        Substitution(w, s * w, s, (), (s,), (CLOSED,)), False),
}  # fmt: skip


@pytest.mark.parametrize("name", SUBSTITUTIONS)
def test_a_substitution_reaches_every_point(name: str) -> None:
    substitution, expected = SUBSTITUTIONS[name]
    relations = (w > 0, w >= 0, w < 1, w <= 1, sp.Eq(w, 2 * x), x * w > y, x > 0)
    checker = _Checker(relations, {w, x, y})
    assert checker.onto(substitution) is expected


def test_a_quadratic_equation_has_two_roots() -> None:
    equation = sp.Eq(w**2, 1)
    fact = known(w**2 - 1, "==", equation)
    substitution = Substitution(w, ONE, ONE, (), (), (fact,))
    assert _Checker((equation,), {w}).onto(substitution) is False


def test_a_quadratic_bound_has_no_single_slack() -> None:
    first, second = known(w**2 - w, ">="), known(1 - w, ">=", w <= 1)
    for pair in ((first, second), (second, first)):
        value = (1 - w) if pair[0] is first else w
        substitution = Substitution(w, value * s + t, s + t, (), (s, t), pair)
        checker = _Checker((relation(">=", w**2 - w), w <= 1), {w})
        assert checker.onto(substitution) is False


HALF = Substitution(w, s, 1 + s, (), (s,), (CLOSED, UPPER))
OPEN = Substitution(w, s, 1 + s, (s,), (), (LOWER, UPPER))
SHIFT = Substitution(x, w + t, ONE, (t,), (), (known(x - w, ">"),))
INSIDE = (w > 0, w >= 0, w < 1, relation(">", x - w))


@pytest.mark.parametrize(("factor", "sign", "image", "steps", "expected"), [
    (w - 2, "-", -2 - s, (OPEN,), True), (w - 2, "+", -2 - s, (OPEN,), False),
    (w - 2, "<=0", -2 - s, (OPEN,), True), (w - 2, "-", -2 - s, (HALF,), True),
    (w - 2, "-", -1 - s, (OPEN,), False), (w, "+", s, (OPEN,), True), (w, ">=0", s, (HALF,), True),
    (w, "+", s, (HALF,), False), (w**2 - w, "-", -s, (OPEN,), True),
    (w**2 - w, "<=0", -s, (HALF,), True), (w - sp.S.Half, "+", s / 2 - sp.S.Half, (OPEN,), False),
    (x + w, "+", 2 * s + t * s + t, (SHIFT, OPEN), True),
    (x + w, ">=0", 2 * s + t * s + t, (SHIFT, HALF), True),
    (x + w, "+", 2 * s + t * s + t, (OPEN, SHIFT), False),
    (sp.S.Zero, "0", sp.S.Zero, (OPEN,), True),
    (sp.S.Zero, "0", sp.S.Zero, (SHIFT,), True),
    (sp.Integer(3), "+", sp.Integer(3), (), True), (x**2, ">=0", x**2, (), True),
    (x**2 + 1, "+", x**2 + 1, (), True), (x**2, "+", x**2, (), False), (x, "+", x, (), False),
    (w, "+", s, (replace(OPEN, bounds=(known(w, ">", w < 1), UPPER)),), False),
    (x + w, "+", 2 * s + s * s + s, (replace(SHIFT, above=w + s, positive=(s,)), OPEN), False),
    (w, "+", y, (Substitution(w, y, ONE, (y,), (), (LOWER,)),), False),
    (w * y + x - w, "+", y * s + t, (SHIFT, OPEN), False),
])  # fmt: skip
def test_coefficients_of_one_sign(
    factor: Expr, sign: str, image: Expr, steps: tuple[Substitution, ...], expected: bool
) -> None:
    checker = _Checker(INSIDE, {w, x, y})
    assert checker.factor(FactorSign(factor, 1, sign, None, steps, image)) is expected


def test_a_parameter_is_a_new_symbol_of_the_statement_and_the_space() -> None:
    """Were s the slack of w and a symbol too, then w > s - 1 would follow from w > 0."""
    statement = w + 1 > s
    substitution = Substitution(w, s, ONE, (s,), (), (LOWER,))
    factor = FactorSign(w + 1 - s, 1, "+", None, (substitution,), ONE)
    space = Space((w, s), (w > 0,))
    assert is_valid_proof(statement, space, step(statement, factor)) is False
    claim = w > -1
    spare = FactorSign(w + 1, 1, "+", None, (substitution,), s + 1)
    assert is_valid_proof(claim, Space((w,), (w > 0,)), step(claim, spare)) is True
    assert is_valid_proof(claim, space, step(claim, spare)) is False


PAIR = Substitution(w, t, s + t, (), (s, t), (CLOSED, TOP))
STRICT_T = Substitution(x, w + t, ONE, (t,), (), (known(x - w, ">"),))


@pytest.mark.parametrize(("polynomial", "steps", "expected"), [
    (sp.S.Zero, (), {0}), (sp.Integer(-2), (), {-1}), (sp.Integer(2), (), {1}), (s, (OPEN,), {1}),
    (-s - 1, (OPEN,), {-1}), (s, (HALF,), {0, 1}), (s + 1, (HALF,), {1}), (-s, (HALF,), {0, -1}),
    (s - 1, (OPEN,), {-1, 0, 1}), (x, (OPEN,), {-1, 0, 1}), (x**2, (OPEN,), {0, 1}),
    (x**2 * s + s, (OPEN,), {1}), (x**2 + s, (HALF,), {0, 1}), (x * s, (OPEN,), {-1, 0, 1}),
    (s + t, (PAIR,), {1}), (s * t, (PAIR,), {0, 1}), (s, (PAIR,), {0, 1}), (t, (PAIR,), {0, 1}),
    (-(s**2) - t**2, (PAIR,), {-1}),
    (s + t, (HALF, STRICT_T), {1}), (s * t, (HALF, STRICT_T), {0, 1}),
    (s**2 + 2 * s * t + t, (PAIR,), {1}), (x**2 * s + t, (PAIR,), {0, 1}),
], ids=str)  # fmt: skip
def test_the_signs_that_coefficients_allow(
    polynomial: Expr, steps: tuple[Substitution, ...], expected: set[int]
) -> None:
    """What they say is right at every point of a grid that the parameters may take."""
    assert _coefficient_signs(polynomial, steps) == expected
    strict = {p for each in steps for p in each.positive}
    weak = {p for each in steps for p in each.nonnegative}
    halves = (-2, -1, 0, 1, 2)
    for values in product(halves, repeat=3):
        point = dict(zip((s, t, x), values, strict=True))
        if all(point[p] > 0 for p in strict) and all(point[p] >= 0 for p in weak):
            if any(
                point[a] == point[b] == 0
                for a, b in (e.nonnegative for e in steps if len(e.nonnegative) == 2)
            ):
                continue
            assert sp.sign(polynomial.subs(point)) in expected


# What is known, and its sources.

P, Q = known(x, ">"), known(w, ">")
PREMISES = (x > 0, y >= 0, sp.Eq(z, 0), w > 0, sp.Ne(w, y), relation(">", x * w - y))


@pytest.mark.parametrize(("expr", "squares", "below", "expected"), [
    (x, False, 1, True), (3 * x, False, 1, True), (-x, False, 1, False), (x**2, False, 1, True),
    (x * w, False, 1, True), (x * y, False, 1, False), (-2, False, 1, False), (2, False, 1, True),
    (0, False, 1, False), (y**2, False, 1, False), (y**2, True, 1, True), (y**3, True, 1, False),
    (y**2 * z**3, True, 1, False), (x**2 * y**3, False, 1, False),
    (x * y**2, True, 1, True), (-(y**2), True, 1, False), (1 / x, False, 1, True),
    (-1 / x, False, 1, False), (x / w, False, 1, True), (1 / y, False, 1, False),
    (y**2, False, y * z, True), (y**2, False, z, False), (y**3, False, y, False),
    (1 / y**2, False, y, True), (x * (x + y) / w, False, 1, False), (-x * 5 / w, False, 1, False),
    ((2 * x) ** 3, False, 1, True), ((1 - x) * (x - 1), False, 1, False),
], ids=str)  # fmt: skip
def test_a_product_of_positive_factors(
    expr: Any, squares: bool, below: Any, expected: bool
) -> None:
    checker = _Checker(PREMISES, {w, x, y, z})
    arguments = sp.sympify(expr), (P, Q, WEAK), squares, sp.sympify(below)
    assert checker.positive(*arguments) is expected


def test_a_negative_multiple_of_a_positive_factor_is_negative() -> None:
    checker, fact = _Checker((), set()), known(1 - x, ">")
    assert [checker.positive((x - 1) ** k, (fact,)) for k in (1, 2, 3)] == [False, True, False]
    assert [checker.positive(-((x - 1) ** k), (fact,)) for k in (1, 2, 3)] == [True, False, True]


QUOTIENT = relation(">", y / x)
SUM = KnownSign(x + y, ">", ((ONE, P), (ONE, WEAK)))
MORE = (QUOTIENT, relation("==", y * x), relation("==", y**2), relation(">", x**2 * y),
        relation(">", x * y**2), relation(">=", x * y), relation("==", y * (y**2 + 1)),
        relation(">", w * x), relation("!=", y * w), relation(">=", 2 * w - 2), sp.sqrt(y) > 0,
        relation(">", y * x / w), relation("==", y / w), relation("!=", w, y), sp.Or(x > 1, w > 1),
        relation(">=", y**2 * x), relation(">", y, 3), relation("<", y, 7))  # fmt: skip
KNOWN_SIGNS = {
    "a constraint": (known(x, ">"), True),
    "weaker": (known(x, ">=", x > 0), True),
    "stronger": (known(y, ">", y >= 0), False),
    "an equation is no inequality": (known(z, ">=", sp.Eq(z, 0)), False),
    "an inequality is no equation": (known(y, "==", y >= 0), False),
    "turned": (known(-x, ">", x > 0), False),
    "twice": (known(2 * x, ">", x > 0), True),
    "an equation, turned": (known(-z, "==", sp.Eq(z, 0)), True),
    "lower side": (known(y - 3, ">", y > 3), True),
    "upper side": (known(7 - y, ">", y < 7), True),
    "the wrong side": (known(y - 7, ">", y < 7), False),
    "not given": (known(x - 1, ">"), False),
    "no relation": (KnownSign(x, ">", sp.Or(x > 1, w > 1)), False),
    "a root": (KnownSign(sp.sqrt(y), ">", sp.sqrt(y) > 0), False),
    "a positive factor dropped": (known(y, ">", QUOTIENT, premises=(P,)), True),
    "a factor dropped without a premise": (known(y, ">", QUOTIENT), False),
    "a factor dropped by a weak premise": (
        known(y, ">=", relation(">=", x * y), premises=(known(x, ">=", x > 0),)), False),
    "a positive factor dropped, weak": (
        known(y, ">=", relation(">=", x * y), premises=(P,)), True),
    "a weak product is not strict": (
        known(y, ">", relation(">=", x * y), premises=(P,)), False),
    "a square dropped from a strict product": (known(y, ">", relation(">", x**2 * y)), True),
    "a square dropped from a weak product": (known(x, ">=", relation(">=", y**2 * x)), False),
    "a square is no factor": (known(y, ">", relation(">", x * y**2), premises=(P,)), False),
    "a factor of an equation that is not zero": (
        known(y, "==", relation("==", y * x), premises=(P,)), True),
    "a factor of an equation that may be zero": (known(y, "==", relation("==", y * x)), False),
    "a power in an equation": (known(y, "==", relation("==", y**2)), True),
    "a factor without a known sign": (known(y, "==", relation("==", y * (y**2 + 1))), False),
    "an equation times what is positive": (
        known(w * z, "==", sp.Eq(z, 0), premises=(Q,)), True),
    "an equation times what may be zero": (known(y * z, "==", sp.Eq(z, 0)), False),
    "a denominator of an equation": (known(y, "==", relation("==", y / w)), True),
    "a sum": (SUM, True),
    "a weak sum": (KnownSign(x + y, ">=", ((ONE, P), (ONE, WEAK))), True),
    "another sum": (replace(SUM, expression=x + 2 * y), False),
    "a sum with a negative multiplier": (KnownSign(x - y, ">", ((ONE, P), (-ONE, WEAK))), False),
    "a sum with a positive multiplier": (
        KnownSign(x + w * y, ">", ((ONE, P), (w, WEAK)), (Q,)), True),
    "a sum with a multiplier of no sign": (KnownSign(x + w * y, ">", ((ONE, P), (w, WEAK))), False),
    "an equation times anything": (KnownSign(x - 5 * w * z, ">", ((ONE, P), (-5 * w, ZERO))), True),
    "weak sums are weak": (KnownSign(3 * y, ">", ((ONE, WEAK), (2 * ONE, WEAK))), False),
    "weak and zero": (KnownSign(y - z, ">=", ((ONE, WEAK), (-ONE, ZERO))), True),
    "weak and zero are not zero": (KnownSign(y - z, "==", ((ONE, WEAK), (-ONE, ZERO))), False),
    "zero times anything": (KnownSign(z * w, "==", ((w, ZERO),)), True),
    "zero times what may be zero": (KnownSign(w, "==", ((w, ZERO),)), False),
    "zeros": (KnownSign(z, "==", ((3 * ONE, ZERO), (-ONE, ZERO))), True),
    "a forged summand": (KnownSign(x + y, ">", ((ONE, P), (ONE, known(y, ">=", x > 0)))), False),
    "a forged first summand": (
        KnownSign(x + y, ">", ((ONE, known(x, ">", y > 3)), (ONE, WEAK))), False),
    "a forged premise": (known(y, ">", QUOTIENT, premises=(known(x, ">", y > 3),)), False),
    "a number": (KnownSign(ONE * 2, ">=", ((ONE, known(2 * w, ">=", w >= 0)),)), False),
    "another number": (KnownSign(-ONE, ">", ((ONE, P), (ONE, known(-x, ">", x < 0)))), False),
    "apart from zero": (known(y, ">", y >= 0, apart=relation("!=", y * w)), True),
    "apart from zero by a product": (known(y, ">", y >= 0, apart=relation(">", x * y**2)), True),
    "apart by a quotient": (known(y, ">", y >= 0, apart=QUOTIENT), True),
    "apart by a weak constraint": (known(y, ">", y >= 0, apart=relation(">=", x * y)), False),
    "apart by an equation": (known(y, ">", y >= 0, apart=relation("==", y * x)), False),
    "apart by what is not given": (known(y, ">", y >= 0, apart=relation("!=", y)), False),
    "apart by something else": (known(y, ">", y >= 0, apart=relation("!=", w, y)), False),
    "apart and a negative multiple": (
        known(-y, ">", y >= 0, apart=relation("!=", y * w)), False),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN_SIGNS)
def test_a_known_sign_follows_from_its_source(name: str) -> None:
    fact, expected = KNOWN_SIGNS[name]
    checker = _Checker((*PREMISES, *MORE), {w, x, y, z})
    assert [checker.is_sound(fact), checker.is_sound(fact)] == [expected, expected]


@pytest.mark.parametrize(("value", "kind", "is_contradiction"), [
    (0, ">", True), (-1, ">", True), (1, ">", False), (-1, ">=", True), (0, ">=", False),
    (1, ">=", False), (1, "==", True), (-1, "==", True), (0, "==", False), (x, ">", False),
    (sp.sqrt(2) - 2, ">", False), (sp.Rational(-1, 3), ">=", True),
])  # fmt: skip
def test_a_number_contradicts_its_sign(value: Any, kind: str, is_contradiction: bool) -> None:
    fact = KnownSign(sp.sympify(value), kind, x > 0)
    assert _is_contradiction(fact) is is_contradiction


def test_a_statement_about_no_point_is_shown_by_a_sound_contradiction() -> None:
    up, down = known(x, ">"), known(-x, ">=", x <= 0)
    clash = KnownSign(sp.S.Zero, ">", ((ONE, up), (ONE, down)))
    statement = sp.Implies(x <= 0, y > 7)
    told = infer(statement, Contradiction(y > 7, (x <= 0,), clash))
    assert is_shown(told, x > 0) is True
    assert is_shown(told) is False
    assert is_shown(Contradiction(y > 7, (), clash), x > 0, x <= 0) is True
    assert is_shown(Contradiction(y > 7, (), clash), x > 0) is False
    no_clash = KnownSign(sp.S.Zero, ">=", ((ONE, known(x, ">=", x > 0)), (ONE, down)))
    assert is_shown(Contradiction(y > 7, (), no_clash), x > 0, x <= 0) is False
    assert is_shown(Contradiction(y > 7, (), up), x > 0, x <= 0) is False
    other = KnownSign(-ONE, ">", ((ONE, up), (ONE, down)))
    assert is_shown(Contradiction(y > 7, (), other), x > 0, x <= 0) is False


# The parts of a check.


@pytest.mark.parametrize(("condition", "expected"), [
    (sp.true, []), (x > 0, [x > 0]), (BOTH, [x > 0, y >= 0]), (sp.Or(x > 0, y > 0), None),
    (sp.Not(x > 0, evaluate=False), [x <= 0]), (sp.Not(sp.Eq(x, 0), evaluate=False), [sp.Ne(x, 0)]),
    (sp.Not(sp.Or(x > 0, y > 0), evaluate=False), [x <= 0, y <= 0]),
    (sp.And(x > 0, sp.Not(sp.Or(y > 0, z > 0), evaluate=False), evaluate=False),
     [x > 0, y <= 0, z <= 0]),
    (sp.And(sp.And(x > 0, y > 0), z > 0, evaluate=False), [x > 0, y > 0, z > 0]),
    (sp.Not(sp.And(x > 0, y > 0), evaluate=False), None),
], ids=str)  # fmt: skip
def test_the_relations_that_a_condition_is_made_of(condition: Boolean, expected: Any) -> None:
    assert set(conjuncts(condition)) == set([condition] if expected is None else expected)
    assert len(conjuncts(condition)) == (1 if expected is None else len(expected))


@pytest.mark.parametrize(("expr", "is_rational"), [
    (x + y / z > 0, True), (x**2 * y - sp.Rational(1, 2) <= 0, True), (sp.sqrt(x) > 0, False),
    (x**y > 0, False), (sp.exp(x) > y, False), (sp.Abs(x) > 0, False), (sp.pi * x > 0, False),
    (sp.And(x > 0, sp.Or(y > 0, sp.Not(sp.Eq(x, y)))), True), (sp.sqrt(2) * x > 0, False),
    (sp.Ne(1 / (x + 1) ** 3, y), True), (relation("<", x, sp.oo), False),
    (sp.Implies(x > 0, y > 0), False),
    (sp.Not(sp.Or(x > 0, y > 0), evaluate=False), True),
], ids=str)  # fmt: skip
def test_what_only_a_denominator_can_make_undefined(expr: Boolean, is_rational: bool) -> None:
    assert is_rational_relation(expr) is is_rational


def test_the_denominators_of_an_expression() -> None:
    expr = 1 / x + y**2 / (1 + 1 / z) + x**-2
    assert set(divisors(expr)) == {x, 1 + 1 / z, z}
    assert not list(divisors(x**2 * y - 3))


SIGNS = (FactorSign(x, 1, "+"), FactorSign(y + 1, 1, "-"), FactorSign(z, 1, ">=0"))


@pytest.mark.parametrize(("relations", "expected"), [
    ([x > 0], True), ([1 / x > 0], True), ([1 / (2 * x * (y + 1)) > 0], True), ([1 / z > 0], False),
    ([1 / x > 0, 1 / z > 0], False), ([1 / (x * z) > 0], False), ([1 / (-x) ** 3 > 0], True),
    ([sp.sqrt(x) > 0], False), ([1 / (1 + y) < x], True), ([], True),
    ([1 / (x + 1 + y) > 0], False),
    ([relation(">", sp.Pow(sp.Add(x, -x, evaluate=False), -1, evaluate=False))], False),
    ([1 / (1 / x + (1 + y) / x - 1 / x) > 0], True), ([z / 3 > 0], True),
], ids=str)  # fmt: skip
def test_denominators_are_products_of_factors_of_strict_sign(
    relations: list[Boolean], expected: bool
) -> None:
    assert is_defined(relations, SIGNS) is expected


def plus(*terms: Expr) -> Boolean:
    return sp.Gt(sp.Add(*terms, evaluate=False), 0, evaluate=False)


@pytest.mark.parametrize(("before", "after", "expected"), [
    (plus(sp.Abs(x), y), plus(x, y), True), (plus(sp.Abs(x), y), plus(x, z), False),
    (plus(sp.Abs(x), y), plus(y, x), False), (plus(sp.Abs(x), y), y > 0, False),
    (y > 0, y > 0, True), (y > 0, z > 0, False), (plus(sp.Abs(x), sp.Abs(x)), plus(x, x), True),
    (plus(sp.Abs(x), sp.Abs(x)), plus(x, sp.Abs(x)), False), (sp.Abs(x) > y, x > y, True),
    (sp.Abs(x) > y, x >= y, False), (sp.Abs(x) > y, sp.Abs(x) > y, False),
    (plus(sp.Abs(x), y, z), plus(x, y), False), (plus(sp.Abs(x), y), plus(x, y, z), False),
], ids=str)  # fmt: skip
def test_one_value_stands_where_the_cases_were(
    before: Boolean, after: Boolean, expected: bool
) -> None:
    assert differs_only_at(before, after, sp.Abs(x), x) is expected


def test_a_value_may_be_written_out_where_it_is_defined_everywhere() -> None:
    minus = sp.Mul(-1, x + y, evaluate=False)
    quotient = sp.Mul(x, 1 / x, evaluate=False)
    root = sp.Mul(2, sp.sqrt(x), sp.sqrt(x), evaluate=False)
    for value, expected in ((minus, True), (quotient, False), (root, False)):
        assert differs_only_at(sp.Abs(x), value, sp.Abs(x), value) is True
        assert value.doit() != value
        assert differs_only_at(sp.Abs(x), value.doit(), sp.Abs(x), value) is expected
    assert differs_only_at(sp.Abs(x), y, sp.Abs(x), minus) is False


@pytest.mark.parametrize(("expr", "expected"), [
    (sp.S.Zero, True), (x - y, False), ((x + 1) ** 2 - x**2 - 2 * x - 1, True),
    (1 / x + 1 / y - (x + y) / (x * y), True), (1 / x, False),
    (sp.Add(sp.S.Half, -sp.S.Half, evaluate=False), True), (ONE, False),
], ids=str)  # fmt: skip
def test_zero_however_it_is_written(expr: Expr, expected: bool) -> None:
    assert is_zero(expr) is expected
