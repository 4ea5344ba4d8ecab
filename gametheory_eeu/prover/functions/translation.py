"""Statements about unspecified functions as statements about numbers, and the way back.

Each value of a function or of a derivative becomes a symbol of its own; equal arguments have one.
Through values that contradict a statement, actual functions are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.definedness import guards, replace_unevaluated
from gametheory_eeu.core.evaluate import UndecidedError, value
from gametheory_eeu.errors import SpaceError
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions import construction, several_variables
from gametheory_eeu.prover.functions.checks import values_of
from gametheory_eeu.prover.functions.construction import Data, System
from gametheory_eeu.prover.functions.declaration import (
    Declaration,
    Node,
    Order,
    applications,
    mentions,
)
from gametheory_eeu.prover.functions.several_variables import Form
from gametheory_eeu.prover.smt_query import Part, Query
from gametheory_eeu.prover.smt_solvers import ask


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


Refutation = tuple[Point, dict[str, Expr]]
"""A point, and functions by name."""


def smoothness(declaration: Declaration, nodes: Mapping[Node, Mapping[Order, object]]) -> int:
    """The highest order of derivative that is declared or occurs."""
    orders = [sum(order) for at_node in nodes.values() for order in at_node]
    return max([1, declaration.top, *orders])


def realize(translation: Translation, candidate: Point) -> Iterator[Refutation]:
    """Points with functions that may refute; first through the candidate's own values.

    Then the values are chosen anew, at the candidate's arguments, together with the functions.
    """
    if not all(isinstance(v, sp.Rational) for v in candidate.values()):
        return
    found: dict[str, Expr] = {}
    for index, (declaration, nodes) in enumerate(translation.values.items()):
        actual, data = values_of(declaration, candidate), _data(nodes, candidate, candidate)
        if actual is None or data is None:
            return
        if declaration.arity > 1:
            options = several_variables.functions(actual, data)
        else:
            order = smoothness(declaration, nodes)
            options = construction.functions(actual, data, order, f"f{index}_")
        function = next(options, None)
        if function is None:
            break
        found[declaration.name] = function
    else:
        yield candidate, found
    if len(translation.values) == 1 or all(d.arity == 1 for d in translation.values):
        yield from _with_new_values(translation, candidate)


def _with_new_values(translation: Translation, candidate: Point) -> Iterator[Refutation]:
    """Functions that are looked for together with their values."""
    query = _query(translation, candidate)
    names = {symbol: query.name(symbol) for symbol in translation.atoms.values()}
    options: list[list[System | Form]] = []
    for index, (declaration, nodes) in enumerate(translation.values.items()):
        actual, data = values_of(declaration, candidate), _data(nodes, candidate, names)
        if actual is None or data is None:
            return
        if declaration.arity > 1:
            options.append(list(several_variables.forms(actual, data, (sp.S.One,))))
        else:
            order = smoothness(declaration, nodes)
            options.append(list(construction.systems(actual, data, order, f"f{index}_")))
    given = {s: v for s, v in candidate.items() if s not in names}
    question = query.text(query.untrue, given)
    for systems in product(*options) if len(options) == 1 else zip(*options, strict=False):
        unknowns = [name for system in systems for name in system.names]
        answer = ask(
            "\n".join([question, *(system.text for system in systems)]),
            budget=STEP,
            values=[*unknowns, *map(query.name, query.symbols)],
        )
        is_rational = all(isinstance(v, sp.Rational) for v in answer.values.values())
        if answer.status == "sat" and is_rational and answer.values.keys() >= set(unknowns):
            functions = {s.declaration.name: s.function(answer.values) for s in systems}
            yield {**candidate, **query.point(answer)}, functions


def _query(translation: Translation, candidate: Point) -> Query:
    """The question for values at the candidate's arguments."""
    atoms, space = set(translation.atoms.values()), translation.space
    equations = (
        sp.Eq(argument, value(argument, candidate), evaluate=False)
        for nodes in translation.values.values()
        for node in nodes
        for argument in node
        if argument.free_symbols & atoms
    )
    part = Part(frozenset(space.symbols), (*space.constraints, *equations))
    return Query(translation.statement, part)


def _data(
    nodes: Mapping[Node, Mapping[Order, Symbol]],
    candidate: Point,
    known: Mapping[Symbol, Expr | str],
) -> Data | None:
    """What is known at the candidate's arguments; None where one of them is not rational."""
    data: dict[Node, dict[Order, Expr | str]] = {}
    for node, orders in nodes.items():
        try:
            numbers = tuple(value(argument, candidate) for argument in node)
        except UndecidedError:
            return None
        if not all(isinstance(number, sp.Rational) for number in numbers):
            return None
        here = data.setdefault(numbers, {})
        for order, symbol in orders.items():
            here.setdefault(order, known[symbol])
    return data
