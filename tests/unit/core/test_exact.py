"""Whatever a user writes becomes an exact number, or is refused by name."""

import math
import pickle
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError

Q = sp.Rational


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (2, 2),
        (0.1, Q(1, 10)),
        (0.1 + 0.2, Q("0.30000000000000004")),
        (1e-7, Q(1, 10**7)),
        (5e-324, Q("5e-324")),
        (Fraction(1, 3), Q(1, 3)),
        (Decimal("0.10"), Q(1, 10)),
        (Decimal("-1E+3"), -1000),
        ("1/3", Q(1, 3)),
        (" -7e-2 ", Q(-7, 100)),
        ("sqrt(2)/2", sp.sqrt(2) / 2),
        (sp.Float("0.1"), Q(1, 10)),
        (sp.Symbol("x") * 0.5, sp.Symbol("x") / 2),
        (np.float64(0.1), Q(1, 10)),
        (np.float32(0.1), Q(1, 10)),
        (np.float16(0.1), Q(1, 10)),
        (np.longdouble("0.1"), Q(1, 10)),
        (np.int8(-3), -3),
        (np.uint64(2**63), 2**63),
    ],
    ids=lambda value: f"{type(value).__name__} {value}",
)
def test_read_exactly(given_: Any, expected: Any) -> None:
    found = eeu.exact(given_)
    assert found == expected
    assert not found.atoms(sp.Float)


@dataclass(frozen=True)
class Refused:
    value: Any
    message: str = "is not allowed; allowed: a finite real number"


REFUSED = [
    Refused(True, "Write 0 or 1 if a number is meant"),
    Refused(np.bool_(False), "Write 0 or 1 if a number is meant"),
    Refused(sp.true),
    Refused(math.nan),
    Refused(math.inf),
    Refused(-math.inf),
    Refused(np.float32("nan")),
    Refused(np.float64("-inf")),
    Refused(Decimal("NaN")),
    Refused(Decimal("sNaN")),
    Refused(Decimal("Infinity")),
    Refused(Decimal("1E+999999999"), "the number is too long"),
    Refused(sp.nan),
    Refused(sp.oo),
    Refused(sp.zoo),
    Refused(1j),
    Refused(np.complex128(1)),
    Refused(sp.I, "Only real values are meant"),
    Refused(sp.sqrt(-2), "Only real values are meant"),
    Refused(None),
    Refused(b"1"),
    Refused([1]),
    Refused({"a": 1}),
    Refused(...),
    Refused(np.array(0.5)),
    Refused(np.array([0.5])),
    Refused(sp.Symbol("x") > 0),
    Refused("", "it ends too early"),
    Refused("one", "'one' names nothing here"),
    Refused("1 < 2", "This is a condition, not a number"),
    Refused("nan", "'nan' names nothing here"),
    Refused("1/0", "division by zero"),
    Refused("sqrt(-1)", "not a finite real number"),
    Refused("__import__('os').system('true')", "text is never run"),
]


@pytest.mark.parametrize(
    "case", REFUSED, ids=lambda case: f"{type(case.value).__name__} {case.value}"[:40]
)
def test_refused_by_name(case: Refused) -> None:
    with pytest.raises(ParameterError, match=case.message) as caught:
        eeu.exact(case.value, "trust")
    assert str(caught.value).startswith("trust = ")


def test_a_long_value_is_shown_short() -> None:
    with pytest.raises(ParameterError) as caught:
        eeu.exact("x" * 5000)
    assert len(str(caught.value)) < 1000


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_its_shortest_decimal(number: float) -> None:
    found = eeu.exact(number)
    assert found == Q(repr(number))
    assert float(found) == number


@given(st.fractions())
def test_a_fraction_is_itself(number: Fraction) -> None:
    assert eeu.exact(number) == Q(number.numerator, number.denominator)
    assert eeu.exact(str(number)) == eeu.exact(number)


def test_errors_survive_pickling() -> None:
    with pytest.raises(ParameterError) as caught:
        eeu.exact(True, "trust")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301
