"""A tree written down move by move, each after the actions that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

from gametheory_eeu._types import Expr
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.errors import shown as printed
from gametheory_eeu.forms.exact_values import exact_values
from gametheory_eeu.model.tree import DEEPEST, Chance, Move, Node, Outcome

if TYPE_CHECKING:
    from gametheory_eeu.forms.extensive_form import ExtensiveForm

History: TypeAlias = tuple[str, ...]
After: TypeAlias = "str | Iterable[str]"
_Key: TypeAlias = tuple[History, str]
"""Where a number stands: a place, and whose payoff or which branch."""
SEPARATOR, WILDCARD = "/", "*"


@dataclass(frozen=True)
class _Decision:
    player: str
    actions: tuple[str, ...]
    information_set: int


@dataclass(frozen=True)
class _Lottery:
    branches: Mapping[str, object]


@dataclass(frozen=True)
class _End:
    payoffs: tuple[object, ...]


class TreeBuilder:
    """Writes a game in extensive form down, one call a move.

    A place in the tree is the actions that lead to it, ``"strong/beer"``; the root is ``""``. A
    star stands for any one action, and ``"*/beer"`` for every place still open that it fits. Nodes
    that one call of :meth:`move` names together are one information set: there the player does not
    know which of them it has reached.

    Parameters
    ----------
    *players : str
        In the order in which payoffs are written.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the symbols.
    title : str

    Examples
    --------
    >>> builder = TreeBuilder("entrant", "incumbent", given="m > 0")
    >>> game = (
    ...     builder.move("entrant", ["in", "out"])
    ...     .move("incumbent", ["fight", "yield"], after="in")
    ...     .payoffs("out", 0, "m")
    ...     .payoffs("in/fight", -1, -1)
    ...     .payoffs("in/yield", 1, 0)
    ...     .build()
    ... )
    >>> game.solve().names
    ('in; yield',)
    """

    def __init__(self, *players: str, given: object = (), title: str = "") -> None:
        if not players or not all(map(_is_label, players)) or len(set(players)) < len(players):
            raise ParameterError("players", players, "one or more names that differ")
        self._players, self._given, self._title = players, given, arg.text("title", title)
        self._placed: dict[History, _Decision | _Lottery | _End] = {}
        self._open: dict[History, None] = {(): None}
        self._names: list[str | None] = []
        self._members: list[list[History]] = []

    @arg.checks(information_set=arg.optional(arg.text))
    def move(
        self,
        player: str,
        actions: Sequence[str],
        after: After = "",
        information_set: str | None = None,
    ) -> Self:
        """A player moves, at one information set.

        Parameters
        ----------
        player : str
        actions : sequence of str
        after : str or iterable of str
            The places that belong to the information set.
        information_set : str, optional
            Its name. By default the player's, with what it knows added where the player has
            several. A name used again adds nodes to the same information set.
        """
        arg.one_of("player", player, self._players)
        labels = _labels(f"actions of {player}", actions)
        nodes = self._places(after)
        number = self._number(information_set, player, labels)
        self._members[number] += nodes
        for history in nodes:
            self._place(history, _Decision(player, labels, number), labels)
        return self

    def chance(self, branches: Mapping[str, object], after: After = "") -> Self:
        """Nature moves: each branch with its probability, a number, text or an expression."""
        if not hasattr(branches, "items"):
            raise ParameterError("chance", branches, "a mapping of branches to probabilities")
        labels = _labels("chance's branches", list(branches))
        for history in self._places(after):
            self._place(history, _Lottery(dict(branches)), labels)
        return self

    def payoffs(self, after: After, *payoffs: object) -> Self:
        """The game ends; each player's payoff, in the order of the players."""
        if len(payoffs) != len(self._players):
            allowed = f"{len(self._players)} payoffs: {', '.join(self._players)}"
            raise ParameterError(f"payoffs after {after or 'the start'}", payoffs, allowed)
        for history in self._places(after):
            self._place(history, _End(payoffs), ())
        return self

    @property
    def open_places(self) -> tuple[str, ...]:
        """Where nothing follows yet."""
        return tuple(SEPARATOR.join(history) for history in self._open)

    def build(self) -> ExtensiveForm:
        """The game.

        Raises
        ------
        ParameterError
            A place without a move or payoffs, imperfect recall, or what :class:`ExtensiveForm`
            refuses.
        """
        from gametheory_eeu.forms.extensive_form import ExtensiveForm

        if self._open:
            places = [shown(history) for history in self._open]
            allowed = "at every place a move, chance or payoffs"
            raise ParameterError("tree", places, allowed, "Nothing follows at these places")
        depth = max(map(len, self._placed))
        if depth > DEEPEST:
            raise TooLargeError(f"{depth} moves follow each other, above the limit of {DEEPEST}")
        names = self._set_names()
        keys, named = zip(*self._raw(), strict=True)
        values, space = exact_values(named, self._given)
        root = self._node((), names, dict(zip(keys, values, strict=True)))
        return ExtensiveForm(root, self._players, given=space, title=self._title)

    def _number(self, name: str | None, player: str, actions: tuple[str, ...]) -> int:
        if name is None or name not in self._names:
            self._names.append(name)
            self._members.append([])
            return len(self._names) - 1
        number = self._names.index(name)
        first = self._placed[self._members[number][0]]
        if isinstance(first, _Decision) and (first.player, set(first.actions)) != (
            player,
            set(actions),
        ):
            came = f"{player}: {', '.join(actions)}"
            allowed = f"{first.player}: {', '.join(first.actions)}, as at its first node"
            raise ParameterError(f"information set {name}", came, allowed)
        return number

    def _places(self, after: After) -> list[History]:
        allowed = "a place such as 'in/fight', or a list of places"
        places = [after] if isinstance(after, str) else arg.sequence("after", after, allowed)
        patterns = [arg.text("after", place, allowed) for place in places]
        found: dict[History, None] = {}
        for pattern in patterns:
            found |= dict.fromkeys(self._matching(pattern))
        return list(found)

    def _matching(self, pattern: str) -> list[History]:
        wanted = tuple(part.strip() for part in pattern.split(SEPARATOR)) if pattern else ()
        if WILDCARD in wanted:
            fits = [history for history in self._open if _fits(history, wanted)]
            if not fits:
                raise UnknownNameError("open place", pattern, map(shown, self._open))
            return fits
        if wanted in self._placed:
            raise ParameterError("after", pattern, "a place where nothing has been written yet",
                                 f"Open are: {', '.join(map(shown, self._open))}")  # fmt: skip
        if wanted not in self._open:
            raise UnknownNameError("place", pattern, map(shown, self._open))
        return [wanted]

    def _place(
        self, history: History, what: _Decision | _Lottery | _End, labels: tuple[str, ...]
    ) -> None:
        del self._open[history]
        self._placed[history] = what
        self._open |= dict.fromkeys((*history, label) for label in labels)

    def _raw(self) -> list[tuple[_Key, tuple[str, object]]]:
        """Every number of the tree by its place, with a name for errors."""
        found: list[tuple[_Key, tuple[str, object]]] = []
        for history, what in self._placed.items():
            if isinstance(what, _End):
                for player, payoff in zip(self._players, what.payoffs, strict=True):
                    name = f"payoff of {player} after {shown(history)}"
                    found.append(((history, player), (name, payoff)))
            elif isinstance(what, _Lottery):
                for label, p in what.branches.items():
                    name = f"probability of {shown((*history, label))}"
                    found.append(((history, label), (name, p)))
        return found

    def _set_names(self) -> list[str]:
        """Every information set's name: the player's, and where it has several, what it knows."""
        owners = [self._owner(number) for number in range(len(self._names))]
        names: list[str] = []
        for number, name in enumerate(self._names):
            alone = owners.count(owners[number]) == 1
            known = _in_common(self._members[number])
            given = name or (owners[number] if alone else f"{owners[number]} {known}")
            taken = {*names, *(n for n in self._names if n and n != name)}
            while given in taken:
                given = f"{given}, set {number + 1}"
            names.append(given)
        return names

    def _owner(self, number: int) -> str:
        first = self._placed[self._members[number][0]]
        return first.player if isinstance(first, _Decision) else ""

    def _node(self, history: History, names: list[str], values: Mapping[_Key, Expr]) -> Node:
        what = self._placed[history]
        if isinstance(what, _End):
            return Outcome({p: values[history, p] for p in self._players})
        if isinstance(what, _Lottery):
            return Chance(
                tuple(
                    (label, values[history, label], self._node((*history, label), names, values))
                    for label in what.branches
                )
            )
        actions = tuple((a, self._node((*history, a), names, values)) for a in what.actions)
        members = self._members[what.information_set]
        node = _apart(history, members)
        return Move(what.player, names[what.information_set], actions, node)


def shown(history: History) -> str:
    """A place in the tree as text."""
    return SEPARATOR.join(history) or "the start"


def _labels(what: str, given: Sequence[str]) -> tuple[str, ...]:
    allowed = f"one or more names that differ, without {SEPARATOR!r} and other than {WILDCARD!r}"
    fix = f"Write [{printed(given)}] for one name" if isinstance(given, str) else ""
    labels = arg.sequence(what, given, f"a list of {allowed}", fix)
    if not labels or not all(_is_label(label) for label in labels):
        raise ParameterError(what, given, allowed)
    if len(set(labels)) < len(labels):
        raise ParameterError(what, given, allowed, "A name is used twice")
    return labels


def _is_label(label: object) -> bool:
    return (
        isinstance(label, str)
        and label.strip() == label != ""
        and label != WILDCARD
        and SEPARATOR not in label
    )


def _fits(history: History, pattern: History) -> bool:
    return len(history) == len(pattern) and all(
        want in (WILDCARD, label) for label, want in zip(history, pattern, strict=True)
    )


def _in_common(histories: list[History]) -> str:
    """What all the places share, position by position; all of them where they share nothing."""
    same = []
    if len({len(history) for history in histories}) == 1:
        columns = zip(*histories, strict=True)
        same = [column[0] for column in columns if len(set(column)) == 1]
    if histories == [()]:
        return "at the start"
    return f"after {shown(tuple(same)) if same else ' or '.join(map(shown, histories))}"


def _apart(history: History, members: list[History]) -> str:
    """What tells a place from the others of its information set."""
    if len(members) == 1 or len({len(member) for member in members}) > 1:
        return shown(history)
    columns = zip(*members, strict=True)
    differ = [len(set(column)) > 1 for column in columns]
    return shown(tuple(a for a, other in zip(history, differ, strict=True) if other))


__all__ = ["TreeBuilder"]
