"""Comparative statics of a solution: how mixing probabilities, beliefs and payoffs move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gametheory_eeu.core import Parameter
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.model import AbstractGame, Equilibrium, Game
from gametheory_eeu.statics.formulas import parameter_of
from gametheory_eeu.statics.row_computation import Setting, rows
from gametheory_eeu.statics.table import StaticsTable, zeros_of
from gametheory_eeu.statics.targets import Moving

NO_SYMBOLS = "The game is in numbers: it has no symbol that could move."


def of_solution(
    equilibria: Iterable[Equilibrium],
    game: AbstractGame,
    quantity: str | None = None,
    wrt: str | None = None,
) -> StaticsTable:
    """Every derivative of what is played and earned at isolated equilibria, with its sign proved.

    Each holds where its equilibrium exists. Probabilities of zero and one are left out.

    Parameters
    ----------
    equilibria : iterable of Equilibrium
    game : game
        In whose symbols they are.
    quantity : str, optional
        Only this one; ``"probability"``, ``"belief"`` or ``"payoff"`` means all of them.
    wrt : str, optional
        Only this parameter.

    Raises
    ------
    UnknownNameError
        No quantity or parameter of that name.
    """
    found = tuple(equilibria)
    every = [w for e in found if not e.free for w in _moving(e)]
    wanted = [w for w in every if quantity is None or is_named(w.name, quantity)]
    if quantity is not None and not wanted:
        raise UnknownNameError("quantity", quantity, [w.name for w in every])
    table = _parameters(game)
    parameters = [p for p in table if p.symbol in game.space.symbols]
    if wrt is not None:
        parameters = [p for p in parameters if wrt in (p.name, p.symbol.name)]
        if not parameters:
            raise UnknownNameError("symbol", wrt, [s.name for s in game.space.symbols])
    setting = Setting(table, game.space, {}, tuple(game.quantities.values()))
    made = tuple(row for w in wanted for row in rows(w, setting, parameters))
    still = zeros_of(wanted, setting, parameters)
    return StaticsTable(made, None, title_of(game), tuple(_notes(found, game)), zeros=still)


def is_named(name: str, wanted: str) -> bool:
    """Whether a quantity is the one that is asked for, or one of those."""
    return name == wanted or (" " not in wanted and name.startswith(f"{wanted} of "))


def title_of(game: AbstractGame) -> str:
    """What the table is of."""
    own = type(game).__name__ if isinstance(game, Game) else ""
    return str(getattr(game, "title", "")) or own


def _parameters(game: AbstractGame) -> tuple[Parameter, ...]:
    if isinstance(game, Game):
        return tuple(type(game).parameters.expanded(game.members).rows)
    return tuple(parameter_of(s) for s in game.space.symbols)


def _moving(e: Equilibrium) -> Iterator[Moving]:
    """Probabilities strictly between zero and one, beliefs that have symbols, payoffs."""
    at = rf"\text{{{e.name}}}"
    for place, mix in e.profile.items():
        for action, chance in mix.items():
            if chance not in (0, 1):
                name = f"probability of {action} by {place} at {e.name}"
                symbol = rf"\sigma_{{\text{{{place}}}}}(\text{{{action}}})({at})"
                yield Moving(name, symbol, chance, e.condition)
    for place, belief in e.beliefs.items():
        for node, chance in belief.items():
            if chance.free_symbols:
                name = f"belief of {node} by {place} at {e.name}"
                symbol = rf"\mu_{{\text{{{place}}}}}(\text{{{node}}})({at})"
                yield Moving(name, symbol, chance, e.condition)
    for player, payoff in e.payoffs.items():
        symbol = rf"u_{{\text{{{player}}}}}({at})"
        yield Moving(f"payoff of {player} at {e.name}", symbol, payoff, e.condition)


def _notes(equilibria: tuple[Equilibrium, ...], game: AbstractGame) -> Iterator[str]:
    if not game.space.symbols:
        yield NO_SYMBOLS
    continua = [e.name for e in equilibria if e.free]
    if continua:
        yield f"Continua, of which no derivative is taken: {'; '.join(continua)}."


__all__ = ["NO_SYMBOLS", "is_named", "of_solution", "title_of"]
