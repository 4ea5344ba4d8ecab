"""Bargaining: solutions of two players' problems by axioms, and alternating offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.conversions import to_fraction, to_sympy
from gametheory_eeu.core.results import Displayable, Picklable
from gametheory_eeu.errors import ParameterError, TooLargeError, UnsupportedError, short_repr

Point = tuple[Expr, Expr]
_BISECTIONS = 200


@dataclass(frozen=True)
class BargainingSolution(Displayable):
    """The payoff pair of a bargaining solution.

    Parameters
    ----------
    solution : str
    payoffs : pair
    exact : bool
        False where the equation has no closed form and was solved in floating point.
    """

    solution: str
    payoffs: Point
    exact: bool = True


@dataclass(frozen=True)
class SmoothFrontier(Picklable):
    r"""A bargaining problem whose efficient payoffs are a decreasing concave function.

    Parameters
    ----------
    frontier : SymPy expression or text
        The second player's payoff as a function of the first's.
    disagreement : pair of numbers
    variable : symbol
        The first player's payoff.

    Raises
    ------
    ParameterError
        A frontier proved not to be decreasing and concave, or nothing to gain from agreement.

    Examples
    --------
    A player whose payoff is the square root of its share gets a third of the pie:

    >>> u = sp.Symbol("u", real=True)
    >>> SmoothFrontier(1 - u**2, (0, 0), u).nash().payoffs[0]**2
    1/3
    """

    frontier: Expr
    disagreement: Point
    variable: Symbol

    def __post_init__(self) -> None:
        if not isinstance(self.variable, sp.Symbol):
            raise ParameterError("variable", self.variable, "a symbol", "sp.Symbol('u', real=True)")
        names = {self.variable.name: self.variable}
        object.__setattr__(self, "frontier", exact(self.frontier, "frontier", names))
        pair = arg.sequence("disagreement", self.disagreement, "a pair of numbers")
        d = tuple(exact(x, "disagreement") for x in pair)
        if len(d) != 2 or not all(x.is_number for x in d):
            raise ParameterError("disagreement", self.disagreement, "a pair of numbers")
        object.__setattr__(self, "disagreement", d)
        if unknowns := self.frontier.free_symbols - {self.variable}:
            raise ParameterError("frontier", self.frontier, f"numbers but for {self.variable}",
                                 f"Give a value for {', '.join(map(str, unknowns))}")  # fmt: skip
        if not self._second_payoff(d[0]) > d[1]:
            raise ParameterError("disagreement", d, "a point below the frontier")
        proof = self.concave
        if proof is not None and proof.verdict == "refuted":
            raise ParameterError("frontier", self.frontier, "a decreasing, concave function",
                                 f"It fails at {dict(proof.witnesses[0])}")  # fmt: skip

    @property
    def concave(self) -> prover.Proof | None:
        """Proof that the frontier is decreasing and concave; None where it cannot be stated."""
        u, d = self.variable, self.disagreement
        slope = sp.diff(self.frontier, u)
        statement = sp.And(slope <= 0, sp.diff(slope, u) <= 0)
        try:
            return prover.prove(statement, given=[u > d[0], self.frontier > d[1]])
        except UnsupportedError:
            return None

    @property
    def ideal(self) -> Point:
        """Ideal point: each player's maximum at the other's disagreement payoff."""
        d = self.disagreement
        maximum, _ = self._root(lambda u: self.frontier.subs(self.variable, u) - d[1], None)
        return maximum, self._second_payoff(d[0])

    def nash(self, weight: object = sp.Rational(1, 2)) -> BargainingSolution:
        """Nash solution: the maximiser of the product of gains, with weights as exponents."""
        a, (d1, d2), u = _weight(weight), self.disagreement, self.variable
        slope = sp.diff(self.frontier, u)
        marginal = a * (self.frontier - d2) + (1 - a) * (u - d1) * slope
        return self._root_solution("Nash", marginal)

    def kalai_smorodinsky(self) -> BargainingSolution:
        """Kalai-Smorodinsky solution: gains proportional to the ideal gains."""
        (d1, d2), (first_ideal, second_ideal) = self.disagreement, self.ideal
        gap = (self.frontier - d2) * (first_ideal - d1) - (self.variable - d1) * (second_ideal - d2)
        return self._root_solution("Kalai-Smorodinsky", gap)

    def egalitarian(self) -> BargainingSolution:
        """Egalitarian solution: equal gains."""
        d1, d2 = self.disagreement
        return self._root_solution("egalitarian", self.frontier - d2 - (self.variable - d1))

    def _root_solution(self, name: str, expression: Expr) -> BargainingSolution:
        """Solution at the root of a decreasing expression."""
        maximum = self.ideal[0]
        first, is_exact = self._root(lambda u: expression.subs(self.variable, u), maximum)
        second = self._second_payoff(first)
        return BargainingSolution(
            name, (first, sp.simplify(second)), is_exact and maximum.is_Float is not True
        )

    def _second_payoff(self, u: Expr) -> Expr:
        return self.frontier.subs(self.variable, u)

    def _root(self, function: Callable[[Expr], Expr], high: Expr | None) -> tuple[Expr, bool]:
        """The root above the disagreement payoff: exact where SymPy finds it, else by bisection."""
        low, u = self.disagreement[0], self.variable
        try:
            roots = sp.solve(function(u), u)
        except NotImplementedError:
            roots = []
        for root in sorted((r for r in roots if r.is_real), key=sp.N):
            if root >= low and (high is None or root <= high):
                return root, True
        return _bisect(function, low, high), False


def _bisect(function: Callable[[Expr], Expr], low: Expr, high: Expr | None) -> Expr:
    a = sp.Float(sp.N(low))
    b = sp.Float(sp.N(high)) if high is not None else a + 1
    while high is None and sp.N(function(b)) > 0:
        if b - a > 10**9:
            raise ParameterError("frontier", str(function(sp.Symbol("u"))), "one that falls to the "
                                 "disagreement payoff")  # fmt: skip
        b = a + 2 * (b - a)
    for _ in range(_BISECTIONS):
        midpoint = (a + b) / 2
        a, b = (midpoint, b) if sp.N(function(midpoint)) > 0 else (a, midpoint)
    return (a + b) / 2


@dataclass(frozen=True)
class HullFrontier(Picklable):
    """A bargaining problem over a finite set of payoffs, lotteries and free disposal allowed.

    Parameters
    ----------
    points : sequence of pairs of rational numbers
    disagreement : pair of rational numbers

    Examples
    --------
    >>> HullFrontier([(0, 1), (1, 0)], (0, 0)).nash("1/4").payoffs
    (1/4, 3/4)
    """

    points: Sequence[tuple[object, object]]
    disagreement: tuple[object, object]

    def __post_init__(self) -> None:
        pairs = arg.sequence("points", self.points, "a list of pairs of numbers")
        points = tuple(_rational_pair(point, "points") for point in pairs)
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "disagreement", _rational_pair(self.disagreement, "disagreement"))
        d1, d2 = self._disagreement_point
        if not points or min(c - n1 * d1 - n2 * d2 for n1, n2, c in self._half_planes) <= 0:
            raise ParameterError(
                "disagreement", (str(d1), str(d2)), "a point that an agreement improves for both"
            )

    @property
    def _disagreement_point(self) -> tuple[Fraction, Fraction]:
        d1, d2 = self.disagreement
        return to_fraction(d1), to_fraction(d2)

    @property
    def vertices(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Vertices of the efficient frontier, by the first player's payoff."""
        points: list[tuple[Fraction, Fraction]] = sorted(set(self.points))  # type: ignore[arg-type]
        hull: list[tuple[Fraction, Fraction]] = []
        for p in points:
            while len(hull) > 1 and _cross_product(hull[-2], hull[-1], p) >= 0:
                hull.pop()
            hull.append(p)
        maximum = max(p[1] for p in hull)
        start = max(k for k, p in enumerate(hull) if p[1] == maximum)
        return tuple(hull[start:])

    @property
    def _half_planes(self) -> list[tuple[Fraction, Fraction, Fraction]]:
        """Half-planes n1 u1 + n2 u2 <= c, n >= 0, that bound the comprehensive hull."""
        corners = self.vertices
        unit, zero = Fraction(1), Fraction(0)
        half_planes = [(zero, unit, corners[0][1]), (unit, zero, corners[-1][0])]
        for (x, y), (u, w) in pairwise(corners):
            if y > w:
                half_planes.append((y - w, u - x, (y - w) * x + (u - x) * y))
        return half_planes

    def _boundary_point(self, direction: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        (d1, d2), (r1, r2) = self._disagreement_point, direction
        constraints = (
            (c - n1 * d1 - n2 * d2, n1 * r1 + n2 * r2) for n1, n2, c in self._half_planes
        )
        length = min(slack / rate for slack, rate in constraints if rate > 0)
        return d1 + length * r1, d2 + length * r2

    @property
    def ideal(self) -> Point:
        """Ideal point: each player's maximum at the other's disagreement payoff."""
        unit, zero = Fraction(1), Fraction(0)
        return _sympy_point(
            (self._boundary_point((unit, zero))[0], self._boundary_point((zero, unit))[1])
        )

    def nash(self, weight: object = sp.Rational(1, 2)) -> BargainingSolution:
        """Nash solution: the vertex or edge point that maximises the weighted product of gains."""
        a, (d1, d2) = to_fraction(_weight(weight)), self._disagreement_point
        corners = self.vertices
        for (x, y), (u, w) in pairwise(corners):
            n1, n2 = y - w, u - x
            c = n1 * x + n2 * y
            maximiser = d1 + a * (c - n1 * d1 - n2 * d2) / n1
            if maximiser <= x:
                return BargainingSolution("Nash", _sympy_point((x, y)))
            if maximiser <= u:
                return BargainingSolution(
                    "Nash", _sympy_point((maximiser, (c - n1 * maximiser) / n2))
                )
        return BargainingSolution("Nash", _sympy_point(corners[-1]))

    def kalai_smorodinsky(self) -> BargainingSolution:
        """Kalai-Smorodinsky solution: gains proportional to the ideal gains."""
        (d1, d2), (first_ideal, second_ideal) = self._disagreement_point, self.ideal
        direction = to_fraction(first_ideal) - d1, to_fraction(second_ideal) - d2
        return BargainingSolution(
            "Kalai-Smorodinsky", _sympy_point(self._boundary_point(direction))
        )

    def egalitarian(self) -> BargainingSolution:
        """Egalitarian solution: the greatest equal gains; only weakly efficient in general."""
        point = self._boundary_point((Fraction(1), Fraction(1)))
        return BargainingSolution("egalitarian", _sympy_point(point))


def _cross_product(
    a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction], c: tuple[Fraction, Fraction]
) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _rational_pair(point: object, name: str) -> tuple[Fraction, Fraction]:
    if not isinstance(point, (tuple, list)) or len(point) != 2:
        raise ParameterError(name, point, "pairs of numbers")
    values = [exact(x, name) for x in point]
    if not all(x.is_Rational for x in values):
        raise ParameterError(name, point, "pairs of rational numbers")
    return to_fraction(values[0]), to_fraction(values[1])


def _weight(value: object) -> Expr:
    weight = exact(value, "weight")
    if not weight.is_Rational or not 0 < weight < 1:
        raise ParameterError("weight", value, "a rational number in (0, 1)")
    return weight


def _sympy_point(point: tuple[Fraction, Fraction]) -> Point:
    return to_sympy(point[0]), to_sympy(point[1])


MAX_ROUNDS = 5000
MAX_SYMBOLIC_ROUNDS, MAX_IRRATIONAL_ROUNDS = 12, 200


@arg.validate(discounts=arg.sequence)
def backward_induction(
    horizon: int, discounts: tuple[Any, Any], quit_option: Any = 0
) -> tuple[Expr, ...]:
    """The proposer's share in each round, the first player proposing in the odd rounds.

    Parameters
    ----------
    horizon : int
        The number of rounds; after the last nobody gets anything.
    discounts : pair
        What one round later is worth to each player; exact numbers or SymPy expressions.
    quit_option : number or expression
        What the second player may take instead when it rejects an offer.

    Raises
    ------
    ParameterError
        A horizon below 1.
    TooLargeError
        More rounds than exact numbers, or symbols, allow.

    Examples
    --------
    >>> backward_induction(3, (sp.Rational(9, 10), sp.Rational(9, 10)))
    (91/100, 1/10, 1)
    """
    if type(horizon) is not int or horizon < 1:
        raise ParameterError("horizon", horizon, "a whole number of rounds, 1 or more")
    if len(discounts) != 2:
        raise ParameterError("discounts", discounts, "two numbers, one for each player")
    first_discount, second_discount = (exact(x, "discounts") for x in discounts)
    option = exact(quit_option, "quit_option")
    _check_length(horizon, (first_discount, second_discount, option))
    shares: list[Expr] = []
    share = sp.Integer(0)
    for round_number in range(horizon, 0, -1):
        if round_number % 2:
            continuation = second_discount * share
            share = 1 - (continuation if option == 0 else sp.Max(option, continuation))
        else:
            share = 1 - first_discount * share
        share = sp.expand(share)
        shares.append(share)
    return tuple(reversed(shares))


def _check_length(horizon: int, values: tuple[Expr, ...]) -> None:
    """Symbols and irrational numbers make longer expressions at each round."""
    limit, kind = MAX_ROUNDS, "rational numbers"
    if any(x.free_symbols for x in values):
        limit, kind = MAX_SYMBOLIC_ROUNDS, "symbols"
    elif not all(x.is_Rational or x.is_Float for x in values):
        limit, kind = MAX_IRRATIONAL_ROUNDS, "irrational numbers"
    if horizon > limit:
        raise TooLargeError(
            f"{short_repr(horizon)} rounds; at most {limit} are solved backwards with {kind}. "
            "The infinite horizon has a closed form"
        )
