"""All tables of comparative statics of all games: how long each takes, and each row in numbers.

Nothing is asserted of time; ``nox -s bench`` prints it game by game. What a table says is compared
with what the game's own formulas do at points: slopes with difference quotients, signs with values,
kinks and jumps with what happens on either side.
"""

import random
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sympy as sp
from pytest_benchmark.fixture import BenchmarkFixture

import gametheory_eeu as eeu
from gametheory_eeu import prover
from gametheory_eeu.statics import Boundary, ComparativeStatic, StaticsTable

GAMES: dict[str, eeu.Game] = {
    "BandwagoningContest": eeu.BandwagoningContest(),
    "Participation": eeu.Participation(),
    "GlobalGame": eeu.GlobalGame(),
    "RegimeChange": eeu.RegimeChange(),
    "CredibleCommitment": eeu.CredibleCommitment(),
    "RepeatedCommitment": eeu.RepeatedCommitment(),
    "PowerShift": eeu.PowerShift(),
    "Reputation": eeu.Reputation(),
    "TrustRecovery": eeu.TrustRecovery(),
    "AsymmetricBargaining": eeu.AsymmetricBargaining(),
    "AlternatingOffers": eeu.AlternatingOffers(),
    "HubBargaining": eeu.HubBargaining(),
}
STEP = sp.Rational(1, 10**8)
CLAIMED = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {0, -1}, "?": {-1, 0, 1}}
Point = Mapping[Any, Any]


@pytest.mark.benchmark(group="all comparative statics of a game, symbols throughout")
@pytest.mark.parametrize("name", GAMES)
def test_every_row(benchmark: BenchmarkFixture, name: str) -> None:
    game = GAMES[name]
    table: StaticsTable = benchmark.pedantic(game.comparative_statics, setup=forget, rounds=1)
    assert {row.verdict for row in table} <= {"proved", "depends"}
    formulas = Formulas(game)
    given = [row for row in table if row.quantity in formulas.of]  # a root has no formula
    checked = sum(check(row, formulas) for row in given)
    assert checked > 0.8 * len(given)
    for row in table:
        for edge in row.boundaries:
            check_boundary(edge, row, formulas)


def forget() -> None:
    """Empty the library's memory, so that the table is made and not remembered."""
    for name, module in list(sys.modules.items()):
        if name.startswith("gametheory_eeu"):
            for remembered in vars(module).values():
                if hasattr(remembered, "cache_clear"):
                    remembered.cache_clear()


class Formulas:
    """The game's own expressions, in the parameters that follow from no other."""

    def __init__(self, game: eeu.Game) -> None:
        found = {q.name: q.expression for q in game.general.quantities.values()}
        for equilibrium in game.general.solve():
            for player, payoff in equilibrium.payoffs.items():
                found[f"payoff of {player} at {equilibrium.name}"] = payoff
        self.of, self.values, self.domain = found, game.values, game.general.space.constraints

    def whole(self, point: Point) -> dict[Any, Any]:
        """A point with the game's own values."""
        return {**self.values, **point}

    def exact(self, row: ComparativeStatic, point: Point) -> Any:
        through = {r.symbol: r.default for r in row.derived}
        expression = self.of[row.quantity].xreplace(through)
        return sp.N(expression.xreplace(self.whole(point)), 50)


def points(space: eeu.Space, symbols: set[Any]) -> Iterator[Point]:
    """A witness of a space, and others near it."""
    first = space.witness()
    assert first is not None
    yield first
    rng = random.Random(11)
    free = [s for s in space.symbols if s in symbols and not s.is_integer]
    tied = {s for c in space.constraints for e in c.atoms(sp.Eq) for s in e.free_symbols}
    for _ in range(2):
        moved = {s: first[s] + sp.Rational(rng.randint(-9, 9), 97) for s in free if s not in tied}
        point = {**first, **moved}
        if all(prover.is_true_at(c, point) for c in space.constraints):
            yield point


def check(row: ComparativeStatic, formulas: Formulas) -> int:
    """The slope and the sign of each branch, at points of it."""
    count, s = 0, row.parameter.symbol
    for branch in row.branches:
        used = branch.derivative.free_symbols | branch.condition.free_symbols | {s}
        for point in points(branch.space, used):
            slope = sp.N(branch.derivative.xreplace(dict(point)), 40)
            assert int(sp.sign(slope)) in CLAIMED[branch.result.sign], (row, point)
            if row.is_whole and row.root is not None:
                continue  # the row states a slope, of which the difference has the sign
            quotient = difference(row, branch.space, formulas, point)
            if quotient is not None:
                assert quotient == pytest.approx(float(slope), rel=1e-5, abs=1e-6), (row, point)
                count += 1
    return count


def difference(
    row: ComparativeStatic, space: eeu.Space, formulas: Formulas, point: Point
) -> float | None:
    """What a step makes of the quantity, over the step; None where no step stays in the space."""
    s = row.parameter.symbol
    if s not in formulas.whole(point):
        return None  # on this branch the quantity does not move with it
    given = [c for c in space.constraints if not c.atoms(sp.Eq)]
    here = formulas.exact(row, point)
    for step in (sp.Integer(1),) if row.is_whole else (STEP, -STEP):
        moved = {**formulas.whole(point), s: formulas.whole(point)[s] + step}
        if row.is_whole or all(prover.is_true_at(c, moved) for c in given):
            return float((formulas.exact(row, moved) - here) / step)
    return None


def check_boundary(edge: Boundary, row: ComparativeStatic, formulas: Formulas) -> None:
    """What is said of an edge, at a point of it: the gap there, and the slopes on either side."""
    point = edge.space.witness()
    assert point is not None
    through = {r.symbol: r.default for r in row.derived}
    sides = [sp.N(e.xreplace(through).xreplace(dict(point)), 40) for e in (edge.before, edge.after)]
    gap = float(sides[1] - sides[0])
    if edge.jump == "0":
        assert gap == pytest.approx(0, abs=1e-20)
    elif edge.jump in ("+", "-"):
        assert int(sp.sign(gap)) in CLAIMED[edge.jump]
    s, point = row.parameter.symbol, formulas.whole(point)
    near = [{**point, s: point[s] + k * STEP} for k in (-1, 0, 1)]
    if not all(prover.is_true_at(c, moved) for c in formulas.domain for moved in near):
        return  # at the end of the domain there is one side
    at = [formulas.exact(row, moved) for moved in near]
    if edge.kind == "kink" and edge.is_directed and all(v.is_real and v.is_finite for v in at):
        bend = (at[2] - 2 * at[1] + at[0]) / STEP
        assert int(sp.sign(bend)) in CLAIMED[edge.slope_change], (row, edge)
    if edge.kind == "smooth" and all(v.is_real and v.is_finite for v in at):
        assert float((at[2] - 2 * at[1] + at[0]) / STEP) == pytest.approx(0, abs=1e-4)
