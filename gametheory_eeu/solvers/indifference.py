"""Solution families of indifference and no-gain conditions, in the parameters of a game.

Equalities that are linear in one of the unknowns are solved for it, one after another; where its
coefficient may vanish, both cases are followed. What is left is a family: some unknowns stay free,
within a range, and a condition on the parameters says where the range holds a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import (
    expand,
    factorization,
    has_quotient,
    irreducible_factors,
    lowest_terms,
)
from gametheory_eeu.core.signs import RELATIONS, reverse
from gametheory_eeu.prover.budget import STEP, Effort
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.linear_existence import (
    AtomicFormula,
    box_symbols,
    line_coefficients,
    solvability_condition,
    tightest_bounds,
)
from gametheory_eeu.solvers.polynomial_zeros import canonical_form


@dataclass(frozen=True)
class SolutionFamily:
    """A family of solutions: solved unknowns, free unknowns with their range, conditions.

    ``open`` holds equalities that were not solved: with any, the family may have no member.
    """

    values: Mapping[Symbol, Expr] = field(default_factory=dict)
    free: tuple[Symbol, ...] = ()
    where: tuple[AtomicFormula, ...] = ()
    given: tuple[Boolean, ...] = ()
    open: tuple[Expr, ...] = ()

    @property
    def condition(self) -> Boolean:
        """Condition on the parameters, besides that the range of the free unknowns is not empty."""
        return sp.And(*self.given)


def solution_families(
    equalities: Iterable[Expr],
    atoms: Iterable[AtomicFormula],
    unknowns: Iterable[Symbol],
    space: Space,
    effort: Effort | None = None,
) -> Iterator[SolutionFamily]:
    """Every solution of equalities (to zero) and inequalities, in families that do not overlap.

    Each of the unknowns has its own lower bound among the atoms; the space is of the parameters.
    """
    start = SolutionFamily(free=tuple(unknowns), where=tuple(atoms), open=tuple(equalities))
    yield from _eliminate(start, space, effort or Effort("this system of equations"))


def _eliminate(family: SolutionFamily, space: Space, effort: Effort) -> Iterator[SolutionFamily]:
    """Eliminate one equality after another, by cases where a coefficient may vanish."""
    effort.spend()
    current = _normalize(family, space)
    if current is None:
        return
    pivot = _linear_pivot(current)
    if pivot is None:
        implied = _implied_equalities(current, space)
        if implied:
            remaining = (*current.open, *implied)
            where = tuple(a for a in current.where if a[0] not in implied)
            yield from _eliminate(replace(current, open=remaining, where=where), space, effort)
        else:
            yield current
        return
    equality, unknown, slope, intercept = pivot
    rest = tuple(e for e in current.open if e is not equality)
    if not slope.is_number:
        degenerate = replace(current, open=(*rest, slope, intercept))
        if not _is_nonzero(slope, current, space):
            yield from _eliminate(degenerate, space, effort)
        current = replace(current, where=(*current.where, (slope, "!=")))
    # A number with roots below the line is no polynomial's coefficient.
    value = -intercept / slope
    solution = {unknown: value if slope.free_symbols or slope.is_Rational else sp.radsimp(value)}
    yield from _eliminate(
        SolutionFamily(
            values={k: v.xreplace(solution) for k, v in current.values.items()} | solution,
            free=tuple(s for s in current.free if s != unknown),
            where=tuple((e.xreplace(solution), op) for e, op in current.where),
            given=current.given,
            open=tuple(e.xreplace(solution) for e in rest),
        ),
        space,
        effort,
    )


def _normalize(family: SolutionFamily, space: Space) -> SolutionFamily | None:
    """The family in normal form: no denominators, parameter conditions apart; None if empty."""
    given, remaining = dict.fromkeys(family.given), []
    for equality in family.open:
        numerator = _essential_numerator(equality, family, space)
        if numerator.is_number:
            if numerator != 0:
                return None
        elif numerator.free_symbols.isdisjoint(family.free):
            given[relation(numerator, "==", space)] = None
        else:
            remaining.append(numerator)
    where: dict[AtomicFormula, None] = {}
    for expression, op in family.where:
        atom = clear_denominator(expression, space), op
        if atom[0].free_symbols.isdisjoint(family.free):
            given[relation(*atom, space)] = None
        else:
            where[atom] = None
    if sp.false in given:
        return None
    given.pop(sp.true, None)
    bounds = tightest_bounds(where)
    if bounds is None or (given and _is_unsatisfiable(sp.And(*given), space)):
        return None
    return replace(family, where=bounds, given=tuple(given), open=tuple(remaining))


def _implied_equalities(family: SolutionFamily, space: Space) -> tuple[Expr, ...]:
    """Weak inequalities that can hold only as equalities."""
    weak = [e for e, op in family.where if op == ">="]
    pairs = tuple(e for e in weak if expand(-e) in weak)
    if pairs:
        return pairs[:1]
    box = set(box_symbols(family.where))
    subspace = Space.of(space, *family.given)
    return tuple(
        e
        for e in weak
        if len(weak) > 1
        and not box.issuperset(e.free_symbols & set(family.free))
        and _is_unsatisfiable(
            solvability_condition(_make_strict(family.where, e), family.free), subspace
        )
    )[:1]


def _make_strict(atoms: Iterable[AtomicFormula], expression: Expr) -> list[AtomicFormula]:
    return [(e, ">" if e == expression else op) for e, op in atoms]


def _is_unsatisfiable(condition: Boolean | None, space: Space) -> bool:
    if condition is None or condition == sp.true:
        return False
    return bool(condition == sp.false) or is_proved(sp.Not(condition), space, STEP)


def _essential_numerator(expression: Expr, family: SolutionFamily, space: Space) -> Expr:
    """The numerator without the factors that are never zero."""
    numerator = expand(_as_numer_denom(expression)[0])
    if numerator.is_number:
        return numerator if numerator.is_Rational else canonical_form(sp.radsimp(numerator))
    if line_coefficients(numerator) is not None:
        return numerator
    factors = irreducible_factors(numerator)
    if len(factors) == 1:
        return numerator
    essential = [f for f in factors if not _is_nonzero(f, family, space)]
    return expand(sp.Mul(*essential))


def _is_nonzero(expression: Expr, family: SolutionFamily, space: Space) -> bool:
    relations = [RELATIONS[op](e, 0) for e, op in family.where]
    subspace = Space.of(space, *family.given, *relations, symbols=family.free)
    return bool(expression.is_nonzero) or is_proved(sp.Ne(expression, 0), subspace, STEP)


def clear_denominator(expression: Expr, space: Space) -> Expr:
    """An expression with the same sign and no denominator."""
    numerator, denominator = _as_numer_denom(expression)
    if denominator.is_number:
        return expand(numerator / denominator)
    for sign, claim in ((1, sp.Gt), (-1, sp.Lt)):
        if is_proved(claim(denominator, 0), space, STEP):
            return expand(sign * numerator)
    return expand(numerator * denominator)


def _as_numer_denom(expression: Expr) -> tuple[Expr, Expr]:
    return lowest_terms(expression) if has_quotient(expression) else (expression, sp.Integer(1))


def _linear_pivot(family: SolutionFamily) -> tuple[Expr, Symbol, Expr, Expr] | None:
    """An equality linear in one unknown, preferably with a constant slope."""
    candidates: list[tuple[int, int, Expr, Symbol, Expr, Expr]] = []
    for equality in family.open:
        for unknown in family.free:
            if unknown not in equality.free_symbols or not equality.is_polynomial(unknown):
                continue
            poly = sp.Poly(equality, unknown)
            if poly.degree() == 1:
                slope = poly.coeff_monomial(unknown)
                has_unknowns = not slope.free_symbols.isdisjoint(family.free)
                rank = 0 if slope.is_number else 1 + has_unknowns
                candidates.append(
                    (rank, len(candidates), equality, unknown, slope, poly.coeff_monomial(1))
                )
    return min(candidates)[2:] if candidates else None


def relation(expression: Expr, op: str, space: Space) -> Boolean:
    """A relation with zero in readable form, without factors of known sign."""
    if expression.is_number:
        return RELATIONS[op](expression, 0)
    expression = _drop_signed_factors(expression, space)
    coefficients = line_coefficients(expression)
    if coefficients is not None:
        x, slope, intercept = coefficients
        comparison = RELATIONS[op] if slope > 0 else reverse(RELATIONS[op])
        return comparison(x, -intercept / slope)
    terms = sp.Add.make_args(expand(expression.as_content_primitive()[1]))
    negative = [term for term in terms if term.could_extract_minus_sign()]
    lhs = sp.Add(*(term for term in terms if term not in negative))
    return RELATIONS[op](lhs, -sp.Add(*negative))


_OPERATORS = {kind: op for op, kind in RELATIONS.items() if op not in ("<", "<=")}


def _drop_signed_factors(expression: Expr, space: Space) -> Expr:
    if all(term.as_coeff_Mul()[1].is_Symbol or term.is_number
           for term in sp.Add.make_args(expression)):  # fmt: skip
        return expression  # linear
    factored = factorization(expression)
    if not factored.is_Mul:
        return expression
    factors = []
    for factor in factored.args:
        if is_proved(sp.Gt(factor, 0), space, STEP):
            continue
        if is_proved(sp.Lt(factor, 0), space, STEP):
            factors.append(sp.Integer(-1))
        else:
            factors.append(factor)
    return sp.Mul(*factors)


def existence_condition(family: SolutionFamily, space: Space | None = None) -> Boolean | None:
    """The exact condition under which the family has a member; None where it was not found.

    With the space of the parameters it is written without factors whose sign is known there.
    """
    if family.open:
        return None
    range_condition = solvability_condition(family.where, family.free)
    if range_condition is None:
        return _existence_by_search(family)
    return sp.And(
        family.condition,
        range_condition if space is None else rewrite_relations(range_condition, space),
    )


def with_unit_slopes(family: SolutionFamily, space: Space) -> SolutionFamily:
    """The family with each line in a free unknown, of known sign of its slope, of slope 1 or -1."""
    unit = tuple((_unit_slope(e, family.free, space), op) for e, op in family.where)
    return replace(family, where=unit)


def _unit_slope(expression: Expr, unknowns: Sequence[Symbol], space: Space) -> Expr:
    line = sp.expand(expression)
    for unknown in unknowns:
        slope = line.coeff(unknown, 1)
        if slope.free_symbols and slope == sp.diff(line, unknown):
            for sign in (1, -1):
                if is_proved(sp.Gt(sign * slope, 0), space, STEP):
                    constant = sp.cancel((line - slope * unknown) / (sign * slope))
                    return sp.expand(constant) + sign * unknown
    return expression


def rewrite_relations(condition: Boolean, space: Space) -> Boolean:
    """The condition with every relation in readable form."""
    if isinstance(condition, (sp.And, sp.Or)):
        return condition.func(*(rewrite_relations(part, space) for part in condition.args))
    if isinstance(condition, (sp.Le, sp.Lt)):
        return relation(
            condition.gts - condition.lts, ">=" if condition.func is sp.Le else ">", space
        )
    op = _OPERATORS.get(condition.func)
    return condition if op is None else relation(condition.lhs - condition.rhs, op, space)


def _existence_by_search(family: SolutionFamily) -> Boolean | None:
    """Existence without parameters, decided by a search for one point."""
    atoms = [RELATIONS[op](e, 0) for e, op in family.where]
    if not set().union(*(a.free_symbols for a in atoms)) <= set(family.free):
        return None
    is_satisfiable = prover.is_satisfiable(Space.of(*atoms, symbols=family.free))
    return family.condition if is_satisfiable else sp.false
