"""What the verification of certificates reads off expressions and statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.prover.certificate import FactorSign


@lru_cache(maxsize=8192)
def cancel(expr: Expr) -> Expr:
    """An expression in lowest terms; the same premises come again with every claim on a space."""
    return sp.cancel(expr)


@lru_cache(maxsize=8192)
def is_zero(expr: Expr) -> bool:
    """Whether an expression is zero wherever it has a value."""
    if sp.expand(expr) == 0:
        return True
    fraction = sp.together(expr)
    return bool(cancel(fraction) == 0 or sp.expand(sp.numer(fraction)) == 0)  # or 1/2 - 1/2


def case_values(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    """The values of a total expression by cases, each with its condition."""
    if isinstance(node, sp.Piecewise):
        negations: list[Boolean] = []
        for value, condition in node.args:
            yield sp.And(*negations, condition, evaluate=False), value
            negations.append(sp.Not(condition, evaluate=False))
        if node.args[-1].cond != sp.true:
            yield sp.Not(sp.Or(*(c for _, c in node.args)), evaluate=False), sp.nan
    elif isinstance(node, (sp.Max, sp.Min)):
        at_least = sp.Ge if isinstance(node, sp.Max) else sp.Le
        for value in node.args:
            yield sp.And(*(at_least(value, o, evaluate=False) for o in node.args if o != value),
                         evaluate=False), value  # fmt: skip
    else:
        (argument,) = node.args
        for relation, sign in ((sp.Gt, 1), (sp.Lt, -1), (sp.Eq, 0)):
            value = sp.Integer(sign)
            if isinstance(node, sp.Abs) and sign:
                value = argument if sign > 0 else sp.Mul(-1, argument, evaluate=False)
            yield relation(argument, 0, evaluate=False), value


def conjuncts(condition: Boolean) -> list[Boolean]:
    """Relations that all hold where the condition does."""
    if isinstance(condition, sp.And):
        return [r for part in condition.args for r in conjuncts(part)]
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], sp.Or):
        parts = (sp.Not(part, evaluate=False) for part in condition.args[0].args)
        return [r for part in parts for r in conjuncts(part)]
    if isinstance(condition, sp.Not) and condition.args[0].is_Relational:
        return [condition.args[0].negated]
    return [] if condition == sp.true else [condition]


def is_defined(relations: Iterable[Boolean], denominators: tuple[FactorSign, ...]) -> bool:
    """Whether every denominator is a product of factors of known strict sign."""
    definite_factors = [f.factor for f in denominators if f.sign in ("+", "-")]
    for relation in relations:
        if not is_rational(relation):
            return False
        for base in divisors(relation):
            numerator, _ = sp.fraction(cancel(sp.together(base)))
            if is_zero(base):  # a zero has no factors that could object
                return False
            for factor, _ in sp.factor_list(numerator)[1]:
                ratios = (cancel(factor / definite) for definite in definite_factors)
                if not any(r.is_Rational for r in ratios):
                    return False
    return True


def is_rational(relation: Boolean) -> bool:
    """Whether only a denominator can make it undefined."""
    for node in sp.preorder_traversal(relation):
        is_integer_power = isinstance(node, sp.Pow) and node.exp.is_Integer
        types = (sp.Symbol, sp.Rational, sp.Add, sp.Mul, sp.And, sp.Or, sp.Not)
        if not (is_integer_power or isinstance(node, (*types, sp.core.relational.Relational))):
            return False
    return True


def divisors(expr: Expr) -> Iterator[Expr]:
    """The bases of all negative powers."""
    for node in sp.preorder_traversal(expr):
        if isinstance(node, sp.Pow) and node.exp.is_negative:
            yield node.base


def differs_only_at(before: Expr, after: Expr, node: Expr, value: Expr) -> bool:
    """Whether two expressions differ only at the node, in whose place is the value."""
    if before == node:
        is_total = is_rational(value) and not any(True for _ in divisors(value))
        return bool(after == value or (is_total and after == value.doit()))
    if not before.has(node):
        return bool(after == before)
    same_head = before.func == after.func and len(before.args) == len(after.args)
    return same_head and all(
        differs_only_at(b, a, node, value) for b, a in zip(before.args, after.args, strict=True)
    )


def relations(statement: Boolean) -> list[Boolean]:
    """The relations that a statement is made of."""
    if isinstance(statement, sp.core.relational.Relational):
        return [statement]
    return [r for part in statement.args for r in relations(part)]
