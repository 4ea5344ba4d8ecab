"""What a player gains by a higher action: what monotone comparative statics start from."""

from __future__ import annotations

from dataclasses import dataclass

from gametheory_eeu._stored import Stored
from gametheory_eeu._types import Boolean, Expr


@dataclass(frozen=True)
class Increment(Stored):
    """What a player gains by a higher action, given what the others do.

    Parameters
    ----------
    who : str
    gain : SymPy expression
        The payoff at the higher action less that at the lower one; of a smooth payoff, its
        derivative in the action.
    raised : tuple of SymPy expressions
        The same gain after another player took a higher action; of a smooth payoff, its
        derivatives in the others' actions.
    where : tuple of SymPy Booleans
        Over which actions of the others.
    discrete : bool
        Whether ``raised`` holds gains (True) or derivatives of the gain (False).
    """

    who: str
    gain: Expr
    raised: tuple[Expr, ...]
    where: tuple[Boolean, ...] = ()
    discrete: bool = True


__all__ = ["Increment"]
