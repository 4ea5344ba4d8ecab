"""Solution families of polynomial equations with parameters, by reduction and case distinction.

Equations are first combined so that common nonlinear terms with constant coefficients cancel; an
equation that factors is followed factor by factor. Both steps keep exactly the solutions, at every
value of the parameters. What is then linear in an unknown is solved for it, and a last equation of
degree two by its roots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import irreducible_factors
from gametheory_eeu.prover.budget import Effort
from gametheory_eeu.solvers.algebraic_families import BackSubstitution, closed_families
from gametheory_eeu.solvers.indifference import SolutionFamily, solution_families
from gametheory_eeu.solvers.linear_existence import AtomicFormula

_MAX_ROUNDS = 8


def polynomial_families(
    equalities: Iterable[Expr],
    atoms: Iterable[AtomicFormula],
    unknowns: Sequence[Symbol],
    space: Space,
    effort: Effort,
) -> Iterator[tuple[SolutionFamily, BackSubstitution]]:
    """Every solution of polynomial equalities (to zero) and inequalities, in disjoint families.

    What the space says of the unknowns is known of every solution. With each family comes a
    function that gives an expression in the unknowns its value there. A family whose equations had
    no closed form keeps them in ``open``.

    Examples
    --------
    >>> x, y, v = sp.symbols("x y v", real=True)
    >>> families = polynomial_families([v*y - (x + y)**2, 2*x - (x + y)**2], [(x, ">"), (y, ">")],
    ...                                [x, y], Space.of(v > 0, x > 0, y > 0), Effort("this"))
    >>> [value(family.values[x]) for family, value in families]
    [2*v**2/(v**2 + 4*v + 4)]
    """
    start = SolutionFamily(free=tuple(unknowns), where=tuple(atoms), open=tuple(equalities))
    for family in _solve(start, space, effort, _MAX_ROUNDS):
        yield from closed_families(family, space)


def _solve(
    family: SolutionFamily, space: Space, effort: Effort, rounds: int
) -> Iterator[SolutionFamily]:
    for case in _factor_cases(_combined(family), effort):
        inner = solution_families(case.open, case.where, case.free, space, effort)
        for solved in inner:
            merged = _merge(case, solved)
            is_simpler = set(merged.open) != set(case.open)
            if merged.open and is_simpler and rounds > 0:
                yield from _solve(merged, space, effort, rounds - 1)
            else:
                yield merged


def _merge(outer: SolutionFamily, inner: SolutionFamily) -> SolutionFamily:
    """The inner family with what was solved before it."""
    values = {k: v.xreplace(dict(inner.values)) for k, v in outer.values.items()}
    return replace(inner, values={**values, **inner.values}, given=(*outer.given, *inner.given))


def _combined(family: SolutionFamily) -> SolutionFamily:
    """The same equations with nonlinear terms of constant coefficients eliminated among them."""
    unknowns = [s for s in family.free if any(s in e.free_symbols for e in family.open)]
    if (
        not unknowns
        or len(family.open) < 2
        or not all(e.is_polynomial(*unknowns) for e in family.open)
    ):
        return family
    rows = [dict(sp.Poly(e, *unknowns).terms()) for e in family.open]
    rows = _combined_rows(rows)
    equations = [
        sp.expand(sp.Add(*(c * sp.Mul(*(x**k for x, k in zip(unknowns, m, strict=True)))
                           for m, c in row.items())))
        for row in rows
    ]  # fmt: skip
    return replace(family, open=tuple(e for e in equations if e != 0))


Row = dict[tuple[int, ...], Expr]


def _combined_rows(rows: list[Row]) -> list[Row]:
    """Gaussian elimination on nonlinear monomials, with constant pivots only."""
    done: list[Row] = []
    monomials = {m for row in rows for m in row if sum(m) > 1}
    for monomial in sorted(monomials, key=lambda m: (-sum(m), m)):
        candidates = [row for row in rows if (c := row.get(monomial)) is not None and c.is_Rational]
        if not candidates or sum(monomial in row for row in rows) < 2:
            continue
        pivot = min(candidates, key=len)
        rows = [_subtracted(row, pivot, monomial) for row in rows if row is not pivot]
        done.append(pivot)
    return rows + done


def _subtracted(row: Row, pivot: Row, monomial: tuple[int, ...]) -> Row:
    """The row less the multiple of the pivot that cancels a monomial."""
    factor = row.get(monomial)
    if factor is None:
        return row
    ratio = factor / pivot[monomial]
    result = dict(row)
    for m, c in pivot.items():
        result[m] = sp.expand(result.get(m, sp.Integer(0)) - ratio * c)
    return {m: c for m, c in result.items() if c != 0}


def _factor_cases(family: SolutionFamily, effort: Effort) -> Iterator[SolutionFamily]:
    """The cases of an equation that is a product: one factor zero, those before it not."""
    for position, equality in enumerate(family.open):
        factors = irreducible_factors(equality)
        if len(factors) < 2:
            continue
        rest = family.open[:position] + family.open[position + 1 :]
        for k, factor in enumerate(factors):
            effort.spend()
            nonzero = tuple((other, "!=") for other in factors[:k])
            case = replace(family, open=(factor, *rest), where=(*family.where, *nonzero))
            yield from _factor_cases(case, effort)
        return
    yield family


__all__ = ["polynomial_families"]
