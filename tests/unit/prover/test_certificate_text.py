"""What a certificate says, node by node."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.prover import certificate
from gametheory_eeu.prover.certificate import (
    Contradiction,
    FactorSign,
    Inference,
    KnownSign,
    RelationSign,
    Substitution,
    sentences,
)
from gametheory_eeu.prover.proof_text import condition_text

x, y, z = sp.symbols("x y z", real=True)
s, t = sp.symbols("s t", positive=True)
GIVEN = KnownSign(x, ">", x > 0)
OTHER = KnownSign(y, ">=", sp.Ge(y, 0))


def said(node: Any) -> list[str]:
    return sentences(node, condition_text).split("\n")


def relation(statement: Any, *factors: FactorSign, constant: Any = 1, **more: Any) -> RelationSign:
    return RelationSign(
        statement, more.pop("assumptions", ()), sp.sympify(constant), factors, **more
    )


def test_a_factor_that_is_given() -> None:
    known = FactorSign(x, 1, "+", GIVEN)
    assert said(relation(x > 0, known)) == ["x > 0: given x > 0."]
    below = KnownSign(y - x, ">", x < y)
    assert said(relation(x < y, FactorSign(y - x, 1, "+", below), constant=-1)) == [
        "-x + y > 0: given x < y.", "Hence x < y."]  # fmt: skip
    twice = FactorSign(2 * x, 1, "+", GIVEN)
    assert said(relation(2 * x > 0, twice)) == ["2*x > 0: given x > 0."]


@pytest.mark.parametrize(("sign", "text"), [
    ("+", "x > 0"), ("-", "x < 0"), ("0", "x = 0"), (">=0", "x >= 0"), ("<=0", "x <= 0"),
])  # fmt: skip
def test_each_sign_is_a_relation(sign: str, text: str) -> None:
    found = said(relation(x + y > 0, FactorSign(x, 1, sign, GIVEN), FactorSign(y, 1, "?")))
    assert found[0] == f"{text}: given x > 0."


def test_a_product_is_told_where_it_is_not_obvious() -> None:
    factors = FactorSign(x, 1, "+", GIVEN), FactorSign(y, 1, ">=0", OTHER)
    product = relation(x * y >= 0, *factors)
    assert said(product) == ["x > 0: given x > 0.", "y >= 0: given y >= 0.", "Hence x*y >= 0."]
    moved = relation(sp.Ge(x * y, -x * y), *factors, constant=2)
    assert said(moved)[-1] == "Hence x*y >= -x*y."
    spread = relation(sp.Ge(x * y + y, y - x * y, evaluate=False), *factors, constant=2)
    assert said(spread)[-1] == "Hence x*y + y >= -x*y + y."
    sums = relation(x**2 + x * y > 0, FactorSign(x, 1, "+", GIVEN), FactorSign(x + y, 1, "?"))
    assert said(sums)[-1] == "Hence x**2 + x*y > 0, for x**2 + x*y = x*(x + y)."
    square = relation(x**2 + 2 * x + 1 > 0, FactorSign(x + 1, 2, "?"))
    assert said(square) == ["Hence x**2 + 2*x + 1 > 0, for x**2 + 2*x + 1 = (x + 1)**2."]
    once = relation(2 * x > 0, FactorSign(x, 1, "+", GIVEN), constant=2)
    assert said(once) == ["x > 0: given x > 0.", "Hence 2*x > 0."]
    shifted = relation(x > y, FactorSign(x - y, 1, "+", KnownSign(x - y, ">", x > y)))
    assert said(shifted) == ["x - y > 0: given x > y.", "Hence x > y."]


def test_a_sign_is_said_once_under_the_same_assumptions() -> None:
    known = FactorSign(x, 1, "+", GIVEN)
    first, second = relation(x > 0, known), relation(2 * x > 0, known, constant=2)
    both = Inference(sp.And(x > 0, 2 * x > 0, evaluate=False), (), None, (first, second))
    assert said(both) == ["x > 0: given x > 0.", "Hence 2*x > 0."]
    cases = (y > 0, y <= 0)
    parts = tuple(relation(x > 0, known, assumptions=(c,)) for c in cases)
    split = Inference(x > 0, (), sp.Max(y, 0), parts)
    assert said(split) == [
        "Consider the cases of Max(0, y).", "Suppose y > 0.", "x > 0: given x > 0.",
        "Suppose y <= 0.", "x > 0: given x > 0.",
    ]  # fmt: skip
    two = relation(x > 0, known, assumptions=(y > 0, z > 0))
    assert said(two)[0] == "Suppose y > 0 and z > 0."
    inner = Inference(x > 0, (y > 0,), None, (relation(x > 0, known, assumptions=(y > 0,)),))
    assert said(inner) == ["Suppose y > 0.", "x > 0: given x > 0."]


def test_denominators_come_first() -> None:
    known = FactorSign(x, -1, "+", GIVEN)
    node = relation(y / x >= 0, FactorSign(y, 1, ">=0", OTHER), known, denominators=(known,))
    assert said(node) == ["x > 0: given x > 0.", "y >= 0: given y >= 0.", "Hence y/x >= 0."]
    outer = Inference(y / x >= 0, (), None, (node,), (known,))
    assert said(outer) == said(node)


def test_what_is_derived_is_told_premises_first() -> None:
    product = KnownSign(y, ">", x * y > 0, (GIVEN,))
    node = relation(y > 0, FactorSign(y, 1, "+", product))
    assert said(node) == ["y > 0: given x*y > 0, where x > 0."]
    other = relation(2 * y > 0, FactorSign(2 * y, 1, "+", product))
    assert said(other) == ["y > 0: given x*y > 0, where x > 0.", "So 2*y > 0."]
    chained = KnownSign(z, ">", y * z > 0, (product, GIVEN))
    node = relation(z > 0, FactorSign(z, 1, "+", chained))
    assert said(node) == [
        "y > 0: given x*y > 0, where x > 0.", "z > 0: given y*z > 0, where y > 0 and x > 0.",
    ]  # fmt: skip


def test_sums_are_told_with_their_terms() -> None:
    total = KnownSign(x + y, ">", ((sp.Integer(1), GIVEN), (sp.Integer(3), OTHER)))
    node = relation(x + y > 0, FactorSign(x + y, 1, "+", total))
    assert said(node) == [
        "x + y > 0: a positive multiple of it is x + 3*y, where x > 0 and y >= 0."]  # fmt: skip
    derived = KnownSign(y, ">", x * y > 0, (GIVEN,))
    nested = KnownSign(x + y, ">", ((sp.Integer(1), GIVEN), (sp.Integer(1), derived)))
    assert said(relation(x + y > 0, FactorSign(x + y, 1, "+", nested))) == [
        "y > 0: given x*y > 0, where x > 0.",
        "x + y > 0: a positive multiple of it is x + y, where x > 0 and y > 0.",
    ]  # fmt: skip
    apart = KnownSign(y, ">", ((sp.Integer(1), OTHER),), (), sp.Ne(y, 0))
    assert said(relation(y > 0, FactorSign(y, 1, "+", apart))) == [
        "y > 0: it is not negative, and not zero since y != 0."]  # fmt: skip


def test_a_contradiction() -> None:
    clash = KnownSign(sp.Integer(-1), ">", ((sp.Integer(1), GIVEN), (sp.Integer(1), OTHER)))
    assert said(Contradiction(sp.false, (), clash)) == [
        "-1 > 0: a positive multiple of it is x + y, where x > 0 and y >= 0.",
        "This cannot be: it would make -1 > 0.",
    ]  # fmt: skip
    plain = KnownSign(sp.Integer(-1), ">=", sp.Ge(0, 1, evaluate=False))
    assert said(Contradiction(sp.false, (y > 0,), plain)) == [
        "Suppose y > 0.", "This cannot be: it would make 0 >= 1."]  # fmt: skip


RENAMED = Substitution(x, s, sp.Integer(1), (s,), (), (GIVEN,))
SHIFTED = Substitution(x, t + y, sp.Integer(1), (t,), (), (KnownSign(x - y, ">", x > y),))


def image(polynomial: Any, *steps: Substitution, sign: str = "+") -> str:
    factor = FactorSign(x**2 + x, 1, sign, None, steps, sp.sympify(polynomial))
    return said(relation(x**2 + x > 0, factor))[-1]


def test_coefficients_of_one_sign() -> None:
    assert image(s**2 + s, RENAMED) == "x**2 + x > 0: all coefficients are positive, and x > 0."
    assert image(-(s**2), RENAMED, sign="-") == (
        "x**2 + x < 0: all coefficients are negative, and x > 0.")  # fmt: skip
    assert image(0, RENAMED, sign="0") == "x**2 + x = 0: nothing is left, and x > 0."
    assert image(5) == "x**2 + x > 0: all coefficients are positive."
    assert image(t * y + t, SHIFTED) == (
        "x**2 + x > 0: with x = t + y (t > 0, as x > y) it is a positive multiple of t*y + t, "
        "whose coefficients are all positive.")  # fmt: skip
    assert image(0, SHIFTED, sign="0") == (
        "x**2 + x = 0: with x = t + y (t > 0, as x > y) it is a positive multiple of 0."
    )
    both = Substitution(z, s + y, sp.Integer(1), (), (s,), (KnownSign(z - y, ">=", z >= y),))
    first = Substitution(y, t, sp.Integer(1), (t,), (), (KnownSign(y, ">", y > 0),))
    assert image(s + t, both, first, sign=">=0") == (
        "x**2 + x >= 0: with z = s + y (y > 0; s >= 0, as z >= y) it is a positive multiple of "
        "s + y, whose coefficients are all positive.")  # fmt: skip


def test_parameters_in_pairs_and_without_any() -> None:
    bounds = KnownSign(x - y, ">=", x >= y), KnownSign(z - x, ">=", x <= z)
    pair = Substitution(x, s * z + t * y, s + t, (), (s, t), bounds)
    assert image(s * z + t, pair) == (
        "x**2 + x > 0: with x = (s*z + t*y)/(s + t) (s >= 0, t >= 0, not both zero, as x >= y and "
        "x <= z) it is a positive multiple of s*z + t, whose coefficients are all positive."
    )
    equation = Substitution(
        x, 2 * y, sp.Integer(1), (), (), (KnownSign(x - 2 * y, "==", sp.Eq(x, 2 * y)),)
    )
    assert image(y, equation) == (
        "x**2 + x > 0: with x = 2*y (as x = 2*y) it is a positive multiple of y, "
        "whose coefficients are all positive.")  # fmt: skip


@pytest.mark.parametrize(("step", "expected"), [
    (RENAMED, True), (SHIFTED, False), (Substitution(x, s, sp.Integer(2), (s,), (), ()), False),
    (Substitution(x, s, sp.Integer(1), (), (s,), ()), True),
    (Substitution(x, s, sp.Integer(1), (s,), (t,), ()), False),
    (Substitution(x, t, sp.Integer(1), (s,), (), ()), False),
])  # fmt: skip
def test_which_steps_only_rename(step: Substitution, expected: bool) -> None:

    assert certificate._is_renaming(step) is expected
