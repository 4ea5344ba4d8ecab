"""Partition: a space of parameters divided by its set of equilibria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, check_assumptions
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError, SpaceError, UnsupportedError
from gametheory_eeu.games.equilibrium import EquilibriumSet, Obligation, Verification, join_names

if TYPE_CHECKING:
    from gametheory_eeu.games.solvable import AbstractGame


@dataclass(frozen=True, repr=False)
class Regime(Displayable):
    """A part of a parameter space in which the set of equilibria is constant.

    Parameters
    ----------
    condition : SymPy Boolean
        Over the space. Of an open cell, strict inequalities; of a knife edge, with equalities.
    witness : mapping of symbol to exact value
        A small point of it; empty where none was found.
    equilibria : tuple of str
        The names of those that exist there, families included.
    """

    condition: Boolean
    witness: Mapping[Symbol, Expr]
    equilibria: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<{join_names(self.equilibria) or 'no equilibrium'} where {self.condition}>"


@dataclass(frozen=True, repr=False)
class Partition(Displayable):
    """A space of parameters divided by its set of equilibria.

    Parameters
    ----------
    cells : tuple of Regime
        The open ones: each a set of equilibria that exists on an open part of the space.
    edges : tuple of Regime
        The knife edges: what the cells leave, by set of equilibria. Empty unless asked for.
    boundaries : tuple of SymPy equations
        The zero sets up to which the cells cover the space.
    solution : EquilibriumSet
        What was divided: the equilibria, each with its condition.
    space : Space
    whole : tuple of SymPy Booleans
        What whole-number symbols obey because they are whole; the proofs may use it.
    with_edges : bool
        Whether the edges were asked for, so that they belong to what covers the space.
    unsettled : int
        Combinations of signs that the solver did not settle within its limit; where there are
        any, :attr:`covers` is not proved.
    """

    cells: tuple[Regime, ...]
    edges: tuple[Regime, ...]
    boundaries: tuple[Boolean, ...]
    solution: EquilibriumSet
    space: Space
    whole: tuple[Boolean, ...] = ()
    with_edges: bool = False
    unsettled: int = 0

    @property
    def game(self) -> AbstractGame:
        """The game."""
        return self.solution.game

    @property
    def concept(self) -> str:
        """The solution concept."""
        return self.solution.concept

    @cached_property
    def complete_where(self) -> Boolean:
        """Where in the space the regimes name *every* equilibrium: simplified on the space."""
        try:
            return prover.simplify(self.solution.complete_where, self.space)
        except UnsupportedError:  # then what the solver said stays as it is
            return self.solution.complete_where

    @property
    def count(self) -> int:
        """The number of open cells."""
        return len(self.cells)

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers of equilibria and families that occur, over cells and edges."""
        return tuple(sorted({len(regime.equilibria) for regime in self}))

    @cached_property
    def covers(self) -> prover.Proof:
        """The proof that the cells, with the edges or the boundaries, cover the space."""
        parts = [regime.condition for regime in self]
        parts += () if self.with_edges else self.boundaries
        return prover.prove(sp.Or(*parts), given=(self.space, *self.whole))

    @cached_property
    def disjoint(self) -> prover.Proof:
        """The proof that no two of the cells and edges overlap."""
        conditions = [regime.condition for regime in self]
        exclusions = [
            sp.Not(sp.And(condition, sp.Or(*conditions[i + 1 :]), evaluate=False), evaluate=False)
            for i, condition in enumerate(conditions[:-1])
        ]
        return prover.prove_all(exclusions, given=(self.space, *self.whole))

    def at(self, point: Mapping[Any, Any] | None = None, /, **values: object) -> Regime:
        """The cell or edge of a point.

        Parameters
        ----------
        point : mapping of symbol or name to value, optional
        **values
            The same by keyword; a symbol on which no condition turns may be left out.

        Raises
        ------
        ParameterError
            A value that a condition turns on is missing.
        SpaceError
            The point is outside the space.
        """
        given = {} if point is None else point
        coordinates = arg.mapping("point", given, "a mapping of symbols to values")
        exact_point = self.space.point(dict(coordinates) | dict(values.items()))
        self._check_inside(exact_point)
        names = tuple(e.name for e in self.solution if prover.is_true_at(e.condition, exact_point))
        for regime in self:
            if regime.equilibria == names and prover.is_true_at(regime.condition, exact_point):
                return regime
        zeros = sp.And(*(zero for zero in self.boundaries if prover.is_true_at(zero, exact_point)))
        return Regime(zeros, FrozenMapping(exact_point), names)

    def _check_inside(self, point: Mapping[Symbol, Expr]) -> None:
        conditions = (*(equilibrium.condition for equilibrium in self.solution), *self.boundaries)
        required = {s for condition in conditions for s in condition.free_symbols}
        missing = sorted(s.name for s in required - set(point))
        if missing:
            raise ParameterError(
                "point", {s.name: str(v) for s, v in point.items()},
                f"a value for each of {', '.join(sorted(s.name for s in required))}",
                f"Missing: {', '.join(missing)}",
            )  # fmt: skip
        check_assumptions(point)
        for constraint in self.space.constraints:
            if constraint.free_symbols <= set(point) and not prover.is_true_at(constraint, point):
                raise SpaceError(f"the point is outside the space, where {constraint}")

    def verify(self) -> Verification:
        """Prove anew, by the library's prover, that each cell and edge has just its equilibria.

        Nothing of the enumeration is used: for each regime, that its condition implies the
        condition of every equilibrium it names and excludes every other.
        """
        obligations = []
        for regime in self:
            parts = [e.condition if e.name in regime.equilibria else
                     sp.Not(e.condition, evaluate=False) for e in self.solution]  # fmt: skip
            claim = sp.Implies(regime.condition, sp.And(*parts, evaluate=False), evaluate=False)
            names = join_names(regime.equilibria) or "no equilibrium"
            obligations.append(Obligation(f"{names} where {regime.condition}", claim))
        verification = Verification.of(tuple(obligations), Space.of(self.space, *self.whole))
        proofs = (("they cover the space", self.covers), ("no two overlap", self.disjoint))
        coverage = tuple((Obligation(label, proof.statement), proof) for label, proof in proofs)
        return Verification((*verification.results, *coverage))

    def plot(self, **options: Any) -> Any:
        """A slice as a Matplotlib figure: ``plot(x="P", y="R", at={...})``, or a bar along ``x``.

        Parameters
        ----------
        x, y : str
            The symbols along the axes; with ``x`` alone, a bar.
        at : mapping of name to value, or Calibration, or game
            Values of the other symbols on which the regimes turn.
        xlim, ylim : pair of numbers, optional
            Unless given, the bounds of the space, and beyond every boundary and every cell. What
            lies outside is named below the figure.
        compare : iterable of games, optional
            Calibrated games, drawn as points with their calibrations' names.
        """
        from gametheory_eeu import display

        return display.figure(self, **options)

    def __iter__(self) -> Iterator[Regime]:
        return iter((*self.cells, *self.edges))

    def __len__(self) -> int:
        return len(self.cells) + len(self.edges)

    def __getitem__(self, position: int) -> Regime:
        return arg.lookup("regime", tuple(self), position, lambda regime: (str(regime.condition),))

    def __repr__(self) -> str:
        edges = f", {_count(self.edges, 'edge')}" if self.with_edges else ""
        return f"<{_count(self.cells, 'regime')} of {self.concept} equilibria{edges}>"


def _count(items: Sized, noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"
