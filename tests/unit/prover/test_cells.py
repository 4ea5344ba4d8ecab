"""Cells: which of some conditions hold together, against brute force over points."""

from itertools import product

import pytest
import sympy as sp

from gametheory_eeu import GameTheoryError
from gametheory_eeu.core import Space, parse
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover import CellDecomposition, cells, is_true_at, prove_all
from gametheory_eeu.prover.sign_abstraction import (
    Literal,
    SignAbstraction,
    all_of,
    any_of,
    conjunction,
    implicant,
    is_satisfied,
    negation,
)

x, y = sp.symbols("x y", real=True)
n = sp.Symbol("n", integer=True)


def truths(conditions: list[sp.Basic], point: dict[sp.Symbol, sp.Rational]) -> tuple[int, ...]:
    return tuple(i for i, c in enumerate(conditions) if is_true_at(c, point))


def region_at(
    found: CellDecomposition, point: dict[sp.Symbol, sp.Rational]
) -> list[tuple[int, ...]]:
    """The regions a point is in, by evaluating each polynomial there."""
    values = [p.xreplace(point) for p in found.polynomials]
    signs = [int(sp.sign(value)) if value.is_real else 1 for value in values]  # undefined: any
    inside = [r for r in (*found.open, *found.edges)
              if any(is_satisfied(conjunction(p), signs) for p in r.pieces)]  # fmt: skip
    return [region.true for region in inside]


@pytest.mark.parametrize(
    "texts",
    [
        ["x > 0", "x >= y", "x + y == 1"],
        ["x*y >= 1", "x**2 + y**2 <= 4", "x != y"],
        ["x/(x - y) > 0", "x != y and 1/(x - y) < 2"],
        ["abs(x) >= y", "max(x, y) > 1"],
        ["x >= 0 and sqrt(x) > y", "x*(x - y)*(x + y) >= 0"],
        ["not (x > 0 and y > 0)", "x <= 0 or y < x**2"],
    ],
)
def test_every_point_is_in_one_region_and_the_right_one(texts: list[str]) -> None:
    conditions = [parse(text, known={"x": x, "y": y}) for text in texts]
    found = CellDecomposition(conditions, Space((x, y)), edges=True)
    values = [sp.Rational(k, 4) for k in range(-8, 9)]
    grid = [{x: a, y: b} for a, b in product(values[::2] + values[1:4], values[::2])]
    assert [region_at(found, point) for point in grid] == [[truths(conditions, p)] for p in grid]


def test_without_edges_only_zeros_are_left_out() -> None:
    conditions = [x >= y, x**2 <= 2]
    found = CellDecomposition(conditions, Space((x, y)))
    assert len(found.open) == 4
    assert not found.edges
    for point in (
        {x: sp.Rational(a, 3), y: sp.Rational(b, 2)} for a, b in product(range(-6, 7), repeat=2)
    ):
        off = all(p.xreplace(point) != 0 for p in found.polynomials)
        assert region_at(found, point) == [truths(conditions, point)] or not off


def test_what_the_space_excludes_is_no_region() -> None:
    found = CellDecomposition([x > y, y > 0], Space.of(x < 1, y > 2))
    assert [(r.true, r.pieces) for r in found.open] == [((1,), ({},))]
    assert found.zero_sets == []


def test_an_equation_of_the_space_is_no_boundary() -> None:
    found = CellDecomposition([x > 0, y >= 0], Space.of(sp.Eq(x, 2 * y)))
    assert sorted(region.true for region in found.open) == [(), (0, 1)]


def test_a_zero_at_the_edge_of_the_space_is_exceptional() -> None:
    found = CellDecomposition([x > 0, y >= 1], Space.of(x >= 0, y <= 1, x + 1 > 0))
    assert sorted(map(str, (found.polynomials[k] for k in found.zero_sets))) == ["x", "y - 1"]
    assert [region.true for region in found.open] == [(0,)]
    edges = CellDecomposition([x > 0, y >= 1], Space.of(x >= 0, y <= 1), edges=True).edges
    assert sorted(region.true for region in edges) == [(), (0, 1), (1,)]


def test_whole_numbers_are_not_exceptional() -> None:
    found = CellDecomposition([n >= 2, x > n], Space.of(n >= 1))
    assert sorted(region.true for region in found.open) == [(), (0,), (0, 1), (1,)]


def test_where_a_maximum_vanishes_may_be_open() -> None:
    found = CellDecomposition([sp.Max(0, x) > 0, y > sp.Max(0, x)], Space((x, y)))
    assert sorted(region.true for region in found.open) == [(), (0,), (0, 1), (1,)]


def test_nothing_over_an_empty_space() -> None:
    assert CellDecomposition([x > 0], Space.of(x > 1, x < 0)).open == []


def test_many_factors_of_one_product_stay_whole() -> None:
    product_of_ten = sp.Mul(*(x - k for k in range(10)))
    found = CellDecomposition([product_of_ten > 0], Space((x,)))
    assert sorted(region.true for region in found.open) == [(), (0,)]


def test_too_many_pieces_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_MAX_PIECES", 2)
    with pytest.raises(TooLargeError, match="more than 2 pieces; give values"):
        CellDecomposition([x > 0, y > 0], Space((x, y)))


def test_a_value_by_cases_must_be_defined_everywhere() -> None:
    value = sp.Piecewise((1 / x, x > 0))
    with pytest.raises(GameTheoryError, match="not proved to be defined everywhere"):
        CellDecomposition([value > 1], Space((x,)))


def test_taken_apart_conditions_share_their_polynomials() -> None:
    parts = SignAbstraction([x**2 > y**2, (x - y) * 3 < 0, sp.Eq(2 * y, -2 * x)], Space((x, y)))
    assert len(parts.polynomials) == 2


def test_formulas() -> None:
    a, b = Literal(0, frozenset({1})), Literal(1, frozenset({0, 1}))
    assert all_of(a, True) is a
    assert all_of(a, False) is False
    assert any_of(a, True) is True
    both = all_of(a, any_of(b, negation(a)))
    assert is_satisfied(both, (1, 0))
    assert not is_satisfied(both, (1, -1))
    assert not is_satisfied(negation(both), (1, 1))
    assert is_satisfied(negation(both), (0, 1))
    assert implicant(both, (1, 1), lambda k: k) == {0: frozenset({1}), 1: frozenset({0, 1})}


def test_proved_in_parts() -> None:
    proof = prove_all([x**2 >= 0, x > 1], given=x > 2)
    assert (proof.verdict, proof.recheck()) == ("proved", True)
    assert proof.statement == sp.And(x**2 >= 0, x > 1, evaluate=False)
    refuted = prove_all([x**2 >= 0, x > 3], given=x > 2)
    assert (refuted.verdict, refuted.recheck()) == ("refuted", True)
    assert prove_all([]).verdict == "proved"
