"""A user's statements and their space, in one set of symbols."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import GameTheoryError, SpaceError, TextError
from gametheory_eeu.prover.proof_search import iff, parse_statements, require_condition

x, y = sp.symbols("x y", real=True)
p = sp.Symbol("p", positive=True)
n = sp.Symbol("n", integer=True)


@pytest.mark.parametrize(("statements", "given", "symbols", "expected", "found"), [
    (["x > 0"], (), (), [x > 0], {x}),
    ([x > y], x > 1, (), [x > y], {x, y}),
    (["x + y", "y > 1"], "x > 1", (), [x + y, y > 1], {x, y}),
    (["p > x"], p > 1, (), [p > x], {p, x}),
    (["q + 1"], (), {"q": n}, [n + 1], {n}),
    (["x + y"], (), [x, y], [x + y], {x, y}),
    ([0.5 * x > 0], (), (), [x / 2 > 0], {x}),
    ([0.25], (), (), [sp.Rational(1, 4)], set()),
    ([True, False], x > 0, (), [sp.true, sp.false], {x}),
    (["1/2"], (), (), [sp.Rational(1, 2)], set()),
    ([], ["x > 0", y > 0], (), [], {x, y}),
    (["p"], Space((n,)), [p], [p], {n, p}), (["x"], "y > 0", {"x": x, "z": n}, [x], {x, y, n}),
], ids=range(13))  # fmt: skip
def test_expressions_and_their_space(
    statements: list[Any], given: Any, symbols: Any, expected: list[Any], found: set[sp.Symbol]
) -> None:
    expressions, space = parse_statements(statements, given, symbols)
    assert expressions == expected
    assert set(space.symbols) == found


def test_a_name_that_is_not_allowed_is_refused() -> None:
    with pytest.raises(TextError, match="'y' names nothing here"):
        parse_statements(["x + y"], (), [x])
    with pytest.raises(GameTheoryError):
        parse_statements(["x"], (), {"x": "not a symbol"})
    with pytest.raises(GameTheoryError):
        parse_statements(["x"], (), {3: x})


def test_a_statement_is_a_condition() -> None:
    for condition in (x > 0, sp.true, sp.false, sp.Not(sp.Eq(x, 1)), sp.And(x > 0, y > 0)):
        assert require_condition(condition) is condition
    for other in (x, x + 1, sp.Integer(1), 3, "x > 0", None):
        with pytest.raises(SpaceError, match="is not a statement"):
            require_condition(other)


def test_an_equivalence_needs_both_sides_to_be_defined() -> None:
    claim = iff(1 / x > 0, y > 0)
    for a in (-1, 1):
        for b in (-1, 1):
            at = {x: sp.Integer(a), y: sp.Integer(b)}
            assert truth_value(claim, at) is (a == b)
    assert truth_value(claim, {x: sp.Integer(0), y: sp.Integer(-1)}) is None
