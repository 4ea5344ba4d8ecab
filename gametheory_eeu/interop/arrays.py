"""Payoff arrays of exact numbers or of floats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms import NormalForm

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]


@arg.validate(game=arg.instance_of(NormalForm, "a NormalForm"))
def to_arrays(game: NormalForm, dtype: type = object) -> tuple[Array, ...]:
    """One payoff array for each player; axis ``k`` is the action of player ``k``.

    Parameters
    ----------
    game : NormalForm
    dtype : {object, float}
        SymPy's exact objects, symbols included, or floats.

    Raises
    ------
    ParameterError
        Floats are asked for, and a payoff has a symbol.

    Examples
    --------
    >>> to_arrays(NormalForm([["1/3", 0], [0, 1]], [[1, 0], [0, 1]]))[0].tolist()
    [[1/3, 0], [0, 1]]
    """
    if not any(dtype is kind for kind in (object, float)):
        raise ParameterError("dtype", dtype, "object or float")
    if dtype is float and game.symbols:
        names = ", ".join(s.name for s in game.symbols)
        raise ParameterError("game", game, "numbers", f"Give values to {names} with game.at(...)")
    arrays: list[Array] = []
    for player in game.players:
        values = [game.payoffs[player][profile] for profile in game.profiles]
        arrays.append(np.array(values, dtype=dtype).reshape(game.shape))
    return tuple(arrays)


def from_arrays(
    *payoffs: Any,
    players: Sequence[str] | None = None,
    actions: Sequence[Sequence[str]] | None = None,
    title: str = "",
) -> NormalForm:
    """A game from one payoff array for each player; floats are their shortest decimals."""
    return NormalForm(*payoffs, players=players, actions=actions, title=title)


__all__ = ["from_arrays", "to_arrays"]
