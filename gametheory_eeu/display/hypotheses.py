"""What stands beside a result: hypotheses, meanings, definitions, ranges of families."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.signs import reverse
from gametheory_eeu.display.printers import Math, clauses
from gametheory_eeu.display.tables import Cell, join_cells
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.games import AbstractGame, Equilibrium, EquilibriumSet, Game, Quantity

_SIGNS = {"positive": sp.Gt, "negative": sp.Lt, "nonnegative": sp.Ge, "nonpositive": sp.Le,
          "nonzero": sp.Ne}  # fmt: skip
_INEQUALITIES = (sp.Lt, sp.Le, sp.Gt, sp.Ge)
_KINDS = {"integer": "whole", "even": "even", "odd": "odd", "prime": "prime",
          "rational": "rational", "irrational": "irrational"}  # fmt: skip


def hypotheses(space: Space) -> list[Cell]:
    """Constraints and assumptions on a space's symbols, as a list of cells."""
    assumed_symbols = [s for s in space.symbols if assumptions(s)]
    constrained = {s for c in space.constraints for s in c.free_symbols} | set(assumed_symbols)
    unconstrained = [s for s in space.symbols if s not in constrained]
    return [
        *map(_clause, clauses(drop_implied(space.constraints))),
        *(assumption for s in assumed_symbols for assumption in assumptions(s)),
        *([(join_cells(unconstrained, ", "), " real")] if unconstrained else []),
    ]


def drop_implied(conditions: Iterable[Boolean]) -> list[Boolean]:
    """Conditions without the inequalities that a chain of the others implies.

    Examples
    --------
    >>> c, t, n = sp.symbols("c t n", real=True)
    >>> drop_implied([c > 0, t > 0, c < t, n >= 1, n >= 2])
    [c > 0, c < t, n >= 2]
    """
    parts = [part for condition in conditions for part in sp.And.make_args(condition)]
    for part in [p for p in parts if isinstance(p, _INEQUALITIES)]:
        others = [p for p in parts if p is not part and isinstance(p, _INEQUALITIES)]
        if _is_implied(part, others):
            parts.remove(part)
    return parts


def _is_implied(part: Boolean, others: Sequence[Boolean]) -> bool:
    """Whether a chain of the other inequalities implies this one."""
    links = [(p.lts, p.gts, isinstance(p, (sp.Lt, sp.Gt))) for p in others]
    numbers = {x for p in (part, *others) for x in (p.lts, p.gts) if x.is_Rational}
    links += [(a, b, True) for a in numbers for b in numbers if a < b]
    reachable, frontier = {(part.lts, False)}, {(part.lts, False)}
    while frontier:
        frontier = {
            (b, strict or s) for x, strict in frontier for a, b, s in links if a == x
        } - reachable
        reachable |= frontier
    is_strict = isinstance(part, (sp.Lt, sp.Gt))
    return (part.gts, True) in reachable or (not is_strict and (part.gts, False) in reachable)


def assumptions(symbol: Symbol) -> list[Cell]:
    """Declared assumptions of a symbol besides real: ``n > 0``, ``n whole``.

    Examples
    --------
    >>> assumptions(sp.Symbol("n", integer=True, positive=True))
    [(n, ' whole'), n > 0]
    """
    flags = symbol._assumptions_orig
    cells: list[Cell] = [(symbol, f" {word}") for key, word in _KINDS.items()
                         if flags.get(key)]  # fmt: skip
    return [*cells, *(relation(symbol, 0, evaluate=False) for key, relation in _SIGNS.items()
                      if flags.get(key))]  # fmt: skip


def _clause(condition: Boolean) -> Cell:
    """A constraint as an item of a list: alternatives in parentheses."""
    return ("(", condition, ")") if isinstance(condition, (sp.Or, sp.Implies)) else condition


def given_sentence(space: Space, end: str = ".") -> Cell:
    """The hypotheses on a space as a sentence, or its beginning; empty where there are none."""
    return _sentence(hypotheses(space), end)


def game_given_sentence(
    game: AbstractGame | None, end: str = ".", space: Space | None = None
) -> Cell:
    """The hypotheses on a game as a sentence: its constraints and parameter values.

    They are on its whole space, unless another is given.
    """
    return _sentence(game_hypotheses(game, space), end)


def game_hypotheses(game: AbstractGame | None, space: Space | None = None) -> list[Cell]:
    """The constraints on a game's symbols, and the values of its parameters."""
    if game is None:  # a result may stand alone
        return [] if space is None else hypotheses(space)
    cells = hypotheses(game.space if space is None else space)
    return [*cells, *parameter_values(game)]


def parameter_values(game: AbstractGame) -> list[Cell]:
    """The values of a model's parameters without the derived ones."""
    if not isinstance(game, Game):
        return []
    values = game.parameters.values
    constants = {p.name for p in game.parameters if p.default is not None and p.default.is_number}
    shown = {*game.given, *constants} & set(values)
    return [(p.symbol, " = ", values[p.name]) for p in game.parameters if p.name in shown]


def _sentence(cells: list[Cell], end: str) -> Cell:
    return ("Given ", and_list(cells), end) if cells else ""


def common_space(spaces: Iterable[Space]) -> Space:
    """The space of the symbols and constraints common to several spaces."""
    first, *others = spaces
    constraints = [c for c in first.constraints if all(c in o.constraints for o in others)]
    symbols = [s for s in first.symbols if all(s in o.symbols for o in others)]
    return Space(tuple(symbols), tuple(constraints))


def join_words(parts: Sequence[str], word: str = "and") -> str:
    """Words as an enumeration: ``a, b and c``."""
    *initial, last = parts
    return f"{', '.join(initial)} {word} {last}" if initial else last


def and_list(cells: Sequence[Cell]) -> Cell:
    """Cells as an enumeration in a sentence: a, b and c."""
    if len(cells) < 2:
        return join_cells(list(cells))
    return (join_cells(list(cells[:-1]), ", "), " and ", cells[-1])


def meanings(
    game: AbstractGame | None, *, short: bool = True, of: Iterable[Symbol] | None = None
) -> Cell:
    """Meanings of the symbols in a model of the library, or only of some.

    Short ones are the parameters' names, as in a terminal; others are in words, as in a paper.
    """
    if not isinstance(game, Game):
        return ""
    all_symbols = {*game.space.symbols, *(value[0] for value in parameter_values(game))}
    symbols = all_symbols if of is None else of
    parameters = [p for p in game.parameters if p.symbol in symbols]
    if not parameters:
        return ""
    cells = [(p.symbol, f" {p.name}" if short else f" ({p.meaning})") for p in parameters]
    return ("Symbols: " if short else "Parameters: ", join_cells(cells, ", "), ".")


def _quantity_symbols(quantities: Mapping[str, Quantity]) -> dict[Expr, Expr]:
    """Symbols of the quantities by their expressions, symbols and numbers left out."""
    symbols: dict[Expr, Expr] = {}
    for q in quantities.values():
        if not q.expression.is_Atom and q.expression.free_symbols:
            symbols.setdefault(q.expression, sp.Symbol(q.symbol, real=True))
    return symbols


def substitute_quantities(condition: Boolean, quantities: Mapping[str, Quantity]) -> Boolean:
    """The condition with quantities in place of their expressions."""
    return condition.xreplace(_quantity_symbols(quantities))


def set_definitions(result: EquilibriumSet) -> list[tuple[Math, Expr]]:
    """Definitions of the quantities in the conditions of a set of equilibria."""
    return definitions([e.condition for e in result], result.game.quantities)


def definitions(
    conditions: Iterable[Boolean], quantities: Mapping[str, Quantity]
) -> list[tuple[Math, Expr]]:
    """Definitions of the quantities that occur in some conditions."""
    symbols = set().union(*(substitute_quantities(c, quantities).free_symbols for c in conditions))
    return [
        (Math(symbol.name), expression)
        for expression, symbol in _quantity_symbols(quantities).items()
        if symbol in symbols
    ]


_BELIEF_CONCEPTS = ("bayesian", "sequential")


def family_range(e: Equilibrium) -> Cell:
    """Range of the free symbols, each bound of a single one solved for it."""
    own = getattr(e.game, "space", Space(()))  # An equilibrium may stand alone.
    space = Space.of(own, e.condition, symbols=e.free)
    assumption_cells = [assumption for symbol in e.free for assumption in assumptions(symbol)]
    condition = _isolate(e.where, frozenset(e.free), space)
    return join_cells([*([condition] if condition != sp.true else []), *assumption_cells], ", ")


def _isolate(condition: Boolean, free: frozenset[Symbol], space: Space) -> Boolean:
    if isinstance(condition, (sp.And, sp.Or)):
        return condition.func(*(_isolate(part, free, space) for part in condition.args))
    unknowns = condition.free_symbols & free
    if not condition.is_Relational or len(unknowns) != 1:
        return condition
    (x,) = unknowns
    lhs, rhs = condition.args
    if (lhs == x and not rhs.has(x)) or (rhs == x and not lhs.has(x)):
        return condition
    return _solve_for(condition, x, space)


def _solve_for(relation: Boolean, x: Symbol, space: Space) -> Boolean:
    """The relation solved for a symbol in which it is linear, where its coefficient has a sign."""
    coefficients = linear_coefficients(relation.lhs - relation.rhs, x)
    if coefficients is None:
        return relation
    coefficient, constant = map(sp.factor, coefficients)
    try:
        sign = prover.sign(coefficient, given=space).sign
    except GameTheoryError:
        return relation
    if sign not in ("+", "-"):
        return relation
    relation_class = relation.func if sign == "+" else reverse(relation.func)
    bound = -constant / coefficient
    return relation_class(x, min((bound, sp.factor(bound), sp.cancel(bound)), key=sp.count_ops))


def beliefs_of(e: Equilibrium) -> dict[str, dict[str, Expr]]:
    """Beliefs of the equilibrium at the information sets of several nodes."""
    if not any(word in e.concept.lower() for word in _BELIEF_CONCEPTS):
        return {}
    return {place: dict(mix) for place, mix in e.beliefs.items() if len(mix) > 1}


def free_column(e: Equilibrium) -> str:
    """The column in which free symbols occur: beliefs, strategies, choices or payoffs."""
    columns = {
        "beliefs": beliefs_of(e), "strategies": e.profile, "choices": {"": e.choices},
        "payoffs": {"": e.payoffs},
    }  # fmt: skip
    for name, mixes in columns.items():
        if any(p.free_symbols & set(e.free) for mix in mixes.values() for p in mix.values()):
            return name
    return "strategies"
