"""Exact probability of a condition under uniform priors, where it can be had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.evaluate import UndecidedError
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.sign_abstraction import Junction, Literal, SignFormula, restrict
from gametheory_eeu.sweeps.formulas import SignTable
from gametheory_eeu.sweeps.priors import Priors, Uniform
from gametheory_eeu.sweeps.root_measure import interval_share, rectangle_share
from gametheory_eeu.sweeps.sign_tests import PolynomialTest
from gametheory_eeu.sweeps.simplex_measure import MAX_DIMENSION, linear_share

METHODS = "linear in up to 5 parameters, or polynomials in 1, or graphs over 1 of 2"


def exact_share(condition: Boolean, priors: Priors) -> Expr | None:
    """The probability of a condition under independent uniform priors; None if out of reach.

    Parameters
    ----------
    condition : SymPy Boolean
        Over the symbols that have a prior.
    priors : Priors

    Examples
    --------
    >>> from gametheory_eeu.sweeps.priors import priors_of
    >>> x, y = sp.symbols("x y", real=True)
    >>> exact_share(x + y < 1, priors_of({x: (0, 1), y: (0, 2)}))
    1/4
    """
    table = SignTable()
    try:
        formula = table.formula(condition)
    except UnsupportedError:
        return None
    formula = restrict(formula, [frozenset({-1, 1})] * len(table.tests))  # zeros weigh nothing
    if isinstance(formula, bool):
        return sp.Integer(formula)
    used = sorted(set(_indices(formula)))
    tests = [table.tests[k] for k in used]
    if not all(isinstance(test, PolynomialTest) for test in tests):
        return None
    symbols = [s for s in priors.symbols if any(s in test.symbols for test in tests)]
    box = {s: priors.distributions[s] for s in symbols}
    if not all(isinstance(prior, Uniform) and prior.is_rational for prior in box.values()):
        return None
    formula = _renumbered(formula, {k: i for i, k in enumerate(used)})
    try:
        return _share(formula, [test.expr for test in tests], box)
    except UndecidedError:
        return None


def _share(
    formula: SignFormula, polynomials: Sequence[Expr], box: dict[Symbol, Uniform]
) -> Expr | None:
    if len(box) == 1:
        ((symbol, prior),) = box.items()
        return interval_share(formula, polynomials, symbol, prior)
    is_linear = all(sp.Poly(p, *box).total_degree() == 1 for p in polynomials)
    if is_linear and len(box) <= MAX_DIMENSION:
        return linear_share(formula, polynomials, box)
    return rectangle_share(formula, polynomials, box) if len(box) == 2 else None


def _indices(formula: SignFormula) -> Iterator[int]:
    if isinstance(formula, Literal):
        yield formula.polynomial
    elif isinstance(formula, Junction):
        for part in formula.parts:
            yield from _indices(part)


def _renumbered(formula: SignFormula, places: dict[int, int]) -> SignFormula:
    if isinstance(formula, Literal):
        return Literal(places[formula.polynomial], formula.signs)
    if isinstance(formula, Junction):
        parts = tuple(_renumbered(part, places) for part in formula.parts)
        return Junction(formula.is_conjunction, parts)
    return formula


__all__ = ["METHODS", "exact_share"]
