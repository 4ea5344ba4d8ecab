"""What a symbol says of itself, ``positive=True``, ``even=True``, …, asked of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.arguments import assumed
from gametheory_eeu.core.evaluate import truth
from gametheory_eeu.errors import SpaceError

_OF_A_ROOT = {"irrational": True, "rational": False, "integer": False, "noninteger": True}
"""What a rational multiple of an irreducible polynomial's root is; SymPy leaves it open."""
_OF_ALL = {"real", "extended_real", "finite", "complex", "hermitian", "commutative"}
"""What is assumed of every symbol here, and is not asked of an expression once more."""
_SIGNS = {
    "positive": sp.Gt,
    "negative": sp.Lt,
    "nonnegative": sp.Ge,
    "nonpositive": sp.Le,
    "nonzero": sp.Ne,
    "zero": sp.Eq,
}


@arg.checks(symbol=arg.a(sp.Symbol, "a SymPy symbol"), value=arg.a(sp.Expr, "a SymPy expression"))
def assumptions_hold(symbol: Symbol, value: Expr) -> bool:
    """Whether every assumption is known to hold of a number; one that is left open does not.

    Examples
    --------
    >>> n = sp.Symbol("n", integer=True, positive=True)
    >>> [assumptions_hold(n, sp.Rational(x)) for x in ("3", "-3", "1/2")]
    [True, False, False]
    """
    return all(_known(value, key) is wanted for key, wanted in symbol._assumptions_orig.items())


def assumptions_at(symbol: Symbol, value: Expr) -> Iterator[Boolean]:
    """What a symbol's own assumptions demand of an expression in its place.

    Raises
    ------
    SpaceError
        An assumption that no condition can say, such as that of being whole, and that is not
        known to hold.

    Examples
    --------
    >>> a = sp.Symbol("a", real=True)
    >>> list(assumptions_at(sp.Symbol("n", positive=True), a - 1))
    [a - 1 > 0]
    """
    if value == symbol or value.is_number:
        if value != symbol and not assumptions_hold(symbol, value):
            yield sp.false
        return
    for key, wanted in symbol._assumptions_orig.items():
        relation = _SIGNS.get(key.removeprefix("extended_"))
        if relation is not None:
            found = relation(value, 0)
            yield found if wanted else sp.Not(found)
        elif key not in _OF_ALL and _known(value, key) is not wanted:
            raise SpaceError(
                f"{symbol.name} = {value} is not known to be {key}={wanted}, as the symbol "
                f"{symbol.name} says of itself ({assumed(symbol)}); write it in symbols that are"
            )


@arg.checks(point=arg.point)
def check_assumptions(point: Mapping[Symbol, Expr]) -> None:
    """Refuse numbers that symbols' own assumptions exclude, naming the first.

    Raises
    ------
    SpaceError
    """
    for symbol, value in point.items():
        if value.is_number and not assumptions_hold(symbol, value):
            raise SpaceError(
                f"{symbol.name} = {value} contradicts what the symbol {symbol.name} says of "
                f"itself: {assumed(symbol)}; give it such a value, or use another symbol"
            )


def _known(value: Expr, key: str) -> bool | None:
    sign = _SIGNS.get(key.removeprefix("extended_"))
    if sign is not None:
        return truth(sign(value, 0), {}) if value.is_real is not False else False
    if key in _OF_A_ROOT and isinstance(value.as_coeff_Mul()[1], sp.CRootOf):
        return _OF_A_ROOT[key]
    if key == "real" and _is_quotient(value):
        return True
    known: bool | None = getattr(value, f"is_{key}", None)
    return known


def _is_quotient(value: Expr) -> bool:
    """A quotient of rational polynomials in real symbols: real wherever it has a value."""
    whole = all(part.exp.is_Integer for part in value.atoms(sp.Pow))
    return whole and all(
        part.is_Add or part.is_Mul or part.is_Pow or part.is_Rational or part.is_Symbol
        for part in sp.preorder_traversal(value)
    ) and all(s.is_real for s in value.free_symbols)  # fmt: skip


__all__ = ["assumptions_at", "assumptions_hold", "check_assumptions"]
