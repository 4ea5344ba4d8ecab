"""Robustness of a claim: how far parameters may move, alone and together, before it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.evaluate import (
    UndecidedError,
    rational_between,
    rational_bounds,
    truth_value,
)
from gametheory_eeu.core.results import Displayable, FrozenMapping, Picklable
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover import prove
from gametheory_eeu.sweeps.formulas import truths
from gametheory_eeu.sweeps.tiles import Column, Tile

_BISECTIONS = 6


@dataclass(frozen=True, repr=False)
class CalibratedStatement(Picklable):
    """A statement over a space, and the calibrated values of its parameters."""

    statement: Boolean
    space: Space
    point: Mapping[Symbol, Expr]

    @property
    def holds(self) -> bool:
        """Whether it is true at the calibrated values."""
        return truth_value(self.statement, self.point) is True

    @property
    def moving(self) -> dict[Symbol, Expr]:
        """The values of the parameters that the statement is about, whole numbers left out."""
        symbols = self.statement.free_symbols
        return {s: v for s, v in self.point.items() if s in symbols and not s.is_integer}

    def within(self, share: Expr) -> Space:
        """The space in which every parameter moves by at most a share of its value."""
        fixed = {s: v for s, v in self.point.items() if s not in self.moving}
        box: list[Boolean] = [sp.Eq(symbol, value) for symbol, value in fixed.items()]
        for symbol, value in self.moving.items():
            reach = sp.Abs(value) * share
            box += [sp.Ge(symbol, value - reach), sp.Le(symbol, value + reach)]
        return Space.of(*own_constraints(self.space, self.point), *box)


@dataclass(frozen=True, repr=False)
class Radius(Picklable):
    """How far all parameters may move together, each by at most one share of its value.

    Parameters
    ----------
    proved : SymPy number
        A share up to which the statement is proved, whatever moves within it.
    refuted : SymPy number
        A share within which it fails: infinite where none was found.
    witness : mapping of symbol to exact value
        A point within the second share at which it fails; empty where none was found.
    """

    proved: Expr
    refuted: Expr
    witness: Mapping[Symbol, Expr] = FrozenMapping()

    def __repr__(self) -> str:
        if self.refuted == sp.oo and not self.proved:
            return "<no share of the values was settled>"
        return f"<proved within {_percent(self.proved)}, fails within {_percent(self.refuted)}>"


@dataclass(frozen=True)
class SampleShare:
    """The share of a random sample of parameters at which a claim holds.

    Parameters
    ----------
    value, error : float
        The share, and its standard error.
    size, seed : int
        Of the sample.
    """

    value: float
    error: float
    size: int
    seed: int


@dataclass(frozen=True, repr=False)
class Robustness(Displayable):
    """How much a claim that holds at a calibration hangs on each parameter.

    Parameters
    ----------
    margins : tuple of Margin
        Of each parameter, the others kept; the parameter on which the claim hangs most first.
    cases : tuple of CalibratedStatement
        None where it holds throughout.
    """

    margins: tuple[Margin, ...]
    cases: tuple[CalibratedStatement, ...] = ()

    @property
    def statements(self) -> tuple[Boolean, ...]:
        """The region in which the claim holds: where all of them do."""
        return tuple(case.statement for case in self.cases)

    @cached_property
    def failing(self) -> tuple[Boolean, ...]:
        """Those statements that do not hold at the calibration."""
        return tuple(case.statement for case in self.cases if not case.holds)

    @cached_property
    def radius(self) -> Radius | None:
        """How far all parameters may move together; None where there is no statement that holds.

        By bisection, each step a proof or a counterexample.

        Examples
        --------
        >>> import gametheory_eeu as eeu
        >>> eeu.article.claims()[17].robustness().radius
        <proved within 11.5%, fails within 12.5%>
        """
        if self.failing or not self.cases:
            return None
        return min(map(_radius, self.cases), key=lambda radius: decimal_value(radius.refuted))

    def share(self, within: object = "1/2", size: int = 10_000, seed: int = 0) -> SampleShare:
        """The share of random parameters at which the claim holds, with its standard error.

        A sample, and no proof: each parameter is drawn evenly, independently, within a share of
        its calibrated value, and in its domain.

        Parameters
        ----------
        within : number
        size, seed : int
        """
        reach = exact(within, "within")
        if not (reach.is_number and reach > 0):
            raise ParameterError("within", within, "a positive number, such as 1/2")
        arg.integer("size", size, 1, 10**7)
        seed = arg.integer("seed", seed, 0, 2**63)
        return _sample_share(self.cases, float(reach), size, seed)

    @property
    def critical(self) -> Margin | None:
        """The parameter whose smallest relative change overturns the claim; None where none can."""
        movable = [row for row in self.margins if row.distance != sp.oo]
        return movable[0] if movable else None

    def __repr__(self) -> str:
        if not self.statements:
            return "<robustness: no calibration is asked>"
        if self.failing:
            return "<robustness: it does not hold at the calibration>"
        if self.critical is None:
            return "<robustness: no single parameter overturns it>"
        row = self.critical
        change = _percent(row.distance)
        return f"<robustness: hangs most on {row.symbol}, which may move by {change}>"


def robustness_of(cases: Iterable[CalibratedStatement]) -> Robustness:
    """The robustness of statements, each at its calibrated values."""
    listed = tuple(cases)
    rows: dict[Symbol, Margin] = {}
    for case in (case for case in listed if case.holds):
        for row in margins(case.statement, case.space, case.point):
            rows[row.symbol] = _meet(row, rows[row.symbol]) if row.symbol in rows else row
    ordered = sorted(rows.values(), key=lambda row: (decimal_value(row.distance), row.symbol.name))
    return Robustness(tuple(ordered), listed)


def _meet(a: Margin, b: Margin) -> Margin:
    """The values in both margins of the same parameter."""
    low = max(a, b, key=lambda row: decimal_value(row.low))
    high = min(a, b, key=lambda row: decimal_value(row.high))
    return replace(low, high=high.high, fails_above=high.fails_above)


def _radius(case: CalibratedStatement) -> Radius:
    distances = [row.distance for row in margins(case.statement, case.space, case.point)]
    least = min((d for d in distances if d != sp.oo), key=decimal_value, default=sp.Integer(4))
    proved, refuted = sp.Integer(0), sp.oo
    witness: Mapping[Symbol, Expr] = FrozenMapping()
    share = sp.Rational(str(least.evalf(3))) * sp.Rational(101, 100)
    top = share
    for _ in range(_BISECTIONS):
        proof = prove(case.statement, given=case.within(share))
        if proof.verdict == "proved":
            proved = share
        elif proof.witnesses:
            refuted, witness = share, proof.witnesses[0]
        else:
            break
        share = (proved + (top if refuted == sp.oo else refuted)) / 2
    return Radius(proved, refuted, witness)


def _sample_share(
    cases: tuple[CalibratedStatement, ...], reach: float, size: int, seed: int
) -> SampleShare:
    """The share of draws in the domain at which every statement holds, each decided exactly."""
    values = {s: v for case in cases for s, v in case.point.items()}
    moving = {s: float(v) for case in cases for s, v in case.moving.items()}
    generator = np.random.default_rng(seed)
    columns = {s: Column(np.array([float(v)]), np.array([v])) for s, v in values.items()}
    for symbol, v in moving.items():
        columns[symbol] = Column(v + abs(v) * reach * generator.uniform(-1, 1, size))
    domain = [c for case in cases for c in own_constraints(case.space, case.point)]
    statements = [case.statement for case in cases]
    inside, both = truths((sp.And(*domain), sp.And(*domain, *statements)), Tile(columns))
    inside = np.broadcast_to(inside, (size,))
    count = int(inside.sum())
    if not count:
        return SampleShare(float("nan"), float("nan"), 0, seed)
    share = float(np.broadcast_to(both, (size,)).sum() / count)
    return SampleShare(share, float(np.sqrt(share * (1 - share) / count)), count, seed)


def _percent(share: Expr) -> str:
    return "no share" if share == sp.oo else f"{float(100 * share):.3g}%"


_MOST_DEGREE = 120


@dataclass(frozen=True, repr=False)
class Margin(Picklable):
    """The values of one parameter, about the calibrated one, at which a statement holds.

    Parameters
    ----------
    symbol : Symbol
    value : SymPy number
        The calibrated one.
    low, high : SymPy number
        The ends, which may be infinite; the parameter's domain ends there, or the statement fails
        beyond.
    fails_below, fails_above : bool
        Whether the statement fails beyond the end; otherwise the domain of the parameter ends.
    """

    symbol: Symbol
    value: Expr
    low: Expr
    high: Expr
    fails_below: bool
    fails_above: bool

    @property
    def distance(self) -> Expr:
        """The least relative change that overturns the statement, infinite where none does.

        Where the value is 0: the least change.
        """
        scale = sp.Abs(self.value) or sp.Integer(1)
        step = 1 if self.symbol.is_integer else 0
        below = (self.value - self.low + step) / scale if self.fails_below else sp.oo
        above = (self.high + step - self.value) / scale if self.fails_above else sp.oo
        return sp.Min(below, above)

    def __repr__(self) -> str:
        return f"<{self.symbol} from {self.low} to {self.high}, at {self.value}>"


def margins(statement: Boolean, space: Space, point: Mapping[Symbol, Expr]) -> tuple[Margin, ...]:
    """The margin of each parameter of a statement that is true at a point.

    Parameters with which the statement is no rational condition are left out.

    Examples
    --------
    >>> import sympy as sp
    >>> x, y = sp.symbols("x y", real=True)
    >>> one = sp.Integer(1)
    >>> margins(x**2 < 2 * y, Space.of(x > 0, y > 0), {x: one, y: one})
    (<x from 0 to sqrt(2), at 1>, <y from 1/2 to oo, at 1>)
    """
    rows = (_margin(statement, space, point, symbol) for symbol in point)
    return tuple(row for row in rows if row is not None)


def own_constraints(space: Space, point: Mapping[Symbol, Expr]) -> list[Boolean]:
    """The constraints of a space on the symbols of a point alone."""
    return [c for c in space.constraints if c.free_symbols <= set(point)]


def _margin(
    statement: Boolean, space: Space, point: Mapping[Symbol, Expr], symbol: Symbol
) -> Margin | None:
    others = {other: value for other, value in point.items() if other != symbol}
    domain = sp.And(*own_constraints(space, point)).xreplace(others)
    claim = statement.xreplace(others)
    if symbol not in statement.free_symbols:
        return None
    expressions = [*_differences(claim), *_differences(domain)]
    zeros, value = _zeros(expressions, symbol), point[symbol]
    if zeros is None or (claim.has(sp.Eq, sp.Ne) and not all(z.is_Rational for z in zeros)):
        return None
    try:
        below = [z for z in zeros if decimal_value(z) < decimal_value(value)]
        above = [z for z in zeros if decimal_value(z) > decimal_value(value)]
        low, fails_below = _end(claim, domain, symbol, value, below[::-1], -1)
        high, fails_above = _end(claim, domain, symbol, value, above, 1)
    except UndecidedError:
        return None
    if symbol.is_integer:
        low, fails_below = _whole_end(claim, domain, symbol, sp.ceiling(low), -1)
        high, fails_above = _whole_end(claim, domain, symbol, sp.floor(high), 1)
    return Margin(symbol, value, low, high, fails_below, fails_above)


def _whole_end(
    claim: Boolean, domain: Boolean, x: Symbol, end: Expr, side: int
) -> tuple[Expr, bool]:
    """The last whole number, at an end or next to it, at which the claim holds."""
    if end.is_infinite:
        return end, False
    if truth_value(sp.And(domain, claim), {x: end}) is not True:
        end -= side
    return end, truth_value(domain, {x: end + side}) is True


def _end(
    claim: Boolean, domain: Boolean, x: Symbol, value: Expr, zeros: Sequence[Expr], side: int
) -> tuple[Expr, bool]:
    """The first zero beyond which, or at which, the claim or the domain ends; which of them."""
    ends = [value, *zeros]
    for k, zero in enumerate(ends):
        if k + 1 < len(ends):
            lower, higher = (zero, ends[k + 1])[::side]
            beyond = rational_between(lower, higher)
        else:
            beyond = _beyond(zero, side)
        for sample in (zero, beyond) if zero.is_Rational else (beyond,):
            if truth_value(domain, {x: sample}) is not True:
                return zero, False
            if truth_value(claim, {x: sample}) is not True:
                return zero, True
    return (sp.oo if side > 0 else -sp.oo), False


def _beyond(zero: Expr, side: int) -> Expr:
    bounds = rational_bounds(zero)
    assert bounds is not None
    return bounds[1] + 1 if side > 0 else bounds[0] - 1


def _differences(condition: Boolean) -> Iterator[Expr]:
    """What changes sign where a relation in a condition, or a piece of a formula, changes."""
    for relation in condition.atoms(sp.core.relational.Relational):
        for left in _pieces(relation.lhs):
            for right in _pieces(relation.rhs):
                yield left - right
    for extremum in condition.atoms(sp.Max, sp.Min):
        pieces = [piece for argument in extremum.args for piece in _pieces(argument)]
        yield from (a - b for k, a in enumerate(pieces) for b in pieces[:k])
    for absolute in condition.atoms(sp.Abs):
        yield from _pieces(absolute.args[0])


def _pieces(expression: Expr) -> list[Expr]:
    """The formulas of which an expression with Max, Min, Abs and Piecewise is made."""
    for part in expression.atoms(sp.Piecewise, sp.Max, sp.Min, sp.Abs):
        if isinstance(part, sp.Piecewise):
            options = [formula for formula, _ in part.args]
        elif isinstance(part, sp.Abs):
            options = [part.args[0], -part.args[0]]
        else:
            options = list(part.args)
        return [p for option in options for p in _pieces(expression.xreplace({part: option}))]
    return [expression]


def _zeros(expressions: Sequence[Expr], x: Symbol) -> list[Expr] | None:
    """The real zeros and poles of rational functions, in ascending order."""
    zeros: set[Expr] = set()
    for expression in expressions:
        if x not in expression.free_symbols:
            continue
        if not expression.is_rational_function(x):
            return None
        for part in sp.fraction(sp.together(expression)):
            polynomial = sp.Poly(part, x)
            if not polynomial.domain.is_QQ and not polynomial.domain.is_ZZ:
                return None
            if polynomial.degree() > _MOST_DEGREE:
                return None
            zeros |= set(sp.real_roots(polynomial)) if polynomial.degree() > 0 else set()
    return sorted(zeros, key=decimal_value)


def decimal_value(number: Expr) -> Expr:
    """A number to 50 digits, by which different numbers are put in order."""
    return number if number.is_infinite else sp.Float(number.evalf(50), 50)
