"""Regimes: parameter space divided by which equilibria exist, with readable conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.core.signs import RELATION_OF
from gametheory_eeu.games import AbstractGame, EquilibriumSet, Partition, Quantity, Regime
from gametheory_eeu.prover import CellDecomposition, Literals, SamplePoints, TruthRegion
from gametheory_eeu.statics.conditions import refuse_functions, restricted_space, solve

_NAMED_LENGTH = 3
SymbolBound: TypeAlias = tuple[Expr, Expr]


@dataclass(frozen=True)
class RelationForm:
    """Two sides whose difference has a polynomial's sign times ``orientation`` everywhere."""

    left: Expr
    right: Expr
    orientation: int
    rank: tuple[int, ...]


class ConditionWriter:
    """Writer of the shortest readable condition on the sign of each polynomial.

    Preferred: a symbol against one of the game's quantities; then the shortest of a quantity
    against zero, what the equilibria's own conditions say, what solving for a symbol gives, and
    the polynomial itself.
    """

    def __init__(
        self,
        cells: CellDecomposition,
        quantities: Mapping[str, Quantity],
        conditions: Iterable[Boolean],
    ) -> None:
        self.cells = cells
        self.atoms = {a for c in conditions for a in c.atoms(sp.core.relational.Relational)}
        self.quantities = [
            q.expression for q in quantities.values() if _is_rational(q.expression, cells)
        ]
        self._forms: dict[int, RelationForm] = {}

    def condition(self, pieces: Iterable[Literals]) -> Boolean:
        """The disjunction of the pieces, with their common relations factored out."""
        relations = [[self.relation(k, signs) for k, signs in piece.items()] for piece in pieces]
        if not relations:
            return sp.false
        common = [r for r in relations[0] if all(r in piece for piece in relations)]
        remainders = (sp.And(*(r for r in piece if r not in common)) for piece in relations)
        return sp.And(*common, sp.Or(*remainders))

    def relation(self, k: int, signs: frozenset[int]) -> Boolean:
        """The condition that a polynomial has one of these signs."""
        form = self.form(k)
        oriented_signs = frozenset(
            form.orientation * sign for sign in signs & self.cells.possible[k]
        )
        return RELATION_OF[oriented_signs](form.left, form.right)

    def form(self, k: int) -> RelationForm:
        """The best form of the sign condition of a polynomial."""
        if k not in self._forms:
            self._forms[k] = min(self._candidate_forms(k), key=lambda form: form.rank)
        return self._forms[k]

    def _candidate_forms(self, k: int) -> Iterator[RelationForm]:
        polynomial = self.cells.polynomials[k]
        for left, right, rank in self._candidate_sides(k, polynomial):
            orientation = self.cells.parts.orientation(left - right, k)
            if orientation is not None:
                length = int(sp.count_ops(left) + sp.count_ops(right))
                if rank == 1:  # what is named is short, unless something is shorter still
                    length = min(length, _NAMED_LENGTH)
                yield RelationForm(left, right, orientation, (min(rank, 1), length, -orientation))

    def _candidate_sides(self, k: int, polynomial: Expr) -> Iterator[tuple[Expr, Expr, int]]:
        solutions = list(self._solutions(polynomial))
        for symbol, bound in solutions:
            for expression in self.quantities:
                if self._is_equal(bound, expression):
                    yield symbol, expression, 0
        for expression in self.quantities:
            if expression.free_symbols == polynomial.free_symbols:
                yield expression, sp.Integer(0), 1
        for atom in self.atoms:
            if atom.free_symbols == polynomial.free_symbols:
                yield atom.lhs, atom.rhs, 2
        for symbol, bound in solutions:
            yield symbol, bound, 2
        yield polynomial, sp.Integer(0), 3

    def _solutions(self, polynomial: Expr) -> Iterator[SymbolBound]:
        """The polynomial solved for each symbol in which it is linear."""
        for symbol in sorted(polynomial.free_symbols, key=str):
            coefficients = linear_coefficients(polynomial, symbol)
            if coefficients is not None:
                slope, intercept = coefficients
                bound = factorization(-intercept / slope)
                expanded_bound = sp.expand(bound) if slope.is_number else bound
                yield symbol, min(expanded_bound, bound, key=sp.count_ops)

    def _is_equal(self, bound: Expr, expression: Expr) -> bool:
        """Whether two rational functions are equal; most are told apart at one point."""
        point = self._sample_point
        if bound.free_symbols != expression.free_symbols or bound.xreplace(point) != (
            expression.xreplace(point)
        ):
            return False
        return bool(sp.cancel(bound - expression) == 0)

    @cached_property
    def _sample_point(self) -> dict[Expr, Expr]:
        symbols = self.cells.parts.space.symbols
        return {s: sp.Rational(sp.prime(i + 5), sp.prime(i + 2)) for i, s in enumerate(symbols)}


def _is_rational(expression: Expr, cells: CellDecomposition) -> bool:
    symbols = set(cells.parts.space.symbols)
    return bool(
        not expression.is_Atom
        and expression.free_symbols
        and expression.free_symbols <= symbols
        and expression.is_rational_function(*expression.free_symbols)
    )


@arg.validate(concept=arg.optional(arg.text), edges=arg.flag)
def regimes(
    game: AbstractGame, concept: str | None = None, given: object = (), edges: bool = False
) -> Partition:
    """Divide a game's space of parameters by its set of equilibria.

    Parameters
    ----------
    game : AbstractGame
        A model of the library, or a game a user wrote down; symbols are what varies.
    concept : str, optional
        One of the game's concepts; its first by default.
    given : SymPy Boolean, str, or lists of them, optional
        Further conditions on the game's symbols: only that part of the space is divided.
    edges : bool, optional
        Whether to divide what the open cells leave, too: the knife edges, on which a polynomial
        vanishes, with their continua of equilibria.

    Returns
    -------
    Partition
        Its cells, with conditions of strict inequalities, cover the space up to the named
        boundaries, and its edges the rest; ``covers`` and ``disjoint`` are proofs of that. A cell
        names *all* equilibria where the solution is complete (``complete_where``).

    Raises
    ------
    SpaceError
        What is given contradicts the game's space.
    UnknownNameError
        No such concept, or a symbol that the game does not have.
    UnsupportedError
        A condition that does not turn on signs of polynomials and roots.
    TooLargeError
        More pieces than can be listed.

    Notes
    -----
    All conditions turn on the signs of a few irreducible polynomials that they share. Which signs
    occur together is asked of a solver until no further set of equilibria is possible; each
    answer is widened to the fewest signs that still imply that set.

    Examples
    --------
    >>> from gametheory_eeu.forms import NormalForm
    >>> game = NormalForm([["(v-c)/2", "v"], [0, "v/2"]], [["(v-c)/2", 0], ["v", "v/2"]],
    ...                   actions=[["Hawk", "Dove"]] * 2, given="v > 0 and c > 0")
    >>> regimes(game, concept="pure Nash", edges=True)[0]
    <Hawk, Hawk where c < v>
    """
    solution = solve(game, concept)
    space = restricted_space(game, given)
    conditions = [equilibrium.condition for equilibrium in solution]
    refuse_functions("regimes", (*conditions, *space.constraints))
    integrality = tuple(_integrality_constraints(conditions))
    cells = CellDecomposition(conditions, Space.of(space, *integrality), edges)
    writer = ConditionWriter(cells, game.quantities, conditions)
    sampler = SamplePoints(cells.parts)

    def to_regimes(regions: Iterable[TruthRegion]) -> tuple[Regime, ...]:
        result = (_regime(region, solution, writer, sampler) for region in regions)
        return tuple(sorted(result, key=lambda r: (len(r.equilibria), r.equilibria)))

    boundaries = tuple(writer.relation(k, frozenset({0})) for k in cells.boundaries())
    return Partition(to_regimes(cells.open), to_regimes(cells.edges), boundaries, solution, space,
                     integrality, edges, cells.unsettled)  # fmt: skip


def _integrality_constraints(conditions: Iterable[Boolean]) -> Iterator[Boolean]:
    """Integrality constraints: no value between two integers, for a solver of real numbers."""
    atoms = {a for c in conditions for a in c.atoms(sp.core.relational.Relational)}
    for atom in sorted(atoms, key=str):
        (symbol, *other_symbols) = atom.free_symbols or (sp.Dummy(real=True),)
        coefficients = linear_coefficients(atom.lhs - atom.rhs, symbol)
        if other_symbols or not symbol.is_integer or coefficients is None:
            continue
        root = -coefficients[1] / coefficients[0]
        yield sp.Or(
            symbol <= sp.ceiling(root) - 1, sp.Eq(symbol, root), symbol >= sp.floor(root) + 1
        )


def _regime(
    region: TruthRegion, solution: EquilibriumSet, writer: ConditionWriter, sampler: SamplePoints
) -> Regime:
    names = tuple(solution.names[i] for i in region.true)
    condition = writer.condition(region.pieces)
    cell_condition = writer.condition([region.piece])
    point = sampler.point(region.piece, cell_condition, region.sample_point)
    witness = {} if point is None else {s: point[s] for s in solution.game.space.symbols}
    return Regime(condition, FrozenMapping(witness), names)
