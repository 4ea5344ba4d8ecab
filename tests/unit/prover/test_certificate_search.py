"""What the certificate search finds holds at every point, and what fails at one is not found."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu import prove
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover.certificate_search import Factor, certificate_tree, product_sign
from gametheory_eeu.prover.orthant import SignEvidence
from gametheory_eeu.prover.smt_query import Part

x, y = sp.symbols("x y", real=True)
GRID = [sp.Rational(n, 2) for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]


def no(*parts):
    """Not one of the parts, as it is written."""
    inside = sp.Or(*parts, evaluate=False) if len(parts) > 1 else parts[0]
    return sp.Not(inside, evaluate=False)


def search(statement, *given):
    return certificate_tree(statement, Part(frozenset({x, y}), given))


def fails_at(statement, given):
    """Points of the grid that obey what is given and at which the statement is not true."""
    points = ({x: i, y: j} for i, j in product(GRID, repeat=2))
    inside = [p for p in points if all(truth_value(c, p) is True for c in given)]
    assert inside
    return [p for p in inside if truth_value(statement, p) is not True]


BOTH = (x > 0, y > 0)
FOUND = {
    "not or, as a premise": (sp.Implies(no(x <= 0, y <= 0), x * y > 0), ()),
    "not or of three": (sp.Implies(no(x <= 0, y <= 0, x + y <= 1), x + y > 1), ()),
    "not, as a premise": (sp.Implies(no(x <= 0), x**3 > 0), ()),
    "not, as a claim": (no(x + y <= 0), BOTH),
    "not of an equation": (no(sp.Eq(x + y, 0)), BOTH),
    "and, as a premise": (sp.Implies(sp.And(x > 1, y > 1), x * y > 1), ()),
    "unequal, above": (sp.Ne(x * y, 0), BOTH),
    "unequal, below": (sp.Ne(x, y), [x < y]),
    "unequal, a product": (sp.Ne(x * y, 0), [x > 0, y < 0]),
    "equal": (sp.Eq((x + y) ** 2, x**2 + 2 * x * y + y**2, evaluate=False), ()),
    "weak from strict": (x * y >= 0, BOTH),
    "weak from weak": (x * y >= 0, [x >= 0, y >= 0]),
    "weak from zero": (sp.Le((x - 1) * (x + 1), x**2 - 1, evaluate=False), ()),
    "negative": (x * y < 0, [x > 0, y < 0]),
    "negative, cubed": (x**3 < 0, [x < 0]),
    "not positive": (-(x**2) <= 0, ()),
    "an even power": (x**2 * y > 0, [y > 0, x < 0]),
    "a denominator": (x / y > 0, BOTH),
    "a negative denominator": (x / y < 0, [x > 0, y < 0]),
    "the first that shows": (sp.Or(x < 0, x + y > 0), BOTH),
    "both": (sp.And(x + y > 0, x * y > 0), BOTH),
    "by the sign of x": (sp.Abs(x) >= x, ()),
    "a piece that divides": (sp.Piecewise((1 / x, x > 0), (1, True)) > 0, ()),
    "an or that is given": (x**2 > 1, [sp.Or(x > 1, x < -1)]),
    "true": (sp.true, ()),
}
FALSE = {
    "not or, the wrong way": (sp.Implies(no(x > 0, y > 0), x * y > 0), ()),
    "not or, one part": (sp.Implies(no(x <= 0, y <= 0), x > 1), ()),
    "not, the wrong way": (sp.Implies(no(x > 0), x > 0), ()),
    "not, as a claim": (no(x + y > 0), BOTH),
    "not or, as a claim": (no(x > 1, y > 1), BOTH),
    "unequal, a square": (sp.Ne(x**2, 0), ()),
    "unequal, weakly above": (sp.Ne(x, 0), [x >= 0]),
    "unequal, both signs": (sp.Ne(x * y, 0), [x > 0]),
    "unequal, zero": (sp.Ne((x + y) ** 2, x**2 + 2 * x * y + y**2, evaluate=False), ()),
    "equal, positive": (sp.Eq(x + y, 0), BOTH),
    "strict from weak": (x * y > 0, [x >= 0, y > 0]),
    "strict from zero": (sp.Lt((x - 1) * (x + 1), x**2 - 1, evaluate=False), ()),
    "an even power": (x**2 * y > 0, [y > 0]),
    "the wrong sign": (x * y > 0, [x > 0, y < 0]),
    "a cube": (x**3 > 0, [x < 0]),
    "a denominator that may be zero": (x / y >= 0, [x >= 0, y >= 0]),
    "a cancelled denominator": (sp.Mul(x, 1 / x, evaluate=False) > 0, ()),
    "a premise that divides": (sp.Implies(1 / x > 0, x > 0), ()),
    "both, of which one": (sp.And(x + y > 0, x > 1), BOTH),
    "no part of an or": (sp.Or(x > 1, y > 1), BOTH),
    "an implication": (sp.Implies(x > 0, x > 1), ()),
    "no branch": (sp.Piecewise((x, x > 0)) > 0, ()),
    "a branch": (sp.Piecewise((1, x > 0), (x, True)) >= 0, ()),
    "an or that is given": (x > 1, [sp.Or(x > 1, x < -1)]),
    "false": (sp.false, BOTH),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_found_holds_everywhere(name):
    statement, given = FOUND[name]
    assert fails_at(statement, given) == []
    assert search(statement, *given) is not None


@pytest.mark.parametrize("name", FALSE)
def test_what_fails_somewhere_is_not_found(name):
    statement, given = FALSE[name]
    assert fails_at(statement, given)
    assert search(statement, *given) is None


SIDES = [x, y, x + y, x - y, x * y, x**2, x - 1, x**2 + 1, 1 / x, -x, sp.Max(x, y), sp.Abs(y) - 1]
RELATIONS = [sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne]
GIVEN = [(), (x > 0,), (x > 0, y < 0), (x >= 0, y >= x), (sp.Ne(x, 0),), (sp.Or(x > 1, y > 1),)]


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_every_relation_of_short_expressions_is_judged_rightly(given):
    found = dict.fromkeys(RELATIONS, 0)
    for side, relation in product(SIDES, RELATIONS):
        statement = relation(side, 0, evaluate=False)
        if search(statement, *given) is not None:
            assert fails_at(statement, given) == [], statement
            found[relation] += 1
    assert found[sp.Gt] >= 1  # x**2 + 1 at least
    assert found[sp.Ge] >= found[sp.Gt]
    assert found[sp.Ne] >= 1


def test_the_sign_of_a_product():
    def of(constant, *factors):
        return product_sign(constant, [Factor(x, k, SignEvidence(sign)) for sign, k in factors])

    assert (of(2), of(-2)) == ("+", "-")
    assert [of(1, (s, 1)) for s in ("+", "-", ">=0", "<=0", "0", "?")] == [
        "+", "-", ">=0", "<=0", "0", "?"]  # fmt: skip
    assert [of(-1, (s, 1)) for s in ("+", "-", ">=0", "<=0", "0", "?")] == [
        "-", "+", "<=0", ">=0", "0", "?"]  # fmt: skip
    assert [of(1, (s, 2)) for s in ("+", "-", ">=0", "<=0", "0", "?")] == [
        "+", "+", ">=0", ">=0", "0", ">=0"]  # fmt: skip
    assert of(1, ("-", 1), ("-", 3)) == "+"
    assert of(1, ("-", 1), (">=0", 1)) == "<=0"
    assert of(1, ("<=0", 1), ("-", 1)) == ">=0"
    assert of(1, ("?", 2), ("-", -1)) == "<=0"


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ("x >= 0", "x**3 >= 0"),
        ("x <= 0", "x**5 <= 0"),
        ("x >= 0", "x**3*y >= 0 and y > 0"),
        ("x >= y", "(x - y)**3 >= 0"),
        ("x + y >= 0", "x**3 >= 0 and y**3 >= 0"),
    ],
)
def test_an_odd_power_has_the_sign_of_its_base(claim: str, given: str) -> None:
    assert prove(claim, given=given).recheck() is True
