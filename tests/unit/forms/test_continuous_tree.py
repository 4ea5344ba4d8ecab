"""Trees with continuous moves: how they are written, read and checked, and what is refused."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.forms.tree_builder import TreeBuilder

builder = eeu.ExtensiveForm.builder


def ultimatum(given: str = "0 < w < 1") -> eeu.ContinuousTree:
    return (
        builder("A", "B", given=given, title="Ultimatum")
        .choose("A", "x", between=(0, 1))
        .move("B", ["accept", "reject"], after="x")
        .payoffs("x/accept", "x", "1 - x")
        .payoffs("x/reject", 0, "w")
        .build()
    )


def tolerance(**distribution: object) -> eeu.ContinuousTree:
    """A demand x that succeeds where it does not exceed a tolerance drawn by nature."""
    return (
        builder("A", "B", given="C > 0")
        .draw("t", known_to="B", **distribution)
        .choose("A", "x", between=(0, "C"), after="t")
        .move("B", ["yield", "resist"], after="t/x")
        .payoffs("t/x/yield", "x", "-x")
        .payoffs("t/x/resist", 0, "-t")
        .build()
    )


def test_an_equilibrium_and_its_strategies() -> None:
    (equilibrium,) = ultimatum().solve()
    w, x = sp.symbols("w x", real=True)
    assert equilibrium.choices == {"x": 1 - w}
    assert equilibrium.responses == {"x": 1 - w}
    assert equilibrium.profile["B"]["accept"] == sp.Piecewise((1, w + x <= 1), (0, True))
    assert equilibrium.payoffs == {"A": 1 - w, "B": w}
    assert equilibrium.name == "x at a breakpoint; accept"
    assert equilibrium.verify().verdict == "proved"


def test_a_planted_wrong_equilibrium_is_refuted() -> None:
    game = ultimatum()
    (equilibrium,) = game.solve()
    x = sp.Symbol("x", real=True)
    greedy = replace(equilibrium, responses={"x": sp.Integer(1)}, choices={"x": sp.Integer(1)})
    assert greedy.verify().failures == ("A: no other x gains anything",)
    stern = {"B": {"accept": sp.Piecewise((1, x <= 0), (0, True)),
                   "reject": sp.Piecewise((0, x <= 0), (1, True))}}  # fmt: skip
    threat = replace(equilibrium, profile=stern, responses={"x": sp.Integer(0)})
    assert "B: reject is best where it is played" in threat.verify().failures
    outside = replace(equilibrium, responses={"x": sp.Integer(2)})
    assert "x is in its range" in outside.verify().failures


def test_expected_payoffs_of_any_strategies() -> None:
    game = tolerance(uniform=(0, "C"))
    accept = "Piecewise((1, x <= t), (0, True))"
    mixed = {"yield": accept, "resist": f"1 - {accept}"}
    C = game.symbols[0]
    assert sp.simplify(game.payoff({"x": "C/2", "B": mixed}, "A") - C / 4) == 0
    assert game.payoff({"x": "C/2", "B": "yield"}, "B") == -C / 2
    with pytest.raises(GameTheoryError, match="an entry for"):
        game.payoff({"B": "yield"}, "A")
    with pytest.raises(GameTheoryError, match="no information set or choice"):
        game.payoff({"y": 1, "x": 1, "B": "yield"}, "A")


@pytest.mark.parametrize(
    "distribution",
    [
        {"uniform": (0, "C")},
        {"on": (0, "C"), "density": "1/C"},
        {"on": (0, "C"), "cdf": "t/C"},
    ],
    ids=["uniform", "density", "cdf"],
)
def test_three_ways_to_write_a_uniform_draw(distribution: dict[str, object]) -> None:
    game = tolerance(**distribution)
    solution = game.solve()
    (C,) = game.symbols
    assert solution["x inside; yield or resist"].choices["x"] == C / 2
    assert solution.complete_where == sp.true
    assert all(e.verify().verdict == "proved" for e in solution)


def test_a_linear_density() -> None:
    """With density 2t on [0, 1] a demand x succeeds with 1 - x^2: best is 1/sqrt(3)."""
    game = (
        builder("A")
        .draw("t", on=(0, 1), density="2*t")
        .choose("A", "x", between=(0, 1), after="t")
        .payoffs("t/x", "Piecewise((x, x <= t), (0, True))")
        .build()
    )
    (equilibrium,) = game.solve()
    assert equilibrium.choices["x"] == sp.sqrt(3) / 3
    assert equilibrium.payoffs["A"] == 2 * sp.sqrt(3) / 9
    assert equilibrium.verify().verdict == "proved"


def test_readings_of_the_solution() -> None:
    game = ultimatum()
    solution = game.solve()
    assert [cell.equilibria for cell in eeu.regimes(game).cells] == [(solution[0].name,)]
    assert eeu.prove_unique(game).verdict == "unique"
    row = solution.comparative_statics("choice")[f"choice of x at {solution[0].name}", "w"]
    assert (row.sign, row.verdict) == ("-", "proved")
    assert game.at(w="1/4").solve()[0].choices == {"x": sp.Rational(3, 4)}
    assert "accept if" in str(solution)
    assert r"\begin{proposition}[Ultimatum]" in solution.to_latex()
    assert "0 ≤ x ≤ 1" in str(game)


@pytest.mark.parametrize("make", [ultimatum, lambda: tolerance(uniform=(0, "C"))])
def test_round_trips(make: Callable[[], eeu.ContinuousTree]) -> None:
    game = make()
    assert eeu.from_json(game.to_json()) == game
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301
    assert hash(make()) == hash(game)
    again = eeu.from_json(game.solve().to_json())
    assert again.names == game.solve().names


def test_a_figure_with_an_arc_for_an_interval() -> None:
    figure = tolerance(uniform=(0, "C")).plot()
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    assert {"$x$", "$t$", "yield", "resist"} <= set(texts)
    assert len([line for line in axes.lines if len(line.get_xdata()) == 21]) == 2


def test_who_does_not_know_a_draw_chooses_once() -> None:
    game = tolerance(uniform=(0, "C"))
    assert [s.name for s in game.known("A")] == []
    assert sorted(s.name for s in game.known("B")) == ["t", "x"]


def test_a_tie_that_no_choice_breaks_is_named() -> None:
    """B's payoffs do not depend on x: where they are equal, any plan of B's will do."""
    game = (
        builder("A", "B")
        .choose("A", "x", between=(0, 1))
        .move("B", ["left", "right"], after="x")
        .payoffs("x/left", "x", "b")
        .payoffs("x/right", "1 - x", 0)
        .build()
    )
    solution = game.solve()
    assert sp.simplify(sp.Not(solution.complete_where)) == sp.Eq(game.symbols[0], 0)
    assert "tie" in solution.why
    assert all(bool(e.verify()) for e in solution)


def test_signals_are_refused() -> None:
    tree = builder("A", "B", given="C > 0").draw("t", uniform=(0, "C"), known_to="A")
    tree.move("A", ["speak", "silent"], after="t")
    tree.choose("B", "y", between=(0, 1), after=["t/speak", "t/silent"])
    game = tree.payoffs("t/*/y", "y - t", "-(y - t)**2").build()
    with pytest.raises(GameTheoryError, match="does not know what a better informed player did"):
        game.solve()


def test_what_would_be_inferred_from_a_move_is_refused() -> None:
    """The places are two information sets, but what was drawn is known in neither."""
    tree = builder("A", "B").draw("t", uniform=(0, 1), known_to="A")
    tree.move("A", ["speak", "silent"], after="t")
    for said in ("speak", "silent"):
        tree.choose("B", f"y_{said}", between=(0, 1), after=f"t/{said}")
        tree.payoffs(f"t/{said}/y_{said}", f"y_{said} - t", f"-(y_{said} - t)**2")
    with pytest.raises(GameTheoryError, match=r"turns on t, which B does not know"):
        tree.build().solve()
    # Where what is best for B does not turn on it, nothing has to be inferred.
    game = (
        builder("A", "B")
        .draw("t", uniform=(0, 1), known_to="A")
        .move("A", ["ask", "leave"], after="t")
        .payoffs("t/leave", "1/2", 0)
        .choose("B", "y", between=(0, 1), after="t/ask")
        .payoffs("t/ask/y", "t + y", "y - y**2")
        .build()
    )
    (equilibrium,) = game.solve()
    assert equilibrium.choices == {"y": sp.Rational(1, 2)}
    assert equilibrium.payoffs["A"] == 1
    assert equilibrium.verify().verdict == "proved"


def start(given: object = ()) -> TreeBuilder[eeu.ContinuousTree]:
    tree: TreeBuilder[eeu.ExtensiveForm] = builder("A", "B", given=given)
    return tree.choose("A", "x", between=(0, 1))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: builder("A").choose("A", "x", between=(1, 0)).payoffs("x", "x").build(),
         "holds a point"),
        (lambda: builder("A").choose("A", "x", between=(0, "h")).payoffs("x", "x").build(),
         "Add to given= the condition"),
        (lambda: builder("A").choose("A", "x", between=1), "a pair of ends"),
        (lambda: builder("A").choose("A", "2x"), "a name such as"),
        (lambda: builder("A").choose("C", "x"), "player 'C'"),
        (lambda: start().payoffs("x", 0, 0).build(), "Nothing contains x"),
        (lambda: start("x > 1/2").payoffs("x", "x", 0).build(), "not on x"),
        (lambda: builder("A", "B").choose("A", "x", between=(0, "y"))
         .choose("B", "y", between=(0, 1), after="x").payoffs("x/y", "x", "y").build(),
         "numbers chosen or drawn before; y is not"),
        (lambda: start().choose("B", "x", between=(0, 2), after="x").payoffs("x/x", "x", 0).build(),
         "a symbol of its own"),
        (lambda: builder("A").draw("t", known_to="A"), "uniform="),
        (lambda: builder("A").draw("t", uniform=(0, 1), density="1"), "or on="),
        (lambda: builder("A").draw("t", uniform=(0, "oo")), "a finite interval"),
        (lambda: builder("A").draw("t", uniform=(0, 1), known_to="C"), "player"),
        (lambda: builder("A").draw("t", on=(0, 1), density="2*t - 1").payoffs("t", "t").build(),
         "nowhere negative"),
        (lambda: builder("A").draw("t", on=(0, 1), density="t").payoffs("t", "t").build(),
         "from 0 to 1"),
        (lambda: builder("A").draw("t", on=(0, 1), density="1/t").payoffs("t", "t").build(),
         "a polynomial"),
        (lambda: builder("A").draw("t", uniform=(0, "h")).payoffs("t", "t").build(),
         "an interval with a length"),
        (lambda: start().build(), "Nothing follows"),
    ],
)  # fmt: skip
def test_what_is_refused(build: Callable[[], object], message: str) -> None:
    with pytest.raises(GameTheoryError, match=message):
        build()


def test_where_no_best_choice_exists_there_is_no_equilibrium() -> None:
    game = builder("A").choose("A", "x").payoffs("x", "x").build()
    solution = game.solve()
    assert len(solution) == 0
    assert "no choice is best" in solution.why


def test_finite_trees_stay_finite() -> None:
    game = builder("A").move("A", ["l", "r"]).payoffs("l", 1).payoffs("r", 0).build()
    assert isinstance(game, eeu.ExtensiveForm)
