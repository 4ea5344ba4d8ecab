"""Consistent beliefs off the path of play: limits of Bayes' rule under trembles.

An assessment is consistent if it is the limit of completely mixed profiles and of the beliefs that
Bayes' rule gives them (Kreps and Wilson 1982). It is one exactly if two things hold of the beliefs'
supports and weights. There is a number for each action that is not played, its order of tremble,
such that at each information set the nodes of the support, and they alone, are reached by trembles
of the least order in sum. And the ratios of the weights are products of the actions' probabilities
and of one positive factor for each action that is not played, so that wherever the factors cancel
the beliefs are bound (Kreps and Wilson's lemmas A1 and A2; Streufert 2012).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from math import prod
from typing import TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.tree import Step

StepProbability: TypeAlias = Callable[[Step], Expr]
Weights: TypeAlias = Mapping[str, Mapping[str, Expr]]
"""Beliefs: by information set the weight of each node."""
MAX_BASES = 400
"""Choices of the nodes that are believed in, at all information sets together."""


@dataclass(frozen=True)
class UnreachedSet:
    """An unreached information set: chance's probability of, and the steps to, each node."""

    name: str
    nodes: tuple[str, ...]
    chance_probabilities: tuple[Expr, ...]
    steps: tuple[tuple[Step, ...], ...]

    def trembles(self, probability: StepProbability) -> dict[str, list[Step]]:
        """By node, the steps to it that are not played."""
        pairs = zip(self.nodes, self.steps, strict=True)
        return {node: [s for s in steps if probability(s) == 0] for node, steps in pairs}

    def played(self, probability: StepProbability) -> dict[str, Expr]:
        """By node, the probability of the path to it, without the steps that are not played."""
        rows = zip(self.nodes, self.chance_probabilities, self.steps, strict=True)
        return {
            node: sp.Mul(chance, *(p for p in map(probability, steps) if p != 0))
            for node, chance, steps in rows
        }


@dataclass(frozen=True)
class Basis:
    """The supports of beliefs, with expressions in the weights that must be zero."""

    supports: Mapping[str, tuple[str, ...]]
    equalities: tuple[Expr, ...] = ()

    def condition(self, weights: Weights) -> Boolean:
        """The conditions on the weights, as one Boolean."""
        signs = (
            (sp.Gt if node in support else sp.Eq)(weight, 0)
            for name, support in self.supports.items()
            for node, weight in weights[name].items()
        )
        return sp.And(*signs, *(sp.Eq(e, 0) for e in self.equalities))


def consistent_bases(
    unreached: Sequence[UnreachedSet], chance: StepProbability, weights: Weights
) -> tuple[Basis, ...]:
    """Every basis on which beliefs are consistent."""
    sets = _constrained_sets(unreached, chance)
    supports = [_supports(info_set, chance, weights[info_set.name]) for info_set in sets]
    if prod(map(len, supports)) > MAX_BASES:
        raise TooLargeError(
            f"{prod(map(len, supports))} choices of the nodes to be believed in at "
            f"{len(sets)} information sets where play does not arrive are more than the limit of "
            f'{MAX_BASES}; ask for "perfect Bayesian", or cut the tree'
        )
    names = [info_set.name for info_set in sets]
    combinations_by_set = (dict(zip(names, nodes, strict=True)) for nodes in product(*supports))
    return tuple(
        Basis(by_set, tuple(_ratio_equations(sets, by_set, chance, weights)))
        for by_set in combinations_by_set
        if _has_tremble_orders(sets, by_set, chance)
    )


def _constrained_sets(
    unreached: Sequence[UnreachedSet], probability: StepProbability
) -> list[UnreachedSet]:
    """The information sets at which consistency restricts the beliefs."""
    trembles = [list(info_set.trembles(probability).values()) for info_set in unreached]
    uses = Counter(chain(*chain(*trembles)))
    return [
        info_set
        for info_set, paths in zip(unreached, trembles, strict=True)
        if not all(any(uses[step] == 1 for step in path) for path in paths)
    ]


def _supports(
    info_set: UnreachedSet, probability: StepProbability, weights: Mapping[str, Expr]
) -> list[tuple[str, ...]]:
    """The supports that an information set's weights and trembles allow."""
    certain = [n for n in info_set.nodes if weights[n].is_number and weights[n] != 0]
    undetermined = [n for n in info_set.nodes if not weights[n].is_number]
    subsets = (
        subset for k in range(len(undetermined) + 1) for subset in combinations(undetermined, k)
    )
    candidates = (
        tuple(n for n in info_set.nodes if n in certain or n in subset) for subset in subsets
    )
    trembles = {node: frozenset(s) for node, s in info_set.trembles(probability).items()}
    return [nodes for nodes in candidates if nodes and _is_tremble_minimal(nodes, trembles)]


def _is_tremble_minimal(
    nodes: Sequence[str], trembles_by_node: Mapping[str, frozenset[Step]]
) -> bool:
    """Whether no node needs fewer trembles than, or the same as, one in the support."""
    support_trembles = {trembles_by_node[n] for n in nodes}
    return all(
        not (trembles < tremble or (trembles == tremble and node not in nodes))
        for node, trembles in trembles_by_node.items()
        for tremble in support_trembles
    )


def _has_tremble_orders(
    sets: Sequence[UnreachedSet],
    supports: Mapping[str, tuple[str, ...]],
    probability: StepProbability,
) -> bool:
    """Whether orders of trembles exist that make exactly these nodes the likeliest."""
    orders: dict[Step, Expr] = {}

    def order(steps: Sequence[Step]) -> Expr:
        for step in steps:
            if step not in orders:
                orders[step] = sp.Symbol(f"k{len(orders)}", real=True)
        return sp.Add(*(orders[step] for step in steps))

    conditions: list[Boolean] = []
    for info_set in sets:
        support = supports[info_set.name]
        sums = {node: order(steps) for node, steps in info_set.trembles(probability).items()}
        minimum = sums[support[0]]
        conditions += [
            sp.Eq(total, minimum) if node in support else sp.Ge(total, minimum + 1)
            for node, total in sums.items()
        ]
    if sp.false in conditions:
        return False
    conditions += [tremble >= 1 for tremble in orders.values()]
    return prover.is_satisfiable(Space.of(*(c for c in conditions if c != sp.true)))


def _ratio_equations(
    sets: Sequence[UnreachedSet],
    supports: Mapping[str, tuple[str, ...]],
    probability: StepProbability,
    weights: Weights,
) -> Iterator[Expr]:
    """Expressions that must be zero: ratios of weights in which all trembles cancel."""
    rows: list[Counter[Step]] = []
    sides: list[tuple[Expr, Expr]] = []
    for info_set in sets:
        own, trembles = weights[info_set.name], info_set.trembles(probability)
        played = info_set.played(probability)
        reference, *other_nodes = supports[info_set.name]
        for node in other_nodes:
            row = Counter(trembles[node])
            row.subtract(trembles[reference])
            rows.append(row)
            sides.append((own[node] * played[reference], own[reference] * played[node]))
    steps = list(dict.fromkeys(chain(*rows)))
    if not rows:
        return
    matrix = sp.Matrix(len(rows), len(steps), [row[s] for row in rows for s in steps])
    for vector in matrix.T.nullspace() if steps else sp.eye(len(rows)).columnspace():
        powers = list(vector * sp.ilcm(1, *(v.q for v in vector)))
        left, right = sp.Integer(1), sp.Integer(1)
        for power, (lhs, rhs) in zip(powers, sides, strict=True):
            left_factor, right_factor = (lhs, rhs) if power > 0 else (rhs, lhs)
            left, right = left * left_factor ** abs(power), right * right_factor ** abs(power)
        yield sp.expand(left - right)
