"""The encoder's formulas, judged by z3 at points, against Kleene's tables and exact evaluation."""

from itertools import product

import pytest
import sympy as sp
import z3

from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.rational_function import numeral
from gametheory_eeu.prover.smt_encoding import MAX_DEGREE, Encoder

a, b, c, x, y = sp.symbols("a b c x y", real=True)
SMALL = [sp.Integer(-1), sp.Integer(0), sp.Rational(1, 2), sp.Integer(2)]
THREE = {1: True, -1: False, 0: None}  # what 1/a > 0 is there


class Judge:
    """What the formulas of a statement leave possible at a point, whatever the other unknowns."""

    def __init__(self, statement, symbols=()):
        self.encoder = Encoder([statement, *symbols])
        true, false = self.encoder.truth(statement)
        self.formulas = {"true": true, "false": false}
        self.known = [*self.encoder.declarations, *self.encoder.definitions]

    def possible(self, point, *goals):
        """Whether the point is there, and the goals can hold; each time by a solver of its own."""
        values = (f"(= {self.encoder.names[s]} {numeral(sp.sympify(v))})" for s, v in point.items())
        asked = [f"(assert {a})" for a in (*values, *(self.formulas[g] for g in goals))]
        solver = z3.SolverFor("QF_NRA")
        solver.from_string("\n".join([*self.known, *asked]))
        found = solver.check()
        assert found != z3.unknown
        return found == z3.sat

    def at(self, point):
        """True, False, or None for undefined; the point must be there, and judged one way only."""
        found = self.possible(point, "true"), self.possible(point, "false")
        assert found != (True, True)
        assert True in found or self.possible(point)
        return None if found == (False, False) else found[0]


def judged(statement, point):
    return Judge(statement, point).at(point)


def signed(*symbols):
    """A relation for each symbol: true at 1, false at -1, undefined at 0."""
    return [sp.Gt(1 / s, 0, evaluate=False) for s in symbols]


def kleene_or(p, q):
    return True if True in (p, q) else None if None in (p, q) else False


def negated(p):
    return None if p is None else not p


CONNECTIVES = {
    sp.And: lambda p, q: negated(kleene_or(negated(p), negated(q))),
    sp.Or: kleene_or,
    sp.Implies: lambda p, q: kleene_or(negated(p), q),
    sp.Equivalent: lambda p, q: None if None in (p, q) else p == q,
}


@pytest.mark.parametrize("connective", CONNECTIVES)
def test_a_connective_has_kleenes_table(connective):
    statement = connective(*signed(a, b), evaluate=False)
    assert type(statement) is connective
    judge = Judge(statement)
    for (i, p), (j, q) in product(THREE.items(), repeat=2):
        assert judge.at({a: i, b: j}) is CONNECTIVES[connective](p, q), (p, q)


@pytest.mark.parametrize("connective", [sp.And, sp.Or, sp.Equivalent])
def test_a_connective_of_three(connective):
    judge = Judge(connective(*signed(a, b, c), evaluate=False))
    for i, j, k in product(THREE, repeat=3):
        p, q, r = THREE[i], THREE[j], THREE[k]
        expected = CONNECTIVES[connective](CONNECTIVES[connective](p, q), r)
        if connective is sp.Equivalent:
            expected = None if None in (p, q, r) else p == q == r
        assert judge.at({a: i, b: j, c: k}) is expected, (p, q, r)


def test_if_then_else_follows_the_branch_that_its_condition_takes():
    statement = sp.ITE(*signed(a, b, c))
    assert isinstance(statement, sp.ITE)
    judge = Judge(statement)
    for i, j, k in product(THREE, repeat=3):
        expected = None if THREE[i] is None else THREE[j] if THREE[i] else THREE[k]
        assert judge.at({a: i, b: j, c: k}) is expected, (i, j, k)


def test_not_exchanges_the_true_and_the_false():
    (relation,) = signed(a)
    for value, expected in THREE.items():
        assert judged(sp.Not(relation, evaluate=False), {a: value}) is negated(expected)


def test_true_and_false():
    assert judged(sp.true, {x: 0}) is True
    assert judged(sp.false, {x: 0}) is False


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (sp.Lt(1 / x, sp.oo, evaluate=False), True),
        (sp.Le(1 / x, -sp.oo, evaluate=False), False),
        (sp.Gt(1 / x, -sp.oo, evaluate=False), True),
        (sp.Ge(1 / x, sp.oo, evaluate=False), False),
        (sp.Lt(sp.oo, 1 / x, evaluate=False), False),
        (sp.Gt(sp.oo, 1 / x, evaluate=False), True),
        (sp.Le(-sp.oo, 1 / x, evaluate=False), True),
        (sp.Ge(-sp.oo, 1 / x, evaluate=False), False),
        (sp.Ne(1 / x, sp.oo, evaluate=False), True),
        (sp.Eq(-sp.oo, 1 / x, evaluate=False), False),
    ],
)
def test_an_infinite_bound_holds_on_its_side_where_the_other_side_is_defined(relation, expected):
    assert relation.has(sp.oo, -sp.oo)
    assert judged(relation, {x: 2}) is expected
    assert judged(relation, {x: -2}) is expected
    assert judged(relation, {x: 0}) is None


BETWEEN = sp.Piecewise((x, x > 0), (y, y > 0))
STATEMENTS = [
    sp.Piecewise((1 / x, y > 0), (1, True)) > 0,  # 1/x counts only where y > 0
    sp.Piecewise((1, 1 / x > 0), (2, True)) > 1,  # a condition that is undefined
    sp.Piecewise((y, sp.Or(x > 0, 1 / y > 0)), (-y, True)) >= 1,
    BETWEEN > 1,
    sp.Max(x, 1 / y) > 1,
    sp.Min(x, 1 / y) >= x,
    sp.Max(x, y, 1) > 1,
    sp.Abs(1 / x) <= 1,
    sp.Abs(x - y) > x + y,
    sp.sign(x / y) >= sp.Integer(0),
    sp.Eq(sp.sign(x * y), -1),
    sp.Eq(x**2 / y**2, 1),
    sp.Ne(x**2, y**2),
    (x - 1) * (y - 1) * (x + y) > 0,  # the parity of three factors
    (x - 1) * (y + 1) ** 2 * (x + y) <= 0,
    -(x**2) * (y - 1) ** 2 >= 0,
    x**2 * y**2 > 0,
    -3 * x**3 / y < 0,
    (x - y) / (x + y) <= sp.Rational(1, 3),
    1 / (1 / x) > -3,  # undefined at zero, though it is x
    x**0 + x**-2 > 1,
    1 / x + 1 / y >= 1,
    x * (1 / x + 1 / y) >= 1,
    sp.sqrt(x) > 1,
    1 / sp.sqrt(x) > 1,
    x ** sp.Rational(-3, 2) >= sp.Rational(1, 2),
    sp.cbrt(x - y) > 1,
    sp.Ge(x ** sp.Rational(3, 2) / sp.sqrt(y), 1),
    sp.sqrt(1 / x - 1) >= y,
    sp.Add(x, sp.nan, evaluate=False) > 0,
]


@pytest.mark.parametrize("statement", STATEMENTS, ids=str)
def test_at_points_it_is_what_exact_evaluation_says(statement):
    judge, seen = Judge(statement, (x, y)), set()
    for i, j in product(SMALL, repeat=2):
        expected = truth_value(statement, {x: i, y: j})
        assert judge.at({x: i, y: j}) is expected, (i, j)
        seen.add(expected)
    assert len(seen) > 1 or statement.has(sp.nan) or statement == (1 / (1 / x) > -3)


@pytest.mark.parametrize(
    ("value", "point", "expected"),
    [
        (1 / sp.sqrt(x), {x: 4}, sp.Rational(1, 2)),
        (x ** sp.Rational(3, 2), {x: 4}, 8),
        (x ** sp.Rational(-3, 2), {x: 4}, sp.Rational(1, 8)),
        (x ** sp.Rational(2, 3), {x: 8}, 4),
        (sp.sqrt(x), {x: 0}, 0),
        (1 / sp.sqrt(x), {x: 0}, None),
        (x ** sp.Rational(-1, 3), {x: 0}, None),
        (sp.sqrt(x), {x: -1}, None),
        (sp.cbrt(x), {x: -8}, None),
        (sp.Abs(x), {x: -3}, 3),
        (sp.sign(x), {x: 0}, 0),
        (BETWEEN, {x: 0, y: 3}, 3),
        (BETWEEN, {x: 0, y: 0}, None),
        (x * sp.Float(0.1), {x: 10}, 1),
        (1 / sp.Piecewise((x, x > 1), (0, True)), {x: 2}, sp.Rational(1, 2)),
        (1 / sp.Piecewise((x, x > 1), (0, True)), {x: 1}, None),
    ],
    ids=str,
)
def test_a_value_is_the_one_value(value, point, expected):
    if expected is None:
        assert judged(sp.Eq(value, y + 1, evaluate=False), {y: 0, **point}) is None
        return
    assert judged(sp.Eq(value, expected, evaluate=False), point) is True
    for other in (expected - 1, expected + sp.Rational(1, 7)):
        assert judged(sp.Eq(value, other, evaluate=False), point) is False


def test_a_root_is_enclosed_on_both_sides():
    roots = [sp.CRootOf(y**5 - 5 * y + 1, k) for k in range(3)]  # -1.54, 0.20, 1.44
    ends = (-sp.oo, -1, 1, sp.oo)
    for place, root in enumerate(roots):
        low, high = ends[place], ends[place + 1]
        assert judged(sp.And(root * x > low * x, root * x < high * x) if place == 1
                      else root > low if place == 2 else root < high, {x: 1}) is True  # fmt: skip
        shift = sp.Integer(round(root.evalf() * 100)) / 100
        near = sp.Lt(sp.Abs(root - x), sp.Rational(1, 50))
        assert judged(near, {x: shift}) is True
        assert judged(near, {x: shift + 1}) is False


def test_a_symbols_own_assumptions_are_part_of_what_is_asked():
    kinds = {"positive": (1, 0), "nonnegative": (0, -1), "negative": (-1, 0),
             "nonpositive": (0, 1), "nonzero": (1, 0)}  # fmt: skip
    for kind, (inside, outside) in kinds.items():
        s = sp.Symbol("s", **{kind: True, "real": True})
        judge = Judge(sp.true, [s])
        assert judge.possible({s: inside}), kind
        assert not judge.possible({s: outside}), kind


def test_a_polynomial_comes_back_as_it_was():
    polynomial = 3 * x**2 * y - y / 2 + 7
    encoder = Encoder([polynomial])
    assert encoder.expression(encoder.quotient(polynomial).above) == polynomial


@pytest.mark.parametrize(
    ("expr", "match"),
    [
        (x ** (MAX_DEGREE + 1), f"up to degree {MAX_DEGREE}"),
        (x ** (MAX_DEGREE // 2) * y ** (MAX_DEGREE // 2 + 1), "degree 201"),
        ((x**20 + y) ** 11, "degree 220"),
        ((1 + x + y + a + b + c) ** 90, "too many terms"),
        (x ** sp.Rational(1, MAX_DEGREE + 1), "degree 201"),
        (sp.log(x), "does not decide log"),
    ],
    ids=str,
)
def test_what_is_too_large_or_unknown_is_refused(expr, match):
    with pytest.raises(UnsupportedError, match=match):
        Encoder([expr]).quotient(expr)
    assert Encoder([x]).quotient(x**MAX_DEGREE).above.total_degree() == MAX_DEGREE


def test_what_is_no_condition_is_refused():
    with pytest.raises(UnsupportedError, match="is not a condition the prover reads"):
        Encoder([x, y]).truth(sp.Xor(x > 0, y > 0, evaluate=False))


@pytest.mark.parametrize(("value", "at_one", "elsewhere"), [
    (sp.log(x), 2, 3), (sp.exp(x), 1, 2), (x**2, 0, None),
], ids=str)  # fmt: skip
def test_bounds_can_be_sharper_at_one_and_where_they_are_asked_for(value, at_one, elsewhere):
    """A logarithm's are two: those that are always there, and closer ones."""
    encoder = Encoder([value > 2], relaxed=True)
    encoder.truth(value > 2)
    assert len(encoder.sharper_bounds()) == at_one
    if elsewhere is not None:
        there = encoder.bounds_at([(value, sp.Integer(3))])
        assert len(encoder.sharper_bounds() + there) == elsewhere
