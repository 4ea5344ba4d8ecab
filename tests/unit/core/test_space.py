"""Space: constraints, points, and symbols that must not be confused."""

import pickle

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import SpaceError, UnknownNameError

x, y = sp.symbols("x y", real=True)


def test_text_relations_and_spaces_mix() -> None:
    space = eeu.Space.of("0 < x < 1", [y > x, eeu.Space.of("y < 2")])
    assert set(space.symbols) == {x, y}
    assert space.contains({"x": 0.5, y: 1})
    assert not space.contains({"x": 0.5, "y": 2})


def test_repeated_constraints_stand_once() -> None:
    assert len(eeu.Space.of(x > 0, "x > 0", sp.And(x > 0, y > 0)).constraints) == 2


def test_constraints_and_symbols_may_come_one_by_one() -> None:
    space = eeu.Space((s for s in (x, y)), (c for c in (x > 0, y > x)))
    assert space == eeu.Space((x, y), (x > 0, y > x))


def test_a_symbols_own_assumptions_are_constraints() -> None:
    positive, whole = sp.Symbol("p", positive=True), sp.Symbol("k", integer=True)
    assert not eeu.Space((positive,)).contains({"p": -1})
    assert eeu.Space((positive,)).contains({"p": 1})
    assert not eeu.Space((whole,)).contains({"k": "1/2"})
    assert eeu.prove(positive > -1).verdict == "proved"


def test_a_name_in_text_is_the_symbol_of_that_name() -> None:
    positive = sp.Symbol("p", positive=True)
    assert eeu.Space.of(positive < 3, "p < 2").symbols == (positive,)


def test_two_symbols_of_one_name_are_refused() -> None:
    with pytest.raises(
        SpaceError,
        match=r"two different symbols are called x: their assumptions differ \(.*against",
    ):
        eeu.Space.of(x < 1, sp.Symbol("x", positive=True) < 2)
    with pytest.raises(SpaceError, match="two different symbols are called x"):
        eeu.Space((x, sp.Symbol("x")))


def test_an_imaginary_symbol_is_refused() -> None:
    with pytest.raises(SpaceError, match="the symbol z is not real"):
        eeu.Space((sp.Symbol("z", imaginary=True),))


@pytest.mark.parametrize("given", [x, x + 1, 3, None, "y + 1", ["x > 0", 1]], ids=str)
def test_what_is_no_condition_is_refused(given: object) -> None:
    with pytest.raises(SpaceError, match="is not a condition; allowed: a relation"):
        eeu.Space.of(given)


def test_an_open_point_is_refused() -> None:
    with pytest.raises(SpaceError, match="the point leaves y open"):
        eeu.Space.of(x > 0, y > 0).contains({"x": 1})


def test_a_stranger_in_a_point_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no symbol 'z'"):
        eeu.Space.of(x > 0).contains({"x": 1, "z": 1})


def test_undefined_counts_as_outside() -> None:
    assert not eeu.Space.of(1 / x > -1).contains({"x": 0})


def test_emptiness_is_proved_and_named() -> None:
    empty = eeu.Space.of("x > 1", "y > 0", "x < 0").empty
    assert empty.verdict == "proved"
    assert set(empty.clash) == {x > 1, x < 0}
    assert eeu.Space.of("x > 1", "x < 0").witness() is None


def test_witness_is_a_point() -> None:
    space = eeu.Space.of("0 < x < 1/1000", "y^2 == 2", "y > x")
    witness = space.witness()
    assert witness is not None
    assert space.contains(witness)
    assert space.empty.verdict == "refuted"


def test_substitution_drops_what_is_settled() -> None:
    space = eeu.Space.of("0 < x < y").subs({x: sp.Rational(1, 2)})
    assert space.symbols == (y,)
    assert space.constraints == (sp.Lt(sp.Rational(1, 2), y),)
    assert space.subs({y: x + 1}).symbols == (x,)


def test_spaces_are_values() -> None:
    space = eeu.Space.of("0 < x < 1")
    assert space & (y > 0) == eeu.Space.of("0 < x < 1", y > 0)
    assert hash(space) == hash(eeu.Space.of("0 < x < 1"))
    assert pickle.loads(pickle.dumps(space)) == space  # noqa: S301
    assert str(space) == "{(x): 0 < x and x < 1}"


@pytest.mark.parametrize(
    ("symbols", "constraints"),
    [((x,), ("x > 0",)), ("x", ()), ((x,), (x + 1,)), ((x,), (x,)), (("x",), ()), ((x,), x > 0)],
)
def test_what_is_no_symbol_or_no_condition_is_refused(symbols, constraints) -> None:
    with pytest.raises(SpaceError, match=r"Space\.of"):
        eeu.Space(symbols, constraints)


def test_a_point_where_a_constraint_is_undefined_is_outside() -> None:
    assert not eeu.Space.of("sqrt(x)^2 == x").contains({"x": -1})
    assert not eeu.Space.of("x/x == 1").contains({"x": 0})
    assert eeu.Space.of("x/x == 1").contains({"x": 2})
