"""Exact Sobol' indices of a polynomial of independent uniform parameters."""

from __future__ import annotations

from collections.abc import Iterable

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.sweeps.priors import Priors

MAX_TERMS = 200


def exact_indices(expression: Expr, priors: Priors) -> dict[Symbol, tuple[Expr, Expr]] | None:
    """First-order and total indices of each symbol; None where the expression is no polynomial.

    Parameters
    ----------
    expression : SymPy expression
    priors : Priors
        Uniform ones.

    Examples
    --------
    >>> from gametheory_eeu.sweeps.priors import priors_of
    >>> x, y = sp.symbols("x y", real=True)
    >>> exact_indices(x + 2*y, priors_of({x: (0, 1), y: (0, 1)}))
    {x: (1/5, 1/5), y: (4/5, 4/5)}
    """
    symbols = priors.symbols
    if not priors.are_uniform or not expression.is_polynomial(*symbols):
        return None
    polynomial = sp.Poly(expression, *symbols)
    if len(polynomial.terms()) > MAX_TERMS or not polynomial.domain.is_QQ | polynomial.domain.is_ZZ:
        return None
    mean = _mean(polynomial, symbols, priors)
    variance = _mean(polynomial**2, symbols, priors) - mean**2
    if variance == 0:
        return None
    result = {}
    for symbol in symbols:
        others = tuple(s for s in symbols if s != symbol)
        of_own = _variance(_mean(polynomial, others, priors), (symbol,), mean, priors)
        of_others = _variance(_mean(polynomial, (symbol,), priors), others, mean, priors)
        result[symbol] = (of_own / variance, 1 - of_others / variance)
    return result


def _mean(polynomial: Expr, symbols: Iterable[Symbol], priors: Priors) -> Expr:
    """The mean over some of the symbols, as an expression of the others."""
    result = polynomial.as_expr() if isinstance(polynomial, sp.Poly) else polynomial
    for symbol in symbols:
        prior = priors.distributions[symbol]
        total = sp.Integer(0)
        for (power,), factor in sp.Poly(result, symbol).terms():
            ends = prior.high ** (power + 1) - prior.low ** (power + 1)
            total += factor * ends / (power + 1)
        result = sp.expand(total / (prior.high - prior.low))
    return result


def _variance(expression: Expr, symbols: tuple[Symbol, ...], mean: Expr, priors: Priors) -> Expr:
    return _mean(sp.expand(expression**2), symbols, priors) - mean**2


__all__ = ["exact_indices"]
