"""Statements about unspecified functions as statements about numbers.

Each value of a function or of a derivative becomes a symbol of its own; equal arguments have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.definedness import guards, replace_unevaluated
from gametheory_eeu.errors import SpaceError
from gametheory_eeu.prover.functions.declaration import (
    Declaration,
    Node,
    Order,
    applications,
    mentions,
)


@dataclass(frozen=True)
class Translation:
    """A statement and a space in symbols alone; the space is without the axioms of the functions.

    ``atoms`` has the symbol of each application, ``values`` where each function and its derivatives
    are evaluated.
    """

    statement: Boolean
    space: Space
    atoms: Mapping[Expr, Symbol]
    values: Mapping[Declaration, Mapping[Node, Mapping[Order, Symbol]]] = field(hash=False)

    @property
    def applications(self) -> dict[Symbol, tuple[Declaration, Order, Node]]:
        """What each symbol stands for; an inner application comes before an outer one."""
        keys = {
            symbol: (declaration, order, node)
            for declaration, nodes in self.values.items()
            for node, orders in nodes.items()
            for order, symbol in orders.items()
        }
        return {symbol: keys[symbol] for symbol in dict.fromkeys(self.atoms.values())}

    def replace(self, expr: Expr) -> Expr:
        """An expression with symbols in the place of the functions."""
        if not mentions(expr):
            return expr
        has_guards = bool(guards(expr)) or expr.has(sp.Piecewise)
        return replace_unevaluated(expr, self.atoms) if has_guards else expr.xreplace(self.atoms)

    @property
    def functions(self) -> dict[Symbol, Expr]:
        """By symbol, the value that it stands for, as it was written first."""
        return {symbol: app for app, symbol in reversed(list(self.atoms.items()))}

    def restore(self, expr: Expr) -> Expr:
        """An expression or condition with the functions in the place of their symbols."""
        functions = self.functions
        return _replaced(expr, functions) if expr.free_symbols & functions.keys() else expr


def translate(statement: Boolean, space: Space, expressions: Iterable[Expr] = ()) -> Translation:
    """Replace every application by a symbol, inner ones first; also those in more expressions."""
    constraints = space.constraints
    found = applications([statement, *constraints, *expressions])
    declared_symbols = {s for app in found for s in app.declaration.symbols}
    taken = {s.name for s in (*space.symbols, *statement.free_symbols, *declared_symbols)}
    atoms: dict[Expr, Symbol] = {}
    values: dict[Declaration, dict[Node, dict[Order, Symbol]]] = {}
    for app in found:
        node = tuple(_canonical(replace_unevaluated(a, atoms)) for a in app.args)
        orders = values.setdefault(app.declaration, {}).setdefault(node, {})
        if app.order not in orders:
            if str(app) in taken:
                raise SpaceError(f"a symbol has the name of the value {app}; rename the symbol")
            orders[app.order] = sp.Symbol(str(app), real=True)
        atoms[app] = orders[app.order]
    ends = [
        sp.Lt(low, high, evaluate=False)
        for declaration in values
        for low, high in declaration.domain
        if (low.free_symbols or high.free_symbols) and low.is_finite is not False
        and high.is_finite is not False
    ]  # fmt: skip
    translated = [_replaced(c, atoms) for c in constraints]
    symbols = (
        *space.symbols,
        *_sorted(declared_symbols - set(space.symbols)),
        *dict.fromkeys(atoms.values()),
    )
    symbols = tuple(dict.fromkeys(symbols))
    return Translation(
        _replaced(statement, atoms), Space.of(*translated, *ends, symbols=symbols), atoms, values
    )


def _sorted(symbols: Iterable[Symbol]) -> list[Symbol]:
    return sorted(symbols, key=str)


def _replaced(formula: Boolean, atoms: Mapping[Expr, Expr]) -> Boolean:
    """A formula with symbols for applications; And and Or cannot be left unevaluated by SymPy."""
    if not atoms:
        return formula
    if isinstance(formula, (sp.And, sp.Or, sp.Not)):
        return formula.func(*(_replaced(part, atoms) for part in formula.args))
    return replace_unevaluated(formula, atoms)


def _canonical(argument: Expr) -> Expr:
    """One form for equal polynomials; other expressions are left as they were written."""
    powers = argument.atoms(sp.Pow)
    is_polynomial = not argument.has(sp.Function, sp.Piecewise) and all(
        p.exp.is_Integer and p.exp.is_positive for p in powers
    )
    return sp.expand(argument) if is_polynomial else argument
