"""Payoff gains from higher actions, for monotone comparative statics."""

from __future__ import annotations

from dataclasses import dataclass

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core.results import Picklable


@dataclass(frozen=True)
class Increment(Picklable):
    """A player's gain from a higher action, given the actions of the others.

    Parameters
    ----------
    who : str
    gain : SymPy expression
        The payoff at the higher action less that at the lower one.
    raised : tuple of SymPy expressions
        The same gain after another player took the next higher action.
    where : tuple of SymPy Booleans
        Over which actions of the others.
    payoffs : tuple of SymPy expressions
        What the gain is the difference of: it has a value only where they have.
    consecutive : bool
        Whether there is no action between the two.
    alone : bool
        Whether the player chooses nothing else. Only then is it enough that the gain of every pair
        of actions, consecutive or not, crosses zero once.
    """

    who: str
    gain: Expr
    raised: tuple[Expr, ...]
    where: tuple[Boolean, ...] = ()
    payoffs: tuple[Expr, ...] = ()
    consecutive: bool = True
    alone: bool = True


__all__ = ["Increment"]
