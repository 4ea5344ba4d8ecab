"""Expressions put together so that SymPy does not forget where they are defined.

``x/x`` is not 1 and ``sqrt(x)**2`` is not x, for neither has a value everywhere; ``sqrt(-4)**2``
has none at all. What SymPy would fold at that price is left as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.constants import is_real
from gametheory_eeu.core.evaluate import UndecidedError, truth
from gametheory_eeu.core.floats import rational
from gametheory_eeu.errors import UnsupportedError

GIVEN_UP = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            NotImplementedError)  # fmt: skip
"""What SymPy raises where it cannot evaluate, as in ``I > 0``."""
_PARTIAL = (sp.Pow, sp.log, sp.erfinv, sp.Piecewise)
_BUILT = (sp.Add, sp.Mul, sp.Pow, sp.Function, sp.Max, sp.Min, sp.core.relational.Relational,
          sp.logic.boolalg.BooleanFunction)  # fmt: skip
_UNDEFINED = sp.Pow(0, -1, evaluate=False)


def build(function: Callable[..., Expr], *parts: Expr) -> Expr | None:
    """The function of the parts, as written where SymPy would forget where it is defined.

    None where it cannot even be left as written, as ``And`` and ``Or`` cannot.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> build(sp.Mul, x, 1 / x), build(sp.Mul, x, x)
    (x/x, x**2)
    """
    bare = function(*parts, evaluate=False)
    try:
        result = function(*parts)
    except GIVEN_UP:
        return bare
    needed = guards(bare).union(*map(guards, parts))
    return next((found for found in (result, bare) if needed <= guards(found)), None)


def put(expr: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """An expression with values in the place of some symbols; what is undefined there stays so.

    Raises
    ------
    UnsupportedError
        SymPy would forget where a condition in it is undefined.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> root = build(sp.Pow, sp.sqrt(x), sp.Integer(2))
    >>> put(root + y, {x: sp.Integer(-4)}), put(root + y, {x: sp.Integer(4)})
    (y + (sqrt(-4))**2, y + 4)
    """
    if not (expr.free_symbols | expr.atoms(sp.Float)) & values.keys():
        return expr
    if not expr.args:
        return values[expr]
    if isinstance(expr, sp.Piecewise):
        return _case_at(expr, values)
    if not isinstance(expr, _BUILT) or not (guards(expr) or expr.has(sp.Piecewise)):
        return expr.xreplace(values)
    parts = [put(part, values) for part in expr.args]
    if isinstance(expr, sp.Pow) and _has_no_value(expr.exp, *parts):
        return _UNDEFINED
    found = build(expr.func, *parts)
    if found is None:
        raise UnsupportedError(f"SymPy would forget where {expr} is undefined at {dict(values)}")
    return found


@arg.checks(expr=arg.a(sp.Basic, "a SymPy expression"))
def without_floats(expr: Expr) -> Expr:
    """An expression or a condition with every float as the shortest decimal that it is.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> without_floats(0.1 * x < 1.0000000000000002)
    x/10 < 5000000000000001/5000000000000000
    """
    found = expr.atoms(sp.Float)
    return put(expr, {number: rational(number) for number in found}) if found else expr


def _has_no_value(written: Expr, base: Expr, exponent: Expr) -> bool:
    """Whether a power with a symbol in its exponent, as it was written, has none at numbers."""
    if written.is_Rational or written.is_integer or not base.is_number:
        return False
    return bool(base.is_negative or (base.is_zero and exponent.is_nonpositive))


def _case_at(expr: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """The cases that are left; one that is left out needs no value."""
    pairs: list[tuple[Expr, Boolean]] = []
    for value, condition in expr.args:
        there = put(condition, values)
        try:
            holds = there.free_symbols or truth(there, {})
        except UndecidedError:
            holds = {there}
        if holds is False:
            continue
        if holds is None:
            return _UNDEFINED
        pairs.append((put(value, values), sp.true if holds is True else there))
        if holds is True:
            break
    if not pairs:
        return _UNDEFINED
    return pairs[0][0] if pairs[0][1] == sp.true else sp.Piecewise(*pairs, evaluate=False)


@lru_cache(maxsize=4096)
def guards(expr: Expr) -> frozenset[tuple[str, object]]:
    """What must not be zero or negative for the expression, as it stands, to be defined.

    A constant that is no real number is its own guard: it must stay as it was written.
    """
    found = frozenset().union(*map(guards, expr.args))
    if isinstance(expr, _PARTIAL) and not expr.free_symbols:
        return found if is_real(expr) else found | {("real", expr)}
    if isinstance(expr, sp.Piecewise) and expr.args[-1].cond != sp.true:
        found |= {("cases", expr)}
    if isinstance(expr, sp.Pow) and not expr.exp.is_Rational:
        total = expr.base.is_positive or (expr.base.is_nonzero and expr.exp.is_integer)
        found |= frozenset() if total else {("power", (expr.base, _up_to_scale(expr.exp)))}
    elif isinstance(expr, sp.Pow) and expr.base.free_symbols:
        if not expr.exp.is_integer and not expr.base.is_nonnegative:
            found |= {(">=", _up_to_scale(expr.base))}
        if expr.exp.is_negative:
            found |= {("!=", factor) for factor in _factors(expr.base)}
    if isinstance(expr, sp.log) and expr.free_symbols and not expr.args[0].is_positive:
        found |= {(">", _up_to_scale(expr.args[0]))}
    return found


def _up_to_scale(expr: Expr) -> Expr:
    scale, rest = expr.as_coeff_Mul()
    return rest if scale.is_positive else expr


def _factors(expr: Expr) -> frozenset[Expr]:
    """Expressions none of which is zero exactly where the given one is not."""
    if expr.is_nonzero or not expr.free_symbols:
        return frozenset()
    if isinstance(expr, (sp.Mul, sp.Abs)):
        return frozenset().union(*map(_factors, expr.args))
    if isinstance(expr, sp.Pow):
        return _factors(expr.base)
    return frozenset({-expr if expr.could_extract_minus_sign() else expr})


def replaced(expr: Expr, values: Mapping[Expr, Expr]) -> Expr:
    """Values in the place of subexpressions; nothing is evaluated, so that no denominator is lost.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> replaced(1 / sp.Max(x, y) + 1, {sp.Max(x, y): sp.Integer(0)})
    1 + 1/0
    """
    if expr in values:
        return values[expr]
    parts = [replaced(part, values) for part in expr.args]
    if parts == list(expr.args):
        return expr
    pair = isinstance(expr, sp.functions.elementary.piecewise.ExprCondPair)
    return expr.func(*parts) if pair else expr.func(*parts, evaluate=False)


__all__ = ["GIVEN_UP", "build", "guards", "put", "replaced"]
