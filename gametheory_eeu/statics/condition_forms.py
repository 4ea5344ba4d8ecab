"""Readable forms of conditions: short, and in terms of the game's own quantities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model import Quantity
from gametheory_eeu.statics.inequalities import positive_condition
from gametheory_eeu.statics.settled import sign

_RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le)
_MAX_OPERATIONS = 200
_MAX_LENGTH_RATIO = 0.6  # of the operations that a name has to leave


@dataclass(frozen=True)
class ConditionForms(Picklable):
    """A condition in the parameters, in quantities' names, and in quantities' symbols.

    Parameters
    ----------
    condition : SymPy Boolean
        In the parameters.
    by_name : SymPy Boolean
        With the names of quantities in place of their expressions.
    by_symbol : SymPy Boolean
        With the quantities' own symbols, in LaTeX.
    """

    condition: Boolean
    by_name: Boolean
    by_symbol: Boolean

    @classmethod
    def plain(cls, condition: Boolean) -> ConditionForms:
        """The forms of a condition that names no quantity."""
        return cls(condition, condition, condition)


ALWAYS = ConditionForms.plain(sp.true)


def conjunction(*forms: ConditionForms) -> ConditionForms:
    """The conjunction of several conditions."""
    return _combine(sp.And, forms)


def disjunction(*forms: ConditionForms) -> ConditionForms:
    """The disjunction of several conditions."""
    return _combine(sp.Or, forms)


def _combine(operator: type, forms: tuple[ConditionForms, ...]) -> ConditionForms:
    columns = zip(*((form.condition, form.by_name, form.by_symbol) for form in forms), strict=True)
    return ConditionForms(*(operator(*column) for column in columns))


@lru_cache(maxsize=4096)
def condition_forms(
    condition: Boolean, space: Space, quantities: tuple[Quantity, ...] = ()
) -> ConditionForms:
    """The forms of a condition, each inequality simplified and redundant ones dropped."""
    return _recursive_forms(simplify(condition, space), space, quantities)


def simplify(condition: Boolean, space: Space) -> Boolean:
    """The condition simplified on a space; as it is where the prover cannot read it."""
    try:
        return prover.simplify(condition, space)
    except UnsupportedError:
        return condition


def _recursive_forms(
    condition: Boolean, space: Space, quantities: tuple[Quantity, ...]
) -> ConditionForms:
    """The forms of a condition, part by part; a conjunct may use the earlier ones."""
    if isinstance(condition, sp.Or):
        return disjunction(*(_recursive_forms(part, space, quantities) for part in condition.args))
    if isinstance(condition, sp.And):
        conjuncts = sorted(condition.args, key=lambda c: (sp.count_ops(c), str(c)))
        forms: list[ConditionForms] = []
        for part in conjuncts:
            forms.append(
                _recursive_forms(
                    part, Space.of(space, *(form.condition for form in forms)), quantities
                )
            )
        return conjunction(*forms)
    if isinstance(condition, _RELATIONS):
        return _relation_forms(condition, space, quantities)
    return ConditionForms.plain(condition)


def _relation_forms(
    relation: Boolean, space: Space, quantities: tuple[Quantity, ...]
) -> ConditionForms:
    """The forms of a relation, without factors of known sign and solved for a symbol."""
    strict = isinstance(relation, (sp.Gt, sp.Lt))
    difference = relation.gts - relation.lts
    if difference.has(sp.log):
        return ConditionForms.plain(_logarithm_condition(relation, difference, space, strict))
    result = sign(difference, space)
    if result.deciding is None or result.verdict == "unknown":
        return ConditionForms.plain(relation)
    if result.sign == "?" or (strict and result.sign == ">=0"):
        return positive_forms(result.deciding, space, quantities, strict=strict)
    return ConditionForms.plain(relation)


def _logarithm_condition(
    relation: Boolean, difference: Expr, space: Space, strict: bool
) -> Boolean:
    """The condition that a logarithm's argument passes one, proved; else the relation itself."""
    orientation, other_factors = 1, []
    for factor in sp.Mul.make_args(difference):
        factor_sign = sign(factor, space).sign
        if factor_sign in ("+", "-"):
            orientation = -orientation if factor_sign == "-" else orientation
        else:
            other_factors.append(factor)
    if len(other_factors) != 1 or not isinstance(other_factors[0], sp.log):
        return relation
    deciding = sign(orientation * (other_factors[0].args[0] - 1), space).deciding
    if deciding is None:
        return relation
    sides = ((sp.Gt(deciding, 0), "+"), (sp.Lt(deciding, 0), "-"), (sp.Eq(deciding, 0), "0"))
    agrees = all(
        sign(difference, Space.of(space, side)).sign == expected for side, expected in sides
    )
    return positive_condition(deciding, space, strict) if agrees else relation


def positive_forms(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = (), *, strict: bool = True
) -> ConditionForms:
    """The forms of ``expression > 0``, or ``>= 0``."""
    forms = _quantity_forms(expression, space, quantities, strict)
    return (
        ConditionForms.plain(positive_condition(expression, space, strict))
        if forms is None
        else forms
    )


def zero_forms(
    expression: Expr, where: Boolean, quantities: tuple[Quantity, ...] = ()
) -> ConditionForms:
    """The forms of ``expression == 0``: by a quantity's name, or else as ``where`` says."""
    for q in quantities:
        polynomial = _polynomial(q)
        if polynomial is not None and polynomial.free_symbols == expression.free_symbols:
            ratio = sp.cancel(expression / polynomial)
            if ratio.is_number and ratio != 0:
                equations = (
                    sp.Eq(symbol, 0, evaluate=False)
                    for symbol in (_name_symbol(q), _latex_symbol(q))
                )
                return ConditionForms(where, *equations)
    return ConditionForms.plain(where)


# In terms of the game's own quantities.


def _quantity_forms(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...], strict: bool
) -> ConditionForms | None:
    """The forms of an inequality in terms of a quantity, where that is shorter."""
    if not quantities or not expression.is_polynomial(*expression.free_symbols):
        return None
    polynomial = sp.expand(expression)
    shortest, length = None, _MAX_LENGTH_RATIO * sp.count_ops(polynomial)
    used_names = {s.name for s in space.symbols}
    for quantity in quantities:
        rewriting = None if quantity.name in used_names else _rewrite_with(polynomial, quantity)
        if rewriting is not None and sp.count_ops(rewriting) < length:
            shortest, length = (quantity, rewriting), sp.count_ops(rewriting)
    if shortest is None:
        return None
    quantity, rewriting = shortest
    name = _name_symbol(quantity)
    template = positive_condition(
        rewriting, Space.of(space, symbols=(*space.symbols, name)), strict
    )
    condition = template.xreplace({name: quantity.expression})
    return ConditionForms(condition, template, template.xreplace({name: _latex_symbol(quantity)}))


def _latex_symbol(quantity: Quantity) -> Symbol:
    return sp.Symbol(quantity.symbol, real=True)


def _name_symbol(quantity: Quantity) -> Symbol:
    return sp.Symbol(quantity.name, real=True)


@lru_cache(maxsize=1024)
def _polynomial(quantity: Quantity) -> Expr | None:
    """A quantity as a polynomial of more than one term; None where it is not one."""
    expression = quantity.expression
    if expression.has(sp.Max, sp.Min, sp.Piecewise, sp.Abs) or not expression.is_polynomial(
        *expression.free_symbols
    ):
        return None
    polynomial = sp.expand(expression)
    return polynomial if isinstance(polynomial, sp.Add) else None


@lru_cache(maxsize=4096)
def _rewrite_with(polynomial: Expr, q: Quantity) -> Expr | None:
    """The polynomial as ``A*quantity + B``: with the quantity in place of a symbol it has alone."""
    q_polynomial = _polynomial(q)
    if q_polynomial is None or not q_polynomial.free_symbols <= polynomial.free_symbols:
        return None
    for symbol in sorted(q_polynomial.free_symbols, key=str):
        slope, intercept = linear_coefficients(q_polynomial, symbol) or (symbol, None)
        if slope.is_number:
            solution = (_name_symbol(q) - intercept) / slope
            rewriting = sp.expand(polynomial.xreplace({symbol: solution}))
            return sp.factor(rewriting) if sp.count_ops(rewriting) < _MAX_OPERATIONS else None
    return None


__all__ = [
    "ALWAYS",
    "ConditionForms",
    "condition_forms",
    "conjunction",
    "disjunction",
    "positive_forms",
    "simplify",
    "zero_forms",
]
