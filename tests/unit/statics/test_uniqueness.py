"""Uniqueness: theorems, and the exact points at which there is none, more than one, or a family."""

from dataclasses import replace

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import SpaceError, UnknownNameError
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.games import EquilibriumSet

a = sp.Symbol("a", real=True)


def dilemma(given: object = "t > r and r > p and p > s") -> eeu.NormalForm:
    row, column = [["r", "s"], ["t", "p"]], [["r", "t"], ["s", "p"]]
    return eeu.NormalForm(row, column, actions=[["C", "D"]] * 2, given=given, title="Dilemma")


@pytest.mark.parametrize("concept", ["pure Nash", "Nash"])
def test_the_prisoners_dilemma_has_one_equilibrium(concept: str) -> None:
    found = eeu.prove_unique(dilemma(), concept=concept)
    assert (found.verdict, found.witnesses) == ("unique", ())
    assert [e.name for e in found.equilibria] == ["D, D"]
    assert found.proof.verdict == found.existence.verdict == "proved"
    assert found.recheck() is True
    assert found.space == dilemma().space


def test_matching_pennies_has_one_in_mixed_and_none_in_pure_strategies() -> None:
    pennies = eeu.NormalForm([["a", 0], [0, "a"]], [[0, "a"], ["a", 0]], given="a > 0")
    assert eeu.prove_unique(pennies).verdict == "unique"
    pure = eeu.prove_unique(pennies, concept="pure Nash")
    assert (pure.verdict, pure.equilibria) == ("none", ())
    assert pennies.at(a=pure.witnesses[0][a]).solve("pure Nash").names == ()
    assert pure.recheck() is True


def test_coordination_has_several() -> None:
    game = eeu.NormalForm([["a", 0], [0, 1]], [["a", 0], [0, 1]], given="a > 0")
    found = eeu.prove_unique(game, concept="pure Nash")
    assert found.verdict == "several"
    assert len(found.equilibria) == 2
    there = game.at(a=found.witnesses[0][a]).solve("pure Nash")
    assert set(there.names) == {e.name for e in found.equilibria}
    assert found.recheck() is True


def test_a_continuum_is_shown() -> None:
    game = eeu.CredibleCommitment()
    found = eeu.prove_unique(game)
    assert found.verdict == "continuum"
    assert [e.name for e in found.equilibria] == ["indifferent"]


def test_off_the_tie_the_trust_game_has_one() -> None:
    game = eeu.CredibleCommitment()
    mu, threshold = game.symbols.mu, game.quantities["trust_threshold"].expression
    found = eeu.prove_unique(game, given=sp.Ne(mu, threshold))
    assert found.verdict == "unique"
    assert {e.name for e in found.equilibria} == {"join", "stay out"}
    assert found.recheck() is True


def test_a_dominant_hegemon_leaves_one_equilibrium() -> None:
    game = eeu.BandwagoningContest()
    P = game.symbols.P
    beyond = [P > game.joining_threshold, P > game.absolute_threshold]
    found = eeu.prove_unique(game, given=beyond)
    assert (found.verdict, [e.name for e in found.equilibria]) == ("unique", ["all-Join"])
    assert eeu.prove_unique(game, given=P > game.joining_threshold).verdict == "several"


class Partial(NormalForm):
    """A game whose solver does not claim to have found everything."""

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        return replace(super().solve(concept), complete_where=sp.false, why="it was only sampled")


def test_what_is_not_complete_is_no_theorem() -> None:
    game = Partial([["r", "s"], ["t", "p"]], [["r", "t"], ["s", "p"]],
                   given="t > r and r > p and p > s")  # fmt: skip
    found = eeu.prove_unique(game, concept="pure Nash")
    assert found.verdict == "unknown"
    assert "that the solver missed none" in found.why
    assert "it was only sampled" in found.why
    pennies = Partial([["a", 0], [0, "a"]], [[0, "a"], ["a", 0]], given="a > 0")
    assert eeu.prove_unique(pennies, concept="pure Nash").verdict == "unknown"


def test_what_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="no symbol 'z'"):
        eeu.prove_unique(dilemma(), given="z > 0")
    with pytest.raises(SpaceError, match="no parameter values obey"):
        eeu.prove_unique(dilemma(), given="r > t")
    with pytest.raises(UnknownNameError, match="no concept"):
        eeu.prove_unique(dilemma(), concept="core")


def test_how_it_shows_itself() -> None:
    found = eeu.prove_unique(dilemma(), concept="pure Nash")
    assert r"there is exactly one pure Nash equilibrium: \emph{D, D}." in found.to_latex()
    assert "Exactly one pure Nash equilibrium exists: D, D." in str(found)
    assert repr(found) == "<unique: Exactly one pure Nash equilibrium exists: D, D.>"
    several = eeu.prove_unique(dilemma([]), concept="pure Nash")
    assert "It is not true that there is always exactly one" in several.to_latex()
    assert list(several.to_dataframe()["verdict"]) == [several.verdict]


def test_a_game_in_numbers_has_no_point_to_name() -> None:
    game = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    assert eeu.prove_unique(game).why.startswith("There are 3 equilibria: ")


@pytest.mark.parametrize("members", [{"w": 1, "n": 4}, {"w": [1] * 7}], ids=["alike", "named"])
def test_a_family_of_whole_numbers_is_no_continuum(members: dict[str, object]) -> None:
    tied = eeu.BandwagoningContest(P="5/2", R=1, c="1/20", tau="1/2", lam="9/10", **members)
    found = eeu.prove_unique(tied)
    assert found.verdict == "several"
    assert "are several equilibria: all-" in found.why
    assert any(e.free for e in found.equilibria)
    assert found.recheck()
