"""Sentences on solved games, and phrases for them; every number is read from the game."""

from __future__ import annotations

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.figures import module_beside
from gametheory_eeu.display.printers import decimal, is_short, symbol_text
from gametheory_eeu.model import Equilibrium, Game, Quantity


def quantity_text(q: Quantity) -> str:
    """A quantity that exists, with its value: ``P_J = 2``."""
    return equation(q.symbol, q.value)


def equation(symbol: str, value: Expr) -> str:
    """Equation of a symbol and its value: ``P = 2``, or ``P_J ≈ 1.429`` where it is rounded."""
    return f"{symbol_text(symbol)} {'=' if is_short(value) else '≈'} {decimal(value)}"


def count_phrase(number: int, singular: str, plural: str) -> str:
    """A number with its noun: ``1 period``, ``2 periods``."""
    return f"{number} {singular if number == 1 else plural}"


@arg.validate(game=arg.instance_of(Game, "a game of parameters, at values"))
def sentence(game: Game) -> str:
    """A plain sentence on a game at its values: the model's own, or what its equilibria are.

    Examples
    --------
    >>> from gametheory_eeu import CredibleCommitment
    >>> sentence(CredibleCommitment(b=1, ell=1, sigma=0, mu="7/10")).partition(",")[0]
    'At μ = 0.7'
    """
    own = getattr(module_beside(type(game)), "sentence", None)
    return _equilibria_sentence(game) if own is None else str(own(game))


def _equilibria_sentence(game: Game) -> str:
    solution = game.solve()
    outcomes = [_outcome(equilibrium) for equilibrium in solution]
    if not outcomes:
        return "No equilibrium was found."
    if len(outcomes) == 1:
        return f"The only equilibrium is {outcomes[0]}."
    return f"There are {len(outcomes)} equilibria: {'; '.join(outcomes)}."


def _outcome(equilibrium: Equilibrium) -> str:
    return f"{equilibrium.name} ({equilibrium.note})" if equilibrium.note else equilibrium.name
