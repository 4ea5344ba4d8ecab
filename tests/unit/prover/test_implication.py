"""Emptiness, equivalence, implication, simplification and signs."""

from dataclasses import replace

import pytest
import sympy as sp

from gametheory_eeu.core import Space, parse
from gametheory_eeu.errors import SpaceError, UnsupportedError
from gametheory_eeu.prover import (
    equivalent,
    implies,
    is_empty,
    is_satisfiable,
    prove,
    sign,
    simplify,
    witness,
)

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True, positive=True)


def test_empty_spaces():
    empty = is_empty(Space.of(x > 1, x < 1, y > 0))
    assert (empty.verdict, set(empty.clash)) == ("proved", {x > 1, x < 1})
    assert str(empty).startswith("Proved: there is no (x, y) with")
    assert "(check-sat)" in empty.to_smtlib()
    assert empty.recheck() is True
    assert not is_satisfiable([x > 1, x < 1])
    assert witness([x > 1, x < 1]) is None


def test_spaces_with_points():
    assert is_satisfiable("x^2 == 2")
    assert witness(["x^2 == 2", "x > 0"]) == {x: sp.sqrt(2)}
    assert witness(Space((x, y))) == {x: 0, y: 0}
    assert witness("0 < x < 1/7") == {x: sp.Rational(1, 10)}
    assert Space.of(x > y, y > 3).witness() is not None
    assert witness([n > 3, n < 6]) == {n: 4}


def test_what_is_not_settled_is_not_answered():
    root_of_two = sp.Eq(n**2, 2 * sp.Symbol("m", integer=True, positive=True) ** 2)
    with pytest.raises(UnsupportedError, match="not settled"):
        is_satisfiable(root_of_two)
    with pytest.raises(UnsupportedError, match="not settled"):
        witness(root_of_two)
    assert not is_satisfiable([n > 2, n < 3])


@pytest.mark.parametrize(
    ("a", "b", "given", "verdict"),
    [
        ("x^2 < 1", "abs(x) < 1", (), "proved"),
        ("x*y > 0", "y > 0", "x > 0", "proved"),
        ("x > 0", "x >= 0", (), "refuted"),
        ("1/x > 0", "x > 0", (), "refuted"),  # undefined at zero
        ("1/x > 0", "1/x > 0", (), "refuted"),  # likewise
        ("x != 0 and 1/x > 0", "x > 0", (), "proved"),
        ("sqrt(x) < 2", "x < 4", "x >= 0", "proved"),
    ],
)
def test_equivalence(a, b, given, verdict):
    assert equivalent(a, b, given).verdict == verdict


def test_implication():
    assert implies("x > 1", "x^2 > 1").verdict == "proved"
    assert implies("x^2 > 1", "x > 1").witnesses == ({x: -2},)
    assert implies("x > 0", "1/x > 0").verdict == "proved"


@pytest.mark.parametrize(
    ("condition", "given", "simpler"),
    [
        ("x > 0 and x > -1 and y < 2", "y < 1", "x > 0"),
        ("x > 0 or x > 1", (), "x > 0"),
        ("x > 0 and x < -1", (), "false"),
        ("x > 0 or y > 0", "y > 3", "true"),
        ("x > 0 and (x > -1 or y > 2)", (), "x > 0"),
        ("x > 0 and (x < -1 or y > 2)", (), "x > 0 and y > 2"),
        ("x != 0 and 1/x > 0", (), "x != 0 and 1/x > 0"),  # dropping either loses definedness
        ("x^2 > 4", "x > 0", "x^2 > 4"),  # an atom stays as it was written
        ("x > 0 and y > 0", ["x < 0"], "false"),
    ],
)
def test_simplify(condition, given, simpler):
    found = simplify(condition, given)
    assert found == parse(simpler)


def test_simplify_refuses_an_expression():
    with pytest.raises(SpaceError, match="not a statement"):
        simplify(x + 1)


@pytest.mark.parametrize(
    ("expr", "given", "shown"),
    [
        ("x", "x > 0", "+"),
        ("-x*y", ["x > 0", "y > 0"], "-"),
        ("x^2", (), ">=0"),
        ("-x^2*y", "y > 0", "<=0"),
        ("x - x", (), "0"),
        ("x*(y - 2)", "y == 2", "0"),
        ("(x - y)^2/(x*y)", ["x > 0", "y > 0"], ">=0"),
        ("x^2 + 1/x^2", "x != 0", "+"),
        ("(x - y)*(x + y)", "x > y and y > 0", "+"),
        ("x*y*(x + y)", "x*y > 0 and x + y > 0", "+"),
        ("x*y", "x*y > 0", "+"),  # neither factor has a sign, the product has
        ("sqrt(x) - sqrt(y)", ["x > y", "y >= 0"], "+"),
    ],
)
def test_sign_proved(expr, given, shown):
    found = sign(expr, given)
    assert (found.sign, found.verdict) == (shown, "proved")
    assert found.proof.verdict == "proved"
    assert str(found) == shown


def test_a_sign_that_depends_comes_with_both_points_and_what_decides():
    found = sign("x*(x - y)*(1 + y^2)/(x + 1)", given="x > 0")
    assert (found.sign, found.verdict, found.deciding) == ("?", "depends", x - y)
    assert found.proof.verdict == "proved"
    positive, negative = (found.expr.subs(point) for point in found.witnesses)
    assert positive > 0 > negative
    assert "that of x - y" in str(found)


def test_a_sign_needs_the_expression_to_be_defined():
    found = sign("1/x", given="x >= 0")
    assert (found.sign, found.verdict) == ("?", "unknown")
    assert found.proof.undefined_at == ({x: 0},)
    assert repr(found) == "<sign of 1/x: ?, unknown>"


def test_a_planted_sign_is_caught():
    found, depends = sign("x*y", given="x > 0 and y > 0"), sign("x*(x - y)", given="x > 0")
    assert (found.recheck(), depends.recheck()) == (True, True)
    other = sign("x - y", given="x > 0")
    for planted in (
        replace(found, sign="-"),
        replace(found, expr=-found.expr),
        replace(found, space=Space.of("x > 0 and y > -1")),
        replace(depends, witnesses=depends.witnesses[::-1]),
        replace(depends, witnesses=depends.witnesses[:1]),
        replace(depends, deciding=y - x),
        replace(depends, proof=other.proof),
        replace(depends, space=Space.of("x > 0", "y > 100")),
    ):
        assert planted.recheck() is False
    assert sign("1/x", given="x >= 0").recheck() is None


def test_constraints_that_no_symbol_of_the_statement_touches_are_left_out():
    far = ["a^2 + b^2 < c", "a*b*c > 1", "c < 100"]
    proof = prove(x**2 + 1 > x, far)
    assert proof.verdict == "proved"
    assert "$a" not in proof.to_smtlib()
