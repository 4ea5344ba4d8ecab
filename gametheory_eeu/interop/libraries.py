"""Games from and to payoff arrays, nashpy, Gambit and QuantEcon."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from io import StringIO
from typing import Any, TypeAlias

import numpy as np

from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, ParameterError
from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.interop.gambit import read_efg, read_nfg, write_efg, write_nfg

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
        array: Array = np.array(values, dtype=dtype).reshape(game.shape)
        if dtype is float and not np.isfinite(array).all():
            advice = "Divide the payoffs by one number: the equilibria stay"
            raise ParameterError("game", game, "payoffs within the range of floats", advice)
        arrays.append(array)
    return tuple(arrays)


def from_arrays(
    *payoffs: Any,
    players: Sequence[str] | None = None,
    actions: Sequence[Sequence[str]] | None = None,
    title: str = "",
) -> NormalForm:
    """A game from one payoff array for each player; floats are their shortest decimals."""
    return NormalForm(*payoffs, players=players, actions=actions, title=title)


@arg.validate(game=arg.instance_of(NormalForm, "a NormalForm"))
def to_nashpy(game: NormalForm) -> Any:
    """A ``nashpy.Game`` with payoffs as floats; two players."""
    if len(game.players) != 2:
        raise ParameterError("game", game, "a game of two players: nashpy has no others")
    return _import_library("nashpy").Game(*to_arrays(game, float))


def from_nashpy(game: Any) -> NormalForm:
    """The game of a ``nashpy.Game``; its floats are read as their shortest decimals."""
    if not hasattr(game, "payoff_matrices"):
        raise ParameterError("game", game, "a nashpy.Game")
    return from_arrays(*game.payoff_matrices)


@arg.validate(game=arg.instance_of((NormalForm, ExtensiveForm), "a NormalForm or an ExtensiveForm"))
def to_pygambit(game: NormalForm | ExtensiveForm) -> Any:
    """A ``pygambit.Game`` with the same exact payoffs; a tree where the game is one."""
    pygambit = _import_library("pygambit")
    is_tree = isinstance(game, ExtensiveForm)
    text = write_efg(game) if isinstance(game, ExtensiveForm) else write_nfg(game)
    if r"\\" in text:
        raise ParameterError("game", game, "names without a backslash: pygambit would double it")
    try:
        return (pygambit.read_efg if is_tree else pygambit.read_nfg)(StringIO(text))
    except ValueError as error:
        raise GameTheoryError(f"pygambit does not take {game!r}: {error}") from None


def from_pygambit(game: Any) -> NormalForm | ExtensiveForm:
    """The game of a ``pygambit.Game``, exact; in extensive form where it is a tree."""
    if not hasattr(game, "to_nfg"):
        raise ParameterError("game", game, "a pygambit.Game")
    pygambit = _import_library("pygambit")
    if isinstance(game, getattr(pygambit, "ExtensiveGame", ())) or getattr(game, "is_tree", False):
        return read_efg(game.to_efg())
    return read_nfg(game.to_nfg())


@arg.validate(game=arg.instance_of(NormalForm, "a NormalForm"))
def to_quantecon(game: NormalForm) -> Any:
    """A ``quantecon.game_theory.NormalFormGame`` with payoffs as floats.

    Its array of player ``i`` has that player's own action first, then those of ``i + 1``, ….
    """
    game_theory = _import_library("quantecon.game_theory", "quantecon")
    arrays = to_arrays(game, float)
    own_first = [_rotate_axes(array, i) for i, array in enumerate(arrays)]
    return game_theory.NormalFormGame(
        [game_theory.Player(np.ascontiguousarray(a)) for a in own_first]
    )


def from_quantecon(game: Any) -> NormalForm:
    """The game of a ``NormalFormGame``; its floats are read as their shortest decimals."""
    if not hasattr(game, "payoff_arrays"):
        raise ParameterError("game", game, "a quantecon.game_theory.NormalFormGame")
    return from_arrays(*(_rotate_axes(array, -i) for i, array in enumerate(game.payoff_arrays)))


def _rotate_axes(array: Any, shift: int) -> Any:
    """The array with its axes rotated, so that axis ``shift`` comes first."""
    axes = range(array.ndim)
    return np.transpose(array, [(k + shift) % array.ndim for k in axes])


def _import_library(module: str, package: str | None = None) -> Any:
    """Import a library, or raise an error that says how to install it."""
    try:
        return import_module(module)
    except ImportError:
        name = package or module
        raise GameTheoryError(
            f"{name} is not installed; install it with: pip install {name}"
        ) from None
