"""A float, inside whatever a user writes, is the shortest decimal that is this float."""

import mpmath
import numpy as np
import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import Space, exact, rational
from gametheory_eeu.core.evaluate import truth_value, value
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover import prove
from gametheory_eeu.prover.smt_encoding import Encoder

x = sp.Symbol("x", real=True)
BIG = 10**16 + 2
NEXT = sp.Rational(10000000000000002, 10**16)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (sp.Float(0.1), "1/10"),
        (sp.Float(1e16 + 2), str(BIG)),
        (sp.Float(1.0000000000000002), "1.0000000000000002"),
        (sp.Float(-0.3), "-3/10"),
        (sp.Float(1) / 3, "0.3333333333333333"),
        (sp.Float("0.1", 40), "1/10"),
        (sp.Float("0.1", 5), "1/10"),
        (sp.Float("1.00000000000000000000001", 30), "1.00000000000000000000001"),
        (sp.Float("123456789012345678901234567890", 30), "123456789012345678901234567890"),
        (sp.Float("2.5e-400", 20), "2.5e-400"),
        (sp.Float(5e-324), "5e-324"),
        (sp.Float(0), "0"),
    ],
)
def test_a_float_of_sympy(number: sp.Float, expected: str) -> None:
    assert rational(number) == sp.Rational(expected)
    assert exact(number) == sp.Rational(expected)
    assert value(number, {}) == sp.Rational(expected)
    encoder = Encoder([x])
    assert encoder.expression(encoder.quotient(number).above) == sp.Rational(expected)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.1, "1/10"),
        (1e16 + 2, str(BIG)),
        (np.float64(1e16 + 4), str(BIG + 2)),
        (np.float32(0.1), "1/10"),
        (mpmath.mpf(1e16) + 2, str(BIG)),
        (mpmath.mpf("0.1"), "1/10"),
    ],
)
def test_a_float_of_python_and_of_other_libraries(number: object, expected: str) -> None:
    assert exact(number) == sp.Rational(expected)


def test_a_matrix_of_floats_is_a_game_with_these_payoffs() -> None:
    game = eeu.NormalForm(sp.Matrix([[1e16 + 2, 0.5 * x], [0.1, 0]]), sp.zeros(2, 2))
    row = game.payoffs["player 1"]
    assert [row[cell] for cell in (("1", "1"), ("1", "2"), ("2", "1"))] == [
        BIG, x / 2, sp.Rational(1, 10),
    ]  # fmt: skip


def test_a_float_in_a_statement_and_in_a_constraint() -> None:
    proof = prove(sp.Lt(x, 1.0000000000000002), given=x <= 1)
    assert proof.verdict == "proved"
    assert str(proof.statement) == "x < 5000000000000001/5000000000000000"
    assert prove(sp.Gt(x, 1), given=sp.Ge(x, 1.0000000000000002)).verdict == "proved"
    assert Space.of(x > 0.1).constraints == (x > sp.Rational(1, 10),)
    assert prove(sp.Eq(x**0.5, sp.sqrt(x)), given=x >= 0).verdict == "proved"
    assert truth_value(sp.Gt(1.0000000000000002, sp.Integer(1), evaluate=False), {}) is True
    assert truth_value(sp.Eq(x, 1.0000000000000002, evaluate=False), {x: NEXT}) is True


def test_a_float_beside_what_is_undefined_leaves_it_as_it_was() -> None:
    kept = sp.Mul(0.5, x, 1 / x, evaluate=False)
    assert prove(sp.Eq(kept, 0.5, evaluate=False)).undefined_at == ({x: 0},)


@pytest.mark.parametrize("number", [sp.Float((0, 1, 10**8, 1)), sp.Float((0, 1, -(10**8), 1))])
def test_a_float_that_cannot_be_written_out_is_refused_by_name(number: sp.Float) -> None:
    with pytest.raises(ParameterError, match=r"trust.*not written out exactly"):
        exact(number, "trust")
