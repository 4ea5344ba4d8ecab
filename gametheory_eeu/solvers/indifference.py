"""Indifference and no-gain conditions solved for what is played, in the parameters of a game.

Equalities that are linear in one of the unknowns are solved for it, one after another; where its
coefficient may vanish, both cases are followed. What is left is a family: some unknowns stay free,
within a range, and a condition on the parameters says where the range holds a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.model.algebraic_numbers import collected
from gametheory_eeu.prover.budget import STEP
from gametheory_eeu.prover.proof_search import holds
from gametheory_eeu.solvers.linear_bounds import RELATIONS, Atom, boxed, line, tightened
from gametheory_eeu.solvers.linear_existence import exists
from gametheory_eeu.solvers.question_limit import Effort


@dataclass(frozen=True)
class Family:
    """Values of some unknowns, the range of the others, and what the parameters must satisfy.

    ``open`` holds equalities that were not solved: with any, the family may have no member.
    """

    values: Mapping[Symbol, Expr] = field(default_factory=dict)
    free: tuple[Symbol, ...] = ()
    where: tuple[Atom, ...] = ()
    given: tuple[Boolean, ...] = ()
    open: tuple[Expr, ...] = ()

    @property
    def condition(self) -> Boolean:
        """What the parameters must satisfy besides the range holding a point."""
        return sp.And(*self.given)


def families(
    equalities: Iterable[Expr],
    atoms: Iterable[Atom],
    unknowns: Iterable[Symbol],
    space: Space,
    effort: Effort | None = None,
) -> Iterator[Family]:
    """Every solution of equalities (to zero) and inequalities, in families that do not overlap.

    Parameters
    ----------
    equalities, atoms : in the unknowns and the parameters
    unknowns : iterable of SymPy symbols
        Each with its own lower bound among the atoms.
    space : Space
        Of the parameters.
    effort : Effort, optional
        What counts the cases that are followed.
    """
    start = Family(free=tuple(unknowns), where=tuple(atoms), open=tuple(equalities))
    yield from _solved(start, space, effort or Effort("this system of equations"))


def _solved(family: Family, space: Space, effort: Effort) -> Iterator[Family]:
    """One equality solved, then the others; both cases where a coefficient may vanish."""
    effort.spend()
    clean = _cleaned(family, space)
    if clean is None:
        return
    step = _easiest(clean)
    if step is None:
        pinned = _pinned(clean, space)
        if pinned:
            open_ = (*clean.open, *pinned)
            where = tuple(a for a in clean.where if a[0] not in pinned)
            yield from _solved(replace(clean, open=open_, where=where), space, effort)
        else:
            yield clean
        return
    equality, unknown, slope, intercept = step
    others = tuple(e for e in clean.open if e is not equality)
    if not slope.is_number:
        vanishing = replace(clean, open=(*others, slope, intercept))
        if not _is_nonzero(slope, clean, space):
            yield from _solved(vanishing, space, effort)
        clean = replace(clean, where=(*clean.where, (slope, "!=")))
    # A number with roots below the line is no polynomial's coefficient.
    value = -intercept / slope
    solution = {unknown: value if slope.free_symbols or slope.is_Rational else sp.radsimp(value)}
    yield from _solved(
        Family(
            values={k: v.xreplace(solution) for k, v in clean.values.items()} | solution,
            free=tuple(s for s in clean.free if s != unknown),
            where=tuple((e.xreplace(solution), op) for e, op in clean.where),
            given=clean.given,
            open=tuple(e.xreplace(solution) for e in others),
        ),
        space,
        effort,
    )


def _cleaned(family: Family, space: Space) -> Family | None:
    """Fractions cleared, what is about parameters alone set apart; None where nothing is left."""
    given, open_ = dict.fromkeys(family.given), []
    for equality in family.open:
        found = _equality(equality, family, space)
        if found.is_number:
            if found != 0:
                return None
        elif found.free_symbols.isdisjoint(family.free):
            given[relation(found, "==", space)] = None
        else:
            open_.append(found)
    where: dict[Atom, None] = {}
    for expression, op in family.where:
        atom = _cleared(expression, space), op
        if atom[0].free_symbols.isdisjoint(family.free):
            given[relation(*atom, space)] = None
        else:
            where[atom] = None
    if sp.false in given:
        return None
    given.pop(sp.true, None)
    kept = tightened(where)
    if kept is None or (given and _contradictory(sp.And(*given), space)):
        return None
    return replace(family, where=kept, given=tuple(given), open=tuple(open_))


def _pinned(family: Family, space: Space) -> tuple[Expr, ...]:
    """What is weakly bounded from one side and cannot be off that bound: it equals it."""
    weak = [e for e, op in family.where if op == ">="]
    pairs = tuple(e for e in weak if sp.expand(-e) in weak)
    if pairs:
        return pairs[:1]
    boxes = set(boxed(family.where))
    where = Space.of(space, *family.given)
    return tuple(
        e for e in weak
        if len(weak) > 1 and not boxes.issuperset(e.free_symbols & set(family.free))
        and _is_never(exists(_strictly(family.where, e), family.free), where)
    )[:1]  # fmt: skip


def _strictly(atoms: Iterable[Atom], expression: Expr) -> list[Atom]:
    return [(e, ">" if e == expression else op) for e, op in atoms]


def _is_never(condition: Boolean | None, space: Space) -> bool:
    if condition is None or condition == sp.true:
        return False
    return bool(condition == sp.false) or holds(sp.Not(condition), space, STEP)


def _contradictory(condition: Boolean, space: Space) -> bool:
    return bool(condition == sp.false) or holds(sp.Not(condition), space, STEP)


def _equality(expression: Expr, family: Family, space: Space) -> Expr:
    """The numerator without the factors that are never zero."""
    numerator = sp.expand(_fraction(expression)[0])
    if numerator.is_number:
        return numerator if numerator.is_Rational else collected(sp.radsimp(numerator))
    if line(numerator) is not None:
        return numerator
    factors = [f for f, _ in sp.factor_list(numerator)[1]]
    if len(factors) == 1:
        return numerator
    kept = [f for f in factors if not _is_nonzero(f, family, space)]
    return sp.expand(sp.Mul(*kept))


def _is_nonzero(expression: Expr, family: Family, space: Space) -> bool:
    known = [RELATIONS[op](e, 0) for e, op in family.where]
    where = Space.of(space, *family.given, *known, symbols=family.free)
    return bool(expression.is_nonzero) or holds(sp.Ne(expression, 0), where, STEP)


def _cleared(expression: Expr, space: Space) -> Expr:
    """An expression with the same sign and no denominator."""
    numerator, denominator = _fraction(expression)
    if denominator.is_number:
        return sp.expand(numerator / denominator)
    for sign, claim in ((1, sp.Gt), (-1, sp.Lt)):
        if holds(claim(denominator, 0), space, STEP):
            return sp.expand(sign * numerator)
    return sp.expand(numerator * denominator)


def _fraction(expression: Expr) -> tuple[Expr, Expr]:
    quotients = (p for p in expression.atoms(sp.Pow) if p.exp.is_negative and p.base.free_symbols)
    if next(quotients, None) is None:
        return expression, sp.Integer(1)
    numerator, denominator = sp.fraction(sp.cancel(sp.together(expression)))
    return numerator, denominator


def _easiest(family: Family) -> tuple[Expr, Symbol, Expr, Expr] | None:
    """An equality that is linear in an unknown; with a number as slope if there is one."""
    found: list[tuple[int, int, Expr, Symbol, Expr, Expr]] = []
    for equality in family.open:
        for unknown in family.free:
            if unknown not in equality.free_symbols or not equality.is_polynomial(unknown):
                continue
            poly = sp.Poly(equality, unknown)
            if poly.degree() == 1:
                slope = poly.coeff_monomial(unknown)
                mixed = not slope.free_symbols.isdisjoint(family.free)
                rank = 0 if slope.is_number else 1 + mixed
                found.append((rank, len(found), equality, unknown, slope, poly.coeff_monomial(1)))
    return min(found)[2:] if found else None


def relation(expression: Expr, op: str, space: Space) -> Boolean:
    """A comparison with zero as a reader writes it: without factors of known sign, x >= 1."""
    if expression.is_number:
        return RELATIONS[op](expression, 0)
    expression = _without_known_factors(expression, space)
    known = line(expression)
    if known is not None:
        x, slope, intercept = known
        turned = RELATIONS[op] if slope > 0 else _TURNED[op]
        return turned(x, -intercept / slope)
    terms = sp.Add.make_args(sp.expand(expression.as_content_primitive()[1]))
    negative = [term for term in terms if term.could_extract_minus_sign()]
    left = sp.Add(*(term for term in terms if term not in negative))
    return RELATIONS[op](left, -sp.Add(*negative))


_OPERATORS = {kind: op for op, kind in RELATIONS.items()}
_TURNED = {">": sp.Lt, ">=": sp.Le, "!=": sp.Ne, "==": sp.Eq}


def _without_known_factors(expression: Expr, space: Space) -> Expr:
    if all(term.as_coeff_Mul()[1].is_Symbol or term.is_number
           for term in sp.Add.make_args(expression)):  # fmt: skip
        return expression  # linear
    factored = sp.factor(expression)
    if not factored.is_Mul:
        return expression
    kept = []
    for factor in factored.args:
        if holds(sp.Gt(factor, 0), space, STEP):
            continue
        if holds(sp.Lt(factor, 0), space, STEP):
            kept.append(sp.Integer(-1))
        else:
            kept.append(factor)
    return sp.Mul(*kept)


def exists_where(family: Family, space: Space | None = None) -> Boolean | None:
    """The exact condition under which the family has a member; None where it was not found.

    With the space of the parameters it is written without factors whose sign is known there.
    """
    if family.open:
        return None
    found = exists(family.where, family.free)
    if found is None:
        return _by_search(family)
    return sp.And(family.condition, found if space is None else _told(found, space))


def _told(condition: Boolean, space: Space) -> Boolean:
    """The same with every comparison as a reader writes it."""
    if isinstance(condition, (sp.And, sp.Or)):
        return condition.func(*(_told(part, space) for part in condition.args))
    op = _OPERATORS.get(condition.func)
    return condition if op is None else relation(condition.lhs - condition.rhs, op, space)


def _by_search(family: Family) -> Boolean | None:
    """Without parameters in the range, a point of it decides."""
    atoms = [RELATIONS[op](e, 0) for e, op in family.where]
    if not set().union(*(a.free_symbols for a in atoms)) <= set(family.free):
        return None
    found = prover.satisfiable(Space.of(*atoms, symbols=family.free))
    return family.condition if found else sp.false


__all__ = ["Family", "exists_where", "families", "relation"]
