"""Regimes: parameter space divided by which equilibria exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.model import AbstractGame, EquilibriumSet, Partition, Regime
from gametheory_eeu.prover import CellDecomposition, SamplePoints, TruthRegion
from gametheory_eeu.statics.cell_conditions import ConditionWriter
from gametheory_eeu.statics.restrict import restricted_space, solve


@arg.validate(concept=arg.optional(arg.text), edges=arg.flag)
def regimes(
    game: AbstractGame,
    concept: str | None = None,
    given: object = (),
    edges: bool = False,
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
        names *all* equilibria where the solution is complete (``solution.complete_where``).

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
    integrality = tuple(_integrality_constraints(conditions))
    cells = CellDecomposition(conditions, Space.of(space, *integrality), edges)
    writer = ConditionWriter(cells, game.quantities, conditions)
    sampler = SamplePoints(cells.parts)

    def to_regimes(regions: Iterable[TruthRegion]) -> tuple[Regime, ...]:
        result = (_regime(region, solution, writer, sampler) for region in regions)
        return tuple(sorted(result, key=lambda r: (len(r.equilibria), r.equilibria)))

    boundaries = tuple(writer.relation(k, frozenset({0})) for k in cells.boundaries())
    return Partition(
        to_regimes(cells.open),
        to_regimes(cells.edges),
        boundaries,
        solution,
        space,
        integrality,
        edges,
        cells.unsettled,
    )


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


__all__ = ["regimes"]
