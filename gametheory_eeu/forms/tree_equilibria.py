"""What the solvers find on a tree, as equilibria with names, conditions and ranges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.forms.tree_checks import check_chances
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.model.tree import shortest
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.behaviour_supports import Demand
from gametheory_eeu.solvers.indifference import relation
from gametheory_eeu.solvers.linear_bounds import boxed
from gametheory_eeu.solvers.subgame_induction import Solved, as_one, by_subgames

if TYPE_CHECKING:
    from gametheory_eeu.forms.extensive_form import ExtensiveForm

_METHODS = {
    "subgame perfect": "induction on subgames, every choice of supports in each",
    "perfect Bayesian": "induction on subgames, every choice of supports and every belief in each",
    "sequential": "induction on subgames, every choice of supports, and of the nodes believed in",
    "Nash": "every choice of supports at the information sets",
}


_DEMANDS: dict[str, Demand] = {
    "subgame perfect": "Nash",
    "perfect Bayesian": "perfect",
    "sequential": "sequential",
}


def equilibria(game: ExtensiveForm, concept: str) -> EquilibriumSet:
    """Every equilibrium of a tree under one concept, and where that "every" is established."""
    found = _found(game, concept)
    named = _told_apart([_equilibrium(game, concept, s) for s in found if s.condition is not None])
    open_ = [s.family.condition for s in found if s.condition is None]
    complete: Boolean = prover.simplify(sp.Not(sp.Or(*open_)), game.space) if open_ else sp.true
    why = "every equilibrium has some supports, and for each the conditions were solved"
    if open_:
        why = (
            "where this does not hold, the conditions of some supports are polynomials that were "
            "not solved, and equilibria with these supports may be missing"
        )
    return EquilibriumSet(named, game, concept, _METHODS[concept], complete, why)


def _found(game: ExtensiveForm, concept: str) -> tuple[Solved, ...]:
    if concept == "Nash":
        return as_one(game.root, game.space)
    if concept == "sequential":
        check_chances(game.root, game.space)
    return by_subgames(game.root, game.space, _DEMANDS[concept])


def _equilibrium(game: ExtensiveForm, concept: str, solved: Solved) -> Equilibrium:
    names = _names(game, solved)
    profile = _renamed({name: solved.profile[name] for name in game.information_sets}, names)
    beliefs = _renamed(
        {name: solved.beliefs[name] for name in game.information_sets if name in solved.beliefs},
        names,
    )
    free = tuple(names[s] for s in names if s in solved.family.free)
    space = Space.of(game.space, solved.condition, symbols=free)
    where = _range(solved, names, space)
    return Equilibrium(
        _name(game, solved),
        profile,
        {p: shortest(worth.xreplace(names)) for p, worth in solved.worth.items()},
        solved.condition,
        concept,
        beliefs,
        free,
        where,
        game=game,
    )


def _range(solved: Solved, names: Mapping[Symbol, Symbol], space: Space) -> Boolean:
    """The range of what is free, without what follows from the rest."""
    atoms = solved.family.where
    where = sp.And(*(_bound(e.xreplace(names), op, names, space) for e, op in atoms))
    # Numerical bounds of single unknowns are as tight as can be already.
    in_a_box = set().union(*(e.free_symbols for e, _ in atoms)) <= set(boxed(atoms))
    return where if in_a_box else prover.simplify(where, space)


def _bound(expression: Expr, op: str, names: Mapping[Symbol, Symbol], space: Space) -> Boolean:
    """A bound of a single unknown, solved for it where the sign of its coefficient is known."""
    inside = expression.free_symbols & set(names.values())
    if len(inside) == 1 and op in (">", ">="):
        (x,) = inside
        poly = sp.Poly(expression, x) if expression.is_polynomial(x) else None
        if poly is not None and poly.degree() == 1:
            slope, intercept = poly.all_coeffs()
            bound = _short(-intercept / slope)
            if holds(sp.Gt(slope, 0), space):
                return sp.Gt(x, bound) if op == ">" else sp.Ge(x, bound)
            if holds(sp.Lt(slope, 0), space):
                return sp.Lt(x, bound) if op == ">" else sp.Le(x, bound)
    return relation(expression, op, space)


def _renamed(
    mixes: Mapping[str, Mapping[str, Expr]], names: Mapping[Symbol, Symbol]
) -> dict[str, dict[str, Expr]]:
    return {
        name: {key: _short(p.xreplace(names)) for key, p in mix.items()}
        for name, mix in mixes.items()
    }


def _short(probability: Expr) -> Expr:
    terms = sp.Add.make_args(probability)
    linear = all(term.is_number or term.as_coeff_Mul()[1].is_Symbol for term in terms)
    if linear:
        return probability
    above, below = sp.fraction(sp.factor(probability))
    if below.subs(dict.fromkeys(below.free_symbols, 0)).is_negative:  # (1 - p), not (p - 1)
        above, below = sp.expand(-above), sp.expand(-below)
    return above / below


def _names(game: ExtensiveForm, solved: Solved) -> dict[Symbol, Symbol]:
    """Short symbols for free probabilities (q) and beliefs (mu), none that the game uses."""
    taken = {s.name for s in game.space.symbols}
    played = _free_in(solved, solved.profile, game.information_sets)
    believed = [
        s for s in _free_in(solved, solved.beliefs, game.information_sets) if s not in played
    ]
    return _symbols(played, ("q", "r", "z"), taken) | _symbols(believed, ("mu", "nu", "xi"), taken)


def _free_in(
    solved: Solved, mixes: Mapping[str, Mapping[str, Expr]], order: Iterable[str]
) -> list[Symbol]:
    found: dict[Symbol, None] = {}
    for name in order:
        for chance in mixes.get(name, {}).values():
            inside = sorted(chance.free_symbols & set(solved.family.free), key=str)
            found |= dict.fromkeys(inside)
    return list(found)


def _symbols(old: list[Symbol], letters: tuple[str, ...], taken: set[str]) -> dict[Symbol, Symbol]:
    def candidates() -> Iterator[list[str]]:
        for letter in letters:
            several = [f"{letter}_{k + 1}" for k in range(len(old))]
            yield [letter] if len(old) == 1 else several
        for n in count(1):
            yield [f"{letters[0]}_{n}_{k + 1}" for k in range(len(old))]

    chosen = next(names for names in candidates() if taken.isdisjoint(names))
    return {s: sp.Symbol(name, real=True) for s, name in zip(old, chosen, strict=True)}


def _name(game: ExtensiveForm, solved: Solved) -> str:
    """What each player plays with positive probability, set by set."""
    played: dict[str, list[str]] = {player: [] for player in game.players}
    loose = 0
    for name, actions in game.actions.items():
        mix = solved.profile[name]
        support = [a for a in actions if mix[a] != 0]
        irrelevant = any(s.name.startswith("any") for s in _unknowns(mix))
        played[game.player_at(name)].append("any" if irrelevant else " + ".join(support))
        if not irrelevant:
            loose += len(_unknowns(mix) & set(solved.family.free))
    name = "; ".join(", ".join(parts) for parts in played.values() if parts)
    return f"{name} (tie)" if loose else name


def _unknowns(mix: Mapping[str, Expr]) -> set[Symbol]:
    return set().union(*(chance.free_symbols for chance in mix.values()))


def _told_apart(found: list[Equilibrium]) -> tuple[Equilibrium, ...]:
    """A number added where two families share their supports: they differ in their conditions."""
    totals, seen = Counter(e.name for e in found), Counter[str]()
    named = []
    for one in found:
        seen[one.name] += 1
        several = totals[one.name] > 1
        named.append(replace(one, name=f"{one.name} [{seen[one.name]}]") if several else one)
    return tuple(named)


__all__ = ["equilibria"]
