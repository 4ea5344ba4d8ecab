"""The sign of an expression, where a prover reads it and where it does not."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.statics.condition_forms import sign, unknown_sign

x, y = sp.symbols("x y", real=True)


def space(*given: sp.Basic) -> Space:
    return Space.of(*given, symbols=[x, y])


@pytest.mark.parametrize(
    ("expression", "given", "expected"),
    [
        (x**2 + 1, [], "+"), (-x, [x > 0], "-"), (x, [x >= 0], ">=0"), (-x, [x >= 0], "<=0"),
        (x, [], "?"), (x - x, [], "0"),
        (x, [sp.Eq(x, y)], "?"), (x, [sp.Eq(x, y), y > 1], "+"),
    ],
    ids=str,
)  # fmt: skip
def test_the_strongest_sign_is_told(
    expression: sp.Expr, given: list[sp.Basic], expected: str
) -> None:
    found = sign(expression, space(*given))
    assert (found.sign, found.expr) == (expected, expression)
    assert set(found.space.constraints) == set(given)
    if expected != "?":
        assert found.proof.verdict == "proved"
        relation = {"+": sp.Gt, "-": sp.Lt, "0": sp.Eq, ">=0": sp.Ge, "<=0": sp.Le}[expected]
        assert found.proof.statement == relation(expression, 0, evaluate=False)
        assert found.recheck() is True


def test_what_is_not_read_is_unknown_with_the_reason() -> None:
    for found, why in (
        (sign(sp.sin(x), space()), "the prover does not decide sin"),
        (unknown_sign(x, space(), "no reason"), "no reason"),
    ):
        assert (found.sign, found.verdict, found.proof.verdict) == ("?", "unknown", "unknown")
        assert found.proof.why.startswith(why)
        assert found.proofs == (found.proof,)
        assert found.proof.statement == (found.expr >= 0)


@pytest.mark.parametrize("value", [sp.oo, -sp.oo, sp.zoo, sp.nan], ids=str)
def test_what_is_infinite_has_no_sign(value: sp.Expr) -> None:
    found = sign(sp.Max(x, value, evaluate=False) if value.is_extended_real else value, space())
    assert (found.sign, found.verdict) == ("?", "unknown")
    assert found.proof.why == "it has no value there"
    assert found.proof.statement == sp.false
