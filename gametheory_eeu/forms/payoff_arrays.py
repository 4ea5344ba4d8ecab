"""Payoffs as they are written: exact values, arrays, tables of vectors, and lists by counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, combinations, islice, product
from math import prod
from numbers import Integral
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core import Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.size_limits import PAYOFFS, check_count
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.solvers.counts import Counts, composition_count, compositions


def exact_values(
    values: Iterable[tuple[str, object]], given: object
) -> tuple[tuple[Expr, ...], Space]:
    """Exact values, each with a name for errors, and the space of the symbols in them.

    A name in text is the symbol of that name in ``given`` or in another value.
    """
    items = list(values)
    free_symbols = {s for _, v in items if isinstance(v, sp.Basic) for s in v.free_symbols}
    space = Space.of(given, symbols=sorted(free_symbols, key=str))
    symbols = {symbol.name: symbol for symbol in space.symbols}
    for _, value in items:
        if isinstance(value, str) and value.strip():
            symbols |= {s.name: s for s in parse(value, known=symbols).free_symbols}
    result = [exact(value, name, symbols) for name, value in items]
    return tuple(result), Space.of(space, symbols=symbols.values())


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
    """The arrays of data frames, and the actions named by their rows and columns."""
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
    payoffs: Sequence[Any], actions: Mapping[str, tuple[str, ...]], given: object
) -> tuple[FrozenMapping[str, PayoffTable], Space]:
    """Each player's exact payoff at each profile, and the space of the symbols."""
    size = "x".join(str(len(choices)) for choices in actions.values())
    check_count(f"a {size} game", len(actions) * prod(map(len, actions.values())), PAYOFFS)
    profiles = list(product(*actions.values()))
    arrays = _arrays(payoffs, profiles, len(actions))
    names = [f"payoff of {p} at {', '.join(profile)}" for p in actions for profile in profiles]
    values, space = exact_values(zip(names, chain(*arrays), strict=True), given)
    entries = iter(values)
    tables = {player: FrozenMapping({p: next(entries) for p in profiles}) for player in actions}
    return FrozenMapping(tables), space


def from_payoff_vectors(payoffs: Sequence[Any]) -> tuple[Any, ...]:
    """One array for each player, from one table of payoff vectors; other payoffs as they are.

    Examples
    --------
    >>> from_payoff_vectors([[[(3, 3), (0, 5)], [(5, 0), (1, 1)]]])
    ([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    """
    if len(payoffs) != 1 or callable(payoffs[0]):
        return tuple(payoffs)
    *shape, count = array_shape(payoffs[0], "payoffs") or (0,)
    if count < 2 or count != len(shape):
        return tuple(payoffs)
    return tuple(_component(payoffs[0], player, len(shape)) for player in range(count))


def _component(table: Any, player: int, depth: int) -> Any:
    """One player's payoffs in a table of payoff vectors."""
    if depth == 0:
        return table[player]
    return [_component(row, player, depth - 1) for row in table]


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
    shapes = [array_shape(array, f"payoffs of player {i + 1}") for i, array in enumerate(payoffs)]
    if len(shapes) < 2 or any(len(s) != len(payoffs) or 0 in s for s in shapes):
        allowed = "for n >= 2 players, n arrays with n dimensions, no dimension empty"
        raise ParameterError("payoffs", tuple(shapes), allowed, "These are the shapes that came")
    if len(set(shapes)) > 1:
        raise ParameterError("payoffs", tuple(shapes), "arrays of one shape", "These shapes came")
    return shapes[0]


def array_shape(array: Any, name: str, depth: int = 0) -> tuple[int, ...]:
    """The shape of nested lists or of an array."""
    if isinstance(array, sp.MatrixBase) or hasattr(array, "ravel"):
        return tuple(int(size) for size in array.shape)
    if isinstance(array, (str, sp.Basic)) or not isinstance(array, Sequence):
        return ()
    if depth > _MAX_PLAYERS:
        raise ParameterError(name, array, f"arrays of at most {_MAX_PLAYERS} dimensions")
    inner = {array_shape(row, name, depth + 1) for row in array}
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


MAX_PLAYERS = 1_000
MAX_PAYOFFS = 20_000
PayoffRow: TypeAlias = tuple[Expr, ...]
"""What an action pays, in the order of the counts of the others."""
PayoffInput: TypeAlias = Mapping[
    str, Sequence[object] | Mapping[Counts, object] | Callable[[Any], object]
]


def read_payoffs(
    payoffs: PayoffInput, players: int, given: object
) -> tuple[int, FrozenMapping[str, PayoffRow], Space]:
    """The number of players, exact payoffs by action and counts, and their space."""
    player_count = _player_count(payoffs, players)
    all_counts = list(compositions(player_count - 1, len(payoffs)))
    keys = [c[0] if len(payoffs) == 2 else c for c in all_counts]
    named_payoffs = (
        (f"payoff of {action} against {counts}", value)
        for action, values in payoffs.items()
        for counts, value in zip(keys, _payoff_list(action, values, keys, all_counts), strict=True)
    )
    values, space = exact_values(named_payoffs, given)
    entries = iter(values)
    rows = {action: tuple(next(entries) for _ in all_counts) for action in payoffs}
    return player_count, FrozenMapping(rows), space


def _payoff_list(
    action: str, values: object, keys: Sequence[int | Counts], all_counts: Sequence[Counts]
) -> list[object]:
    """One action's payoffs in the order of the counts, from any accepted input."""
    name = f"payoffs[{action!r}]"
    if callable(values):
        return [values(counts) for counts in keys]
    if isinstance(values, Mapping):
        valid_counts = set(all_counts)
        for counts in values:
            if counts not in valid_counts:
                kind = f"split of the {sum(all_counts[0])} others in {name}"
                raise UnknownNameError(kind, counts, map(str, all_counts[:20]))
        missing = [c for c in all_counts if c not in values]
        if missing:
            allowed = f"a payoff for each of {len(all_counts)} counts; {missing[0]} is missing"
            raise ParameterError(name, dict(values), allowed)
        return [values[c] for c in all_counts]
    allowed = f"{len(all_counts)} payoffs"
    if len(all_counts[0]) > 2:
        allowed += ", a mapping of the others' counts to them, or a function of those counts"
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ParameterError(name, values, allowed)
    row = list(values)
    if len(row) != len(all_counts):
        raise ParameterError(name, row, allowed)
    return row


def _player_count(payoffs: object, players: object) -> int:
    if not isinstance(payoffs, Mapping) or len(payoffs) < 2:
        raise ParameterError("payoffs", payoffs, "a mapping of two actions or more to payoffs")
    check_support_names("payoffs", tuple(payoffs))
    if isinstance(players, bool) or not isinstance(players, Integral) or int(players) < 2:
        raise ParameterError("players", players, "a whole number of at least 2")
    if int(players) > MAX_PLAYERS:
        raise ParameterError("players", players, f"at most {MAX_PLAYERS} players")
    size = len(payoffs) * composition_count(int(players) - 1, len(payoffs))
    if size > MAX_PAYOFFS:
        raise TooLargeError(
            f"{players} players with {len(payoffs)} actions have {size} payoffs, above the "
            f"limit of {MAX_PAYOFFS}; leave out dominated actions, or take fewer players"
        )
    return int(players)
