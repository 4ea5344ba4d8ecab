"""A small exact point of a region, from any point of it that a solver found."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import sympy as sp
from flint import fmpq

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.emptiness import confirmation, inhabited, joint
from gametheory_eeu.prover.point_search import SMALL, WHOLE, search
from gametheory_eeu.prover.sign_abstraction import TakenApart
from gametheory_eeu.prover.sign_formula import Literals, holds
from gametheory_eeu.prover.smt_query import Question, split

_DENOMINATORS = (4, 10, 100, 10_000)


class Nearby:
    """Small points of the regions that polynomials mark off in a space.

    Parameters
    ----------
    parts : TakenApart
        The polynomials.
    """

    def __init__(self, parts: TakenApart) -> None:
        self.parts, self.space = parts, parts.space
        free = Space(self.space.symbols)
        self.constraints = TakenApart(self.space.constraints, free)
        self.plain = not (parts.encoder.definitions or self.constraints.encoder.definitions)

    def point(self, literals: Literals, condition: Boolean, near: Point) -> Point | None:
        """A point of the space where the literals hold, which is where the condition does.

        One symbol after the other takes the simplest value that leaves everything true. Where
        that is not possible, because a polynomial must vanish or a root occurs, small values are
        searched for with the solver.
        """
        strict = all(0 not in signs or len(signs) > 1 for signs in literals.values())
        values = {s: sp.sympify(near.get(s, 0)) for s in self.space.symbols}
        if self.plain and strict and all(value.is_Rational for value in values.values()):
            found = self._simpler(literals, values)
            if found is not None:
                return found
        return self._searched(condition)

    def _simpler(self, literals: Literals, values: dict[Symbol, Expr]) -> Point | None:
        for symbol in self.space.symbols:
            for candidate in _candidates(symbol, values[symbol]):
                trial = {**values, symbol: candidate}
                if self._inside(literals, trial):
                    values = trial
                    break
        whole = all(value.is_Integer for s, value in values.items() if s.is_integer)
        return values if whole and self._inside(literals, values) else None

    def _inside(self, literals: Literals, values: Point) -> bool:
        signs = _Signs(self.parts, values)
        if not all(signs[k] in allowed for k, allowed in literals.items()):
            return False
        if not Space(self.space.symbols).contains({s.name: v for s, v in values.items()}):
            return False
        known = _Signs(self.constraints, values)
        return all(holds(formula, known) for formula in self.constraints.formulas)

    def _searched(self, condition: Boolean) -> Point | None:
        part, rest = split(self.space, condition.free_symbols)
        others = joint(rest)
        if others is None or inhabited(part) == "unsat":
            return None
        question = Question(condition, part)
        found = search(question, question.true, confirmation(question, True))
        return None if found is None else {**others, **found}


class _Signs:
    """The signs of the polynomials at a point, each computed when it is asked for."""

    def __init__(self, parts: TakenApart, values: Point) -> None:
        self.parts = parts
        self.values = [_exact(values[s]) for s in parts.encoder.names]
        self.known: dict[int, int] = {}

    def __getitem__(self, k: int) -> int:
        if k not in self.known:
            value = self.parts.polynomials[k](*self.values)
            self.known[k] = int(value > 0) - int(value < 0)
        return self.known[k]


def _exact(value: Expr) -> Any:
    return fmpq(int(value.p), int(value.q))


def _candidates(symbol: Symbol, value: Expr) -> Iterator[Expr]:
    yield from WHOLE if symbol.is_integer else SMALL
    if symbol.is_integer:
        yield from (sp.floor(value), sp.ceiling(value))
        return
    near = Fraction(int(value.p), int(value.q))
    for most in _DENOMINATORS:
        close = near.limit_denominator(most)
        yield sp.Rational(close.numerator, close.denominator)


__all__ = ["Nearby"]
