"""Equilibria of one tree in behaviour strategies, by what is played at each information set.

For every choice of supports the conditions are equalities and inequalities in the probabilities,
and in the beliefs where play does not arrive; :mod:`indifference` solves them. Every equilibrium
has some supports, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, islice, product
from math import prod
from typing import Literal, TypeAlias, TypeVar

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.algebraic_numbers import collected
from gametheory_eeu.model.consistent_beliefs import Unreached, bases
from gametheory_eeu.model.subgames import (
    first_sets,
    information_sets,
    own_steps,
)
from gametheory_eeu.model.tree import Node
from gametheory_eeu.solvers.algebraic_families import Finish, closed_families
from gametheory_eeu.solvers.indifference import Family, families
from gametheory_eeu.solvers.information_set_values import (
    Owed,
    Place,
    Unknowns,
    Work,
    check_plans,
    places,
)
from gametheory_eeu.solvers.linear_bounds import RELATIONS, Atom
from gametheory_eeu.solvers.linear_existence import decided, exists
from gametheory_eeu.solvers.question_limit import Effort
from gametheory_eeu.solvers.realization_plans import RealizationPlans, in_numbers
from gametheory_eeu.solvers.simultaneous_moves import Mixes, OneSetEach

MOST_STEPS = 100_000
"""Partial choices of supports looked at before a tree is called too large."""
MOST_SYSTEMS = 6_000
"""Systems of equations before it is; one with many symbols counts for several."""
MOST_WITH_SYMBOLS = 2_000_000
"""Choices of supports, counted in the same way, above which none is looked at."""
MOST_CASES = 1_000
"""Cases followed in one of these systems."""
MOST_LEFT = 2_000
"""Choices of supports that may hold equilibria, after all that are ruled out."""
Leaf = TypeVar("Leaf")
Demand: TypeAlias = Literal["Nash", "perfect", "sequential"]
"""What an equilibrium of a subgame is to be."""
ANY = ("any",)
"""Where a player's own play never leads, whatever it would do is part of one family."""

Mix = dict[str, Expr]
Supports = Mapping[str, tuple[str, ...]]


def _as_it_is(value: Expr) -> Expr:
    return value


@dataclass(frozen=True)
class Assessed:
    """A family of equilibria of one tree: strategies and beliefs in the family's unknowns."""

    family: Family
    profile: Mapping[str, Mix]
    beliefs: Mapping[str, Mix] = field(default_factory=dict)
    finish: Finish = _as_it_is
    """What is to be done to values in the unknowns once those of the family are put in."""


class SupportSearch:
    """All equilibria of one tree.

    Parameters
    ----------
    root : Node
    space : Space
        Of the parameters.
    inherited : Family
        Unknowns in the tree's payoffs, with their range.
    symbols : Unknowns
        Those of the whole tree.
    demand : {"Nash", "perfect", "sequential"}
        Perfect: beliefs and sequential rationality at every information set; sequential: beliefs
        that are consistent as well.
    work : Work
        The count for the whole tree.
    """

    def __init__(
        self, root: Node, space: Space, inherited: Family, symbols: Unknowns, demand: Demand,
        work: Work,
    ) -> None:  # fmt: skip
        self.space, self.inherited, self.symbols, self.work = space, inherited, symbols, work
        self.perfect, self.consistent = demand != "Nash", demand == "sequential"
        perfect = self.perfect
        sets = information_sets(root)
        self.actions = {n: tuple(a for a, _ in nodes[0].actions) for n, nodes in sets.items()}
        self.played = {
            name: {a: sp.Dummy(f"{a} at {name}", real=True) for a in actions}
            for name, actions in self.actions.items()
        }
        self.owner = {s: name for name, mix in self.played.items() for s in mix.values()}
        self.before = {m.information_set: steps[-1:] for m, steps in own_steps(root)}
        owing = sets if perfect else first_sets(root)
        check_plans(root, owing)
        self._check_size()
        self.places = places(root, self.played, owing)
        self.needed = {place.name: self._needed(place) for place in self.places}
        self.simultaneous = OneSetEach.of(root, perfect=perfect)
        self.linear = self._linear(root)
        self.order = self._order()
        self.due = self._when_due(self.order)
        self._kept: dict[object, tuple[Owed, ...]] = {}

    def _linear(self, root: Node) -> RealizationPlans | None:
        """The linear programmes that the supports must admit, where all is in numbers."""
        if self.simultaneous is not None or not in_numbers(root):
            return None
        return RealizationPlans(root, {place.name: place.plans for place in self.places})

    def _needed(self, place: Place) -> tuple[str, ...]:
        """The information sets on whose supports it depends what a place owes."""
        spoken = {s for e in chain(*place.worth, place.arrival) for s in e.free_symbols}
        on = {self.owner[s] for s in spoken if s in self.owner}
        on |= {name for plan in place.plans for name in plan}
        return tuple(name for name in self.actions if name in on)

    def _order(self) -> list[str]:
        """The sets in an order in which places can be judged early, a player's own in sequence."""
        found: dict[str, None] = {}
        left = [set(self.needed[place.name]) for place in self.places]
        while left:
            least = min(left, key=lambda names: len(names - found.keys()))
            left.remove(least)
            for name in self.actions:
                if name in least and name not in found:
                    found |= dict.fromkeys(self._with_earlier(name))
        return list(found | dict.fromkeys(self.actions))

    def _with_earlier(self, name: str) -> list[str]:
        earlier = [n for n, _ in self.before[name]]
        return [*(m for n in earlier for m in self._with_earlier(n)), name]

    def _when_due(self, order: list[str]) -> dict[str, list[Place]]:
        """After which information set's support each place can be judged."""
        found: dict[str, list[Place]] = {name: [] for name in order}
        for place in self.places:
            found[max(self.needed[place.name], key=order.index)].append(place)
        return found

    def run(self) -> Iterator[Assessed]:
        """Every family, supports in order of the information sets."""
        if self.simultaneous is not None:
            known = self._counted(self.simultaneous.supports())
            for supports, mixes in sorted(known, key=lambda item: self._rank(item[0])):
                if mixes is None:
                    yield from self._on(supports)
                else:
                    yield self._as_found(mixes)
            return
        leaves = self._counted(self._extended({}, {}, self.order))
        for supports, owed in sorted(leaves, key=lambda leaf: self._rank(leaf[0])):
            yield from self._at_leaf(supports, owed)

    def _counted(self, found: Iterator[Leaf]) -> list[Leaf]:
        """All choices of supports that are left, unless they are too many to solve."""
        most = min(MOST_LEFT, MOST_SYSTEMS // self._weight)
        leaves = list(islice(found, most + 1))
        if len(leaves) > most:
            self._refuse(f"more than {most} of them may hold equilibria, as where all is tied")
        return leaves

    def _rank(self, supports: Supports) -> list[tuple[int, list[int]]]:
        """Where a choice of supports is listed: set by set, fewest actions first."""
        return [
            (len(supports[name]), [actions.index(a) for a in supports[name] if a in actions])
            for name, actions in self.actions.items()
        ]

    def _extended(
        self, supports: Supports, owed: Mapping[str, tuple[Owed, ...]], left: list[str]
    ) -> Iterator[tuple[Supports, Mapping[str, tuple[Owed, ...]]]]:
        """Every choice of supports that no place rules out by itself, nor all of them together."""
        if not left:
            yield supports, owed
            return
        name, *rest = left
        for support in self._supports(name, supports):
            self._count_step()
            chosen = {**supports, name: support}
            if self.linear is not None and not self.linear.allows(chosen, name):
                continue
            due = {place.name: self._judged(place, chosen) for place in self.due[name]}
            if all(due.values()):
                yield from self._extended(chosen, {**owed, **due}, rest)

    def _on(self, supports: Supports) -> Iterator[Assessed]:
        """The families with supports that are known to be those of equilibria."""
        yield from self._at_leaf(
            supports, {place.name: self._judged(place, supports) for place in self.places}
        )

    def _at_leaf(
        self, supports: Supports, owed: Mapping[str, tuple[Owed, ...]]
    ) -> Iterator[Assessed]:
        for choice in product(*owed.values()):
            yield from self._solutions(supports, dict(zip(owed, choice, strict=True)))

    def _as_found(self, mixes: Mixes) -> Assessed:
        """An equilibrium whose probabilities are known numbers."""
        at = {self.played[n][a]: chance for n, mix in mixes.items() for a, chance in mix.items()}
        beliefs = {}
        for place in self.places if self.perfect else ():
            weights = [collected(e.xreplace(at)) for e in place.arrival]
            total = collected(sp.Add(*weights))
            pairs = zip(place.nodes, weights, strict=True)
            beliefs[place.name] = {n: collected(sp.radsimp(w / total)) for n, w in pairs}
        family = Family(free=self.inherited.free, where=self.inherited.where)
        return Assessed(family, {n: dict(mix) for n, mix in mixes.items()}, beliefs)

    def _count_step(self) -> None:
        self.work.steps += 1
        if self.work.steps > MOST_STEPS:
            self._refuse(f"{MOST_STEPS} partial choices")

    def _count_system(self) -> None:
        self.work.systems += self._weight
        if self.work.systems > MOST_SYSTEMS:
            self._refuse(f"{MOST_SYSTEMS // self._weight} systems of equations")

    @staticmethod
    def _effort() -> Effort:
        instead = "check single profiles with verify_assessment(...)"
        return Effort("a choice of supports of this tree", MOST_CASES, instead)

    @property
    def _weight(self) -> int:
        """What a question with so many symbols costs, in questions without."""
        size = len(self.space.symbols)
        return 1 if size == 0 else 2 + size**2 // 4

    @property
    def _choices(self) -> int:
        return prod(2 ** len(actions) - 1 for actions in self.actions.values())

    def _check_size(self) -> None:
        if self.space.symbols and self._choices * self._weight > MOST_WITH_SYMBOLS:
            self._refuse(f"about {MOST_WITH_SYMBOLS // self._weight} with these symbols")

    def _refuse(self, followed: str) -> None:
        raise TooLargeError(
            f"{len(self.actions)} information sets with {self._choices} choices of supports are "
            f"more than the exhaustive search follows ({followed}); give values to symbols, leave "
            "out actions that are never best, or check single profiles with verify_assessment(...)"
        )

    def _supports(self, name: str, chosen: Supports) -> Iterator[tuple[str, ...]]:
        """Fewest actions first; one stand-in where the player's own play never leads."""
        if not self.perfect and any(a not in chosen[n] for n, a in self.before[name]):
            yield ANY
            return
        actions = self._worth_a_look(name)
        for size in range(1, len(actions) + 1):
            yield from combinations(actions, size)

    def _worth_a_look(self, name: str) -> tuple[str, ...]:
        """The best actions alone, where the values of all are known numbers."""
        actions = self.actions[name]
        place = next((p for p in self.places if p.name == name), None)
        if place is None or len(place.nodes) > 1 or len(place.plans) != len(actions):
            return actions
        values = [row[0] for row in place.worth]
        if not all(v.is_Rational for v in values) or place.luck[0].is_positive is not True:
            return actions
        if not self.perfect and place.steps[0]:
            return actions
        best = max(values)
        return tuple(a for a, v in zip(actions, values, strict=True) if v == best)

    def mix(self, name: str, support: tuple[str, ...]) -> tuple[Mix, tuple[Symbol, ...]]:
        """Probabilities with this support, and the unknowns in them."""
        actions = self.actions[name]
        played = actions if support == ANY else support
        what = "any" if support == ANY else "p"
        unknowns = tuple(self.symbols.of(what, a, name) for a in played[:-1])
        chances = dict(zip(played, (*unknowns, 1 - sp.Add(*unknowns)), strict=True))
        return {a: chances.get(a, sp.Integer(0)) for a in actions}, unknowns

    def _judged(self, place: Place, chosen: Supports) -> tuple[Owed, ...]:
        """What the place owes, in every case that may arise; none where it cannot be met."""
        on = self.needed[place.name]
        key = place.name, tuple(chosen[name] for name in on)
        if key not in self._kept:
            at = {
                self.played[name][action]: chance
                for name in on
                for action, chance in self.mix(name, chosen[name])[0].items()
            }
            cases = self._cases(place, chosen, at)
            owed = (self._owed(place, chosen, at, *case) for case in cases)
            self._kept[key] = tuple(o for o in owed if o and self._may_be(o, place, chosen))
        return self._kept[key]

    def _cases(
        self, place: Place, chosen: Supports, at: Mapping[Symbol, Expr]
    ) -> Iterator[tuple[tuple[Expr, ...], Owed]]:
        """Weights of the nodes, by Bayes' rule where play arrives and free where it does not."""
        arrival = tuple(e.xreplace(at) for e in place.arrival)
        if not self.perfect:
            yield arrival, Owed()
            return
        if len(place.nodes) == 1:
            one = (sp.Integer(1),)
            yield one, Owed(belief=dict(zip(place.nodes, one, strict=True)))
            return
        reached = sp.Add(
            *(luck for luck, steps in zip(place.luck, place.steps, strict=True)
              if all(a in chosen[n] for n, a in steps))
        )  # fmt: skip
        possible = prover.simplify(sp.Gt(reached, 0), self.space)
        if possible != sp.false:
            total = sp.Add(*arrival)
            belief = {n: w / total for n, w in zip(place.nodes, arrival, strict=True)}
            known: tuple[Atom, ...] = () if possible == sp.true else ((reached, ">"),)
            yield arrival, Owed(atoms=known, belief=belief)
        if possible != sp.true:
            yield self._off_path(place, reached)

    def _off_path(self, place: Place, reached: Expr) -> tuple[tuple[Expr, ...], Owed]:
        likely = tuple(self.symbols.of("b", node, place.name) for node in place.nodes[:-1])
        weights = (*likely, 1 - sp.Add(*likely))
        return weights, Owed(
            equalities=(reached,),
            atoms=tuple((w, ">=") for w in weights),
            unknowns=likely,
            belief=dict(zip(place.nodes, weights, strict=True)),
        )

    def _owed(
        self, place: Place, chosen: Supports, at: Mapping[Symbol, Expr],
        weights: tuple[Expr, ...], case: Owed,
    ) -> Owed | None:  # fmt: skip
        """Plans within the supports are equally good, all others no better."""
        worth = [
            collected(sp.Add(*(w * v.xreplace(at) for w, v in zip(weights, row, strict=True))))
            for row in place.worth
        ]
        within = [all(a in chosen[n] for n, a in plan.items()) for plan in place.plans]
        best = worth[within.index(True)]
        gains = [sp.expand(best - w) for w in worth]
        equal = [g for g, inside in zip(gains, within, strict=True) if inside and g != 0]
        atoms = decided(
            (*case.atoms, *((g, ">=") for g, inside in zip(gains, within, strict=True)
                            if not inside))
        )  # fmt: skip
        if atoms is None or any(g.is_Rational for g in equal):
            return None
        found = Owed((*case.equalities, *equal), atoms, case.unknowns, case.belief)
        return None if self._hopeless(found) else found

    def _may_be(self, owed: Owed, place: Place, chosen: Supports) -> bool:
        """Whether some probabilities with these supports meet what this place owes by itself."""
        if not owed.unknowns and self._is_settled(place):
            return True
        conditions = (*owed.equalities, *(e for e, _ in owed.atoms))
        if all(e.free_symbols <= set(self.space.symbols) for e in conditions):
            return True
        unknowns, atoms = [*self.inherited.free, *owed.unknowns], [*self.inherited.where]
        for name in self.needed[place.name]:
            own, within = self._unknown(name, chosen[name])
            unknowns += own
            atoms += within
        self._count_system()
        known = owed.equalities, (*atoms, *owed.atoms), unknowns, self.space
        found = families(*known, self._effort())
        return any(f.open or exists(f.where, f.free) != sp.false for f in found)

    def _is_settled(self, place: Place) -> bool:
        """Whether the supports are known to leave probabilities that meet what is due there."""
        if self.linear is None:
            return self.simultaneous is not None
        return place.name in self.linear.replies

    def _unknown(self, name: str, support: tuple[str, ...]) -> tuple[list[Symbol], list[Atom]]:
        """The unknown probabilities at an information set, and their range."""
        mix, unknowns = self.mix(name, support)
        op = ">=" if support == ANY else ">"
        return list(unknowns), [(p, op) for p in mix.values() if p != 0 and unknowns]

    def _hopeless(self, owed: Owed) -> bool:
        """Whether what it says of parameters alone cannot be."""
        known = [sp.Eq(e, 0) for e in owed.equalities]
        known += [RELATIONS[op](e, 0) for e, op in owed.atoms]
        parameters = set(self.space.symbols)
        alone = [c for c in known if c.free_symbols <= parameters]
        return bool(alone) and prover.simplify(sp.And(*alone), self.space) == sp.false

    def _solutions(self, supports: Supports, owed: Mapping[str, Owed]) -> Iterator[Assessed]:
        profile, unknowns, atoms = {}, list(self.inherited.free), list(self.inherited.where)
        for name in self.actions:
            profile[name] = self.mix(name, supports[name])[0]
            own, within = self._unknown(name, supports[name])
            unknowns += own
            atoms += within
        for one in owed.values():
            unknowns += one.unknowns
            atoms += one.atoms
        equalities = [e for one in owed.values() for e in one.equalities if e != 0]
        space = Space.of(self.space, *self.inherited.given)
        for bound, positive in self._bound(profile, owed):
            self._count_system()
            known = [*equalities, *bound], [*atoms, *positive], unknowns, space
            for family in families(*known, self._effort()):
                for closed, finish in closed_families(family, space):
                    yield Assessed(closed, profile, self._beliefs(owed, closed), finish)

    def _bound(
        self, profile: Mapping[str, Mix], owed: Mapping[str, Owed]
    ) -> Iterator[tuple[list[Expr], list[Atom]]]:
        """What consistency adds, in every case that may arise."""
        off_path = [p for p in self.places if self.consistent and owed[p.name].unknowns]
        weights = {p.name: owed[p.name].belief for p in off_path}
        unreached = [Unreached(p.name, p.nodes, p.luck, p.steps) for p in off_path]
        for basis in bases(unreached, lambda step: profile[step[0]][step[1]], weights):
            zero, positive = list(basis.equalities), list[Atom]()
            for name, inside in basis.believed.items():
                zero += [w for node, w in weights[name].items() if node not in inside]
                positive += [(weights[name][node], ">") for node in inside]
            yield zero, positive

    def _beliefs(self, owed: Mapping[str, Owed], family: Family) -> dict[str, Mix]:
        if not self.perfect:
            return {}
        return {
            name: {n: sp.cancel(b.xreplace(family.values)) for n, b in one.belief.items()}
            for name, one in owed.items()
        }


__all__ = ["ANY", "Assessed", "Demand", "SupportSearch"]
