"""Consistent beliefs where play does not arrive: limits of Bayes' rule under trembles.

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
from gametheory_eeu.model.subgames import Step

Chances: TypeAlias = Callable[[Step], Expr]
Weights: TypeAlias = Mapping[str, Mapping[str, Expr]]
"""Beliefs: by information set the weight of each node."""
MOST_BASES = 400
"""Choices of the nodes that are believed in, at all information sets together."""


@dataclass(frozen=True)
class Unreached:
    """An information set where play does not arrive: chance's part and the steps to each node."""

    name: str
    nodes: tuple[str, ...]
    luck: tuple[Expr, ...]
    steps: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True)
class Basis:
    """The nodes that beliefs hold possible, and what then is zero."""

    believed: Mapping[str, tuple[str, ...]]
    equalities: tuple[Expr, ...] = ()

    def condition(self, weights: Weights) -> Boolean:
        """What the weights must satisfy, as one Boolean."""
        signs = (
            (sp.Gt if node in inside else sp.Eq)(weight, 0)
            for name, inside in self.believed.items()
            for node, weight in weights[name].items()
        )
        return sp.And(*signs, *(sp.Eq(e, 0) for e in self.equalities))


def bases(unreached: Sequence[Unreached], chance: Chances, weights: Weights) -> tuple[Basis, ...]:
    """Every basis on which beliefs are consistent; none is needed where any beliefs are.

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
    bound = _bound(unreached, chance)
    choices = [_choices(one, chance, weights[one.name]) for one in bound]
    if prod(map(len, choices)) > MOST_BASES:
        raise TooLargeError(
            f"{prod(map(len, choices))} choices of the nodes to be believed in at "
            f"{len(bound)} information sets where play does not arrive are more than the limit of "
            f'{MOST_BASES}; ask for "perfect Bayesian", or cut the tree'
        )
    found = []
    for choice in product(*choices):
        believed = {one.name: nodes for one, nodes in zip(bound, choice, strict=True)}
        if _has_orders(bound, believed, chance):
            found.append(Basis(believed, tuple(_ties(bound, believed, chance, weights))))
    return tuple(found)


def _bound(unreached: Sequence[Unreached], chance: Chances) -> list[Unreached]:
    """The sets whose beliefs trembles bind: not each node has one that leads nowhere else."""
    trembles = {
        (one.name, node): [s for s in steps if chance(s) == 0]
        for one in unreached
        for node, steps in zip(one.nodes, one.steps, strict=True)
    }
    uses = Counter(chain(*trembles.values()))
    return [
        one
        for one in unreached
        if not all(any(uses[s] == 1 for s in trembles[one.name, node]) for node in one.nodes)
    ]


def _choices(one: Unreached, chance: Chances, weights: Mapping[str, Expr]) -> list[tuple[str, ...]]:
    """The nodes that may be believed in, as far as their weights and trembles leave it open."""
    sure = [n for n in one.nodes if weights[n].is_number and weights[n] != 0]
    open_ = [n for n in one.nodes if not weights[n].is_number]
    some = (c for k in range(len(open_) + 1) for c in combinations(open_, k))
    found = (tuple(n for n in one.nodes if n in sure or n in c) for c in some)
    off = {
        node: frozenset(s for s in steps if chance(s) == 0)
        for node, steps in zip(one.nodes, one.steps, strict=True)
    }
    return [nodes for nodes in found if nodes and _is_likeliest(nodes, off)]


def _is_likeliest(nodes: Sequence[str], off: Mapping[str, frozenset[Step]]) -> bool:
    """Whether no node needs some trembles more than another, and the same means in or out."""
    inside = {off[n] for n in nodes}
    return all(
        not (trembles < own or (trembles == own and node not in nodes))
        for node, trembles in off.items()
        for own in inside
    )


def _has_orders(
    bound: Sequence[Unreached], believed: Mapping[str, tuple[str, ...]], chance: Chances
) -> bool:
    """Whether orders of trembles make exactly these nodes the likeliest at each set."""
    orders: dict[Step, Expr] = {}

    def order(steps: Sequence[Step]) -> Expr:
        for step in steps:
            if chance(step) == 0 and step not in orders:
                orders[step] = sp.Symbol(f"k{len(orders)}", real=True)
        return sp.Add(*(orders[s] for s in steps if s in orders))

    asked: list[Boolean] = []
    for one in bound:
        sums = {node: order(steps) for node, steps in zip(one.nodes, one.steps, strict=True)}
        least = sums[believed[one.name][0]]
        asked += [
            (sp.Eq if node in believed[one.name] else sp.Ge)(
                total, least + int(node not in believed[one.name])
            )
            for node, total in sums.items()
        ]
    if sp.false in asked:
        return False
    positive = [k >= 1 for k in orders.values()]
    return prover.satisfiable(Space.of(*(a for a in asked if a != sp.true), *positive))


def _ties(
    bound: Sequence[Unreached],
    believed: Mapping[str, tuple[str, ...]],
    chance: Chances,
    weights: Weights,
) -> Iterator[Expr]:
    """What is zero: where the factors of trembles cancel, ratios of beliefs are those of luck."""
    rows: list[Counter[Step]] = []
    sides: list[tuple[Expr, Expr]] = []
    for one in bound:
        ways = {n: (p, s) for n, p, s in zip(one.nodes, one.luck, one.steps, strict=True)}
        first, *others = believed[one.name]
        for node in others:
            row = Counter(s for s in ways[node][1] if chance(s) == 0)
            row.subtract(s for s in ways[first][1] if chance(s) == 0)
            rows.append(row)
            sides.append(
                (
                    weights[one.name][node] * _played(*ways[first], chance),
                    weights[one.name][first] * _played(*ways[node], chance),
                )
            )
    steps = list(dict.fromkeys(chain(*rows)))
    if not rows:
        return
    matrix = sp.Matrix(len(rows), len(steps), [row[s] for row in rows for s in steps])
    for vector in matrix.T.nullspace() if steps else sp.eye(len(rows)).columnspace():
        powers = list(vector * sp.ilcm(1, *(v.q for v in vector)))
        left, right = sp.Integer(1), sp.Integer(1)
        for power, (mine, other) in zip(powers, sides, strict=True):
            up, down = (mine, other) if power > 0 else (other, mine)
            left, right = left * up ** abs(power), right * down ** abs(power)
        yield sp.expand(left - right)


def _played(luck: Expr, steps: Sequence[Step], chance: Chances) -> Expr:
    """The probability of a way, leaving out what is not played."""
    return sp.Mul(luck, *(p for p in map(chance, steps) if p != 0))


__all__ = ["Basis", "Unreached", "bases"]
