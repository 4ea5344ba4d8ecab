"""Cell decomposition of a space: all ways in which some conditions are true together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.core.signs import ANY_SIGN
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS
from gametheory_eeu.prover.point_search import (
    candidate_values,
    find_point,
    joint_point,
    point_test,
    satisfiability,
)
from gametheory_eeu.prover.sign_abstraction import (
    Literals,
    SignAbstraction,
    SignFormula,
    SignVector,
    all_of,
    any_of,
    conjoin,
    conjunction,
    implicant,
    is_satisfied,
    negation,
    restrict,
)
from gametheory_eeu.prover.sign_enumeration import SignEnumerator, UndecidedSignsError
from gametheory_eeu.prover.smt_query import Query, split

_MAX_PIECES = 5_000


@dataclass(frozen=True)
class TruthRegion:
    """A region of the space on which the same conditions are true.

    Parameters
    ----------
    true : tuple of int
        The positions of the conditions that are true there.
    pieces : tuple of mappings of polynomial to signs
        The region is their union.
    signs : tuple of int
        The signs of the polynomials at a point of it.
    sample_point : mapping of symbol to value
        That point, as the solver found it.
    """

    true: tuple[int, ...]
    pieces: tuple[Literals, ...]
    signs: tuple[int, ...]
    sample_point: Point

    @property
    def piece(self) -> Literals:
        """A piece that contains the sample point."""
        return next(p for p in self.pieces if is_satisfied(conjunction(p), self.signs))


class CellDecomposition:
    """The decomposition of a space into regions on which the same conditions are true.

    Parameters
    ----------
    conditions : sequence of SymPy Booleans
    space : Space
    edges : bool
        Whether to look at the zero sets of the polynomials as well.

    Attributes
    ----------
    polynomials : list of SymPy expressions
        Every condition turns on their signs only.
    possible : list of frozensets
        The signs each of them takes on the space.
    open : list of TruthRegion
        They cover every point at which no polynomial in :attr:`zero_sets` vanishes.
    edges : list of TruthRegion
        What is left of the space.
    unsettled : int
        How many combinations of signs the solver could not settle.
    """

    @arg.validate(
        conditions=arg.conditions, space=arg.instance_of(Space, "a Space"), edges=arg.flag
    )
    def __init__(self, conditions: Sequence[Boolean], space: Space, edges: bool = False) -> None:
        self.parts = SignAbstraction(conditions, space)
        self.signs = SignEnumerator(self.parts)
        self.polynomials, self.possible = self.parts.expressions, self.signs.possible
        self.formulas = [restrict(f, self.possible) for f in self.parts.formulas]
        self._negations = list(map(negation, self.formulas))
        self.unsettled = 0
        generic_position = conjunction({k: frozenset({-1, 1}) for k in self.zero_sets})
        self.open = self._regions(generic_position, [])
        self.edges = self._regions(True, self.open) if edges else []

    @property
    def zero_sets(self) -> list[int]:
        """The polynomials whose zeros are exceptional: those that vary with a real symbol.

        At a whole number a polynomial may vanish without being an exception, and a maximum may
        vanish on more than a boundary.
        """
        return [
            k for k, polynomial in enumerate(self.polynomials)
            if len(self.possible[k]) > 1 and 0 in self.possible[k]
            and not all(symbol.is_integer for symbol in polynomial.free_symbols)
            and not polynomial.has(*CASE_FUNCTIONS)
        ]  # fmt: skip

    def boundaries(self) -> list[int]:
        """The fewest polynomials up to whose zeros the open regions cover the space."""
        polynomials = {k for region in self.open for piece in region.pieces for k in piece}
        candidates = [k for k in self.zero_sets if k in polynomials]
        complements = (negation(conjunction(p)) for region in self.open for p in region.pieces)
        nonzero = conjunction({k: frozenset({-1, 1}) for k in candidates})
        return candidates if self.signs.excludes(all_of(nonzero, *complements)) else self.zero_sets

    def _regions(
        self, subspace: SignFormula, known_regions: list[TruthRegion]
    ) -> list[TruthRegion]:
        """All regions within a part of the space, outside the known ones."""
        pieces: dict[tuple[int, ...], list[Literals]] = {}
        first_signs: dict[tuple[int, ...], tuple[int, ...]] = {}
        known_pieces = {region.true: list(region.pieces) for region in known_regions}
        cover = [piece for region in known_regions for piece in region.pieces]
        for signs in self._uncovered_signs(subspace, cover):
            truths = tuple(i for i, f in enumerate(self.formulas) if is_satisfied(f, signs))
            piece = self._piece(signs, truths, known_pieces.get(truths, []))
            pieces.setdefault(truths, []).append(piece)
            first_signs.setdefault(truths, signs)
            cover.append(piece)
        return [
            TruthRegion(
                truths,
                self._irredundant(group),
                first_signs[truths],
                self.signs.points[first_signs[truths]],
            )
            for truths, group in pieces.items()
        ]

    def _uncovered_signs(
        self, subspace: SignFormula, cover: list[Literals]
    ) -> Iterator[tuple[int, ...]]:
        """Sign vectors that occur in a part of the space and are not covered yet."""
        conjuncts: list[SignFormula] = [subspace]
        count = 0
        while len(cover) < _MAX_PIECES:
            conjuncts += [negation(conjunction(piece)) for piece in cover[count:]]
            count = len(cover)
            try:
                signs = self.signs.point(all_of(*conjuncts))
            except UndecidedSignsError as question:
                conjuncts.append(negation(conjunction(question.literals)))
                self.unsettled += 1
                continue
            if signs is None:
                return
            yield signs
        raise TooLargeError(
            f"the conditions turn on {len(self.polynomials)} polynomials and split the space into "
            f"more than {_MAX_PIECES} pieces; give values to some symbols, or narrow it by given="
        )

    def _piece(
        self, signs: SignVector, truths: tuple[int, ...], excluded: list[Literals]
    ) -> Literals:
        """The fewest and simplest literals that hold at the signs and imply what is true there."""
        pairs = list(enumerate(zip(self.formulas, self._negations, strict=True)))
        pieces = [conjunction(piece) for piece in excluded]
        target = all_of(*(pair[i not in truths] for i, pair in pairs), *map(negation, pieces))
        complement = any_of(*(pair[i in truths] for i, pair in pairs), *pieces)
        minimal = implicant(target, signs, self.signs.cost)
        literals: dict[int, frozenset[int]] = {k: frozenset({signs[k]}) for k in minimal}
        for k in sorted(literals, key=self.signs.cost, reverse=True):
            others = {j: allowed for j, allowed in literals.items() if j != k}
            weakenings = self._weakenings(k, signs[k], minimal[k])
            trials = (conjoin(others, {k: weaker}) for weaker in weakenings)
            implying = (
                t for t in trials if self.signs.excludes(all_of(conjunction(t), complement))
            )
            literals = next(implying, literals)
        return {k: allowed for k, allowed in literals.items() if allowed < ANY_SIGN}

    def _weakenings(self, k: int, sign: int, allowed: frozenset[int]) -> Iterator[frozenset[int]]:
        """The weaker sign sets of a literal, weakest first; a strict sign stays strict or goes."""
        yield ANY_SIGN
        if sign == 0 and len(allowed) == 2 and 0 in allowed:
            yield allowed

    def _irredundant(self, pieces: list[Literals]) -> tuple[Literals, ...]:
        """An irredundant cover: the pieces without those that the others cover."""
        cover = list(pieces)
        for piece in sorted(pieces, key=len, reverse=True):
            rest = [conjunction(candidate) for candidate in cover if candidate is not piece]
            if rest and self.signs.excludes(all_of(conjunction(piece), negation(any_of(*rest)))):
                cover = [candidate for candidate in cover if candidate is not piece]
        return tuple(_merge_adjacent(cover))


def _merge_adjacent(pieces: list[Literals]) -> list[Literals]:
    """The pieces, with two that differ in the signs of one polynomial merged into one."""
    for i, left in enumerate(pieces):
        for j, right in enumerate(pieces[:i]):
            differences = [k for k in left if left[k] != right.get(k)]
            if left.keys() == right.keys() and len(differences) == 1:
                (k,) = differences
                union = {**left, k: left[k] | right[k]}
                rest = [piece for index, piece in enumerate(pieces) if index not in (i, j)]
                return _merge_adjacent([{q: s for q, s in union.items() if s < ANY_SIGN}, *rest])
    return pieces


class SamplePoints:
    """Small points of the regions that polynomials mark off in a space.

    Parameters
    ----------
    parts : SignAbstraction
        The polynomials.
    """

    def __init__(self, parts: SignAbstraction) -> None:
        self.parts, self.space = parts, parts.space
        unconstrained = Space(self.space.symbols)
        self.constraints = SignAbstraction(self.space.constraints, unconstrained)
        self.plain = not (parts.encoder.definitions or self.constraints.encoder.definitions)

    def point(self, literals: Literals, condition: Boolean, start: Point) -> Point | None:
        """A point of the space where the literals hold, which is where the condition does.

        One symbol after the other takes the simplest value that leaves everything true. Where
        that is not possible, because a polynomial must vanish or a root occurs, small values are
        searched for with the solver.
        """
        is_open = all(0 not in signs or len(signs) > 1 for signs in literals.values())
        values = {s: sp.sympify(start.get(s, 0)) for s in self.space.symbols}
        if self.plain and is_open and all(value.is_Rational for value in values.values()):
            point = self._simplify(literals, values)
            if point is not None:
                return point
        return self._search_point(condition)

    def _simplify(self, literals: Literals, values: dict[Symbol, Expr]) -> Point | None:
        for symbol in self.space.symbols:
            for candidate in candidate_values(symbol, values[symbol]):
                trial = {**values, symbol: candidate}
                if self._is_inside(literals, trial):
                    values = trial
                    break
        is_integral = all(value.is_Integer for s, value in values.items() if s.is_integer)
        return values if is_integral and self._is_inside(literals, values) else None

    def _is_inside(self, literals: Literals, values: Point) -> bool:
        signs = _PointSigns(self.parts, values)
        if not all(signs[k] in allowed for k, allowed in literals.items()):
            return False
        if not Space(self.space.symbols).contains({s.name: v for s, v in values.items()}):
            return False
        constraint_signs = _PointSigns(self.constraints, values)
        return all(is_satisfied(formula, constraint_signs) for formula in self.constraints.formulas)

    def _search_point(self, condition: Boolean) -> Point | None:
        part, other_parts = split(self.space, condition.free_symbols)
        other_values = joint_point(other_parts)
        if other_values is None or satisfiability(part) == "unsat":
            return None
        query = Query(condition, part)
        point = find_point(query, query.true, point_test(query, True))
        return None if point is None else {**other_values, **point}


class _PointSigns:
    """The signs of the polynomials at a point, computed lazily."""

    def __init__(self, parts: SignAbstraction, values: Point) -> None:
        self.parts = parts
        self.values = [to_fmpq(values[s]) for s in parts.encoder.names]
        self.known: dict[int, int] = {}

    def __getitem__(self, k: int) -> int:
        if k not in self.known:
            value = self.parts.polynomials[k](*self.values)
            self.known[k] = int(value > 0) - int(value < 0)
        return self.known[k]
