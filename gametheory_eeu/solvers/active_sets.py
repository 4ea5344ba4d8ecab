"""Equilibria in continuous choices, by enumeration of active sets.

A best choice is at an end of its range, where the derivative points out of it; inside, where the
derivative is zero; or at a breakpoint of the payoff. For every combination of these over the
choices, the conditions are equalities and inequalities (Karush 1939; Kuhn and Tucker 1951), all of
whose solutions are followed; a solution is an equilibrium where no player gains by any deviation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import NamedTuple

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import common_denominator, has_quotient
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.prover.budget import STEP, Effort
from gametheory_eeu.prover.case_distinction import cases, disjuncts
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.proof_search import is_proved
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, Deviation, PayoffPiece, Place, RootScale
from gametheory_eeu.solvers.polynomial_families import polynomial_families
from gametheory_eeu.solvers.solution_families import (
    AtomicFormula,
    SolutionFamily,
    clear_denominator,
    conjunction,
    existence_condition,
    with_unit_slopes,
)
from gametheory_eeu.solvers.support_families import BackSubstitution

MAX_ACTIVE_SETS = 2_000
"""Combinations of places of all choices."""
MAX_CASES = 3_000
_NO_CLOSED_FORM = "its first-order conditions have no closed form here"
_NOT_COMPARED = "whether a deviation pays was not settled"
_EQUALITIES = {sp.Ne: "!=", sp.Eq: "=="}
_ORDERS = (sp.Gt, sp.Ge, sp.Lt, sp.Le)


@dataclass(frozen=True)
class ChoiceEquilibrium:
    """A family of equilibria: where each choice is, its value, and when it exists.

    ``pieces`` says by its number which of the pieces of each player's payoff applies.
    """

    places: Mapping[Symbol, Place]
    values: Mapping[Symbol, Expr]
    condition: Boolean
    pieces: tuple[int, ...]
    free: tuple[Symbol, ...] = ()
    where: Boolean = sp.true


@dataclass(frozen=True)
class UnsolvedActiveSet:
    """An active set that was not solved, where that may matter, and why."""

    places: Mapping[Symbol, Place]
    condition: Boolean
    why: str


class _Face(NamedTuple):
    """The interior of a piece, or an edge of it, where no derivative need be zero."""

    formula: Expr
    atoms: tuple[AtomicFormula, ...]
    equalities: tuple[Expr, ...]
    edges: tuple[Expr, ...]


class _Option(NamedTuple):
    """What a player's choices may be like: their places, and the conditions that go with them."""

    piece: int
    places: dict[Symbol, Place]
    values: dict[Symbol, Expr]
    equalities: tuple[Expr, ...]
    atoms: tuple[AtomicFormula, ...]


@dataclass
class ActiveSetSearch:
    """Exhaustive search over active sets.

    In a symmetric equilibrium of equal players one stands for all: ``ties`` says to which own
    choice each choice of the others is equal.
    """

    agents: tuple[Agent, ...]
    space: Space
    ties: Mapping[Symbol, Symbol] = field(default_factory=dict)

    def __post_init__(self) -> None:
        original = {r.symbol: r for agent in self.agents for r in agent.ranges}
        original |= {
            r: replace(original[x], symbol=r) for r, x in self.ties.items() if x in original
        }
        self.choices = tuple(r.symbol for agent in self.agents for r in agent.ranges)
        self.scale = RootScale.of(self.agents, self.ties, self.space)
        self.agents = tuple(self.scale.agent(agent, original) for agent in self.agents)
        scaled = self.scale.symbols
        self.ties = {scaled.get(r, r): scaled.get(x, x) for r, x in self.ties.items()}
        self.ranges = {r.symbol: r for agent in self.agents for r in agent.ranges}
        self.choice_space = Space.of(self.space, *(r.contains(s) for s, r in self.ranges.items()))
        self.pieces = {agent.name: tuple(_pieces(agent)) for agent in self.agents}
        self.effort = Effort(
            "finding the equilibria of this game", MAX_CASES, "bound the choices further"
        )

    def solutions(self) -> Iterator[ChoiceEquilibrium | UnsolvedActiveSet]:
        """Every equilibrium, family by family, and the active sets that were not solved."""
        options = [list(self._options(agent)) for agent in self.agents]
        count = prod(map(len, options))
        if count > MAX_ACTIVE_SETS:
            raise TooLargeError(
                f"the choices can be at ends, breakpoints and between in {count} combinations, "
                f"above the limit of {MAX_ACTIVE_SETS}; leave out ranges that never bind, or ask "
                "for a game of fewer players"
            )
        for combination in product(*options):
            for solution in self._solve(combination):
                yield self._restored(solution)

    def _restored(
        self, solution: ChoiceEquilibrium | UnsolvedActiveSet
    ) -> ChoiceEquilibrium | UnsolvedActiveSet:
        """The solution in the choices themselves, where they were rescaled."""
        if not self.scale.orders:
            return solution
        scaled = self.scale.symbols
        places = {x: solution.places[scaled.get(x, x)] for x in self.choices}
        if isinstance(solution, UnsolvedActiveSet):
            return replace(solution, places=places)
        roots = self.scale.roots
        originals = {t: x for x, t in scaled.items()}
        values = {x: self.scale.restore(x, solution.values).xreplace(roots) for x in self.choices}
        return replace(
            solution,
            places=places,
            values=values,
            free=tuple(originals.get(t, t) for t in solution.free),
            where=solution.where.xreplace(roots),
        )

    # What a player's choices may be like.

    def _options(self, agent: Agent) -> Iterator[_Option]:
        for number, piece in enumerate(self.pieces[agent.name]):
            faces = _intervals_and_ends(piece) if agent.pieces else _faces(piece, agent.own)
            for face in faces:
                for ends in product(*(self._places(r) for r in agent.ranges)):
                    yield self._option(agent, number, face, ends)

    def _option(self, agent: Agent, piece: int, face: _Face, ends: Sequence[Place]) -> _Option:
        places: dict[Symbol, Place] = {}
        values: dict[Symbol, Expr] = {}
        equalities, conditions = [*face.equalities, *face.edges], list(face.atoms)
        for choice, end in zip(agent.ranges, ends, strict=True):
            x = choice.symbol
            places[x] = "edge" if end == "inside" and face.edges else end
            if end == "inside":
                conditions += [(distance, ">") for distance in _distances(choice)]
            else:
                values[x] = choice.high if end == "high" else choice.low
            if choice.has_low and choice.has_high:
                width = sp.expand(choice.high - choice.low)
                if end == "point":
                    equalities.append(width)
                else:
                    conditions.append((width, ">"))
            if face.edges or end == "point":
                continue
            slope = self._slope(sp.diff(face.formula, x))
            if end == "inside":
                equalities.append(slope)
            else:
                conditions.append((-slope if end == "low" else slope, ">="))
        tied = dict(self.ties)
        return _Option(
            piece,
            places,
            values,
            tuple(e.xreplace(tied) for e in equalities),
            tuple((e.xreplace(tied), op) for e, op in conditions),
        )

    def _places(self, choice: ChoiceRange) -> list[Place]:
        """The places a choice may have; an interval may shrink to a point."""
        if not choice.has_low or not choice.has_high:
            low: list[Place] = ["low"] if choice.has_low else []
            high: list[Place] = ["high"] if choice.has_high else []
            return ["inside", *low, *high]
        if choice.high == choice.low:
            return ["point"]
        is_wide = is_proved(sp.Lt(choice.low, choice.high), self.space, STEP)
        return ["inside", "low", "high"] if is_wide else ["inside", "low", "high", "point"]

    def _slope(self, derivative: Expr) -> Expr:
        """A derivative, up to a positive factor, in the choices of an equilibrium."""
        return clear_denominator(derivative.xreplace(dict(self.ties)), self.choice_space)

    # The equations of one active set.

    def _solve(
        self, combination: Sequence[_Option]
    ) -> Iterator[ChoiceEquilibrium | UnsolvedActiveSet]:
        pieces = tuple(option.piece for option in combination)
        places = {x: place for option in combination for x, place in option.places.items()}
        values = {x: value for option in combination for x, value in option.values.items()}
        equalities = [
            _numerator(e.xreplace(values)) for option in combination for e in option.equalities
        ]
        atoms = [(e.xreplace(values), op) for option in combination for e, op in option.atoms]
        unknowns = [x for x in self.ranges if x not in values]
        if unknowns and not all(e.is_polynomial(*unknowns) for e in equalities):
            yield UnsolvedActiveSet(places, sp.true, _NO_CLOSED_FORM)
            return
        space = Space.of(self.space, *(self.ranges[x].contains(x) for x in unknowns))
        for family, back_substitute in polynomial_families(
            equalities, atoms, unknowns, space, self.effort
        ):
            yield from self._equilibria(pieces, places, values, family, back_substitute)

    def _equilibria(
        self,
        pieces: tuple[int, ...],
        places: Mapping[Symbol, Place],
        corner_values: Mapping[Symbol, Expr],
        family: SolutionFamily,
        back_substitute: BackSubstitution,
    ) -> Iterator[ChoiceEquilibrium | UnsolvedActiveSet]:
        if family.open:
            yield UnsolvedActiveSet(places, prover.simplify(family.condition, self.space),
                                    _NO_CLOSED_FORM)  # fmt: skip
            return
        family = with_unit_slopes(family, self.space)
        values: dict[Symbol, Expr] = dict(corner_values)
        for x in self.ranges:
            if x not in values:
                values[x] = back_substitute(family.values.get(x, x))
        exists = self._existence(family)
        if exists is None:
            yield UnsolvedActiveSet(places, sp.true, "where its range holds a point was not found")
            return
        if exists == sp.false:
            return
        where = conjunction(family.where) if family.free else sp.true
        subspace = Space.of(self.space, exists, where, symbols=family.free)
        optimal = self._no_gains(pieces, places, values, subspace)
        if optimal is None:
            yield UnsolvedActiveSet(places, exists, _NOT_COMPARED)
            return
        solution = ChoiceEquilibrium(
            places, values, sp.And(exists, optimal), pieces, family.free, where
        )
        yield from self._restricted(solution, family)

    def _existence(self, family: SolutionFamily) -> Boolean | None:
        """The condition under which a family has a member."""
        mirror: dict[Symbol, Expr] = {}
        for unknown in family.free:
            expressions = [e for e, _ in family.where if unknown in e.free_symbols]
            if any(_has_slope(e, unknown, 1) for e in expressions):
                continue
            if any(_has_slope(e, unknown, -1) for e in expressions):
                mirror[unknown] = -unknown  # bounded above alone: its negative is bounded below
            elif expressions:
                return None
        where = tuple((e.xreplace(mirror), op) for e, op in family.where)
        return existence_condition(replace(family, where=where), self.space)

    def _restricted(
        self, solution: ChoiceEquilibrium, family: SolutionFamily
    ) -> Iterator[ChoiceEquilibrium | UnsolvedActiveSet]:
        """The family where a condition holds that may restrict its free unknowns too."""
        if solution.condition.free_symbols.isdisjoint(family.free):
            yield solution
            return
        for relations in disjuncts(solution.condition):
            own = [c for c in relations if not c.free_symbols.isdisjoint(family.free)]
            rest = [c for c in relations if c.free_symbols.isdisjoint(family.free)]
            if not all(isinstance(c, (*_EQUALITIES, *_ORDERS)) for c in own):
                yield UnsolvedActiveSet(solution.places, sp.true, _NOT_COMPARED)
                return
            part = replace(family, where=(*family.where, *map(atom, own)))
            part = with_unit_slopes(part, self.space)
            exists = self._existence(part)
            if exists is None:
                yield UnsolvedActiveSet(solution.places, sp.true, _NOT_COMPARED)
                return
            where = conjunction(part.where)
            yield replace(solution, condition=sp.And(exists, *rest), where=where)

    # Deviations.

    def _no_gains(
        self,
        pieces: tuple[int, ...],
        places: Mapping[Symbol, Place],
        values: Mapping[Symbol, Expr],
        space: Space,
    ) -> Boolean | None:
        """The condition that no player gains by a deviation; None where it was not found."""
        all_values = {**values, **{s: values[x] for s, x in self.ties.items()}}
        conditions: list[Boolean] = []
        for agent, number in zip(self.agents, pieces, strict=True):
            if all(places[x] == "point" for x in agent.own) or agent.curvature.shape != "unknown":
                continue
            if len(agent.own) > 1:
                return None
            place = places[agent.own[0]]
            all_pieces = self.pieces[agent.name]
            formula = all_pieces[number].formula
            others = _interiors(all_pieces) if agent.pieces else all_pieces
            deviation = Deviation(agent, all_values, place, space, formula, others)
            condition = deviation.no_gain()
            if condition is None:
                return None
            conditions.append(condition)
        return sp.And(*conditions)


def _pieces(agent: Agent) -> Iterator[PayoffPiece]:
    """The formulas of a payoff, each where it holds; their conditions do not overlap."""
    if agent.pieces:
        yield from agent.pieces
        return
    if not agent.payoff.has(*CASE_FUNCTIONS):
        yield PayoffPiece((), agent.payoff)
        return
    payoff = agent.payoff.rewrite(sp.Piecewise)
    for case in cases(payoff, agent.space):
        for relations in disjuncts(case.condition):
            yield PayoffPiece(tuple(map(atom, relations)), case.expression)


def atom(relation: Boolean) -> AtomicFormula:
    """A relation as an expression compared with zero."""
    if isinstance(relation, _ORDERS):
        strict = isinstance(relation, (sp.Gt, sp.Lt))
        return sp.expand(relation.gts - relation.lts), ">" if strict else ">="
    if type(relation) not in _EQUALITIES:
        raise UnsupportedError(
            f"{relation} is not a relation; write a payoff's cases with <, <=, >, >=, And and Or"
        )
    return sp.expand(relation.lhs - relation.rhs), _EQUALITIES[type(relation)]


def _faces(piece: PayoffPiece, own: Sequence[Symbol]) -> Iterator[_Face]:
    """The interior of a piece and its edges, in a player's own choices."""
    options: list[list[tuple[str, AtomicFormula]]] = []
    for expression, op in piece.atoms:
        is_own = not expression.free_symbols.isdisjoint(own)
        boundary = ("edges" if is_own else "equalities", (expression, "=="))
        if op == "==":
            options.append([boundary])
        elif op == ">=" and is_own:
            options.append([("atoms", (expression, ">")), boundary])
        else:
            options.append([("atoms", (expression, op))])
    for parts in product(*options):
        selected = {
            kind: tuple(atom for key, atom in parts if key == kind)
            for kind in ("atoms", "equalities", "edges")
        }
        edges, equalities = ([e for e, _ in selected[k]] for k in ("edges", "equalities"))
        yield _Face(piece.formula, selected["atoms"], tuple(equalities), tuple(edges))


def _interiors(pieces: Sequence[PayoffPiece]) -> tuple[PayoffPiece, ...]:
    """The pieces without their ends: at an end another piece may apply as well."""
    return tuple(
        PayoffPiece(_strict(piece.atoms), piece.formula)
        for piece in pieces
        if all(op != "==" for _, op in piece.atoms)
    )


def _strict(atoms: Sequence[AtomicFormula]) -> tuple[AtomicFormula, ...]:
    """The relations without the points where one that is weak is an equality."""
    return tuple((e, ">" if op == ">=" else op) for e, op in atoms)


def _intervals_and_ends(piece: PayoffPiece) -> Iterator[_Face]:
    """The interior of a piece in one choice, and its ends, of which some may be the same point."""
    if all(op != "==" for _, op in piece.atoms):
        yield _Face(piece.formula, _strict(piece.atoms), (), ())
    for k, (expression, op) in enumerate(piece.atoms):
        if op in (">=", "=="):
            rest = piece.atoms[:k] + piece.atoms[k + 1 :]
            yield _Face(piece.formula, rest, (), (expression,))


def _distances(choice: ChoiceRange) -> list[Expr]:
    """The distances from the ends, positive inside."""
    x = choice.symbol
    below = [] if choice.low == -sp.oo else [x - choice.low]
    return below if choice.high == sp.oo else [*below, choice.high - x]


def _numerator(equality: Expr) -> Expr:
    """An equation's left side without its denominator, which is nowhere zero on the ranges."""
    if not has_quotient(equality):
        return equality
    numerator, denominator = common_denominator(equality)
    return equality if denominator.is_number else sp.expand(numerator)


def _has_slope(expression: Expr, symbol: Symbol, sign: int) -> bool:
    """Whether an expression is a line in a symbol, with a slope that is a number of some sign."""
    coefficient = sp.expand(expression).coeff(symbol, 1)
    return bool(coefficient.is_number and sign * coefficient > 0)
