"""Solution families at rational points, against the system itself on a grid."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers import solution_families as module
from gametheory_eeu.solvers.readable import relation, rewrite_relations
from gametheory_eeu.solvers.solution_families import (
    SolutionFamily,
    existence_condition,
    solution_families,
)

p, q, a, b = sp.symbols("p q a b", real=True)
SPACE = Space.of(symbols=[a, b])
NONE = Space((), ())
Atoms = list[tuple[Any, str]]
INSIDE: Atoms = [(p, ">"), (1 - p, ">"), (q, ">"), (1 - q, ">")]
CLOSED: Atoms = [(p, ">="), (1 - p, ">="), (q, ">="), (1 - q, ">=")]
GRID = [sp.Rational(k, 4) for k in (0, 1, 2, 4)]
POINTS = [{a: sp.sympify(i), b: sp.sympify(j)} for i, j in product([-1, 0, 2], repeat=2)]

SYSTEMS: dict[str, tuple[list[Any], Atoms]] = {
    "nothing": ([], INSIDE),
    "a line": ([2 * p - 1], INSIDE),
    "a line in both": ([p + q - 1], INSIDE),
    "a product": ([p * q - sp.Rational(1, 4)], INSIDE),
    "two products": ([p * (2 * q - 1), q * (2 * p - 1)], CLOSED),
    "a parameter": ([a * p - b], INSIDE),
    "a parameter, at the edge too": ([a * p - b], CLOSED),
    "two parameters": ([a * p - 1, b * q - 1], CLOSED),
    "parameters times unknowns": ([a * p + b * q - 1], CLOSED),
    "without unknowns": ([a - b], INSIDE),
    "without unknowns, with an inequality": ([], [*INSIDE, (a - b, ">=")]),
    "a number": ([sp.Integer(1)], INSIDE),
    "zero": ([sp.Integer(0)], INSIDE),
    "a gain": ([], [*INSIDE, (p - q, ">=")]),
    "a gain that must be zero": ([], [*CLOSED, (p - q, ">="), (q - p, ">=")]),
    "an edge": ([], [*CLOSED, (-p, ">=")]),
    "factors that do not vanish": ([p * (2 * q - 1)], INSIDE),
    "a quotient": ([1 / (p + 1) - sp.Rational(2, 3)], INSIDE),
    "not equal": ([p + q - 1], [*INSIDE, (2 * p - 1, "!=")]),
    "a slope that may vanish": ([(2 * q - 1) * p - (2 * q - 1) * a], CLOSED),
}  # fmt: skip


def holds(equalities: list[Any], atoms: Any, values: Any) -> bool:
    return all(sp.sympify(e).subs(values) == 0 for e in equalities) and all(
        bool(RELATIONS[op](sp.sympify(e).subs(values), 0)) for e, op in atoms
    )


@pytest.mark.parametrize("name", SYSTEMS)
def test_each_solution_is_in_exactly_one_family(name: str) -> None:
    equalities, atoms = SYSTEMS[name]
    families = list(solution_families(equalities, atoms, [p, q], SPACE))
    for family in families:
        assert {*family.values, *family.free} == {p, q}
        assert not set(family.values) & set(family.free)
        assert all(v.free_symbols.isdisjoint(family.values) for v in family.values.values())
    for point in POINTS:
        here = [f for f in families if all(truth_value(g, point) is True for g in f.given)]
        for x, y in product(GRID, GRID):
            values = {**point, p: x, q: y}
            containing = [
                family
                for family in here
                if all(sp.sympify(v).subs(values) == values[s] for s, v in family.values.items())
                and holds([*family.open], family.where, values)
            ]
            assert len(containing) == holds(equalities, atoms, values), (values, containing)


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_family_exists_where_its_condition_holds(name: str) -> None:
    equalities, atoms = SYSTEMS[name]
    families = list(solution_families(equalities, atoms, [p, q], SPACE))
    for family in families:
        condition = existence_condition(family)
        assert condition is not None
        readable = existence_condition(family, SPACE)
        for point in POINTS:
            here = truth_value(condition, point)
            assert truth_value(readable, point) is here
            on_grid = any(
                holds([*family.open], family.where, {**point, p: x, q: y})
                for x, y in product(GRID, GRID)
            ) and all(truth_value(g, point) is True for g in family.given)
            assert here or not on_grid
            if name not in ("a product", "a parameter", "two parameters", "a line in both"):
                continue
            values = {s: v.subs(point) for s, v in family.values.items()}
            if here and not family.free:
                assert holds(equalities, atoms, {**point, **values}), (point, values)


def test_what_is_solved() -> None:
    (family,) = solution_families([a * p - b], INSIDE, [p, q], Space.of(a > 0, b > 0))
    assert family.values == {p: b / a}
    assert family.free == (q,)
    condition = existence_condition(family, Space.of(a > 0, b > 0))
    for i, j in product([1, 2, 3], repeat=2):
        assert truth_value(condition, {a: sp.sympify(i), b: sp.sympify(j)}) is (i > j)
    (line,) = solution_families([p + q - 1], INSIDE, [p, q], NONE)
    assert line.values == {p: 1 - q}
    (root,) = solution_families([p - sp.sqrt(2) * q], INSIDE, [p, q], NONE)
    assert set(root.values.items()) <= {(p, sp.sqrt(2) * q), (q, sp.sqrt(2) * p / 2)}
    (closed,) = solution_families([(1 + sp.sqrt(2)) * p - 1], INSIDE, [p, q], NONE)
    assert closed.values == {p: sp.sqrt(2) - 1}
    (open_family,) = solution_families([p**2 - 2 * q**2], INSIDE, [p, q], NONE)
    assert (open_family.open, open_family.values) == ((p**2 - 2 * q**2,), {})
    assert existence_condition(open_family) is None
    assert list(solution_families([p - 2], INSIDE, [p, q], NONE)) == []
    assert list(solution_families([], [*INSIDE, (a, ">")], [p, q], Space.of(a < 0))) == []


def test_cases_are_counted() -> None:
    effort = Effort("it", most=3)
    found = list(solution_families([a * p - b], INSIDE, [p, q], SPACE, effort))
    assert (effort.questions, len(found)) == (3, 2)
    with pytest.raises(TooLargeError, match="it takes more than 2 questions"):
        list(solution_families([a * p - b], INSIDE, [p, q], SPACE, Effort("it", most=2)))


@pytest.mark.parametrize(
    ("expression", "op", "given", "expected"),
    [
        (a - b, ">", [], a > b), (b - a - 1, ">=", [], b >= a + 1), (2 * a - 2 * b, ">", [], a > b),
        (3 - 2 * a, ">", [], a < sp.Rational(3, 2)), (3 - 2 * a, ">=", [], a <= sp.Rational(3, 2)),
        (2 * a - 3, ">", [], a > sp.Rational(3, 2)), (4 - 2 * a, "==", [], sp.Eq(a, 2)),
        (1 - a, "!=", [], sp.Ne(a, 1)), (sp.Integer(3), ">", [], sp.true),
        (sp.Integer(0), ">", [], sp.false), (sp.Integer(0), ">=", [], sp.true),
        (a * b - a, ">", [a > 0], b > 1), (a * b - a, ">", [a < 0], b < 1),
        (a * b - a, ">=", [a < 0], b <= 1), (a * b - a, ">", [], a * b > a),
        (a * b - a, "==", [a < 0], sp.Eq(b, 1)), (a * b * (a - b), ">", [a < 0, b < 0], a > b),
        (-a * b, ">", [b > 0], a < 0), (a**2 - b, ">", [], a**2 > b),
    ],
    ids=str,
)  # fmt: skip
def test_a_relation_is_readable(expression: Any, op: str, given: list[Any], expected: Any) -> None:
    assert relation(expression, op, Space.of(*given, symbols=[a, b])) == expected


@pytest.mark.parametrize(
    ("expression", "given", "expected"),
    [
        (a / (b + 1), [b > 0], a), (a / (b - 1), [b < 0], -a), (a / b, [], a * b),
        (a / b, [b <= 0], a * b), (a / b, [b >= 0], a * b),
        (a / 2 + 1, [], a / 2 + 1), (1 / (a * b), [a > 0, b > 0], sp.Integer(1)),
        (a - 1 / b, [b > 0], a * b - 1), ((a - 1) / (2 * b), [b < 0], 1 - a),
    ],
    ids=str,
)  # fmt: skip
def test_a_denominator_is_cleared_with_its_sign(
    expression: Any, given: list[Any], expected: Any
) -> None:
    found = module.clear_denominator(expression, Space.of(*given, symbols=[a, b]))
    assert sp.expand(found - expected) == 0 or sp.cancel(found / expected).is_positive


def test_what_is_needed_of_a_numerator() -> None:
    family = SolutionFamily(free=(p, q), where=tuple(INSIDE))
    numerator = module._essential_numerator
    assert numerator(p * (2 * q - 1), family, NONE) == 2 * q - 1
    assert numerator((p + 1) * (q - a) * (p - a), family, SPACE) == sp.expand((q - a) * (p - a))
    assert numerator((2 * q - 1) / p, family, NONE) == 2 * q - 1
    assert numerator(p * q, family, NONE) in (1, p * q)
    assert numerator(sp.Integer(4), family, NONE) == 4
    assert numerator(sp.sqrt(8) - 2 * sp.sqrt(2), family, NONE) == 0
    assert numerator(p - 1, family, NONE) == p - 1
    assert numerator(1 / (sp.sqrt(2) - 1) - sp.sqrt(2) - 1, family, NONE) == 0
    assert numerator((p - a) ** 2, family, SPACE) == sp.expand((p - a) ** 2)


def test_weak_inequalities_that_hold_as_equations() -> None:
    def implied(*atoms: tuple[Any, str], given: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        family = SolutionFamily(free=(p, q), where=(*INSIDE, *atoms), given=given)
        return module._implied_equalities(family, SPACE)

    assert implied((p - q, ">=")) == ()
    assert implied((p - q, ">="), (q - p, ">=")) == (p - q,)
    assert implied((p - q, ">="), (q - p - a, ">="), given=(a >= 0,)) == (p - q,)
    assert implied((p - q, ">="), (q - p - a, ">="), given=(a < 0,)) == ()
    assert implied((p - q, ">"), (q - p + 1, ">=")) == ()


def test_a_pivot_has_a_constant_slope_if_there_is_one() -> None:
    def pivot(*equalities: Any) -> Any:
        return module._linear_pivot(SolutionFamily(free=(p, q), open=equalities))

    assert pivot(a * p - 1, 2 * q - a) == (2 * q - a, q, 2, -a)
    assert pivot(p * q - 1, a * q - b) == (a * q - b, q, a, -b)
    assert pivot(p * q - 1) == (p * q - 1, p, q, -1)
    assert pivot(p**2 - 2, q**2 - 3) is None
    assert pivot(p**2 - q) == (p**2 - q, q, -1, p**2)
    assert pivot() is None
    assert pivot(sp.sqrt(p) - 2 * q) == (sp.sqrt(p) - 2 * q, q, -2, sp.sqrt(p))


def test_every_relation_is_written_readably() -> None:
    inside = Space.of(a > 0, symbols=[a, b])
    first, second = a * b - a > 0, a * b <= 0
    for joined in (sp.And, sp.Or):
        found = rewrite_relations(joined(first, second), inside)
        assert found == joined(b > 1, b <= 0)
    nested = sp.Or(sp.And(first, b < 7), sp.Eq(a * b, 0))
    assert rewrite_relations(nested, inside) == sp.Or(sp.And(b > 1, b < 7), sp.Eq(b, 0))


def test_existence_beyond_lines_is_searched_without_parameters() -> None:
    curve: Atoms = [(p, ">"), (1 - p, ">"), (p**2 - sp.Rational(1, 2), ">")]
    assert existence_condition(SolutionFamily(free=(p,), where=tuple(curve))) == sp.true
    curve[-1] = (p**2 - 1, ">=")
    assert existence_condition(SolutionFamily(free=(p,), where=tuple(curve))) == sp.false
    curve[-1] = (p**2 - a, ">=")
    assert existence_condition(SolutionFamily(free=(p,), where=tuple(curve))) is None
    given = SolutionFamily(free=(p,), where=((p, ">"), (p**2 - 2, ">")), given=(a > 0,))
    assert existence_condition(given) == (a > 0)
    assert SolutionFamily(given=(a > 0, b > 0)).condition == sp.And(a > 0, b > 0)


def test_one_inequality_is_made_strict_and_the_others_stay() -> None:
    atoms: Atoms = [(p, ">="), (q, ">="), (p - q, ">"), (p + q, "!=")]
    assert module._make_strict(atoms, q) == [(p, ">="), (q, ">"), *atoms[2:]]
    assert module._make_strict(atoms, a) == atoms
