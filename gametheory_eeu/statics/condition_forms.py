"""Conditions as a reader wants them: short, and in terms of the game's own quantities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.model import Quantity
from gametheory_eeu.statics.inequalities import positive
from gametheory_eeu.statics.settled import sign

_RELATIONS = (sp.Gt, sp.Ge, sp.Lt, sp.Le)
_MOST_OPERATIONS = 200
_WORTH = 0.6  # of the operations that a name has to leave


@dataclass(frozen=True)
class Said(Stored):
    """One condition, said three ways.

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
    def plain(cls, condition: Boolean) -> Said:
        """Without a quantity to name."""
        return cls(condition, condition, condition)


ALWAYS = Said.plain(sp.true)


def both(*parts: Said) -> Said:
    """All of several conditions."""
    return _joined(sp.And, parts)


def either(*parts: Said) -> Said:
    """One of several conditions."""
    return _joined(sp.Or, parts)


def _joined(join: type, parts: tuple[Said, ...]) -> Said:
    ways = zip(*((p.condition, p.by_name, p.by_symbol) for p in parts), strict=True)
    return Said(*(join(*way) for way in ways))


@lru_cache(maxsize=4096)
def said(condition: Boolean, space: Space, quantities: tuple[Quantity, ...] = ()) -> Said:
    """A condition with each inequality in it as people write it, and none that says nothing."""
    kept = _simplified(condition, space)
    return _part(kept, space, quantities)


def _simplified(condition: Boolean, space: Space) -> Boolean:
    try:
        return prover.simplify(condition, space)
    except UnsupportedError:
        return condition


def _part(condition: Boolean, space: Space, quantities: tuple[Quantity, ...]) -> Said:
    """Part by part; what a part of a conjunction says may be used in the others."""
    if isinstance(condition, sp.Or):
        return either(*(_part(part, space, quantities) for part in condition.args))
    if isinstance(condition, sp.And):
        order = sorted(condition.args, key=lambda c: (sp.count_ops(c), str(c)))
        found: list[Said] = []
        for part in order:
            found.append(_part(part, Space.of(space, *(f.condition for f in found)), quantities))
        return both(*found)
    if isinstance(condition, _RELATIONS):
        return _relation(condition, space, quantities)
    return Said.plain(condition)


def _relation(relation: Boolean, space: Space, quantities: tuple[Quantity, ...]) -> Said:
    """A relation without the factors of known sign, and solved."""
    strict = isinstance(relation, (sp.Gt, sp.Lt))
    difference = relation.gts - relation.lts
    if difference.has(sp.log):
        return Said.plain(_of_logarithm(relation, difference, space, strict))
    found = sign(difference, space)
    if found.deciding is None or found.verdict == "unknown":
        return Said.plain(relation)
    if found.sign == "?" or (strict and found.sign == ">=0"):
        return said_positive(found.deciding, space, quantities, strict=strict)
    return Said.plain(relation)


def _of_logarithm(relation: Boolean, difference: Expr, space: Space, strict: bool) -> Boolean:
    """Of a logarithm times factors of known sign: where its argument passes one; proved."""
    turn, left = 1, []
    for factor in sp.Mul.make_args(difference):
        found = sign(factor, space).sign
        if found in ("+", "-"):
            turn = -turn if found == "-" else turn
        else:
            left.append(factor)
    if len(left) != 1 or not isinstance(left[0], sp.log):
        return relation
    passes = sign(turn * (left[0].args[0] - 1), space).deciding
    if passes is None:
        return relation
    sides = ((sp.Gt(passes, 0), "+"), (sp.Lt(passes, 0), "-"), (sp.Eq(passes, 0), "0"))
    agree = all(sign(difference, Space.of(space, side)).sign == shown for side, shown in sides)
    return positive(passes, space, strict) if agree else relation


def said_positive(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...] = (), *, strict: bool = True
) -> Said:
    """That an expression is positive, or not negative."""
    named = _by_quantity(expression, space, quantities, strict)
    return Said.plain(positive(expression, space, strict)) if named is None else named


def said_zero(expression: Expr, where: Boolean, quantities: tuple[Quantity, ...] = ()) -> Said:
    """That an expression is zero, by a quantity's name where it is one; else as ``where`` says."""
    for q in quantities:
        known = _expanded(q)
        if known is not None and known.free_symbols == expression.free_symbols:
            ratio = sp.cancel(expression / known)
            if ratio.is_number and ratio != 0:
                zero = (sp.Eq(x, 0, evaluate=False) for x in (_name(q), _symbol(q)))
                return Said(where, *zero)
    return Said.plain(where)


# In terms of the game's own quantities.


def _by_quantity(
    expression: Expr, space: Space, quantities: tuple[Quantity, ...], strict: bool
) -> Said | None:
    """The inequality in terms of a quantity, where that is shorter."""
    if not quantities or not expression.is_polynomial(*expression.free_symbols):
        return None
    polynomial = sp.expand(expression)
    best, length = None, _WORTH * sp.count_ops(polynomial)
    taken = {s.name for s in space.symbols}
    for q in quantities:
        rest = None if q.name in taken else _in_terms_of(polynomial, q)
        if rest is not None and sp.count_ops(rest) < length:
            best, length = (q, rest), sp.count_ops(rest)
    if best is None:
        return None
    q, rest = best
    name = _name(q)
    template = positive(rest, Space.of(space, symbols=(*space.symbols, name)), strict)
    own = template.xreplace({name: q.expression})
    return Said(own, template, template.xreplace({name: _symbol(q)}))


def _symbol(q: Quantity) -> Symbol:
    return sp.Symbol(q.symbol, real=True)


def _name(q: Quantity) -> Symbol:
    return sp.Symbol(q.name, real=True)


@lru_cache(maxsize=1024)
def _expanded(q: Quantity) -> Expr | None:
    """A quantity that is a polynomial of more than one term."""
    e = q.expression
    if e.has(sp.Max, sp.Min, sp.Piecewise, sp.Abs) or not e.is_polynomial(*e.free_symbols):
        return None
    found = sp.expand(e)
    return found if isinstance(found, sp.Add) else None


@lru_cache(maxsize=4096)
def _in_terms_of(polynomial: Expr, q: Quantity) -> Expr | None:
    """The polynomial as ``A*quantity + B``: with the quantity in place of a symbol it has alone."""
    quantity = _expanded(q)
    if quantity is None or not quantity.free_symbols <= polynomial.free_symbols:
        return None
    for x in sorted(quantity.free_symbols, key=str):
        if sp.degree(quantity, x) == 1 and quantity.coeff(x, 1).is_number:
            alone = (_name(q) - quantity.coeff(x, 0)) / quantity.coeff(x, 1)
            found = sp.expand(polynomial.xreplace({x: alone}))
            return sp.factor(found) if sp.count_ops(found) < _MOST_OPERATIONS else None
    return None


__all__ = ["ALWAYS", "Said", "both", "either", "said", "said_positive", "said_zero"]
