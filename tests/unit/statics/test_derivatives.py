"""Slopes against exact differences: of formulas, of whole numbers, of roots, through parameters."""

import sympy as sp

from gametheory_eeu.core import COUNT, REAL, Parameter
from gametheory_eeu.games import ImplicitRoot
from gametheory_eeu.statics.derivatives import ShiftParameter, root_derivative

x, s, w, u, v = sp.symbols("x s w u v", real=True)
n = sp.Symbol("n", integer=True, positive=True)
S = Parameter("s", s, REAL, "what moves")
U = Parameter("u", u, sp.Interval.open(0, sp.oo), "what the weight is made of, too")
V = Parameter("v", v, REAL, "something else")
W = Parameter("w", w, REAL, "a weight", default=s**2 / u)
TABLE = (S, U, V, W)


def test_a_parameter_moves_what_is_derived_from_it():
    mover = ShiftParameter.of(S, TABLE)
    assert (mover.derived, mover.symbol) == ((W,), s)
    assert mover.symbols == {s, w}
    assert set(mover.domains) == {sp.true, U.condition}
    assert ShiftParameter.of(V, TABLE).derived == ()
    assert [mover.moves(e) for e in (s + 1, w * v, u * v, sp.Integer(1), s > 0)] == [
        True, True, False, False, True]  # fmt: skip
    assert mover.moves(v, w)
    assert set(mover.ties(w + 1)) == {sp.Eq(w, s**2 / u), sp.true, U.condition}
    assert mover.ties(s + v) == ()


def test_the_total_derivative_goes_through_what_is_derived():
    mover = ShiftParameter.of(S, TABLE)
    for expression in (s * v, w * s, w**2 + s, v * u, 1 / (1 + w**2)):
        whole = expression.subs(w, W.default)
        expected = sp.diff(whole, s)
        assert sp.simplify(mover.slope(expression).subs(w, W.default) - expected) == 0


def test_values_of_the_other_ingredients():
    mover = ShiftParameter.of(S, TABLE).at({u: sp.Integer(4)})
    assert mover.derived[0].default == s**2 / 4
    assert mover.domains == ()
    assert sp.simplify(mover.slope(w) - s / 2) == 0


def test_a_whole_number_adds_a_difference():
    count = Parameter("n", n, COUNT, "members")
    share = Parameter("w", w, REAL, "a share", default=1 / n)
    mover = ShiftParameter.of(count, (count, share))
    assert mover.is_whole
    assert not ShiftParameter.of(S, TABLE).is_whole
    assert ShiftParameter(Parameter("n", sp.Symbol("n", real=True), COUNT, "members")).is_whole
    assert sp.expand(mover.slope(n**2) - (2 * n + 1)) == 0
    assert sp.simplify(mover.slope(w) - (1 / (n + 1) - w)) == 0
    assert mover.after(w * n > 1) == ((n + 1) / (n + 1) > 1)
    assert mover.rate(n**2) == 2 * n


def test_a_slope_is_factored_where_that_is_shorter():
    assert ShiftParameter(S).slope(s**3 / 3 + s**2 * v + s * v**2) == (s + v) ** 2
    assert ShiftParameter(S).slope(sp.Max(s, v) * 0 + s**2 + s) == 2 * s + 1


def test_the_slope_of_a_root_is_that_of_its_closed_form():
    root = ImplicitRoot(x, x**2 - s, x > 0)  # x is the square root of s
    found = root_derivative(root, ShiftParameter(S))
    at = {s: sp.Integer(9), x: sp.Integer(3)}
    assert found.expression.subs(at) == sp.Rational(1, 6)
    assert found.conditions == (sp.Eq(x**2 - s, 0), x > 0)
    assert found.regular == sp.Ne(2 * x, 0)
    cubed = root_derivative(root, ShiftParameter(S), value=x**3 + s)
    assert cubed.expression.subs(at) == sp.diff(s ** sp.Rational(3, 2) + s, s).subs(s, 9)


def test_the_slope_of_a_root_through_what_is_derived():
    root = ImplicitRoot(x, x**2 - w, x > 0)
    found = root_derivative(root, ShiftParameter.of(S, TABLE)).expression
    at = {s: sp.Integer(6), u: sp.Integer(4), w: sp.Integer(9), x: sp.Integer(3)}
    assert found.subs(at) == sp.Rational(1, 2)  # x is s/2 where u is 4
