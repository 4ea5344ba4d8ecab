"""Coefficient certificates: proofs that a reader can check by hand, and SymPy by expanding.

Each relation's difference is brought to a product of factors. A factor's sign is given, or it shows
once its symbols are replaced by what the constraints make of them: in the new parameters, which are
positive or not negative, all coefficients have one sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.proof_text import Writer, condition_text, formula, validate_writer


@dataclass(frozen=True)
class KnownSign(Picklable):
    """An expression that is positive (``>``), not negative (``>=``) or zero (``==``).

    Parameters
    ----------
    expression : SymPy expression
    kind : {">", ">=", "=="}
    source : SymPy relation, or tuple of (multiplier, KnownSign)
        A constraint, or what is summed up: its difference, or the sum, is a positive multiple of
        the expression (for an equation, a multiple that is not zero).
    premises : tuple of KnownSign
        What makes this multiple, and the multipliers, positive.
    apart : SymPy relation or None
        A constraint that fails where the expression is zero.
    """

    expression: Expr
    kind: str
    source: Boolean | tuple[tuple[Expr, KnownSign], ...]
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
        What was told apart, in cases: an expression by cases, or a constraint that says "or".
    parts : tuple of RelationSign, Inference, Contradiction
        The members of a conjunction, one of a disjunction, what an implication concludes, or the
        statement in each case.
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


Reasoning: TypeAlias = RelationSign | Inference | Contradiction


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
        from gametheory_eeu.prover.certificate_text import sentences

        return sentences(self.reasoning, formula if write is None else validate_writer(write))

    def __str__(self) -> str:
        from gametheory_eeu.prover.certificate_text import sentences

        return sentences(self.reasoning, condition_text)

    def __repr__(self) -> str:
        return f"<coefficient certificate of {self.reasoning.statement}>"


__all__ = [
    "CoefficientCertificate", "Contradiction", "FactorSign", "Inference", "KnownSign", "Reasoning",
    "RelationSign", "Substitution",
]  # fmt: skip
