"""Coefficient certificates: the reasoning of a proof, and its sentences in text and LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.signs import RELATIONS, sign_claim
from gametheory_eeu.prover.abstraction import Term
from gametheory_eeu.prover.proof_text import Writer, condition_text, formula, validate_writer


@dataclass(frozen=True)
class Product(Picklable):
    """Where a known sign comes from: the expression is the product of these."""

    factors: tuple[KnownSign, ...]


@dataclass(frozen=True)
class KnownSign(Picklable):
    """An expression that is positive (``>``), not negative (``>=``) or zero (``==``).

    Parameters
    ----------
    expression : SymPy expression
    kind : {">", ">=", "==", "!="}
    source : SymPy relation, tuple of (multiplier, KnownSign), or Product
        A constraint, or what is summed up: its difference, or the sum, is a positive multiple of
        the expression (for an equation, a multiple that is not zero, or two signs that together say
        that neither the expression nor its opposite is negative). Nothing for a positive number
        or a square.
    premises : tuple of KnownSign
        What makes this multiple, and the multipliers, positive.
    apart : SymPy relation or None
        A constraint that fails where the expression is zero.
    """

    expression: Expr
    kind: str
    source: Boolean | tuple[tuple[Expr, KnownSign], ...] | Product
    premises: tuple[KnownSign, ...] = ()
    apart: Boolean | None = None

    @property
    def relation(self) -> Boolean:
        """The known sign as a relation."""
        return RELATIONS[self.kind](self.expression, 0, evaluate=False)


@dataclass(frozen=True)
class Substitution(Picklable):
    """A symbol as a quotient in later symbols and in parameters, for every point of the space.

    Parameters
    ----------
    symbol : SymPy symbol
    above, below : SymPy expressions
        The symbol is ``above / below``, and below is positive.
    positive, nonnegative : tuple of SymPy symbols
        The new parameters; two are a pair, not both zero.
    bounds : tuple of KnownSign
        One, and the parameter is this expression (an equation needs none); or two, and it is their
        ratio, or they are the pair.
    premises : tuple of KnownSign
        What makes ``below`` positive.
    """

    symbol: Symbol
    above: Expr
    below: Expr
    positive: tuple[Symbol, ...]
    nonnegative: tuple[Symbol, ...]
    bounds: tuple[KnownSign, ...]
    premises: tuple[KnownSign, ...] = ()


@dataclass(frozen=True)
class FactorSign(Picklable):
    """The sign of a factor, known from the space or shown by coefficients of one sign.

    Parameters
    ----------
    factor : SymPy expression
    power : int
        Of the factor in the product; negative for one of the denominator.
    sign : {"+", "-", "0", ">=0", "<=0", "?"}
        "?" for a factor of even power, whose sign does not matter.
    known : KnownSign or None
        The factor is a multiple of this expression by a number.
    substitutions : tuple of Substitution
        Made one after the other.
    polynomial : SymPy expression or None
        What the factor becomes, times a power of each denominator.
    """

    factor: Expr
    power: int
    sign: str
    known: KnownSign | None = None
    substitutions: tuple[Substitution, ...] = ()
    polynomial: Expr | None = None


@dataclass(frozen=True)
class RelationSign(Picklable):
    """A relation that follows from the signs of the factors of its difference.

    Parameters
    ----------
    statement : SymPy relation
    assumptions : tuple of SymPy Booleans
        What may be assumed beside the space: premises, and the case.
    constant : SymPy number
        The left side minus the right side is this constant times the factors with their powers.
    factors : tuple of FactorSign
    denominators : tuple of FactorSign
        Everything that occurs in a denominator, none of it zero.
    """

    statement: Boolean
    assumptions: tuple[Boolean, ...]
    constant: Expr
    factors: tuple[FactorSign, ...]
    denominators: tuple[FactorSign, ...] = ()


@dataclass(frozen=True)
class Inference(Picklable):
    """A statement that follows from others.

    Parameters
    ----------
    statement : SymPy Boolean
    assumptions : tuple of SymPy Booleans
    split_on : SymPy expression, Boolean or None
        What was told apart, in cases: an expression by cases, a constraint that says "or", or a
        relation, which is true or is not.
    parts : tuple of RelationSign, Inference, Contradiction
        The members of a conjunction, one of a disjunction, what an implication concludes, or the
        statement in each case. None where it is true whatever else holds, as its relations are
        among what is assumed, or are denied there.
    denominators : tuple of FactorSign
        Those of the premises and of the cases' conditions, none of them zero.
    """

    statement: Boolean
    assumptions: tuple[Boolean, ...]
    split_on: Expr | Boolean | None
    parts: tuple[Reasoning, ...]
    denominators: tuple[FactorSign, ...] = ()


@dataclass(frozen=True)
class Contradiction(Picklable):
    """A statement about no point: its assumptions make a number positive that is not."""

    statement: Boolean
    assumptions: tuple[Boolean, ...]
    known: KnownSign


@dataclass(frozen=True)
class Abstraction(Picklable):
    """A statement that holds with new symbols in the place of roots, logarithms, maxima.

    Parameters
    ----------
    statement : SymPy Boolean
    assumptions : tuple of SymPy Booleans
    terms : tuple of Term
        What the symbols stand for, inner terms first.
    parts : tuple of RelationSign, Inference, Contradiction
        That each term has a value, and last the statement with the symbols; all that is known of
        the terms before is assumed.
    """

    statement: Boolean
    assumptions: tuple[Boolean, ...]
    terms: tuple[Term, ...]
    parts: tuple[Reasoning, ...]


Reasoning: TypeAlias = RelationSign | Inference | Contradiction | Abstraction


@dataclass(frozen=True, repr=False)
class CoefficientCertificate(Picklable):
    """A proof of a statement on a space, by the signs of the relations it is made of.

    Examples
    --------
    >>> from gametheory_eeu.prover import prove
    >>> print(prove("c*(lam - tau) > 0", given="0 < c and tau < lam").certificate)
    lam - tau > 0: given tau < lam.
    c > 0: given 0 < c.
    Hence c*(lam - tau) > 0.
    >>> found = prove("x*(x + y) > y^2", given="x > y and y > 0").certificate
    >>> found.reasoning.factors[0].polynomial
    s_x**2 + 3*s_x*s_y + s_y**2
    """

    reasoning: Reasoning

    @arg.validate(statement=arg.condition, space=arg.instance_of(Space, "a Space"))
    def recheck(self, statement: Boolean, space: Space) -> bool:
        """Whether the statement follows, by expanding everything again in SymPy."""
        from gametheory_eeu.prover.certificate_check import is_valid_proof

        return is_valid_proof(statement, space, self.reasoning)

    def to_latex(self, write: Writer | None = None) -> str:
        """The proof in LaTeX: sentences for a paper, with formulas as ``write`` writes them."""
        return sentences(self.reasoning, formula if write is None else validate_writer(write))

    def __str__(self) -> str:

        return sentences(self.reasoning, condition_text)

    def __repr__(self) -> str:
        return f"<coefficient certificate of {self.reasoning.statement}>"


_WORDS = {"+": "positive", ">=0": "positive", "-": "negative", "<=0": "negative"}


def sentences(reasoning: Reasoning, write: Writer) -> str:
    """The reasoning in sentences, one a line; formulas as ``write`` writes them."""
    return "\n".join(_SentenceWriter(write).sentences(reasoning))


class _SentenceWriter:
    """The sentences of a proof, each stated once under each set of assumptions."""

    def __init__(self, write: Writer) -> None:
        self.write = write
        self.assumptions: tuple[Boolean, ...] = ()
        self.stated: set[object] = set()
        self.facts: set[Boolean] = set()  # of terms, stated where the terms are

    def sentences(self, node: Reasoning) -> Iterator[str]:
        if node.assumptions != self.assumptions:
            self.assumptions, self.stated = node.assumptions, set()
            supposed = [a for a in node.assumptions if a not in self.facts]
            if supposed:
                yield f"Suppose {self.enumeration(tuple(supposed))}."
        if isinstance(node, Contradiction):
            yield from self.reasons(node.known)
            yield f"This cannot be: it would make {self.claim(node.known)}."
            return
        if isinstance(node, Abstraction):
            yield from self.abstraction(node)
            return
        for factor in node.denominators:
            yield from self.factor(factor)
        if isinstance(node, RelationSign):
            yield from self.relation(node)
            return
        yield from self.cases(node)
        for part in node.parts:
            yield from self.sentences(part)

    def cases(self, node: Inference) -> Iterator[str]:
        """What is told apart, or that nothing is left to tell apart."""
        if isinstance(node.split_on, sp.core.relational.Relational):
            yield f"Either {self.write(node.split_on)} or {self.write(node.split_on.negated)}."
        elif node.split_on is not None:
            yield f"Consider the cases of {self.write(node.split_on)}."
        elif not node.parts and node.statement != sp.true:
            yield f"Hence {self.write(node.statement)}."

    def abstraction(self, node: Abstraction) -> Iterator[str]:
        """What the symbols stand for and what is known of them, and the proof with them."""
        equations = [sp.Eq(t.symbol, t.node, evaluate=False) for t in node.terms]
        yield f"Write {self.enumeration(tuple(equations))}."
        for part in node.parts[:-1]:
            self.facts.update(part.assumptions)
            yield from self.sentences(part)
        facts = node.parts[-1].assumptions
        self.facts.update(facts)
        if facts:
            yield f"Then {'; '.join(map(self.write, facts))}."
        yield from self.sentences(node.parts[-1])

    def relation(self, node: RelationSign) -> Iterator[str]:
        for factor in node.factors:
            yield from self.factor(factor)
        statement, difference = node.statement, node.statement.lhs - node.statement.rhs
        if len(node.factors) == 1 and node.factors[0].factor == statement.lhs == difference:
            return  # the factor's own sentence said it
        product = sp.Mul(node.constant, *(f.factor**f.power for f in node.factors))
        equation = self.write(sp.Eq(difference, product, evaluate=False))
        is_obvious = difference == product or (
            len(node.factors) == 1 and node.factors[0].power == 1
        )
        reason = "" if is_obvious else f", for {equation}"
        yield f"Hence {self.write(statement)}{reason}."

    def factor(self, factor_sign: FactorSign) -> Iterator[str]:
        key = factor_sign.factor, factor_sign.sign
        if factor_sign.sign == "?" or key in self.stated:
            return
        self.stated.add(key)
        claim = self.write(sign_claim(factor_sign.factor, factor_sign.sign))
        if factor_sign.known is not None:
            yield from self.reasons(factor_sign.known)
            if self.plain(factor_sign.known):
                yield f"{claim}: {self.why(factor_sign.known)}."
            elif factor_sign.known.expression != factor_sign.factor:
                yield f"So {claim}."
            return
        for step in factor_sign.substitutions:
            for known_sign in step.bounds:
                yield from self.reasons(known_sign)
        yield f"{claim}: {self.image(factor_sign)}."

    def image(self, factor_sign: FactorSign) -> str:
        steps = [s for s in factor_sign.substitutions if not _is_renaming(s)]
        renamings = [s for s in factor_sign.substitutions if _is_renaming(s)]
        symbols = {p: s.symbol for s in renamings for p in (*s.positive, *s.nonnegative)}
        signs = [self.claim(s.bounds[0]) for s in renamings]
        result = sp.expand(factor_sign.polynomial).xreplace(symbols)
        conclusion = (
            "nothing is left" if result == 0 else f"all coefficients are {_WORDS[factor_sign.sign]}"
        )
        if not steps:
            return f"{conclusion}, and {self.enumeration(signs)}" if signs else conclusion
        equations = ", ".join(
            self.write(sp.Eq(s.symbol, (s.above / s.below).xreplace(symbols), evaluate=False))
            for s in steps
        )
        conditions = [*signs, *filter(None, map(self.parameters, steps))]
        phrase = f"with {equations} ({'; '.join(conditions)}) it is a positive multiple of"
        if result == 0:
            return f"{phrase} 0"
        return (
            f"{phrase} {self.write(result)}, whose coefficients are all {_WORDS[factor_sign.sign]}"
        )

    def parameters(self, step: Substitution) -> str:
        signs = [self.write(sp.Gt(s, 0, evaluate=False)) for s in step.positive]
        signs += [self.write(sp.Ge(s, 0, evaluate=False)) for s in step.nonnegative]
        suffix = ", not both zero" if len(step.nonnegative) == 2 else ""
        bounds = self.enumeration([self.claim(known_sign) for known_sign in step.bounds])
        return f"{', '.join(signs)}{suffix}, as {bounds}" if signs else f"as {bounds}"

    def reasons(self, target: KnownSign) -> Iterator[str]:
        """Sentences that derive a known sign that is not given as it stands, premises first."""
        if target in self.stated or self.plain(target) or target.source == ():
            return
        self.stated.add(target)
        for known_sign in (*_sources(target), *target.premises):
            yield from self.reasons(known_sign)
        if not isinstance(target.source, Product):
            yield f"{self.write(target.relation)}: {self.why(target)}."

    def why(self, known_sign: KnownSign) -> str:
        if not isinstance(known_sign.source, tuple):
            premises = [self.claim(k) for k in known_sign.premises]
            given = f"given {self.write(known_sign.source)}"
            return f"{given}, where {self.enumeration(premises)}" if premises else given
        if known_sign.apart is not None:
            return f"it is not negative, and not zero since {self.write(known_sign.apart)}"
        if known_sign.kind == "==" and all(k.kind == ">=" for _, k in known_sign.source):
            claims = self.enumeration([self.claim(k) for _, k in known_sign.source])
            return f"neither it nor its opposite is negative, as {claims}"
        pairs = [(m, _written(k)) for m, k in known_sign.source]
        terms = [m * e if 1 in (m, e) else sp.Mul(m, e, evaluate=False) for m, e in pairs]
        total = self.write(sp.Add(*terms, evaluate=False))
        parts = dict.fromkeys(p for _, k in known_sign.source for p in _factors(k))
        claims = self.enumeration([self.claim(k) for k in parts if k.source != ()])
        if not claims:
            return f"it is the sum of squares {total}"
        if known_sign.expression == 0:
            return f"it is {total}, where {claims}"
        return f"a positive multiple of it is {total}, where {claims}"

    def claim(self, known_sign: KnownSign) -> str:
        """A known sign as a relation: the constraint itself where it is given as it stands."""
        return self.write(known_sign.source if self.plain(known_sign) else known_sign.relation)

    def plain(self, known_sign: KnownSign) -> bool:
        return not isinstance(known_sign.source, tuple) and not known_sign.premises

    def enumeration(self, items: tuple[Boolean, ...] | list[str]) -> str:
        return " and ".join(i if isinstance(i, str) else self.write(i) for i in items)


def _sources(known_sign: KnownSign) -> list[KnownSign]:
    """The known signs that one is a sum or a product of."""
    if isinstance(known_sign.source, Product):
        return list(known_sign.source.factors)
    return [k for _, k in known_sign.source] if isinstance(known_sign.source, tuple) else []


def _factors(known_sign: KnownSign) -> list[KnownSign]:
    """The factors of a product, or the known sign itself."""
    return _sources(known_sign) if isinstance(known_sign.source, Product) else [known_sign]


def _written(known_sign: KnownSign) -> Expr:
    """Its expression as a reader sees best why it has the sign."""
    if isinstance(known_sign.source, Product):
        return sp.Mul(*map(_written, known_sign.source.factors))
    return sp.factor(known_sign.expression) if known_sign.source == () else known_sign.expression


def _is_renaming(step: Substitution) -> bool:
    """Whether the parameter is the symbol itself, positive or not negative."""
    parameters = (*step.positive, *step.nonnegative)
    return len(parameters) == 1 and step.below == 1 and step.above == parameters[0]
