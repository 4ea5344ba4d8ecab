"""Cases, pieces and edges against exact values at points; conditions as they are written."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value, value
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.case_distinction import (
    cases,
    closure,
    interior,
    is_satisfiable,
    negation,
)
from gametheory_eeu.statics.condition_forms import (
    absorb_minus_signs,
    condition_forms,
    positive_condition,
)
from gametheory_eeu.statics.conditions import (
    domain_conditions,
    sign_condition,
    unimplied_conditions,
)
from gametheory_eeu.statics.piecewise import breakpoints, pieces, substitute

x, y, z = sp.symbols("x y z", real=True)
PLANE = Space.of(symbols=[x, y])
GRID = [sp.Rational(n, 2) for n in (-4, -2, -1, 0, 1, 2, 3, 4)]
POINTS = [{x: i, y: j} for i, j in product(GRID, repeat=2)]


def same(one, other, space=PLANE):
    """Whether two conditions agree at every point of the grid in the space; both ways occur."""
    inside = [p for p in POINTS if all(truth_value(c, p) is True for c in space.constraints)]
    seen = [(truth_value(one, p) is True, truth_value(other, p) is True) for p in inside]
    return bool(seen) and all(a is b for a, b in seen)


EXPRESSIONS = [
    sp.Max(x, y), sp.Min(x, y, 1), sp.Abs(x - y), sp.sign(x) * y, sp.Max(x, 0) - sp.Min(y, 0),
    sp.Piecewise((x, x > 1), (y, x > 0), (x + y, True)), sp.Piecewise((x, x > 0), (y, y > 0)),
    sp.Max(sp.Abs(x), y), sp.Piecewise((sp.Abs(y), sp.Or(x > 1, y > 1)), (2, True)),
]  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_at_every_point_each_case_that_holds_has_the_value(expression):
    found = cases(expression, PLANE)
    for point in POINTS:
        here = [c.expression for c in found if truth_value(c.condition, point) is True]
        exact = value(expression, point)
        assert bool(here) is (exact is not None), point
        assert {value(e, point) for e in here} == ({exact} if here else set()), point
    assert not any(c.expression.has(sp.Max, sp.Min, sp.Abs, sp.sign, sp.Piecewise) for c in found)
    assert len({c.expression for c in found}) == len(found)


def test_cases_that_no_point_is_in_are_left_out():
    right = Space.of(x > 0, symbols=[x, y])
    assert [c.expression for c in cases(sp.Abs(x), right)] == [x]
    assert [c.expression for c in cases(sp.sign(x), right)] == [1]
    assert {c.expression for c in cases(sp.Max(x, -x, y), right)} == {x, y}
    # Of a maximum alone an edge is no case of its own; of a Piecewise it is.
    assert [c.expression for c in cases(sp.Max(x, 0), Space.of(x >= 0))] == [x]
    edge = sp.Piecewise((5, sp.Eq(x, 0)), (x, True))
    assert {c.expression for c in cases(edge, Space.of(x >= 0))} == {5, x}


def test_too_many_cases_are_refused():
    s = sp.symbols("s:7", real=True)
    with pytest.raises(TooLargeError, match="more than 64 cases"):
        cases(sp.Add(*(sp.Abs(e) * k for k, e in enumerate(s, 1))), Space.of(symbols=s))


def test_edges_of_a_condition():
    condition = sp.And(x > 0, y <= x, sp.Ne(x, 2), sp.Or(y < 1, sp.Eq(x, 1)))
    assert closure(condition) == sp.And(x >= 0, y <= x, sp.Or(y <= 1, sp.Eq(x, 1)))
    assert interior(condition, frozenset({x})) == sp.And(x > 0, y < x, sp.Ne(x, 2), y < 1)
    assert interior(x >= 0, frozenset({y})) == (x >= 0)
    assert interior(sp.Le(x, 0), frozenset({x})) == (x < 0)
    assert same(negation(condition), sp.Not(condition))
    assert is_satisfiable(Space.of(x > 0, x < 1))
    assert not is_satisfiable(Space.of(x > 1, x < 1))
    assert is_satisfiable(Space.of(sp.sin(x) > 2))  # what is not settled is kept


@pytest.mark.parametrize("expression", EXPRESSIONS[:6], ids=str)
def test_an_edge_lies_between_its_pieces(expression):
    found = breakpoints(expression, PLANE)
    assert found
    whole = pieces(expression, PLANE)
    for edge in found:
        assert {edge.above, edge.below} <= set(whole)
        assert sp.expand(edge.gap - (edge.above.expression - edge.below.expression)) == 0
        on_it = [p for p in POINTS if edge.zero.xreplace(p) == 0]
        for point in (p for p in on_it if all(truth_value(c, p) for c in edge.place.constraints)):
            assert truth_value(edge.where.condition, point) is True
            gap = edge.gap.xreplace(point)
            assert {"+": gap > 0, "-": gap < 0, "0": gap == 0, ">=0": gap >= 0,
                    "<=0": gap <= 0, "?": True}[edge.jump.sign]  # fmt: skip
        if edge.is_separating:
            for point in POINTS:
                side = edge.zero.xreplace(point)
                assert truth_value(edge.above.where.condition, point) is not True or side >= 0
                assert truth_value(edge.below.where.condition, point) is not True or side <= 0
        if edge.ratio is not None:
            assert sp.expand(edge.ratio * edge.zero - edge.gap) == 0


def test_the_edge_of_a_maximum():
    (edge,) = breakpoints(sp.Max(x, 2 * y), PLANE)
    assert edge.zero == x - 2 * y
    assert edge.where.condition == sp.Eq(x, 2 * y)
    assert (edge.above.expression, edge.below.expression) == (x, 2 * y)
    assert (edge.is_separating, edge.jump.sign, edge.ratio) == (True, "0", 1)
    (edge,) = breakpoints(sp.Piecewise((x + 3, y > 1), (x, True)), PLANE)
    assert (edge.above.expression, edge.below.expression) == (x + 3, x)
    assert (edge.zero, edge.gap, edge.jump.sign, edge.ratio) == (y - 1, 3, "+", None)
    (edge,) = breakpoints(sp.Piecewise((x, y > 1), (x + 3, True)), PLANE)
    assert (edge.above.expression, edge.jump.sign) == (x, "-")
    assert breakpoints(x * y, PLANE) == ()
    assert breakpoints(sp.Abs(x), Space.of(x > 1)) == ()


def test_an_edge_is_where_both_formulas_have_a_value():
    (edge,) = breakpoints(sp.Piecewise((1 / x, y > 0), (2, True)), PLANE)
    assert not prover.is_satisfiable(Space.of(edge.place, sp.Eq(x, 0)))
    assert prover.is_satisfiable(Space.of(edge.place, x < 0))
    assert prover.is_satisfiable(Space.of(edge.place, x > 0))


def test_two_pieces_that_meet_at_a_corner_have_no_edge():
    quadrants = sp.Piecewise((1, sp.And(x > 0, y > 0)), (2, sp.And(x < 0, y < 0)), (3, True))
    met = {
        frozenset((e.above.expression, e.below.expression)) for e in breakpoints(quadrants, PLANE)
    }
    assert met == {frozenset({sp.Integer(1), sp.Integer(3)}),
                   frozenset({sp.Integer(2), sp.Integer(3)})}  # fmt: skip


def test_an_expression_on_an_edge():
    assert substitute(sp.Eq(x, 2 * y, evaluate=False), x**2 - y) == y * (4 * y - 1)
    assert substitute(sp.Eq(x**2, y, evaluate=False), x + y) == x + y
    assert substitute(sp.Eq(x, x * y, evaluate=False), x) == x


@pytest.mark.parametrize(
    ("expression", "given", "expected"),
    [
        (x - y, (), x > y),
        (2 * x - 1, (), x > sp.Rational(1, 2)),
        (1 - 2 * x, (), x < sp.Rational(1, 2)),
        (x * y - 1, [y > 0], x > 1 / y),
        (x * y - 1, [y < 0], x < 1 / y),
        (-x - y, (), x < -y),
    ],
    ids=str,
)
def test_an_inequality_as_people_write_it(expression, given, expected):
    space = Space.of(*given, symbols=[x, y])
    for strict in (True, False):
        plain = (sp.Gt if strict else sp.Ge)(expression, 0)
        found = positive_condition(expression, space, strict)
        assert same(found, plain, space), found
        assert isinstance(found, (sp.Gt, sp.Lt) if strict else (sp.Ge, sp.Le))
        assert not found.has(sp.Integer(0)) or found.rhs == 0
    assert same(positive_condition(expression, space), expected, space)
    assert sp.count_ops(positive_condition(expression, space)) <= sp.count_ops(expected)


def test_a_minus_is_spared():
    for e in ((y - x) * (-1 - x), -x * (x - y), (1 - x) ** 3 / (y - 2), -(x + y), 3 - x, -2 * x):
        assert (
            sp.expand(absorb_minus_signs(e) - e) == 0 or sp.simplify(absorb_minus_signs(e) - e) == 0
        )
    assert str(absorb_minus_signs(-z * (y - x))) == "z*(x - y)"


@pytest.mark.parametrize(
    ("condition", "given", "expected"),
    [
        (sp.And(x * y > 0, x > 1), [y > 0], x > 1),
        (sp.Or(x * y > y, sp.And(x > 1, y > 3)), [y > 0], x > 1),
        (x * y >= y, [y > 0], x >= 1),
        (x * y < y, [y > 0], x < 1),
        (x * y < y, [y < 0], x > 1),
        (sp.log(x / y) > 0, [x > 0, y > 0], x > y),
        (y * sp.log(x) < 0, [x > 0, y > 0], x < 1),
        (sp.Eq(x, y), (), sp.Eq(x, y)),
    ],
    ids=str,
)
def test_a_condition_is_said_without_what_says_nothing(condition, given, expected):
    space = Space.of(*given, symbols=[x, y])
    found = condition_forms(condition, space).condition
    assert same(found, expected, space)
    assert sp.count_ops(found) <= sp.count_ops(expected)


@pytest.mark.parametrize(
    ("expression", "given", "where"),
    [
        (x * (y - 1), [x > 0], y > 1),
        (x * (y - 1), [x < 0], y < 1),
        ((x - 1) ** 2 * y, [y > 0], sp.Ne(x, 1)),
        (-((x - 1) ** 2) * y, [y > 0], sp.Ne(x, 1)),
        ((x - 1) * y**2, (), sp.And(x > 1, sp.Ne(y, 0))),
        ((x - y) ** 3, (), x > y),
        (x * y, [x >= 0, y >= 0], sp.And(x > 0, y > 0)),
        (-x * y, [x >= 0, y >= 0], sp.And(x > 0, y > 0)),
    ],
    ids=str,
)
def test_where_a_sign_turns(expression, given, where):
    space = Space.of(*given, symbols=[x, y])
    found = sign_condition(prover.sign(expression, given=space))
    assert found is not None
    assert same(found.condition, where, space), found.condition
    assert all(p.verdict == "proved" for p in found.proofs)


def test_a_strict_sign_turns_on_nothing():
    for expression in (x**2 + 1, -(x**2) - 1, sp.Integer(0) * x):
        assert sign_condition(prover.sign(expression, given=PLANE)) is None
    assert (
        sign_condition(prover.sign(sp.Max(x, 0), given=PLANE)) is None
    )  # nothing simpler decides it


def test_what_a_space_does_not_imply():
    right = Space.of(x > 0, symbols=[x, y])
    assert unimplied_conditions([x > 0, y > 0], right) == (y > 0,)
    assert unimplied_conditions([sp.And(x > -1, y > 0), y > -1], right) == (y > 0,)
    assert unimplied_conditions([sp.Or(x > 0, y > 0)], right) == ()
    assert unimplied_conditions([x > 0], right) == ()
    assert domain_conditions((1 / y, sp.log(x)), right) == (sp.Ne(y, 0),)
