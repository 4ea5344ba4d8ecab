"""How what a user writes becomes players, actions and exact payoffs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, combinations, islice, product
from math import prod
from typing import Any, TypeAlias

import numpy as np
import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.size_limits import PAYOFFS, check_count
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.forms.exact_values import exact_values

Cells: TypeAlias = Frozen[tuple[str, ...], Expr]
"""Profile of action names to what one player gets."""
_MOST_PLAYERS = 100
_MOST_NAMES = 20_000  # profiles whose names are compared
_OF_EACH = "a list of actions for each player, or a mapping of player to them"
_TOLD_APART = "names of which no two profiles, joined by ', ' and ' + ', look alike"
Labels: TypeAlias = Sequence[Sequence[str]] | Mapping[str, Sequence[str]]


def labels(
    payoffs: Sequence[Any], players: Sequence[str] | None, actions: Labels | None
) -> dict[str, tuple[str, ...]]:
    """Each player's actions, by name."""
    players, actions = _listed("players", players), _listed("actions", actions)
    if isinstance(actions, Mapping):
        players = tuple(actions) if players is None else players
        absent = [p for p in players if p not in actions]
        if absent:
            raise UnknownNameError("player with actions", absent[0], actions)
        actions = [actions[p] for p in players]
    if len(payoffs) == 1 and callable(payoffs[0]):
        if actions is None:
            raise ParameterError("actions", None, "the actions of each player, with a function")
        sizes = tuple(len(arg.sequence("actions", a, _OF_EACH)) for a in actions)
    else:
        sizes = _shape(payoffs)
    if len(sizes) < 2:
        raise ParameterError("actions", actions, "actions for each of two or more players")
    names = _names("players", players or [f"player {i + 1}" for i in range(len(sizes))], len(sizes))
    given = list(actions or [[str(k + 1) for k in range(size)] for size in sizes])
    if len(given) != len(sizes):
        raise ParameterError(
            "actions", actions, f"a list of actions for each of {len(sizes)} players"
        )
    choices = (_names(f"actions of {p}", a, n) for p, a, n in zip(names, given, sizes, strict=True))
    named = dict(zip(names, choices, strict=True))
    _check_told_apart(named)
    return named


def unframed(
    payoffs: Sequence[Any], actions: Labels | None
) -> tuple[tuple[Any, ...], Labels | None]:
    """Data frames as arrays; their rows' and columns' names are the actions, unless some are given.

    Raises
    ------
    ParameterError
        Frames whose names differ.
    """
    framed = [p for p in payoffs if hasattr(p, "to_numpy") and hasattr(p, "columns")]
    arrays = tuple(p.to_numpy() if hasattr(p, "to_numpy") else p for p in payoffs)
    if not framed or actions is not None:
        return arrays, actions
    named = [[list(frame.index), list(frame.columns)] for frame in framed]
    if any(names != named[0] for names in named):
        raise ParameterError("payoffs", named, "data frames with the same rows and columns",
                             "These names came")  # fmt: skip
    if not all(isinstance(name, str) for names in named[0] for name in names):
        return arrays, None
    return arrays, named[0]


def _listed(name: str, given: Any) -> Any:
    """Names, or lists of them, as a tuple or a mapping; None for none."""
    if given is None or isinstance(given, Mapping):
        return given
    return arg.sequence(name, given, _OF_EACH if name == "actions" else "a list of names") or None


def _check_told_apart(actions: Mapping[str, tuple[str, ...]]) -> None:
    """That no two profiles of supports share a name, where names hold what joins names."""
    if not any(
        mark in a for choices in actions.values() for a in choices for mark in (", ", " + ")
    ):
        return
    supports = [_joined(choices) for choices in actions.values()]
    for player, names in zip(actions, supports, strict=True):
        if len(names) > len(set(names)):
            raise ParameterError(f"actions of {player}", actions[player], _TOLD_APART)
    if prod(map(len, supports)) > _MOST_NAMES:
        supports = [list(choices) for choices in actions.values()]
    seen: set[str] = set()
    for name in map(", ".join, islice(product(*supports), _MOST_NAMES)):
        if name in seen:
            raise ParameterError("actions", dict(actions), _TOLD_APART, f"Two would be {name!r}")
        seen.add(name)


def named_apart(what: str, actions: Sequence[str]) -> None:
    """Refuse actions that are no names, or of which two supports would share one."""
    names = _names(what, actions, len(actions))
    supports = _joined(names)
    if len(supports) > len(set(supports)):
        raise ParameterError(what, names, _TOLD_APART)


def _joined(choices: tuple[str, ...]) -> list[str]:
    """The names of every support of a player with few actions, else of pairs."""
    most = len(choices) if len(choices) <= 8 else 2
    return [" + ".join(c) for k in range(1, most + 1) for c in combinations(choices, k)]


def cells(
    payoffs: Sequence[Any],
    actions: Mapping[str, tuple[str, ...]],
    given: object,
) -> tuple[Frozen[str, Cells], Space]:
    """What each player gets at each profile, exactly, and the space of the symbols in it."""
    size = "x".join(str(len(own)) for own in actions.values())
    check_count(f"a {size} game", len(actions) * prod(map(len, actions.values())), PAYOFFS)
    profiles = list(product(*actions.values()))
    arrays = _arrays(payoffs, profiles, len(actions))
    places = [(player, profile) for player in actions for profile in profiles]
    named = [f"payoff of {player} at {', '.join(profile)}" for player, profile in places]
    values, space = exact_values(zip(named, chain(*arrays), strict=True), given)
    table: dict[str, dict[tuple[str, ...], Expr]] = {player: {} for player in actions}
    for (player, profile), value in zip(places, values, strict=True):
        table[player][profile] = value
    return Frozen({player: Frozen(cell) for player, cell in table.items()}), space


def _arrays(payoffs: Sequence[Any], profiles: list[tuple[str, ...]], count: int) -> list[list[Any]]:
    """For each player the payoffs as written, in the order of the profiles."""
    if len(payoffs) == 1 and callable(payoffs[0]):
        rows = [_returned(payoffs[0], profile, count) for profile in profiles]
        return [list(column) for column in zip(*rows, strict=True)]
    return [_flat(array) for array in payoffs]


def _returned(function: Callable[..., Any], profile: tuple[str, ...], count: int) -> Sequence[Any]:
    values = arg.called("payoffs", function, profile)
    if isinstance(values, str) or not isinstance(values, Sequence) or len(values) != count:
        raise ParameterError(f"payoffs at {', '.join(profile)}", values, f"{count} payoffs")
    return values


def _shape(payoffs: Sequence[Any]) -> tuple[int, ...]:
    shapes = [_shape_of(array, f"payoffs of player {i + 1}") for i, array in enumerate(payoffs)]
    if len(shapes) < 2 or any(len(s) != len(payoffs) or 0 in s for s in shapes):
        allowed = "for n >= 2 players, n arrays with n dimensions, no dimension empty"
        raise ParameterError("payoffs", tuple(shapes), allowed, "These are the shapes that came")
    if len(set(shapes)) > 1:
        raise ParameterError("payoffs", tuple(shapes), "arrays of one shape", "These shapes came")
    return shapes[0]


def _shape_of(array: Any, name: str, depth: int = 0) -> tuple[int, ...]:
    if isinstance(array, (sp.MatrixBase, np.ndarray)):
        return tuple(int(size) for size in array.shape)
    if isinstance(array, (str, sp.Basic)) or not isinstance(array, Sequence):
        return ()
    if depth > _MOST_PLAYERS:
        raise ParameterError(name, array, f"arrays of at most {_MOST_PLAYERS} dimensions")
    inner = {_shape_of(row, name, depth + 1) for row in array}
    if len(inner) > 1:
        raise ParameterError(name, array, "rows of one length")
    return (len(array), *(inner.pop() if inner else ()))


def _flat(array: Any) -> list[Any]:
    if isinstance(array, sp.MatrixBase):
        return list(array)
    if hasattr(array, "ravel"):
        return list(array.ravel())
    if isinstance(array, (str, sp.Basic)) or not isinstance(array, Sequence):
        return [array]
    return [value for row in array for value in _flat(row)]


def _names(what: str, given: Sequence[str], count: int) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ParameterError(what, given, f"a list of {count} names")
    names: tuple[object, ...] = tuple(given)
    if len(names) != count or not all(isinstance(n, str) and n != "" for n in names):
        raise ParameterError(what, given, f"{count} names")
    if len(set(names)) < count:
        raise ParameterError(what, given, "names that differ")
    return tuple(map(str, names))


__all__ = ["Cells", "Labels", "cells", "labels", "named_apart", "unframed"]
