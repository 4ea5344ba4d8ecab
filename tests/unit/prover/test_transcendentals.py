"""What is said of logarithms, exponentials and powers: true at points, and sharp enough."""

import pytest
import sympy as sp
import z3

from gametheory_eeu.core.evaluate import rational_bounds
from gametheory_eeu.prover import prove, transcendentals
from gametheory_eeu.prover.rational_function import numeral
from gametheory_eeu.prover.smt_encoding import Encoder

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True)
TWO = sp.Integer(2)
PLACES = [(sp.Rational(1, 3), TWO), (sp.Integer(1), sp.Rational(1, 2)), (sp.Integer(3), TWO)]


def can_be(expressions, point, *more, sharp=False):
    """Whether all that is known leaves the atoms their exact values at the point, and more."""
    encoder = Encoder([*expressions, *point], relaxed=True)
    for expression in expressions:
        encoder.truth(sp.Gt(expression, 0, evaluate=False))
    lines = [*encoder.declarations, *encoder.definitions, *encoder.relations]
    places = [(node, place) for node in encoder.atoms for place in (sp.Rational(1, 2), TWO)
              if sharp and len(node.args) == 1 and node.free_symbols]  # fmt: skip
    lines += [*encoder.sharper_bounds(), *encoder.bounds_at(places)] if sharp else []
    lines += [f"(assert (= {encoder.names[s]} {numeral(v)}))" for s, v in point.items()]
    for node in encoder.atoms:
        exact = node.xreplace(point)
        ends = rational_bounds(exact) if exact.is_real and exact.is_finite else None
        if ends is not None and not more:
            low, high = ends
            lines.append(f"(assert (<= {numeral(low)} {encoder.names[node]} {numeral(high)}))")
    lines += [f"(assert {encoder.truth(m)[0]})" for m in more]
    solver = z3.SolverFor("QF_NRA")
    solver.from_string("\n".join(lines))
    return solver.check() == z3.sat


@pytest.mark.parametrize("sharp", [False, True])
@pytest.mark.parametrize(
    "expressions",
    [
        (sp.log(x),), (sp.exp(x),), (sp.exp(-x),), (sp.log(x), sp.log(y)), (sp.exp(x), sp.exp(y)),
        (sp.log(x), sp.log(y), sp.log(x * y)), (sp.exp(x), sp.exp(y), sp.exp(x + y)),
        (sp.log(x), sp.log(1 / x, evaluate=False)), (sp.exp(x), sp.exp(-x)), (x**y,),
        (x**y, y**y), (x**y, x ** (y + 2)), (x**y, x ** (-y)), (x**y, x**x, x ** (x + y)),
        (sp.pi * x, sp.E), (sp.log(x), sp.exp(y)),
    ],
    ids=str,
)  # fmt: skip
def test_the_exact_values_are_never_excluded(expressions, sharp):
    for i, j in PLACES:
        assert can_be(expressions, {x: i, y: j}, sharp=sharp), (i, j)


@pytest.mark.parametrize(
    ("expressions", "point", "more"),
    [
        ((sp.log(x),), {x: TWO}, sp.log(x) >= 1),
        ((sp.log(x),), {x: TWO}, sp.log(x) <= sp.Rational(1, 2)),
        ((sp.log(x),), {x: sp.Integer(1)}, sp.Ne(sp.log(x), 0)),
        ((sp.exp(x),), {x: TWO}, sp.exp(x) <= 3),
        ((sp.exp(x),), {x: sp.Rational(1, 2)}, sp.exp(x) >= 2),
        ((sp.exp(x),), {x: -TWO}, sp.exp(x) <= 0),
        ((sp.exp(x),), {x: sp.Integer(0)}, sp.Ne(sp.exp(x), 1)),
        ((sp.log(x), sp.log(y)), {x: TWO, y: sp.Integer(3)}, sp.log(x) >= sp.log(y)),
        ((sp.exp(x), sp.exp(y)), {x: TWO, y: sp.Integer(3)}, sp.exp(x) >= sp.exp(y)),
        ((sp.log(x), sp.log(y), sp.log(x * y)), {x: TWO, y: TWO},
         sp.Ne(sp.log(x) + sp.log(y), sp.log(x * y))),
        ((sp.exp(x), sp.exp(y), sp.exp(x + y)), {x: TWO, y: TWO},
         sp.Ne(sp.exp(x) * sp.exp(y), sp.exp(x + y, evaluate=False))),
        ((sp.exp(x), sp.exp(-x)), {x: TWO}, sp.Gt(sp.exp(x), sp.exp(-x) ** -1)),
        ((x**y,), {x: TWO, y: TWO}, x**y <= 2),
        ((x**y,), {x: TWO, y: TWO}, x**y < 3),
        ((x**y,), {x: TWO, y: sp.Rational(1, 2)}, x**y > sp.Rational(3, 2)),
        ((x**y,), {x: sp.Rational(1, 2), y: TWO}, x**y >= sp.Rational(1, 2)),
        ((x**y,), {x: sp.Integer(0), y: TWO}, sp.Ne(x**y, 0)),
        ((x**y, x ** (y + 2)), {x: TWO, y: TWO}, sp.Ne(x ** (y + 2), 4 * x**y)),
        ((x**y, 3**y), {x: TWO, y: TWO}, x**y >= 3**y),
        ((x**n,), {x: -TWO, n: TWO}, sp.Eq(x**n, 0)),
        ((sp.pi * x,), {x: TWO}, sp.pi * x >= sp.Rational(6284, 1000)),
        ((sp.pi * x,), {x: TWO}, sp.pi * x <= sp.Rational(6283, 1000)),
        ((sp.E * x,), {x: TWO}, sp.E * x > sp.Rational(5437, 1000)),
    ],
    ids=str,
)  # fmt: skip
def test_other_values_are_excluded(expressions, point, more):
    assert can_be(expressions, point)
    assert not can_be(expressions, point, more)


@pytest.mark.parametrize(
    ("more", "place"),
    [(sp.log(x) > sp.Rational(3, 4), 2), (sp.log(x) < sp.Rational(2, 3), 2),
     (sp.exp(x) > sp.Rational(15, 2), 2), (sp.exp(x) < sp.Rational(29, 4), 2)],
    ids=str,
)  # fmt: skip
def test_more_is_known_near_a_place(more, place):
    point = {x: sp.Integer(place)}
    assert can_be((more.lhs,), point, more)
    assert not can_be((more.lhs,), point, more, sharp=True)


def test_where_each_is_defined():
    cases = [(sp.log(x), [(-1, False), (0, False), (1, True)]), (sp.exp(x), [(-1, True)]),
             (sp.erfinv(x), [(-1, False), (1, False), (0, True)]),
             (x**y, [(-1, False), (0, True), (2, True)]),
             (x**n, [(-1, True), (0, True)]), (x ** (-n), [(0, False), (-2, True)])]  # fmt: skip
    for node, values in cases:
        for value, defined in values:
            point = {x: sp.Integer(value), y: TWO, n: TWO}
            claim = sp.Gt(node, -100, evaluate=False)
            assert can_be((node,), point, claim) is defined, (node, value)


def test_what_stands_for_a_value_of_its_own():
    assert all(
        map(transcendentals.is_atom, (sp.log(x), sp.exp(x), x**y, sp.pi, sp.E, sp.erfinv(x)))
    )
    assert not any(
        map(transcendentals.is_atom, (x, x**2, sp.sqrt(x), sp.sin(x), x + y, sp.Integer(2)))
    )


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ("log(x) < 2", "0 < x < 7"),
        ("log(x) > 19/10", "x > 7"),
        ("log(x) < 39/20", "0 < x < 7"),
        ("log(x)*y < 2*y", ["0 < x < 7", "y > 0"]),
    ],
)
def test_a_logarithm_is_bounded_sharply_where_it_matters(statement, given):
    """log 7 = 1.9459...: the bounds that hold everywhere are far from it."""
    assert prove(statement, given=given).verdict == "proved"
