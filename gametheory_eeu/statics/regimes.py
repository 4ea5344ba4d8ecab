"""Regimes: parameter space divided by which equilibria exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.model import AbstractGame, EquilibriumSet, Partition, Regime
from gametheory_eeu.prover import Cells, Nearby, Region
from gametheory_eeu.statics.cell_conditions import Readable
from gametheory_eeu.statics.restrict import narrowed, solved


@arg.checks(concept=arg.optional(arg.text), edges=arg.flag)
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
    solution = solved(game, concept)
    space = narrowed(game, given)
    conditions = [equilibrium.condition for equilibrium in solution]
    whole = tuple(_whole_numbers(conditions))
    cells = Cells(conditions, Space.of(space, *whole), edges)
    readable = Readable(cells, game.quantities, conditions)
    nearby = Nearby(cells.parts)

    def read(regions: Iterable[Region]) -> tuple[Regime, ...]:
        found = (_regime(region, solution, readable, nearby) for region in regions)
        return tuple(sorted(found, key=lambda r: (len(r.equilibria), r.equilibria)))

    boundaries = tuple(readable.relation(k, frozenset({0})) for k in cells.boundaries())
    return Partition(read(cells.open), read(cells.edges), boundaries, solution, space, whole, edges,
                     cells.unsettled)  # fmt: skip


def _whole_numbers(conditions: Iterable[Boolean]) -> Iterator[Boolean]:
    """Between two whole numbers there is none: what a solver of real numbers must be told."""
    atoms = {a for c in conditions for a in c.atoms(sp.core.relational.Relational)}
    for atom in sorted(atoms, key=str):
        (symbol, *others) = atom.free_symbols or (sp.Dummy(real=True),)
        difference = sp.expand(atom.lhs - atom.rhs)
        if others or not symbol.is_integer or sp.degree(difference, symbol) != 1:
            continue
        at = -difference.coeff(symbol, 0) / difference.coeff(symbol, 1)
        yield sp.Or(symbol <= sp.ceiling(at) - 1, sp.Eq(symbol, at), symbol >= sp.floor(at) + 1)


def _regime(region: Region, solution: EquilibriumSet, readable: Readable, nearby: Nearby) -> Regime:
    names = tuple(solution.names[i] for i in region.true)
    condition = readable.condition(region.pieces)
    within = readable.condition([region.piece])
    point = nearby.point(region.piece, within, region.near)
    ordered = {} if point is None else {s: point[s] for s in solution.game.space.symbols}
    return Regime(condition, Frozen(ordered), names)


__all__ = ["regimes"]
