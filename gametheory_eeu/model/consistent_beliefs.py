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
from gametheory_eeu.model.tree import Step

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
    """Every basis on which beliefs are consistent.

    Parameters
    ----------
    unreached : information sets of several nodes where play does not arrive
    chance : callable
        The probability of an action; zero for those that are not played.
    weights : beliefs there, in numbers or unknowns

    Raises
    ------
    TooLargeError
    """
    sets = _constrained_sets(unreached, chance)
    supports = [_supports(info_set, chance, weights[info_set.name]) for info_set in sets]
    if prod(map(len, supports)) > MAX_BASES:
        raise TooLargeError(
            f"{prod(map(len, supports))} choices of the nodes to be believed in at "
            f"{len(sets)} information sets where play does not arrive are more than the limit of "
            f'{MAX_BASES}; ask for "perfect Bayesian", or cut the tree'
        )
    result = []
    for combination in product(*supports):
        support_by_set = {
            info_set.name: nodes for info_set, nodes in zip(sets, combination, strict=True)
        }
        if _has_tremble_orders(sets, support_by_set, chance):
            result.append(
                Basis(
                    support_by_set, tuple(_ratio_equations(sets, support_by_set, chance, weights))
                )
            )
    return tuple(result)


def _constrained_sets(
    unreached: Sequence[UnreachedSet], probability: StepProbability
) -> list[UnreachedSet]:
    """The information sets at which consistency restricts the beliefs."""
    trembles = {
        (info_set.name, node): [step for step in steps if probability(step) == 0]
        for info_set in unreached
        for node, steps in zip(info_set.nodes, info_set.steps, strict=True)
    }
    uses = Counter(chain(*trembles.values()))
    return [
        info_set
        for info_set in unreached
        if not all(
            any(uses[step] == 1 for step in trembles[info_set.name, node])
            for node in info_set.nodes
        )
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
    trembles = {
        node: frozenset(step for step in steps if probability(step) == 0)
        for node, steps in zip(info_set.nodes, info_set.steps, strict=True)
    }
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
            if probability(step) == 0 and step not in orders:
                orders[step] = sp.Symbol(f"k{len(orders)}", real=True)
        return sp.Add(*(orders[s] for s in steps if s in orders))

    conditions: list[Boolean] = []
    for info_set in sets:
        sums = {
            node: order(steps) for node, steps in zip(info_set.nodes, info_set.steps, strict=True)
        }
        minimum = sums[supports[info_set.name][0]]
        conditions += [
            (sp.Eq if node in supports[info_set.name] else sp.Ge)(
                total, minimum + int(node not in supports[info_set.name])
            )
            for node, total in sums.items()
        ]
    if sp.false in conditions:
        return False
    positive = [order_symbol >= 1 for order_symbol in orders.values()]
    return prover.is_satisfiable(
        Space.of(*(condition for condition in conditions if condition != sp.true), *positive)
    )


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
        paths = {
            label: (p, s)
            for label, p, s in zip(
                info_set.nodes, info_set.chance_probabilities, info_set.steps, strict=True
            )
        }
        reference, *other_nodes = supports[info_set.name]
        for node in other_nodes:
            row = Counter(s for s in paths[node][1] if probability(s) == 0)
            row.subtract(s for s in paths[reference][1] if probability(s) == 0)
            rows.append(row)
            sides.append(
                (
                    weights[info_set.name][node]
                    * _path_probability(*paths[reference], probability),
                    weights[info_set.name][reference]
                    * _path_probability(*paths[node], probability),
                )
            )
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


def _path_probability(
    chance_probability: Expr, steps: Sequence[Step], probability: StepProbability
) -> Expr:
    """The probability of a path, without the steps that are not played."""
    return sp.Mul(chance_probability, *(p for p in map(probability, steps) if p != 0))
