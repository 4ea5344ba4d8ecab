"""All ways in which some conditions are true together on a space, region by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gametheory_eeu._types import Boolean, Point
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.indeterminates import BY_CASES
from gametheory_eeu.prover.sign_abstraction import TakenApart
from gametheory_eeu.prover.sign_enumeration import SignsTogether, Unsettled
from gametheory_eeu.prover.sign_formula import (
    ANY,
    Formula,
    Literals,
    Signs,
    both,
    conjunction,
    every,
    holds,
    narrowed,
    opposite,
    some,
    support,
)

_MOST_PIECES = 5_000


@dataclass(frozen=True)
class Region:
    """Where the same conditions are true.

    Parameters
    ----------
    true : tuple of int
        The positions of the conditions that are true there.
    pieces : tuple of mappings of polynomial to signs
        The region is their union.
    signs : tuple of int
        The signs of the polynomials at a point of it.
    near : mapping of symbol to value
        That point, as the solver found it.
    """

    true: tuple[int, ...]
    pieces: tuple[Literals, ...]
    signs: tuple[int, ...]
    near: Point

    @property
    def piece(self) -> Literals:
        """A piece that the point is in."""
        return next(p for p in self.pieces if holds(conjunction(p), self.signs))


class Cells:
    """The regions of a space in which the same of some conditions are true.

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
    open : list of Region
        They cover every point at which no polynomial in :attr:`zero_sets` vanishes.
    edges : list of Region
        What is left of the space.
    unsettled : int
        How many combinations of signs the solver could not settle.
    """

    @arg.checks(conditions=arg.conditions, space=arg.a(Space, "a Space"), edges=arg.flag)
    def __init__(self, conditions: Sequence[Boolean], space: Space, edges: bool = False) -> None:
        self.parts = TakenApart(conditions, space)
        self.signs = SignsTogether(self.parts)
        self.polynomials, self.possible = self.parts.expressions, self.signs.possible
        self.formulas = [narrowed(f, self.possible) for f in self.parts.formulas]
        self._opposites = list(map(opposite, self.formulas))
        self.unsettled = 0
        self.open = self._regions(self._generic(), [])
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
            and not polynomial.has(*BY_CASES)
        ]  # fmt: skip

    def boundaries(self) -> list[int]:
        """Polynomials up to whose zeros the open regions cover the space: as few as will do."""
        within = {k for region in self.open for piece in region.pieces for k in piece}
        few = [k for k in self.zero_sets if k in within]
        outside = (opposite(conjunction(p)) for region in self.open for p in region.pieces)
        off = conjunction({k: frozenset({-1, 1}) for k in few})
        return few if self.signs.excludes(every(off, *outside)) else self.zero_sets

    def _generic(self) -> Formula:
        return conjunction({k: frozenset({-1, 1}) for k in self.zero_sets})

    def _regions(self, where: Formula, known: list[Region]) -> list[Region]:
        """All regions within a part of the space, outside the known ones."""
        pieces: dict[tuple[int, ...], list[Literals]] = {}
        first: dict[tuple[int, ...], tuple[int, ...]] = {}
        taken = {region.true: list(region.pieces) for region in known}
        covered = [piece for region in known for piece in region.pieces]
        for signs in self._outside(where, covered):
            true = tuple(i for i, f in enumerate(self.formulas) if holds(f, signs))
            piece = self._piece(signs, true, taken.get(true, []))
            pieces.setdefault(true, []).append(piece)
            first.setdefault(true, signs)
            covered.append(piece)
        return [
            Region(true, self._needed(found), first[true], self.signs.points[first[true]])
            for true, found in pieces.items()
        ]

    def _outside(self, where: Formula, covered: list[Literals]) -> Iterator[tuple[int, ...]]:
        """Signs that occur in a part of the space, until everything there is covered."""
        left: list[Formula] = [where]
        done = 0
        while len(covered) < _MOST_PIECES:
            left += [opposite(conjunction(piece)) for piece in covered[done:]]
            done = len(covered)
            try:
                signs = self.signs.point(every(*left))
            except Unsettled as question:
                left.append(opposite(conjunction(question.literals)))
                self.unsettled += 1
                continue
            if signs is None:
                return
            yield signs
        raise TooLargeError(
            f"the conditions turn on {len(self.polynomials)} polynomials and split the space into "
            f"more than {_MOST_PIECES} pieces; give values to some symbols, or narrow it by given="
        )

    def _piece(self, signs: Signs, true: tuple[int, ...], taken: list[Literals]) -> Literals:
        """The fewest and simplest literals that hold at the signs and imply what is true there."""
        pairs = list(enumerate(zip(self.formulas, self._opposites, strict=True)))
        pieces = [conjunction(piece) for piece in taken]
        wanted = every(*(pair[i not in true] for i, pair in pairs), *map(opposite, pieces))
        elsewhere = some(*(pair[i in true] for i, pair in pairs), *pieces)
        needed = support(wanted, signs, self.signs.cost)
        found: dict[int, frozenset[int]] = {k: frozenset({signs[k]}) for k in needed}
        for k in sorted(found, key=self.signs.cost, reverse=True):
            for wider in self._wider(k, signs[k], needed[k]):
                trial = both({j: s for j, s in found.items() if j != k}, {k: wider})
                if self.signs.excludes(every(conjunction(trial), elsewhere)):
                    found = trial
                    break
        return {k: allowed for k, allowed in found.items() if allowed < ANY}

    def _wider(self, k: int, sign: int, needed: frozenset[int]) -> Iterator[frozenset[int]]:
        """What a literal may become, the most first; a strict sign stays strict or goes."""
        yield ANY
        if sign == 0 and len(needed) == 2 and 0 in needed:
            yield needed

    def _needed(self, pieces: list[Literals]) -> tuple[Literals, ...]:
        """The pieces without those that the others cover."""
        kept = list(pieces)
        for piece in sorted(pieces, key=len, reverse=True):
            others = [conjunction(other) for other in kept if other is not piece]
            if others and self.signs.excludes(every(conjunction(piece), opposite(some(*others)))):
                kept = [other for other in kept if other is not piece]
        return tuple(_merged(kept))


def _merged(pieces: list[Literals]) -> list[Literals]:
    """The pieces with two that differ in the signs of one polynomial made one."""
    for i, left in enumerate(pieces):
        for j, right in enumerate(pieces[:i]):
            apart = [k for k in left if left[k] != right.get(k)]
            if left.keys() == right.keys() and len(apart) == 1:
                (k,) = apart
                joined = {**left, k: left[k] | right[k]}
                rest = [piece for place, piece in enumerate(pieces) if place not in (i, j)]
                return _merged([{q: s for q, s in joined.items() if s < ANY}, *rest])
    return pieces


__all__ = ["Cells", "Region"]
