"""Signs of expressions over a space: the strongest, at points, and rechecked with care."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover import prove, signs
from gametheory_eeu.prover.signs import deciding, sign

x, y, z = sp.symbols("x y z", real=True)
GRID = [dict(zip((x, y, z), map(sp.Rational, point), strict=True))
        for point in product((-2, -1, 0, "1/2", 2), repeat=3)]  # fmt: skip
SETS = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {-1, 0}, "?": {-1, 0, 1}}
GIVEN = (x > 0, y < 0)


@pytest.mark.parametrize(("expr", "given", "expected", "open_part"), [
    (x, (x > 0,), "+", None), (-x, (x > 0,), "-", None), (x, (x >= 0,), ">=0", x),
    (x, (x <= 0,), "<=0", x), (x, (), "?", x), (x - x, (), "0", None), (x, (sp.Eq(x, 0),), "0", x),
    (x * y, GIVEN, "-", None), (-2 * x * y, GIVEN, "+", None), (x / y, GIVEN, "-", None),
    (x**2 * y, GIVEN, "-", None), (x * y**2, GIVEN, "+", None), (y**3, GIVEN, "-", None),
    (z**2, (), ">=0", z**2), (-(z**2), (), "<=0", -(z**2)), (z**2 * x, (x > 0,), ">=0", z**2),
    (z * x, (x > 0,), "?", z), (z * y, (y < 0,), "?", -z), (z**3 * x, (x > 0,), "?", z),
    (1 / z**2, (z > 0,), "+", None), (x / z, (x > 0, z > 0), "+", None),
    (x * z, (x <= 0, z >= 0), "<=0", x * z), (x * z, (x <= 0, z <= 0), ">=0", x * z),
    (x * z * y, (x <= 0, z <= 0, y < 0), "<=0", -x * z), (z**2 + 1, (), "+", None),
    (-(z**2) - 1, (), "-", None), (z**2, (z > 0,), "+", None),
    (x * z, (x > 0, sp.Eq(z, 0)), "0", z),
    (z**2, (sp.Ne(z, 0),), "+", None), (x * (y - z), (x > 0,), "?", y - z),
    ((y - z) ** 2 * x, (x > 0, y > z), "+", None), (sp.Integer(-3), (), "-", None),
    (x * z + y * z, (x > 0, y > 0, z > 0), "+", None), (x * (x - 1), (x >= 1,), ">=0", x - 1),
    (-1 / x, (x > 0,), "-", None), ((x - 1) / (x + 1), (x > 0, x < 1), "-", None),
], ids=range(36))  # fmt: skip
def test_the_sign_of_an_expression(
    expr: Expr, given: tuple[Boolean, ...], expected: str, open_part: Expr | None
) -> None:
    found = sign(expr, Space((x, y, z), given))
    assert found.sign == expected
    part = found.deciding
    assert (part is None) is (open_part is None)
    assert part is None or sp.expand(part - open_part) == 0
    assert found.verdict == ("depends" if expected == "?" else "proved")
    assert found.recheck() is True
    if expected == "?":
        assert [int(sp.sign(expr.subs(dict(p)))) for p in found.witnesses] == [1, -1]
        assert str(found) == f"? (that of {part})"
    else:
        assert str(found) == expected
    for point in GRID:
        if all(truth_value(c, point) is True for c in given):
            assert int(sp.sign(expr.subs(point))) in SETS[expected]


def test_weak_factors_may_make_a_strict_sign() -> None:
    """Neither factor is strict; together they cannot vanish."""
    found = sign(x**2 + y**2, Space((x, y), (x > 0,)))
    assert found.sign == "+"
    both = sign(x * (x + z**2 + 1), Space((x, z), (x >= 0,)))
    assert (both.sign, both.deciding) == (">=0", x)
    together = sign(x - 2 * sp.sqrt(x) + 2, Space((x,), (x > 0,)))
    assert together.sign == "+"


def test_a_false_sign_is_not_confirmed() -> None:
    space = Space((x, y), (x > 0, y >= 0))
    positive, weak, depends = (sign(e, space) for e in (x, y, x - y))
    assert positive.recheck() is True
    assert replace(positive, sign="-").recheck() is False
    assert replace(positive, sign="?").recheck() is False
    assert replace(positive, proof=weak.proof).recheck() is False
    assert replace(positive, expr=y).recheck() is False
    assert replace(positive, space=Space((x, y), (x >= 0,))).recheck() is False
    refuted = prove(x < 0, given=space)
    assert replace(positive, sign="-", proof=refuted).recheck() is False
    assert depends.verdict == "depends"
    assert replace(depends, witnesses=depends.witnesses[::-1]).recheck() is False
    assert replace(depends, witnesses=depends.witnesses[:1]).recheck() is False
    assert replace(depends, deciding=y - x).recheck() is False
    assert replace(depends, deciding=None).recheck() is True
    assert replace(depends, deciding=None, witnesses=()).recheck() is False
    assert replace(depends, space=Space((x, y), (x >= 0,))).recheck() is False
    outside = ({x: sp.Integer(-1), y: sp.Integer(-2)}, {x: sp.Integer(-1), y: sp.Integer(0)})
    assert replace(depends, witnesses=outside).recheck() is False
    undefined = replace(sign(1 / x - y, space), deciding=None, witnesses=(
        {x: sp.Integer(0), y: sp.Integer(0)}, {x: sp.Integer(1), y: sp.Integer(2)}))  # fmt: skip
    assert undefined.recheck() is False
    assert replace(depends, verdict="unknown").recheck() is None


@pytest.mark.parametrize(("positive", "open_signs", "expected"), [
    (True, [], "+"), (False, [], "-"), (True, ["?"], "?"), (True, ["0", "?"], "0"),
    (True, [">=0"], ">=0"), (False, [">=0"], "<=0"), (True, ["<=0"], "<=0"),
    (False, ["<=0"], ">=0"), (True, ["<=0", "<=0"], ">=0"), (True, ["<=0", ">=0"], "<=0"),
    (True, [">=0", "?"], "?"), (False, ["0"], "0"),
])  # fmt: skip
def test_the_sign_of_a_product_by_those_of_its_factors(
    positive: bool, open_signs: list[Any], expected: str
) -> None:
    assert signs._product_sign(positive, open_signs) == expected
    values = {(1 if positive else -1) * int(sp.prod(chosen))
              for chosen in product(*(SETS[s] for s in open_signs))}  # fmt: skip
    assert values <= SETS[expected]
    assert expected in ("0", "?") or values == SETS[expected]


@pytest.mark.parametrize(("statement", "expected"), [
    (sp.Gt(x * z, 0), z), (sp.Lt(x * z, 0), -z), (sp.Ge(x * z, 0), z), (sp.Le(x * y, x * z), z - y),
    (sp.Gt(x, 0), None), (sp.Eq(x * z, 0), None), (sp.Ne(x * z, 0), None), (sp.true, None),
], ids=range(8))  # fmt: skip
def test_what_decides_an_inequality(statement: Boolean, expected: Expr | None) -> None:
    found = deciding(statement, Space((x, y, z), (x > 0,)))
    assert (found is None) is (expected is None)
    assert found is None or sp.expand(found - expected) == 0


@pytest.mark.parametrize(("expr", "expected", "open_part"), [
    (y / z**2, "+", None), (y / (z - x) ** 2, "+", None), (-y / z**4, "-", None),
    (y / z, "?", z), (y * z**2, ">=0", z**2), (1 / (x * y), "+", None), (z / x**2, "?", z),
    (-y / z**3, "?", -z), (-x / z**3, "?", -x * z),
], ids=range(9))  # fmt: skip
def test_an_even_power_below_a_line_is_positive_wherever_there_is_a_value(
    expr: Expr, expected: str, open_part: Expr | None
) -> None:
    """Also where the space allows that it has none: that it has one is another question."""
    space = Space((x, y, z), (x >= 0, y > 0))
    assert signs._sign_by_factors(expr, space) == (expected, open_part)
