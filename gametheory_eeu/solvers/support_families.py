"""Equilibria with given supports in closed form: with symbols, or where there is a continuum.

A last equation of degree two is solved by its roots; signs of polynomials at a root are relations
without radicals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product
from math import prod

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import line_coefficients
from gametheory_eeu.core.rational_forms import (
    cancel,
    expand,
    factor_list,
    factorization,
    lowest_terms,
)
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.integer_game import Profile, Support
from gametheory_eeu.solvers.solution_families import (
    AtomicFormula,
    SolutionFamily,
    conjunction,
    existence_condition,
    solution_families,
)


@dataclass(frozen=True)
class Quadratic:
    """``a x^2 + b x + c = 0`` in one unknown; the coefficients are polynomials in parameters."""

    x: Symbol
    coefficients: tuple[Expr, Expr, Expr]

    @cached_property
    def discriminant(self) -> Expr:
        """The discriminant, factored; non-negative where the roots are real."""
        a, b, c = self.coefficients
        return factorization(b**2 - 4 * a * c)

    def _linear_remainder(self, value: Expr) -> tuple[Expr, Expr]:
        """The coefficients r, s of the remainder r x + s modulo the quadratic."""
        numerator, denominator = lowest_terms(value)
        parameters = set().union(
            *(e.free_symbols for e in (numerator, denominator, *self.coefficients))
        )
        symbols = sorted(parameters - {self.x}, key=str)
        numbers = _irrational_numbers(numerator, denominator, *self.coefficients)
        field = sp.QQ.algebraic_field(*numbers) if numbers else sp.QQ
        domain = field.frac_field(*symbols) if symbols else field
        a, b, c = self.coefficients
        modulus, dividend, divisor = (
            sp.Poly(e, self.x, domain=domain)
            for e in (a * self.x**2 + b * self.x + c, numerator, denominator)
        )
        remainder = (dividend * sp.invert(divisor.rem(modulus), modulus)).rem(modulus)
        return remainder.coeff_monomial(self.x), remainder.coeff_monomial(1)

    def back_substitution(self, side: int) -> Callable[[Expr], Expr]:
        """A function that evaluates rational functions of the unknown at one root.

        A quotient whose denominator may vanish at the *other* root stays a quotient: with the root
        taken out of the denominator it would not exist there.
        """

        def evaluate(value: Expr) -> Expr:
            if self.x not in value.free_symbols:
                return cancel(value)
            if self._keeps_denominator(value):
                return self._value_at_root(value, side)
            numerator, denominator = lowest_terms(value)
            return self._quotient_at_root(numerator, denominator, side)

        return evaluate

    def _value_at_root(self, value: Expr, side: int) -> Expr:
        a, b, _ = self.coefficients
        r, s = self._linear_remainder(value)
        root = side * sp.sqrt(self.discriminant)
        return cancel(s - r * b / (2 * a)) + cancel(r / (2 * a)) * root

    def _keeps_denominator(self, value: Expr) -> bool:
        """Whether the denominator gains no factor but those of the leading coefficient."""
        a, denominator = self.coefficients[0], lowest_terms(value)[1]
        factors = {f for e in (a, denominator) for f, _ in factor_list(e)[1]}
        return all(
            f in factors
            for coefficient in self._linear_remainder(value)
            for f, _ in factor_list(sp.fraction(cancel(coefficient))[1])[1]
        )

    def _quotient_at_root(self, numerator: Expr, denominator: Expr, side: int) -> Expr:
        """A quotient of two linear forms in the square root, without common factors."""
        a, b, _ = self.coefficients
        forms = [
            (cancel(2 * a * s - r * b), r)
            for r, s in map(self._linear_remainder, (numerator, denominator))
        ]
        coefficients = [coefficient for form in forms for coefficient in form]
        common_denominator = sp.lcm_list(
            [sp.fraction(cancel(coefficient))[1] for coefficient in coefficients]
        )
        polynomials = [cancel(coefficient * common_denominator) for coefficient in coefficients]
        common_factor = sp.gcd_list(polynomials)
        u, v, w, z = (expand(cancel(coefficient / common_factor)) for coefficient in polynomials)
        root = side * sp.sqrt(self.discriminant)
        return (u + v * root) / (w + z * root)

    def at_root(self, family: SolutionFamily, side: int) -> SolutionFamily:
        """The family with the unknown at one root; its conditions contain no radicals."""
        x, a = self.x, self.coefficients[0]
        real = RELATIONS[">=" if side > 0 else ">"](self.discriminant, 0)
        atoms = [(e, op) for e, op in family.where if x in e.free_symbols]
        bounds = [e for e, op in atoms if op == ">" and line_coefficients(e) is not None]
        conditions = [self.relation(e, ">", side) for e in bounds]
        conditions += [self.product(e, op, side, bounds) for e, op in atoms if e not in bounds]
        return SolutionFamily(
            values=family.values,
            free=tuple(s for s in family.free if s != x),
            where=tuple((e, op) for e, op in family.where if x not in e.free_symbols),
            given=(*family.given, sp.Ne(a, 0), real, *conditions),
        )

    def product(self, value: Expr, op: str, side: int, positive: Sequence[Expr] = ()) -> Boolean:
        """The relation of a polynomial with zero at a root, by the signs of its factors.

        A probability that is a quotient leads to numerator times denominator; each of them is of
        low degree at the root, their product is not.
        """
        constant, factor_powers = factor_list(value)
        powers = list(factor_powers)
        for bound in positive:
            sign = {f: k for f, k in ((bound, 1), (-bound, -1)) for f in (expand(f),)}
            constant *= prod(sign[f] ** power for f, power in powers if f in sign)
            powers = [(f, power) for f, power in powers if f not in sign]
        factors = [f for f, power in powers if power % 2]
        squares = [f for f, power in powers if power % 2 == 0]
        if op == "!=":
            return sp.And(*(self.relation(f, "!=", side) for f in (*factors, *squares)))
        nonzero = sp.And(*(self.relation(f, "!=", side) for f in squares))
        signs = (
            sp.And(*(self.relation(sign * f, op, side) for f, sign in zip(factors, s, strict=True)))
            for s in product((1, -1), repeat=len(factors))
            if prod(s) * constant > 0
        )
        if op == ">":
            return sp.And(nonzero, sp.Or(*signs))
        return sp.Or(sp.Not(nonzero), *signs)

    def relation(self, value: Expr, op: str, side: int) -> Boolean:
        """The relation of a rational function with zero at a real root.

        It is u + v sqrt(D) there, up to a positive factor; and this is positive where u and v
        are not negative, or else where the square of the positive one is larger.
        """
        sign = -1 if value.could_extract_minus_sign() else 1
        u, v, norm = _larger_root_form(self, sign * value)
        u, v = sign * u, sign * side * v
        if op == "!=":
            return sp.Or(sp.Ne(norm, 0), sp.Gt(u * v, 0))
        compare = RELATIONS[op]
        if v == 0:
            return compare(u, 0)
        return sp.Or(
            sp.And(compare(u, 0), sp.Ge(v, 0)),
            sp.And(compare(u, 0), compare(norm, 0)),
            sp.And(sp.Ge(v, 0), compare(-norm, 0)),
        )


def _irrational_numbers(*expressions: Expr) -> list[Expr]:
    """The irrational constants that occur in the expressions."""
    powers = set().union(*(e.atoms(sp.Pow) for e in expressions))
    return sorted((p for p in powers if p.is_number and not p.is_rational), key=str)


@lru_cache(maxsize=1024)
def _larger_root_form(quadratic: Quadratic, value: Expr) -> tuple[Expr, Expr, Expr]:
    """Coefficients u, v of the value u + v sqrt(D) at the larger root, and its norm's sign."""
    a, b, c = quadratic.coefficients
    r, s = quadratic._linear_remainder(value)
    u, v = _clear_denominators(s - r * b / (2 * a), r / (2 * a))
    numerator, denominator = sp.fraction(cancel(a * (a * s**2 - r * s * b + r**2 * c)))
    return u, v, expand(_sign_equivalent(numerator * denominator))


def _clear_denominators(u: Expr, v: Expr) -> tuple[Expr, Expr]:
    """Two rational functions as coprime polynomials, up to one positive factor."""
    (u_numer, u_denom), (v_numer, v_denom) = (sp.fraction(cancel(e)) for e in (u, v))
    denominator = sp.lcm(u_denom, v_denom)
    numerators = [
        cancel(u_numer * denominator / u_denom),
        cancel(v_numer * denominator / v_denom),
    ]
    common_factor = sp.gcd(*numerators)
    sign = _sign_equivalent(common_factor * denominator)
    first, second = (expand(sign * cancel(e / common_factor)) for e in numerators)
    return first, second


def _sign_equivalent(product: Expr) -> Expr:
    """A smaller product that is positive, zero and negative at the same points."""
    constant, factors = factor_list(product)
    return sp.Mul(sp.sign(constant), *(f ** (1 if power % 2 else 2) for f, power in factors))


Payoff = Callable[[Profile, int], Expr]
BackSubstitution = Callable[[Expr], Expr]
"""Values in the unknowns that were solved last, at their solution."""


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
    formulas = [*((e, "==") for e in equalities), *atoms]
    condition = conjunction((e, op) for e, op in formulas if e.free_symbols <= parameters)
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
    where = conjunction(family.where)
    return SupportFamily(
        support, tuple(probabilities), tuple(equilibrium_payoffs), condition, family.free, where
    )
