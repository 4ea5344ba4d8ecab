"""Finite games with unspecified functions against the same games with actual ones.

A solution for every function must be, at each actual function with the declared properties and at
each point, the solution of that game in numbers, which is found by other algorithms.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.errors import GameTheoryError, SpaceError, UnsupportedError
from gametheory_eeu.games.families import have_common_point
from gametheory_eeu.prover.functions.declaration import Unspecified

X, Y = sp.symbols("x y", real=True)
LOW, HIGH, Q = sp.symbols("low high q", real=True)
U = eeu.function("u", increasing=True, concave=True, on=(0, "oo"), at={0: 0})
RATIONAL = [X / (1 + X), X / (1 + 2 * X) + X / 5]
OTHERS = [sp.sqrt(X), sp.log(1 + X), 1 - sp.exp(-X)]
POINTS = [(1, 2), (1, 1), (3, sp.Rational(1, 3))]
ENTRIES = [sp.Integer(0), sp.Rational(1, 4), U(X), U(Y), U(X) / 2, U((X + Y) / 2), U(X + Y)]


def with_function(expr: Any, actual: Any, point: dict[Any, Any]) -> Any:
    """An expression with an actual function for the unspecified one, at a point."""
    if isinstance(expr, Unspecified):
        return actual.subs(X, with_function(expr.args[0], actual, point))
    if not expr.args:
        return point.get(expr, expr)
    return expr.func(*(with_function(part, actual, point) for part in expr.args))


def matrices(entries: list[Any]) -> list[list[list[Any]]]:
    return [[entries[:2], entries[2:4]], [entries[4:6], entries[6:]]]


@settings(max_examples=4, deadline=None)
@given(st.lists(st.sampled_from(ENTRIES), min_size=8, max_size=8))
def test_solutions_at_actual_functions(entries: list[Any]) -> None:
    general = eeu.NormalForm(*matrices(entries), given=[X > 0, Y > 0])
    solution, pure = general.solve(), general.solve("pure Nash")
    for actual in [*RATIONAL, *OTHERS]:
        for values in POINTS:
            point = dict(zip((X, Y), map(sp.sympify, values), strict=True))

            def at(expr: Any, actual: Any = actual, point: Any = point) -> Any:
                return with_function(expr, actual, point)

            game = eeu.NormalForm(*matrices([at(e) for e in entries]))
            existing = {e.name for e in pure if truth_value(at(e.condition), {})}
            assert existing == set(game.solve("pure Nash").names)
            if actual not in RATIONAL:
                continue
            families = [
                replace(e, profile={p: {a: at(v) for a, v in mix.items()}
                                    for p, mix in e.profile.items()},
                        where=at(e.where), condition=sp.true, game=game)
                for e in solution if truth_value(at(e.condition), {})
            ]  # fmt: skip
            for family in families:
                assert family.verify().verdict == "proved"
            for extreme in game.extreme_equilibria():
                assert any(have_common_point(family, extreme) for family in families)


def crisis(u: Any) -> Any:
    """A offers B a low or a high share; war gives B all with probability q, at cost k."""
    return (
        eeu.ExtensiveForm.builder("A", "B", given="0 < low < high < 1 and 0 < q < 1 and k > 0")
        .move("A", ["low", "high"])
        .move("B", ["accept", "fight"], after="low")
        .move("B", ["accept", "fight"], after="high")
        .payoffs("low/accept", "1 - low", u(LOW))
        .payoffs("high/accept", "1 - high", u(HIGH))
        .payoffs("low/fight", "1 - q - k", Q * u(1))
        .payoffs("high/fight", "1 - q - k", Q * u(1))
        .build()
    )


def test_a_risk_averse_side_accepts_a_smaller_share_than_it_would_win() -> None:
    game = crisis(U)
    solution = game.solve()
    assert all(verification.verdict == "proved" for verification in solution.verify().values())
    accepts = solution["low; accept, accept"].condition
    assert eeu.equivalent(accepts, U(LOW) >= Q * U(1), given=game.space).verdict == "proved"
    assert eeu.prove(accepts, given=[game.space, LOW >= Q]).verdict == "proved"  # u(l) >= l*u(1)
    assert eeu.prove(U(LOW) < Q * U(1), given=[game.space, LOW >= Q]).verdict == "refuted"
    V = eeu.function("v", increasing=True, convex=True, on=(0, "oo"), at={0: 0})
    assert eeu.prove(accepts.replace(U, V), given=[game.space, LOW >= Q]).verdict == "refuted"


def test_a_mixed_equilibrium_and_a_condition_that_is_too_wide() -> None:
    game = eeu.NormalForm([[U(X), 0], [0, U(Y)]], [[U(Y), U(X / 2)], [0, U(X)]], given="x>0 & y>0")
    solution = game.solve()
    assert {v.verdict for v in solution.verify().values()} == {"proved"}
    assert str(solution["1, 1"].condition) == "x <= 2*y"
    table = solution.comparative_statics("probability", "y")
    assert table["probability of 1 by player 2 at 1 + 2, 1 + 2", "y"].sign == "+"
    wider = replace(solution["1, 1"], condition=sp.true).verify()
    assert wider.verdict == "refuted"
    assert any("u" in proof.functions for _, proof in wider.results if proof.verdict == "refuted")


def test_conditions_are_read_in_arguments_where_monotonicity_decides() -> None:
    falling = eeu.function("m", decreasing=True, on=(0, "oo"))
    inner = eeu.function("w", increasing=True, on=(0, "oo"), at={0: 0})

    def condition(high: Any, low: Any) -> str:
        game = eeu.NormalForm([[high, 0], [low, 0]], [[1, 0], [1, 0]], given=[X > 0, Y > 0])
        return str(game.solve("pure Nash")["1, 1"].condition)

    assert condition(U(X), U(Y)) == "x >= y"
    assert condition(falling(X), falling(Y)) == "x <= y"
    assert condition(U(inner(X)), U(inner(2 * Y))) == "2*y <= x"
    assert condition(U(X), U(Y) / 2) == "u(y)/2 <= u(x)"
    among = eeu.SymmetricGame({"a": [U(X), U(Y)], "b": [U(Y), 0]}, 2, given=[X > 0, Y > 0]).solve()
    assert str(among["b"].condition) == "x <= y"
    assert among.verify()["a + b"].verdict == "proved"


def test_a_chance_move_by_an_unspecified_distribution() -> None:
    F = eeu.distribution("F", on=(0, 1))
    game = (
        eeu.ExtensiveForm.builder("A", given="0 < x < 1")
        .move("A", ["demand", "wait"])
        .chance({"yields": F(X), "fights": 1 - F(X)}, after="demand")
        .payoffs("demand/yields", 1)
        .payoffs("demand/fights", -1)
        .payoffs("wait", 0)
        .build()
    )
    solution = game.solve()
    assert solution["demand"].condition == (F(X) >= sp.Rational(1, 2))
    assert solution.complete_where == sp.true
    assert "each value of F is a number" in solution.why
    assert solution.verify()["demand"].verdict == "proved"
    wider = replace(solution["demand"], condition=sp.true).verify()
    assert wider.verdict == "refuted"


def test_what_cannot_be_done_is_refused() -> None:
    table = [[U(X) / 2, 0], [U(Y), 0]]
    game = eeu.NormalForm(table, table, given=[X > 0, Y > 0])
    with pytest.raises(UnsupportedError, match=r"regimes .* read the equilibria of solve"):
        eeu.regimes(game)
    with pytest.raises(UnsupportedError, match=r"several equilibria.* unspecified function"):
        eeu.prove_unique(game)
    with pytest.raises(UnsupportedError, match="families are compared in numbers"):
        game.solve().families_at(x=1, y=2)
    with pytest.raises(SpaceError, match=r"u\(y\) is used outside the domain"):
        eeu.NormalForm(table, table, given=X > 0).solve()
    with pytest.raises(SpaceError, match="contradict each other"):
        eeu.NormalForm(table, table, given=[X > 0, Y > X, U(X) > 2 * U(Y)]).solve()
    with pytest.raises(GameTheoryError, match="names no other function"):
        eeu.function("log")
    assert "u(3)" in str(game.at(x=2, y=3).solve())


def test_json_declares_the_functions_again() -> None:
    F = eeu.distribution("F", on=(0, "m"), increasing_hazard=True)
    W = eeu.function("W", variables=2, convex="weakly", homogeneous=2, signs={(1, 1): ">"})
    B = eeu.function("B", increasing=True, bounded=(0, 1), inada="both", on=(0, "oo"))
    table = [[F(X), W(X, Y)], [B(X), sp.diff(U(X), X, 2)]]
    game = eeu.NormalForm(table, table, given=["0 < x < m", U(X) > Y])
    assert eeu.from_json(game.to_json()) == game
    tree = crisis(U)
    assert eeu.from_json(tree.to_json()) == tree
    small = eeu.NormalForm([[U(X), 0], [U(Y), 0]], [[1, 0], [1, 0]], given=[X > 0, Y > 0])
    solution = small.solve("pure Nash")
    text = solution.to_json()
    assert eeu.from_json(text) == solution
    for claim in (sp.diff(U(X), X) * X < U(X), sp.diff(U(X), X) * X > U(X) / 2):
        proof = eeu.prove(claim, given=X > 0)
        assert eeu.from_json(proof.to_json()) == proof
        turned = {"proved": "refuted", "refuted": "proved"}[proof.verdict]
        with pytest.raises(GameTheoryError, match=f"but it is {proof.verdict}"):
            eeu.from_json(
                proof.to_json().replace(f'"verdict": "{proof.verdict}"', f'"verdict": "{turned}"')
            )
    with pytest.raises(GameTheoryError, match="no function was built"):
        eeu.from_json(text.replace('"bounded": null', '"bounded": ["1", "2"]'))
    with pytest.raises(GameTheoryError, match="no function can be read"):
        eeu.from_json(text.replace('"signs"', '"sings"'))
