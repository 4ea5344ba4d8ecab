"""Actual functions through values that contradict a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import sympy as sp

from gametheory_eeu._types import Expr, Point, Symbol
from gametheory_eeu.core.evaluate import UndecidedError, value
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.functions import several_variables
from gametheory_eeu.prover.functions.checks import has_properties, values_of
from gametheory_eeu.prover.functions.construction import Data, System, solve, systems
from gametheory_eeu.prover.functions.declaration import Declaration, Order
from gametheory_eeu.prover.functions.translation import Node, Translation
from gametheory_eeu.prover.smt_query import Part, Query
from gametheory_eeu.prover.smt_solvers import ask


def smoothness(declaration: Declaration, nodes: Mapping[Node, Mapping[Order, object]]) -> int:
    """The highest order of derivative that is declared or occurs."""
    orders = [sum(order) for at_node in nodes.values() for order in at_node]
    return max([1, declaration.top, *orders])


def realize(translation: Translation, candidate: Point) -> Iterator[tuple[Point, dict[str, Expr]]]:
    """Points with functions that may refute; first through the candidate's own values.

    Then the values are chosen anew, at the candidate's arguments, together with the functions.
    """
    if any(not isinstance(v, sp.Rational) for v in candidate.values()):
        return
    if any(declaration.arity != 1 for declaration in translation.values):
        yield from _first_attempt(translation, candidate)
        if len(translation.values) == 1:
            yield from _with_new_values(translation, candidate)
        return
    for fixed in (True, False):
        yield from _attempts(translation, candidate, fixed)


def _first_attempt(
    translation: Translation, candidate: Point
) -> Iterator[tuple[Point, dict[str, Expr]]]:
    """Functions, some of several variables, through the candidate's own values."""
    found: dict[str, Expr] = {}
    for index, (declaration, nodes) in enumerate(translation.values.items()):
        actual = values_of(declaration, candidate)
        if actual is None:
            return
        function = None
        if declaration.arity > 1:
            data = _joint_data(nodes, candidate)
            options = several_variables.functions(actual, data or {})
            function = next(options, None)
        elif (line := _data(nodes, candidate, None)) is not None:
            order = smoothness(declaration, nodes)
            all_systems = systems(actual, line, order, f"f{index}_")
            function = _first_function([(declaration, actual, s) for s in all_systems])
        if function is None:
            return
        found[declaration.name] = function
    yield candidate, found


def _with_new_values(
    translation: Translation, candidate: Point
) -> Iterator[tuple[Point, dict[str, Expr]]]:
    """One function of several variables, looked for together with its values."""
    ((declaration, nodes),) = translation.values.items()
    query = _query(translation, candidate, [])
    names = {symbol: query.name(symbol) for symbol in translation.atoms.values()}
    actual, data = values_of(declaration, candidate), _joint_data(nodes, candidate, names)
    if actual is None or data is None:
        return
    given = {s: v for s, v in candidate.items() if s not in names}
    for form in several_variables.forms(actual, data, (sp.S.One,)):
        text = f"{query.text(query.untrue, given)}\n{form.text}"
        wanted = [*form.names.values(), *names.values()]
        answer = ask(text, budget=STEP, values=wanted)
        if answer.status == "sat" and _is_rational(answer.values, wanted):
            function = form.function(answer.values)
            yield {**candidate, **query.point(answer)}, {declaration.name: function}


def _is_rational(values: Mapping[str, Expr], names: list[str]) -> bool:
    return all(isinstance(values.get(name), sp.Rational) for name in names)


def _joint_data(
    nodes: Mapping[Node, Mapping[Order, Symbol]],
    candidate: Point,
    names: Mapping[Symbol, str] | None = None,
) -> dict[Node, dict[Order, Expr | str]] | None:
    known: Mapping[Symbol, Expr | str] = candidate if names is None else names
    data: dict[Node, dict[Order, Expr | str]] = {}
    for node, orders in nodes.items():
        numbers = tuple(value(argument, candidate) for argument in node)
        if not all(isinstance(number, sp.Rational) for number in numbers):
            return None
        data.setdefault(numbers, {}).update({o: known[s] for o, s in orders.items()})
    return data


def _attempts(
    translation: Translation, candidate: Point, fixed: bool
) -> Iterator[tuple[Point, dict[str, Expr]]]:
    lists = []
    arguments: list[tuple[Expr, Expr]] = []
    query = _query(translation, candidate, arguments)
    for index, (declaration, nodes) in enumerate(translation.values.items()):
        actual = values_of(declaration, candidate)
        data = _data(nodes, candidate, None if fixed else query)
        if actual is None or data is None:
            return
        order = smoothness(declaration, nodes)
        lists.append([(declaration, actual, s) for s in systems(actual, data, order, f"f{index}_")])
    if fixed:
        functions = [_first_function(options) for options in lists]
        if all(function is not None for function in functions):
            names = [declaration.name for declaration in translation.values]
            yield candidate, dict(zip(names, functions, strict=True))
        return
    for combination in product(*lists) if len(lists) == 1 else zip(*lists, strict=False):
        found = _joint(translation, candidate, query, combination)
        if found is not None:
            yield found


def _query(translation: Translation, candidate: Point, arguments: list[tuple[Expr, Expr]]) -> Query:
    """The question for values at the candidate's arguments."""
    atoms = set(translation.atoms.values())
    for nodes in translation.values.values():
        for node in nodes:
            nested = [argument for argument in node if argument.free_symbols & atoms]
            arguments += [(argument, value(argument, candidate)) for argument in nested]
    space = translation.space
    equal = tuple(sp.Eq(a, v, evaluate=False) for a, v in arguments)
    return Query(
        translation.statement, Part(frozenset(space.symbols), (*space.constraints, *equal))
    )


def _data(
    nodes: Mapping[Node, Mapping[Order, Symbol]],
    candidate: Point,
    query: Query | None,
) -> Data | None:
    data: dict[Expr, dict[int, str | Expr]] = {}
    for node, orders in nodes.items():
        try:
            argument = value(node[0], candidate)
        except UndecidedError:
            return None
        if not isinstance(argument, sp.Rational):
            return None
        for order, symbol in orders.items():
            entry = candidate[symbol] if query is None else query.name(symbol)
            here = data.setdefault(argument, {})
            if query is None or order[0] not in here:
                here[order[0]] = entry
    return data


def _first_function(options: list[tuple[Declaration, Declaration, System]]) -> Expr | None:
    for _, actual, system in options:
        solution = solve(system.text, system.names)
        if solution is not None:
            function = system.function(solution)
            if has_properties(function, actual, system.smoothness):
                return function
    return None


def _joint(
    translation: Translation,
    candidate: Point,
    query: Query,
    options: tuple[tuple[Declaration, Declaration, System], ...],
) -> tuple[Point, dict[str, Expr]] | None:
    atoms = set(translation.atoms.values())
    given = {s: v for s, v in candidate.items() if s not in atoms}
    text = "\n".join([query.text(query.untrue, given), *(s.text for _, _, s in options)])
    names = [name for _, _, system in options for name in system.names]
    wanted = [*names, *(query.name(s) for s in query.symbols)]
    answer = ask(text, budget=STEP, values=wanted)
    rational = all(isinstance(v, sp.Rational) for v in answer.values.values())
    if answer.status != "sat" or not rational or not answer.values.keys() >= set(names):
        return None
    functions = {d.name: system.function(answer.values) for d, _, system in options}
    return {**candidate, **query.point(answer)}, functions


__all__ = ["realize", "smoothness"]
