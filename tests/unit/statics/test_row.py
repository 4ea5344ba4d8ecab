"""A row of several branches: its sign, its verdict, its condition, from those of the branches."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.statics.row import ComparativeStatic, StaticsBranch

x, y = sp.symbols("x y", real=True)


def row(formula, given=()) -> ComparativeStatic:
    (found,) = eeu.comparative_statics({"f": formula}, given=given, wrt="x")
    assert isinstance(found, ComparativeStatic)
    return found


@pytest.mark.parametrize(
    ("formula", "sign", "verdict"),
    [
        (2 * x + y, "+", "proved"),
        (y - x, "-", "proved"),
        (x**3 + x, "+", "proved"),
        (sp.Max(x, 0), ">=0", "proved"),
        (sp.Min(-x, y), "<=0", "proved"),
        (sp.Max(x, 3 * x), "+", "proved"),
        (sp.Abs(x), "?", "depends"),
        (x**2, "?", "depends"),
        (sp.Piecewise((x, y > 0), (x**2, True)), "?", "depends"),
    ],
    ids=str,
)
def test_the_sign_of_a_row_is_that_of_its_branches(formula, sign, verdict):
    found = row(formula)
    assert (found.sign, found.verdict) == (sign, verdict)
    assert (found.condition is None) is (sign in ("+", "-"))
    assert len(found.witnesses) == (2 if verdict == "depends" else 0)
    if verdict == "depends":
        slopes = [found.derivative.subs(point) for point in found.witnesses]
        assert slopes[0] > 0 > slopes[1]
    points = [{x: sp.Rational(i, 2), y: sp.Integer(j)} for i in (-3, 3) for j in (-2, 2)]
    condition = found.condition
    for point in points:
        slope = sp.diff(formula, x).subs(point)
        if condition is not None:
            wanted = slope < 0 if sign == "<=0" else slope > 0
            assert (truth_value(condition, point) is True) is bool(wanted), point


def test_why_a_sign_is_unknown():
    found = row(sp.sin(x))
    (branch,) = found.branches
    assert isinstance(branch, StaticsBranch)
    assert (found.sign, found.verdict, branch.strict) == ("?", "unknown", None)
    assert "cos" in branch.why
    assert branch.reading == f"unknown ({branch.why})"
    assert found.condition is None
    assert found.witnesses == ()


def test_where_a_branch_is_strict():
    weak = {b.derivative: b for b in row(sp.Max(x, 0)).branches}
    assert (weak[1].strict, weak[0].strict) == (weak[1].condition, sp.false)
    (cubed,) = row(x**3).branches
    assert (cubed.result.sign, cubed.claim) == (">=0", "+")
    assert cubed.reading.endswith(", else 0")
    assert [truth_value(cubed.strict, {x: sp.Integer(k)}) for k in (-1, 0, 1)] == [
        True,
        False,
        True,
    ]
