"""Equilibria of one tree in behaviour strategies, by what is played at each information set.

For every choice of supports the conditions are equalities and inequalities in the probabilities,
and in the beliefs where play does not arrive; :mod:`indifference` solves them. Every equilibrium
has some supports, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations, product

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.subgames import Plan, first_sets, information_sets, own_steps, plans
from gametheory_eeu.model.tree import Chance, Move, Node, value
from gametheory_eeu.solvers.indifference import Family, families
from gametheory_eeu.solvers.intervals import RELATIONS, Atom
from gametheory_eeu.solvers.linear_existence import decided, exists
from gametheory_eeu.space import Space

MOST_STEPS = 100_000
"""Partial choices of supports looked at before a tree is called too large."""
ANY = ("any",)
"""Where a player's own play never leads, whatever it would do is part of one family."""

Mix = dict[str, Expr]
Supports = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Assessed:
    """A family of equilibria of one tree: strategies and beliefs in the family's unknowns."""

    family: Family
    profile: Mapping[str, Mix]
    beliefs: Mapping[str, Mix] = field(default_factory=dict)


@dataclass(frozen=True)
class _Owed:
    """What one information set owes at some supports, with the belief there."""

    equalities: tuple[Expr, ...] = ()
    atoms: tuple[Atom, ...] = ()
    unknowns: tuple[Symbol, ...] = ()
    belief: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True)
class _Place:
    """An information set that owes rationality; polynomials in a symbol for every action.

    ``worth[plan][node]`` is what a plan is worth from a node on, ``arrival[node]`` the probability
    of getting there, ``luck[node]`` chance's part in it, ``steps[node]`` the actions on the way.
    """

    name: str
    nodes: tuple[str, ...]
    plans: tuple[Plan, ...]
    worth: tuple[tuple[Expr, ...], ...]
    arrival: tuple[Expr, ...]
    luck: tuple[Expr, ...]
    steps: tuple[tuple[tuple[str, str], ...], ...]


class SupportSearch:
    """All equilibria of one tree.

    Parameters
    ----------
    root : Node
    space : Space
        Of the parameters.
    inherited : Family
        Unknowns in the tree's payoffs, with their range.
    perfect : bool
        Beliefs and sequential rationality at every information set; otherwise Nash.
    """

    def __init__(self, root: Node, space: Space, inherited: Family, *, perfect: bool) -> None:
        self.space, self.inherited, self.perfect = space, inherited, perfect
        sets = information_sets(root)
        self.actions = {n: tuple(a for a, _ in nodes[0].actions) for n, nodes in sets.items()}
        self.played = {
            name: {a: sp.Dummy(f"{a} at {name}", real=True) for a in actions}
            for name, actions in self.actions.items()
        }
        self.owner = {s: name for name, mix in self.played.items() for s in mix.values()}
        self.before = {m.information_set: steps[-1:] for m, steps in own_steps(root)}
        owing = sets if perfect else first_sets(root)
        self.places = [self._place(root, name, nodes) for name, nodes in owing.items()]
        self.due = self._when_due()
        self.steps = 0
        self._kept: dict[object, tuple[_Owed, ...]] = {}

    def _place(self, root: Node, name: str, nodes: tuple[Move, ...]) -> _Place:
        player, ways = nodes[0].player, dict(_ways(root))
        options = tuple(plans(root, name))
        pure = [{n: {a: sp.Integer(1)} for n, a in plan.items()} for plan in options]
        worth = tuple(
            tuple(sp.expand(value(node, {**self.played, **own}, player)) for node in nodes)
            for own in pure
        )
        luck, steps = zip(*(ways[name, node.node] for node in nodes), strict=True)
        arrival = tuple(
            sp.Mul(chance, *(self.played[n][a] for n, a in way))
            for chance, way in zip(luck, steps, strict=True)
        )
        return _Place(name, tuple(n.node for n in nodes), options, worth, arrival, luck, steps)

    def _when_due(self) -> dict[str, list[tuple[_Place, tuple[str, ...]]]]:
        """After which information set's support a place can be judged, and on what it depends."""
        order = list(self.actions)
        found: dict[str, list[tuple[_Place, tuple[str, ...]]]] = {name: [] for name in order}
        for place in self.places:
            spoken = {s for e in chain(*place.worth, place.arrival) for s in e.free_symbols}
            on = {self.owner[s] for s in spoken if s in self.owner}
            on |= {name for plan in place.plans for name in plan}
            needed = tuple(name for name in order if name in on)
            found[needed[-1]].append((place, needed))
        return found

    def run(self) -> Iterator[Assessed]:
        """Every family, supports in order of the information sets."""
        yield from self._extended({}, (), list(self.actions))

    def _extended(
        self, supports: dict[str, tuple[str, ...]], owed: tuple[tuple[_Owed, ...], ...],
        left: list[str],
    ) -> Iterator[Assessed]:  # fmt: skip
        if not left:
            for choice in product(*owed):
                yield from self._solutions(supports, choice)
            return
        name, *rest = left
        for support in self._supports(name, supports):
            self.steps += 1
            if self.steps > MOST_STEPS:
                self._refuse()
            chosen = {**supports, name: support}
            due = tuple(self._judged(place, on, chosen) for place, on in self.due[name])
            if all(due):
                yield from self._extended(chosen, (*owed, *due), rest)

    def _refuse(self) -> None:
        sizes = [2 ** len(actions) - 1 for actions in self.actions.values()]
        raise TooLargeError(
            f"{len(sizes)} information sets with {sp.prod(sizes)} choices of supports are more "
            f"than the exhaustive search follows ({MOST_STEPS} partial choices); give values to "
            "symbols, or solve the normal form, game.normal_form()"
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
        unknowns = tuple(sp.Symbol(f"{what}({a}|{name})", real=True) for a in played[:-1])
        chances = dict(zip(played, (*unknowns, 1 - sp.Add(*unknowns)), strict=True))
        return {a: chances.get(a, sp.Integer(0)) for a in actions}, unknowns

    def _judged(self, place: _Place, on: tuple[str, ...], chosen: Supports) -> tuple[_Owed, ...]:
        """What the place owes, in every case that may arise; none where it cannot be met."""
        key = place.name, tuple(chosen[name] for name in on)
        if key not in self._kept:
            at = {
                self.played[name][action]: chance
                for name in on
                for action, chance in self.mix(name, chosen[name])[0].items()
            }
            cases = self._cases(place, chosen, at)
            owed = (self._owed(place, chosen, at, *case) for case in cases)
            self._kept[key] = tuple(o for o in owed if o and self._may_be(o, on, chosen))
        return self._kept[key]

    def _cases(
        self, place: _Place, chosen: Supports, at: Mapping[Symbol, Expr]
    ) -> Iterator[tuple[tuple[Expr, ...], _Owed]]:
        """Weights of the nodes, by Bayes' rule where play arrives and free where it does not."""
        arrival = tuple(e.xreplace(at) for e in place.arrival)
        if not self.perfect:
            yield arrival, _Owed()
            return
        if len(place.nodes) == 1:
            one = (sp.Integer(1),)
            yield one, _Owed(belief=dict(zip(place.nodes, one, strict=True)))
            return
        reached = sp.Add(
            *(luck for luck, steps in zip(place.luck, place.steps, strict=True)
              if all(a in chosen[n] for n, a in steps))
        )  # fmt: skip
        possible = logic.simplify(sp.Gt(reached, 0), self.space)
        if possible != sp.false:
            total = sp.Add(*arrival)
            belief = {n: w / total for n, w in zip(place.nodes, arrival, strict=True)}
            known: tuple[Atom, ...] = () if possible == sp.true else ((reached, ">"),)
            yield arrival, _Owed(atoms=known, belief=belief)
        if possible != sp.true:
            yield self._off_path(place, reached)

    def _off_path(self, place: _Place, reached: Expr) -> tuple[tuple[Expr, ...], _Owed]:
        likely = tuple(sp.Symbol(f"b({node}|{place.name})", real=True) for node in place.nodes[:-1])
        weights = (*likely, 1 - sp.Add(*likely))
        return weights, _Owed(
            equalities=(reached,),
            atoms=tuple((w, ">=") for w in weights),
            unknowns=likely,
            belief=dict(zip(place.nodes, weights, strict=True)),
        )

    def _owed(
        self, place: _Place, chosen: Supports, at: Mapping[Symbol, Expr],
        weights: tuple[Expr, ...], case: _Owed,
    ) -> _Owed | None:  # fmt: skip
        """Plans within the supports are equally good, all others no better."""
        worth = [
            sp.expand(sp.Add(*(w * v.xreplace(at) for w, v in zip(weights, row, strict=True))))
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
        found = _Owed((*case.equalities, *equal), atoms, case.unknowns, case.belief)
        return None if self._hopeless(found) else found

    def _may_be(self, owed: _Owed, on: tuple[str, ...], chosen: Supports) -> bool:
        """Whether some probabilities with these supports meet what this place owes by itself."""
        conditions = (*owed.equalities, *(e for e, _ in owed.atoms))
        if all(e.free_symbols <= set(self.space.symbols) for e in conditions):
            return True
        unknowns, atoms = [*self.inherited.free, *owed.unknowns], [*self.inherited.where]
        for name in on:
            own, within = self._unknown(name, chosen[name])
            unknowns += own
            atoms += within
        found = families(owed.equalities, (*atoms, *owed.atoms), unknowns, self.space)
        return any(f.open or exists(f.where, f.free) != sp.false for f in found)

    def _unknown(self, name: str, support: tuple[str, ...]) -> tuple[list[Symbol], list[Atom]]:
        """The unknown probabilities at an information set, and their range."""
        mix, unknowns = self.mix(name, support)
        op = ">=" if support == ANY else ">"
        return list(unknowns), [(p, op) for p in mix.values() if p != 0 and unknowns]

    def _hopeless(self, owed: _Owed) -> bool:
        """Whether what it says of parameters alone cannot be."""
        known = [sp.Eq(e, 0) for e in owed.equalities]
        known += [RELATIONS[op](e, 0) for e, op in owed.atoms]
        parameters = set(self.space.symbols)
        alone = [c for c in known if c.free_symbols <= parameters]
        return bool(alone) and logic.simplify(sp.And(*alone), self.space) == sp.false

    def _solutions(self, supports: Supports, owed: tuple[_Owed, ...]) -> Iterator[Assessed]:
        profile, unknowns, atoms = {}, list(self.inherited.free), list(self.inherited.where)
        for name, support in supports.items():
            profile[name] = self.mix(name, support)[0]
            own, within = self._unknown(name, support)
            unknowns += own
            atoms += within
        for one in owed:
            unknowns += one.unknowns
            atoms += one.atoms
        equalities = [e for one in owed for e in one.equalities if e != 0]
        space = Space.of(self.space, *self.inherited.given)
        for family in families(equalities, atoms, unknowns, space):
            yield Assessed(family, profile, self._beliefs(owed, family))

    def _beliefs(self, owed: tuple[_Owed, ...], family: Family) -> dict[str, Mix]:
        if not self.perfect:
            return {}
        names = [place.name for due in self.due.values() for place, _ in due]
        return {
            name: {n: sp.cancel(b.xreplace(family.values)) for n, b in one.belief.items()}
            for name, one in zip(names, owed, strict=True)
        }


def _ways(
    root: Node,
) -> Iterator[tuple[tuple[str, str], tuple[Expr, tuple[tuple[str, str], ...]]]]:
    """For each decision node chance's part in getting there, and the actions on the way."""

    def walk(
        node: Node, luck: Expr, steps: tuple[tuple[str, str], ...]
    ) -> Iterator[tuple[tuple[str, str], tuple[Expr, tuple[tuple[str, str], ...]]]]:
        if isinstance(node, Move):
            yield (node.information_set, node.node), (luck, steps)
            for action, child in node.actions:
                yield from walk(child, luck, (*steps, (node.information_set, action)))
        elif isinstance(node, Chance):
            for _, probability, child in node.branches:
                yield from walk(child, luck * probability, steps)

    return walk(root, sp.Integer(1), ())


__all__ = ["ANY", "Assessed", "SupportSearch"]
