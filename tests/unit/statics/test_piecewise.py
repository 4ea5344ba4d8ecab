"""Pieces of a quantity and the breakpoints between them, against what they are at points."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.core.parameter import Source
from gametheory_eeu.games import Quantity
from gametheory_eeu.statics.condition_forms import ALWAYS
from gametheory_eeu.statics.piecewise import (
    MAX_PIECES,
    Breakpoint,
    _equation,
    _is_facet,
    _normal_form,
    _ratio,
    breakpoints,
    pieces,
    substitute,
)

x, y, z = sp.symbols("x y z", real=True)
VALUES = [sp.Integer(k) for k in (-2, -1, 0, 1, 2)]
POINTS = [dict(zip((x, y, z), point, strict=True)) for point in product(VALUES, repeat=3)]
GAP = Quantity("gap", r"\Delta", x - 2 * y, sp.true, "", Source("M"))
QUADRANTS = sp.Piecewise((1, sp.And(x > 0, y > 0)), (2, sp.And(x < 0, y < 0)), (3, True))
CORNER = sp.Piecewise((5, sp.And(x > 0, y > 0)), (1, True))
OUTSIDE = sp.Piecewise((5, sp.Or(x > 0, y > 0)), (1, True))


def space(*given: sp.Basic) -> Space:
    return Space.of(*given, symbols=[x, y, z])


def told(edge: Breakpoint) -> tuple[Any, ...]:
    sides = edge.below.expression, edge.above.expression
    return edge.zero, *sides, edge.is_separating, edge.jump.sign, edge.ratio


def edges(expression: sp.Expr, *given: sp.Basic) -> list[tuple[Any, ...]]:
    return [told(edge) for edge in breakpoints(expression, space(*given))]


@pytest.mark.parametrize(
    ("expression", "given", "expected"),
    [
        (x * y, [], []),
        (sp.Abs(x), [x > 1], []),
        (sp.Max(x, 2 * y), [], [(x - 2 * y, 2 * y, x, True, "0", 1)]),
        (sp.Min(x, 2 * y), [], [(x - 2 * y, x, 2 * y, True, "0", -1)]),
        (sp.Abs(x), [], [(x, -x, x, True, "0", 2)]),
        (sp.sign(x), [], [(x, 0, 1, False, "+", None), (x, -1, 1, True, "+", None),
                          (x, -1, 0, False, "+", None)]),
        (sp.Max(x, y, z), [], [(x - y, y, x, True, "0", 1), (x - z, z, x, True, "0", 1),
                               (y - z, z, y, True, "0", 1)]),
        (sp.Piecewise((x + 3, y > 1), (x, True)), [], [(y - 1, x, x + 3, True, "+", None)]),
        (sp.Piecewise((x + 3, y < 1), (x, True)), [], [(y - 1, x + 3, x, True, "-", None)]),
        (sp.Piecewise((x, x < y * z), (y * z, True)), [], [(x - y * z, x, y * z, True, "0", -1)]),
        (sp.Piecewise((z**2, x > y), (0, True)), [], [(x - y, 0, z**2, True, ">=0", None)]),
        (sp.Piecewise((x, x**2 > 1), (1, True)), [], [(x**2 - 1, 1, x, True, "<=0", None)]),
        (sp.Piecewise((1, x > y), (2, True)), [x >= y], [(x - y, 2, 1, False, "-", None)]),
        (sp.Piecewise((1, x > y), (2, True)), [x > y], []),
        (sp.Piecewise((1, sp.Eq(x, 0)), (2, True)), [], [(x, 1, 2, False, "+", None)]),
        (CORNER, [], [(x, 1, 5, False, "+", None), (y, 1, 5, False, "+", None)]),
        (OUTSIDE, [], [(x, 1, 5, False, "+", None), (y, 1, 5, False, "+", None)]),
        (sp.Piecewise((1, sp.And(x < 0, y < 0)), (5, True)), [],
         [(x, 1, 5, False, "+", None), (y, 1, 5, False, "+", None)]),
        (sp.Piecewise((1, sp.Or(x < 0, y < 0)), (5, True)), [],
         [(x, 1, 5, False, "+", None), (y, 1, 5, False, "+", None)]),
    ],
    ids=str,
)  # fmt: skip
def test_a_breakpoint_has_its_sides_its_jump_and_its_ratio(
    expression: sp.Expr, given: list[sp.Basic], expected: list[tuple[Any, ...]]
) -> None:
    assert edges(expression, *given) == expected


@pytest.mark.parametrize(
    "expression",
    [sp.Max(x, 2 * y), sp.Abs(x - y), sp.Piecewise((x, x > 1), (y, x > 0), (x + y, True)),
     QUADRANTS, CORNER, OUTSIDE],
    ids=str,
)  # fmt: skip
def test_a_breakpoint_lies_between_its_pieces(expression: sp.Expr) -> None:
    found, whole = breakpoints(expression, space()), pieces(expression, space())
    assert found
    for edge in found:
        assert {edge.above, edge.below} <= set(whole)
        assert sp.expand(edge.gap - (edge.above.expression - edge.below.expression)) == 0
        on_it = [p for p in POINTS if all(c.xreplace(p) == sp.true for c in edge.place.constraints)]
        assert on_it
        for point in on_it:
            assert edge.zero.xreplace(point) == 0
            assert edge.where.condition.xreplace(point) == sp.true
            gap = edge.gap.xreplace(point)
            assert {"+": gap > 0, "-": gap < 0, "0": gap == 0, "?": True}[edge.jump.sign]
        for point in POINTS if edge.is_separating else ():
            side = edge.zero.xreplace(point)
            assert edge.above.where.condition.xreplace(point) == sp.false or side >= 0
            assert edge.below.where.condition.xreplace(point) == sp.false or side <= 0


def test_pieces_on_one_side_are_not_separated() -> None:
    formula = sp.Piecewise((1, sp.And(x > 0, sp.Eq(y, z))), (2, x > 0), (3, True))
    found = {(e.zero, e.below.expression, e.above.expression): e.is_separating
             for e in breakpoints(formula, space())}  # fmt: skip
    assert found[x, 3, 1] is found[x, 3, 2] is True
    assert not any(separate for (_, *sides), separate in found.items() if set(sides) == {1, 2})


def test_pieces_are_said_where_they_hold() -> None:
    (lone,) = pieces(x * y, space())
    assert (lone.where, lone.expression, lone.case) == (ALWAYS, x * y, sp.true)
    (lone,) = pieces(sp.Max(x, 0), space(x >= 0))
    assert (lone.where, lone.expression, lone.case) == (ALWAYS, x, x >= 0)
    first, second = pieces(sp.Max(y * x, 2 * y**2), space(y > 0), (GAP,))
    assert {first.where.condition, second.where.condition} == {x - 2 * y >= 0, x - 2 * y <= 0}
    assert {str(first.where.by_name), str(second.where.by_name)} == {"gap >= 0", "gap <= 0"}
    many = sp.symbols("s:9", real=True)
    assert len(many) > MAX_PIECES
    found = pieces(sp.Max(*(2 * s for s in many)), Space.of(symbols=many))
    assert len(found) == 9
    assert all(p.where.condition == p.where.by_name == p.case for p in found)
    assert found[0].case == sp.And(*(2 * many[0] >= 2 * s for s in many[1:]))


def test_a_breakpoint_is_where_both_formulas_have_a_value() -> None:
    def place(formula: sp.Expr, *given: sp.Basic) -> set[sp.Basic]:
        (edge,) = breakpoints(sp.Piecewise((formula, y > 0), (2, True)), space(*given))
        return {c for c in edge.place.constraints if y not in c.free_symbols}

    assert place(x) == set()
    assert place(1 / x) == {sp.Ne(x, 0)}
    assert place(1 / x + 1 / (x - z)) == {sp.Ne(x, 0), sp.Ne(x - z, 0)}
    assert place(1 / x, x > 0) == {x > 0}
    assert place(1 / x, x < 0) == {x < 0}
    assert place(1 / x, x >= 0) == {x >= 0, sp.Ne(x, 0)}
    assert place(1 / x, x**2 > 1) == {x**2 > 1}
    assert place(x**-2) == {sp.Ne(x, 0)}
    assert place(sp.log(x)) == {x > 0}
    assert place(sp.log(x), x > 1) == {x > 1}
    assert place(sp.floor(x)) == set()
    (edge,) = breakpoints(sp.Piecewise((1 / y, y > 0), (2, True)), space(y > -1)) or (None,)
    assert edge is None  # where it would be there is no value


def test_a_space_with_alternatives_is_met_in_each_piece() -> None:
    (edge,) = breakpoints(sp.Max(x, y), space(sp.Or(x > 1, y > 1)))
    for claim in (x >= 1, y >= 1, sp.Eq(x, y)):
        assert prover.prove(claim, given=edge.place).verdict == "proved"
    assert prover.is_satisfiable(Space.of(edge.place, sp.Eq(x, 2)))
    assert edges(sp.Max(x, y), sp.Or(x > y + 1, x < y - 1)) == []
    assert len(edges(sp.Max(x, y), sp.Or(x > y + 1, x < y + 1), x > 0)) == 1


def test_two_pieces_that_meet_at_a_corner_have_no_breakpoint() -> None:
    met = {frozenset(edge[1:3]) for edge in edges(QUADRANTS)}
    assert met == {frozenset({sp.Integer(1), sp.Integer(3)}),
                   frozenset({sp.Integer(2), sp.Integer(3)})}  # fmt: skip
    line = space(sp.Eq(x, 0))
    assert _is_facet(line, [x >= 0, x <= 0], x)
    assert _is_facet(line, [sp.And(x >= 0, y >= 0), sp.And(x <= 0, y >= 0)], x)
    assert not _is_facet(line, [sp.And(x >= 0, y >= 0), sp.And(x <= 0, y <= 0)], x)
    assert not _is_facet(line, [sp.And(x >= 0, y >= 0, z >= 1), sp.And(x <= 0, z <= 1)], x)
    assert _is_facet(space(y > 0, sp.Eq(x, 0)), [x * y >= 0, x <= 0], x)


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (2 * x - 4 * y, x - 2 * y), (4 * y - 2 * x, x - 2 * y), (x / y - 1, x - y),
        (1 - x / y, x - y), (x / 2 - y / 3, 3 * x - 2 * y), (1 - x**2, x**2 - 1),
        ((x - y) / (x + y), x - y), (sp.exp(x) - y, y - sp.exp(x)), (y - sp.exp(x), y - sp.exp(x)),
    ],
    ids=str,
)  # fmt: skip
def test_an_equation_has_one_left_side(difference: sp.Expr, expected: sp.Expr) -> None:
    assert _normal_form(difference) == expected


@pytest.mark.parametrize(
    ("gap", "zero", "expected"),
    [
        (x - y, x - y, 1), (x**2 - y**2, x - y, x + y), ((x - y) / z, x - y, 1 / z),
        (z * y - z * x, x - y, -z), (sp.Integer(3), x, None), (x - y + 1, x - y, None),
        (x * sp.log(y), x, None), (x, sp.exp(x) - 1, None), (x * sp.Abs(y), x, None),
        (x * sp.sqrt(y), x, None), (sp.Integer(0), x, 0),
    ],
    ids=str,
)  # fmt: skip
def test_a_gap_over_what_is_zero(gap: sp.Expr, zero: sp.Expr, expected: sp.Expr | None) -> None:
    found = _ratio(gap, zero)
    assert found == expected
    assert found is None or sp.simplify(found * zero - gap) == 0


@pytest.mark.parametrize(
    ("zero", "given", "expected"),
    [
        (x - 2 * y, [], sp.Eq(x, 2 * y)), (x * y - 1, [y > 0], sp.Eq(x, 1 / y)),
        (x * y - z, [x < 0], sp.Eq(y, z / x)), (x * y - 1, [y >= 0], sp.Eq(x * y - 1, 0)),
        (x**2 - y, [], sp.Eq(y, x**2)), (x**2 - y**2, [], sp.Eq(x**2 - y**2, 0)),
        (sp.exp(x) - y, [], sp.Eq(y, sp.exp(x))), (2 * x - 1, [], sp.Eq(x, sp.Rational(1, 2))),
        (y * z - x * y + z, [], sp.Eq(-x * y + y * z + z, 0)),
        (x + y * (z - y), [], sp.Eq(x, y * (y - z))),
    ],
    ids=str,
)  # fmt: skip
def test_an_equation_is_solved_where_that_is_safe(
    zero: sp.Expr, given: list[sp.Basic], expected: sp.Basic
) -> None:
    found = _equation(zero, space(*given))
    assert found == expected
    solved = substitute(found, zero)
    assert solved == (0 if isinstance(found.lhs, sp.Symbol) else zero)


def test_an_expression_on_a_breakpoint() -> None:
    assert substitute(sp.Eq(x, 2 * y, evaluate=False), x**2 - y) == y * (4 * y - 1)
    assert substitute(sp.Eq(x, 2 * y), y * sp.exp(x) - sp.exp(x)) == y * sp.exp(2 * y) - sp.exp(
        2 * y
    )
    assert substitute(sp.Eq(x, 2 * y), sp.log(x) * y - y) == y * sp.log(2 * y) - y
    assert substitute(sp.Eq(x**2, y, evaluate=False), x + y) == x + y
    assert substitute(sp.Eq(x, x * y, evaluate=False), x) == x


def test_a_breakpoint_is_said_by_name() -> None:
    (edge,) = breakpoints(sp.Max(3 * x, 6 * y), space(), (GAP,))
    assert (str(edge.where.condition), str(edge.where.by_name)) == ("Eq(x, 2*y)", "Eq(gap, 0)")


def test_a_condition_in_two_parts_has_no_edge_between_them() -> None:
    """It is min(x, 0), written with a border at k = x on which nothing changes."""
    x, k = sp.symbols("x k", real=True)
    inside = sp.Or(sp.And(x >= 0, x < k), sp.And(x >= 0, x >= k))
    quantity = sp.Piecewise((0, inside), (x, True))
    (edge,) = breakpoints(quantity, Space((k, x)))
    assert (edge.zero, edge.jump.sign) == (x, "0")
    assert "jumps" not in str(eeu.comparative_statics(quantity))


def test_a_condition_in_two_parts_jumps_where_it_does() -> None:
    """One on a half-plane and on a strip beside it: the outer borders are edges, the inner not."""
    x, k = sp.symbols("x k", real=True)
    inside = sp.Or(sp.And(x >= 0, x < k), sp.And(x >= k, x <= k + 1))
    quantity = sp.Piecewise((1, inside), (0, True))
    zeros = {e.zero for e in breakpoints(quantity, Space.of(k > 0, symbols=(x,)))}
    assert zeros == {x, k - x + 1}
