"""What a user asks for: comparative statics of a game or of formulas; monotone ones of payoffs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.logic import is_empty
from gametheory_eeu.model import AbstractGame, Game, Increment
from gametheory_eeu.space import Space, parse
from gametheory_eeu.statics.formulas import Formula, of_formulas, parameter_of
from gametheory_eeu.statics.monotone import MonotoneTable, monotone, smooth_increments
from gametheory_eeu.statics.narrowed import narrowed
from gametheory_eeu.statics.table import StaticsTable, of_game

MOST_PROFILES = 4096


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
        Of a game: its quantities, payoffs, and least and greatest equilibria. A formula is a
        SymPy expression, text, or a root of an equation: :func:`implicit`.
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
        if given != ():
            raise ParameterError("given", given, "nothing, for a game has its own space",
                                 "Give the game values, or its formulas by name")  # fmt: skip
        return of_game(what, quantity, wrt, at)
    if isinstance(what, AbstractGame):
        return StaticsTable((), None, title, ends=monotone_statics(what, wrt=wrt))
    if at is not None:
        raise ParameterError("at", at, "nothing, for formulas have no equilibria")
    return of_formulas(what, given, quantity, wrt, title)


def monotone_statics(
    what: AbstractGame | Mapping[str, Expr | str],
    actions: Mapping[str, Symbol | str] | None = None,
    given: object = (),
    wrt: str | None = None,
    title: str = "",
) -> MonotoneTable:
    """How the least and the greatest equilibrium move, without solving for either.

    Parameters
    ----------
    what : game, or mapping of player to payoff
        A game with named actions is read in the order of its actions, the first the lowest. A
        payoff is a smooth formula in numbers that the players choose.
    actions : mapping of player to symbol or name
        Of payoffs: what each chooses, from a closed interval that no parameter moves.
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
        space = narrowed(what, ())
        found = tuple(_of_named_actions(what))
        chosen: set[Symbol] = set()
    else:
        if not actions or set(actions) != set(what):
            raise ParameterError("actions", actions, f"a symbol for each of {', '.join(what)}")
        payoffs, own, space = _read(what, actions, given)
        found, chosen = tuple(smooth_increments(payoffs, own)), set(own.values())
    symbols = [s for s in space.symbols if s not in chosen]
    parameters = [parameter_of(s) for s in symbols if wrt in (None, s.name)]
    if not parameters:
        raise UnknownNameError("symbol", str(wrt), [s.name for s in symbols])
    return MonotoneTable(tuple(monotone(found, space, parameters)),
                         title or getattr(what, "title", ""))  # fmt: skip


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
        read = parse(payoff, known=names) if isinstance(payoff, str) else sp.sympify(payoff)
        names |= {s.name: s for s in read.free_symbols if s.name not in names}
        payoffs[player] = read
    every = sorted(
        {s for p in payoffs.values() for s in p.free_symbols} | set(own.values()), key=str
    )
    whole = Space.of(space, symbols=(*space.symbols, *(s for s in every if s not in space.symbols)))
    if is_empty(whole).verdict == "proved":
        raise ParameterError("given", given, "constraints that some point obeys")
    return payoffs, own, whole


def _of_named_actions(game: Any) -> Iterator[Increment]:
    """The gains from each next action, at every profile of the others."""
    own = getattr(game, "increments", None)
    if own is not None:
        yield from own()
        return
    actions = _actions(game)
    sizes = [len(a) for a in actions.values()]
    if sp.prod(sizes) > MOST_PROFILES:
        raise TooLargeError(f"{sp.prod(sizes)} profiles; at most {MOST_PROFILES} are gone through")
    for player in actions:
        others = [p for p in actions if p != player]
        for low, high in pairwise(actions[player]):
            for rest in product(*(actions[p] for p in others)):
                at = dict(zip(others, rest, strict=True))
                gain = _gain(game, player, low, high, at)
                raised = (_gain(game, player, low, high, {**at, p: after})
                          for p in others for after in _next(actions[p], at[p]))  # fmt: skip
                where = ", ".join(f"{p}: {a}" for p, a in at.items())
                yield Increment(f"{player} ({where})", gain, tuple(raised))


def _actions(game: Any) -> Mapping[str, Sequence[str]]:
    actions = getattr(game, "actions", None)
    if actions is None:
        raise ParameterError("game", game, "a game of named actions, such as a NormalForm")
    if isinstance(actions, Mapping):
        return actions
    return dict.fromkeys(game.players, actions)


def _next(order: Sequence[str], action: str) -> Sequence[str]:
    return order[order.index(action) + 1 :][:1]


def _gain(game: Any, player: str, low: str, high: str, at: Mapping[str, str]) -> Expr:
    return sp.sympify(
        game.payoff({**at, player: high}, player) - game.payoff({**at, player: low}, player)
    )


__all__ = ["comparative_statics", "monotone_statics"]
