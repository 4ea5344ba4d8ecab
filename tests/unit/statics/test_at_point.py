"""Rows at numbers: values, derivatives, elasticities and finite steps, each worked out by hand."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError, GameTheoryError, UnsupportedError
from gametheory_eeu.statics.recheck import local_effect, local_effects, root_at

x, a, b = sp.symbols("x a b", real=True)
n = sp.Symbol("n", integer=True, positive=True)
HALF = sp.Rational(1, 2)


def row(formula, wrt="x", given=()):
    (found,) = eeu.comparative_statics({"f": formula}, given=given, wrt=wrt)
    return found


@pytest.mark.parametrize(
    ("formula", "at", "value", "derivative", "elasticity"),
    [
        (x**2, 3, 9, 6, 2),
        (x**2, -3, 9, -6, 2),
        (x**2, 0, 0, 0, None),  # there is no percentage of nothing
        (x - 2, 2, 0, 1, None),
        (x + 1, 0, 1, 1, 0),
        (x + 1, 1, 2, 1, HALF),
        (1 / x, 4, sp.Rational(1, 4), -sp.Rational(1, 16), -1),
        (sp.sqrt(x), 4, 2, sp.Rational(1, 4), HALF),
        (3 * x, -2, -6, 3, 1),
    ],
    ids=str,
)
def test_an_elasticity_is_the_derivative_times_the_point_over_the_value(
    formula, at, value, derivative, elasticity
):
    given = "x > 0" if formula in (1 / x, sp.sqrt(x)) else ()
    found = local_effect(row(formula, given=given), {x: sp.Integer(at)})
    assert (found.at, found.value, found.derivative) == (at, value, derivative)
    assert found.elasticity == elasticity
    assert (found.quantity, found.parameter) == ("f", "x")


@pytest.mark.parametrize(
    ("at", "step", "change"),
    [(3, sp.Rational(3, 10), sp.Rational(189, 100)),
     (-3, sp.Rational(3, 10), -sp.Rational(171, 100)),
     (0, sp.Rational(1, 10), sp.Rational(1, 100))],
)  # fmt: skip
def test_a_step_is_a_tenth_of_the_point(at, step, change):
    found = local_effect(row(x**2), {x: sp.Integer(at)})
    assert (found.step, found.change) == (step, change)


def test_a_step_that_is_asked_for_is_taken():
    found = local_effect(row(x**2), {x: sp.Integer(3)}, step=sp.Integer(-1))
    assert (found.step, found.change) == (-1, 4 - 9)


def test_a_whole_number_moves_by_one():
    found = local_effect(row(n**2, "n"), {n: sp.Integer(3)})
    assert (found.step, found.derivative, found.change, found.elasticity) == (
        1,
        7,
        7,
        sp.Rational(7, 3),
    )
    assert row(n**2, "n").is_whole
    assert not row(x**2).is_whole


def test_a_step_out_of_where_the_quantity_exists_has_no_change():
    bounded = row(sp.Piecewise((x, x < 1)), given="x < 1")
    assert local_effect(bounded, {x: HALF}, step=sp.Integer(1)).change is None
    assert local_effect(bounded, {x: HALF}, step=sp.Rational(1, 4)).change == sp.Rational(1, 4)
    pole = row(1 / x, given="x != 0")
    assert local_effect(pole, {x: sp.Integer(1)}, step=sp.Integer(-1)).change is None
    assert local_effect(pole, {x: sp.Integer(1)}, step=sp.Integer(-2)).change == -2


def test_a_step_across_a_jump_and_a_kink():
    jump = row(sp.Piecewise((x, x < 1), (x + 5, True)))
    assert local_effect(jump, {x: HALF}, step=sp.Integer(1)).change == 6
    assert local_effect(jump, {x: sp.Integer(2)}).derivative == 1
    kink = row(sp.Max(x, -x))
    assert local_effect(kink, {x: sp.Integer(-1)}, step=sp.Integer(3)).change == 1
    assert [local_effect(kink, {x: sp.Integer(k)}).derivative for k in (-2, 2)] == [-1, 1]
    with pytest.raises(DoesNotExistError, match="no derivative in x at this point"):
        local_effect(kink, {x: sp.Integer(0)})


def test_every_symbol_needs_a_value():
    with pytest.raises(GameTheoryError, match="no value for a, x"):
        local_effect(row(a * x * b), {b: sp.Integer(1)})
    with pytest.raises(GameTheoryError, match="no value for a"):
        local_effect(row(x + a), {x: sp.Integer(1)})
    apart = row(x**2, given=["x > 0", "a > 0"])
    assert local_effect(apart, {x: sp.Integer(3)}).derivative == 6  # of a nothing is asked
    found = local_effects([row(a * x), row(x**2)], {x: sp.Integer(2)}, "two", sp.Integer(1))
    assert len(found) == 1
    assert found["f", "x"].change == 5
    assert found.notes == ("d f / d x: no value for a",)
    assert "1 derivatives at numbers: two" in repr(found)
    assert [m.value for m in found] == [4]


ROOT = eeu.implicit("x**3 + a*x == b", "x", where="x > 0")  # at a = 2, b = 3 the root is 1


def test_a_root_moves_as_its_equation_says():
    by_a = row(ROOT, "a", ["a > 0", "b > 0"])
    here = {a: sp.Integer(2), b: sp.Integer(3)}
    assert root_at(by_a, here) == 1
    found = local_effect(by_a, here, step=sp.Integer(9))  # x^3 + 11 x = 3 at the new root
    assert (found.value, found.derivative) == (1, -sp.Rational(1, 5))
    assert found.elasticity == -sp.Rational(2, 5)
    assert found.change is not None
    new = found.change + 1
    assert abs(sp.N(new**3 + 11 * new - 3)) < 1e-12
    assert local_effect(row(ROOT, "b", ["a > 0", "b > 0"]), here).derivative == sp.Rational(1, 5)


def test_a_function_of_a_root():
    squared = row(("x**2 + a", ROOT), "a", ["a > 0", "b > 0"])
    found = local_effect(squared, {a: sp.Integer(2), b: sp.Integer(3)})
    assert (found.value, found.derivative) == (3, 1 - sp.Rational(2, 5))


def test_no_root_on_the_branch_is_no_value():
    lone = row(eeu.implicit("x**2 == b", "x", where="x > 1"), "b", "b > 1")
    assert root_at(lone, {b: HALF}) is None
    assert root_at(lone, {b: sp.Integer(4)}) == 2
    found = local_effect(lone, {b: sp.Integer(4)}, step=-sp.Rational(7, 2))
    assert (found.derivative, found.change) == (sp.Rational(1, 4), None)
    with pytest.raises(DoesNotExistError, match="f has no derivative in b"):
        local_effect(lone, {b: HALF})


def test_roots_at_numbers_are_of_polynomials():
    lone = row(eeu.implicit("exp(x) == b", "x"), "b", "b > 1")
    with pytest.raises(UnsupportedError, match="roots at numbers are found for polynomials"):
        root_at(lone, {b: sp.Integer(2)})


def test_derived_parameters_follow_in_a_game():
    game = eeu.AsymmetricBargaining()
    point = {
        "mu": "1/2", "b": 1, "ell": 1, "o": 0, "alpha": 0, "kappa": "1/2", "V": 1, "D": 1,
        "rho_H": 1, "rho_i": 2,
    }  # fmt: skip
    static = game.comparative_statics("transfer", "hegemon_urgency")[0]
    here = {game.symbols[k]: sp.sympify(v) for k, v in point.items()}
    found = local_effect(static, here, step=sp.Integer(1))
    values = [game.at(**{**point, "rho_H": rho}).transfer for rho in (1, 2)]
    assert (found.value, found.change) == (values[0], values[1] - values[0])
    h = sp.Rational(1, 10**6)
    near = (game.at(**{**point, "rho_H": 1 + h}).transfer - values[0]) / h
    assert abs(near - found.derivative) < 1e-5


@pytest.mark.parametrize(
    ("at", "step", "change"), [(4, 2, None), (4, -5, None), (1, 3, 15), (4, -3, -15), (4, 1, None)]
)
def test_a_step_ends_where_every_condition_holds(at, step, change):
    between = row(x**2, given=["x > 0", "x < 5"])
    found = local_effect(between, {x: sp.Integer(at)}, step=sp.Integer(step))
    assert found.change == change
