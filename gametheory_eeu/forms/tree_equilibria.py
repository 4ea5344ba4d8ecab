"""Equilibria of a game tree, with names, conditions and ranges of free symbols."""

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
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.signs import RELATIONS, reverse
from gametheory_eeu.forms.tree_strategies import check_chances
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Profile
from gametheory_eeu.games.assessment import bayesian_beliefs
from gametheory_eeu.games.tree import shorter_form
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.behaviour_supports import (
    SubgameFamily,
    nash_equilibria,
    subgame_equilibria,
)
from gametheory_eeu.solvers.readable import complement, relation
from gametheory_eeu.solvers.solution_families import box_symbols
from gametheory_eeu.solvers.support_systems import Concept

if TYPE_CHECKING:
    from gametheory_eeu.forms.extensive_form import ExtensiveForm

_METHODS = {
    "subgame perfect": "induction on subgames, every choice of supports in each",
    "perfect Bayesian": "induction on subgames, every choice of supports and every belief in each",
    "sequential": "induction on subgames, every choice of supports, and of the nodes believed in",
    "Nash": "every choice of supports at the information sets",
}
_DEMANDS: dict[str, Concept] = {
    "subgame perfect": "Nash",
    "perfect Bayesian": "perfect",
    "sequential": "sequential",
}


def equilibria(game: ExtensiveForm, concept: str) -> EquilibriumSet:
    """Every equilibrium of a tree under one concept, with the condition for completeness."""
    solutions = _solutions(game, concept)
    result = _number_duplicates(
        [_equilibrium(game, concept, s) for s in solutions if s.condition is not None]
    )
    unsolved = [s.family.condition for s in solutions if s.condition is None]
    complete = complement(unsolved, game.space)
    why = "every equilibrium has some supports, and for each the conditions were solved"
    if unsolved:
        why = (
            "the conditions of some supports are polynomials that were not solved, and equilibria "
            "with these supports may be missing"
        )
    return EquilibriumSet(result, game, concept, _METHODS[concept], complete, why)


def _solutions(game: ExtensiveForm, concept: str) -> tuple[SubgameFamily, ...]:
    if concept == "Nash":
        return nash_equilibria(game.root, game.space)
    if concept == "sequential":
        check_chances(game.root, game.space)
    return subgame_equilibria(game.root, game.space, _DEMANDS[concept])


def beliefs_of(game: ExtensiveForm, profile: Profile) -> dict[str, dict[str, Expr]]:
    """Beliefs by Bayes' rule at the information sets that a profile reaches."""
    return _rename(bayesian_beliefs(game.root, profile), {})


def _equilibrium(game: ExtensiveForm, concept: str, solved: SubgameFamily) -> Equilibrium:
    renaming = _symbol_renaming(game, solved)
    profile = _rename({name: solved.profile[name] for name in game.information_sets}, renaming)
    beliefs = _rename(
        {name: solved.beliefs[name] for name in game.information_sets if name in solved.beliefs},
        renaming,
    )
    free = tuple(renaming[s] for s in renaming if s in solved.family.free)
    space = Space.of(game.space, solved.condition, symbols=free)
    where = _free_range(solved, renaming, space)
    return Equilibrium(
        _name(game, solved),
        profile,
        {p: shorter_form(payoff.xreplace(renaming)) for p, payoff in solved.payoffs.items()},
        solved.condition,
        concept,
        beliefs,
        free,
        where,
        game=game,
    )


def _free_range(solved: SubgameFamily, renaming: Mapping[Symbol, Symbol], space: Space) -> Boolean:
    """The range of the free symbols, without redundant bounds."""
    atoms = solved.family.where
    where = sp.And(*(_bound(e.xreplace(renaming), op, renaming, space) for e, op in atoms))
    # Numerical bounds of single unknowns are as tight as can be already.
    is_box = set().union(*(e.free_symbols for e, _ in atoms)) <= set(box_symbols(atoms))
    return where if is_box else prover.simplify(where, space)


def _bound(expression: Expr, op: str, renaming: Mapping[Symbol, Symbol], space: Space) -> Boolean:
    """A bound of a single unknown, solved for it where the sign of its coefficient is known."""
    unknowns = expression.free_symbols & set(renaming.values())
    if len(unknowns) == 1 and op in (">", ">="):
        (x,) = unknowns
        poly = sp.Poly(expression, x) if expression.is_polynomial(x) else None
        if poly is not None and poly.degree() == 1:
            slope, intercept = poly.all_coeffs()
            bound = _simplify_probability(-intercept / slope)
            if is_proved(sp.Gt(slope, 0), space):
                return RELATIONS[op](x, bound)
            if is_proved(sp.Lt(slope, 0), space):
                return reverse(RELATIONS[op])(x, bound)
    return relation(expression, op, space)


def _rename(
    mixes: Mapping[str, Mapping[str, Expr]], renaming: Mapping[Symbol, Symbol]
) -> dict[str, dict[str, Expr]]:
    return {
        name: {key: _simplify_probability(p.xreplace(renaming)) for key, p in mix.items()}
        for name, mix in mixes.items()
    }


def _simplify_probability(probability: Expr) -> Expr:
    terms = sp.Add.make_args(probability)
    is_linear = all(term.is_number or term.as_coeff_Mul()[1].is_Symbol for term in terms)
    if is_linear:
        return probability
    numerator, denominator = sp.fraction(factorization(probability))
    if denominator == 1:
        return _with_complements(numerator)
    at_zero = denominator.subs(dict.fromkeys(denominator.free_symbols, 0))
    if at_zero.is_negative:  # (1 - p), not (p - 1)
        numerator, denominator = sp.expand(-numerator), sp.expand(-denominator)
    return numerator / denominator


def _with_complements(product: Expr) -> Expr:
    """A product with factors such as 1 - p in place of pairs of p - 1 and a sign."""
    factors = sp.Mul.make_args(product)
    turned = {f: sp.expand(-f) for f in factors if f.is_Add and f.as_coeff_Add()[0].is_negative}
    sign = product.as_coeff_Mul()[0].could_extract_minus_sign()
    if len(turned) % 2 != sign:
        return product
    return sp.Mul(*(abs(f) if f.is_number else turned.get(f, f) for f in factors))


def _symbol_renaming(game: ExtensiveForm, solved: SubgameFamily) -> dict[Symbol, Symbol]:
    """Short symbols for free probabilities (q) and beliefs (mu), none that the game uses."""
    used_names = {s.name for s in game.space.symbols}
    probabilities = _free_symbols(solved, solved.profile, game.information_sets)
    in_beliefs = _free_symbols(solved, solved.beliefs, game.information_sets)
    beliefs = [s for s in in_beliefs if s not in probabilities]
    return _fresh_symbols(probabilities, ("q", "r", "z"), used_names) | _fresh_symbols(
        beliefs, ("mu", "nu", "xi"), used_names
    )


def _free_symbols(
    solved: SubgameFamily, mixes: Mapping[str, Mapping[str, Expr]], order: Iterable[str]
) -> list[Symbol]:
    symbols: dict[Symbol, None] = {}
    for name in order:
        for probability in mixes.get(name, {}).values():
            free = sorted(probability.free_symbols & set(solved.family.free), key=str)
            symbols |= dict.fromkeys(free)
    return list(symbols)


def _fresh_symbols(
    symbols: list[Symbol], letters: tuple[str, ...], used_names: set[str]
) -> dict[Symbol, Symbol]:
    def candidates() -> Iterator[list[str]]:
        for letter in letters:
            indexed = [f"{letter}_{k + 1}" for k in range(len(symbols))]
            yield [letter] if len(symbols) == 1 else indexed
        for n in count(1):
            yield [f"{letters[0]}_{n}_{k + 1}" for k in range(len(symbols))]

    new_names = next(names for names in candidates() if used_names.isdisjoint(names))
    return {s: sp.Symbol(name, real=True) for s, name in zip(symbols, new_names, strict=True)}


def _name(game: ExtensiveForm, solved: SubgameFamily) -> str:
    """The actions played with positive probability, by player and information set."""
    strategies: dict[str, list[str]] = {player: [] for player in game.players}
    free_count = 0
    for name, actions in game.actions.items():
        mix = solved.profile[name]
        support = [a for a in actions if mix[a] != 0]
        is_irrelevant = any(s.name.startswith("any") for s in _unknowns(mix))
        strategies[game.player_at(name)].append("any" if is_irrelevant else " + ".join(support))
        if not is_irrelevant:
            free_count += len(_unknowns(mix) & set(solved.family.free))
    name = "; ".join(", ".join(parts) for parts in strategies.values() if parts)
    return f"{name} (tie)" if free_count else name


def _unknowns(mix: Mapping[str, Expr]) -> set[Symbol]:
    return set().union(*(probability.free_symbols for probability in mix.values()))


def _number_duplicates(solutions: list[Equilibrium]) -> tuple[Equilibrium, ...]:
    """Equilibria with a number added to names that occur more than once."""
    totals, counts = Counter(e.name for e in solutions), Counter[str]()
    result = []
    for equilibrium in solutions:
        name = equilibrium.name
        counts[name] += 1
        new_name = f"{name} [{counts[name]}]" if totals[name] > 1 else name
        result.append(replace(equilibrium, name=new_name))
    return tuple(result)
