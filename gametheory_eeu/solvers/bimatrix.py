"""Every equilibrium of a two-player game, by pairs of supports, in numbers or with symbols.

The strategies with support I against which all of J are best replies do not depend on the other
player's mix, so that a pair of supports holds a product of two sets, each a polytope without some
of its faces: it has an equilibrium where neither is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import Budget
from gametheory_eeu.solvers.condition_simplification import onto_equations, short
from gametheory_eeu.solvers.extreme_equilibria import Extremes, Integers, bits
from gametheory_eeu.solvers.mixtures import Mixture, fresh
from gametheory_eeu.solvers.parametric_support import mixtures
from gametheory_eeu.solvers.question_limit import Effort
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import Region
from gametheory_eeu.solvers.support_polytope import mixture

MOST_SUPPORT_PAIRS = 1000
"""With symbols each pair of supports is a question of its own."""
_FOR_RANGES = Budget(rlimit=20_000)
"""The prover's effort to leave out one bound of a range; an idle bound does no harm."""
Support = tuple[int, ...]


@dataclass(frozen=True)
class Family:
    """All equilibria of one pair of supports and one dimension for each player."""

    supports: tuple[Support, Support]
    mixtures: tuple[Mixture, ...]
    condition: Boolean = sp.true
    equated: Mapping[Symbol, Expr] = Frozen()

    @property
    def excess(self) -> bool:
        """Whether a player's set has a higher dimension than the supports alone would say."""
        mine, theirs = map(len, self.supports)
        usual = (max(0, mine - theirs), max(0, theirs - mine))
        return self.dimensions != usual

    @property
    def dimensions(self) -> tuple[int, int]:
        """Of what solves the equations of each player's mixture."""
        return self.mixtures[0].dimension, self.mixtures[1].dimension


def families_in_numbers(rows: Integers, columns: Integers, found: Extremes) -> Iterator[Family]:
    """The families of a game in numbers, from its extreme equilibria.

    Parameters
    ----------
    rows, columns : whole numbers
        What the row player and the column player get.
    found : Extremes
    """
    across = list(zip(*columns, strict=True))
    letters = fresh("p", len(rows), ()), fresh("q", len(across), ())
    order = sorted(((tuple(bits(i)), tuple(bits(j))), i, j) for i, j in found.supports())
    for supports, mine, theirs in sorted(order, key=lambda item: _order(item[0])):
        first = [v for v in found.first if not v.support & ~mine and not theirs & ~v.replies]
        second = [v for v in found.second if not v.support & ~theirs and not mine & ~v.replies]
        pair = (
            mixture(first, mine, theirs, across, letters[0]),
            mixture(second, theirs, mine, rows, letters[1]),
        )
        yield Family(supports, pair)


def families_in_symbols(
    rows: Sequence[Sequence[Expr]], columns: Sequence[Sequence[Expr]], space: Space
) -> Iterator[Family]:
    """The families of a game with symbols, each with the condition under which it exists.

    Parameters
    ----------
    rows, columns : expressions
        What the row player and the column player get.
    space : Space

    Raises
    ------
    TooLargeError
        More than ``MOST_SUPPORT_PAIRS`` pairs of supports, or more questions to the prover than
        ``MOST_QUESTIONS``.
    """
    sizes = len(rows), len(rows[0])
    _check_size(sizes)
    written = [e for table in (rows, columns) for row in table for e in row]
    defined = sp.And(*_defined(written))
    taken = {s.name for s in space.symbols}
    letters = fresh("p", sizes[0], taken), fresh("q", sizes[1], taken)
    field, entries = sfield([*written, *space.symbols, *letters[0], *letters[1]])
    samples = Samples.of(field, (*space.constraints, defined), letters)
    problem = f"a {sizes[0]}x{sizes[1]} game in {', '.join(s.name for s in space.symbols)}"
    effort = Effort(problem)
    region = Region(Space.of(space, defined), field, (), samples, effort)
    cells = [entries[k * sizes[1] : (k + 1) * sizes[1]] for k in range(2 * sizes[0])]
    mine, theirs = cells[: sizes[0]], cells[sizes[0] :]
    first = _Sides(list(zip(*theirs, strict=True)), letters[0], region)
    second = _Sides(mine, letters[1], region)
    for supports in sorted(_pairs(*sizes), key=_order):
        for one in first.mixtures(supports[0], supports[1]):
            for other in second.mixtures(supports[1], supports[0]):
                both = sp.And(defined, one.condition, other.condition)
                condition = short(both, space, samples, effort=effort)
                if condition != sp.false:
                    yield _read(Family(supports, (one, other), condition), space, samples, effort)


def _read(family: Family, space: Space, samples: Samples, effort: Effort) -> Family:
    """The family with what its condition equates put in, and ranges without idle bounds."""
    values = _equated(family.condition)
    known = Space.of(space, family.condition)
    some = onto_equations(family.condition, samples).obeying([family.condition])
    put = tuple(_put(mixture, values, known, some, effort) for mixture in family.mixtures)
    return replace(family, mixtures=put, equated=Frozen(values))


def _put(
    mixture: Mixture,
    values: Mapping[Symbol, Expr],
    space: Space,
    samples: Samples,
    effort: Effort,
) -> Mixture:
    def put(chance: Expr) -> Expr:
        return sp.cancel(chance.subs(values)) if chance.free_symbols & set(values) else chance

    chances = tuple(map(put, mixture.chances))
    if not mixture.free:
        return replace(mixture, chances=chances)
    inside = Space.of(space, symbols=mixture.free)
    where = short(mixture.where.subs(values), inside, samples, _FOR_RANGES, effort)
    return replace(mixture, chances=chances, where=where)


def _equated(condition: Boolean) -> dict[Symbol, Expr]:
    """Symbols that a condition equates with an expression, each in terms of symbols that stay."""
    values: dict[Symbol, Expr] = {}
    for atom in sorted(sp.And.make_args(condition), key=str):
        if isinstance(atom, sp.Eq):
            gap = sp.expand((atom.lhs - atom.rhs).subs(values))
            symbol = next((s for s in sorted(gap.free_symbols, key=str, reverse=True)
                           if gap.is_polynomial(s) and sp.degree(gap, s) == 1
                           and gap.coeff(s).is_Rational), None)  # fmt: skip
            if symbol is not None:
                value = sp.expand(symbol - gap / gap.coeff(symbol))
                values = {k: v.subs(symbol, value) for k, v in values.items()} | {symbol: value}
    return values


class _Sides:
    """One player's mixtures, for every support and every set of replies, each found once."""

    def __init__(self, table: Sequence[Sequence[Expr]], symbols: Sequence[sp.Symbol],
                 region: Region) -> None:  # fmt: skip
        self.table, self.symbols, self.region = table, symbols, region
        self.found: dict[tuple[Support, Support], list[Mixture]] = {}

    def mixtures(self, support: Support, replies: Support) -> list[Mixture]:
        key = support, replies
        if key not in self.found:
            # Where some replies are never best together, more of them are not either.
            fewer = (self.found.get((support, r)) for r in combinations(replies, len(replies) - 1))
            none = any(found == [] for found in fewer)
            self.found[key] = [] if none else self._solved(*key)
        return self.found[key]

    def _solved(self, support: Support, replies: Support) -> list[Mixture]:
        region = self.region
        found = mixtures(support, replies, self.table, self.symbols, region)
        known = [
            replace(
                m, condition=short(m.condition, region.space, region.samples, effort=region.effort)
            )
            for m in found
        ]
        return [m for m in known if m.condition != sp.false]


def _order(supports: tuple[Support, Support]) -> tuple[object, ...]:
    """Pure equilibria first, then by the number of actions played, then by their positions."""
    return max(map(len, supports)) > 1, sum(map(len, supports)), supports


def _pairs(mine: int, theirs: int) -> Iterator[tuple[Support, Support]]:
    for one in _supports(mine):
        for other in _supports(theirs):
            yield one, other


def _supports(count: int) -> list[Support]:
    return [s for size in range(1, count + 1) for s in combinations(range(count), size)]


def _check_size(sizes: tuple[int, int]) -> None:
    pairs = (2 ** sizes[0] - 1) * (2 ** sizes[1] - 1)
    if pairs > MOST_SUPPORT_PAIRS:
        raise TooLargeError(
            f"a {sizes[0]}x{sizes[1]} game with symbols has {pairs} pairs of supports, each a "
            f"question to the prover; the limit is {MOST_SUPPORT_PAIRS}. Give every symbol a value "
            'with .at(...), leave out dominated actions, or ask for "pure Nash"'
        )


def _defined(entries: Iterable[Expr]) -> Iterator[Boolean]:
    """What must hold for the payoffs to be real numbers."""
    for entry in entries:
        if entry.free_symbols:
            for power in entry.atoms(sp.Pow):
                if power.exp.is_Integer and power.exp.is_negative:
                    yield sp.Ne(sp.together(power.base).as_numer_denom()[0], 0)
                elif power.exp.is_Rational and power.exp.q % 2 == 0:
                    yield (sp.Gt if power.exp.is_negative else sp.Ge)(power.base, 0)
            for logarithm in entry.atoms(sp.log):
                yield sp.Gt(logarithm.args[0], 0)


__all__ = ["Family", "families_in_numbers", "families_in_symbols"]
