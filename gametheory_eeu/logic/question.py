"""A statement over a space, written for a solver; and the parts of a space that do not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.logic.encode import Encoder
from gametheory_eeu.logic.formula import conj, neg, number
from gametheory_eeu.space import Space


@dataclass(frozen=True)
class Part:
    """Symbols and the constraints that tie them to each other and to no other symbol."""

    symbols: frozenset[Symbol]
    constraints: tuple[Boolean, ...]


def split(space: Space, near: Iterable[Symbol] = ()) -> tuple[Part, list[Part]]:
    """The part of the space around the symbols ``near``, and the other parts."""
    around = frozenset(near)
    groups = [frozenset({s}) for s in space.symbols]
    for tie in (around, *(frozenset(c.free_symbols) for c in space.constraints)):
        apart = [g for g in groups if not g & tie]
        groups = [*apart, tie.union(*(g for g in groups if g & tie))]
    found = [
        Part(g, tuple(c for c in space.constraints if g & c.free_symbols)) for g in groups if g
    ]
    bare = tuple(c for c in space.constraints if not c.free_symbols)
    found += [Part(frozenset(), bare)] if bare else []
    touching = [part for part in found if part.symbols & around]
    first = touching[0] if touching else Part(frozenset(), ())
    return first, [part for part in found if part not in touching]


def all_parts(space: Space) -> list[Part]:
    """The space as parts that share no symbol."""
    return split(space)[1]


class Question:
    """The formulas of one question, and the SMT-LIB texts that ask for a point of it."""

    def __init__(self, statement: Boolean, part: Part) -> None:
        self.part, self.statement = part, statement
        self.symbols = sorted(part.symbols | statement.free_symbols, key=lambda s: s.name)
        self._encoder = Encoder([*part.constraints, statement, *self.symbols])
        self._given = [self._encoder.truth(c)[0] for c in part.constraints]
        self.true, self.false = self._encoder.truth(statement)

    @cached_property
    def _base(self) -> str:
        encoder, given = self._encoder, conj(*self._given)
        return "\n".join([*encoder.declarations, *encoder.definitions, f"(assert {given})"])

    @property
    def untrue(self) -> str:
        """Where the statement is false or undefined."""
        return neg(self.true)

    def text(self, goal: str, fixed: Mapping[Symbol, Expr] | None = None) -> str:
        """Ask for a point of the part where the goal holds, with some symbols fixed."""
        values = [f"(assert {self._equal(s, v)})" for s, v in (fixed or {}).items()]
        return "\n".join([self._base, *values, f"(assert {goal})"])

    def name(self, symbol: Symbol) -> str:
        """The symbol's name in the text."""
        return self._encoder.names[symbol]

    def _equal(self, symbol: Symbol, value: Expr) -> str:
        if isinstance(value, sp.Rational):
            return f"(= {self.name(symbol)} {number(value)})"
        scale, root = value.as_coeff_Mul()  # SymPy writes some roots as a multiple of another
        ends = sorted(scale * end for end in root.poly.intervals()[root.index][0])
        zero = sp.Eq(root.poly.as_expr(symbol / scale), 0, evaluate=False)
        bounds = (sp.Ge(symbol, ends[0], evaluate=False), sp.Le(symbol, ends[1], evaluate=False))
        return conj(*(self._encoder.truth(c)[0] for c in (zero, *bounds)))


__all__ = ["Part", "Question", "all_parts", "split"]
