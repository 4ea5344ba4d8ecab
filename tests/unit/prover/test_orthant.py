"""Substitutions that reach every point of a space, and the signs that they show."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import sympy as sp
from flint import fmpq

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover.certificate_check import _Checker
from gametheory_eeu.prover.certificate_search import _SymPyConverter
from gametheory_eeu.prover.facts import change_context, polynomial_context
from gametheory_eeu.prover.orthant import Domain, SubstitutionPlan, SubstitutionStep, domain
from gametheory_eeu.prover.smt_encoding import Encoder

x, y, z = SYMBOLS = sp.symbols("x y z", real=True)
s, t = sp.symbols("s_x t_x", real=True)
RELATIONS = {">": sp.Gt, ">=": sp.Ge, "==": sp.Eq, "!=": sp.Ne}
SATISFIED = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {-1, 0}, "?": {-1, 0, 1}}


def is_(symbol: str, left: Expr, right: Any = 0) -> Boolean:
    return RELATIONS[symbol](left, right, evaluate=False)


def flint(expr: Expr, symbols: tuple[Symbol, ...] = SYMBOLS) -> Any:
    numerator = Encoder([expr, *symbols]).quotient(sp.sympify(expr)).above
    return change_context(polynomial_context(symbols), numerator, symbols)


GIVEN: dict[str, tuple[Boolean, ...]] = {
    "nothing": (),
    "positive": (x > 0,),
    "not negative": (x >= 0,),
    "negative": (x < 0,),
    "not positive": (x <= 0,),
    "from below": (x > 1,),
    "from above": (x < 3,),
    "an open interval": (x > 1, x < 3),
    "open and closed": (x > 1, x <= 3),
    "closed and open": (x >= 1, x < 3),
    "a closed interval": (x >= 1, x <= 3),
    "a number": (is_("==", x, 5),),
    "a line": (is_("==", x, 2 * y + 1), y > 0),
    "a line of negative slope": (is_("==", x + 2 * y, 1), y > 0),
    "between symbols": (x > y, x < z, y > 0),
    "between symbols, closed": (x >= y, x <= z, y >= 0, z > y),
    "with slopes": (2 * x > 1, 3 * x < 5),
    "closed, with slopes": (2 * x >= 1, 3 * x <= 5),
    "closed, with symbolic slopes": (x * y >= 2, x * z <= 7, y > 0, z > 0),
    "a symbolic slope": (is_(">", x * y, z), y > 0, z > 0),
    "a negative symbolic slope": (is_(">", x * y, z), y < 0, z > 0),
    "a symbolic interval": (is_(">=", x * y, z), y > 0, x < 1, z > 0),
    "both halves of an equation": (x >= y, x <= y),
    "halves of a number": (x >= 2, x <= 2),
    "a quadratic bound": (is_(">", x, y**2), y > 1),
    "a triangle": (x > 0, y > 0, x + y < 1),
    "several bounds": (x > 0, x > y, x < z, x < 3, z > 0),
    "an equation with a slope": (is_("==", x * y, 1), y > 0),
    "a product": (is_(">", x * y), y > 0),
}


@pytest.mark.parametrize("name", GIVEN)
def test_every_step_reaches_every_point(name: str) -> None:
    given = GIVEN[name]
    space = Domain(SYMBOLS, given)
    plans = list(space.plans)
    assert len(plans) == 4
    converter, checker = _SymPyConverter(space), _Checker(given, set(SYMBOLS))
    for plan in plans:
        places = [step.place for step in plan.steps]
        assert len(set(places)) == len(places)
        for step in plan.steps:
            assert checker.onto(converter.substitution(step)), (step.above, step.below)
    assert list(space.plans) == plans


def written(space: Domain) -> Iterator[dict[Symbol, Expr]]:
    """The plans as what replaces each symbol."""
    converter = _SymPyConverter(space)
    for plan in space.plans:
        steps = map(converter.substitution, plan.steps)
        yield {step.symbol: sp.cancel(step.above / step.below) for step in steps}


MIDDLE = (1 + 3 * s) / (1 + s)
PLANS: dict[str, list[Any]] = {
    "nothing": [None] * 4,
    "positive": [s] * 4,
    "not negative": [s] * 4,
    "negative": [-s] * 4,
    "from below": [None, 1 + s, 1 + s, 1 + s],
    "from above": [None, 3 - s, 3 - s, 3 - s],
    "an open interval": [None, MIDDLE, MIDDLE, 1 + s],
    "open and closed": [None, (s + 3 * 1) / (1 + s), (s + 3) / (1 + s), 1 + s],
    "closed and open": [None, MIDDLE, MIDDLE, 1 + s],
    "a closed interval": [None, (s + 3 * t) / (s + t), (s + 3 * t) / (s + t), 1 + s],
    "a number": [None, 5, 5, 5],
    "halves of a number": [None, 2, 2, 2],
    "with slopes": [None, (3 + 10 * s) / (6 + 6 * s), (3 + 10 * s) / (6 + 6 * s), (1 + s) / 2],
}


@pytest.mark.parametrize("name", PLANS)
def test_the_simplest_substitutions_come_first(name: str) -> None:
    for found, expected in zip(written(Domain((x,), GIVEN[name])), PLANS[name], strict=True):
        if expected is None:
            assert not found
        elif name == "with slopes" and expected.has(s) and sp.denom(expected).has(s):
            # The slack that is the parameter may have any scale.
            assert {sp.limit(found[x], s, 0), sp.limit(found[x], s, sp.oo)} == {
                sp.Rational(1, 2), sp.Rational(5, 3)}  # fmt: skip
        else:
            assert sp.cancel(found[x] - expected) == 0, found


def test_which_bounds_a_plan_uses() -> None:
    sx, sy = sp.symbols("s_x s_y", real=True)
    plans = list(written(Domain(SYMBOLS, (x > 0, x > y, y > 0, y < 1))))
    assert plans[0] == {x: sx, y: sy}
    assert sp.cancel(plans[1][y] - sy / (1 + sy)) == 0
    assert plans[1][x] == y + sx
    assert plans[3] == {x: y + sx, y: sy}
    both = list(written(Domain(SYMBOLS, (x > y, x < z))))
    assert sp.cancel(both[2][x] - (y + z * sx) / (1 + sx)) == 0
    assert both[2][y] == z - sy
    assert both[0] == {}
    for given in ((x >= z**2, x > y**2), (x > y**2, x >= z**2)):  # of two bounds the strict one
        assert list(written(Domain(SYMBOLS, given)))[3] == {x: y**2 + sx}
    assert both[1] == both[3] == {y: x - sy, x: z - sx}


POLYNOMIALS = (x, x**2 * y - 3 * z + 1, sp.Integer(2), (x - 1) ** 3 + y**2)


@pytest.mark.parametrize("name", ["nothing", "positive", "an open interval", "a closed interval",
                                  "a line", "between symbols", "a symbolic interval"])  # fmt: skip
def test_an_image_is_the_polynomial_after_the_substitutions(name: str) -> None:
    space = Domain(SYMBOLS, GIVEN[name])
    converter = _SymPyConverter(space)
    for plan, expr in product([*space.plans][1:3], POLYNOMIALS):
        image = expr
        for step in map(converter.substitution, plan.steps):
            degree = sp.Poly(image, step.symbol).degree() if image.has(step.symbol) else 0
            replaced = image.subs(step.symbol, step.above / step.below)
            image = sp.expand(sp.cancel(replaced * step.below**degree))
        assert sp.expand(converter.expression(plan.image(flint(expr))) - image) == 0


X, S, T = 0, 3, 4  # where a symbol and its two parameters are among the variables of three


def step_of(strict: tuple[int, ...], weak: tuple[int, ...]) -> SubstitutionStep:
    one = polynomial_context(SYMBOLS).constant(1)
    return SubstitutionStep(X, one, one, strict, weak)


def poly(*terms: tuple[int, dict[int, int]]) -> Any:
    """A polynomial by its coefficients and the powers at each place."""
    entries = {tuple(powers.get(k, 0) for k in range(9)): fmpq(c) for c, powers in terms}
    return polynomial_context(SYMBOLS).from_dict(entries)


CASES: tuple[tuple[Any, tuple[int, ...], tuple[int, ...], str | None], ...] = (
    (poly(), (S,), (), "0"), (poly((2, {})), (S,), (), "+"), (poly((-2, {})), (S,), (), "-"),
    (poly((1, {S: 1})), (S,), (), "+"), (poly((-1, {S: 1})), (S,), (), "-"),
    (poly((1, {S: 1})), (), (S,), ">=0"), (poly((-1, {S: 1})), (), (S,), "<=0"),
    (poly((1, {S: 1}), (1, {})), (), (S,), "+"), (poly((-1, {S: 1}), (-3, {})), (), (S,), "-"),
    (poly((1, {S: 1}), (-1, {})), (S,), (), None), (poly((1, {1: 1})), (S,), (), None),
    (poly((1, {1: 2})), (S,), (), ">=0"), (poly((1, {1: 2}), (1, {S: 1})), (S,), (), "+"),
    (poly((1, {1: 2}), (1, {S: 1})), (), (S,), ">=0"), (poly((1, {1: 3, S: 1})), (S,), (), None),
    (poly((-1, {1: 2, 2: 4})), (S,), (), "<=0"), (poly((1, {1: 2, 2: 1})), (S,), (), None),
    (poly((1, {S: 1}), (2, {T: 1})), (), (S, T), "+"), (poly((1, {S: 1})), (), (S, T), ">=0"),
    (poly((1, {T: 1})), (), (S, T), ">=0"), (poly((1, {S: 1, T: 1})), (), (S, T), ">=0"),
    (poly((1, {S: 2}), (3, {S: 1, T: 1}), (1, {T: 2})), (), (S, T), "+"),
    (poly((-1, {S: 2}), (-1, {T: 2})), (), (S, T), "-"),
    (poly((1, {S: 2}), (1, {S: 1, T: 1})), (), (S, T), ">=0"),
)  # fmt: skip


@pytest.mark.parametrize("case", range(len(CASES)))
def test_the_sign_that_coefficients_show(case: int) -> None:
    image, strict, weak, expected = CASES[case]
    plan = SubstitutionPlan((step_of(strict, weak),))
    assert plan.sign(image, 3) == expected
    parameters = [range(1, 3) if p in strict else range(3) if p in weak else (1,) for p in (S, T)]
    for a, b, first, second in product(*parameters, (-1, 0, 2), (-1, 0, 2)):
        if len(weak) == 2 and a == b == 0:
            continue
        value = image(*map(fmpq, (5, first, second, a, b, 7, 7, 7, 7)))
        assert (int(value > 0) - int(value < 0)) in SATISFIED[expected or "?"]


def test_in_each_worst_case_some_term_is_left() -> None:
    one = polynomial_context(SYMBOLS).constant(1)
    two = SubstitutionPlan((step_of((), (S, T)), SubstitutionStep(1, one, one, (), (5, 6))))
    products = [(1, {a: 1, b: 1}) for a, b in product((S, T), (5, 6))]
    assert two.sign(poly(*products), 3) == "+"
    for left_out in range(4):
        assert two.sign(poly(*(p for k, p in enumerate(products) if k != left_out)), 3) == ">=0"
    many = SubstitutionPlan((step_of((), (S, T)),) * 7)
    positive = poly((1, {S: 1}), (1, {}))
    assert SubstitutionPlan(many.steps[:6]).sign(positive, 3) == "+"
    assert many.sign(positive, 3) == ">=0"  # too many pairs are not told apart


SIGNS: tuple[tuple[Expr, tuple[Boolean, ...], str], ...] = (
    (x, (x > 0,), "+"), (-x, (x > 0,), "-"), (x, (x >= 0,), ">=0"), (x, (x <= 0,), "<=0"),
    (x, (), "?"), (x**2, (), ">=0"), (x**2 + 1, (), "+"), (-(x**2) - 1, (), "-"),
    (x - x**2, (x > 0, x < 1), "+"), (x - x**2, (x >= 0, x <= 1), ">=0"),
    (x**2 - x - 2, (x > 0, x < 1), "-"), (x**2 - x, (x > 0, x <= 1), "<=0"), (x - 2, (x > 1,), "?"),
    (x - y, (is_("==", x, y),), "0"), (x + y - 2, (is_("==", x, y), x > 1), "+"),
    (x - z, (x > y, y > z), "+"), (x - z, (x >= y, y >= z), ">=0"), (x - z, (x >= y, y > z), "+"),
    (x, (x >= 0, is_("!=", x)), "+"), (x + y, (x >= 0, y > 0), "+"), (x * y, (x > 0, y < 0), "-"),
    (x - y**2, (is_(">", x, y), y > 1, is_(">", x, y**2)), "+"), (x * y + z, (x > 0,), "?"),
    (x + y, (x >= 0, y >= 0), ">=0"), (x + y - x * y, (x > 0, x <= 1, y > 0, y <= 1), "+"),
    (1 - x - y, (x > 0, y > 0, x + y < 1), "+"), (1 - x, (x > 0, y > 0, x + y < 1), "+"),
    (x, (y * x >= z, y > 0, z > 0), "+"), (x, (y * x >= z, y < 0, z > 0), "-"),
    (x * (3 - x) - 2, (x >= 1, x <= 2), ">=0"), (x - 1, (x >= 1, x <= 1), "0"),
)  # fmt: skip


@pytest.mark.parametrize("case", range(len(SIGNS)))
def test_the_strongest_sign_that_shows(case: int) -> None:
    expr, given, expected = SIGNS[case]
    space = Domain(SYMBOLS, given)
    evidence = space.sign(flint(expr))
    assert evidence.sign == expected
    assert space.sign(flint(expr)) is evidence
    assert (evidence.fact is None) or (evidence.plan is None)
    if evidence.plan is not None:
        assert evidence.image == evidence.plan.image(flint(expr))
    for point in product((-1, 0, sp.Rational(1, 2), 1, 2), repeat=3):
        at = dict(zip(SYMBOLS, map(sp.sympify, point), strict=True))
        if all(truth_value(c, at) is True for c in given):
            assert int(sp.sign(expr.subs(at))) in SATISFIED[expected], at


def test_what_is_a_fact_needs_no_plan() -> None:
    evidence = Domain(SYMBOLS, (x > 1,)).sign(flint(2 * x - 2))
    assert evidence.sign == "+"
    assert evidence.plan is None
    assert evidence.fact is not None
    assert Domain(SYMBOLS, (x > 1,)).sign(flint(x)).plan is not None


HALF = sp.S.Half


@pytest.mark.parametrize(("given", "expected"), [
    ((), [1, 2, HALF] * 4), ((x > 1,), [1, 2, HALF, *[2, 3, 3 * HALF] * 3]),
    ((x < 0,), [-1, -2, -HALF] * 4),
    ((x > 1, x < 3), [1, 2, HALF, *[2, sp.Rational(7, 3), sp.Rational(5, 3)] * 2, 2, 3, 3 * HALF]),
    ((is_("==", 2 * x, 7),), [1, 2, HALF, *[7 * HALF] * 9]),
], ids=str)  # fmt: skip
def test_the_images_of_equal_parameters(given: tuple[Boolean, ...], expected: list[Expr]) -> None:
    found = list(Domain((x,), given).candidates)
    assert found == [{x: value} for value in expected]


def test_the_images_of_equal_parameters_obey_what_a_plan_uses() -> None:
    given = (x > y, x < z, y > 0, z < 9)
    found = list(Domain(SYMBOLS, given).candidates)
    assert len(found) == 12
    assert all(set(point) == set(SYMBOLS) for point in found)
    assert all(truth_value(c, point) is True for point in found[6:9] for c in given[:3])


def test_a_domain_is_kept() -> None:
    assert domain((x,), (x > 0,)) is domain((x,), (x > 0,))
    assert domain((x,), (x > 0,)) is not domain((x,), (x >= 0,))
    assert domain((x,), (x > 0, x < 0)).clash is not None
    assert domain((x,), (x > 0, x < 1)).clash is None
