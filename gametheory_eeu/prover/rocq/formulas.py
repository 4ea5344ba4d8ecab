"""Statements in the language of Rocq's real numbers, each with the conditions for its meaning.

In Rocq every term has a value, 1/0 too. So a statement here says also that what it divides by is
not zero, and a hypothesis may be used only where it has a meaning, as in the prover.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.errors import UnsupportedError


@dataclass(frozen=True)
class Number:
    """A whole number."""

    value: int


@dataclass(frozen=True)
class Variable:
    """A real variable."""

    symbol: Symbol


@dataclass(frozen=True)
class Operation:
    """``+``, ``*`` and ``max`` of some terms; ``-`` of one; ``/`` of two; ``^`` by a number.

    Also ``abs``, ``sign`` and ``min``, a root (``root`` with its degree), ``ln``, ``exp``; and
    ``if``, whose first part is a formula.
    """

    name: str
    parts: tuple[Term, ...]
    number: int = 0
    condition: Formula | None = None


Term: TypeAlias = Number | Variable | Operation


@dataclass(frozen=True)
class Comparison:
    """A relation between terms: ``<``, ``<=``, ``>``, ``>=``, ``=`` or ``<>``."""

    operator: str
    left: Term
    right: Term


@dataclass(frozen=True)
class Compound:
    """A formula of formulas: ``and``, ``or``, ``implies``, ``not``, ``if``.

    ``and`` of none is true, ``or`` of none false.
    """

    name: str
    parts: tuple[Formula, ...] = field(default=())


Formula: TypeAlias = Comparison | Compound
TRUE, FALSE = Compound("and"), Compound("or")
_OPERATORS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "=", "!=": "<>"}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}
ZERO = Number(0)


@lru_cache(maxsize=8192)
def term(expr: Expr) -> Term:
    """The term of an expression; an UnsupportedError where a function has no counterpart here."""
    if isinstance(expr, sp.Rational):
        if expr < 0:
            return Operation("-", (term(-expr),))
        numerator = Number(int(expr.p))
        return numerator if expr.q == 1 else Operation("/", (numerator, Number(int(expr.q))))
    if isinstance(expr, sp.Symbol):
        return Variable(expr)
    if isinstance(expr, sp.Add):
        return Operation("+", tuple(map(term, expr.as_ordered_terms())))
    if isinstance(expr, (sp.Mul, sp.Pow)):
        return _product(expr)
    if isinstance(expr, (sp.Max, sp.Min)):
        name = "max" if isinstance(expr, sp.Max) else "min"
        return Operation(name, tuple(map(term, sorted(expr.args, key=sp.default_sort_key))))
    if isinstance(expr, (sp.Abs, sp.sign, sp.log, sp.exp)) and len(expr.args) == 1:
        name = {sp.Abs: "abs", sp.sign: "sign", sp.log: "ln", sp.exp: "exp"}[expr.func]
        return Operation(name, (term(expr.args[0]),))
    if isinstance(expr, sp.Piecewise) and expr.args[-1].cond == sp.true:
        return _piecewise(expr)
    raise UnsupportedError(f"Rocq's real numbers have no counterpart here of {expr}")


def _product(expr: Expr) -> Term:
    """A product as a quotient of products, with the sign in front."""
    above: list[Term] = []
    below: list[Term] = []
    sign = 1
    for factor in sp.Mul.make_args(expr):
        if isinstance(factor, sp.Rational):
            sign *= -1 if factor < 0 else 1
            above += [Number(abs(int(factor.p)))] if abs(factor.p) != 1 else []
            below += [Number(int(factor.q))] if factor.q != 1 else []
        elif isinstance(factor, sp.Pow):
            (below if factor.exp.is_negative else above).append(_power(factor))
        else:
            above.append(term(factor))
    result = _joined("*", above) if above else Number(1)
    if below:
        result = Operation("/", (result, _joined("*", below)))
    return result if sign > 0 else Operation("-", (result,))


def _power(power: Expr) -> Term:
    """A power, without the sign of its exponent."""
    base, exponent = term(power.base), abs(power.exp)
    if not isinstance(exponent, sp.Rational):
        raise UnsupportedError(f"Rocq's real numbers have no counterpart here of {power}")
    if exponent.q > 1:
        base = Operation("root", (base,), int(exponent.q))
    return base if exponent.p == 1 else Operation("^", (base,), int(exponent.p))


def _joined(name: str, parts: list[Term]) -> Term:
    return parts[0] if len(parts) == 1 else Operation(name, tuple(parts))


def _piecewise(expr: Expr) -> Term:
    *first, (value, _) = expr.args
    result = term(value)
    for branch, condition in reversed(first):
        result = Operation("if", (term(branch), result), condition=plain(condition))
    return result


def plain(statement: Boolean) -> Formula:
    """A statement as it stands, without the conditions for its meaning."""
    if isinstance(statement, sp.core.relational.Relational):
        left, right = map(term, statement.args)
        return Comparison(_OPERATORS[statement.rel_op], left, right)
    if statement in (sp.true, sp.false):
        return TRUE if statement == sp.true else FALSE
    names = {sp.And: "and", sp.Or: "or", sp.Not: "not", sp.Implies: "implies"}
    if statement.func not in names:
        raise UnsupportedError(f"Rocq's real numbers have no counterpart here of {statement}")
    return Compound(names[statement.func], tuple(map(plain, statement.args)))


def is_true(statement: Boolean) -> Formula:
    """The formula that a statement has a meaning and is true."""
    return _has_value(statement, True)


def _has_value(statement: Boolean, truth: bool) -> Formula:
    """The formula that a statement has a meaning and this truth value."""
    if isinstance(statement, sp.core.relational.Relational):
        relation = plain(statement if truth else statement.negated)
        return conjunction([*meaning(relation), relation])
    if isinstance(statement, (sp.And, sp.Or)):
        parts = tuple(_has_value(part, truth) for part in statement.args)
        return (
            conjunction(parts) if isinstance(statement, sp.And) is truth else Compound("or", parts)
        )
    if isinstance(statement, sp.Not):
        return _has_value(statement.args[0], not truth)
    if isinstance(statement, sp.Implies):
        premise, conclusion = is_true(statement.args[0]), _has_value(statement.args[1], truth)
        if not truth:
            return conjunction([premise, conclusion])
        implication = Compound("implies", (premise, conclusion))
        return conjunction([*meaning(plain(statement.args[0])), implication])
    if isinstance(statement, sp.Equivalent) and truth:
        return conjunction(map(is_true, _implications(statement)))
    return plain(statement if truth else ~statement)


def _implications(statement: Boolean) -> list[Boolean]:
    """The implications that an equivalence is made of, in a circle."""
    members = statement.args
    pairs = zip(members, (*members[1:], members[0]), strict=True)
    return [sp.Implies(a, b, evaluate=False) for a, b in pairs]


def conjunction(parts: Iterable[Formula]) -> Formula:
    """All of the parts; the part itself where there is one."""
    items = tuple(parts)
    return items[0] if len(items) == 1 else Compound("and", items)


def meaning(item: Term | Formula) -> list[Formula]:
    """The conditions for a meaning: divisors that are not zero, roots of what is not negative."""
    return list(dict.fromkeys(_meaning(item)))


def _meaning(item: Term | Formula) -> Iterator[Formula]:
    if isinstance(item, Comparison):
        yield from _meaning(item.left)
        yield from _meaning(item.right)
    elif isinstance(item, Operation) and item.name == "if" and item.condition is not None:
        yield from _meaning(item.condition)
        branches = [conjunction(meaning(part)) for part in item.parts]
        if branches != [TRUE, TRUE]:
            yield Compound("if", (item.condition, *branches))
    elif isinstance(item, (Operation, Compound)):
        for part in item.parts:
            yield from _meaning(part)
        if isinstance(item, Operation):
            yield from _own_meaning(item)


def _own_meaning(item: Operation) -> Iterator[Formula]:
    if item.name == "/":
        for base in _bases(item.parts[1]):
            if not isinstance(base, Number) or base.value == 0:
                yield Comparison("<>", base, ZERO)
    elif item.name == "root":
        yield Comparison(">=", item.parts[0], ZERO)
    elif item.name == "ln":
        yield Comparison(">", item.parts[0], ZERO)


def _bases(divisor: Term) -> Iterator[Term]:
    """What is not zero where a product of powers is not."""
    if isinstance(divisor, Operation) and divisor.name in ("*", "^"):
        for part in divisor.parts:
            yield from _bases(part)
    else:
        yield divisor


def replaced(item: Formula, node: Term, value: Term) -> Formula:
    """The formula with a value in the place of a term."""
    result: Formula = _mapped(item, lambda part: value if part == node else None)
    return result


def chosen(item: Formula, condition: Formula, *, holds: bool) -> Formula:
    """The formula where the condition of some ``if`` is settled."""

    def branch(part: Any) -> Any:
        if isinstance(part, Compound) and part.name == "if" and part.parts[0] == condition:
            return _mapped(part.parts[1 if holds else 2], branch)
        if isinstance(part, Operation) and part.name == "if" and part.condition == condition:
            return _mapped(part.parts[0 if holds else 1], branch)
        return None

    result: Formula = _mapped(item, branch)
    return result


def _mapped(item: Any, change: Callable[[Any], Any]) -> Any:
    """A term or formula with each part, the outer ones first, as it is changed, if it is."""
    changed = change(item)
    if changed is not None:
        return changed
    if isinstance(item, Comparison):
        return Comparison(item.operator, _mapped(item.left, change), _mapped(item.right, change))
    if not isinstance(item, (Operation, Compound)):
        return item
    parts = tuple(_mapped(part, change) for part in item.parts)
    if isinstance(item, Compound):
        return Compound(item.name, parts)
    condition = None if item.condition is None else _mapped(item.condition, change)
    return Operation(item.name, parts, item.number, condition)


def atoms(item: Formula) -> list[Comparison] | None:
    """The comparisons of a conjunction; None for any other formula."""
    if isinstance(item, Comparison):
        return [item]
    if item.name != "and":
        return None
    result: list[Comparison] = []
    for part in item.parts:
        inner = atoms(part)
        if inner is None:
            return None
        result += inner
    return result
