"""Exact evaluation at a point: what SymPy alone cannot tell to be real."""

import pytest
import sympy as sp

from gametheory_eeu.core.evaluate import truth_value

x = sp.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("at", "found"), [("1/3", True), ("-1/3", False), ("1", None), ("-3/2", None)]
)
def test_a_quantile_is_real_inside_its_domain_and_nowhere_else(at: str, found: bool | None) -> None:
    statement = sp.Gt(sp.sqrt(2) * sp.erfinv(x) + sp.exp(sp.erfinv(x)) - 1, 0)
    assert truth_value(statement, {x: sp.Rational(at)}) is found
