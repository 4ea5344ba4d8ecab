"""Verification of coefficient certificates by SymPy's expansion, independent of their search.

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
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.core.signs import SIGNS
from gametheory_eeu.prover.abstraction import arguments_of, replacements
from gametheory_eeu.prover.certificate import (
    Abstraction,
    Contradiction,
    FactorSign,
    Inference,
    KnownSign,
    Product,
    Reasoning,
    RelationSign,
    Substitution,
)
from gametheory_eeu.prover.certificate_reading import (
    cancel,
    case_values,
    conjuncts,
    differs_only_at,
    is_defined,
    is_rational,
    is_zero,
    relations,
)

_SIGN_ASSUMPTIONS = (
    ("is_positive", sp.Gt, 0), ("is_negative", sp.Lt, 0), ("is_zero", sp.Eq, 0),
    ("is_nonnegative", sp.Ge, 0), ("is_nonpositive", sp.Le, 0), ("is_nonzero", sp.Ne, 0),
)  # fmt: skip
_EXPANSION_ERRORS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
               sp.PolynomialError)  # fmt: skip
_COMPARISONS = {sp.Gt: ">", sp.Lt: ">", sp.Ge: ">=", sp.Le: ">=", sp.Eq: "==", sp.Ne: "!="}


def is_valid_proof(statement: Boolean, space: Space, reasoning: Reasoning) -> bool:
    """Whether the reasoning shows that the statement is defined and true on the space."""
    if reasoning.statement != statement or reasoning.assumptions:
        return False
    premises = [*space.constraints, *(a for s in space.symbols for a in _assumptions(s))]
    symbols = statement.free_symbols.union(space.symbols)
    try:
        return _Checker(premises, symbols).holds(reasoning)
    except _EXPANSION_ERRORS:  # a step that cannot even be expanded shows nothing
        return False


class _Checker:
    def __init__(self, premises: Iterable[Boolean], symbols: set[Symbol]) -> None:
        self.premises, self.symbols = set(premises), symbols
        self._soundness: dict[KnownSign, bool] = {}

    def under(self, assumptions: Iterable[Boolean]) -> _Checker:
        return _Checker({*self.premises, *assumptions}, self.symbols)

    def holds(self, node: Reasoning) -> bool:
        checker = self.under(node.assumptions)
        if isinstance(node, Contradiction):
            return checker.is_sound(node.known) and _is_contradiction(node.known)
        if isinstance(node, Abstraction):
            return checker.abstraction(node)
        if not all(map(checker.factor, node.denominators)):
            return False
        if isinstance(node, RelationSign):
            return checker.relation(node)
        if isinstance(node.split_on, sp.Expr):
            return self.case_distinction(node)
        return checker.joined(node)

    def joined(self, node: Inference) -> bool:
        statement = node.statement
        if isinstance(node.split_on, sp.core.relational.Relational):
            return self.two_cases(node, node.split_on)
        if not node.parts and statement != sp.true:
            return self.is_true(statement) and is_defined(relations(statement), node.denominators)
        same_assumptions = all(part.assumptions == node.assumptions for part in node.parts)
        statements = [part.statement for part in node.parts]
        if node.split_on is not None:  # a constraint that says "or": one of its parts is true
            cases = [(*node.assumptions, *conjuncts(part)) for part in node.split_on.args]
            is_valid = node.split_on in self.premises and isinstance(node.split_on, sp.Or)
            is_valid &= [part.assumptions for part in node.parts] == cases
            is_valid &= all(s == statement for s in statements)
        elif isinstance(statement, sp.And):
            is_valid = same_assumptions and set(statements) == set(statement.args)
        elif isinstance(statement, sp.Or):
            is_valid = same_assumptions and len(statements) == 1 and statements[0] in statement.args
        elif isinstance(statement, sp.Not):
            is_valid = same_assumptions and statements == [statement.args[0].negated]
        elif isinstance(statement, sp.Implies):
            is_valid = self.implication(node)
        else:
            is_valid = statement == sp.true
        return is_valid and all(map(self.holds, node.parts))

    def two_cases(self, node: Inference, relation: Boolean) -> bool:
        """Whether the statement holds where a relation does, and where it does not."""
        sides = relation, relation.negated
        cases = [(node.statement, (*node.assumptions, side)) for side in sides]
        return (
            [(part.statement, part.assumptions) for part in node.parts] == cases
            and is_defined([relation], node.denominators)
            and all(map(self.holds, node.parts))
        )

    def is_true(self, statement: Boolean) -> bool:
        """Whether the premises make a statement true, relation by relation."""
        values = {}
        for relation in relations(statement):
            if not relation.free_symbols:
                values[relation] = relation.func(*relation.args)
            elif relation in self.premises:
                values[relation] = sp.true
            elif relation.negated in self.premises:
                values[relation] = sp.false
        return bool(statement.xreplace(values) == sp.true)

    def abstraction(self, node: Abstraction) -> bool:
        """Whether each term has a value, and the statement with symbols for them holds."""
        formulas = [*self.premises, node.statement]
        new = [term.symbol for term in node.terms]
        if len(set(new)) < len(new) or not self.symbols.isdisjoint(new):
            return False
        expected, facts = [], ()
        for place, term in enumerate(node.terms):
            if term.arguments != arguments_of(term.node, formulas, node.terms[:place]):
                return False
            expected += [(condition, facts) for condition in term.conditions]
            facts += tuple(r for fact in term.facts for r in conjuncts(fact))
        values = replacements(formulas, node.terms)
        *premises, statement = (replace_unevaluated(f, values) for f in formulas)
        checker = _Checker(premises, self.symbols.union(new))
        return [(part.statement, part.assumptions) for part in node.parts] == [
            *expected,
            (statement, facts),
        ] and all(map(checker.holds, node.parts))

    def implication(self, node: Inference) -> bool:
        premise, conclusion = node.statement.args
        if len(node.parts) != 1 or node.parts[0].statement != conclusion:
            return False
        return self.is_valid_case(node, premise, node.parts[0])

    def is_valid_case(self, node: Inference, condition: Boolean, part: Reasoning) -> bool:
        """Whether a part assumes no more than a condition, which is defined everywhere."""
        extra = part.assumptions[len(node.assumptions) :]
        if part.assumptions[: len(node.assumptions)] != node.assumptions:
            return False
        relations = conjuncts(condition)
        return set(extra) <= set(relations) and is_defined(relations, node.denominators)

    def case_distinction(self, node: Inference) -> bool:
        """Whether the statement holds in each case of an expression by cases."""
        cases = list(case_values(node.split_on))
        if len(cases) != len(node.parts):
            return False
        for (condition, value), part in zip(cases, node.parts, strict=True):
            is_substituted = differs_only_at(node.statement, part.statement, node.split_on, value)
            if not is_substituted or not self.is_valid_case(node, condition, part):
                return False
        return all(map(self.holds, node.parts))

    def relation(self, node: RelationSign) -> bool:
        relation = node.statement
        product = node.constant * sp.Mul(*(f.factor**f.power for f in node.factors))
        if not is_zero(relation.lhs - relation.rhs - product):
            return False
        if not is_defined([relation], node.denominators) or not all(map(self.factor, node.factors)):
            return False
        signs = {int(sp.sign(node.constant))}
        for factor in node.factors:
            signs = {a * b ** abs(factor.power) for a in signs for b in SIGNS[factor.sign]}
        return signs <= SIGNS[relation.rel_op]

    def factor(self, claim: FactorSign) -> bool:
        """Whether the factor has the sign that is claimed."""
        if claim.sign == "?":
            return True  # nothing is claimed: beside a factor that is zero its sign does not matter
        if claim.known is not None:
            ratio = cancel(claim.factor / claim.known.expression)
            if not ratio.is_Rational or not self.is_sound(claim.known):
                return False
            signs = SIGNS[claim.known.kind]
            return {int(sp.sign(ratio)) * s for s in signs} <= SIGNS[claim.sign]
        return self.image(claim)

    def image(self, claim: FactorSign) -> bool:
        """Whether the factor becomes the polynomial, whose coefficients have the sign."""
        image = claim.factor
        parameters = [
            s for step in claim.substitutions for s in (*step.positive, *step.nonnegative)
        ]
        if len(set(parameters)) < len(parameters) or not self.symbols.isdisjoint(parameters):
            return False
        for step in claim.substitutions:
            if not self.onto(step):
                return False
            degree = 0 if image == 0 else sp.Poly(image, step.symbol).degree()
            image = sp.expand(cancel(
                image.xreplace({step.symbol: step.above / step.below}) * step.below**degree
            ))  # fmt: skip
        if not is_zero(image - claim.polynomial):
            return False
        return _coefficient_signs(image, claim.substitutions) <= SIGNS[claim.sign]

    def onto(self, step: Substitution) -> bool:
        """Whether every point of the space has parameters of the claimed signs, and below > 0."""
        if not all(map(self.is_sound, (*step.bounds, *step.premises))):
            return False
        parameters = (*step.positive, *step.nonnegative)
        coefficients = sp.Poly(step.below, *parameters).coeffs() if parameters else [step.below]
        if not all(self.positive(slope, step.premises) for slope in coefficients):
            return False
        if any(step.below.xreplace({s: sp.Integer(0)}) == 0 for s in step.nonnegative):
            return False
        inverse = _inverse_map(step)
        value = step.above / step.below
        return inverse is not None and all(
            is_zero(value.xreplace(b) - target) for b, target in inverse
        )

    def positive(
        self, expr: Expr, premises: Iterable[KnownSign], squares: bool = False, below: Expr = 1
    ) -> bool:
        """Whether an expression is a positive product of numbers and known positive factors.

        Even powers count where all do, or of what divides ``below``, which is not zero.
        """
        top, bottom = sp.fraction(cancel(expr))
        constant, factors = sp.factor_list(top * bottom)
        for factor, power in factors:
            if power % 2 == 0 and (squares or cancel(below / factor).is_polynomial()):
                continue
            ratios = (cancel(factor / k.expression) for k in premises if k.kind == ">")
            ratio = next((r for r in ratios if r.is_Rational), None)
            if ratio is None:
                return False
            constant *= ratio**power
        return bool(constant > 0)

    def is_sound(self, known_sign: KnownSign) -> bool:
        """Whether a known sign follows from the premises."""
        if known_sign not in self._soundness:
            self._soundness[known_sign] = False  # no fact may rest on itself
            self._soundness[known_sign] = all(
                map(self.is_sound, known_sign.premises)
            ) and self._follows_from_source(known_sign)
        return self._soundness[known_sign]

    def _follows_from_source(self, known_sign: KnownSign) -> bool:
        if isinstance(known_sign.source, Product):
            return self._is_product(known_sign, known_sign.source.factors)
        if not isinstance(known_sign.source, tuple):
            relation = known_sign.source
            if relation not in self.premises or type(relation) not in _COMPARISONS:
                return False
            if not is_rational(relation):
                return False
            if isinstance(relation, (sp.Eq, sp.Ne)):
                total, _ = sp.fraction(cancel(relation.lhs - relation.rhs))
            else:
                total = relation.gts - relation.lts
            kind = _COMPARISONS[type(relation)]
        elif not known_sign.source:
            return _is_evident(known_sign)
        else:
            if not all(self.is_sound(k) for _, k in known_sign.source):
                return False
            if not all(
                k.kind == "==" or self.positive(m, known_sign.premises)
                for m, k in known_sign.source
            ):
                return False
            total = sum(m * k.expression for m, k in known_sign.source)
            kinds = {k.kind for _, k in known_sign.source}
            if known_sign.kind == "==" and kinds == {">="}:
                return _is_opposite_pair(known_sign)
            kind = ">" if ">" in kinds else ">=" if ">=" in kinds else "=="
        return self._is_positive_multiple(total, kind, known_sign)

    def _is_product(self, known_sign: KnownSign, factors: tuple[KnownSign, ...]) -> bool:
        """Whether an expression is the product of signs that make it positive or not negative."""
        counts = [(k.kind, factors.count(k)) for k in factors]
        is_strict = all(kind == ">" or (kind == "!=" and n % 2 == 0) for kind, n in counts)
        is_weak = all(kind in (">", ">=") for kind, _ in counts)
        return (
            (is_strict or (is_weak and known_sign.kind == ">="))
            and known_sign.kind in (">", ">=")
            and all(map(self.is_sound, factors))
            and is_zero(sp.Mul(*(k.expression for k in factors)) - known_sign.expression)
        )

    def _is_positive_multiple(self, total: Expr, kind: str, known_sign: KnownSign) -> bool:
        """Whether ``total kind 0`` implies the known sign, as a positive multiple of it."""
        if known_sign.apart is not None and kind == ">=":
            kind = ">" if self._excludes_zero(known_sign, known_sign.apart) else kind
        if kind != known_sign.kind and (kind, known_sign.kind) != (">", ">="):
            return False
        if known_sign.expression.is_number:
            return is_zero(total - known_sign.expression)
        ratio = cancel(total / known_sign.expression)
        if kind == "!=":
            return bool(ratio.is_Rational)
        if kind == "==":
            return self._adds_no_zero(ratio, known_sign)
        squares = kind == ">" and known_sign.apart is None
        below = sp.fraction(cancel(total))[1] * known_sign.expression  # a zero of it is as claimed
        return self.positive(ratio, known_sign.premises, squares, below)

    def _adds_no_zero(self, ratio: Expr, known_sign: KnownSign) -> bool:
        """Whether the ratio is zero only where the expression is: x**2 == 0 says that x is 0."""
        numerator, denominator = sp.fraction(ratio)
        constant, factors = sp.factor_list(numerator * denominator)
        proportional = (cancel(factor / known_sign.expression).is_Rational for factor, _ in factors)
        definite = (
            self.positive(f, known_sign.premises) or self.positive(-f, known_sign.premises)
            for f, _ in factors
        )
        return constant != 0 and all(a or b for a, b in zip(proportional, definite, strict=True))

    def _excludes_zero(self, known_sign: KnownSign, relation: Boolean) -> bool:
        """Whether a constraint fails, or is undefined, where the expression is zero."""
        if relation not in self.premises or _COMPARISONS.get(type(relation)) not in (">", "!="):
            return False
        numerator, denominator = sp.fraction(cancel(relation.lhs - relation.rhs))
        return bool(
            sp.fraction(cancel(numerator * denominator / known_sign.expression))[1].is_number
        )


def _is_evident(known_sign: KnownSign) -> bool:
    """Whether it says that a positive number is positive, or that a square is not negative."""
    constant, factors = sp.factor_list(known_sign.expression)
    is_square = bool(constant > 0) and all(power % 2 == 0 for _, power in factors)
    return is_square and (known_sign.kind == ">=" or (known_sign.kind == ">" and not factors))


def _is_opposite_pair(known_sign: KnownSign) -> bool:
    """Whether an expression is zero, as neither it nor its opposite is negative."""
    if not isinstance(known_sign.source, tuple):
        return False
    (first, a), (second, b) = known_sign.source
    ratios = [cancel(part.expression / known_sign.expression) for part in (a, b)]
    return (
        first.is_positive is True
        and second.is_positive is True
        and all(ratio.is_Rational for ratio in ratios)
        and ratios[0] * ratios[1] < 0
    )


def _inverse_map(step: Substitution) -> list[tuple[dict[Symbol, Expr], Expr]] | None:
    """The parameters at a point of the space, and the value the symbol must then have."""
    symbol, bounds = step.symbol, step.bounds
    if not step.positive and not step.nonnegative:
        (bound,) = bounds
        root = step.above / step.below
        vanishes = bound.kind == "==" and is_zero(bound.expression.xreplace({symbol: root}))
        return [] if vanishes and sp.Poly(bound.expression, symbol).degree() == 1 else None
    if len(step.nonnegative) == 2:  # both bounds weak: where both are zero, so is the first alone
        s, t = step.nonnegative
        first, second = (bound.expression for bound in bounds)
        at_zero = (step.above / step.below).xreplace({s: sp.Integer(1), t: sp.Integer(0)})
        linear = sp.Poly(first, symbol).degree() == 1
        is_unique = linear and is_zero(first.xreplace({symbol: at_zero}))
        return [({s: second, t: first}, symbol)] if is_unique else None
    (parameter,) = (*step.positive, *step.nonnegative)
    is_strict = bounds[0].kind == ">" if step.positive else True
    if len(bounds) == 1:
        return [({parameter: bounds[0].expression}, symbol)] if is_strict else None
    is_strict &= bounds[1].kind == ">"
    ratio = bounds[0].expression / bounds[1].expression
    return [({parameter: ratio}, symbol)] if is_strict else None


def _coefficient_signs(polynomial: Expr, steps: tuple[Substitution, ...]) -> set[int]:
    """The possible signs of a polynomial, by the signs of its coefficients."""
    if polynomial == 0:
        return {0}
    positive = [s for step in steps for s in step.positive]
    nonnegative = [s for step in steps if len(step.nonnegative) == 1 for s in step.nonnegative]
    pairs = [step.nonnegative for step in steps if len(step.nonnegative) == 2]
    parameters = {*positive, *nonnegative, *(s for pair in pairs for s in pair)}
    symbols = sorted(polynomial.free_symbols, key=str)
    if not symbols:
        return {int(sp.sign(polynomial))}
    poly = sp.Poly(polynomial, *symbols)
    free = [i for i, s in enumerate(symbols) if s not in parameters]
    signs = {int(sp.sign(c)) for c in poly.coeffs()}
    if len(signs) > 1 or any(powers[i] % 2 for powers in poly.monoms() for i in free):
        return {-1, 0, 1}
    vanishing = {s: sp.Integer(0) for s in (*nonnegative, *(symbols[i] for i in free))}
    minima = (polynomial.xreplace({**vanishing, **dict.fromkeys(zeros, sp.Integer(0))})
             for zeros in combinations(*pairs))  # fmt: skip
    return signs if all(minimum != 0 for minimum in minima) else signs | {0}


def _is_contradiction(known_sign: KnownSign) -> bool:
    value = known_sign.expression
    return bool(value.is_Rational) and int(sp.sign(value)) not in SIGNS[known_sign.kind]


def _assumptions(symbol: Symbol) -> Iterator[Boolean]:
    """The sign relations of a symbol's assumptions; an integer is 0 or at least 1 from it."""
    for name, relation, threshold in _SIGN_ASSUMPTIONS:
        if getattr(symbol, name):
            yield relation(symbol, threshold, evaluate=False)
    if symbol.is_integer and symbol.is_positive:
        yield sp.Ge(symbol, 1, evaluate=False)
    if symbol.is_integer and symbol.is_negative:
        yield sp.Le(symbol, -1, evaluate=False)
