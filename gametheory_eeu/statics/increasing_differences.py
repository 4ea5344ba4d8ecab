"""A gain compared at two points of an order: that it rises, or crosses zero once, is proved.

The claims are about two points, not about a slope, so that poles, gaps and jumps between the points
cannot hide in them. A slope is a second route, where the points were proved to be connected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.statics.case_distinction import BY_CASES
from gametheory_eeu.statics.settled import sign

_CONTINUOUS = (
    sp.Add, sp.Mul, sp.exp, sp.log, sp.erf, sp.erfc, sp.erfinv, sp.sin, sp.cos, sp.atan, sp.sinh,
    sp.cosh, sp.tanh, sp.asinh,
)  # fmt: skip
"""Functions that are smooth wherever they and their derivatives have a value."""
_OF_SIGN = {"real", "commutative", "positive", "negative", "nonnegative", "nonpositive", "nonzero",
            "finite", "extended_real"}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A symbol at two values, the second higher, and everything else equal.

    Parameters
    ----------
    symbol, higher : SymPy symbols
    space : Space
        Where both points are in the space that they are taken from.
    """

    symbol: Symbol
    higher: Symbol
    space: Space

    @classmethod
    def of(cls, space: Space, symbol: Symbol) -> Pair:
        """Two points of a space that differ in one symbol."""
        higher = fresh(f"{symbol.name}_higher", space, **symbol._assumptions_orig)
        above = higher >= symbol + 1 if symbol.is_integer else higher > symbol
        there = space.subs({symbol: higher})
        known = [s for s in there.symbols if s not in space.symbols]
        return cls(symbol, higher, Space.of(space, *there.constraints, above, symbols=known))

    def raised(self, what: Expr | Boolean) -> Expr:
        """An expression or condition at the second point."""
        return what.xreplace({self.symbol: self.higher})


def fresh(name: str, space: Space, **known: bool) -> Symbol:
    """A symbol of a name that a space does not use yet."""
    taken = {s.name for s in space.symbols}
    names = chain((name,), (f"{name}_{i}" for i in count(2)))
    return sp.Symbol(next(n for n in names if n not in taken), **{"real": True, **known})


@dataclass(frozen=True)
class Order:
    """How a gain moves from the first point to the second.

    Parameters
    ----------
    sign : {"+", "-", "0", ">=0", "<=0", "?"}
    proofs : tuple of Proof
        Of the sign; where there is none, what was settled on the way.
    premises : tuple of Proof
        That the points are connected, where the sign is that of a slope.
    """

    sign: str
    proofs: tuple[prover.Proof, ...]
    premises: tuple[prover.Proof, ...] = ()

    @property
    def rises(self) -> bool:
        """Whether the gain never falls."""
        return self.sign in ("+", ">=0", "0")

    @property
    def falls(self) -> bool:
        """Whether the gain never rises."""
        return self.sign in ("-", "<=0", "0")

    def goes(self, *, up: bool) -> bool:
        """Whether the gain never goes the other way."""
        return self.rises if up else self.falls


@dataclass(frozen=True)
class Comparison:
    """A gain at two points, where the order of the points should be the order of the gains.

    Parameters
    ----------
    who : str
    before, after : SymPy expressions
    space : Space
        Over which points.
    slope : SymPy expression, optional
        A derivative whose sign is that of the difference, by integration.
    along : Space, optional
        Where the slope has to have its sign.
    connected : tuple of SymPy Booleans, each with its space
        What has to hold for the points to be connected inside of ``along``.
    consecutive, alone : bool
        As of an :class:`gametheory_eeu.model.Increment`.
    """

    who: str
    before: Expr
    after: Expr
    space: Space
    slope: Expr | None = None
    along: Space | None = None
    connected: tuple[tuple[Boolean, Space], ...] = ()
    consecutive: bool = True
    alone: bool = True

    def order(self) -> Order:
        """The sign of what is gained from the first point to the second, and what proves it."""
        first = sign(self.after - self.before, self.space)
        if first.proof.vacuous:
            return Order("0", ())  # no two such points
        if first.verdict == "proved":
            return Order(first.sign, (first.proof,))
        if self.slope is None or self.along is None or first.verdict == "depends":
            return Order("?", first.proofs)
        steep = sign(self.slope, self.along)
        paths = tuple(_proved(claim, space) for claim, space in self.connected)
        if steep.verdict == "proved" and all(p.verdict == "proved" for p in paths):
            return Order(steep.sign, (steep.proof,), paths)
        return Order("?", first.proofs)

    def crosses(self, *, rising: bool) -> tuple[prover.Proof, ...] | None:
        """Single crossing: a gain stays one, and one that is not a loss does not become one."""
        ends = (self.before, self.after) if rising else (self.after, self.before)
        proofs: list[prover.Proof] = []
        for relation in (sp.Ge, sp.Gt):
            gains = (relation(end, 0, evaluate=False) for end in ends)
            claim = sp.Implies(*gains, evaluate=False)
            proofs.append(_proved(claim, self.space))
            if proofs[-1].verdict != "proved":
                return None
        return tuple(proofs)

    def counterexample(self, *, rising: bool) -> Mapping[Symbol, Expr] | None:
        """A point at which the gains are not in that order, if one is found."""
        wanted = sp.Ge if rising else sp.Le
        proof = _proved(wanted(self.after - self.before, 0, evaluate=False), self.space)
        return proof.witnesses[0] if proof.witnesses else None


def _proved(claim: Boolean, space: Space) -> prover.Proof:
    try:
        return prover.prove(claim, given=space)
    except UnsupportedError as error:
        return prover.Proof(claim, space, "unknown", "none", why=str(error))


def connection(space: Space, symbol: Symbol) -> tuple[tuple[Boolean, Space], ...] | None:
    """What has to hold for every point between two of a space to be in it, by one symbol.

    None where the symbol's own assumptions leave gaps.
    """
    if not set(symbol._assumptions_orig) <= _OF_SIGN:
        return None
    pair = Pair.of(space, symbol)
    middle = fresh(f"{symbol.name}_between", pair.space)
    between = Space.of(pair.space, middle > symbol, middle < pair.higher)
    claims = [c for c in (*space.constraints, *assumptions(symbol)) if symbol in c.free_symbols]
    moved = (c.xreplace({symbol: middle}) for c in claims)
    return tuple((c, between) for c in moved if c != sp.true)


def is_smooth(expression: Expr, symbols: Sequence[Symbol]) -> bool:
    """Whether an expression has derivatives in some symbols wherever these have a value."""
    if not expression.free_symbols & set(symbols) or isinstance(expression, sp.Symbol):
        return True
    if isinstance(expression, sp.Piecewise):
        conditions = (condition for _, condition in expression.args)
        if any(c.free_symbols & set(symbols) for c in conditions):
            return False
        return all(is_smooth(value, symbols) for value, _ in expression.args)
    if isinstance(expression, sp.Pow):
        known = expression.exp.is_Rational or expression.base == sp.E
        return bool(known) and all(is_smooth(part, symbols) for part in expression.args)
    if isinstance(expression, BY_CASES) or not isinstance(expression, _CONTINUOUS):
        return False
    return all(is_smooth(part, symbols) for part in expression.args)


def is_continuous_node(expression: Expr) -> bool:
    """Whether an expression is continuous where it has values, if its arguments are.

    A power is so even at zero, where ``0**y`` has a value only for positive ``y``.
    """
    return isinstance(expression, (*_CONTINUOUS, sp.Pow, sp.Abs, sp.Max, sp.Min))


__all__ = ["Comparison", "Order", "Pair", "connection", "fresh", "is_continuous_node", "is_smooth"]
