"""Equilibria with given supports in closed form: with symbols, or where there is a continuum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.polynomial_quotients import cancel, expand, factor_list
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.indifference import (
    SolutionFamily,
    existence_condition,
    solution_families,
)
from gametheory_eeu.solvers.integer_game import Profile, Support
from gametheory_eeu.solvers.linear_existence import AtomicFormula, line_coefficients
from gametheory_eeu.solvers.quadratic import Quadratic

Payoff = Callable[[Profile, int], Expr]
BackSubstitution = Callable[[Expr], Expr]


@dataclass(frozen=True)
class SupportFamily:
    """A family of equilibria with one support; ``condition`` is where it has a member."""

    support: Support
    chances: tuple[tuple[Expr, ...], ...]
    payoffs: tuple[Expr, ...]
    condition: Boolean
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true


@dataclass(frozen=True)
class OpenSupport:
    """A support whose equations have no closed form here, with the region left open."""

    support: Support
    where: Boolean


def families_on_support(
    support: Support,
    names: Sequence[Sequence[str]],
    payoff: Payoff,
    space: Space,
    effort: Effort | None = None,
) -> Iterator[SupportFamily | OpenSupport]:
    """Every equilibrium with these supports, as families that do not overlap.

    Equations that are linear in one probability are solved for it, both cases followed where its
    coefficient may vanish; a last equation of degree two is solved by its two roots. ``names`` are
    those of the probabilities, by player and action; the space is of the game's own symbols.
    """
    unknowns = [
        [sp.Symbol(names[i][a], real=True) for a in actions[:-1]]
        for i, actions in enumerate(support)
    ]
    mixes = [
        {**dict(zip(actions, free, strict=False)), actions[-1]: 1 - sp.Add(*free)}
        for actions, free in zip(support, unknowns, strict=True)
    ]
    sizes = [len(n) for n in names]
    payoffs = [[_action_payoff(i, a, mixes, payoff) for a in range(n)] for i, n in enumerate(sizes)]
    yield from indifference_families(support, mixes, payoffs, space, effort)


def indifference_families(
    support: Support,
    mixes: Sequence[dict[int, Expr]],
    payoffs: Sequence[Sequence[Expr]],
    space: Space,
    effort: Effort | None = None,
) -> Iterator[SupportFamily | OpenSupport]:
    """Every point of indifference among the played actions at which no other is better.

    ``mixes`` has for each player the chance of each action he plays: all but the last are symbols,
    the last is what is left to one. Payoffs, by player and action, are expressions in those
    symbols.
    """
    equalities, atoms = [], []
    for actions, mix, player_payoffs in zip(support, mixes, payoffs, strict=True):
        best = player_payoffs[actions[-1]]
        equalities += [d for a in actions[:-1] if (d := expand(player_payoffs[a] - best)) != 0]
        atoms += [(chance, ">") for chance in mix.values() if len(actions) > 1]
        outside = (a for a in range(len(player_payoffs)) if a not in actions)
        atoms += [(expand(best - player_payoffs[a]), ">=") for a in outside]
    if _is_infeasible(equalities, atoms, space):
        return
    unknowns = [mix[a] for actions, mix in zip(support, mixes, strict=True) for a in actions[:-1]]
    for family in solution_families(equalities, atoms, unknowns, space, effort):
        for closed_family, finish in closed_forms(family, space):
            result = _support_family(closed_family, finish, support, mixes, payoffs)
            if result is not None:
                yield result


def _is_infeasible(
    equalities: Sequence[Expr], atoms: Sequence[AtomicFormula], space: Space
) -> bool:
    """Whether the conditions on the game's symbols alone are infeasible."""
    parameters = set(space.symbols)
    relations = [sp.Eq(e, 0) for e in equalities if e.free_symbols <= parameters]
    relations += [RELATIONS[op](e, 0) for e, op in atoms if e.free_symbols <= parameters]
    condition = sp.And(*relations)
    return condition == sp.false or (condition != sp.true and is_proved(sp.Not(condition), space))


def _action_payoff(i: int, action: int, mixes: Sequence[dict[int, Expr]], payoff: Payoff) -> Expr:
    """The expected payoff of an action against the others' mixes."""
    ranges = [list(mix) if j != i else [action] for j, mix in enumerate(mixes)]
    terms = []
    for profile in product(*ranges):
        chance = (mix[a] for j, (mix, a) in enumerate(zip(mixes, profile, strict=True)) if j != i)
        terms.append(sp.Mul(payoff(profile, i), *chance))
    return expand(sp.Add(*terms))


def closed_forms(
    family: SolutionFamily, space: Space
) -> Iterator[tuple[SolutionFamily, BackSubstitution]]:
    """The family in closed form; a last equation of degree two is solved by its roots."""
    quadratic = _last_quadratic(family)
    if quadratic is None:
        yield family, cancel
        return
    x, (a, b, c) = quadratic.x, quadratic.coefficients
    factors = [f for f, _ in factor_list(family.open[0])[1] if x in f.free_symbols]
    if sp.degree(factors[0], x) == 1:
        for k, factor in enumerate(factors):
            inequations = tuple((other, "!=") for other in factors[:k])
            yield from _replace_equation(family, (factor,), inequations, space)
        return
    for side in (1, -1):
        yield quadratic.at_root(family, side), quadratic.back_substitution(side)
    if not a.is_number:
        yield from _replace_equation(family, (b * x + c, a), (), space)


def _replace_equation(
    family: SolutionFamily,
    equalities: tuple[Expr, ...],
    atoms: tuple[AtomicFormula, ...],
    space: Space,
) -> Iterator[tuple[SolutionFamily, BackSubstitution]]:
    """The part of a family in which its last equation is replaced by other ones."""
    subspace = Space.of(space, *family.given)
    for subfamily in solution_families(equalities, (*family.where, *atoms), family.free, subspace):
        values = {k: v.xreplace(dict(subfamily.values)) for k, v in family.values.items()}
        given = (*family.given, *subfamily.given)
        yield replace(subfamily, values={**values, **subfamily.values}, given=given), cancel


def _last_quadratic(family: SolutionFamily) -> Quadratic | None:
    """The last equation, if it is of degree two in one probability that stands apart."""
    if len(family.open) != 1:
        return None
    unknowns = [s for s in family.free if s in family.open[0].free_symbols]
    if len(unknowns) != 1 or sp.degree(family.open[0], unknowns[0]) != 2:
        return None
    (x,) = unknowns
    others = set(family.free) - {x}
    if any(x in e.free_symbols and not others.isdisjoint(e.free_symbols) for e, _ in family.where):
        return None
    if any(x in v.free_symbols and not others.isdisjoint(v.free_symbols)
           for v in family.values.values()):  # fmt: skip
        return None
    a, b, c = sp.Poly(family.open[0], x).all_coeffs()
    return Quadratic(x, (a, b, c))


def _substitute(family: SolutionFamily, solution: dict[Symbol, Expr]) -> SolutionFamily:
    where = [(e.xreplace(solution), op) for e, op in family.where]
    remaining = tuple(s for s in family.free if s not in solution)
    relations = [RELATIONS[op](e, 0) for e, op in where if e.free_symbols.isdisjoint(remaining)]
    return SolutionFamily(
        values={**{k: v.xreplace(solution) for k, v in family.values.items()}, **solution},
        free=remaining,
        where=tuple((e, op) for e, op in where if not e.free_symbols.isdisjoint(remaining)),
        given=(*family.given, *relations),
    )


def _fix_determined(family: SolutionFamily) -> SolutionFamily:
    """The family with every probability substituted whose range is a single value."""
    for symbol in family.free:
        bounds: dict[bool, Expr] = {}
        for expression, op in family.where:
            coefficients = line_coefficients(expression)
            if coefficients is not None and coefficients[0] == symbol and op == ">=":
                bounds[coefficients[1] > 0] = -coefficients[2] / coefficients[1]
        if len(bounds) == 2 and bounds[True] == bounds[False]:
            return _fix_determined(_substitute(family, {symbol: bounds[True]}))
    return family


def _support_family(
    family: SolutionFamily,
    finish: BackSubstitution,
    support: Support,
    mixes: Sequence[dict[int, Expr]],
    payoffs: Sequence[Sequence[Expr]],
) -> SupportFamily | OpenSupport | None:
    family = _fix_determined(family)
    condition = existence_condition(family)
    if condition is None:
        return OpenSupport(support, family.condition)
    if condition == sp.false:
        return None

    def evaluate(value: Expr) -> Expr:
        return finish(sp.sympify(value).xreplace(dict(family.values)))

    probabilities = (
        tuple(evaluate(mix.get(a, sp.Integer(0))) for a in range(len(player_payoffs)))
        for mix, player_payoffs in zip(mixes, payoffs, strict=True)
    )
    equilibrium_payoffs = (
        evaluate(player_payoffs[actions[0]])
        for actions, player_payoffs in zip(support, payoffs, strict=True)
    )
    where = sp.And(*(RELATIONS[op](e, 0) for e, op in family.where))
    return SupportFamily(
        support, tuple(probabilities), tuple(equilibrium_payoffs), condition, family.free, where
    )
