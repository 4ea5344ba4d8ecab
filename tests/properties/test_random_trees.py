"""Random trees of perfect information against an independent backward induction, ties included.

The judge below knows nothing of supports, families or conditions. It walks nested tuples and asks,
of a profile of numbers, whether at every node some action of positive probability is not best.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.model.tree import Chance, Move, Node, Outcome

PLAYERS = ("1", "2", "3")
HALF = Fraction(1, 2)
Leaf = tuple[int, ...]
Behaviour = dict[str, tuple[Fraction, ...]]


def drawn(rng: random.Random, players: int, depth: int, most: int) -> list[Any]:
    """A tree of lists: ["end", payoffs], ["chance", weights, children], ["move", player, ...]."""
    number = iter(range(10**6))
    left = [most]

    def node(depth: int) -> list[Any]:
        kind = rng.random()
        if depth == 0 or left[0] == 0 or (kind < 0.2 and depth < 3):
            return ["end", tuple(rng.randint(0, 4) for _ in range(players))]
        if kind < 0.3:
            return ["chance", Fraction(rng.randint(1, 3), 4), [node(depth - 1) for _ in range(2)]]
        left[0] -= 1
        name, size = f"h{next(number)}", rng.choice((2, 2, 3))
        return ["move", rng.randrange(players), name, [node(depth - 1) for _ in range(size)]]

    while True:
        left[0] = most
        tree = node(depth)
        if any(part[0] == "move" for part in walk(tree)):
            return tree


def walk(tree: list[Any]) -> Iterator[list[Any]]:
    yield tree
    for child in tree[-1] if tree[0] != "end" else ():
        yield from walk(child)


def worth(tree: list[Any], played: Behaviour) -> list[Fraction]:
    if tree[0] == "end":
        return [Fraction(x) for x in tree[1]]
    weights = (tree[1], 1 - tree[1]) if tree[0] == "chance" else played[tree[2]]
    values = [worth(child, played) for child in tree[-1]]
    return [sum(w * v[i] for w, v in zip(weights, values, strict=True))
            for i in range(len(values[0]))]  # fmt: skip


def is_perfect(tree: list[Any], played: Behaviour) -> bool:
    """No action at any node beats one that is played there."""
    for node in walk(tree):
        if node[0] == "move":
            values = [worth(child, played)[node[1]] for child in node[-1]]
            used = [v for v, w in zip(values, played[node[2]], strict=True) if w]
            if min(used) < max(values):
                return False
    return True


def as_game(tree: list[Any], players: int) -> eeu.ExtensiveForm:
    names = PLAYERS[:players]

    def node(tree: list[Any]) -> Node:
        if tree[0] == "end":
            return Outcome({p: sp.Integer(x) for p, x in zip(names, tree[1], strict=True)})
        if tree[0] == "chance":
            p = sp.Rational(tree[1].numerator, tree[1].denominator)
            below = [node(child) for child in tree[-1]]
            return Chance((("a", p, below[0]), ("b", 1 - p, below[1])))
        actions = tuple((f"a{k}", node(child)) for k, child in enumerate(tree[-1]))
        return Move(names[tree[1]], tree[2], actions, tree[2])

    return eeu.ExtensiveForm(node(tree), names)


def grid(size: int) -> list[tuple[Fraction, ...]]:
    """Every action alone, and every even mix of two or of all."""
    alone = [tuple(Fraction(k == j) for k in range(size)) for j in range(size)]
    pairs = [tuple((a + b) / 2 for a, b in zip(alone[i], alone[j], strict=True))
             for i in range(size) for j in range(i)]  # fmt: skip
    return alone + pairs + ([(Fraction(1, size),) * size] if size > 2 else [])


def claims(game: eeu.ExtensiveForm, found: eeu.EquilibriumSet, played: Behaviour) -> bool:
    """Whether one of the families found has this profile as a member."""
    return any(belongs(equilibrium, played) for equilibrium in found)


def belongs(equilibrium: eeu.Equilibrium, played: Behaviour) -> bool:
    equations = []
    for name, mix in equilibrium.profile.items():
        for chance, number in zip(mix.values(), played[name], strict=True):
            wanted = sp.Rational(number.numerator, number.denominator)
            if chance.is_number:
                if chance != wanted:
                    return False
            else:
                equations.append(sp.numer(sp.together(chance - wanted)))
    if not equilibrium.free:
        return True
    solution = sp.solve(equations, equilibrium.free, dict=True)
    return any(bool(equilibrium.where.subs(s)) for s in solution)


def decisions(tree: list[Any]) -> list[tuple[str, int]]:
    return [(node[2], len(node[-1])) for node in walk(tree) if node[0] == "move"]


def test_all_pure_subgame_perfect_equilibria_of_random_trees(
    samples: Callable[[int], range], rng: random.Random
) -> None:
    tied = 0
    for _ in samples(500):
        players = rng.choice((2, 2, 3))
        tree = drawn(rng, players, depth=4, most=4)
        game = as_game(tree, players)
        found = game.solve("subgame perfect")
        assert found.complete_where == sp.true
        pure = {
            tuple(next(a for a, p in mix.items() if p == 1) for mix in e.profile.values())
            for e in found
            if not e.free and all(p in (0, 1) for mix in e.profile.values() for p in mix.values())
        }
        places = decisions(tree)
        order = list(game.actions)
        expected = set()
        for choice in product(*(range(size) for _, size in places)):
            played = {name: tuple(Fraction(k == own) for k in range(size))
                      for (name, size), own in zip(places, choice, strict=True)}  # fmt: skip
            if is_perfect(tree, played):
                at = {name: f"a{own}" for (name, _), own in zip(places, choice, strict=True)}
                expected.add(tuple(at[name] for name in order))
        assert pure == expected
        tied += len(expected) > 1
    assert tied > 50


def test_mixed_subgame_perfect_equilibria_of_random_trees(
    samples: Callable[[int], range], rng: random.Random
) -> None:
    mixed = 0
    for _ in samples(40):
        tree = drawn(rng, 2, depth=3, most=3)
        game = as_game(tree, 2)
        found = game.solve("subgame perfect")
        places = decisions(tree)
        for choice in product(*(grid(size) for _, size in places)):
            played = {name: mix for (name, _), mix in zip(places, choice, strict=True)}
            expected = is_perfect(tree, played)
            assert claims(game, found, played) == expected
            mixed += expected and any(max(mix) < 1 for mix in choice)
    assert mixed > 50


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_other_concepts_on_random_trees(concept: str, rng: random.Random) -> None:
    """Perfect Bayesian is the same here; Nash holds every subgame-perfect equilibrium."""
    for _ in range(25):
        tree = drawn(rng, 2, depth=3, most=3)
        game = as_game(tree, 2)
        perfect, other = game.solve("subgame perfect"), game.solve(concept)
        if concept == "perfect Bayesian":
            assert other.names == perfect.names
        for equilibrium in perfect:
            if not equilibrium.free:
                played = {n: tuple(Fraction(int(p.p), int(p.q)) for p in mix.values())
                          for n, mix in equilibrium.profile.items()}  # fmt: skip
                assert claims(game, other, played)
