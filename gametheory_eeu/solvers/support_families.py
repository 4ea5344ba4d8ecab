"""Equilibria with given supports in closed form: with symbols, or where there is a continuum."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.indifference import Family, exists_where, families
from gametheory_eeu.solvers.integer_game import Profile, Support
from gametheory_eeu.solvers.linear_bounds import RELATIONS, Atom, line
from gametheory_eeu.solvers.quadratic import Quadratic
from gametheory_eeu.solvers.question_limit import Effort

Payoff = Callable[[Profile, int], Expr]
Finish = Callable[[Expr], Expr]


@dataclass(frozen=True)
class Solved:
    """A family of equilibria with one support; ``condition`` is where it has a member."""

    support: Support
    chances: tuple[tuple[Expr, ...], ...]
    worth: tuple[Expr, ...]
    condition: Boolean
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true


@dataclass(frozen=True)
class Open:
    """A support whose equations have no closed form here, and where it may hold equilibria."""

    support: Support
    where: Boolean


def on_support(
    support: Support,
    names: Sequence[Sequence[str]],
    payoff: Payoff,
    space: Space,
    effort: Effort | None = None,
) -> Iterator[Solved | Open]:
    """Every equilibrium with these supports, as families that do not overlap.

    Equations that are linear in one probability are solved for it, both cases followed where its
    coefficient may vanish; a last equation of degree two is solved by its two roots.

    Parameters
    ----------
    support : for each player the positions of his actions
    names : for each player a name for the probability of each action
    payoff : callable of (profile, player's position)
    space : Space
        Of the game's own symbols.
    effort : Effort, optional
        What counts the cases.
    """
    unknowns = [
        [sp.Symbol(names[i][a], real=True) for a in own[:-1]] for i, own in enumerate(support)
    ]
    mixes = [
        {**dict(zip(own, free, strict=False)), own[-1]: 1 - sp.Add(*free)}
        for own, free in zip(support, unknowns, strict=True)
    ]
    sizes = [len(n) for n in names]
    worth = [[_worth(i, a, mixes, payoff) for a in range(n)] for i, n in enumerate(sizes)]
    yield from equal_worths(support, mixes, worth, space, effort)


def equal_worths(
    support: Support,
    mixes: Sequence[dict[int, Expr]],
    worth: Sequence[Sequence[Expr]],
    space: Space,
    effort: Effort | None = None,
) -> Iterator[Solved | Open]:
    """Every point at which all played actions are worth the same, and no other is worth more.

    Parameters
    ----------
    support : for each player the positions of his actions
    mixes : for each player the chance of each action he plays
        All but the last are symbols, the last is what is left to one.
    worth : for each player and action an expression in those symbols
    space : Space
        Of the game's own symbols.
    effort : Effort, optional
        What counts the cases.
    """
    equalities, atoms = [], []
    for own, mix, earned in zip(support, mixes, worth, strict=True):
        best = earned[own[-1]]
        equalities += [d for a in own[:-1] if (d := sp.expand(earned[a] - best)) != 0]
        atoms += [(chance, ">") for chance in mix.values() if len(own) > 1]
        outside = (a for a in range(len(earned)) if a not in own)
        atoms += [(sp.expand(best - earned[a]), ">=") for a in outside]
    if _hopeless(equalities, atoms, space):
        return
    every = [mix[a] for own, mix in zip(support, mixes, strict=True) for a in own[:-1]]
    for family in families(equalities, atoms, every, space, effort):
        for part, finish in closed(family, space):
            found = _read(part, finish, support, mixes, worth)
            if found is not None:
                yield found


def _hopeless(equalities: Sequence[Expr], atoms: Sequence[Atom], space: Space) -> bool:
    """Whether what is said of the game's symbols alone cannot be: cheaper than a family."""
    known = set(space.symbols)
    alone = [sp.Eq(e, 0) for e in equalities if e.free_symbols <= known]
    alone += [RELATIONS[op](e, 0) for e, op in atoms if e.free_symbols <= known]
    condition = sp.And(*alone)
    return condition == sp.false or (condition != sp.true and holds(sp.Not(condition), space))


def _worth(i: int, action: int, mixes: Sequence[dict[int, Expr]], payoff: Payoff) -> Expr:
    """What an action brings a player against the others' mixes."""
    ranges = [list(mix) if j != i else [action] for j, mix in enumerate(mixes)]
    terms = []
    for profile in product(*ranges):
        chance = (mix[a] for j, (mix, a) in enumerate(zip(mixes, profile, strict=True)) if j != i)
        terms.append(sp.Mul(payoff(profile, i), *chance))
    return sp.expand(sp.Add(*terms))


def closed(family: Family, space: Space) -> Iterator[tuple[Family, Finish]]:
    """The family; one whose last equation is of degree two, by its roots."""
    quadratic = _quadratic(family)
    if quadratic is None:
        yield family, _finished
        return
    x, (a, b, c) = quadratic.x, quadratic.coefficients
    factors = [f for f, _ in sp.factor_list(family.open[0])[1] if x in f.free_symbols]
    if sp.degree(factors[0], x) == 1:
        for k, factor in enumerate(factors):
            apart = tuple((other, "!=") for other in factors[:k])
            yield from _with(family, (factor,), apart, space)
        return
    for side in (1, -1):
        yield quadratic.at_root(family, side), quadratic.finish(side)
    if not a.is_number:
        yield from _with(family, (b * x + c, a), (), space)


def _with(
    family: Family, equalities: tuple[Expr, ...], atoms: tuple[Atom, ...], space: Space
) -> Iterator[tuple[Family, Finish]]:
    """The part of a family in which other equations than its last one hold."""
    within = Space.of(space, *family.given)
    for found in families(equalities, (*family.where, *atoms), family.free, within):
        values = {k: v.xreplace(dict(found.values)) for k, v in family.values.items()}
        given = (*family.given, *found.given)
        yield replace(found, values={**values, **found.values}, given=given), _finished


def _finished(value: Expr) -> Expr:
    return sp.cancel(value)


def _quadratic(family: Family) -> Quadratic | None:
    """The last equation, if it is of degree two in one probability that stands apart."""
    if len(family.open) != 1:
        return None
    inside = [s for s in family.free if s in family.open[0].free_symbols]
    if len(inside) != 1 or sp.degree(family.open[0], inside[0]) != 2:
        return None
    (x,) = inside
    others = set(family.free) - {x}
    if any(x in e.free_symbols and not others.isdisjoint(e.free_symbols) for e, _ in family.where):
        return None
    if any(x in v.free_symbols and not others.isdisjoint(v.free_symbols)
           for v in family.values.values()):  # fmt: skip
        return None
    a, b, c = sp.Poly(family.open[0], x).all_coeffs()
    return Quadratic(x, (a, b, c))


def _at(family: Family, value: dict[Symbol, Expr]) -> Family:
    where = [(e.xreplace(value), op) for e, op in family.where]
    left = tuple(s for s in family.free if s not in value)
    alone = [RELATIONS[op](e, 0) for e, op in where if e.free_symbols.isdisjoint(left)]
    return Family(
        values={**{k: v.xreplace(value) for k, v in family.values.items()}, **value},
        free=left,
        where=tuple((e, op) for e, op in where if not e.free_symbols.isdisjoint(left)),
        given=(*family.given, *alone),
    )


def _pinned(family: Family) -> Family:
    """A family of which the range leaves one value of a probability, at that value."""
    for symbol in family.free:
        bounds: dict[bool, Expr] = {}
        for expression, op in family.where:
            known = line(expression)
            if known is not None and known[0] == symbol and op == ">=":
                bounds[known[1] > 0] = -known[2] / known[1]
        if len(bounds) == 2 and bounds[True] == bounds[False]:
            return _pinned(_at(family, {symbol: bounds[True]}))
    return family


def _read(
    family: Family,
    finish: Finish,
    support: Support,
    mixes: Sequence[dict[int, Expr]],
    worth: Sequence[Sequence[Expr]],
) -> Solved | Open | None:
    family = _pinned(family)
    condition = exists_where(family)
    if condition is None:
        return Open(support, family.condition)
    if condition == sp.false:
        return None

    def at(value: Expr) -> Expr:
        return finish(sp.sympify(value).xreplace(dict(family.values)))

    chances = (
        tuple(at(mix.get(a, sp.Integer(0))) for a in range(len(earned)))
        for mix, earned in zip(mixes, worth, strict=True)
    )
    best = (at(earned[own[0]]) for own, earned in zip(support, worth, strict=True))
    where = sp.And(*(RELATIONS[op](e, 0) for e, op in family.where))
    return Solved(support, tuple(chances), tuple(best), condition, family.free, where)


__all__ = ["Open", "Solved", "closed", "equal_worths", "on_support"]
