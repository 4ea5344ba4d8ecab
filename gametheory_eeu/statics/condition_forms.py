"""Conditions as a reader takes them in: shorter equivalents, and quantities by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.games import Quantity

_INFINITE = (sp.zoo, sp.nan, sp.oo, -sp.oo)


def sign(expression: Expr, space: Space) -> prover.Sign:
    """The sign of an expression; unknown where the prover refuses to read it."""
    if expression.has(*_INFINITE):  # a slope on an edge where it has none
        return unknown_sign(expression, space, "it has no value there")
    try:
        return prover.sign(expression, given=space)
    except UnsupportedError as error:
        return unknown_sign(expression, space, str(error))


def unknown_sign(expression: Expr, space: Space, why: str) -> prover.Sign:
    """An unknown sign, with the reason."""
    is_finite = not expression.has(*_INFINITE)
    claim = sp.Ge(expression, 0, evaluate=False) if is_finite else sp.false
    proof = prover.Proof(claim, space, "unknown", "none", why=why)
    return prover.Sign(expression, space, "?", "unknown", proof, (proof,))


_MAX_OPERATIONS = 80
_MAX_CANDIDATES = 4
_IDENTIFIER = re.compile(r"[A-Za-z]\w*")
_RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le)


@lru_cache(maxsize=4096)
def positive_condition(expression: Expr, space: Space, strict: bool = True) -> Boolean:
    """The shortest proved equivalent of ``expression > 0`` (or ``>= 0``).

    Where nothing shorter was proved it comes back as it is.
    """
    relation = _orient(_relation(expression, sp.Integer(0), strict))
    if sp.count_ops(expression) > _MAX_OPERATIONS or expression.has(sp.Piecewise, sp.Max, sp.Min):
        return relation
    candidates = sorted(set(map(_orient, _candidates(expression, space, strict))), key=_complexity)
    for candidate in candidates[:_MAX_CANDIDATES]:
        if candidate == relation or _is_equivalent(relation, candidate, space):
            return candidate
    return relation


def _is_equivalent(a: Boolean, b: Boolean, space: Space) -> bool:
    try:
        return prover.equivalent(a, b, space).verdict == "proved"
    except UnsupportedError:
        return False


def _complexity(condition: Boolean) -> tuple[int, int, str]:
    """Sort key for readability: operations, signs, denominators and repetitions."""
    text = str(condition)
    powers = condition.atoms(sp.Pow)
    parts = condition.args if isinstance(condition, _RELATIONS) else (condition,)
    power_cost = sum(3 for p in powers if p.exp.is_negative and p.base.is_Add)
    power_cost += sum(2 for p in powers if p.exp.is_Integer and p.exp < -1)
    minus_signs = sum(str(part).startswith("-") for part in parts)
    if isinstance(condition, _RELATIONS) and condition.lhs.is_Symbol and condition.rhs.is_number:
        return 0, len(text), text
    repetitions = len(_IDENTIFIER.findall(text)) - len(condition.free_symbols)
    return sp.count_ops(condition) + minus_signs + power_cost + repetitions, len(text), text


def _orient(relation: Boolean) -> Boolean:
    """The relation with numbers on the right and no leading minus signs."""
    if not isinstance(relation, _RELATIONS):
        return relation
    relation = relation.func(absorb_minus_signs(relation.lhs), absorb_minus_signs(relation.rhs))
    if isinstance(relation, _RELATIONS) and relation.lhs.is_number:
        return relation.reversed
    return relation


def absorb_minus_signs(expression: Expr) -> Expr:
    """A product with differences reversed to spare a minus sign: ``d*(g - v)``."""
    sign, factors = sp.Integer(1), []
    for factor in sp.Mul.make_args(expression):
        base, power = factor.as_base_exp()
        if base.is_Add and power.is_Integer and str(base).startswith("-"):
            base, sign = -base, sign * sp.Integer(-1) ** power
        factors.append((base, power))
    numbers = (base**power for base, power in factors if base.is_number and power.is_number)
    number = sp.Mul(sign, *numbers)
    for i, (base, power) in enumerate(factors):
        has_mixed_signs = base.is_Add and not all(t.could_extract_minus_sign() for t in base.args)
        if number < 0 and has_mixed_signs and power.is_Integer and power % 2:
            factors[i], sign, number = (-base, power), -sign, -number
    return sp.Mul(sign, *(base**power for base, power in factors))


def _relation(left: Expr, right: Expr, strict: bool) -> Boolean:
    return (sp.Gt if strict else sp.Ge)(left, right)


def _candidates(expression: Expr, space: Space, strict: bool) -> Iterator[Boolean]:
    polynomial = sp.expand(expression)
    symbols = sorted(polynomial.free_symbols, key=str)
    for symbol in symbols:
        yield from _solutions(polynomial, symbol, space, strict)
    yield from _separate_symbols(polynomial, symbols, strict)
    terms = sp.Add.make_args(polynomial)
    yield _two_sided_relation(
        [term for term in terms if not term.could_extract_minus_sign()],
        [-term for term in terms if term.could_extract_minus_sign()],
        strict,
    )
    yield _relation(factorization(polynomial), sp.Integer(0), strict)


def _solutions(polynomial: Expr, symbol: Expr, space: Space, strict: bool) -> Iterator[Boolean]:
    """The inequality solved for a linear symbol, where its coefficient's sign is known."""
    coefficients = linear_coefficients(polynomial, symbol)
    if coefficients is None:
        return
    coefficient, constant = coefficients
    sign = _sign(coefficient, space)
    if sign in ("+", "-"):
        bound = _shortest_form(-constant / coefficient)
        greater, less = (sp.Gt, sp.Lt) if strict else (sp.Ge, sp.Le)
        yield (greater if sign == "+" else less)(symbol, bound)


def _sign(expression: Expr, space: Space) -> str:
    if expression.is_number:
        return "+" if expression > 0 else "-"
    return prover.sign(expression, given=space).sign


def _shortest_form(expression: Expr) -> Expr:
    forms = (expression, sp.expand(expression), factorization(expression))
    return min((absorb_minus_signs(form) for form in forms), key=_complexity)


def _separate_symbols(polynomial: Expr, symbols: Sequence[Expr], strict: bool) -> Iterator[Boolean]:
    """Relations ``x*A > y*B``, for two symbols that between them are in every term."""
    for x, y in combinations(symbols, 2):
        if not (polynomial.is_polynomial(x) and polynomial.is_polynomial(y)):
            continue
        x_terms = sp.Add(*(term for term in sp.Add.make_args(polynomial) if term.has(x)))
        y_terms = polynomial - x_terms
        if y_terms != 0 and all(term.has(y) for term in sp.Add.make_args(y_terms)):
            yield _two_sided_relation([x_terms], [-y_terms], strict)


def _two_sided_relation(left: Iterable[Expr], right: Iterable[Expr], strict: bool) -> Boolean:
    """A relation between two sums, each factored and with a positive sign if possible."""
    a, b = factorization(sp.Add(*left)), factorization(sp.Add(*right))
    if a.could_extract_minus_sign() and b.could_extract_minus_sign():
        return (sp.Lt if strict else sp.Le)(-a, -b)
    return _relation(a, b, strict)


_MAX_REWRITING = 200
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
            known = Space.of(space, *(form.condition for form in forms))
            forms.append(_recursive_forms(part, known, quantities))
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
    if all(sign(difference, Space.of(space, side)).sign == found for side, found in sides):
        return positive_condition(deciding, space, strict)
    return relation


def positive_forms(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = (), *, strict: bool = True
) -> ConditionForms:
    """The forms of ``expression > 0``, or ``>= 0``."""
    forms = _quantity_forms(expression, space, quantities, strict)
    return forms or ConditionForms.plain(positive_condition(expression, space, strict))


def zero_forms(
    expression: Expr, where: Boolean, quantities: tuple[Quantity, ...] = ()
) -> ConditionForms:
    """The forms of ``expression == 0``: by a quantity's name, or else as ``where`` says."""
    for q in quantities:
        polynomial = _polynomial(q)
        if polynomial is not None and polynomial.free_symbols == expression.free_symbols:
            ratio = sp.cancel(expression / polynomial)
            if ratio.is_number and ratio != 0:
                names = _name_symbol(q), _latex_symbol(q)
                return ConditionForms(where, *(sp.Eq(name, 0, evaluate=False) for name in names))
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
    extended = Space.of(space, symbols=(*space.symbols, name))
    template = positive_condition(rewriting, extended, strict)
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
    has_cases = expression.has(sp.Max, sp.Min, sp.Piecewise, sp.Abs)
    if has_cases or not expression.is_polynomial(*expression.free_symbols):
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
            return factorization(rewriting) if sp.count_ops(rewriting) < _MAX_REWRITING else None
    return None
