"""Slopes: a derivative, a difference for a whole number, through derived parameters, of roots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, Parameter, Space
from gametheory_eeu.core.size_limits import expanded
from gametheory_eeu.model import Implicit
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.smt_encoding import MOST_LETTERS

_MOST_FACTORED = 40  # operations; beyond, factoring costs more than it shows


@dataclass(frozen=True)
class Mover:
    """A parameter that moves things: by itself, and through parameters derived from it.

    Parameters
    ----------
    parameter : Parameter
    derived : tuple of Parameter
        Those whose default has the parameter in it, such as a weight that follows from urgencies.
    domains : tuple of SymPy Booleans
        Of the ingredients of the derived ones.
    """

    parameter: Parameter
    derived: tuple[Parameter, ...] = ()
    domains: tuple[Boolean, ...] = ()

    @classmethod
    def of(cls, row: Parameter, table: Iterable[Parameter]) -> Mover:
        """A parameter of a game, among all of them."""
        rows = tuple(table)
        derived = tuple(
            r for r in rows if r.default is not None and row.symbol in r.default.free_symbols
        )
        used = {s for r in derived for s in r.default.free_symbols}  # type: ignore[union-attr]
        return cls(row, derived, tuple(r.condition for r in rows if r.symbol in used))

    def at(self, values: Mapping[Symbol, Expr]) -> Mover:
        """The same at values of the other ingredients of what is derived."""
        defaults = ((r, r.default) for r in self.derived)
        derived = tuple(replace(r, default=d and d.xreplace(values)) for r, d in defaults)
        domains = (d.xreplace(values) for d in self.domains)
        return Mover(self.parameter, derived, tuple(d for d in domains if d != sp.true))

    @property
    def symbol(self) -> Symbol:
        """The parameter's symbol."""
        return self.parameter.symbol

    @property
    def is_whole(self) -> bool:
        """Whether it moves by one at a time."""
        return bool(self.parameter.domain == COUNT or self.symbol.is_integer)

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The symbols that move with the parameter."""
        return frozenset({self.symbol, *(r.symbol for r in self.derived)})

    def moves(self, *parts: Expr | Boolean) -> bool:
        """Whether one of the expressions or conditions moves."""
        return any(self.symbols & part.free_symbols for part in parts)

    def ties(self, *parts: Expr | Boolean) -> tuple[Boolean, ...]:
        """What holds of the derived parameters that the expressions use."""
        used = [r for r in self.derived if any(r.symbol in part.free_symbols for part in parts)]
        return (*(sp.Eq(r.symbol, r.default) for r in used), *(self.domains if used else ()))

    def slope(self, expression: Expr) -> Expr:
        """The total derivative; for a whole number, what the next one adds."""
        if self.is_whole:
            return _tidy(self.after(expression) - expression)
        return self.rate(expression)

    def rate(self, expression: Expr) -> Expr:
        """The total derivative, also in a whole number taken as any real one."""
        parts = [sp.diff(expression, self.symbol)]
        for r in self.derived:
            if r.symbol in expression.free_symbols:
                chain = sp.factor(sp.diff(r.default, self.symbol))
                parts.append(sp.diff(expression, r.symbol) * chain)
        return _tidy(sp.Add(*parts))

    @property
    def step(self) -> int:
        """How far a whole number moves: by two where only even or odd ones are meant."""
        return 2 if self.symbol.is_even or self.symbol.is_odd else 1

    def next_conditions(self, space: Space) -> Iterator[Boolean]:
        """What must hold for the next whole number, too, to be in the space."""
        for condition in (*space.constraints, *assumptions(self.symbol)):
            if self.moves(condition):
                yield self.after(condition)

    def after(self, part: Expr | Boolean) -> Expr:
        """An expression or condition at the next whole number."""
        step = {self.symbol: self.symbol + self.step}
        derived = {r.symbol: r.default.xreplace(step) for r in self.derived}  # type: ignore[union-attr]
        return part.xreplace({**step, **derived})


@lru_cache(maxsize=4096)
def _tidy(expression: Expr) -> Expr:
    """Factored where that is shorter."""
    if expression.has(sp.Piecewise, sp.Max, sp.Min) or sp.count_ops(expression) > _MOST_FACTORED:
        return expression
    size = expanded(expression)
    if size.terms * size.degree > MOST_LETTERS:
        return expression
    factored = sp.factor(expression)
    return factored if sp.count_ops(factored) <= sp.count_ops(expression) else expression


@dataclass(frozen=True)
class RootSlope:
    """The slope of a root, over which space, and what has to hold for it to exist.

    Parameters
    ----------
    expression : SymPy expression
        ``-F_s/F_x``.
    conditions : tuple of SymPy Booleans
        The root's equation and branch.
    regular : SymPy Boolean
        ``F_x != 0``, to be proved.
    """

    expression: Expr
    conditions: tuple[Boolean, ...]
    regular: Boolean


def root_slope(root: Implicit, mover: Mover, value: Expr | None = None) -> RootSlope:
    """The implicit function theorem: ``dx/ds = -F_s/F_x`` where ``F = 0`` on the branch.

    Parameters
    ----------
    root : Implicit
    mover : Mover
    value : SymPy expression, optional
        What moves, where it is a function of the root and not the root itself.
    """
    x, equation = root.unknown, root.equation
    steep = _tidy(sp.diff(equation, x))
    slope = -mover.rate(equation) / steep
    if value is not None:
        slope = sp.diff(value, x) * slope + mover.rate(value)
    return RootSlope(_tidy(slope), (sp.Eq(equation, 0), root.branch), sp.Ne(steep, 0))


def off_edges(parts: Iterable[Expr], moved: frozenset[Symbol]) -> tuple[Boolean, ...]:
    """Where no case turns into another that what moves is in: the theorem needs a slope there.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> off_edges((y - sp.Abs(x),), frozenset({x}))
    (Ne(x, 0),)
    """
    found: list[Expr] = []
    for part in parts:
        for node in sorted(part.atoms(sp.Abs, sp.sign, sp.Max, sp.Min), key=sp.default_sort_key):
            alone = isinstance(node, (sp.Abs, sp.sign))
            found += node.args if alone else (a - b for a, b in combinations(node.args, 2))
        for node in sorted(part.atoms(sp.Piecewise), key=sp.default_sort_key):
            turns = {r for _, c in node.args for r in c.atoms(sp.core.relational.Relational)}
            found += (r.lhs - r.rhs for r in sorted(turns, key=sp.default_sort_key))
    return tuple(dict.fromkeys(sp.Ne(zero, 0) for zero in found if zero.free_symbols & moved))


__all__ = ["Mover", "RootSlope", "off_edges", "root_slope"]
