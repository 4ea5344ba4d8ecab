"""A new symbol for a common power: the same question, of lower degree."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.prover.smt_query import Part, substitute_powers

x, y = sp.symbols("x y", real=True)
p, n = sp.Symbol("p", positive=True), sp.Symbol("n", nonnegative=True)
k, neg = sp.Symbol("k", integer=True), sp.Symbol("m", negative=True)


def part_of(*constraints: Boolean) -> Part:
    return Part(frozenset().union(*(c.free_symbols for c in constraints)), constraints)


@pytest.mark.parametrize(("statement", "given", "powers"), [
    (x**12 + y**8 >= x**6 * y**4, (), {x: (6, "nonnegative"), y: (4, "nonnegative")}),
    (x**5 > 1, (), {x: (5, "real")}), (x**10 > x**15, (), {x: (5, "real")}),
    (x**3 > 1, (), {}), (x**4 > 1, (), {x: (4, "nonnegative")}), (x**5 > x, (), {}),
    (x**8 > 1, (x**6 < 2,), {}), (x**8 > 1, (x**12 < 2,), {x: (4, "nonnegative")}),
    (x**8 > 1, (x < y,), {}), (p**5 > 1, (), {p: (5, "positive")}),
    (p**6 > 1, (), {p: (6, "positive")}), (n**6 > 1, (), {n: (6, "nonnegative")}),
    (n**5 > 1, (), {n: (5, "nonnegative")}), (k**6 > 1, (), {}), (neg**6 > 1, (), {}),
    (x**-6 > 1, (x**12 > 1,), {x: (6, "nonnegative")}), (sp.Abs(x) ** 6 > x, (), {}),
    (sp.sqrt(x) > x**6, (), {}), (x**20 > x**30, (), {x: (10, "nonnegative")}),
], ids=range(19))  # fmt: skip
def test_which_powers_have_a_symbol(
    statement: Boolean, given: tuple[Boolean, ...], powers: dict[Expr, Any]
) -> None:
    part = part_of(statement, *given)
    part = Part(part.symbols, given)
    new, new_part = substitute_powers(statement, part)
    if not powers:
        assert new is statement
        assert new_part is part
        return
    made = sorted(new_part.symbols - part.symbols, key=str)
    assert new_part.symbols - set(made) == part.symbols - set(powers)
    assert len(made) == len(powers)
    back = {}
    for old, (power, kind) in powers.items():
        symbol = next(s for s in made if s.name == f"{old.name}^{power}")
        assert symbol.is_real
        assert (symbol.is_positive, symbol.is_nonnegative) == {
            "real": (None, None),
            "nonnegative": (None, True),
            "positive": (True, True),
        }[kind]
        back[symbol] = old**power
    assert new.xreplace(back) == statement
    assert tuple(c.xreplace(back) for c in new_part.constraints) == given
    for condition in (new, *new_part.constraints):
        assert not condition.free_symbols & set(powers)
