"""The chain-store game as a tree: its public histories, and every one of them as it is played."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Symbols
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome

History: TypeAlias = tuple[int, int]
"""How many members are left, and which member was the last to be fought (or one of the below)."""
UNTESTED, GAVE_WAY = -1, 0
"""Nobody has defied so far; the hegemon has given way before."""

Course: TypeAlias = str
"""A whole history, a letter a turn: S the member stayed, F it was fought, G it was given way to."""

StateValues: TypeAlias = Mapping[History, Expr]


def states(n: int) -> list[History]:
    """Every state of n members, in the order of play.

    Examples
    --------
    >>> states(2)
    [(2, -1), (1, -1), (1, 2), (1, 0)]
    """
    return [(k, last) for k in range(n, 0, -1)
            for last in (UNTESTED, *range(k + 1, n + 1), *[GAVE_WAY] * (k < n))]  # fmt: skip


def after_fight(state: History) -> History:
    """The state after a fight; weakness once shown is remembered."""
    k, last = state
    return k - 1, (GAVE_WAY if last == GAVE_WAY else k)


def after_giving_way(state: History) -> History:
    """The state after the hegemon gives way."""
    return state[0] - 1, GAVE_WAY


def after_staying(state: History) -> History:
    """The state after the member stays: no information is revealed."""
    return state[0] - 1, state[1]


def member_infoset(state: History) -> str:
    """The member's information set."""
    return f"member {_history(state)}"


def hegemon_infoset(state: History) -> str:
    """The weak hegemon's information set after a defiance."""
    return f"hegemon {_history(state)}"


def state_after(course: Course, n: int) -> History:
    """The state of n members after a whole history.

    Examples
    --------
    >>> state_after("SF", 3), state_after("FG", 3)
    ((1, 2), (1, 0))
    """
    last = UNTESTED if "F" not in course else n - course.rindex("F")
    return n - len(course), GAVE_WAY if "G" in course else last


def _history(state: History) -> str:
    k, last = state
    if last == UNTESTED:
        return f"{k}, untested"
    return f"{k}, weakness seen" if last == GAVE_WAY else f"{k}, after fighting {last}"


def reach_probabilities(
    n: int, stay: StateValues, fight: StateValues, tough: Expr
) -> Iterator[dict[History, tuple[Expr, Expr]]]:
    """The probabilities of reaching each state under the tough and the weak type, by turn."""
    zero = sp.Integer(0)
    current = {(n, UNTESTED): (tough, 1 - tough)}
    while current:
        yield current
        successors: dict[History, tuple[Expr, Expr]] = {}
        for state, (strong, weak) in current.items():
            defiance = 1 - stay[state]
            for successor, t, w in (
                (after_staying(state), stay[state] * strong, stay[state] * weak),
                (after_fight(state), defiance * strong, defiance * weak * fight[state]),
                (after_giving_way(state), zero, defiance * weak * (1 - fight[state])),
            ):
                if successor[0] > 0 and (t != 0 or w != 0):
                    previous = successors.get(successor, (zero, zero))
                    successors[successor] = (previous[0] + t, previous[1] + w)
        current = successors


HEGEMON = "weak hegemon"


def whole_tree(n: int, symbols: Symbols) -> ExtensiveForm:
    """The game of n members; with three or more an information set is named with its history.

    The hegemon's payoffs count where it is weak.
    """
    players = (HEGEMON, *(f"member {k}" for k in range(n, 0, -1)))
    tree, nothing = _Tree(n, symbols), dict.fromkeys(players, sp.Integer(0))
    types = (("tough", symbols.p), ("weak", 1 - symbols.p))
    root = Chance(tuple((kind, chance, tree.turn(kind, "", nothing)) for kind, chance in types))
    return ExtensiveForm(root, players)


@dataclass(frozen=True)
class _Tree:
    """The turns of n members."""

    n: int
    symbols: Symbols

    def turn(self, kind: str, course: Course, payoffs: Mapping[str, Expr]) -> Node:
        """The rest of the game after a history, against one type of hegemon."""
        s, state = self.symbols, state_after(course, self.n)
        if state[0] == 0:
            return Outcome(payoffs)
        member, label = f"member {state[0]}", f" [{course}]" if self.n > 2 else ""

        def after(letter: str, to_hegemon: Expr, to_member: Expr) -> Node:
            weak_payoff = payoffs[HEGEMON] + (to_hegemon if kind == "weak" else 0)
            gains = {HEGEMON: weak_payoff, member: to_member}
            return self.turn(kind, course + letter, {**payoffs, **gains})

        stayed = after("S", s.a, sp.Integer(0))
        answer = after("F", sp.Integer(-1), s.b - 1)
        if kind == "weak":
            actions = (("fight", answer), ("give way", after("G", sp.Integer(0), s.b)))
            answer = Move(HEGEMON, hegemon_infoset(state) + label, actions, kind)
        choice = (("stay", stayed), ("defy", answer))
        return Move(member, member_infoset(state) + label, choice, kind)
