"""Where games and formulas exist: the space under a user's conditions, domain conditions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError, UnsupportedError
from gametheory_eeu.model import AbstractGame, EquilibriumSet
from gametheory_eeu.prover.functions import mentions
from gametheory_eeu.prover.indeterminates import natural_domain
from gametheory_eeu.statics.condition_forms import condition_forms


def solve(game: AbstractGame, concept: str | None) -> EquilibriumSet:
    """A game's equilibria; anything but a game is refused."""
    argument: object = game  # what a user wrote
    if not isinstance(argument, AbstractGame):
        fix = "Write one with NormalForm or ExtensiveForm"
        raise ParameterError("game", argument, "a game of the library or one you wrote", fix)
    return game.solve(concept)


def restricted_space(game: AbstractGame, given: object) -> Space:
    """The game's space with further conditions on its symbols.

    Raises
    ------
    UnknownNameError
        A condition on a symbol that the game does not have.
    SpaceError
        Nothing obeys all of it.
    """
    space = Space.of(game.space, given)
    symbols_by_name = {symbol.name: symbol for symbol in game.space.symbols}
    for symbol in space.symbols:
        if symbol.name not in symbols_by_name:
            raise UnknownNameError("symbol", symbol.name, symbols_by_name)
    if prover.is_empty(space).verdict == "proved":
        raise SpaceError(f"no parameter values obey what is given: {space}")
    return space


def refuse_functions(what: str, conditions: Iterable[Boolean]) -> None:
    """Refuse unspecified functions where conditions are to be evaluated at exact points.

    Raises
    ------
    UnsupportedError
    """
    for condition in filter(mentions, conditions):
        raise UnsupportedError(
            f"{what} are shown at exact points, and {condition} has an unspecified function; read "
            "the equilibria of solve(), each with its condition, or put an actual function in its "
            "place"
        )


@lru_cache(maxsize=2048)
def domain_conditions(expressions: tuple[Expr | Boolean, ...], space: Space) -> tuple[Boolean, ...]:
    """Natural domain conditions of some expressions that a space does not imply.

    Raises
    ------
    UnsupportedError
        A function whose domain is not known.

    Examples
    --------
    >>> y = sp.Symbol("y", real=True)
    >>> domain_conditions((sp.log(y),), Space.of(sp.Ne(y, 0)))
    (y > 0,)
    >>> domain_conditions((sp.log(y),), Space.of(y > 1))
    ()
    """
    return unimplied_conditions((natural_domain(expression) for expression in expressions), space)


def unimplied_conditions(conditions: Iterable[Boolean], space: Space) -> tuple[Boolean, ...]:
    """The conjuncts of some conditions that a space was not proved to imply."""
    conjunction = sp.And(*conditions)
    conjuncts = conjunction.args if isinstance(conjunction, sp.And) else (conjunction,)
    result: list[Boolean] = []
    for conjunct in sorted(conjuncts, key=lambda c: (sp.count_ops(c), str(c))):
        known_space = Space.of(space, *result)
        if not _is_implied(conjunct, known_space):
            result.append(
                min(conjunct, condition_forms(conjunct, known_space).condition, key=sp.count_ops)
            )
    return tuple(result)


def _is_implied(condition: Boolean, space: Space) -> bool:
    if condition == sp.true or condition in space.constraints:
        return True
    for given in (space, _rational_part(space)):
        try:
            return prover.prove(condition, given=given).verdict == "proved"
        except UnsupportedError:
            continue  # what follows from a part of what is given follows from all of it
    return False


def _rational_part(space: Space) -> Space:
    """The space with only its constraints between rational functions."""
    constraints = (c for c in space.constraints if c.is_Relational and not c.has(sp.Function)
            and (c.lhs - c.rhs).is_rational_function(*c.free_symbols)
            and not c.atoms(sp.NumberSymbol))  # fmt: skip
    return Space(space.symbols, tuple(constraints))
