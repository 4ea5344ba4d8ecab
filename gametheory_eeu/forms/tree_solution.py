"""Subgame-perfect equilibria of a tree with continuous moves, from backward induction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.games import Equilibrium, EquilibriumSet
from gametheory_eeu.prover.case_distinction import is_satisfiable, negation
from gametheory_eeu.prover.proof_search import is_proved, is_supported
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.moves import Decision, RealChoice
from gametheory_eeu.solvers.readable import complement, simplify_condition, simplify_value
from gametheory_eeu.solvers.subgame_perfect import BackwardInduction, Option, Premise

if TYPE_CHECKING:
    from gametheory_eeu.forms.continuous_tree import ContinuousTree

_MAX_ROUNDS = 4
_METHOD = "backward induction through every best choice, in cases"
_WHY = (
    "at every information set all best choices were followed, in pure strategies; where somebody "
    "is indifferent off the path, either does"
)


def solve(game: ContinuousTree, concept: str) -> EquilibriumSet:
    """Every subgame-perfect equilibrium in pure strategies, up to ties off the path."""
    induction = BackwardInduction(game.nodes, game.players, game.space)
    solutions = induction.solve()
    strategies = _Strategies(game, induction.options, solutions)
    equilibria = _each_once([strategies.equilibrium(s, concept) for s in solutions], game)
    complete, why = _completeness(game, induction)
    if not equilibria and complete == sp.true:
        why = f"{why}; there is none, since somewhere no choice is best: a payoff grows, or jumps"
    return EquilibriumSet(equilibria, game, concept, _METHOD, complete, why)


def _each_once(equilibria: Sequence[Equilibrium], game: ContinuousTree) -> tuple[Equilibrium, ...]:
    """Each equilibrium where no earlier one is the same: at a tie two cases may coincide."""
    kept: list[Equilibrium] = []
    for equilibrium in equilibria:
        condition = equilibrium.condition
        for earlier in kept:
            if _coincide(earlier, equilibrium, game):
                condition = sp.And(condition, negation(earlier.condition))
        if condition == equilibrium.condition:
            kept.append(equilibrium)
        elif is_satisfiable(Space.of(game.space, condition)):
            simple = simplify_condition(condition, game.space)
            kept.append(replace(equilibrium, condition=simple))
    return tuple(kept)


def _coincide(one: Equilibrium, other: Equilibrium, game: ContinuousTree) -> bool:
    """Whether two equilibria exist together somewhere, and are the same wherever they do."""
    if one.free or other.free or one.choices.keys() != other.choices.keys():
        return False
    both = Space.of(game.space, one.condition, other.condition)
    if not is_satisfiable(both):
        return False
    pairs = [(one.choices[name], other.choices[name]) for name in one.choices]
    if not all(_are_equal(pair, both) for pair in pairs):
        return False
    for name, node in game.information_sets.items():
        space = Space.of(both, game.history_space(name), symbols=game.known(name))
        if isinstance(node, Decision):
            mixes = one.profile[name], other.profile[name]
            replies = [(mixes[0][a], mixes[1][a]) for a in node.actions]
        else:
            number = node.range.symbol.name
            replies = [(one.responses[number], other.responses[number])]
        if not all(_are_equal(pair, space) for pair in replies):
            return False
    return True


def _are_equal(pair: tuple[Expr, Expr], space: Space) -> bool:
    return pair[0] == pair[1] or is_proved(sp.Eq(*pair, evaluate=False), space)


def _completeness(game: ContinuousTree, induction: BackwardInduction) -> tuple[Boolean, str]:
    if not induction.gaps:
        return sp.true, _WHY
    parameters = set(game.space.symbols)
    conditions = [gap.condition for gap in induction.gaps]
    gaps = [c if c.free_symbols <= parameters else sp.true for c in conditions]
    reasons = "; ".join(dict.fromkeys(gap.why for gap in induction.gaps))
    return complement(gaps, game.space), f"some best choices may be missing ({reasons})"


@dataclass
class _Strategies:
    """The strategies of an equilibrium, from the options at each information set."""

    game: ContinuousTree
    options: Mapping[str, list[Option]]
    solutions: Sequence[Continuation]

    def equilibrium(self, solution: Continuation, concept: str) -> Equilibrium:
        """The equilibrium with a solution's play on the path."""
        profile: dict[str, dict[str, Expr]] = {}
        responses: dict[str, Expr] = {}
        plan = Plan.of(self.game, self.options, solution)
        for name, node in self.game.information_sets.items():
            space = self.game.history_space(name, solution.condition)
            options = plan.options[name]
            if isinstance(node, Decision):
                profile[name] = {
                    a: _by_cases([(sp.Integer(o.play == a), o.condition) for o in options], space)
                    for a in node.actions
                }
            elif (x := node.range.symbol) in solution.free:
                responses[x.name] = x
            else:
                plays = [(_sample(o, x), o.condition) for o in options]
                responses[x.name] = _by_cases(plays, space)
        where = sp.true
        if solution.free:
            within = Space.of(self.game.space, solution.condition, symbols=solution.free)
            where = simplify_condition(solution.where, within)
        return Equilibrium(
            self._name(solution),
            profile,
            dict(solution.payoffs),
            solution.condition,
            concept,
            free=solution.free,
            where=where,
            note=self._note(solution),
            choices=solution.choices,
            responses=FrozenMapping(responses),
            game=self.game,
        )

    def _name(self, solution: Continuation) -> str:
        parts = []
        for name, node in self.game.information_sets.items():
            if isinstance(node, RealChoice):
                place = solution.places.get(node.range.symbol.name)
                parts += [place] if place else []
            elif name in solution.steps:
                parts.append(" or ".join(a for a in node.actions if a in solution.steps[name]))
        return "; ".join(parts)

    def _note(self, solution: Continuation) -> str:
        """A sentence on each tie on the path that is broken as it must be."""
        sentences = []
        for name, numbers in solution.selection.items():
            node = self.game.information_sets[name]
            if not isinstance(node, Decision):
                continue
            taken = self.options[name][numbers[0]].play
            known = {s: solution.choices[s.name] for s in self.game.known(name)
                     if s.name in solution.choices}  # fmt: skip
            others = [o for o in self.options[name] if o.play != taken]
            space = Space.of(self.game.space, solution.condition)
            tie = sp.Or(*(o.condition.xreplace(known) for o in others))
            if known and tie.free_symbols <= set(space.symbols) and is_supported(tie, space):
                reason = f": otherwise {' and '.join(map(str, known))} would not be best"
                is_forced = not self._has_alternative(name, solution)
                sentences.append(
                    f"{name} is indifferent and plays {taken}{reason if is_forced else ''}"
                )
        return "; ".join(sentences)

    def _has_alternative(self, name: str, solution: Continuation) -> bool:
        """Whether an equilibrium with other play at an information set exists at the same point."""
        return any(
            other.steps.get(name) != solution.steps[name]
            and is_satisfiable(Space.of(self.game.space, solution.condition, other.condition))
            for other in self.solutions
            if name in other.steps
        )


def _by_cases(plays: Sequence[tuple[Expr, Boolean]], space: Space) -> Expr:
    """A value by cases, of which the last holds wherever no other does."""
    joined: list[tuple[Expr, Boolean]] = []
    for value, condition in plays:
        if joined and joined[-1][0] == value:
            joined[-1] = (value, sp.Or(joined[-1][1], condition))
        else:
            joined.append((value, condition))
    if len(joined) == 1:
        return joined[0][0]
    cases = [(value, simplify_condition(condition, space)) for value, condition in joined[:-1]]
    return sp.Piecewise(*cases, (joined[-1][0], True))


def _sample(option: Option, x: Symbol) -> Expr:
    """The number played; of several that are alike, one."""
    value = sp.sympify(option.play)
    if x not in value.free_symbols:
        return value
    lows, highs = list[Expr](), list[Expr]()
    for relation in sp.And.make_args(option.range):
        gap = sp.expand(relation.gts - relation.lts)
        slope = gap.coeff(x, 1)
        (lows if slope > 0 else highs).append(simplify_value(-gap.coeff(x, 0) / slope))
    low, high = sp.Max(*lows), sp.Min(*highs)
    if lows and highs:
        return (low + high) / 2
    return low + 1 if lows else high - 1


@dataclass
class Plan:
    """The options taken at each information set, each where no earlier one in its list is.

    What is best at an information set may rest on how a tie is broken later. A plan is built from
    the end of the tree: each option is taken only where those that it rests on are. Where a best
    choice of a number would then not exist, the tie after it is broken in its favour, at that
    number alone.
    """

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
        on_path, before = ({options[k].play for k in group} for group in (selected, needed))

        def priority(k: int) -> tuple[bool, ...]:
            play, is_edge = options[k].play, options[k].condition.has(sp.Eq)
            is_first = play in on_path, play in before, k in selected, k in needed
            return *(not first for first in is_first), is_edge

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
