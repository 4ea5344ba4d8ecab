"""A builder of games in extensive form, move by move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Self, TypeAlias, TypeVar, cast

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError, TooLargeError, UnknownNameError
from gametheory_eeu.errors import short_repr as printed
from gametheory_eeu.forms.continuous_moves import ChoiceEntry, DrawEntry, ends_of
from gametheory_eeu.forms.payoff_arrays import exact_values
from gametheory_eeu.games.tree import MAX_DEPTH, Chance, Move, Node, Outcome
from gametheory_eeu.solvers.moves import Decision, End, Lottery, SequentialNode

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_tree import ContinuousTree
    from gametheory_eeu.forms.extensive_form import ExtensiveForm

History: TypeAlias = tuple[str, ...]
HistorySpec: TypeAlias = "str | Iterable[str]"
_NumberKey: TypeAlias = tuple[History, str]
"""Where a number stands: a place, and whose payoff or which branch."""
SEPARATOR, WILDCARD = "/", "*"


@dataclass(frozen=True)
class _DecisionNode:
    player: str
    actions: tuple[str, ...]
    information_set: int


@dataclass(frozen=True)
class _ChanceNode:
    branches: Mapping[str, object]


@dataclass(frozen=True)
class _TerminalNode:
    payoffs: tuple[object, ...]


Entry: TypeAlias = _DecisionNode | _ChanceNode | _TerminalNode | ChoiceEntry | DrawEntry


Form_co = TypeVar("Form_co", covariant=True)


class TreeBuilder(Generic[Form_co]):
    """A builder of a game in extensive form, one call per move.

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

    def __init__(
        self: TreeBuilder[ExtensiveForm], *players: str, given: object = (), title: str = ""
    ) -> None:
        if not players or not all(map(_is_label, players)) or len(set(players)) < len(players):
            raise ParameterError("players", players, "one or more names that differ")
        self._players, self._given, self._title = players, given, arg.text("title", title)
        self._nodes: dict[History, Entry] = {}
        self._leaves: dict[History, None] = {(): None}
        self._requested_names: list[str | None] = []
        self._members: list[list[History]] = []

    @arg.validate(information_set=arg.optional(arg.text))
    def move(
        self,
        player: str,
        actions: Sequence[str],
        after: HistorySpec = "",
        information_set: str | None = None,
    ) -> Self:
        """Add a player's move, at one information set.

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
        labels = _label_tuple(f"actions of {player}", actions)
        histories = self._histories(after)
        index = self._information_set_index(information_set, player, labels)
        self._members[index] += histories
        return self._add(histories, _DecisionNode(player, labels, index), labels)

    def chance(self, branches: Mapping[str, object], after: HistorySpec = "") -> Self:
        """Add a chance move: each branch with its probability, a number, text or an expression."""
        if not hasattr(branches, "items"):
            raise ParameterError("chance", branches, "a mapping of branches to probabilities")
        labels = _label_tuple("chance's branches", list(branches))
        return self._add(self._histories(after), _ChanceNode(dict(branches)), labels)

    @arg.validate(information_set=arg.optional(arg.text))
    def choose(
        self,
        player: str,
        choice: str | Symbol,
        between: tuple[object, object] = (-sp.oo, sp.oo),
        after: HistorySpec = "",
        information_set: str | None = None,
    ) -> TreeBuilder[ContinuousTree]:
        """Add a player's choice of a real number, at one information set.

        The place after it is named like the choice, and what follows may use it: in payoffs,
        ranges and probabilities.

        Parameters
        ----------
        player : str
        choice : str or SymPy symbol
        between : pair of numbers, text or expressions
            The ends, which belong to the range; ``"oo"`` and ``"-oo"`` where there is none. They
            may use parameters and numbers chosen before.
        after : str or iterable of str
            The places that belong to the information set.
        information_set : str, optional
            Its name, by default the player's.
        """
        arg.one_of("player", player, self._players)
        name = self._number_name("choice", choice)
        histories = self._histories(after)
        index = self._information_set_index(information_set, player, (name,))
        self._members[index] += histories
        entry = ChoiceEntry(player, choice, ends_of(f"between of {name}", between), index)
        return cast("TreeBuilder[ContinuousTree]", self._add(histories, entry, (name,)))

    def draw(
        self,
        number: str | Symbol,
        uniform: tuple[object, object] | None = None,
        known_to: str | Sequence[str] = (),
        after: HistorySpec = "",
        *,
        on: tuple[object, object] | None = None,
        density: object = None,
        cdf: object = None,
    ) -> TreeBuilder[ContinuousTree]:
        """Add nature's draw of a real number from an interval.

        The place after it is named like the number. Whoever it is not known to moves without
        knowing it.

        Parameters
        ----------
        number : str or SymPy symbol
        uniform : pair, optional
            The ends of the interval of a uniform distribution; otherwise ``on`` with ``density`` or
            ``cdf``.
        known_to : str or sequence of str
            The players who learn it.
        after : str or iterable of str
        on : pair, optional
            The ends of the interval of any other distribution.
        density, cdf : text or expression, optional
            The density, a polynomial in the number, or the distribution function.
        """
        name = self._number_name("draw", number)
        allowed = "the name of a player, or a list of them"
        items = [known_to] if isinstance(known_to, str) else known_to
        players = tuple(arg.sequence("known_to", items, allowed))
        for player in players:
            arg.one_of("player", player, self._players)
        histories = self._histories(after)
        entry = DrawEntry.read(number, uniform, on, density, cdf, players)
        return cast("TreeBuilder[ContinuousTree]", self._add(histories, entry, (name,)))

    def _number_name(self, what: str, number: str | Symbol) -> str:
        if isinstance(number, sp.Symbol):
            return str(number.name)
        if not _is_label(number) or not number.isidentifier():
            raise ParameterError(what, number, "a name such as 'x', or a SymPy symbol")
        return number

    def payoffs(self, after: HistorySpec, *payoffs: object) -> Self:
        """Add a terminal node, with a payoff for each player in order."""
        if len(payoffs) != len(self._players):
            allowed = f"{len(self._players)} payoffs: {', '.join(self._players)}"
            raise ParameterError(f"payoffs after {after or 'the start'}", payoffs, allowed)
        return self._add(self._histories(after), _TerminalNode(payoffs), ())

    @property
    def open_places(self) -> tuple[str, ...]:
        """The places where nothing follows yet."""
        return tuple(SEPARATOR.join(history) for history in self._leaves)

    def build(self) -> Form_co:
        """Build the game: a :class:`ContinuousTree` if a move in it is a real number.

        Raises
        ------
        ParameterError
            A place without a move or payoffs, imperfect recall, or what :class:`ExtensiveForm`
            refuses.
        """
        from gametheory_eeu.forms.extensive_form import ExtensiveForm

        if self._leaves:
            places = [as_text(history) for history in self._leaves]
            allowed = "at every place a move, chance or payoffs"
            raise ParameterError("tree", places, allowed, "Nothing follows at these places")
        depth = max(map(len, self._nodes))
        if depth > MAX_DEPTH:
            raise TooLargeError(f"{depth} moves follow each other, above the limit of {MAX_DEPTH}")
        names = self._information_set_names()
        keys, named_values = zip(*self._named_numbers(), strict=True)
        values, space = exact_values(named_values, self._given)
        numbers = dict(zip(keys, values, strict=True))
        if any(isinstance(entry, ChoiceEntry | DrawEntry) for entry in self._nodes.values()):
            return cast("Form_co", self._continuous_tree(names, numbers, space))
        root = self._build_node((), names, numbers)
        return cast("Form_co", ExtensiveForm(root, self._players, given=space, title=self._title))

    def _continuous_tree(
        self, names: list[str], values: Mapping[_NumberKey, Expr], space: Space
    ) -> ContinuousTree:
        from gametheory_eeu.forms.continuous_tree import ContinuousTree

        nodes: dict[History, SequentialNode] = {}
        for history, entry in self._nodes.items():
            own = {key: value for (place, key), value in values.items() if place == history}
            if isinstance(entry, _TerminalNode):
                nodes[history] = End(FrozenMapping(own))
            elif isinstance(entry, _ChanceNode):
                nodes[history] = Lottery(FrozenMapping(own))
            elif isinstance(entry, _DecisionNode):
                name = names[entry.information_set]
                nodes[history] = Decision(entry.player, name, entry.actions)
            elif isinstance(entry, ChoiceEntry):
                nodes[history] = entry.node(names[entry.information_set], own)
            else:
                nodes[history] = entry.node(own)
        return ContinuousTree(nodes, self._players, given=space, title=self._title)

    def _information_set_index(
        self, name: str | None, player: str, actions: tuple[str, ...]
    ) -> int:
        if name is None or name not in self._requested_names:
            self._requested_names.append(name)
            self._members.append([])
            return len(self._requested_names) - 1
        index = self._requested_names.index(name)
        first = self._nodes[self._members[index][0]]
        assert isinstance(first, _DecisionNode | ChoiceEntry)
        if (first.player, set(first.actions)) != (player, set(actions)):
            actual = f"{player}: {', '.join(actions)}"
            allowed = f"{first.player}: {', '.join(first.actions)}, as at its first node"
            raise ParameterError(f"information set {name}", actual, allowed)
        return index

    def _histories(self, after: HistorySpec) -> list[History]:
        allowed = "a place such as 'in/fight', or a list of places"
        places = [after] if isinstance(after, str) else arg.sequence("after", after, allowed)
        patterns = [arg.text("after", place, allowed) for place in places]
        histories: dict[History, None] = {}
        for pattern in patterns:
            histories |= dict.fromkeys(self._matching_histories(pattern))
        return list(histories)

    def _matching_histories(self, pattern: str) -> list[History]:
        target = tuple(part.strip() for part in pattern.split(SEPARATOR)) if pattern else ()
        if WILDCARD in target:
            matches = [history for history in self._leaves if _matches(history, target)]
            if not matches:
                raise UnknownNameError("open place", pattern, map(as_text, self._leaves))
            return matches
        if target in self._nodes:
            raise ParameterError("after", pattern, "a place where nothing has been written yet",
                                 f"Open are: {', '.join(map(as_text, self._leaves))}")  # fmt: skip
        if target not in self._leaves:
            raise UnknownNameError("place", pattern, map(as_text, self._leaves))
        return [target]

    def _add(self, histories: list[History], entry: Entry, labels: tuple[str, ...]) -> Self:
        for history in histories:
            del self._leaves[history]
            self._nodes[history] = entry
            self._leaves |= dict.fromkeys((*history, label) for label in labels)
        return self

    def _named_numbers(self) -> list[tuple[_NumberKey, tuple[str, object]]]:
        """Every payoff and probability by its place, with a name for error messages."""
        numbers: list[tuple[_NumberKey, tuple[str, object]]] = []
        for history, entry in self._nodes.items():
            if isinstance(entry, _TerminalNode):
                for player, payoff in zip(self._players, entry.payoffs, strict=True):
                    name = f"payoff of {player} after {as_text(history)}"
                    numbers.append(((history, player), (name, payoff)))
            elif isinstance(entry, _ChanceNode):
                for label, p in entry.branches.items():
                    name = f"probability of {as_text((*history, label))}"
                    numbers.append(((history, label), (name, p)))
            elif isinstance(entry, ChoiceEntry | DrawEntry):
                numbers += [((history, key), named) for key, named in entry.values().items()]
        return numbers

    def _information_set_names(self) -> list[str]:
        """The names of the information sets: the player, and its knowledge if it has several."""
        owners = [self._owner(index) for index in range(len(self._requested_names))]
        names: list[str] = []
        for index, name in enumerate(self._requested_names):
            is_only = owners.count(owners[index]) == 1
            knowledge = _common_text(self._members[index])
            candidate = name or (owners[index] if is_only else f"{owners[index]} {knowledge}")
            used_names = {*names, *(n for n in self._requested_names if n and n != name)}
            while candidate in used_names:
                candidate = f"{candidate}, set {index + 1}"
            names.append(candidate)
        return names

    def _owner(self, index: int) -> str:
        first = self._nodes[self._members[index][0]]
        return first.player if isinstance(first, _DecisionNode | ChoiceEntry) else ""

    def _build_node(
        self, history: History, names: list[str], values: Mapping[_NumberKey, Expr]
    ) -> Node:
        entry = self._nodes[history]
        if isinstance(entry, _TerminalNode):
            return Outcome({p: values[history, p] for p in self._players})
        if isinstance(entry, _ChanceNode):
            branches = [
                (label, values[history, label], self._build_node((*history, label), names, values))
                for label in entry.branches
            ]
            return Chance(tuple(branches))
        assert isinstance(entry, _DecisionNode)  # continuous trees are built elsewhere
        actions = tuple((a, self._build_node((*history, a), names, values)) for a in entry.actions)
        node = _node_name(history, self._members[entry.information_set])
        return Move(entry.player, names[entry.information_set], actions, node)


def as_text(history: History) -> str:
    """A history as text."""
    return SEPARATOR.join(history) or "the start"


def _label_tuple(name: str, value: Sequence[str]) -> tuple[str, ...]:
    allowed = f"one or more names that differ, without {SEPARATOR!r} and other than {WILDCARD!r}"
    fix = f"Write [{printed(value)}] for one name" if isinstance(value, str) else ""
    labels = arg.sequence(name, value, f"a list of {allowed}", fix)
    if not labels or not all(_is_label(label) for label in labels):
        raise ParameterError(name, value, allowed)
    if len(set(labels)) < len(labels):
        raise ParameterError(name, value, allowed, "A name is used twice")
    return labels


def _is_label(label: object) -> bool:
    return (
        isinstance(label, str)
        and label.strip() == label != ""
        and label != WILDCARD
        and SEPARATOR not in label
    )


def _matches(history: History, pattern: History) -> bool:
    return len(history) == len(pattern) and all(
        expected in (WILDCARD, label) for label, expected in zip(history, pattern, strict=True)
    )


def _common_text(histories: list[History]) -> str:
    """The actions common to all histories as text; all the histories where none is common."""
    if histories == [()]:
        return "at the start"
    common = []
    if len({len(history) for history in histories}) == 1:
        columns = zip(*histories, strict=True)
        common = [column[0] for column in columns if len(set(column)) == 1]
    return f"after {as_text(tuple(common)) if common else ' or '.join(map(as_text, histories))}"


def _node_name(history: History, members: list[History]) -> str:
    """A node's name: the actions that distinguish it within its information set."""
    if len(members) == 1 or len({len(member) for member in members}) > 1:
        return as_text(history)
    columns = zip(history, zip(*members, strict=True), strict=True)
    return as_text(tuple(action for action, column in columns if len(set(column)) > 1))
