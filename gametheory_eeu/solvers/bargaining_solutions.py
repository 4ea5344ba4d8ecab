"""Nash, Kalai-Smorodinsky and egalitarian solutions of a two-person bargaining problem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact
from gametheory_eeu.core.pickling import Stored
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import ParameterError, UnsupportedError

Point = tuple[Expr, Expr]
_HALVINGS = 200


@dataclass(frozen=True)
class BargainingSolution(Shown):
    """The payoffs a solution picks.

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
class SmoothFrontier(Stored):
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
        given = arg.sequence("disagreement", self.disagreement, "a pair of numbers")
        d = tuple(exact(x, "disagreement") for x in given)
        if len(d) != 2 or not all(x.is_number for x in d):
            raise ParameterError("disagreement", self.disagreement, "a pair of numbers")
        object.__setattr__(self, "disagreement", d)
        if left := self.frontier.free_symbols - {self.variable}:
            raise ParameterError("frontier", self.frontier, f"numbers but for {self.variable}",
                                 f"Give a value for {', '.join(map(str, left))}")  # fmt: skip
        if not self._at(d[0]) > d[1]:
            raise ParameterError("disagreement", d, "a point below the frontier")
        proof = self.concave
        if proof is not None and proof.verdict == "refuted":
            raise ParameterError("frontier", self.frontier, "a decreasing, concave function",
                                 f"It fails at {dict(proof.witnesses[0])}")  # fmt: skip

    @property
    def concave(self) -> prover.Proof | None:
        """The proof that the frontier falls and is concave; None where none can be asked for."""
        u, d = self.variable, self.disagreement
        slope = sp.diff(self.frontier, u)
        falls = sp.And(slope <= 0, sp.diff(slope, u) <= 0)
        try:
            return prover.prove(falls, given=[u > d[0], self.frontier > d[1]])
        except UnsupportedError:
            return None

    @property
    def ideal(self) -> Point:
        """The most each could have while the other has its disagreement payoff."""
        d = self.disagreement
        most, _ = self._root(lambda u: self.frontier.subs(self.variable, u) - d[1], None)
        return most, self._at(d[0])

    def nash(self, weight: object = sp.Rational(1, 2)) -> BargainingSolution:
        """The maximiser of the gains' product, the first player's to the power of its weight."""
        a, (d1, d2), u = _weight(weight), self.disagreement, self.variable
        slope = sp.diff(self.frontier, u)
        marginal = a * (self.frontier - d2) + (1 - a) * (u - d1) * slope
        return self._solved("Nash", marginal)

    def kalai_smorodinsky(self) -> BargainingSolution:
        """Gains in proportion to the most each could gain."""
        (d1, d2), (most, highest) = self.disagreement, self.ideal
        gap = (self.frontier - d2) * (most - d1) - (self.variable - d1) * (highest - d2)
        return self._solved("Kalai-Smorodinsky", gap)

    def egalitarian(self) -> BargainingSolution:
        """Equal gains."""
        d1, d2 = self.disagreement
        return self._solved("egalitarian", self.frontier - d2 - (self.variable - d1))

    def _solved(self, name: str, falling: Expr) -> BargainingSolution:
        """Where an expression that falls from above zero to below crosses it."""
        most = self.ideal[0]
        first, whole = self._root(lambda u: falling.subs(self.variable, u), most)
        second = self._at(first)
        return BargainingSolution(
            name, (first, sp.simplify(second)), whole and most.is_Float is not True
        )

    def _at(self, u: Expr) -> Expr:
        return self.frontier.subs(self.variable, u)

    def _root(self, function: Callable[[Expr], Expr], high: Expr | None) -> tuple[Expr, bool]:
        """The root above the disagreement payoff: exact where SymPy finds it, else by bisection."""
        low, u = self.disagreement[0], self.variable
        try:
            found = sp.solve(function(u), u)
        except NotImplementedError:
            found = []
        for root in sorted((r for r in found if r.is_real), key=sp.N):
            if root >= low and (high is None or root <= high):
                return root, True
        return _bisect(function, low, high), False


def _bisect(function: Callable[[Expr], Expr], low: Expr, high: Expr | None) -> Expr:
    a = sp.Float(low)
    b = sp.Float(high) if high is not None else a + 1
    while high is None and sp.N(function(b)) > 0:
        if b - a > 10**9:
            raise ParameterError("frontier", str(function(sp.Symbol("u"))), "one that falls to the "
                                 "disagreement payoff")  # fmt: skip
        b = a + 2 * (b - a)
    for _ in range(_HALVINGS):
        middle = (a + b) / 2
        a, b = (middle, b) if sp.N(function(middle)) > 0 else (a, middle)
    return (a + b) / 2


@dataclass(frozen=True)
class HullFrontier(Stored):
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
        given = arg.sequence("points", self.points, "a list of pairs of numbers")
        points = tuple(_pair(point, "points") for point in given)
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "disagreement", _pair(self.disagreement, "disagreement"))
        d1, d2 = self._from
        if not points or min(c - n1 * d1 - n2 * d2 for n1, n2, c in self._sides) <= 0:
            raise ParameterError(
                "disagreement", (str(d1), str(d2)), "a point that an agreement improves for both"
            )

    @property
    def _from(self) -> tuple[Fraction, Fraction]:
        d1, d2 = self.disagreement
        return Fraction(str(d1)), Fraction(str(d2))

    @property
    def vertices(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The corners of the efficient frontier, the first player's payoff rising."""
        points: list[tuple[Fraction, Fraction]] = sorted(set(self.points))  # type: ignore[arg-type]
        kept: list[tuple[Fraction, Fraction]] = []
        for p in points:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], p) >= 0:
                kept.pop()
            kept.append(p)
        top = max(p[1] for p in kept)
        start = max(k for k, p in enumerate(kept) if p[1] == top)
        return tuple(kept[start:])

    @property
    def _sides(self) -> list[tuple[Fraction, Fraction, Fraction]]:
        """Half-planes n1 u1 + n2 u2 <= c, n >= 0, that bound the comprehensive hull."""
        corners = self.vertices
        one, none = Fraction(1), Fraction(0)
        sides = [(none, one, corners[0][1]), (one, none, corners[-1][0])]
        for (x, y), (u, w) in pairwise(corners):
            if y > w:
                sides.append((y - w, u - x, (y - w) * x + (u - x) * y))
        return sides

    def _along(self, direction: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        (d1, d2), (r1, r2) = self._from, direction
        rooms = ((c - n1 * d1 - n2 * d2, n1 * r1 + n2 * r2) for n1, n2, c in self._sides)
        length = min(room / pace for room, pace in rooms if pace > 0)
        return d1 + length * r1, d2 + length * r2

    @property
    def ideal(self) -> Point:
        """The most each could have while the other has its disagreement payoff."""
        one, none = Fraction(1), Fraction(0)
        return _sympy((self._along((one, none))[0], self._along((none, one))[1]))

    def nash(self, weight: object = sp.Rational(1, 2)) -> BargainingSolution:
        """The maximiser of the gains' product: the corner or the side where its slope turns."""
        a, (d1, d2), corners = Fraction(str(_weight(weight))), self._from, self.vertices
        for (x, y), (u, w) in pairwise(corners):
            n1, n2 = y - w, u - x
            c = n1 * x + n2 * y
            best = d1 + a * (c - n1 * d1 - n2 * d2) / n1
            if best <= x:
                return BargainingSolution("Nash", _sympy((x, y)))
            if best <= u:
                return BargainingSolution("Nash", _sympy((best, (c - n1 * best) / n2)))
        return BargainingSolution("Nash", _sympy(corners[-1]))

    def kalai_smorodinsky(self) -> BargainingSolution:
        """Gains in proportion to the most each could gain."""
        (d1, d2), (most, highest) = self._from, self.ideal
        direction = Fraction(str(most)) - d1, Fraction(str(highest)) - d2
        return BargainingSolution("Kalai-Smorodinsky", _sympy(self._along(direction)))

    def egalitarian(self) -> BargainingSolution:
        """Equal gains, as great as free disposal allows; only weakly efficient in general."""
        point = self._along((Fraction(1), Fraction(1)))
        return BargainingSolution("egalitarian", _sympy(point))


def _turn(
    a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction], c: tuple[Fraction, Fraction]
) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _pair(given: object, name: str) -> tuple[Fraction, Fraction]:
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise ParameterError(name, given, "pairs of numbers")
    values = [exact(x, name) for x in given]
    if not all(x.is_Rational for x in values):
        raise ParameterError(name, given, "pairs of rational numbers")
    return Fraction(str(values[0])), Fraction(str(values[1]))


def _weight(given: object) -> Expr:
    weight = exact(given, "weight")
    if not weight.is_Rational or not 0 < weight < 1:
        raise ParameterError("weight", given, "a rational number in (0, 1)")
    return weight


def _sympy(point: tuple[Fraction, Fraction]) -> Point:
    return sp.Rational(point[0]), sp.Rational(point[1])


__all__ = ["BargainingSolution", "HullFrontier", "SmoothFrontier"]
