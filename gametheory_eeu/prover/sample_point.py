"""A small exact point of a region, from any point of it that a solver found."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_fmpq, to_fraction, to_sympy
from gametheory_eeu.prover.emptiness import joint_point, point_test, satisfiability
from gametheory_eeu.prover.point_search import SMALL_INTEGERS, SMALL_RATIONALS, find_point
from gametheory_eeu.prover.sign_abstraction import SignAbstraction
from gametheory_eeu.prover.sign_formula import Literals, is_satisfied
from gametheory_eeu.prover.smt_query import Query, split

_DENOMINATORS = (4, 10, 100, 10_000)


class SamplePoints:
    """Small points of the regions that polynomials mark off in a space.

    Parameters
    ----------
    parts : SignAbstraction
        The polynomials.
    """

    def __init__(self, parts: SignAbstraction) -> None:
        self.parts, self.space = parts, parts.space
        unconstrained = Space(self.space.symbols)
        self.constraints = SignAbstraction(self.space.constraints, unconstrained)
        self.plain = not (parts.encoder.definitions or self.constraints.encoder.definitions)

    def point(self, literals: Literals, condition: Boolean, start: Point) -> Point | None:
        """A point of the space where the literals hold, which is where the condition does.

        One symbol after the other takes the simplest value that leaves everything true. Where
        that is not possible, because a polynomial must vanish or a root occurs, small values are
        searched for with the solver.
        """
        is_open = all(0 not in signs or len(signs) > 1 for signs in literals.values())
        values = {s: sp.sympify(start.get(s, 0)) for s in self.space.symbols}
        if self.plain and is_open and all(value.is_Rational for value in values.values()):
            point = self._simplify(literals, values)
            if point is not None:
                return point
        return self._search_point(condition)

    def _simplify(self, literals: Literals, values: dict[Symbol, Expr]) -> Point | None:
        for symbol in self.space.symbols:
            for candidate in _candidate_values(symbol, values[symbol]):
                trial = {**values, symbol: candidate}
                if self._is_inside(literals, trial):
                    values = trial
                    break
        is_integral = all(value.is_Integer for s, value in values.items() if s.is_integer)
        return values if is_integral and self._is_inside(literals, values) else None

    def _is_inside(self, literals: Literals, values: Point) -> bool:
        signs = _PointSigns(self.parts, values)
        if not all(signs[k] in allowed for k, allowed in literals.items()):
            return False
        if not Space(self.space.symbols).contains({s.name: v for s, v in values.items()}):
            return False
        constraint_signs = _PointSigns(self.constraints, values)
        return all(is_satisfied(formula, constraint_signs) for formula in self.constraints.formulas)

    def _search_point(self, condition: Boolean) -> Point | None:
        part, other_parts = split(self.space, condition.free_symbols)
        other_values = joint_point(other_parts)
        if other_values is None or satisfiability(part) == "unsat":
            return None
        query = Query(condition, part)
        point = find_point(query, query.true, point_test(query, True))
        return None if point is None else {**other_values, **point}


class _PointSigns:
    """The signs of the polynomials at a point, computed lazily."""

    def __init__(self, parts: SignAbstraction, values: Point) -> None:
        self.parts = parts
        self.values = [to_fmpq(values[s]) for s in parts.encoder.names]
        self.known: dict[int, int] = {}

    def __getitem__(self, k: int) -> int:
        if k not in self.known:
            value = self.parts.polynomials[k](*self.values)
            self.known[k] = int(value > 0) - int(value < 0)
        return self.known[k]


def _candidate_values(symbol: Symbol, value: Expr) -> Iterator[Expr]:
    yield from SMALL_INTEGERS if symbol.is_integer else SMALL_RATIONALS
    if symbol.is_integer:
        yield from (sp.floor(value), sp.ceiling(value))
        return
    approximation = to_fraction(value)
    for max_denominator in _DENOMINATORS:
        fraction = approximation.limit_denominator(max_denominator)
        yield to_sympy(fraction)


__all__ = ["SamplePoints"]
