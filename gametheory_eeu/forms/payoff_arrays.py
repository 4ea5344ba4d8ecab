"""Players, actions and exact payoffs of a normal form, read from arrays or a function."""

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
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import PAYOFFS, check_count
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.forms.exact_values import exact_values

PayoffTable: TypeAlias = FrozenMapping[tuple[str, ...], Expr]
"""Profile of action names to what one player gets."""
_MAX_PLAYERS = 100
_MAX_NAMES = 20_000  # profiles whose names are compared
_ACTIONS_ALLOWED = "a list of actions for each player, or a mapping of player to them"
_NAMES_ALLOWED = "names of which no two profiles, joined by ', ' and ' + ', look alike"
ActionNames: TypeAlias = Sequence[Sequence[str]] | Mapping[str, Sequence[str]]


def action_names(
    payoffs: Sequence[Any], players: Sequence[str] | None, actions: ActionNames | None
) -> dict[str, tuple[str, ...]]:
    """Each player's actions, by name."""
    players, actions = _name_sequence("players", players), _name_sequence("actions", actions)
    if isinstance(actions, Mapping):
        players = tuple(actions) if players is None else players
        absent = [p for p in players if p not in actions]
        if absent:
            raise UnknownNameError("player with actions", absent[0], actions)
        actions = [actions[p] for p in players]
    if len(payoffs) == 1 and callable(payoffs[0]):
        if actions is None:
            raise ParameterError("actions", None, "the actions of each player, with a function")
        sizes = tuple(len(arg.sequence("actions", a, _ACTIONS_ALLOWED)) for a in actions)
    else:
        sizes = _shape(payoffs)
    if len(sizes) < 2:
        raise ParameterError("actions", actions, "actions for each of two or more players")
    names = _name_tuple(
        "players", players or [f"player {i + 1}" for i in range(len(sizes))], len(sizes)
    )
    action_lists = list(actions or [[str(k + 1) for k in range(size)] for size in sizes])
    if len(action_lists) != len(sizes):
        raise ParameterError(
            "actions", actions, f"a list of actions for each of {len(sizes)} players"
        )
    choices = (
        _name_tuple(f"actions of {p}", a, n)
        for p, a, n in zip(names, action_lists, sizes, strict=True)
    )
    actions_by_player = dict(zip(names, choices, strict=True))
    _check_profile_names(actions_by_player)
    return actions_by_player


def from_data_frames(
    payoffs: Sequence[Any], actions: ActionNames | None
) -> tuple[tuple[Any, ...], ActionNames | None]:
    """The arrays of data frames, and the actions named by their rows and columns.

    Raises
    ------
    ParameterError
        Frames whose names differ.
    """
    frames = [p for p in payoffs if hasattr(p, "to_numpy") and hasattr(p, "columns")]
    arrays = tuple(p.to_numpy() if hasattr(p, "to_numpy") else p for p in payoffs)
    if not frames or actions is not None:
        return arrays, actions
    axis_names = [[list(frame.index), list(frame.columns)] for frame in frames]
    if any(names != axis_names[0] for names in axis_names):
        raise ParameterError("payoffs", axis_names, "data frames with the same rows and columns",
                             "These names came")  # fmt: skip
    if not all(isinstance(name, str) for names in axis_names[0] for name in names):
        return arrays, None
    return arrays, axis_names[0]


def _name_sequence(name: str, value: Any) -> Any:
    """Names, or lists of them, as a tuple or a mapping; None for none."""
    if value is None or isinstance(value, Mapping):
        return value
    return (
        arg.sequence(name, value, _ACTIONS_ALLOWED if name == "actions" else "a list of names")
        or None
    )


def _check_profile_names(actions: Mapping[str, tuple[str, ...]]) -> None:
    """Check that no two profiles of supports have the same joint name."""
    if not any(
        separator in a
        for choices in actions.values()
        for a in choices
        for separator in (", ", " + ")
    ):
        return
    supports = [_support_names(choices) for choices in actions.values()]
    for player, names in zip(actions, supports, strict=True):
        if len(names) > len(set(names)):
            raise ParameterError(f"actions of {player}", actions[player], _NAMES_ALLOWED)
    if prod(map(len, supports)) > _MAX_NAMES:
        supports = [list(choices) for choices in actions.values()]
    seen: set[str] = set()
    for name in map(", ".join, islice(product(*supports), _MAX_NAMES)):
        if name in seen:
            raise ParameterError("actions", dict(actions), _NAMES_ALLOWED, f"Two would be {name!r}")
        seen.add(name)


def check_support_names(name: str, actions: Sequence[str]) -> None:
    """Refuse invalid action names, and names that make two supports look alike."""
    names = _name_tuple(name, actions, len(actions))
    supports = _support_names(names)
    if len(supports) > len(set(supports)):
        raise ParameterError(name, names, _NAMES_ALLOWED)


def _support_names(choices: tuple[str, ...]) -> list[str]:
    """The names of all supports of a player with few actions, otherwise of pairs of actions."""
    largest = len(choices) if len(choices) <= 8 else 2
    return [" + ".join(c) for k in range(1, largest + 1) for c in combinations(choices, k)]


def payoff_tables(
    payoffs: Sequence[Any],
    actions: Mapping[str, tuple[str, ...]],
    given: object,
) -> tuple[FrozenMapping[str, PayoffTable], Space]:
    """Each player's exact payoff at each profile, and the space of the symbols."""
    size = "x".join(str(len(choices)) for choices in actions.values())
    check_count(f"a {size} game", len(actions) * prod(map(len, actions.values())), PAYOFFS)
    profiles = list(product(*actions.values()))
    arrays = _arrays(payoffs, profiles, len(actions))
    positions = [(player, profile) for player in actions for profile in profiles]
    value_names = [f"payoff of {player} at {', '.join(profile)}" for player, profile in positions]
    values, space = exact_values(zip(value_names, chain(*arrays), strict=True), given)
    tables: dict[str, dict[tuple[str, ...], Expr]] = {player: {} for player in actions}
    for (player, profile), value in zip(positions, values, strict=True):
        tables[player][profile] = value
    return FrozenMapping(
        {player: FrozenMapping(entries) for player, entries in tables.items()}
    ), space


def _arrays(payoffs: Sequence[Any], profiles: list[tuple[str, ...]], count: int) -> list[list[Any]]:
    """Each player's payoffs as entered, in the order of the profiles."""
    if len(payoffs) == 1 and callable(payoffs[0]):
        rows = [_function_payoffs(payoffs[0], profile, count) for profile in profiles]
        return [list(column) for column in zip(*rows, strict=True)]
    return [_flatten(array) for array in payoffs]


def _function_payoffs(
    function: Callable[..., Any], profile: tuple[str, ...], count: int
) -> Sequence[Any]:
    values = arg.call("payoffs", function, profile)
    if isinstance(values, str) or not isinstance(values, Sequence) or len(values) != count:
        raise ParameterError(f"payoffs at {', '.join(profile)}", values, f"{count} payoffs")
    return values


def _shape(payoffs: Sequence[Any]) -> tuple[int, ...]:
    shapes = [_array_shape(array, f"payoffs of player {i + 1}") for i, array in enumerate(payoffs)]
    if len(shapes) < 2 or any(len(s) != len(payoffs) or 0 in s for s in shapes):
        allowed = "for n >= 2 players, n arrays with n dimensions, no dimension empty"
        raise ParameterError("payoffs", tuple(shapes), allowed, "These are the shapes that came")
    if len(set(shapes)) > 1:
        raise ParameterError("payoffs", tuple(shapes), "arrays of one shape", "These shapes came")
    return shapes[0]


def _array_shape(array: Any, name: str, depth: int = 0) -> tuple[int, ...]:
    if isinstance(array, (sp.MatrixBase, np.ndarray)):
        return tuple(int(size) for size in array.shape)
    if isinstance(array, (str, sp.Basic)) or not isinstance(array, Sequence):
        return ()
    if depth > _MAX_PLAYERS:
        raise ParameterError(name, array, f"arrays of at most {_MAX_PLAYERS} dimensions")
    inner = {_array_shape(row, name, depth + 1) for row in array}
    if len(inner) > 1:
        raise ParameterError(name, array, "rows of one length")
    return (len(array), *(inner.pop() if inner else ()))


def _flatten(array: Any) -> list[Any]:
    if isinstance(array, sp.MatrixBase):
        return list(array)
    if hasattr(array, "ravel"):
        return list(array.ravel())
    if isinstance(array, (str, sp.Basic)) or not isinstance(array, Sequence):
        return [array]
    return [value for row in array for value in _flatten(row)]


def _name_tuple(name: str, value: Sequence[str], count: int) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ParameterError(name, value, f"a list of {count} names")
    names: tuple[object, ...] = tuple(value)
    if len(names) != count or not all(isinstance(n, str) and n != "" for n in names):
        raise ParameterError(name, value, f"{count} names")
    if len(set(names)) < count:
        raise ParameterError(name, value, "names that differ")
    return tuple(map(str, names))


__all__ = [
    "ActionNames",
    "PayoffTable",
    "action_names",
    "check_support_names",
    "from_data_frames",
    "payoff_tables",
]
