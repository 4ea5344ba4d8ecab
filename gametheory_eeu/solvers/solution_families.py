"""Solution families of indifference and no-gain conditions, in the parameters of a game.

Equalities that are linear in one of the unknowns are solved for it, one after another; where its
coefficient may vanish, both cases are followed. What is left is a family: some unknowns stay free,
within a range, and a condition on the parameters says where the range holds a point: unknowns that
are linear in it are eliminated by virtual substitution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import line_coefficients
from gametheory_eeu.core.rational_forms import (
    expand,
    has_quotient,
    irreducible_factors,
    lowest_terms,
)
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.budget import STEP, Effort
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.polynomial_zeros import canonical_form
from gametheory_eeu.solvers.readable import relation, rewrite_relations

AtomicFormula: TypeAlias = tuple[Expr, str]
"""An expression and how it compares with zero: ``">"``, ``">="``, ``"!="`` or ``"=="``."""


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


def _existence_by_search(family: SolutionFamily) -> Boolean | None:
    """Existence without parameters, decided by a search for one point."""
    atoms = [RELATIONS[op](e, 0) for e, op in family.where]
    if not set().union(*(a.free_symbols for a in atoms)) <= set(family.free):
        return None
    is_satisfiable = prover.is_satisfiable(Space.of(*atoms, symbols=family.free))
    return family.condition if is_satisfiable else sp.false


def tightest_bounds(atoms: Iterable[AtomicFormula]) -> tuple[AtomicFormula, ...] | None:
    """The atoms with only the tightest numerical bounds; None where these are infeasible."""
    lower: dict[Symbol, tuple[Expr, bool]] = {}
    upper: dict[Symbol, tuple[Expr, bool]] = {}
    rest: dict[AtomicFormula, None] = {}
    for expression, op in atoms:
        coefficients = line_coefficients(expression)
        if coefficients is None or op not in (">", ">="):
            rest[expression, op] = None
            continue
        symbol, slope, intercept = coefficients
        bound, strict = -intercept / slope, op == ">"
        if slope > 0:
            lower[symbol] = max(lower.get(symbol, (bound, strict)), (bound, strict))
        else:
            # A strict bound is tighter than a weak one at the same place.
            current = upper.get(symbol, (bound, strict))
            upper[symbol] = min(current, (bound, strict), key=lambda b: (b[0], not b[1]))
    for symbol in lower.keys() & upper.keys():
        (below, strict_below), (above, strict_above) = lower[symbol], upper[symbol]
        if below > above or (below == above and (strict_below or strict_above)):
            return None
    bounds = [(b - s, ">" if strict else ">=") for s, (b, strict) in upper.items()]
    bounds += [(s - b, ">" if strict else ">=") for s, (b, strict) in lower.items()]
    return (*rest, *bounds)


def box_symbols(atoms: Iterable[AtomicFormula]) -> tuple[Symbol, ...]:
    """The symbols constrained only by numerical bounds."""
    atom_list = list(atoms)
    coupled_symbols = {
        s
        for e, op in atom_list
        if line_coefficients(e) is None or op in ("!=", "==")
        for s in e.free_symbols
    }
    return tuple(
        dict.fromkeys(s for e, _ in atom_list for s in e.free_symbols if s not in coupled_symbols)
    )


def conjunction(atoms: Iterable[AtomicFormula]) -> Boolean:
    """The atoms as one Boolean."""
    return sp.And(*(RELATIONS[op](e, 0) for e, op in atoms))


_MAX_CONJUNCTIONS = 512  # conjunctions held at once


def solvability_condition(
    atoms: Iterable[AtomicFormula], unknowns: Iterable[Symbol]
) -> Boolean | None:
    """The exact condition under which some values of the unknowns satisfy every atom.

    Each unknown must have a lower bound among the atoms. None where an unknown occurs that no order
    of elimination keeps linear.
    """
    unknowns = tuple(unknowns)
    bounds = tightest_bounds(atoms)
    if bounds is None:
        return sp.false
    box = set(box_symbols(bounds)) & set(unknowns)
    conjunctions = [tuple((e, op) for e, op in bounds if e.free_symbols.isdisjoint(box))]
    remaining = [q for q in unknowns if q not in box]
    while remaining:
        unknown = next((q for q in remaining if all(_is_linear(c, q) for c in conjunctions)), None)
        if unknown is None:
            return None
        remaining.remove(unknown)
        eliminations = (new for old in conjunctions for new in _eliminate_unknown(old, unknown))
        conjunctions = list(dict.fromkeys(eliminations))
        if len(conjunctions) > _MAX_CONJUNCTIONS:
            return None
    return sp.Or(*map(conjunction, conjunctions))


def _is_linear(atoms: tuple[AtomicFormula, ...], q: Symbol) -> bool:
    return all(q not in e.free_symbols or _coefficients(e, q) is not None for e, _ in atoms)


@lru_cache(maxsize=65536)
def _coefficients(expression: Expr, q: Symbol) -> tuple[Expr, Expr] | None:
    """Slope and intercept of an expression that is linear in q."""
    if not expression.is_polynomial(q):
        return None
    poly = sp.Poly(expression, q)
    if poly.degree() > 1:
        return None
    return poly.coeff_monomial(q), poly.coeff_monomial(1)


def _eliminate_unknown(
    atoms: tuple[AtomicFormula, ...], q: Symbol
) -> Iterator[tuple[AtomicFormula, ...]]:
    """Conjunctions, one of which holds exactly where some q satisfies all atoms."""
    lines = [
        (_coefficients(e, q) or (sp.Integer(0), e), op) for e, op in atoms if q in e.free_symbols
    ]
    rest = tuple(atom for atom in atoms if q not in atom[0].free_symbols)
    if not lines:
        yield rest
        return
    has_exceptions = any(op == "!=" for _, op in lines)
    for i, (line, op) in enumerate(lines):
        if op == "!=":
            continue  # without the points it excludes there is a lower bound among the others
        for slope, intercept in (line, (-line[0], -line[1])) if op == "==" else (line,):
            if slope.is_nonpositive:
                continue  # no lower bound
            start = (*rest, (slope, ">"))
            values = [
                (sp.expand(slope * constant - a * intercept), a, relation)
                for (a, constant), relation in lines[:i] + lines[i + 1 :]
            ]
            yield from _virtual_substitution(start, values, just_above=op == ">")
            if op == ">=" and has_exceptions:  # the bound itself may be excluded
                yield from _virtual_substitution(start, values, just_above=True)


def _virtual_substitution(
    start: tuple[AtomicFormula, ...], lines: list[tuple[Expr, Expr, str]], *, just_above: bool
) -> Iterator[tuple[AtomicFormula, ...]]:
    """The other atoms at a lower bound, or just above it, multiplied out into conjunctions."""
    products: list[tuple[AtomicFormula, ...]] = [()]
    for value, slope, op in lines:
        cases = _right_limit_cases(value, slope, op) if just_above else [((value, op),)]
        products = [(*old, *new) for old in products for new in cases]
    for atoms in products:
        result = simplify_atoms((*start, *atoms))
        if result is not None:
            yield result


def _right_limit_cases(value: Expr, slope: Expr, op: str) -> list[tuple[AtomicFormula, ...]]:
    """Cases in which a linear form satisfies its relation just to the right of a point."""
    if op == "!=":
        return [()] if slope.is_nonzero else [((value, "!="),), ((slope, "!="),)]
    if op == "==":
        return [((value, "=="), (slope, "=="))]
    if slope.is_positive or (op == ">=" and slope.is_nonnegative):
        return [((value, ">="),)]
    if slope.is_number:
        return [((value, ">"),)]
    return [((value, ">"),), ((value, "=="), (slope, op))]


def simplify_atoms(atoms: Iterable[AtomicFormula]) -> tuple[AtomicFormula, ...] | None:
    """The atoms without those that are true; None where one is false."""
    remaining: dict[AtomicFormula, None] = {}
    for expression, op in atoms:
        if expression.free_symbols:
            remaining[expression, op] = None
        elif RELATIONS[op](expression, 0) == sp.false:
            return None
    return tuple(remaining)
