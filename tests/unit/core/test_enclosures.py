"""Interval arithmetic against SymPy's digits, and numbers too large to be written out."""

import pytest
import sympy as sp

from gametheory_eeu.core.evaluate import enclosure, rational_bounds, sign_by_enclosure

y = sp.Symbol("y")
ROOT = sp.CRootOf(y**5 - y - 1, 0)
NUMBERS = [
    sp.Rational(-7, 3), sp.sqrt(2), sp.cbrt(5) - sp.sqrt(3), sp.log(2) - sp.exp(-1), sp.pi * sp.E,
    sp.exp(sp.log(3) ** 2), 2 ** sp.sqrt(2), ROOT, ROOT**2 - sp.log(ROOT), sp.erfinv(sp.S.Half),
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_bounds_enclose(number):
    ends = rational_bounds(number)
    assert ends is not None
    low, high = ends
    assert low <= number.evalf(40) <= high
    assert high - low <= sp.Rational(1, 2**22)
    assert sign_by_enclosure(number) == sp.sign(number.evalf(40))


def test_what_no_enclosure_tells():
    assert sign_by_enclosure(sp.sqrt(2) * sp.sqrt(3) - sp.sqrt(6, evaluate=False)) in (0, None)
    assert enclosure(sp.sin(sp.Integer(1))) is None
    assert sign_by_enclosure(sp.log(sp.Integer(-1), evaluate=False)) is None


@pytest.mark.parametrize("exponent", [10, 25, 100, 1000])
def test_a_number_too_large_is_not_written_out(exponent):
    assert rational_bounds(sp.exp(sp.exp(exponent))) is None
    assert sign_by_enclosure(sp.exp(-sp.exp(exponent))) in (1, None)
