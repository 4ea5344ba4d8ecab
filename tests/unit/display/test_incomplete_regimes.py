"""Where a solution may lack equilibria: tables, figures, uniqueness and texts say the same."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.games import Partition

d, v, w = sp.symbols("d v w", real=True)


@pytest.fixture(scope="module")
def bases() -> eeu.ContinuousTree:
    """An offer, and a counteroffer that may be refused: ties where w >= d*v are not followed."""
    return (
        eeu.ExtensiveForm.builder("patron", "client", given="v > 0 and 0 < d < 1 and w > 0")
        .choose("patron", "x", between=(0, "v"))
        .move("client", ["accept", "refuse"], after="x")
        .payoffs("x/accept", "v - x", "x")
        .choose("client", "y", between=(0, "v"), after="x/refuse")
        .move("patron", ["yes", "no"], after="x/refuse/y")
        .payoffs("x/refuse/y/yes", "d*(v - y)", "d*y")
        .payoffs("x/refuse/y/no", 0, "w")
        .build()
    )


@pytest.fixture(scope="module")
def partition(bases: eeu.ContinuousTree) -> Partition:
    result: Partition = eeu.regimes(bases)
    return result


def notes(figure: object) -> list[str]:
    entries = [text.get_text() for text in figure.legends[0].get_texts()]  # type: ignore[attr-defined]
    return [entry for entry in entries if entry.startswith("other equilibria may exist")]


def hatched(figure: object) -> int:
    axes = figure.axes[0]  # type: ignore[attr-defined]
    shapes = [*axes.patches, *axes.collections]
    return sum(bool(getattr(s, "hatches", [None])[0] or s.get_hatch()) for s in shapes)


def test_the_condition_is_one_relation_and_the_sentence_has_its_referent(
    bases: eeu.ContinuousTree,
) -> None:
    solution = bases.solve()
    assert solution.complete_where == (d * v > w)
    assert "These are all where d·v > w; elsewhere others may exist" in str(solution)
    assert "except where $d v > w$" in solution.to_latex()
    there = bases.at(d="1/2", v=1, w="3/4").solve()
    assert there.complete_where == sp.false
    for why in (solution.why, there.why, eeu.prove_unique(bases).why):
        assert "some best choices may be missing (several continuations" in why


def test_what_is_given_is_applied_to_completeness(
    bases: eeu.ContinuousTree, partition: Partition
) -> None:
    assert partition.complete_where == (d * v > w)
    assert "may exist, except where d·v > w." in str(partition)
    assert "may exist, except where $d v > w$." in partition.to_latex()
    narrowed = eeu.regimes(bases, given="w < d*v")
    assert narrowed.complete_where == sp.true
    assert "may exist" not in str(narrowed)
    assert "exactly these" in narrowed.to_latex()
    beyond = eeu.regimes(bases, given="w > d*v")
    assert beyond.complete_where == sp.false
    assert "may exist: the solution is not" in str(beyond)


def test_a_map_is_hatched_where_others_may_exist(partition: Partition) -> None:
    figure = partition.plot(x="w", y="v", at={"d": "1/2"})
    (area,) = [c for c in figure.axes[0].collections if any(getattr(c, "hatches", []))]
    path = area.get_paths()[0]
    points = path.vertices[~(path.vertices == path.vertices[0]).all(axis=1)]
    assert (points[:, 0] >= points[:, 1] / 2 - 0.02).all()  # w >= v/2, to the grid
    assert path.contains_point((1.5, 1))
    assert not path.contains_point((0.5, 1.5))
    assert notes(figure) == ["other equilibria may exist, except where $d v > w$"]
    complete = partition.plot(x="w", y="v", at={"d": "1/2"}, xlim=(0, "1/2"), ylim=(2, 3))
    assert (hatched(complete), notes(complete)) == (0, [])


def test_a_bar_is_hatched_and_a_slice_that_leaves_it_open_says_so(partition: Partition) -> None:
    bar = partition.plot(x="w", at={"d": "1/2", "v": 1})
    (area,) = [p for p in bar.axes[0].patches if p.get_hatch()]
    assert (area.get_x(), area.get_x() + area.get_width()) == (0.5, 1)
    assert len(notes(bar)) == 1
    open_slice = partition.plot(x="w", y="v")  # no value for d, on which only completeness turns
    assert (hatched(open_slice), len(notes(open_slice))) == (0, 1)


def test_a_sweep_of_regimes_says_it_where_a_point_that_is_drawn_is_open(
    bases: eeu.ContinuousTree,
) -> None:
    table = eeu.sweep(bases, w=[0.1, 0.9], v=[1, 3], d="1/2")
    assert len(notes(eeu.plot_sweep(table, x="w", y="v"))) == 1
    assert not notes(eeu.plot_sweep(table.sel(w=[0.1]), x="v", variable="regime"))
