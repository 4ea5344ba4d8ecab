"""Random trees of perfect information against an independent backward induction, ties included.

The judge below knows nothing of supports, families or conditions. It walks the nodes and asks,
of a profile of numbers, whether at every node some action of positive probability is not best.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu import testing
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome

Behaviour = dict[str, tuple[Fraction, ...]]
payoffs = st.integers(0, 4)
FACTOR = max(1, settings().max_examples // 100)


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in below(node):
        yield from walk(child)


def below(node: Node) -> list[Node]:
    if isinstance(node, Outcome):
        return []
    return [edge[-1] for edge in (node.branches if isinstance(node, Chance) else node.actions)]


def worth(node: Node, played: Behaviour, player: str) -> Fraction:
    if isinstance(node, Outcome):
        return Fraction(int(node.payoffs[player]))
    if isinstance(node, Chance):
        weights = [Fraction(str(p)) for _, p, _ in node.branches]
    else:
        weights = list(played[node.information_set])
    values = [worth(child, played, player) for child in below(node)]
    return sum((w * v for w, v in zip(weights, values, strict=True)), Fraction(0))


def moves(game: eeu.ExtensiveForm) -> list[Move]:
    return [node for node in walk(game.root) if isinstance(node, Move)]


def is_perfect(game: eeu.ExtensiveForm, played: Behaviour) -> bool:
    """No action at any node beats one that is played there."""
    for node in moves(game):
        values = [worth(child, played, node.player) for _, child in node.actions]
        used = [v for v, w in zip(values, played[node.information_set], strict=True) if w]
        if min(used) < max(values):
            return False
    return True


def grid(size: int) -> list[tuple[Fraction, ...]]:
    """Every action alone, and every even mix of two or of all."""
    alone = [tuple(Fraction(k == j) for k in range(size)) for j in range(size)]
    pairs = [tuple((a + b) / 2 for a, b in zip(alone[i], alone[j], strict=True))
             for i in range(size) for j in range(i)]  # fmt: skip
    return alone + pairs + ([(Fraction(1, size),) * size] if size > 2 else [])


def claims(found: eeu.EquilibriumSet, played: Behaviour) -> bool:
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


def decisions(game: eeu.ExtensiveForm) -> list[tuple[str, int]]:
    return [(node.information_set, len(node.actions)) for node in moves(game)]


def test_all_pure_subgame_perfect_equilibria_of_random_trees() -> None:
    tied = 0

    @settings(max_examples=500 * FACTOR)
    @given(st.one_of(testing.trees(2, 4, 4, payoffs), testing.trees(3, 4, 4, payoffs)))
    def look(game: eeu.ExtensiveForm) -> None:
        nonlocal tied
        found = game.solve("subgame perfect")
        assert found.complete_where == sp.true
        pure = {
            tuple(next(a for a, p in mix.items() if p == 1) for mix in e.profile.values())
            for e in found
            if not e.free and all(p in (0, 1) for mix in e.profile.values() for p in mix.values())
        }
        places = decisions(game)
        expected = set()
        for choice in product(*(range(size) for _, size in places)):
            played = {name: tuple(Fraction(k == own) for k in range(size))
                      for (name, size), own in zip(places, choice, strict=True)}  # fmt: skip
            if is_perfect(game, played):
                at = {name: f"a{own}" for (name, _), own in zip(places, choice, strict=True)}
                expected.add(tuple(at[name] for name in game.actions))
        assert pure == expected
        tied += len(expected) > 1

    look()
    assert tied > 30


def test_mixed_subgame_perfect_equilibria_of_random_trees() -> None:
    mixed = 0

    @settings(max_examples=40 * FACTOR)
    @given(testing.trees(2, 3, 3, payoffs))
    def look(game: eeu.ExtensiveForm) -> None:
        nonlocal mixed
        found = game.solve("subgame perfect")
        places = decisions(game)
        for choice in product(*(grid(size) for _, size in places)):
            played = {name: mix for (name, _), mix in zip(places, choice, strict=True)}
            expected = is_perfect(game, played)
            assert claims(found, played) == expected
            mixed += expected and any(max(mix) < 1 for mix in choice)

    look()
    assert mixed > 15


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_other_concepts_on_random_trees(concept: str) -> None:
    """Perfect Bayesian is the same here; Nash holds every subgame-perfect equilibrium."""

    @settings(max_examples=25)
    @given(testing.trees(2, 3, 3, payoffs))
    def look(game: eeu.ExtensiveForm) -> None:
        perfect, other = game.solve("subgame perfect"), game.solve(concept)
        if concept == "perfect Bayesian":
            assert other.names == perfect.names
        for equilibrium in perfect:
            if not equilibrium.free:
                played = {n: tuple(Fraction(int(p.p), int(p.q)) for p in mix.values())
                          for n, mix in equilibrium.profile.items()}  # fmt: skip
                assert claims(other, played)

    look()
