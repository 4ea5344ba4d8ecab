"""Equilibria of a two-player game by pairs of supports, in numbers or with symbols.

The strategies with support I against which all of J are best replies do not depend on the other
player's mix, so that a pair of supports holds a product of two sets, each a polytope without some
of its faces: it has an equilibrium where neither is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

import sympy as sp
from flint import fmpq, fmpq_mat
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.conversions import to_fmpq, to_sympy
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.prover.budget import Budget, Effort
from gametheory_eeu.solvers.condition_simplification import project_samples, simplify_condition
from gametheory_eeu.solvers.extreme_equilibria import (
    ExtremeEquilibria,
    Integers,
    Vertex,
    bit_positions,
)
from gametheory_eeu.solvers.parametric_support import Mixture, parametric_mixtures
from gametheory_eeu.solvers.sample_points import Samples
from gametheory_eeu.solvers.sign_region import SignRegion


def fresh_symbols(letter: str, actions: int, reserved: Iterable[str]) -> tuple[Symbol, ...]:
    """A symbol for the probability of each action, under names not in use."""
    names = set(reserved)
    while any(f"{letter}_{k + 1}" in names for k in range(actions)):
        letter += letter[0]
    return tuple(sp.Symbol(f"{letter}_{k + 1}", real=True) for k in range(actions))


Row = list[Fraction]


class _Bound(NamedTuple):
    """A linear form that is positive, or not negative, and the vertices at which it is zero."""

    form: tuple[int, ...]
    strict: bool
    zeros: frozenset[int]


def polytope_mixture(
    points: Sequence[Vertex],
    support: int,
    replies: int,
    table: Sequence[Sequence[int]],
    symbols: Sequence[Symbol],
) -> Mixture:
    """The strategies of one support against which the replies are best, both given as bits.

    The points are those of the closure: within the support, and with the replies among the best.
    The table has a row for each action of the opponent: what he earns against each action.
    """
    strategies = [list(point.strategy) for point in points]
    origin = strategies[0]
    rows, pivots = _row_echelon_form([_subtract(s, origin) for s in strategies[1:]])
    free = [symbols[k] for k in pivots]
    offsets = [s - to_sympy(origin[k]) for s, k in zip(free, pivots, strict=True)]
    probabilities = tuple(
        to_sympy(base)
        + sp.Add(*(to_sympy(row[i]) * offset for row, offset in zip(rows, offsets, strict=True)))
        for i, base in enumerate(origin)
    )
    dimension = support.bit_count() - 1 - _equation_rank(support, replies, table)
    if not free:
        return Mixture(probabilities, dimension)
    bounds = _essential_bounds(_bounds(points, support, replies, table), strategies)
    where = sp.And(*(_bound_relation(b, probabilities, free) for b in bounds))
    return Mixture(probabilities, dimension, tuple(free), where)


def _equation_rank(support: int, replies: int, table: Sequence[Sequence[int]]) -> int:
    """The number of independent indifference equations among the opponent's replies."""
    first, *other_rows = (table[k] for k in bit_positions(replies))
    rows = [[Fraction(first[i] - row[i]) for i in bit_positions(support)] for row in other_rows]
    return len(_row_echelon_form(rows)[1])


def affine_dimension(points: Sequence[Sequence[Fraction]]) -> int:
    """The dimension of the affine hull; -1 for no point."""
    if not points:
        return -1
    return len(_row_echelon_form([_subtract(point, points[0]) for point in points[1:]])[1])


def _bounds(
    points: Sequence[Vertex], support: int, replies: int, table: Sequence[Sequence[int]]
) -> list[_Bound]:
    """Every probability of the support is positive; no other reply is better."""
    size, best_reply = len(table[0]), bit_positions(replies)[0]
    bounds = []
    for i in bit_positions(support):
        form = tuple(int(k == i) for k in range(size))
        bounds.append(_make_bound(form, True, points))
    for k, row in enumerate(table):
        if not replies >> k & 1:
            form = tuple(a - b for a, b in zip(table[best_reply], row, strict=True))
            bounds.append(_make_bound(form, False, points))
    return bounds


def _make_bound(form: tuple[int, ...], strict: bool, points: Sequence[Vertex]) -> _Bound:
    def value(point: Vertex) -> int:
        return sum(a * b for a, b in zip(form, point.weights, strict=True))

    return _Bound(form, strict, frozenset(n for n, p in enumerate(points) if value(p) == 0))


def _essential_bounds(bounds: list[_Bound], strategies: list[Row]) -> list[_Bound]:
    """The bounds of facets, and strict bounds that exclude a lower face."""
    dimension = affine_dimension(strategies)
    active = [b for b in bounds if 0 < len(b.zeros) < len(strategies)]
    facets: dict[frozenset[int], _Bound] = {}
    for bound in sorted(active, key=lambda b: not b.strict):
        if affine_dimension([strategies[n] for n in sorted(bound.zeros)]) == dimension - 1:
            facets.setdefault(bound.zeros, bound)
    essential = list(facets.values())
    for bound in sorted(active, key=lambda b: -len(b.zeros)):
        if bound.strict and not any(b.strict and bound.zeros <= b.zeros for b in essential):
            essential.append(bound)
    return essential


def _bound_relation(bound: _Bound, probabilities: Sequence[sp.Expr], free: list[Symbol]) -> Boolean:
    """The bound in the free coordinates, constants on the right."""
    expression = sp.expand(sp.Add(*(a * c for a, c in zip(bound.form, probabilities, strict=True))))
    constant, linear = expression.as_coeff_Add()
    content, primitive = linear.primitive()
    first = next(primitive.coeff(s) for s in free if primitive.coeff(s) != 0)
    scale = content if first > 0 else -content
    lhs, rhs = sp.expand(linear / scale), -constant / scale
    if first > 0:
        return sp.Gt(lhs, rhs) if bound.strict else sp.Ge(lhs, rhs)
    return sp.Lt(lhs, rhs) if bound.strict else sp.Le(lhs, rhs)


def _subtract(first: Sequence[Fraction], second: Sequence[Fraction]) -> Row:
    return [a - b for a, b in zip(first, second, strict=True)]


def _row_echelon_form(rows: list[Row]) -> tuple[list[list[fmpq]], list[int]]:
    """The reduced row echelon form, without zero rows, and its pivot columns."""
    if not rows:
        return [], []
    matrix, rank = fmpq_mat([[to_fmpq(entry) for entry in row] for row in rows]).rref()
    reduced_rows = matrix.tolist()[:rank]
    return reduced_rows, [next(k for k, a in enumerate(row) if a != 0) for row in reduced_rows]


MAX_SUPPORT_PAIRS = 1000
"""With symbols each pair of supports is a question of its own."""
_RANGE_BUDGET = Budget(rlimit=20_000)
"""The prover's effort to leave out one bound of a range; an idle bound does no harm."""
Support = tuple[int, ...]


@dataclass(frozen=True)
class EquilibriumFamily:
    """All equilibria of one pair of supports and one dimension for each player."""

    supports: tuple[Support, Support]
    mixtures: tuple[Mixture, ...]
    condition: Boolean = sp.true
    substitution: Mapping[Symbol, Expr] = FrozenMapping()

    @property
    def has_excess_dimension(self) -> bool:
        """Whether a player's set has a higher dimension than its supports imply."""
        own_size, other_size = map(len, self.supports)
        expected_dimensions = (max(0, own_size - other_size), max(0, other_size - own_size))
        return self.dimensions != expected_dimensions

    @property
    def dimensions(self) -> tuple[int, int]:
        """The dimension of each player's set of mixtures."""
        return self.mixtures[0].dimension, self.mixtures[1].dimension


def numeric_families(
    rows: Integers, columns: Integers, extremes: ExtremeEquilibria
) -> Iterator[EquilibriumFamily]:
    """Equilibrium families of a game in whole numbers, from its extreme equilibria."""
    transpose = list(zip(*columns, strict=True))
    symbols = fresh_symbols("p", len(rows), ()), fresh_symbols("q", len(transpose), ())
    masks = {(bit_positions(i), bit_positions(j)): (i, j) for i, j in extremes.supports()}
    for supports in sorted(masks, key=_sort_key):
        i, j = masks[supports]
        mixtures = (
            polytope_mixture(_within(extremes.first, i, j), i, j, transpose, symbols[0]),
            polytope_mixture(_within(extremes.second, j, i), j, i, rows, symbols[1]),
        )
        yield EquilibriumFamily(supports, mixtures)


def _within(vertices: Iterable[Vertex], support: int, replies: int) -> list[Vertex]:
    """The vertices within a support against which all of some replies are best."""
    return [v for v in vertices if not v.support & ~support and not replies & ~v.replies]


def symbolic_families(
    rows: Sequence[Sequence[Expr]], columns: Sequence[Sequence[Expr]], space: Space
) -> Iterator[EquilibriumFamily]:
    """Equilibrium families of a game with symbols, each with its existence condition.

    TooLargeError for more than ``MAX_SUPPORT_PAIRS`` pairs of supports, or too many questions to
    the prover.
    """
    sizes = len(rows), len(rows[0])
    _check_size(sizes)
    expressions = [e for table in (rows, columns) for row in table for e in row]
    definedness = sp.And(*_definedness(expressions))
    names = {s.name for s in space.symbols}
    mix_symbols = fresh_symbols("p", sizes[0], names), fresh_symbols("q", sizes[1], names)
    field, entries = sfield([*expressions, *space.symbols, *mix_symbols[0], *mix_symbols[1]])
    samples = Samples.of(field, (*space.constraints, definedness), mix_symbols)
    problem = f"a {sizes[0]}x{sizes[1]} game in {', '.join(s.name for s in space.symbols)}"
    effort = Effort(problem)
    region = SignRegion(Space.of(space, definedness), field, (), samples, effort)
    cells = [entries[k * sizes[1] : (k + 1) * sizes[1]] for k in range(2 * sizes[0])]
    row_payoffs, column_payoffs = cells[: sizes[0]], cells[sizes[0] :]
    row_mixtures = _MixtureCache(list(zip(*column_payoffs, strict=True)), mix_symbols[0], region)
    column_mixtures = _MixtureCache(row_payoffs, mix_symbols[1], region)
    for supports in sorted(product(_supports(sizes[0]), _supports(sizes[1])), key=_sort_key):
        for row_mixture in row_mixtures.mixtures(supports[0], supports[1]):
            for column_mixture in column_mixtures.mixtures(supports[1], supports[0]):
                joint_condition = sp.And(
                    definedness, row_mixture.condition, column_mixture.condition
                )
                condition = simplify_condition(joint_condition, space, samples, effort=effort)
                if condition != sp.false:
                    yield _simplify_family(
                        EquilibriumFamily(supports, (row_mixture, column_mixture), condition),
                        space,
                        samples,
                        effort,
                    )


def _simplify_family(
    family: EquilibriumFamily, space: Space, samples: Samples, effort: Effort
) -> EquilibriumFamily:
    """Substitute the equations of a family's condition into it and simplify its ranges."""
    values = _substitutions(family.condition)
    family_space = Space.of(space, family.condition)
    family_samples = project_samples(family.condition, samples).restrict([family.condition])
    simplified_mixtures = tuple(
        _simplify_mixture(mixture, values, family_space, family_samples, effort)
        for mixture in family.mixtures
    )
    return replace(family, mixtures=simplified_mixtures, substitution=FrozenMapping(values))


def _simplify_mixture(
    mixture: Mixture,
    values: Mapping[Symbol, Expr],
    space: Space,
    samples: Samples,
    effort: Effort,
) -> Mixture:
    def substitute(chance: Expr) -> Expr:
        return sp.cancel(chance.subs(values)) if chance.free_symbols & set(values) else chance

    chances = tuple(map(substitute, mixture.chances))
    if not mixture.free:
        return replace(mixture, chances=chances)
    range_space = Space.of(space, symbols=mixture.free)
    where = simplify_condition(
        mixture.where.subs(values), range_space, samples, _RANGE_BUDGET, effort
    )
    return replace(mixture, chances=chances, where=where)


def _substitutions(condition: Boolean) -> dict[Symbol, Expr]:
    """Symbols that the equations of a condition determine, in terms of the other symbols."""
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


class _MixtureCache:
    """One player's mixtures for each support and set of best replies, computed once."""

    def __init__(self, table: Sequence[Sequence[Expr]], symbols: Sequence[sp.Symbol],
                 region: SignRegion) -> None:  # fmt: skip
        self.table, self.symbols, self.region = table, symbols, region
        self.cache: dict[tuple[Support, Support], list[Mixture]] = {}

    def mixtures(self, support: Support, replies: Support) -> list[Mixture]:
        key = support, replies
        if key not in self.cache:
            # Where some replies are never best together, more of them are not either.
            subset_results = (
                self.cache.get((support, r)) for r in combinations(replies, len(replies) - 1)
            )
            is_empty = any(mixtures == [] for mixtures in subset_results)
            self.cache[key] = [] if is_empty else self._compute(*key)
        return self.cache[key]

    def _compute(self, support: Support, replies: Support) -> list[Mixture]:
        region = self.region
        candidates = parametric_mixtures(support, replies, self.table, self.symbols, region)
        simplified_mixtures = [
            replace(
                mixture,
                condition=simplify_condition(
                    mixture.condition, region.space, region.samples, effort=region.effort
                ),
            )
            for mixture in candidates
        ]
        return [mixture for mixture in simplified_mixtures if mixture.condition != sp.false]


def _sort_key(supports: tuple[Support, Support]) -> tuple[object, ...]:
    """Sort key: pure equilibria first, then by support sizes, then by positions."""
    return max(map(len, supports)) > 1, sum(map(len, supports)), supports


def _supports(count: int) -> list[Support]:
    return [s for size in range(1, count + 1) for s in combinations(range(count), size)]


def _check_size(sizes: tuple[int, int]) -> None:
    pairs = (2 ** sizes[0] - 1) * (2 ** sizes[1] - 1)
    if pairs > MAX_SUPPORT_PAIRS:
        raise TooLargeError(
            f"a {sizes[0]}x{sizes[1]} game with symbols has {pairs} pairs of supports, each a "
            f"question to the prover; the limit is {MAX_SUPPORT_PAIRS}. Give every symbol a value "
            'with .at(...), leave out dominated actions, or ask for "pure Nash"'
        )


def _definedness(entries: Iterable[Expr]) -> Iterator[Boolean]:
    """Conditions under which the payoffs are real numbers."""
    for entry in entries:
        if entry.free_symbols:
            for power in entry.atoms(sp.Pow):
                if power.exp.is_Integer and power.exp.is_negative:
                    yield sp.Ne(sp.together(power.base).as_numer_denom()[0], 0)
                elif power.exp.is_Rational and power.exp.q % 2 == 0:
                    yield (sp.Gt if power.exp.is_negative else sp.Ge)(power.base, 0)
            for logarithm in entry.atoms(sp.log):
                yield sp.Gt(logarithm.args[0], 0)
