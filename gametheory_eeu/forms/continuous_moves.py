"""Choices and draws of real numbers, as a builder of trees takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.prover.proof_search import prove_supported
from gametheory_eeu.solvers.moves import (
    ChoiceRange,
    Distribution,
    Draw,
    End,
    History,
    Lottery,
    Nodes,
    RealChoice,
    SequentialNode,
    numbers_before,
    space_before,
)

_PAIR = "a pair of ends, such as (0, 1) or (0, 'C')"
_INFINITE = {"oo": sp.oo, "-oo": -sp.oo, "inf": sp.oo, "-inf": -sp.oo}


def ends_of(name: str, pair: object) -> tuple[object, object]:
    """Two ends of an interval, infinite ones as SymPy writes them."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise ParameterError(name, pair, _PAIR)
    return _end(pair[0]), _end(pair[1])


def _end(value: object) -> object:
    if isinstance(value, str):
        return _INFINITE.get(value.strip(), value)
    if isinstance(value, float) and isinf(value):
        return sp.oo if value > 0 else -sp.oo
    return value


@dataclass(frozen=True)
class ChoiceEntry:
    """A choice of a real number as it was written."""

    player: str
    number: str | Symbol
    ends: tuple[object, object]
    information_set: int

    @property
    def actions(self) -> tuple[str, ...]:
        """The name of the number."""
        return (str(self.number),)

    def values(self) -> dict[str, tuple[str, object]]:
        """What is to be read, with names for errors: the number itself and the finite ends."""
        result: dict[str, tuple[str, object]] = {"": (f"choice {self.number}", self.number)}
        for key, end in zip(("low", "high"), self.ends, strict=True):
            if end not in (sp.oo, -sp.oo):
                result[key] = (f"{key} end of {self.number}", end)
        return result

    def node(self, information_set: str, values: Mapping[str, Expr]) -> RealChoice:
        """The node, from the values read."""
        low, high = values.get("low", -sp.oo), values.get("high", sp.oo)
        choice = ChoiceRange(values[""], low, high, low != -sp.oo, high != sp.oo)
        return RealChoice(self.player, information_set, choice)


@dataclass(frozen=True)
class DrawEntry:
    """A draw of a real number as it was written."""

    number: str | Symbol
    ends: tuple[object, object]
    density: object
    cdf: object
    known_to: tuple[str, ...]

    @classmethod
    def read(
        cls,
        number: str | Symbol,
        uniform: object,
        on: object,
        density: object,
        cdf: object,
        known_to: tuple[str, ...],
    ) -> DrawEntry:
        """A draw from one of the ways to write its distribution."""
        ways = [uniform is not None, density is not None, cdf is not None]
        if sum(ways) != 1 or (uniform is None) == (on is None):
            raise ParameterError(
                f"distribution of {number}",
                {"uniform": uniform, "on": on, "density": density, "cdf": cdf},
                "uniform=(low, high), or on=(low, high) with density= or cdf=",
            )
        ends = ends_of(f"ends of {number}", uniform if on is None else on)
        if {sp.oo, -sp.oo} & {e for e in ends if isinstance(e, sp.Basic)}:
            raise ParameterError(f"ends of {number}", ends, "a finite interval")
        return cls(number, ends, density, cdf, known_to)

    def values(self) -> dict[str, tuple[str, object]]:
        """What is to be read, with names for errors."""
        low, high = self.ends
        result = {
            "": (f"number {self.number}", self.number),
            "low": (f"low end of {self.number}", low),
            "high": (f"high end of {self.number}", high),
        }
        for name in ("density", "cdf"):
            if getattr(self, name) is not None:
                result[name] = (f"{name} of {self.number}", getattr(self, name))
        return result

    def node(self, values: Mapping[str, Expr]) -> Draw:
        """The node, from the values read."""
        symbol, low, high = values[""], values["low"], values["high"]
        if "density" in values:
            density = values["density"]
            if not density.is_polynomial(symbol):
                raise ParameterError(
                    f"density of {symbol}", density, f"a polynomial in {symbol}",
                    "Write its distribution function as cdf=",
                )  # fmt: skip
            integral = sp.Poly(density, symbol).integrate().as_expr()
            cdf = integral - integral.xreplace({symbol: low})
            return Draw(Distribution(symbol, low, high, density, cdf), self.known_to)
        if "cdf" in values:
            cdf = values["cdf"]
            distribution = Distribution(symbol, low, high, sp.diff(cdf, symbol), cdf)
            return Draw(distribution, self.known_to)
        return Draw(Distribution.uniform(symbol, low, high), self.known_to)


def read_nodes(nodes: object, players: tuple[str, ...]) -> FrozenMapping[History, SequentialNode]:
    """The nodes of a tree, every history with one and every end with a payoff for each player."""
    allowed = "a mapping of history to node: write the tree with ExtensiveForm.builder"
    items = arg.mapping("nodes", nodes, allowed)
    result: dict[History, SequentialNode] = {}
    for history, node in items.items():
        if not isinstance(history, tuple) or not isinstance(node, SequentialNode):
            raise ParameterError("nodes", {str(history): node}, allowed)
        result[history] = node
    for history, node in [((), result.get(())), *result.items()]:
        after = "/".join(history) or "the start"
        if node is None:
            raise ParameterError("nodes", list(result), "a node at the start, ()")
        for label in node.labels:
            if (*history, label) not in result:
                raise ParameterError("nodes", after, f"a node after {label} there")
        if isinstance(node, End) and set(node.payoffs) != set(players):
            raise ParameterError(
                f"payoffs after {after}",
                dict(node.payoffs),
                f"one for each of {', '.join(players)}",
            )
    return FrozenMapping(result)


def check_numbers(nodes: Nodes, space: Space) -> Space:
    """The space of the parameters alone, once ranges, draws and payoffs have been checked."""
    numbers = _distinct_numbers(nodes)
    if bound := {s for c in space.constraints for s in c.free_symbols} & numbers.keys():
        names = ", ".join(sorted(s.name for s in bound))
        raise ParameterError(
            "given", space, f"conditions on parameters alone, not on {names}",
            "Write what bounds a choice in between=",
        )  # fmt: skip
    parameters = tuple(s for s in space.symbols if s not in numbers)
    parameter_space = Space(parameters, space.constraints)
    for history, node in nodes.items():
        before = numbers_before(nodes, history)
        for name, expression in _expressions(node):
            later = (expression.free_symbols & numbers.keys()) - set(before)
            if later:
                text = ", ".join(sorted(s.name for s in later))
                raise ParameterError(
                    f"{name} after {'/'.join(history) or 'the start'}", expression,
                    f"numbers chosen or drawn before; {text} is not",
                )  # fmt: skip
    for history, node in nodes.items():
        within = space_before(nodes, history, parameter_space)
        if isinstance(node, RealChoice):
            _check_range(node, within)
        elif isinstance(node, Draw):
            _check_distribution(node.distribution, within)
    return parameter_space


def _distinct_numbers(nodes: Nodes) -> dict[Symbol, SequentialNode]:
    numbers: dict[Symbol, SequentialNode] = {}
    for node in nodes.values():
        if isinstance(node, RealChoice | Draw) and numbers.setdefault(node.number, node) != node:
            raise ParameterError(
                "choice", str(node.number), "a symbol of its own for every choice and draw"
            )
    used = {s for node in nodes.values() for _, e in _expressions(node) for s in e.free_symbols}
    for symbol in numbers:
        if symbol not in used:
            raise ParameterError(
                "choice", str(symbol), "numbers that some payoff, range or probability depends on",
                f"Nothing contains {symbol}",
            )  # fmt: skip
    return numbers


def _expressions(node: SequentialNode) -> list[tuple[str, Expr]]:
    """The expressions of a node, with names for errors; a density aside."""
    if isinstance(node, End):
        return [(f"payoff of {p}", value) for p, value in node.payoffs.items()]
    if isinstance(node, Lottery):
        return [(f"probability of {k}", value) for k, value in node.probabilities.items()]
    if isinstance(node, RealChoice):
        ends = [node.range.low, node.range.high]
        return [(f"an end of {node.range.symbol}", end) for end in ends]
    if isinstance(node, Draw):
        d = node.distribution
        return [(f"an end of {d.symbol}", end) for end in (d.low, d.high)]
    return []


def _check_range(node: RealChoice, space: Space) -> None:
    choice = node.range
    if choice.nonempty == sp.true:
        return
    proof = prove_supported(choice.nonempty, space)
    if proof.verdict != "proved":
        point = _at_point(proof)
        raise ParameterError(
            f"between of {choice.symbol}", f"({choice.low}, {choice.high})",
            f"a range that holds a point{point}", f"Add to given= the condition {choice.nonempty}",
        )  # fmt: skip


def _check_distribution(distribution: Distribution, space: Space) -> None:
    d, c = distribution, distribution.symbol
    if (proof := prove_supported(sp.Lt(d.low, d.high), space)).verdict != "proved":
        raise ParameterError(
            f"ends of {c}", f"({d.low}, {d.high})", f"an interval with a length{_at_point(proof)}",
            f"Add to given= the condition {sp.Lt(d.low, d.high)}",
        )  # fmt: skip
    if d.is_uniform and d == Distribution.uniform(c, d.low, d.high):
        return
    within = Space.of(space, d.bounds, symbols=(c,))
    proof = prove_supported(sp.Ge(factorization(d.density), 0), within)
    if proof.verdict != "proved":
        raise ParameterError(
            f"density of {c}", d.density, f"one that is nowhere negative{_at_point(proof)}"
        )
    ends = (d.cdf.xreplace({c: d.low}), d.cdf.xreplace({c: d.high}))
    for value, expected in zip(ends, (0, 1), strict=True):
        if sp.simplify(value - expected) != 0:
            raise ParameterError(
                f"distribution of {c}", d.cdf,
                f"one that goes from 0 to 1 on the interval; at an end it is {value}",
            )  # fmt: skip


def _at_point(proof: prover.Proof) -> str:
    if not proof.witnesses:
        return ""
    return "; not so at " + ", ".join(f"{s} = {v}" for s, v in proof.witnesses[0].items())
