"""Regimes: cells, edges, their proofs, and what a point's cell is."""

import pickle
from dataclasses import replace

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import ParameterError, SpaceError, UnknownNameError
from gametheory_eeu.games import AbstractGame, Partition

HAWKS = [["Hawk", "Dove"]] * 2


def hawk_dove(given: object = "v > 0 and c > 0") -> eeu.NormalForm:
    row = [["(v - c)/2", "v"], [0, "v/2"]]
    column = [["(v - c)/2", 0], ["v", "v/2"]]
    return eeu.NormalForm(row, column, actions=HAWKS, given=given, title="Hawk-Dove")


def at(game: AbstractGame, point: dict[sp.Symbol, sp.Expr]) -> AbstractGame:
    """The game at a point, its parameters by their full names."""
    names = {row.symbol: row.name for row in getattr(game, "parameters", ())}
    return game.at(**{names.get(s, s.name): value for s, value in point.items()})


CASES = [
    (eeu.BandwagoningContest(), None, 4, 5),
    (eeu.CredibleCommitment(), None, 2, 1),
    (eeu.CredibleCommitment(), "Nash", 2, 2),
    (eeu.AsymmetricBargaining(), None, 2, 1),
    (hawk_dove(), "pure Nash", 2, 1),
]


@pytest.fixture(
    scope="module", params=CASES, ids=lambda case: f"{type(case[0]).__name__} {case[1]}"
)
def case(request: pytest.FixtureRequest) -> tuple[Partition, int, int]:
    game, concept, cells, edges = request.param
    return eeu.regimes(game, concept=concept, edges=True), cells, edges


def test_the_numbers_of_cells_and_edges(case: tuple[Partition, int, int]) -> None:
    partition, cells, edges = case
    assert (partition.count, len(partition.edges)) == (cells, edges)


def test_they_cover_and_do_not_overlap(case: tuple[Partition, int, int]) -> None:
    partition, *_ = case
    for proof in (partition.covers, partition.disjoint):
        assert (proof.verdict, proof.vacuous, proof.recheck()) == ("proved", False, True)


def test_each_has_just_its_equilibria_by_the_prover(case: tuple[Partition, int, int]) -> None:
    assert case[0].verify()


def test_each_has_just_its_equilibria_at_its_witness(case: tuple[Partition, int, int]) -> None:
    partition, *_ = case
    for regime in partition:
        there = at(partition.game, dict(regime.witness)).solve(partition.concept)
        assert set(there.names) == set(regime.equilibria)
        assert partition.at(regime.witness) == regime


def test_the_contest_reads_in_its_own_thresholds() -> None:
    game = eeu.BandwagoningContest()
    partition = eeu.regimes(game)
    P = game.symbols.P
    deterred = next(c for c in partition.cells if c.equilibria == ("all-Join", "all-Balance"))
    assert deterred.condition == sp.And(P > game.joining_threshold, P < game.absolute_threshold)


@pytest.mark.parametrize(
    ("game", "cells"),
    [
        (eeu.Participation(), 3),
        (eeu.GlobalGame(), 2),
        (eeu.RepeatedCommitment(), 3),
        (eeu.PowerShift(), 2),
        (eeu.TrustRecovery(), 2),
        (eeu.Reputation(), 4),
        (eeu.AlternatingOffers(), 1),
        (eeu.HubBargaining(), 2),
        (eeu.BandwagoningContest(members=2), 8),
    ],
    ids=repr,
)
def test_every_model_has_its_regimes(game: AbstractGame, cells: int) -> None:
    partition = eeu.regimes(game)
    assert partition.count == cells
    assert partition.covers.verdict == partition.disjoint.verdict == "proved"
    assert all(cell.witness for cell in partition.cells)


def test_a_tree_has_its_regimes() -> None:
    builder = eeu.ExtensiveForm.builder("entrant", "incumbent", given="m > 0")
    builder.move("entrant", ["in", "out"]).move("incumbent", ["fight", "yield"], after="in")
    builder.payoffs("out", 0, "m").payoffs("in/fight", "f", -1).payoffs("in/yield", "y", "z")
    partition = eeu.regimes(builder.build())
    f, y, z = sp.symbols("f y z", real=True)
    assert {cell.equilibria[0]: cell.condition for cell in partition.cells} == {
        "in; fight": sp.And(f > 0, z < -1), "in; yield": sp.And(y > 0, z > -1),
        "out; fight": sp.And(f < 0, z < -1), "out; yield": sp.And(y < 0, z > -1),
    }  # fmt: skip


def test_what_is_short_is_said() -> None:
    p, b = sp.symbols("p b", real=True)
    found = eeu.regimes(eeu.Reputation()).cells[1].condition
    assert found == sp.And(p > b**3, p < b**2)


def test_hawk_and_dove() -> None:
    v, c = sp.symbols("v c", real=True)
    partition = eeu.regimes(hawk_dove(), concept="pure Nash")
    found = {cell.equilibria: cell.condition for cell in partition.cells}
    assert found == {("Hawk, Hawk",): c < v, ("Hawk, Dove", "Dove, Hawk"): c > v}
    assert partition.boundaries == (sp.Eq(c, v),)
    assert partition.counts == (1, 2)


def test_a_wrong_cell_is_caught() -> None:
    partition = eeu.regimes(hawk_dove(), concept="pure Nash", edges=True)
    first, second = partition.cells
    swapped = replace(partition, cells=(replace(first, equilibria=second.equilibria), second))
    assert swapped.verify().verdict == "refuted"
    wider = replace(first, condition=sp.true)
    assert replace(partition, cells=(wider, second)).disjoint.verdict == "refuted"
    assert replace(partition, cells=(first,)).covers.verdict == "refuted"
    assert replace(partition, cells=(first,)).covers.witnesses


def test_given_narrows_the_space() -> None:
    partition = eeu.regimes(hawk_dove(), concept="pure Nash", given="v > c")
    assert [(cell.equilibria, cell.condition) for cell in partition.cells] == [
        (("Hawk, Hawk",), sp.true)
    ]
    assert partition.boundaries == ()
    assert partition.covers.verdict == "proved"


def test_a_game_of_numbers_is_one_cell() -> None:
    partition = eeu.regimes(hawk_dove().at(v=1, c=2), concept="pure Nash", edges=True)
    assert [(cell.equilibria, cell.witness) for cell in partition] == [
        (("Hawk, Dove", "Dove, Hawk"), {})
    ]


def test_the_cell_of_a_point() -> None:
    partition = eeu.regimes(hawk_dove(), concept="pure Nash")
    assert partition.at(v=1, c="1/2").equilibria == ("Hawk, Hawk",)
    tie = partition.at({"v": 1, "c": 1})
    assert len(tie.equilibria) == 3
    assert tie.condition in partition.boundaries
    with pytest.raises(ParameterError, match="Missing: c"):
        partition.at(v=1)
    with pytest.raises(SpaceError, match="outside the space, where c > 0"):
        partition.at(v=1, c=-1)
    with pytest.raises(UnknownNameError, match="no symbol 'w'"):
        partition.at(w=1)


def test_what_is_refused() -> None:
    game = hawk_dove()
    with pytest.raises(UnknownNameError, match="there is no symbol 'z'"):
        eeu.regimes(game, given="z > 0")
    with pytest.raises(ParameterError, match="game = 'chess' is not allowed"):
        eeu.regimes("chess")
    with pytest.raises(UnknownNameError, match="there is no concept"):
        eeu.regimes(game, concept="Walras")
    with pytest.raises(SpaceError, match="no parameter values obey"):
        eeu.regimes(game, given="v > 2*c and c > v")


def test_a_partition_is_a_value() -> None:
    partition = eeu.regimes(hawk_dove(), concept="pure Nash", edges=True)
    again = pickle.loads(pickle.dumps(partition))  # noqa: S301 - our own
    assert again == partition
    assert hash(again) == hash(partition)


def test_how_it_shows_itself() -> None:
    partition = eeu.regimes(eeu.CredibleCommitment(), edges=True)
    text = str(partition)
    assert "μ > μ*" in text
    assert "μ* = " in text
    assert "up to μ = μ*" in text
    tex = partition.to_latex()
    assert r"\emph{join} if $\mu > \mu^*$" in tex
    assert "On the remaining parameter values" in tex
    assert list(partition.to_dataframe()["number"]) == ["1", "1", "1"]
    assert "<td>stay out</td>" in partition._repr_html_()
    assert '"type": "Partition"' in partition.to_json()
    assert "join" in str(partition[0])
