"""Actual functions through values that contradict a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import sympy as sp

from gametheory_eeu._types import Expr, Point, Symbol
from gametheory_eeu.core.evaluate import UndecidedError, value
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions import construction, several_variables
from gametheory_eeu.prover.functions.checks import values_of
from gametheory_eeu.prover.functions.construction import Data, System
from gametheory_eeu.prover.functions.declaration import Declaration, Node, Order
from gametheory_eeu.prover.functions.several_variables import Form
from gametheory_eeu.prover.functions.translation import Translation
from gametheory_eeu.prover.smt_query import Part, Query
from gametheory_eeu.prover.smt_solvers import ask

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
