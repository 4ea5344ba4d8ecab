"""Values that all members of a family share, though their formula has the member's index in it.

At a tie k = q T a payoff r (k - q T) is 0, whatever the index r. So a formula is judged under the
equalities of its equilibrium: it has one value where the difference of any two members vanishes.
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.rational_forms import lowest_terms
from gametheory_eeu.prover.facts import is_rational


@lru_cache(maxsize=4096)
def common_value(value: Expr, condition: Boolean, free: tuple[Symbol, ...]) -> Expr:
    """The value without the index of the members, where they share it; else as it is.

    The difference of two members is a multiple of what the condition says is zero (it lies in the
    ideal), and no denominator has the index, so that nothing is divided by but what was before.

    Examples
    --------
    >>> k, q, T, r = sp.symbols("k q T r", real=True)
    >>> common_value(1 - k + r * (k - q * T), sp.Eq(k, q * T) & (q > 0), (r,))
    1 - k
    >>> common_value(1 - k * r, sp.Eq(k, q * T), (r,))
    -k*r + 1
    """
    index = value.free_symbols & set(free)
    if not index or not is_rational(value):
        return value
    others = {s: sp.Dummy(s.name, real=True) for s in index}
    difference, below = lowest_terms(value - value.xreplace(others))
    if difference != 0:
        zeros = [z for z in _zeros(condition) if not z.free_symbols & set(free)]
        if not zeros or not _is_multiple(difference, zeros):
            return value
    if any(base.free_symbols & index for base in (below, *_denominators(value))):
        return value
    return value.xreplace(dict.fromkeys(index, sp.Integer(0)))


def _zeros(condition: Boolean) -> list[Expr]:
    """Polynomials that are zero wherever the condition holds."""
    equalities = (c for c in sp.And.make_args(condition) if isinstance(c, sp.Eq))
    differences = (c.lhs - c.rhs for c in equalities if is_rational(c.lhs) and is_rational(c.rhs))
    return [above for above, _ in map(lowest_terms, differences) if above.free_symbols]


def _is_multiple(polynomial: Expr, zeros: list[Expr]) -> bool:
    """Whether a polynomial is a sum of multiples of some others."""
    symbols = sorted(polynomial.free_symbols.union(*(z.free_symbols for z in zeros)), key=str)
    basis = sp.groebner(zeros, *symbols, order="grevlex", domain="QQ")
    return bool(basis.contains(polynomial))


def _denominators(value: Expr) -> list[Expr]:
    return [p.base for p in value.atoms(sp.Pow) if p.exp.is_negative]
