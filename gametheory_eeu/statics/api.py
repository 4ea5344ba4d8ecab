"""What a user asks for: comparative statics of a game or of formulas; monotone ones of payoffs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.size_limits import SYMBOLS_OF_A_STATEMENT, check_count
from gametheory_eeu.errors import (
    ParameterError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.model import AbstractGame, Game
from gametheory_eeu.prover import is_empty
from gametheory_eeu.statics.continuous_choices import Choices
from gametheory_eeu.statics.finite_actions import increments_of
from gametheory_eeu.statics.formulas import Formula, of_formulas, parameter_of
from gametheory_eeu.statics.monotone import ENDS, MonotoneTable
from gametheory_eeu.statics.restrict import narrowed
from gametheory_eeu.statics.solution import NO_SYMBOLS, of_solution, title_of
from gametheory_eeu.statics.supermodular import monotone, monotone_choices
from gametheory_eeu.statics.table import StaticsTable, of_game

OF_PLANS = "Of Nash equilibria in plans, ordered action by action at every information set."
_NAME = arg.optional(arg.text)


@arg.checks(quantity=_NAME, wrt=_NAME, at=_NAME, title=arg.text)
def comparative_statics(
    what: Game | Formula | Mapping[str, Formula],
    quantity: str | None = None,
    wrt: str | None = None,
    *,
    given: object = (),
    at: str | None = None,
    title: str = "",
) -> StaticsTable:
    """Every derivative, with its sign proved where it has one, and what decides it where not.

    Parameters
    ----------
    what : Game, formula, or mapping of names to formulas
        Of a game: its quantities, payoffs, and least and greatest equilibria; of one that a user
        wrote, what is played and earned at its equilibria, too. A formula is a SymPy expression,
        text, or a root of an equation: :func:`implicit`.
    quantity : str, optional
        Only this one; of a game ``"payoff"`` means all payoffs.
    wrt : str, optional
        Only this parameter, by name or ASCII symbol.
    given : Space, SymPy Boolean, str, or lists of them
        The space, of formulas. A game has its own.
    at : str, optional
        Of a game: payoffs at the equilibrium of this name only.
    title : str
        Of formulas, for the table's caption.

    Raises
    ------
    UnknownNameError
        No quantity, parameter or equilibrium of that name.
    SpaceError
        No point obeys what is given.

    Examples
    --------
    >>> table = comparative_statics({"profit": "(a - c)**2/(9*b)"}, given=["0 < c < a", "b > 0"])
    >>> for row in table:
    ...     print(row.parameter.name, row.reading)
    a +
    b -
    c -
    """
    if isinstance(what, Game):
        if not (isinstance(given, tuple) and given == ()):
            raise ParameterError("given", given, "nothing, for a game has its own space",
                                 "Give the game values, or its formulas by name")  # fmt: skip
        return of_game(what, quantity, wrt, at)
    if isinstance(what, AbstractGame):
        return _of_form(what, quantity, wrt, at, title)
    if at is not None:
        raise ParameterError("at", at, "nothing, for formulas have no equilibria")
    return of_formulas(what, given, quantity, wrt, title)


def _of_form(
    game: AbstractGame, quantity: str | None, wrt: str | None, at: str | None, title: str
) -> StaticsTable:
    """Of a game that a user wrote: its solution, then the least and the greatest equilibrium."""
    ends, notes = MonotoneTable(), []
    narrowed(game, ())
    if at is None and quantity in (None, *ENDS):
        try:
            ends = monotone_statics(game, wrt=wrt)
            ends = replace(ends, rows=tuple(r for r in ends if quantity in (None, r.quantity)))
        except (TooLargeError, UnsupportedError) as error:
            notes.append(f"Of the least and the greatest equilibrium nothing is said: {error}.")
    if quantity in ENDS:
        return StaticsTable((), None, title or title_of(game), ends.notes, ends)
    try:
        found = game.solve()
    except (TooLargeError, UnsupportedError) as error:
        notes.append(f"The game was not solved: {error}.")
        return StaticsTable((), None, title or title_of(game), (*notes, *ends.notes), ends)
    chosen = found if at is None else (found[at],)
    table = of_solution(chosen, game, quantity, wrt)
    every = tuple(dict.fromkeys((*table.notes, *notes, *ends.notes)))
    return replace(table, title=title or table.title, notes=every, ends=ends)


@arg.checks(wrt=_NAME, title=arg.text)
def monotone_statics(
    what: AbstractGame | Mapping[str, Expr | str],
    actions: Mapping[str, Symbol | str] | None = None,
    given: object = (),
    wrt: str | None = None,
    title: str = "",
) -> MonotoneTable:
    """How the least and the greatest equilibrium move, without solving for either.

    The premises of the theorem are part of the claim: that no gain from a higher action falls in
    the others' actions, nor, between any two values, in the parameter; that what may be chosen is
    a chain or a compact interval, payoffs defined there and continuous. What is not proved is said.

    Parameters
    ----------
    what : game, or mapping of player to payoff
        A game with named actions is read in the order of its actions, the first the lowest; a
        tree, action by action at every information set, its Nash equilibria in plans. A payoff is
        a formula in numbers that the players choose, continuous in a player's own.
    actions : mapping of player to symbol or name
        Of payoffs: what each chooses, from a compact interval that no other's choice moves. Where
        a parameter moves its ends, they have to go the way of the equilibria.
    given : Space, SymPy Boolean, str, or lists of them
        Of payoffs: the space, the intervals of the actions included.
    wrt : str, optional
        Only this parameter.

    Examples
    --------
    Prices of two firms whose goods are substitutes.

    >>> table = monotone_statics(
    ...     {"1": "(p_1 - c)*(a - p_1 + b*p_2)", "2": "(p_2 - c)*(a - p_2 + b*p_1)"},
    ...     actions={"1": "p_1", "2": "p_2"},
    ...     given=["0 <= p_1 <= 1", "0 <= p_2 <= 1", "0 < b < 1", "0 < c < a"],
    ... )
    >>> row = table["least equilibrium", "c"]
    >>> row.sign, row.theorem
    ('>=0', 'increasing differences (Topkis 1979; Milgrom and Roberts 1990)')
    """
    if isinstance(what, AbstractGame):
        return _of_actions(what, wrt, title or getattr(what, "title", ""))
    _check_choices(what, actions)
    assert actions is not None
    choices = Choices(*_read(what, actions, given))
    chosen = set(choices.own.values())
    parameters = _parameters([s for s in choices.space.symbols if s not in chosen], wrt)
    return MonotoneTable(tuple(monotone_choices(choices, parameters)), title)


def _check_choices(what: object, actions: object) -> None:
    """Refuse what is neither a game nor payoffs of players who choose numbers."""
    payoffs = arg.mapping("what", what, "a game, or a mapping of player to payoff")
    players = tuple(arg.text("player", player) for player in payoffs)
    if not isinstance(actions, Mapping) or not actions or set(actions) != set(players):
        raise ParameterError("actions", actions, f"a symbol for each of {', '.join(players)}")
    for player, action in actions.items():
        arg.instance(f"action of {player}", action, (str, sp.Symbol), "a symbol or its name")


def _of_actions(game: AbstractGame, wrt: str | None, title: str) -> MonotoneTable:
    space = narrowed(game, ())
    # With the number of players the theorem's game changes: it says nothing of that.
    counts = {p.symbol for p in getattr(game, "parameters", ()) if p.index == "count"}
    parameters = _parameters([s for s in space.symbols if s not in counts], wrt)
    if not space.symbols:
        return MonotoneTable((), title, (NO_SYMBOLS,))
    plans = hasattr(game, "player_at")
    rows = tuple(monotone(increments_of(game), space, parameters))
    return MonotoneTable(rows, title, (OF_PLANS,) if plans else ())


def _parameters(symbols: Sequence[Symbol], wrt: str | None) -> list[Parameter]:
    """All of some symbols, or the one that is asked for."""
    found = [parameter_of(s) for s in symbols if wrt in (None, s.name)]
    if wrt is not None and not found:
        raise UnknownNameError("symbol", wrt, [s.name for s in symbols])
    return found


def _read(
    what: Mapping[str, Expr | str], actions: Mapping[str, Symbol | str], given: object
) -> tuple[dict[str, Expr], dict[str, Symbol], Space]:
    used = {s for p in what.values() for s in getattr(p, "free_symbols", ())}
    chosen = [a for a in actions.values() if isinstance(a, sp.Symbol)]
    space = Space.of(given, symbols=[*chosen, *sorted(used - set(chosen), key=str)])
    names = {s.name: s for s in space.symbols}
    own = {p: names.setdefault(str(a), sp.Symbol(str(a), real=True)) for p, a in actions.items()}
    payoffs: dict[str, Expr] = {}
    for player, payoff in what.items():
        read = exact(parse(payoff, known=names) if isinstance(payoff, str) else payoff, player)
        names |= {s.name: s for s in read.free_symbols if s.name not in names}
        payoffs[player] = read
    every = sorted(
        {s for p in payoffs.values() for s in p.free_symbols} | set(own.values()), key=str
    )
    whole = Space.of(space, symbols=(*space.symbols, *(s for s in every if s not in space.symbols)))
    check_count("what is asked", len(whole.symbols), SYMBOLS_OF_A_STATEMENT)
    if is_empty(whole).verdict == "proved":
        raise ParameterError("given", given, "constraints that some point obeys")
    return payoffs, own, whole


__all__ = ["comparative_statics", "monotone_statics"]
