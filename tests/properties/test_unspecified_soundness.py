"""No actual function with the declared properties ever contradicts a proof from them alone.

Statements are linear in values and derivatives at rational points, with random coefficients, or
come from a list. Those that are proved must hold for every function of a catalogue that has the
declared properties: each is evaluated in interval arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.prover import distribution, function, prove
from gametheory_eeu.prover.functions.declaration import Unspecified
from gametheory_eeu.prover.functions.proofs import with_axioms
from gametheory_eeu.prover.functions.translation import translate

X = sp.Symbol("x", real=True)
CONCAVE = [sp.sqrt(X), sp.log(1 + X), 1 - sp.exp(-X), X / (1 + X), X - X / (2 + 2 * X) + sp.sqrt(X),
           2 * sp.sqrt(X) + sp.log(1 + 3 * X), 3 * X / (2 + X), sp.sqrt(1 + X) - 1]  # fmt: skip
CONVEX = [X + X**2, X**3 + X, sp.exp(X) - 1, X**2 + X / 5, X + X**2 / (1 + X), (1 + X) ** 4 - 1]
FALLING = [1 / (1 + X), sp.exp(-X), 1 / (1 + X) ** 2, sp.exp(-2 * X) / 2 + 1 / (2 + X)]
HAZARD = [X, X**2, X**3, (X + X**2) / 2, (1 - sp.exp(-X)) / (1 - sp.exp(-1)), 2 * X - X**2]
LOG_CONCAVE = [X, X**2, sp.Rational(3, 2) * X - X**2 / 2, 2 * X - X**2, sp.sqrt(X)]
PROPERTIES: dict[str, tuple[Callable[[], Any], list[Any], int]] = {
    "concave": (
        lambda: function("f", increasing=True, concave=True, on=(0, "oo"), at={0: 0}), CONCAVE, 4),
    "prudent": (
        lambda: function("f", increasing=True, concave=True, signs={3: ">"}, on=(0, "oo")),
        CONCAVE, 4),
    "weakly concave": (
        lambda: function("f", increasing="weakly", concave="weakly", on=(0, "oo")),
        [*CONCAVE, X, sp.Integer(1)], 4),
    "convex": (
        lambda: function("f", increasing=True, convex=True, positive=True, on=(0, "oo")),
        CONVEX, 4),
    "falling": (
        lambda: function("f", decreasing=True, convex=True, bounded=(0, 1), on=(0, "oo")),
        FALLING, 4),
    "hazard": (lambda: distribution("f", on=(0, 1), increasing_hazard=True), HAZARD, 1),
    "log-concave": (lambda: distribution("f", on=(0, 1), log_concave=True), LOG_CONCAVE, 1),
}  # fmt: skip


Y = sp.Symbol("y", real=True)
JOINT = [
    sp.sqrt(X) + sp.sqrt(Y),
    sp.cbrt(X) * sp.cbrt(Y),
    sp.sqrt(X + 2 * Y) + sp.sqrt(X),
    X / (1 + X) + Y / (1 + Y) + sp.sqrt(X + Y),
    sp.log(1 + X) + 2 * sp.log(1 + X + Y),
]


def at_actual(statement: Any, actual: Any) -> Any:
    """The statement about an actual function."""
    if isinstance(statement, Unspecified):
        arguments = [at_actual(a, actual) for a in statement.args]
        variables = (X, Y)[: len(arguments)]
        derivative = actual
        for variable, times in zip(variables, statement.order, strict=True):
            derivative = sp.diff(derivative, variable, times)
        return derivative.subs(dict(zip(variables, arguments, strict=True)))
    if not statement.args:
        return statement
    return statement.func(*(at_actual(a, actual) for a in statement.args))


def holds_for_all(statement: Any, functions: list[Any]) -> None:
    for actual in functions:
        concrete = at_actual(statement, actual)
        assert truth_value(concrete, {}) is True, (statement, actual, concrete)


fractions = st.builds(sp.Rational, st.integers(1, 11), st.just(12))
coefficients = st.integers(-2, 2)


@settings(max_examples=20)
@given(
    st.sampled_from(sorted(PROPERTIES)),
    st.lists(fractions, min_size=3, max_size=3, unique=True),
    st.lists(coefficients, min_size=3, max_size=3),
    st.lists(coefficients, min_size=3, max_size=3),
    st.sampled_from([sp.Gt, sp.Ge]),
)
def test_random_linear_statements(
    kind: str, points: list[Any], levels: list[int], slopes: list[int], relation: Any
) -> None:
    declare, functions, scale = PROPERTIES[kind]
    f = declare()
    a, b, c = (scale * point for point in sorted(points))
    levels[0] -= 0 if kind in ("falling", "convex") else sum(levels)
    marginal = sp.diff(f(X), X)
    total = sum(n * f(p) for n, p in zip(levels, (a, b, c), strict=True))
    total += sum(n * marginal.subs(X, p) for n, p in zip(slopes[:2], (a, b), strict=True)) * (b - a)
    if not total.has(Unspecified):
        return
    proof = prove(relation(total, 0, evaluate=False))
    if proof.verdict == "proved":
        assert not proof.vacuous
        holds_for_all(proof.statement, functions)
    elif proof.verdict == "refuted":
        assert proof.recheck() is True


def curved(f: Any) -> list[Any]:
    """Statements that hold for every increasing and concave function with f(0) = 0."""
    marginal = sp.diff(f(X), X)
    a, b = sp.symbols("a b", positive=True)
    return [
        f(a) > a * marginal.subs(X, a),
        f(2 * a) < 2 * f(a),
        f(a + b) < f(a) + f(b),
        f((a + b) / 2) >= (f(a) + f(b)) / 2,
        f(a + b) - f(a) < b * marginal.subs(X, a),
        f(a) / a > f(a + b) / (a + b),
        f(a) * f(b) > 0,
        f(f(a)) > 0,
        marginal.subs(X, a + b) / marginal.subs(X, a) < 1,
    ]


@settings(max_examples=20)
@given(st.integers(0, 8), fractions, fractions)
def test_statements_of_a_list_at_rational_points(index: int, first: Any, second: Any) -> None:
    statement = curved(PROPERTIES["concave"][0]())[index]
    assert prove(statement).verdict == "proved"
    a, b = sp.symbols("a b", positive=True)
    holds_for_all(statement.subs({a: 3 * first, b: 2 * second}), CONCAVE)


@settings(max_examples=12)
@given(
    st.lists(fractions, min_size=4, max_size=4),
    st.lists(coefficients, min_size=2, max_size=2),
    st.lists(coefficients, min_size=5, max_size=5),
)
def test_random_statements_of_two_variables(
    points: list[Any], levels: list[int], slopes: list[int]
) -> None:
    f = function("f", variables=2, increasing=True, concave=True, on=(0, "oo"))
    a, b = points[:2], points[2:]
    orders = [(X,), (Y,), (X, X), (X, Y), (Y, Y)]
    total = levels[0] * f(*a) + levels[1] * f(*b) - sum(levels) * f(a[0], b[1])
    total += sum(
        n * sp.diff(f(X, Y), *order).subs({X: a[0], Y: a[1]})
        for n, order in zip(slopes, orders, strict=True)
    )
    if total.has(Unspecified):
        statement = sp.Gt(total, 0, evaluate=False)
        translation = translate(statement, Space(()))
        proof = prove(translation.statement, given=with_axioms(translation))
        if proof.verdict == "proved":
            holds_for_all(statement, JOINT)
