"""Quantities with several formulas: their branches, and what happens where two of them meet."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.statics import Boundary, ComparativeStatic, StaticsTable
from gametheory_eeu.statics.piecewise import _is_facet

x, y, a = sp.symbols("x y a", real=True)


def row(formula: object, wrt: str = "x", given: object = ()) -> ComparativeStatic:
    table: StaticsTable = eeu.comparative_statics({"f": formula}, wrt=wrt, given=given)
    found: ComparativeStatic = table["f", wrt]
    return found


def only(found: ComparativeStatic) -> Boundary:
    (edge,) = found.boundaries
    return edge


def test_a_maximum_is_continuous_with_a_kink() -> None:
    found = row(sp.Max(x, y))
    assert (found.sign, found.verdict) == (">=0", "proved")
    assert {b.reading for b in found.branches} == {"+", "0"}
    edge = only(found)
    assert (edge.kind, edge.slope_change, edge.is_directed) == ("kink", "+", True)
    assert edge.proofs
    assert edge.text == "at x = y: continuous, with a kink, upward"


def test_a_step_jumps_by_its_height() -> None:
    edge = only(row(sp.Piecewise((a, x < y), (a + 2, True))))
    assert (edge.kind, edge.jump, edge.size) == ("jump", "+", 2)
    assert edge.text == "at x = y: jumps up by 2"


def test_the_direction_is_that_in_which_the_parameter_rises() -> None:
    step = sp.Piecewise((0, x < y), (1, True))
    assert only(row(step, "x")).jump == "+"
    assert only(row(step, "y")).jump == "-"


def test_a_formula_that_goes_on_has_one_slope() -> None:
    smooth = sp.Piecewise((x**2, x < 0), (x**3, True))
    assert only(row(smooth)).kind == "smooth"


def test_an_edge_that_the_parameter_does_not_move_is_none() -> None:
    assert row(sp.Piecewise((x, a < 0), (2 * x, True))).boundaries == ()


def test_a_jump_on_part_of_the_edge_only_is_a_weak_one() -> None:
    edge = only(row(sp.Piecewise((0, x < y), (a**2, True))))
    assert (edge.kind, edge.jump) == ("jump", ">=0")


def test_branches_have_signs_of_their_own() -> None:
    found = row("max(0, x - a)**2*(1 - y)", given=["0 <= y", "y <= 1", "a > 0"])
    assert found.sign == ">=0"
    assert found.reading == "0 where a > x; + iff y < 1, else 0 where a < x"


def test_a_sign_that_depends_on_one_branch_only_says_so() -> None:
    game = eeu.RepeatedCommitment()
    found = game.comparative_statics("minimum_binding", "delta")[0]
    assert found.verdict == "depends"
    assert found.reading == (
        "0 where binding_need < 0; + iff d*(g - v) > k_b*(r - v) where binding_need > 0"
    )
    up, down = found.witnesses
    assert found.derivative.xreplace(dict(up)) > 0 > found.derivative.xreplace(dict(down))


def test_the_edge_of_what_exists_is_no_boundary() -> None:
    """minimum_binding is N/M where 0 < N <= M: at N = 0 it has a value where M > 0 only."""
    game = eeu.RepeatedCommitment()
    edge = only(game.comparative_statics("minimum_binding", "r")[0])
    assert edge.kind == "kink"
    s = game.symbols
    effect = game.quantities["binding_effect"].expression
    assert eeu.prove(sp.Ne(effect, 0), given=edge.space).verdict == "proved"
    assert s.r in edge.where.condition.free_symbols | edge.where.by_name.free_symbols


def test_nested_maxima_leave_no_case_that_is_only_an_edge() -> None:
    found = row(sp.Max(0, x) + 2 * sp.Max(0, -x))
    assert {b.derivative for b in found.branches} == {1, -2}
    assert only(found).slope_change == "+"


def test_at_values_a_branch_that_is_left_out_is_gone() -> None:
    game = eeu.Participation(hegemon_power=1, resistance=2)
    (found,) = game.comparative_statics("uniform_bill", "P")
    assert [b.derivative for b in found.branches] == [-game.symbols.n]


def test_a_whole_number_moves_by_one() -> None:
    n = sp.Symbol("n", integer=True, positive=True)
    found = row(sp.Max(n, 3), "n")
    assert found.sign == ">=0"
    values = {k: found.derivative.xreplace({n: sp.Integer(k)}) for k in (1, 2, 3, 7)}
    assert values == {1: 0, 2: 0, 3: 1, 7: 1}


@pytest.mark.parametrize("form", ["abs(x)", "max(x, -x)"])
def test_absolute_values(form: str) -> None:
    found = row(form)
    assert found.verdict == "depends"
    assert only(found).kind == "kink"


def test_too_many_pieces_are_said() -> None:
    names = sp.symbols("z:12", real=True)
    found = row(sp.Max(x, *names))
    assert found.sign == ">=0"
    assert "continuous" in found.note


def test_pieces_that_share_only_a_corner_have_no_edge() -> None:
    """With x >= 0 on one side and x + a <= 0 on the other they touch at x = 0, a = 0 alone."""
    formula = sp.Max(0, x) / 2 + sp.Max(0, a - sp.Max(0, -x)) / 3
    found = row(formula, given="a >= 0")
    assert len(found.branches) == 3
    meets = {(str(edge.where.condition), edge.before, edge.after) for edge in found.boundaries}
    assert meets == {
        ("Eq(x, 0)", a / 3 + x / 3, a / 3 + x / 2),
        ("Eq(a, -x)", sp.Integer(0), a / 3 + x / 3),
    }


def test_an_edge_written_two_ways_is_no_corner() -> None:
    """Of a positive a, a*x = a*y is the same edge as x = y, and a kink of both pieces."""
    formula = sp.Piecewise((2 * x - y, a * x >= a * y), (x, x < y), (0, True))
    edge = only(row(formula, given="a > 0"))
    assert (edge.kind, edge.text) == ("kink", "at x = y: continuous, with a kink, upward")
    line = eeu.Space.of(a > 0, sp.Eq(x - y, 0))
    assert _is_facet(line, [a * x >= a * y, x <= y], x - y)
    assert not _is_facet(line, [x >= y, sp.And(x <= y, a <= 0)], x - y)


def test_a_space_that_is_an_edge_has_its_rows_all_the_same() -> None:
    """Where x = y, the maximum of x and y moves with what is added, and in x alone not at all."""
    table = eeu.comparative_statics({"f": sp.Max(x, y) + a}, given=sp.Eq(x, y))
    assert [(found.parameter.name, found.reading) for found in table] == [("a", "+")]
    edge = sp.Piecewise((5, x <= 0), (x, True)) + a
    table = eeu.comparative_statics({"f": edge}, given=sp.Eq(x, 0))
    assert [(found.parameter.name, found.reading) for found in table] == [("a", "+")]


def test_a_part_of_the_space_that_is_an_edge_is_not_left_out() -> None:
    """Of Max(x, y, a): where x = y > a, it does not move with a, though elsewhere it is a."""
    part = sp.Or(sp.And(sp.Eq(x, y), x > a), sp.And(a > x, a > y))
    found = row(sp.Max(x, y, a), "a", part)
    assert found.sign == ">=0"
    for point, slope in (((2, 2, 1), 0), ((1, 2, 3), 1)):
        assert found.derivative.xreplace(dict(zip((x, y, a), point, strict=True))) == slope
