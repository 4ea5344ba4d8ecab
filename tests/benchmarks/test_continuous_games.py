"""How long games with continuous choices take, solved and verified, and how that grows.

``nox -s bench`` prints the tables; the library's memory is emptied before every round.
"""

import pytest
import sympy as sp
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu
from gametheory_eeu.prover import implication, point_search, proof_search


def forget() -> None:
    """Empty the library's memory, so that every round does the work."""
    for kept in (
        proof_search._cached_proof,
        point_search.satisfiability,
        point_search.small_point,
        implication._simplify,
    ):
        kept.cache_clear()


def cournot(firms: int) -> eeu.ContinuousGame:
    """Firms of different costs, any of which may stay out."""
    names = [f"q_{k}" for k in range(1, firms + 1)]
    total = " + ".join(names)
    return eeu.ContinuousGame(
        {name: f"{name}*(a - ({total}) - c_{k})" for k, name in enumerate(names, 1)},
        {name: f"{name} >= 0" for name in names},
        given=[f"0 < c_{k} < a" for k in range(1, firms + 1)],
        title=f"Cournot, {firms} firms",
    )


def several_choices(number: int) -> eeu.ContinuousGame:
    """Two players with some efforts each, all of them bounded."""
    own = {p: [f"{p}_{k}" for k in range(1, number + 1)] for p in ("x", "y")}
    payoffs = {
        p: f"({' + '.join(own[p])})*(a - {' - '.join(own[other])}) - "
        + " - ".join(f"{s}**2" for s in own[p])
        for p, other in (("x", "y"), ("y", "x"))
    }
    return eeu.ContinuousGame(
        payoffs, {p: [f"0 <= {s} <= 1" for s in own[p]] for p in own}, given="0 < a < 1",
        title=f"{number} efforts each",
    )  # fmt: skip


def crisis() -> eeu.ContinuousTree:
    """A demand against a cost of war that only the other side knows (Fearon 1995)."""
    given = "0 < p < 1 and c_A > 0 and C > 0"
    return (
        eeu.ExtensiveForm.builder("A", "B", given=given, title="Fearon, uniform cost")
        .draw("c_B", uniform=(0, "C"), known_to="B")
        .choose("A", "x", between=(0, 1), after="c_B")
        .move("B", ["accept", "fight"], after="c_B/x")
        .payoffs("c_B/x/accept", "x", "1 - x")
        .payoffs("c_B/x/fight", "p - c_A", "1 - p - c_B")
        .build()
    )


GAMES: list[eeu.ContinuousGame | eeu.ContinuousTree] = [
    crisis(),
    cournot(2),
    cournot(3),
    several_choices(1),
    several_choices(2),
    eeu.ContinuousGame(
        {"1": "v*x/(x + y) - x", "2": "w*y/(x + y) - y"}, {"1": "x > 0", "2": "y > 0"},
        given="v > 0 and w > 0", title="Tullock",
    ),
]  # fmt: skip


@pytest.mark.benchmark(group="continuous games, solved and verified")
@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.title)
def test_solved_and_verified(
    benchmark: BenchmarkFixture, game: eeu.ContinuousGame | eeu.ContinuousTree
) -> None:
    def both() -> tuple[eeu.EquilibriumSet, set[str]]:
        solution = game.solve()
        return solution, {check.verdict for check in solution.verify().values()}

    solution, verdicts = benchmark.pedantic(both, setup=forget)
    assert solution.complete_where == sp.true
    assert verdicts == {"proved"}
