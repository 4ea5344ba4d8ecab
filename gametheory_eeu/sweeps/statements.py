"""Statements: conditions, regimes, equilibria and claims, each with its domain and its names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, condition_at, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping, Picklable
from gametheory_eeu.core.size_limits import check_expression
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.games import Game
from gametheory_eeu.games.solvable import AbstractGame
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.sweeps.priors import Priors, priors_of

ALLOWED = "a condition (SymPy or text), a regime, an equilibrium, or a claim with formal statements"


@dataclass(frozen=True)
class Statement(Picklable):
    """A condition, where it is meant, and the names of its parameters.

    Parameters
    ----------
    condition : SymPy Boolean
    domain : tuple of SymPy Booleans
    values : mapping of symbol to exact number
        Kept where no prior is given.
    names : mapping of str to symbol, optional
        What priors may name; None where any name will do.
    """

    condition: Boolean
    domain: tuple[Boolean, ...]
    values: Mapping[Symbol, Expr] = FrozenMapping()
    names: Mapping[str, Symbol] | None = None

    def under(self, given: object) -> tuple[Statement, Priors]:
        """The statement and its domain over the symbols that have a prior, with the priors.

        Every symbol is plain and real, or a whole number; its signs are part of the domain.

        Raises
        ------
        GameTheoryError
            A symbol of the statement has neither a prior nor a value.
        """
        own = self.condition.free_symbols | set().union(*(c.free_symbols for c in self.domain))
        names = self.names
        if names is None and isinstance(given, Mapping):
            free = {s.name: s for s in own}
            named = {key.name if isinstance(key, sp.Symbol) else key for key in given}
            extra = {n: sp.Symbol(n, real=True) for n in named if isinstance(n, str) and n}
            names = extra | free
        priors = priors_of(given, names)
        kept = {s: v for s, v in self.values.items() if s not in priors.distributions}
        point = {**kept, **priors.values}
        condition = condition_at(self.condition, point)
        domain = [condition_at(c, point) for c in self.domain]
        if missing := sorted({s.name for s in condition.free_symbols} - _names(priors.symbols)):
            raise GameTheoryError(
                f"{', '.join(missing)} {'has' if len(missing) == 1 else 'have'} no prior; give "
                "each a pair (low, high), a frozen distribution of scipy.stats, or one number"
            )
        known = set(priors.symbols)
        domain = [c for c in domain if c.free_symbols <= known and c != sp.true]
        plain = {s: _plain(s) for s in known}
        signs = [c for s in sorted(known, key=str) for c in assumptions(s)]
        statement = Statement(
            _replaced(condition, plain), tuple(_replaced(c, plain) for c in (*domain, *signs))
        )
        distributions = {plain[s]: d for s, d in priors.distributions.items()}
        return statement, replace(priors, distributions=FrozenMapping(distributions))


def statement_of(statement: object, given: object = (), game: object = None) -> Statement:
    """The statement that a user's argument stands for.

    Parameters
    ----------
    statement : SymPy condition, text, or an object with a condition or with parts
    given : conditions
        The domain, besides the game's own.
    game : game, optional
        Whose parameters and quantities text may name.
    """
    if game is not None and not isinstance(game, AbstractGame):
        raise ParameterError("game", game, "a game, or None")
    if not isinstance(statement, (str, sp.Basic, bool)):
        parts = getattr(statement, "parts", None)
        if isinstance(parts, tuple) and hasattr(statement, "judge"):
            return _claim(statement, parts, given)
        condition = getattr(statement, "condition", None)
        if not isinstance(condition, sp.logic.boolalg.Boolean):
            raise ParameterError("statement", statement, ALLOWED)
        own = getattr(statement, "game", None)
        return _statement(condition, given, own if game is None else game)
    return _statement(statement, given, game)


def _statement(statement: Any, given: object, game: Any) -> Statement:
    names = _game_names(game) if game is not None else None
    space = Space.of(*([game.space] if game is not None else []), given)
    if isinstance(statement, str):
        statement = _read(statement, space, game, names)
    condition = arg.condition("statement", statement)
    check_expression("statement", condition)
    if functions := sorted(map(str, condition.atoms(sp.core.function.AppliedUndef))):
        raise ParameterError("statement", statement, f"known functions. Write {functions[0]} out")
    return Statement(condition, space.constraints, names=names)


def _read(text: str, space: Space, game: Any, names: Mapping[str, Symbol] | None) -> Any:
    """A text's condition; of quantities in it, only where they exist."""
    if game is None or names is None:
        return parse(text, None, known={s.name: s for s in space.symbols})
    values = getattr(game, "values", {})
    known: dict[str, Expr] = {name: values.get(s, s) for name, s in names.items()}
    places = {name: sp.Dummy(name, real=True) for name in game.quantities if name not in known}
    result = parse(text, known | places)
    used = [game.quantities[n] for n, place in places.items() if place in result.free_symbols]
    result = result.xreplace({places[q.name]: q.expression for q in used})
    return sp.And(result, *(q.exists_when for q in used), evaluate=False) if used else result


def _game_names(game: AbstractGame) -> dict[str, Symbol]:
    own = {s.name: s for s in game.space.symbols}
    if not isinstance(game, Game):
        return own
    rows = {row.name: row.symbol for row in game.parameters}
    return own | {row.symbol.name: row.symbol for row in game.parameters} | rows


def _claim(claim: Any, parts: tuple[Any, ...], given: object) -> Statement:
    """The formal statements of a claim, but those that others correct or that are theorems."""
    if not parts:
        raise GameTheoryError(
            f"{claim!r} has no formal statement; only a statement with parameters has a probability"
        )
    judged = [p.part for p in claim.judge().parts if p.verdict != "proved"]
    listed = [part for part in judged if not part.naive] or judged
    symbols = _symbols([*(s for part in parts for s in part.symbols), *claim.point])
    one = {s: symbols[s.name] for part in listed for s in (*part.symbols, *part.point)}
    space = Space.of(*(_replaced(c, one) for part in listed for c in part.space.constraints), given)
    condition = sp.And(*(_replaced(part.statement, one) for part in listed), evaluate=False)
    values = {one[s]: v for part in listed for s, v in part.point.items()}
    table = getattr(claim.game_class, "parameters", ())
    rows = {r.name: symbols[r.symbol.name] for r in table if r.symbol.name in symbols}
    return Statement(condition, space.constraints, FrozenMapping(values), symbols | rows)


def _symbols(symbols: Iterable[Symbol]) -> dict[str, Symbol]:
    """One symbol of each name, a whole number where one of them is."""
    result: dict[str, Symbol] = {}
    for symbol in symbols:
        if symbol.name not in result or symbol.is_integer:
            result[symbol.name] = symbol
    return result


def _names(symbols: Iterable[Symbol]) -> set[str]:
    return {s.name for s in symbols}


def _plain(symbol: Symbol) -> Symbol:
    whole = {"integer": True} if symbol.is_integer else {}
    return sp.Symbol(symbol.name, real=True, **whole)


def _replaced(condition: Boolean, symbols: Mapping[Symbol, Symbol]) -> Boolean:
    return condition.xreplace({s: plain for s, plain in symbols.items() if s != plain})
