"""The chain-store game as a tree: every history of every member, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.model import Symbols
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome
from gametheory_eeu.models.reputation.histories import (
    Course,
    hegemon_infoset,
    member_infoset,
    state_after,
)

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


__all__ = ["HEGEMON", "whole_tree"]
