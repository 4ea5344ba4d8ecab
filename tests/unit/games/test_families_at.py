"""Which family with symbols an equilibrium at values belongs to, whatever its number."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu import ExtensiveForm, NormalForm, SymmetricGame
from gametheory_eeu.errors import SpaceError, UnknownNameError
from gametheory_eeu.models.credible_commitment import CredibleCommitment

GAINS: dict[str, list[Any]] = {"a": ["-c", 1, "d"], "b": [0, 0, 0]}


def crowd() -> SymmetricGame:
    return SymmetricGame(GAINS, players=3, given="0 < c < 1")


def as_normal_form() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[object]:
        gain = GAINS["a"][profile.count("a") - 1] if "a" in profile else 0
        return [gain if own == "a" else 0 for own in profile]

    return NormalForm(payoffs, actions=[["a", "b"]] * 3, given=["0 < c < 1"])


@pytest.mark.parametrize("d", ["-1/2", "1", "4"])
def test_the_family_named_has_the_strategies_of_the_equilibrium(d: str) -> None:
    families, values = crowd().solve(), {"c": sp.Rational(1, 3), "d": sp.Rational(d)}
    found, here = families.families_at(**values), families.at(**values)
    assert set(found) == set(here.names)
    point = {s: values[s.name] for s in families.game.space.symbols}
    for name, of in found.items():
        (family,) = of
        there = families[family].profile["each player"]["a"].xreplace(point)
        assert abs(float(there) - float(here[name].profile["each player"]["a"])) < 1e-12


def test_a_number_that_is_gone_is_found_again() -> None:
    families = crowd().solve()
    assert families.at(c="1/3", d=1).names == ("a", "b", "a + b")
    assert families.families_at(c="1/3", d=1)["a + b"] == ("a + b (1)",)
    # Where the polynomial of gains is linear, the case without its square is the one.
    assert families.families_at(c="1/3", d="7/3")["a + b"] == ("a + b (3)",)


def test_in_numbers_those_of_one_support_are_counted_by_their_probabilities() -> None:
    found = as_normal_form().at(c="1/3", d="-1/2").solve()
    mixed = [e for e in found if e.name.startswith("a + b, a + b, a + b (")]
    chances = [float(e.profile["player 1"]["a"]) for e in mixed]
    assert len(chances) == 2
    assert chances == sorted(chances)
    small = [e.profile["each player"]["a"] for e in crowd().at(c="1/3", d="-1/2").solve()][1:]
    assert chances == pytest.approx([float(p) for p in small])


def test_a_continuum_at_values_belongs_to_every_family_it_touches() -> None:
    game = NormalForm([["a", 0], [0, 0]], [[1, 1], [1, 1]])
    found = game.solve().families_at(a=0)
    assert all(found.values())
    assert all(name in of for name, of in found.items())


def test_a_tree_with_beliefs() -> None:
    tree = (
        ExtensiveForm.builder("A", "B", given="b > 0")
        .move("A", ["out", "left", "right"])
        .move("B", ["u", "d"], after=["left", "right"])
        .payoffs("out", 1, 0)
        .payoffs("left/u", 0, "b")
        .payoffs("left/d", 2, 0)
        .payoffs("right/u", 0, 0)
        .payoffs("right/d", 0, 1)
        .build()
    )
    families = tree.solve()
    found = families.families_at(b=2)
    assert all(name in of for name, of in found.items())


def test_a_model_of_the_library_is_asked_by_the_names_of_its_parameters() -> None:
    solution = CredibleCommitment().solve()
    values = {s.name: v for s, v in (solution.game.space.witness() or {}).items()}
    assert solution.families_at(**values)
    assert all(e.radius == 0 for e in solution)
    for name, families in solution.families_at(**values).items():
        assert families == (name,)


def test_what_is_asked_is_checked() -> None:
    families = crowd().solve()
    with pytest.raises(SpaceError, match="leave d open"):
        families.families_at(c="1/3")
    with pytest.raises(SpaceError, match="contradicts"):
        families.families_at(c=2, d=1)
    with pytest.raises(UnknownNameError):
        families.families_at(c="1/3", e=1)


CONTRADICTORY = ["a > 1", "a < 0", "b > 0"]


@pytest.mark.parametrize("concept", ["Nash", "pure Nash"])
def test_a_normal_form_that_no_values_obey_is_not_solved(concept: str) -> None:
    game = NormalForm([["a", "b"], [0, 1]], [[1, 0], [0, 1]], given=CONTRADICTORY)
    with pytest.raises(SpaceError, match=r"a > 1 and a < 0 contradict each other"):
        game.solve(concept)


def test_nor_a_tree_nor_a_symmetric_game() -> None:
    tree = (
        ExtensiveForm.builder("A", given=CONTRADICTORY)
        .move("A", ["x", "y"])
        .payoffs("x", "a")
        .payoffs("y", "b")
        .build()
    )
    symmetric = SymmetricGame({"x": ["a", 0], "y": ["b", 0]}, players=2, given=CONTRADICTORY)
    for game in (tree, symmetric):
        with pytest.raises(SpaceError, match=r"a > 1 and a < 0 contradict each other"):
            game.solve()
