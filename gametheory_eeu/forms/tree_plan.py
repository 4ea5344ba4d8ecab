"""Plans for every history of a tree: which of the best options is taken where several are.

What is best at an information set may rest on how a tie is broken later. A plan is built from the
end of the tree: each option is taken only where those that it rests on are. Where a best choice of
a number would then not exist, the tie after it is broken in its favour, at that number alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.case_distinction import is_satisfiable, negation
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.moves import RealChoice
from gametheory_eeu.solvers.readable import simplify_condition
from gametheory_eeu.solvers.subgame_perfect import Option, Premise

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_tree import ContinuousTree

_MAX_ROUNDS = 4


@dataclass
class Plan:
    """The options taken at each information set, each where no earlier one in its list is."""

    game: ContinuousTree
    all_options: Mapping[str, list[Option]]
    solution: Continuation
    options: dict[str, list[Option]] = field(default_factory=dict)
    regions: dict[str, dict[int, Boolean]] = field(default_factory=dict)
    exceptions: dict[str, list[tuple[int, Boolean]]] = field(default_factory=dict)
    """Options taken at single numbers first of all, so that a best choice before them exists."""

    @classmethod
    def of(
        cls, game: ContinuousTree, options: Mapping[str, list[Option]], solution: Continuation
    ) -> Plan:
        """The plan with a solution's play on the path."""
        plan = cls(game, options, solution)
        for _ in range(_MAX_ROUNDS):
            if not plan._build():
                break
        return plan

    def _build(self) -> bool:
        """Build the plan from the end; whether exceptions were added on the way."""
        added = False
        for name in reversed(list(self.game.information_sets)):
            space = self.game.history_space(name, self.solution.condition)
            taken, rest, skipped = self._taken(name, space)
            self.options[name] = [option for _, option in taken]
            self.regions[name] = _regions(taken)
            if isinstance(self.game.information_sets[name], RealChoice):
                for k in skipped:
                    added |= self._make_possible(name, k, rest)
        return added

    def _taken(self, name: str, space: Space) -> tuple[list[tuple[int, Option]], Space, list[int]]:
        """The options taken, the histories left over, and options that would be best there."""
        options = self.all_options[name]
        selected = self._selected(name)
        rest, taken, skipped = space, list[tuple[int, Option]](), list[int]()
        for k, exception in self.exceptions.get(name, []):
            condition = sp.And(exception, options[k].condition)
            taken.append((k, options[k]._replace(condition=condition)))
            rest = Space.of(rest, negation(condition))
        for k in self._order(name, selected):
            own = options[k].condition
            if own == sp.false or not is_satisfiable(Space.of(rest, own)):
                continue
            condition = sp.And(own, *self._premises(name, options[k]))
            is_possible = condition != sp.false and is_satisfiable(Space.of(rest, condition))
            if not is_possible or condition != own:
                skipped.append(k)
            if not is_possible:
                continue
            condition = simplify_condition(condition, space)
            taken.append((k, options[k]._replace(condition=condition)))
            rest = Space.of(rest, negation(condition))
            if condition == sp.true or not is_satisfiable(rest):
                return taken, rest, [k for k in skipped if k in selected - {j for j, _ in taken}]
        return taken, rest, skipped

    def _selected(self, name: str) -> set[int]:
        is_certain = len(self.solution.steps.get(name, ())) < 2
        return set(self.solution.selection.get(name, ())) if is_certain else set()

    def _order(self, name: str, selected: set[int]) -> list[int]:
        """First the options on the path, then those on which a best choice before them rests."""
        options = self.all_options[name]
        needed = self._needed(name)
        first = ({options[k].play for k in group} for group in (selected, needed))
        on_path, before = first

        def priority(k: int) -> tuple[bool, ...]:
            play = options[k].play
            is_edge = options[k].condition.has(sp.Eq)
            return (
                play not in on_path,
                play not in before,
                k not in selected,
                k not in needed,
                is_edge,
            )

        return sorted(range(len(options)), key=priority)

    def _needed(self, name: str) -> set[int]:
        """The options at an information set on which a best choice of a number rests."""
        return {
            k
            for before, options in self.all_options.items()
            if isinstance(self.game.information_sets[before], RealChoice)
            for option in options
            for premise in option.premises
            for k in premise.selection.get(name, ())
        }

    def _premises(self, name: str, option: Option) -> Iterator[Boolean]:
        """The conditions that what an option takes for granted is what is played later."""
        for premise in option.premises:
            for later, numbers in premise.selection.items():
                values = self._values(name, later, premise)
                if values is not None:
                    taken = (self.regions[later].get(k, sp.false) for k in numbers)
                    yield sp.Or(*taken).xreplace(values)

    def _values(self, name: str, later: str, premise: Premise) -> dict[Symbol, Expr] | None:
        """The numbers chosen between two information sets; None if one is drawn between them."""
        known = set(self.game.known(name))
        between = [s for s in self.game.known(later) if s not in known]
        if not all(s.name in premise.choices for s in between):
            return None
        return {s: premise.choices[s.name] for s in between}

    def _make_possible(self, name: str, number: int, rest: Space) -> bool:
        """Break the ties after a best choice in its favour, where there is no other yet."""
        added = False
        option = self.all_options[name][number]
        is_selected = number in self._selected(name)
        missing = rest.constraints[len(self.game.space.constraints) :]
        where = sp.And(option.condition, *(() if is_selected else missing))
        for premise in option.premises:
            for later, numbers in premise.selection.items():
                values = self._values(name, later, premise)
                if not values:
                    continue
                equal = sp.And(where, *(sp.Eq(s, v) for s, v in values.items()))
                for k in numbers:
                    entry = (k, equal)
                    known = self.exceptions.setdefault(later, [])
                    if equal != sp.false and entry not in known:
                        known.insert(0, entry) if is_selected else known.append(entry)
                        added = True
        return added


def _regions(taken: list[tuple[int, Option]]) -> dict[int, Boolean]:
    """Where each option is taken: where it may be and no earlier one is."""
    result: dict[int, Boolean] = {}
    earlier: list[Boolean] = []
    for k, option in taken:
        region = sp.And(option.condition, *map(negation, earlier))
        result[k] = sp.Or(result.get(k, sp.false), region)
        earlier.append(option.condition)
    return result


__all__ = ["Plan"]
