"""Coefficient certificates checked again, with SymPy's expansion and nothing of their search.

Every step is read against the statement and the space that were asked about: constraints must be
theirs, sums and products must expand to what is claimed, each substitution must give every point of
the space back, and the coefficients must have the sign that is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product as combinations

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.prover.certificate import (
    Contradiction,
    FactorSign,
    Inference,
    Known,
    Reasoning,
    RelationSign,
    Substitution,
)

_SIGNS = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {0, -1}, "?": {-1, 0, 1}}
_TRUE_AT = {">": {1}, ">=": {0, 1}, "<": {-1}, "<=": {0, -1}, "==": {0}, "!=": {1, -1}}
_ASSUMED = (
    ("is_positive", sp.Gt, 0), ("is_negative", sp.Lt, 0), ("is_zero", sp.Eq, 0),
    ("is_nonnegative", sp.Ge, 0), ("is_nonpositive", sp.Le, 0), ("is_nonzero", sp.Ne, 0),
)  # fmt: skip
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
               sp.PolynomialError)  # fmt: skip
_TEST = {sp.Gt: ">", sp.Lt: ">", sp.Ge: ">=", sp.Le: ">=", sp.Eq: "==", sp.Ne: "!="}


def follows(statement: Boolean, space: Space, reasoning: Reasoning) -> bool:
    """Whether the reasoning shows that the statement is defined and true on the space."""
    if reasoning.statement != statement or reasoning.assumed:
        return False
    premises = [*space.constraints, *(a for s in space.symbols for a in _assumptions(s))]
    symbols = statement.free_symbols.union(space.symbols)
    try:
        return _Check(premises, symbols).holds(reasoning)
    except _UNREADABLE:  # a step that cannot even be expanded shows nothing
        return False


class _Check:
    def __init__(self, premises: Iterable[Boolean], symbols: set[Symbol]) -> None:
        self.premises, self.symbols = set(premises), symbols
        self._sound: dict[Known, bool] = {}

    def under(self, assumed: Iterable[Boolean]) -> _Check:
        return _Check({*self.premises, *assumed}, self.symbols)

    def holds(self, node: Reasoning) -> bool:
        here = self.under(node.assumed)
        if isinstance(node, Contradiction):
            return here.sound(node.known) and _fails(node.known)
        if not all(map(here.factor, node.denominators)):
            return False
        if isinstance(node, RelationSign):
            return here.relation(node)
        if isinstance(node.on, sp.Expr):
            return self.told_apart(node)
        return self.joined(node)

    def joined(self, node: Inference) -> bool:
        statement, kind = node.statement, type(node.statement)
        same = all(part.assumed == node.assumed for part in node.parts)
        said = [part.statement for part in node.parts]
        if node.on is not None:  # a constraint that says "or": one of its parts is true
            cases = [(*node.assumed, part) for part in node.on.args]
            right = node.on in self.premises and isinstance(node.on, sp.Or)
            right &= [part.assumed for part in node.parts] == cases
            right &= all(s == statement for s in said)
        elif isinstance(statement, sp.And):
            right = same and set(said) == set(statement.args)
        elif isinstance(statement, sp.Or):
            right = same and len(said) == 1 and said[0] in statement.args
        elif isinstance(statement, sp.Not):
            right = same and said == [statement.args[0].negated]
        elif isinstance(statement, sp.Implies):
            right = self.implied(node)
        else:
            right = statement == sp.true and kind is type(sp.true)
        return right and all(map(self.holds, node.parts))

    def implied(self, node: Inference) -> bool:
        premise, then = node.statement.args
        if len(node.parts) != 1 or node.parts[0].statement != then:
            return False
        return self.case(node, premise, node.parts[0])

    def case(self, node: Inference, condition: Boolean, part: Reasoning) -> bool:
        """Whether a part assumes no more than a condition, which is defined everywhere."""
        more = part.assumed[len(node.assumed) :]
        if part.assumed[: len(node.assumed)] != node.assumed:
            return False
        relations = _relations(condition)
        return set(more) <= set(relations) and _defined(relations, node.denominators)

    def told_apart(self, node: Inference) -> bool:
        """Each value of an expression by cases, with the condition under which it has it."""
        found = list(_values(node.on))
        if len(found) != len(node.parts):
            return False
        for (condition, value), part in zip(found, node.parts, strict=True):
            same = _is_replaced(node.statement, part.statement, node.on, value)
            if not same or not self.case(node, condition, part):
                return False
        return all(map(self.holds, node.parts))

    def relation(self, node: RelationSign) -> bool:
        relation = node.statement
        product = node.constant * sp.Mul(*(f.factor**f.power for f in node.factors))
        if not _zero(relation.lhs - relation.rhs - product):
            return False
        if not _defined([relation], node.denominators) or not all(map(self.factor, node.factors)):
            return False
        possible = {int(sp.sign(node.constant))}
        for factor in node.factors:
            possible = {a * b ** abs(factor.power) for a in possible for b in _SIGNS[factor.sign]}
        return possible <= _TRUE_AT[relation.rel_op]

    def factor(self, found: FactorSign) -> bool:
        """Whether the factor has the sign that is claimed."""
        if found.sign == "?":
            return True  # nothing is claimed: beside a factor that is zero its sign does not matter
        if found.known is not None:
            ratio = sp.cancel(found.factor / found.known.expression)
            if not ratio.is_Rational or not self.sound(found.known):
                return False
            known = {">": {1}, ">=": {0, 1}, "==": {0}}[found.known.kind]
            return {int(sp.sign(ratio)) * s for s in known} <= _SIGNS[found.sign]
        return self.image(found)

    def image(self, found: FactorSign) -> bool:
        """Whether the factor becomes the polynomial, whose coefficients have the sign."""
        rest = found.factor
        new = [s for step in found.substitutions for s in (*step.positive, *step.nonnegative)]
        if len(set(new)) < len(new) or not self.symbols.isdisjoint(new):
            return False
        for step in found.substitutions:
            if not self.onto(step):
                return False
            degree = 0 if rest == 0 else sp.Poly(rest, step.symbol).degree()
            rest = sp.expand(sp.cancel(
                rest.xreplace({step.symbol: step.above / step.below}) * step.below**degree
            ))  # fmt: skip
        if not _zero(rest - found.polynomial):
            return False
        return _by_coefficients(rest, found.substitutions) <= _SIGNS[found.sign]

    def onto(self, step: Substitution) -> bool:
        """Whether every point of the space has parameters of the claimed signs, and below > 0."""
        if not all(map(self.sound, (*step.bounds, *step.using))):
            return False
        parameters = (*step.positive, *step.nonnegative)
        slopes = sp.Poly(step.below, *parameters).coeffs() if parameters else [step.below]
        if not all(self.positive(slope, step.using) for slope in slopes):
            return False
        if any(step.below.xreplace({s: sp.Integer(0)}) == 0 for s in step.nonnegative):
            return False
        back = _parameters_of(step)
        value = step.above / step.below
        return back is not None and all(_zero(value.xreplace(b) - at) for b, at in back)

    def positive(
        self, expr: Expr, using: Iterable[Known], squares: bool = False, below: Expr = 1
    ) -> bool:
        """Whether it is a product of numbers and what is known positive, of even signs.

        Even powers count where all do, or of what divides ``below``, which is not zero.
        """
        top, bottom = sp.fraction(sp.cancel(expr))
        constant, parts = sp.factor_list(top * bottom)
        for factor, power in parts:
            if power % 2 == 0 and (squares or sp.cancel(below / factor).is_polynomial()):
                continue
            ratios = (sp.cancel(factor / k.expression) for k in using if k.kind == ">")
            ratio = next((r for r in ratios if r.is_Rational and r != 0), None)
            if ratio is None:
                return False
            constant *= ratio**power
        return bool(constant > 0)

    def sound(self, known: Known) -> bool:
        """Whether what is called known follows from the premises."""
        if known not in self._sound:
            self._sound[known] = False  # no fact may rest on itself
            self._sound[known] = all(map(self.sound, known.using)) and self._follows(known)
        return self._sound[known]

    def _follows(self, known: Known) -> bool:
        if not isinstance(known.source, tuple):
            relation = known.source
            if relation not in self.premises or type(relation) not in _TEST:
                return False
            if not _is_rational(relation):
                return False
            if isinstance(relation, sp.Eq):
                total, _ = sp.fraction(sp.cancel(relation.lhs - relation.rhs))
            else:
                total = relation.gts - relation.lts
            kind = _TEST[type(relation)]
        else:
            if not all(self.sound(k) for _, k in known.source):
                return False
            if not all(k.kind == "==" or self.positive(m, known.using) for m, k in known.source):
                return False
            total = sum(m * k.expression for m, k in known.source)
            kinds = {k.kind for _, k in known.source}
            kind = ">" if ">" in kinds else ">=" if ">=" in kinds else "=="
        return self._multiple(total, kind, known)

    def _multiple(self, total: Expr, kind: str, known: Known) -> bool:
        """Whether ``total kind 0`` says what is known: it is a positive multiple of it."""
        if known.apart is not None and kind == ">=":
            kind = ">" if self._nowhere_zero(known, known.apart) else kind
        if kind != known.kind and (kind, known.kind) != (">", ">="):
            return False
        if known.expression.is_number:
            return _zero(total - known.expression)
        ratio = sp.cancel(total / known.expression)
        if kind == "==":
            return self._nonzero(ratio, known)
        squares = kind == ">" and known.apart is None
        below = sp.fraction(sp.cancel(total))[1] * known.expression  # a zero of it is as claimed
        return self.positive(ratio, known.using, squares, below)

    def _nonzero(self, ratio: Expr, known: Known) -> bool:
        """Whether it can be zero only where the expression is: x**2 == 0 says that x is 0."""
        above, below = sp.fraction(ratio)
        constant, parts = sp.factor_list(above * below)
        itself = (sp.cancel(factor / known.expression).is_Rational for factor, _ in parts)
        signed = (self.positive(f, known.using) or self.positive(-f, known.using) for f, _ in parts)
        return constant != 0 and all(a or b for a, b in zip(itself, signed, strict=True))

    def _nowhere_zero(self, known: Known, relation: Boolean) -> bool:
        """Whether a constraint fails, or is undefined, where the expression is zero."""
        if relation not in self.premises or _TEST.get(type(relation)) not in (">", "!="):
            return False
        above, below = sp.fraction(sp.cancel(relation.lhs - relation.rhs))
        return bool(sp.fraction(sp.cancel(above * below / known.expression))[1].is_number)


def _parameters_of(step: Substitution) -> list[tuple[dict[Symbol, Expr], Expr]] | None:
    """What the parameters are at a point of the space, and what the symbol must be then."""
    symbol, bounds = step.symbol, step.bounds
    if not step.positive and not step.nonnegative:
        (bound,) = bounds
        root = step.above / step.below
        zero = bound.kind == "==" and _zero(bound.expression.xreplace({symbol: root}))
        return [] if zero and sp.Poly(bound.expression, symbol).degree() == 1 else None
    if len(step.nonnegative) == 2:  # both bounds weak: where both are zero, so is the first alone
        s, t = step.nonnegative
        first, second = (bound.expression for bound in bounds)
        at_zero = (step.above / step.below).xreplace({s: sp.Integer(1), t: sp.Integer(0)})
        linear = sp.Poly(first, symbol).degree() == 1
        only = linear and _zero(first.xreplace({symbol: at_zero}))
        return [({s: second, t: first}, symbol)] if only else None
    (parameter,) = (*step.positive, *step.nonnegative)
    strict = bounds[0].kind == ">" if step.positive else True
    if len(bounds) == 1:
        return [({parameter: bounds[0].expression}, symbol)] if strict else None
    strict &= bounds[1].kind == ">"
    ratio = bounds[0].expression / bounds[1].expression
    return [({parameter: ratio}, symbol)] if strict else None


def _by_coefficients(polynomial: Expr, steps: tuple[Substitution, ...]) -> set[int]:
    """The signs that a polynomial can have, as far as its coefficients tell."""
    if polynomial == 0:
        return {0}
    positive = [s for step in steps for s in step.positive]
    single = [s for step in steps if len(step.nonnegative) == 1 for s in step.nonnegative]
    pairs = [step.nonnegative for step in steps if len(step.nonnegative) == 2]
    known = {*positive, *single, *(s for pair in pairs for s in pair)}
    symbols = sorted(polynomial.free_symbols, key=str)
    if not symbols:
        return {int(sp.sign(polynomial))}
    found = sp.Poly(polynomial, *symbols)
    open_ones = [i for i, s in enumerate(symbols) if s not in known]
    signs = {int(sp.sign(c)) for c in found.coeffs()}
    if len(signs) > 1 or any(powers[i] % 2 for powers in found.monoms() for i in open_ones):
        return {-1, 0, 1}
    gone = {s: sp.Integer(0) for s in (*single, *(symbols[i] for i in open_ones))}
    least = (polynomial.xreplace({**gone, **dict.fromkeys(zeros, sp.Integer(0))})
             for zeros in combinations(*pairs))  # fmt: skip
    return signs if all(rest != 0 for rest in least) else signs | {0}


def _fails(known: Known) -> bool:
    value = known.expression
    return bool(value.is_Rational) and int(sp.sign(value)) not in _TRUE_AT[known.kind]


def _zero(expr: Expr) -> bool:
    together = sp.together(expr)
    return bool(sp.cancel(together) == 0 or sp.expand(sp.numer(together)) == 0)  # or 1/2 - 1/2


def _assumptions(symbol: Symbol) -> Iterator[Boolean]:
    """What a symbol's assumptions say of its sign; a whole number is 0 or at least 1 from it."""
    for name, relation, end in _ASSUMED:
        if getattr(symbol, name):
            yield relation(symbol, end, evaluate=False)
    if symbol.is_integer and symbol.is_positive:
        yield sp.Ge(symbol, 1, evaluate=False)
    if symbol.is_integer and symbol.is_negative:
        yield sp.Le(symbol, -1, evaluate=False)


def _values(node: Expr) -> Iterator[tuple[Boolean, Expr]]:
    """The values of an expression by cases that is defined everywhere, and when it has them."""
    if isinstance(node, sp.Piecewise):
        before: list[Boolean] = []
        for value, condition in node.args:
            yield sp.And(*before, condition, evaluate=False), value
            before.append(sp.Not(condition, evaluate=False))
        if node.args[-1].cond != sp.true:
            yield sp.Not(sp.Or(*(c for _, c in node.args)), evaluate=False), sp.nan
    elif isinstance(node, (sp.Max, sp.Min)):
        at_least = sp.Ge if isinstance(node, sp.Max) else sp.Le
        for value in node.args:
            yield sp.And(*(at_least(value, o, evaluate=False) for o in node.args if o != value),
                         evaluate=False), value  # fmt: skip
    else:
        (inside,) = node.args
        for relation, sign in ((sp.Gt, 1), (sp.Lt, -1), (sp.Eq, 0)):
            value = sp.Integer(sign)
            if isinstance(node, sp.Abs) and sign:
                value = inside if sign > 0 else sp.Mul(-1, inside, evaluate=False)
            yield relation(inside, 0, evaluate=False), value


def _relations(condition: Boolean) -> list[Boolean]:
    """Relations that all hold where the condition does."""
    if isinstance(condition, sp.And):
        return [r for part in condition.args for r in _relations(part)]
    if isinstance(condition, sp.Not) and isinstance(condition.args[0], sp.Or):
        parts = (sp.Not(part, evaluate=False) for part in condition.args[0].args)
        return [r for part in parts for r in _relations(part)]
    if isinstance(condition, sp.Not) and condition.args[0].is_Relational:
        return [condition.args[0].negated]
    return [] if condition == sp.true else [condition]


def _defined(relations: Iterable[Boolean], denominators: tuple[FactorSign, ...]) -> bool:
    """Whether every denominator is a product of factors of known strict sign."""
    strict = [f.factor for f in denominators if f.sign in ("+", "-")]
    for relation in relations:
        if not _is_rational(relation):
            return False
        for base in _bases(relation):
            above, _ = sp.fraction(sp.cancel(sp.together(base)))
            if _zero(base):  # a zero has no factors that could object
                return False
            for factor, _ in sp.factor_list(above)[1]:
                ratios = (sp.cancel(factor / known) for known in strict)
                if not any(r.is_Rational and r != 0 for r in ratios):
                    return False
    return True


def _is_rational(relation: Boolean) -> bool:
    """Whether only a denominator can make it undefined."""
    for node in sp.preorder_traversal(relation):
        whole = isinstance(node, sp.Pow) and node.exp.is_Integer
        known = (sp.Symbol, sp.Rational, sp.Add, sp.Mul, sp.And, sp.Or, sp.Not)
        if not (whole or isinstance(node, (*known, sp.core.relational.Relational))):
            return False
    return True


def _bases(expr: Expr) -> Iterator[Expr]:
    for node in sp.preorder_traversal(expr):
        if isinstance(node, sp.Pow) and node.exp.is_negative:
            yield node.base


def _is_replaced(before: Expr, after: Expr, node: Expr, value: Expr) -> bool:
    """Whether two expressions are the same but for the node, in whose place is the value."""
    if before == node:
        plain = _is_rational(value) and not any(True for _ in _bases(value))
        return bool(after == value or (plain and after == value.doit()))
    if not before.has(node):
        return bool(after == before)
    same = before.func == after.func and len(before.args) == len(after.args)
    return same and all(
        _is_replaced(b, a, node, value) for b, a in zip(before.args, after.args, strict=True)
    )


__all__ = ["follows"]
