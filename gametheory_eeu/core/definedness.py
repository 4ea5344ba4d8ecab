"""Where expressions and conditions are defined, kept through construction and substitution.

``x/x`` is not 1 and ``sqrt(x)**2`` is not x, for neither has a value everywhere; ``sqrt(-4)**2``
has none at all. What SymPy would fold at that price is left as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import evaluate
from gametheory_eeu.core.conversions import rational
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.errors import UnsupportedError

_PARTIAL_NODES = (sp.Pow, sp.Function, sp.Piecewise)


@lru_cache(maxsize=4096)
def is_real(constant: Expr) -> bool:
    """Whether a constant is a real number; true where that is undecided."""
    try:
        return evaluate.value(constant, {}) is not None
    except UndecidedError:
        return True


@arg.validate(expr=arg.instance_of(sp.Basic, "a SymPy expression"))
def nonreal_constant(expr: Expr | Boolean) -> Expr | None:
    """The first constant in an expression or a condition that is not a real number, if any.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> nonreal_constant(x + sp.log(-1, evaluate=False))
    log(-1)
    """
    for node in sp.postorder_traversal(expr):
        is_partial = node in (sp.I, sp.nan, sp.zoo) or isinstance(node, _PARTIAL_NODES)
        if is_partial and not node.free_symbols and not is_real(node):
            return node
    return None


EVALUATION_ERRORS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            NotImplementedError)  # fmt: skip
"""What SymPy raises where it cannot evaluate, as in ``I > 0``."""
_PARTIAL_FUNCTIONS = (sp.Pow, sp.log, sp.erfinv, sp.Piecewise)
_COMPOUNDS = (sp.Add, sp.Mul, sp.Pow, sp.Function, sp.Max, sp.Min, sp.core.relational.Relational,
          sp.logic.boolalg.BooleanFunction)  # fmt: skip
_UNDEFINED_QUOTIENT = sp.Pow(0, -1, evaluate=False)


def build(function: Callable[..., Expr], *parts: Expr) -> Expr | None:
    """Apply a function to its arguments, unevaluated where SymPy would enlarge the domain.

    None where it cannot even be left as written, as ``And`` and ``Or`` cannot.
    """
    unevaluated = function(*parts, evaluate=False)
    try:
        result = function(*parts)
    except EVALUATION_ERRORS:
        return unevaluated
    required_guards = guards(unevaluated).union(*map(guards, parts))
    return next(
        (candidate for candidate in (result, unevaluated) if required_guards <= guards(candidate)),
        None,
    )


def substitute(expr: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """Substitute values for symbols; what is undefined at the values stays undefined.

    Raises
    ------
    UnsupportedError
        SymPy would forget where a condition in it is undefined.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> root = build(sp.Pow, sp.sqrt(x), sp.Integer(2))
    >>> substitute(root + y, {x: sp.Integer(-4)}), substitute(root + y, {x: sp.Integer(4)})
    (y + (sqrt(-4))**2, y + 4)
    """
    if not (expr.free_symbols | expr.atoms(sp.Float)) & values.keys():
        return expr
    if not expr.args:
        return values[expr]
    if isinstance(expr, sp.Piecewise):
        return _substitute_piecewise(expr, values)
    if not isinstance(expr, _COMPOUNDS) or not (guards(expr) or expr.has(sp.Piecewise)):
        return expr.xreplace(values)
    parts = [substitute(part, values) for part in expr.args]
    if isinstance(expr, sp.Pow) and _is_undefined_power(expr.exp, *parts):
        return _UNDEFINED_QUOTIENT
    result = build(expr.func, *parts)
    if result is None:
        raise UnsupportedError(f"SymPy would forget where {expr} is undefined at {dict(values)}")
    return result


@arg.validate(expr=arg.instance_of(sp.Basic, "a SymPy expression"))
def rationalize_floats(expr: Expr) -> Expr:
    """Replace every float in an expression or a condition by its shortest decimal.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> rationalize_floats(0.1 * x < 1.0000000000000002)
    x/10 < 5000000000000001/5000000000000000
    """
    floats = expr.atoms(sp.Float)
    return substitute(expr, {number: rational(number) for number in floats}) if floats else expr


def _is_undefined_power(original_exponent: Expr, base: Expr, exponent: Expr) -> bool:
    """Whether a power with a symbolic exponent is undefined at numbers."""
    if original_exponent.is_Rational or original_exponent.is_integer or not base.is_number:
        return False
    return bool(base.is_negative or (base.is_zero and exponent.is_nonpositive))


def _substitute_piecewise(expr: Expr, values: Mapping[Symbol, Expr]) -> Expr:
    """Substitute values into a Piecewise, without evaluating cases that do not hold."""
    pairs: list[tuple[Expr, Boolean]] = []
    for value, condition in expr.args:
        new_condition = substitute(condition, values)
        try:
            holds = new_condition.free_symbols or truth_value(new_condition, {})
        except UndecidedError:
            holds = {new_condition}
        if holds is False:
            continue
        if holds is None:
            return _UNDEFINED_QUOTIENT
        pairs.append((substitute(value, values), sp.true if holds is True else new_condition))
        if holds is True:
            break
    if not pairs:
        return _UNDEFINED_QUOTIENT
    return pairs[0][0] if pairs[0][1] == sp.true else sp.Piecewise(*pairs, evaluate=False)


@lru_cache(maxsize=4096)
def guards(expr: Expr) -> frozenset[tuple[str, object]]:
    """Subexpressions whose signs decide whether the expression, as it stands, is defined.

    A constant that is no real number is its own guard: it must stay as it was written.
    """
    result = frozenset().union(*map(guards, expr.args))
    if isinstance(expr, _PARTIAL_FUNCTIONS) and not expr.free_symbols:
        return result if is_real(expr) else result | {("real", expr)}
    if isinstance(expr, sp.Piecewise) and expr.args[-1].cond != sp.true:
        result |= {("cases", expr)}
    if isinstance(expr, sp.Pow) and not expr.exp.is_Rational:
        is_total = expr.base.is_positive or (expr.base.is_nonzero and expr.exp.is_integer)
        result |= frozenset() if is_total else {("power", (expr.base, _primitive_part(expr.exp)))}
    elif isinstance(expr, sp.Pow) and expr.base.free_symbols:
        if not expr.exp.is_integer and not expr.base.is_nonnegative:
            result |= {(">=", _primitive_part(expr.base))}
        if expr.exp.is_negative:
            result |= {("!=", factor) for factor in _nonzero_factors(expr.base)}
    if isinstance(expr, sp.log) and expr.free_symbols and not expr.args[0].is_positive:
        result |= {(">", _primitive_part(expr.args[0]))}
    return result


def _primitive_part(expr: Expr) -> Expr:
    scale, primitive = expr.as_coeff_Mul()
    return primitive if scale.is_positive else expr


def _nonzero_factors(expr: Expr) -> frozenset[Expr]:
    """Factors that are all nonzero exactly where the expression is."""
    if expr.is_nonzero or not expr.free_symbols:
        return frozenset()
    if isinstance(expr, (sp.Mul, sp.Abs)):
        return frozenset().union(*map(_nonzero_factors, expr.args))
    if isinstance(expr, sp.Pow):
        return _nonzero_factors(expr.base)
    return frozenset({-expr if expr.could_extract_minus_sign() else expr})


def replace_unevaluated(expr: Expr, values: Mapping[Expr, Expr]) -> Expr:
    """Replace subexpressions without evaluation, so that no denominator is lost.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> replace_unevaluated(1 / sp.Max(x, y) + 1, {sp.Max(x, y): sp.Integer(0)})
    1 + 1/0
    """
    if expr in values:
        return values[expr]
    parts = [replace_unevaluated(part, values) for part in expr.args]
    if parts == list(expr.args):
        return expr
    is_pair = isinstance(expr, sp.functions.elementary.piecewise.ExprCondPair)
    return expr.func(*parts) if is_pair else expr.func(*parts, evaluate=False)


_UNDEFINED_ATOMS = (sp.nan, sp.zoo, sp.I)


@arg.validate(condition=arg.condition, values=arg.point)
def condition_at(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean:
    """The condition at values for some of its symbols; false where it is undefined.

    A part that is false makes a conjunction false, whatever the others are there; Kleene's logic.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> condition_at(sp.And(x > 0, 1 / x > y), {x: sp.Integer(0)})
    False
    >>> condition_at(sp.Or(1 / x > 0, y > 1), {x: sp.Integer(0)})
    y > 1
    """
    result = _kleene_value(condition, values)
    return sp.false if result is None else result


def _kleene_value(condition: Boolean, values: Mapping[Symbol, Expr]) -> Boolean | None:
    if not condition.free_symbols & values.keys():
        return condition
    if isinstance(condition, sp.core.relational.Relational):
        return _relation_value(condition, values)
    if isinstance(condition, sp.And):
        parts = [_kleene_value(part, values) for part in condition.args]
        return sp.false if sp.false in parts else None if None in parts else sp.And(*parts)
    if isinstance(condition, sp.Or):
        defined = [
            part
            for operand in condition.args
            if (part := _kleene_value(operand, values)) is not None
        ]
        return sp.Or(*defined) if defined else None
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], (sp.And, sp.Or)):
        dual = sp.Or if isinstance(condition.args[0], sp.And) else sp.And
        return _kleene_value(dual(*map(sp.Not, condition.args[0].args)), values)
    if isinstance(condition, sp.Not):
        argument = _kleene_value(condition.args[0], values)
        return None if argument is None else sp.Not(argument)
    if isinstance(condition, sp.Implies):
        return _kleene_value(sp.Or(sp.Not(condition.args[0]), condition.args[1]), values)
    return condition.xreplace(values)


def _relation_value(relation: Boolean, values: Mapping[Symbol, Expr]) -> Boolean | None:
    sides = [substitute(side, values) for side in relation.args]
    if all(side.is_Rational for side in sides):  # the usual case, for which SymPy takes long
        left, right = sides
        difference = left.p * right.q - right.p * left.q
        sign = (difference > 0) - (difference < 0)
        return sp.true if sign in SIGNS[relation.rel_op] else sp.false
    infinities = () if relation.has(sp.oo, -sp.oo) else (sp.oo, -sp.oo)
    if any(
        side.has(*_UNDEFINED_ATOMS, *infinities) or nonreal_constant(side) is not None
        for side in sides
    ):
        return None
    result = relation.func(*sides)
    if result in (sp.true, sp.false) and any(map(_may_be_undefined, sides)):
        return relation.func(*sides, evaluate=False)  # SymPy takes 1/x != 0 for true at x = 0
    return result


def _may_be_undefined(expr: Expr) -> bool:
    """Whether it has symbols and is more than a polynomial."""
    powers = expr.atoms(sp.Pow)
    return bool(expr.free_symbols) and (
        expr.has(sp.Function, sp.Piecewise)
        or any(not (p.exp.is_Integer and p.exp.is_positive) for p in powers)
    )
