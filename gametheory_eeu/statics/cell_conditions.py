"""Conditions on the signs of polynomials, written as a reader wants them: ``P > P_abs``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.model import Quantity
from gametheory_eeu.prover import Cells, Literals

_RELATIONS: Mapping[frozenset[int], type] = {
    frozenset({1}): sp.Gt, frozenset({-1}): sp.Lt, frozenset({0}): sp.Eq,
    frozenset({0, 1}): sp.Ge, frozenset({-1, 0}): sp.Le, frozenset({-1, 1}): sp.Ne,
}  # fmt: skip
_AS_NAMED = 3
Side: TypeAlias = tuple[Expr, Expr]


@dataclass(frozen=True)
class Form:
    """Two sides whose difference has, all over the space, a polynomial's sign times ``turned``."""

    left: Expr
    right: Expr
    turned: int
    rank: tuple[int, ...]


class Readable:
    """The best way to write the sign of each polynomial.

    Preferred: a symbol against one of the game's quantities; then the shortest of a quantity
    against zero, what the equilibria's own conditions say, what solving for a symbol gives, and
    the polynomial itself.
    """

    def __init__(
        self, cells: Cells, quantities: Mapping[str, Quantity], conditions: Iterable[Boolean]
    ) -> None:
        self.cells = cells
        self.atoms = {a for c in conditions for a in c.atoms(sp.core.relational.Relational)}
        self.quantities = [
            q.expression for q in quantities.values() if _is_rational(q.expression, cells)
        ]
        self._forms: dict[int, Form] = {}

    def condition(self, pieces: Iterable[Literals]) -> Boolean:
        """The union of the pieces, with what they share written once."""
        written = [[self.relation(k, signs) for k, signs in piece.items()] for piece in pieces]
        if not written:
            return sp.false
        shared = [r for r in written[0] if all(r in piece for piece in written)]
        rest = (sp.And(*(r for r in piece if r not in shared)) for piece in written)
        return sp.And(*shared, sp.Or(*rest))

    def relation(self, k: int, signs: frozenset[int]) -> Boolean:
        """One polynomial has one of these signs."""
        form = self.form(k)
        wanted = frozenset(form.turned * sign for sign in signs & self.cells.possible[k])
        return _RELATIONS[wanted](form.left, form.right)

    def form(self, k: int) -> Form:
        """How the sign of the polynomial is best written."""
        if k not in self._forms:
            self._forms[k] = min(self._candidates(k), key=lambda form: form.rank)
        return self._forms[k]

    def _candidates(self, k: int) -> Iterator[Form]:
        polynomial = self.cells.polynomials[k]
        for left, right, rank in self._sides(k, polynomial):
            turned = self.cells.parts.orientation(left - right, k)
            if turned is not None:
                length = int(sp.count_ops(left) + sp.count_ops(right))
                if rank == 1:  # what is named is short, unless something is shorter still
                    length = min(length, _AS_NAMED)
                yield Form(left, right, turned, (min(rank, 1), length, -turned))

    def _sides(self, k: int, polynomial: Expr) -> Iterator[tuple[Expr, Expr, int]]:
        solved = list(self._solved(polynomial))
        for symbol, bound in solved:
            for expression in self.quantities:
                if self._equal(bound, expression):
                    yield symbol, expression, 0
        for expression in self.quantities:
            if expression.free_symbols == polynomial.free_symbols:
                yield expression, sp.Integer(0), 1
        for atom in self.atoms:
            if atom.free_symbols == polynomial.free_symbols:
                yield atom.lhs, atom.rhs, 2
        for symbol, bound in solved:
            yield symbol, bound, 2
        yield polynomial, sp.Integer(0), 3

    def _solved(self, polynomial: Expr) -> Iterator[Side]:
        """The polynomial solved for each symbol in which it is linear."""
        for symbol in sorted(polynomial.free_symbols, key=str):
            slope = sp.diff(polynomial, symbol)
            if slope.is_polynomial() and not slope.has(symbol):
                rest = sp.expand(polynomial - slope * symbol)
                bound = sp.factor(-rest / slope)
                written = sp.expand(bound) if slope.is_number else bound
                yield symbol, min(written, bound, key=sp.count_ops)

    def _equal(self, bound: Expr, expression: Expr) -> bool:
        """Whether two rational functions are one; most are told apart by one value."""
        at = self._somewhere
        if bound.free_symbols != expression.free_symbols or bound.xreplace(at) != (
            expression.xreplace(at)
        ):
            return False
        return bool(sp.cancel(bound - expression) == 0)

    @cached_property
    def _somewhere(self) -> dict[Expr, Expr]:
        symbols = self.cells.parts.space.symbols
        return {s: sp.Rational(sp.prime(i + 5), sp.prime(i + 2)) for i, s in enumerate(symbols)}


def _is_rational(expression: Expr, cells: Cells) -> bool:
    known = set(cells.parts.space.symbols)
    return bool(
        not expression.is_Atom
        and expression.free_symbols
        and expression.free_symbols <= known
        and expression.is_rational_function(*expression.free_symbols)
    )


__all__ = ["Readable"]
