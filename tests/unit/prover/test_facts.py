"""The facts that constraints give: right at every point of a grid, and as strong as expected."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover import prove
from gametheory_eeu.prover.certificate_check import _Checker
from gametheory_eeu.prover.certificate_search import _SymPyConverter
from gametheory_eeu.prover.facts import (
    SignFacts,
    change_context,
    coefficients,
    is_rational,
    linear_coefficients,
    monic_key,
    polynomial_context,
)
from gametheory_eeu.prover.orthant import Domain
from gametheory_eeu.prover.sign_fact import SignFact
from gametheory_eeu.prover.smt_encoding import Encoder

x, y, z = SYMBOLS = sp.symbols("x y z", real=True)
RELATIONS = {">": sp.Gt, ">=": sp.Ge, "<": sp.Lt, "<=": sp.Le, "==": sp.Eq, "!=": sp.Ne}
GRID = [dict(zip(SYMBOLS, map(sp.Rational, point), strict=True))
        for point in product((-2, -1, "-1/2", 0, "1/2", 1, 2), repeat=3)]  # fmt: skip


def is_(symbol: str, left: Expr, right: Any = 0) -> Boolean:
    return RELATIONS[symbol](left, right, evaluate=False)


def flint(expr: Expr, symbols: tuple[Symbol, ...] = SYMBOLS) -> Any:
    numerator = Encoder([expr, *symbols]).quotient(sp.sympify(expr)).above
    return change_context(polynomial_context(symbols), numerator, symbols)


def sympy(polynomial: Any, symbols: tuple[Symbol, ...] = SYMBOLS) -> Expr:
    """The polynomial in its symbols; the parameters beside them do not occur."""
    total = sp.S.Zero
    for powers, c in polynomial.to_dict().items():
        monomial = sp.prod(s ** int(k) for s, k in zip(symbols, powers, strict=False))
        total += sp.Rational(int(c.p), int(c.q)) * monomial
    return total


def told(fact: SignFact) -> tuple[Expr, str]:
    """A fact with the largest content taken out: equations have no orientation."""
    expr = sp.primitive(sp.expand(sympy(fact.polynomial)))[1]
    if fact.kind == "==" and expr.could_extract_minus_sign():
        expr = -expr
    return expr, fact.kind


def facts_of(*given: Boolean) -> set[tuple[Expr, str]]:
    return {told(fact) for fact in SignFacts(SYMBOLS, given).all}


GIVEN: dict[str, tuple[tuple[Boolean, ...], set[tuple[Any, str]]]] = {
    "nothing": ((), set()),
    "strict": ((x > 0,), {(x, ">")}),
    "weak": ((x >= 0,), {(x, ">=")}),
    "an equation": ((is_("==", x, 2 * y),), {(x - 2 * y, "==")}),
    "an upper bound": ((x < 3,), {(3 - x, ">")}),
    "a weak upper bound": ((x <= 3,), {(3 - x, ">=")}),
    "turned": ((is_("<", 2 * y, 3 * x - 1),), {(3 * x - 1 - 2 * y, ">")}),
    "a denominator": ((is_(">", y / x), x > 0), {(x, ">"), (y, ">")}),
    "a negative denominator": ((is_(">", y / x), x < 0), {(-x, ">"), (-y, ">")}),
    "a squared denominator": ((is_(">=", y / x**2), x < 0), {(-x, ">"), (y, ">=")}),
    "an equation with a denominator": ((is_("==", y / x, z),), {(x * z - y, "==")}),
    "an open product": ((is_(">", x * y),), set()),
    "a product of one sign": ((is_(">", x * y), y > 0), {(x, ">"), (y, ">")}),
    "the other order": ((y > 0, is_(">", x * y)), {(x, ">"), (y, ">")}),
    "a chain of products": (
        (is_(">", x * y), is_(">", y * z), z > 0), {(x, ">"), (y, ">"), (z, ">")}),
    "a chain of products, negative": (
        (is_("<", x * y), is_("<", y * z), z > 0), {(x, ">"), (-y, ">"), (z, ">")}),
    "of two negative factors": ((is_(">", x * y), y < 0), {(-x, ">"), (-y, ">")}),
    "of a weak factor": ((is_(">=", x * y), y >= 0), {(y, ">=")}),
    "weak, of a strict factor": ((is_(">=", x * y), y > 0), {(x, ">="), (y, ">")}),
    "an equation of products": ((is_("==", x * y), y > 0), {(x, "=="), (y, ">")}),
    "an even power": ((is_(">", x**2 * y),), {(y, ">")}),
    "an even power beside an open factor": ((is_(">", x**2 * y * z),), set()),
    "an even power, last": ((is_(">", x * y**2),), {(x, ">")}),
    "two even powers": ((is_(">", y**2 * x * z**4),), {(x, ">")}),
    "an even power, weak": ((is_(">=", x**2 * y),), set()),
    "an even power, weak, of known sign": ((is_(">=", x**2 * y), x < 0), {(-x, ">"), (y, ">=")}),
    "a square": ((is_(">=", x**2),), set()),
    "a square that is not zero": ((is_(">", x**2),), set()),
    "a square that is zero": ((is_("==", x**2),), {(x, "==")}),
    "a cube": ((is_(">", x**3),), {(x, ">")}),
    "a negative cube": ((is_("<=", x**3),), {(-x, ">=")}),
    "a cube in a product": ((is_(">", x**3 * y),), set()),
    "a cube of known sign": ((is_(">", x**3 * y), x < 0), {(-x, ">"), (-y, ">")}),
    "a fourth power": ((is_(">", x**4 * y),), {(y, ">")}),
    "a square of known sign": ((is_(">", x**2 * y), x < 0), {(-x, ">"), (y, ">")}),
    "a product apart from zero": (
        (x >= 0, y >= 0, is_(">", x * y)), {(x, ">="), (x, ">"), (y, ">="), (y, ">")}),
    "a weak product is not apart": (
        (x >= 0, y >= 0, is_(">=", x * y)), {(x, ">="), (y, ">=")}),
    "unequal": ((x >= 0, is_("!=", x)), {(x, ">="), (x, ">")}),
    "unequal, a product": ((x <= 0, is_("!=", x * y)), {(-x, ">="), (-x, ">")}),
    "unequal, and what follows from it": (
        (is_(">=", x * y), is_("!=", y), is_(">=", z * y), z > 0),
        {(z, ">"), (y, ">="), (y, ">"), (x, ">=")}),
    "unequal alone": ((is_("!=", x),), set()),
    "unequal sides": ((x >= y, is_("!=", y, x)), {(x - y, ">="), (x - y, ">")}),
    "strict already": ((x > 0, is_("!=", x * y)), {(x, ">")}),
    "twice": ((x > 0, is_(">", 2 * x)), {(x, ">")}),
    "weak after strict": ((x > 0, x >= 0), {(x, ">")}),
    "strict after weak": ((x >= 0, x > 0), {(x, ">="), (x, ">")}),
    "both ways": ((x >= y, x <= y), {(x - y, ">="), (y - x, ">="), (x - y, "==")}),
    "after an equation": ((is_("==", x), x >= 0, y > 0), {(x, "=="), (y, ">")}),
    "before an equation": ((x >= 0, is_("==", x)), {(x, ">="), (x, "==")}),
    "not rational": ((sp.sqrt(x) > 0, sp.Abs(y) < 1, sp.Or(x > 0, y > 0)), set()),
    "of a number": ((is_(">", sp.Integer(2)),), set()),
    "three factors": ((is_("<", x * y * z), x > 0, y < 0), {(x, ">"), (-y, ">"), (z, ">")}),
    "two open factors, one even": ((is_(">", x**2 * y * z), z > 0), {(y, ">"), (z, ">")}),
}  # fmt: skip


@pytest.mark.parametrize("name", GIVEN)
def test_the_facts_of_constraints(name: str) -> None:
    given, expected = GIVEN[name]
    assert facts_of(*given) == {(sp.sympify(expr), kind) for expr, kind in expected}
    if name == "not rational":
        return
    for point in GRID:
        if all(truth_value(c, point) is True for c in given):
            for expr, kind in expected:
                assert truth_value(is_(kind, sp.sympify(expr)), point) is True, point


def test_an_odd_power_keeps_its_sign() -> None:
    assert prove("y > 0", given="x**3*y > 0").verdict == "refuted"
    assert prove("y > 0", given="x**2*y > 0").verdict == "proved"


def test_a_symbols_assumptions_are_facts() -> None:
    p, n = sp.Symbol("p", positive=True), sp.Symbol("n", integer=True, positive=True)
    facts = SignFacts((p, n), (p > 0,))
    found = {(sympy(f.polynomial, (p, n)), f.kind) for f in facts.all}
    assert found == {(p, ">"), (n, ">"), (n - 1, ">=")}
    assert (facts.symbols, facts.clash) == ((p, n), None)


def test_what_is_about_other_symbols_is_left_out() -> None:
    facts = SignFacts((x, y), (x > 0, z > 0, x > z))
    assert [(sympy(f.polynomial, (x, y)), f.kind) for f in facts.all] == [(x, ">")]


@pytest.mark.parametrize("given", [given for given, _ in GIVEN.values() if given], ids=str)
def test_every_fact_stands_the_check(given: tuple[Boolean, ...]) -> None:
    """Those read off, and those that follow when symbols are eliminated."""
    domain = Domain(SYMBOLS, given)
    list(domain.plans)
    converter, checker = _SymPyConverter(domain), _Checker(given, set(SYMBOLS))
    for fact in domain.facts.all:
        assert checker.is_sound(converter.known(fact)), told(fact)


BASE = (x > 0, y < 0, z >= 0)


@pytest.mark.parametrize(("expr", "expected"), [
    (x, 1), (-x, -1), (3 * x, 1), (y, -1), (-2 * y, 1), (z, None), (x * y, -1), (x * y**2, 1),
    (x**3 * y**3, -1), (x**2 * y**4, 1), (x * z, None), (sp.Integer(5), 1), (sp.Integer(-5), -1),
    (x + y, None), (sp.S.Zero, None), (-x * y, 1), (x - y, None),
], ids=str)  # fmt: skip
def test_the_strict_sign_of_a_product(expr: Expr, expected: int | None) -> None:
    facts = SignFacts(SYMBOLS, BASE)
    derived = facts.sign(flint(expr))
    assert (None if derived is None else derived[0]) == expected
    if derived is not None:
        used = {told(fact)[0] for fact in derived[1]}
        assert used == {abs_ for abs_ in (x, -y) if expr.has(*abs_.free_symbols)}
    if expected is not None:
        for point in GRID:
            if all(truth_value(c, point) is True for c in BASE):
                assert sp.sign(expr.subs(point)) == expected


@pytest.mark.parametrize(("expr", "sign"), [
    (x, "+"), (-x, "-"), (-7 * x, "-"), (z, ">=0"), (-z, "<=0"), (sp.Rational(2, 3) * z, ">=0"),
    (x - 1, None), (x * z, None), (sp.Integer(3), None), (x - y - 1, "0"), (y + 1 - x, "0"),
], ids=str)  # fmt: skip
def test_what_is_said_of_a_polynomial(expr: Expr, sign: str | None) -> None:
    facts = SignFacts(SYMBOLS, (x > 0, z >= 0, is_("==", x, y + 1)))
    said = facts.known_sign(flint(expr))
    assert (None if said is None else said[0]) == sign
    if said is not None:
        assert said[1] in facts.all


def test_a_weak_fact_gives_way_to_a_strict_one() -> None:
    strict = SignFacts(SYMBOLS, (z >= 0, is_("!=", z)))
    assert [said and said[0] for said in map(strict.known_sign, (flint(z), flint(-z)))] == [
        "+",
        "-",
    ]
    both = SignFacts(SYMBOLS, (z >= 0, z <= 0))
    said = both.known_sign(flint(z))
    assert said is not None
    assert said[0] == "0"
    then = SignFacts(SYMBOLS, (z >= 0, is_("==", z)))
    assert [said and said[0] for said in map(then.known_sign, (flint(z), flint(-z)))] == ["0", "0"]


@pytest.mark.parametrize(("constraint", "index", "expected"), [
    (is_(">", x * y, z), 0, (y, -z, -1, 1)), (is_(">", x * y, z), 1, None),
    (is_(">", x * z, 1), 2, None), (is_("<", 2 * x, z), 0, (-2, z, -1, 0)),
    (is_("<", 2 * x, z), 2, (1, -2 * x, 1, 0)), (is_(">", x**2, z), 0, None),
    (is_(">", x**2, z), 2, (-1, x**2, -1, 0)), (is_(">", x, z), 1, None),
    (is_(">", y**2 * x, z), 0, (y**2, -z, 1, 1)),
], ids=str)  # fmt: skip
def test_a_bound_has_a_slope_of_known_sign(constraint: Boolean, index: int, expected: Any) -> None:
    facts = SignFacts(SYMBOLS, (constraint, y < 0))
    fact = next(f for f in facts.all if told(f)[0] != -y)
    for _ in range(2):  # the second answer is remembered
        bound = facts.bound(fact, index)
        if expected is None:
            assert bound is None
            continue
        assert bound is not None
        found = sympy(bound.slope), sympy(bound.rest), bound.sign, len(bound.premises)
        assert found == expected
        assert bound.fact is fact


def test_a_bound_is_found_once_its_slope_has_a_sign() -> None:
    facts = SignFacts(SYMBOLS, (is_(">", x * z, 1), y > 0))
    fact = next(f for f in facts.all if told(f)[0] != y)
    assert facts.bound(fact, 2) is None
    facts.add(flint(x), ">", x > 0, ())
    bound = facts.bound(fact, 2)
    assert bound is not None
    assert (bound.sign, [told(f) for f in bound.premises]) == (1, [(x, ">")])


ELIMINATIONS: dict[str, tuple[tuple[Boolean, ...], set[tuple[Any, str]]]] = {
    "a strict and a strict": ((x > y, x < z), {(z - y, ">")}),
    "a strict and a weak": ((x > y, x <= z), {(z - y, ">")}),
    "a weak and a strict": ((x >= y, x < z), {(z - y, ">")}),
    "a weak and a weak": ((x >= y, x <= z), {(z - y, ">=")}),
    "from below only": ((x > y, x > z), set()),
    "an equation and a lower bound": ((is_("==", x, y), x > z), {(y - z, ">")}),
    "an upper bound and an equation": ((x <= z, is_("==", x, y)), {(z - y, ">=")}),
    "two equations": ((is_("==", x, y), is_("==", 2 * x, z)), {(2 * y - z, "==")}),
    "with numbers": ((2 * x > y, 3 * x < z), {(2 * z - 3 * y, ">")}),
    "an equation of a negative slope": ((is_("==", y - 2 * x), x > z), {(y - 2 * z, ">")}),
    "a slope that is a symbol": ((is_("<", x * y, 1), y > 0, x > z), {(1 - y * z, ">")}),
    "an equation with such a slope": (
        (is_("==", x * y, 1), y < 0, x >= z), {(y * z - 1, ">=")}),
    "several": ((x > y, x > 2 * y, x < z, x < 3), {
        (z - y, ">"), (z - 2 * y, ">"), (3 - y, ">"), (3 - 2 * y, ">")}),
    "the symbol is not there": ((y > z,), set()),
    "no bound": ((is_(">", x**2, y), x < 1), set()),
    "a product that follows, open": ((is_("<", y * z, x), x < 0), set()),
    "a product that follows": ((is_("<", y * z, x), x < 0, z > 0), {(-y, ">")}),
}  # fmt: skip


@pytest.mark.parametrize("name", ELIMINATIONS)
def test_what_follows_without_a_symbol(name: str) -> None:
    given, expected = ELIMINATIONS[name]
    facts = SignFacts(SYMBOLS, given)
    found = facts.eliminate(0, list(facts.all))
    assert {told(f) for f in found} == {(sp.sympify(e), kind) for e, kind in expected}
    assert facts.clash is None
    domain = Domain(SYMBOLS, given)
    derived = domain.facts.eliminate(0, list(domain.facts.all))
    converter, checker = _SymPyConverter(domain), _Checker(given, set(SYMBOLS))
    for fact in derived:
        assert fact.degrees[0] == 0
        assert checker.is_sound(converter.known(fact))


@pytest.mark.parametrize(("given", "is_empty"), [
    ((x > 1, x < 1), True), ((x > 1, x < 0), True), ((x >= 1, x <= 0), True),
    ((x >= 1, x < 1), True), ((x > 1, x <= 1), True), ((x >= 1, x <= 1), False),
    ((x > y, x < y), True), ((x >= y, 2 * x < 2 * y), True), ((x > y, x <= y), True),
    ((x > 0, x < 1), False), ((is_("==", x), is_("==", x, 1)), True),
    ((is_("==", x, 1), is_("==", x)), True), ((is_("==", x, 3), is_("==", x, 2)), True),
    ((is_("==", x), x >= 0), False), ((is_("==", x), x <= 1), False),
    ((is_("==", x, 2), x <= 1), True), ((is_("==", x, 1), is_("==", 2 * x, 2)), False),
    ((x >= y, x <= y), False),
], ids=str)  # fmt: skip
def test_a_clash_is_a_number_that_is_not_what_it_must_be(
    given: tuple[Boolean, ...], is_empty: bool
) -> None:
    domain = Domain(SYMBOLS, given)
    assert (domain.clash is not None) is is_empty
    if domain.clash is not None:
        known = _SymPyConverter(domain).known(domain.clash)
        assert _Checker(given, set(SYMBOLS)).is_sound(known)
        assert not RELATIONS[domain.clash.kind](sympy(domain.clash.polynomial), 0)


@pytest.mark.parametrize(("given", "is_empty"), [
    ((x > y, x < y), True), ((x >= y, 2 * x < 2 * y), True), ((x > y, 3 * x <= 3 * y), True),
    ((x >= y, x <= y), False), ((x > y, x < y + 1), False),
], ids=str)  # fmt: skip
def test_opposite_facts_clash_at_once(given: tuple[Boolean, ...], is_empty: bool) -> None:
    assert (SignFacts(SYMBOLS, given).clash is not None) is is_empty


def test_a_strict_constraint_is_a_source_of_its_own() -> None:
    strict = next(f for f in SignFacts(SYMBOLS, (x >= 0, x > 0)).all if f.kind == ">")
    assert (strict.source, strict.apart) == (x > 0, None)
    apart = next(f for f in SignFacts(SYMBOLS, (x >= 0, is_("!=", x))).all if f.kind == ">")
    assert apart.apart == sp.Ne(x, 0)


def test_of_many_facts_no_more_are_made() -> None:
    few = [x > k * y for k in range(1, 30)] + [x < k * z for k in range(1, 31)]
    enough = SignFacts(SYMBOLS, few)
    assert len(enough.eliminate(0, list(enough.all))) == 2
    many = SignFacts(SYMBOLS, [*few, x > 30 * y, x > 31 * y])
    assert many.eliminate(0, list(many.all)) == []


@pytest.mark.parametrize("expr", [
    x**3 + 2 * x * y - z, x, sp.Integer(4), y, (x + y) ** 3 * z - x / 3, x**2 * y - 7,
    x**4, sp.S.Zero,
], ids=str)  # fmt: skip
def test_coefficients_in_one_variable(expr: Expr) -> None:
    for index, symbol in enumerate(SYMBOLS):
        found = {k: sympy(c) for k, c in coefficients(flint(expr), index).items()}
        poly = sp.Poly(expr, symbol)
        expected = {k: sp.expand(c) for (k,), c in poly.terms() if c != 0}
        assert {k: sp.expand(c) for k, c in found.items()} == expected
        pair = linear_coefficients(flint(expr), index) if expr != 0 else None
        if poly.degree() == 1:
            assert pair is not None
            assert sp.expand(sympy(pair[0]) - poly.coeff_monomial(symbol)) == 0
            assert sp.expand(sympy(pair[1]) - poly.coeff_monomial(1)) == 0
        else:
            assert pair is None


def test_a_polynomial_keeps_its_symbols_in_another_order() -> None:
    expr = x**2 + 3 * y - z**4 * x / 2
    for symbols in ((z, y, x), (y, x, z), (x, y, z)):
        polynomial = flint(expr, symbols)
        assert sympy(polynomial, symbols) == expr
        names = polynomial.context().names()
        assert names == ("x0", "x1", "x2", "s0", "t0", "s1", "t1", "s2", "t2")


def test_a_polynomial_has_the_key_of_its_multiples() -> None:
    keys = [monic_key(flint(expr)) for expr in (x - 2 * y, 3 * x - 6 * y, 2 * y - x, x / 2 - y)]
    assert len(set(keys)) == 1
    others = [monic_key(flint(expr)) for expr in (x + 2 * y, x - y, x, x - 2 * z)]
    assert len({*keys, *others}) == 5


@pytest.mark.parametrize(("expr", "expected"), [
    (x, True), (sp.Rational(1, 3), True), (x + 2 * y, True), (x**-2, True), (x**y, False),
    (sp.sqrt(x), False), (x * sp.sqrt(2), False), (sp.pi, False), (sp.Abs(x), False),
    (x / (y + 1) > z, True), (sp.exp(x) > z, False), (sp.Or(x > 0, y > 0), False),
    ((sp.sqrt(x) + 1) ** 2, False),
], ids=str)  # fmt: skip
def test_rational_expressions(expr: Expr, expected: bool) -> None:
    assert is_rational(expr) is expected


@pytest.mark.parametrize(("relation", "is_clash"), [("==", True), ("<", True), (">", False)])
def test_a_product_against_the_signs_of_its_factors(relation: str, is_clash: bool) -> None:
    facts = SignFacts(SYMBOLS, [is_(">", x), is_(">", y), is_(relation, x * y)])
    assert (facts.clash is not None) == is_clash
