"""Dominance, security, selection and the limits of the two-player engine, by known cases."""

import pickle

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import (
    DoesNotExistError,
    GameTheoryError,
    SpaceError,
    TooLargeError,
    UnsupportedError,
)

STAG = eeu.NormalForm(
    [["s", 0], ["h", "h"]], [["s", "h"], [0, "h"]],
    players=["Russia", "Kazakhstan"], actions=[["Stag", "Hare"]] * 2, given="0 < h < s",
)  # fmt: skip


def test_removal_in_rounds_solves_a_guessing_game() -> None:
    def payoff(profile: tuple[str, ...]) -> list[int]:
        mine, theirs = map(int, profile)
        return [-abs(2 * (mine + theirs) - 6 * own) for own in (mine, theirs)]

    game = eeu.NormalForm(payoff, actions=[list("0123")] * 2)
    left = game.eliminate("weak")
    assert left.is_dominance_solvable
    assert left.game.actions["player 1"] == ("0",)
    assert len(left.rounds) > 1


def test_what_removing_the_weakly_dominated_loses() -> None:
    game = eeu.NormalForm([[1, 1], [1, 0]], [[1, 1], [1, 0]], actions=[["T", "B"], ["L", "R"]])
    found = game.eliminate("weak")
    assert [repr(d) for d in found.rounds[0]] == [
        "<player 1: B is weakly dominated>", "<player 2: R is weakly dominated>"
    ]  # fmt: skip
    assert found.eliminated_equilibria == ("T, R", "B, L", "T, L + R", "T + B, L")
    assert game.eliminate("strict").rounds == ()


def test_dominance_by_a_mix_only() -> None:
    game = eeu.NormalForm([[4, 0], [0, 4], [1, 1]], [[0, 0]] * 3)
    assert game.dominated(mixed=False) == ()
    (found,) = game.dominated()
    assert dict(found.dominating_mix) == {"1": sp.Rational(1, 2), "2": sp.Rational(1, 2)}


def test_dominance_with_symbols_is_a_condition() -> None:
    game = eeu.NormalForm([["r", "s"], ["t", "p"]], [["r", "t"], ["s", "p"]],
                          actions=[["C", "D"]] * 2, given="t > r")  # fmt: skip
    (first, *_) = game.dominated()
    assert (first.player, first.action) == ("player 1", "C")
    assert first.condition == game.dominated()[1].condition
    assert eeu.equivalent(first.condition, "p > s", given=game.space).verdict == "proved"
    assert game.eliminate().rounds == ()


def test_selection_in_a_stag_hunt() -> None:
    s, h = STAG.symbols[1], STAG.symbols[0]
    both, none = ("Stag", "Stag"), ("Hare", "Hare")
    assert STAG.risk_dominates(both, none) == (s > 2 * h)
    assert STAG.risk_dominates(none, both) == (2 * h > s)
    assert STAG.payoff_dominates(both, none) == sp.true
    assert STAG.payoff_dominates(none, both) == sp.false


def test_matching_pennies_has_a_value() -> None:
    game = eeu.NormalForm([[3, -1], [-1, 1]], [[-3, 1], [1, -1]])
    assert game.value() == sp.Rational(1, 3)
    assert game.maximin("player 1").strategies == ((sp.Rational(1, 3), sp.Rational(2, 3)),)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (STAG.value, "zero-sum"),
        (lambda: STAG.maximin("Russia"), "rational numbers"),
        (lambda: STAG.maximin("Belarus"), "no player 'Belarus'"),
        (STAG.components, "give values"),
        (lambda: STAG.dominated("strong"), "'strict' or 'weak'"),
        (lambda: STAG.risk_dominates(("Stag", "Stag"), ("Stag", "Hare")), "must differ"),
        (lambda: STAG.restricted({"Russia": ["Bear"]}), "no action of Russia 'Bear'"),
        (lambda: STAG.restricted({"Russia": []}), "at least one"),
        (lambda: STAG.solve("correlated"), "no concept"),
        (lambda: STAG.at(s=1, h=2), "contradicts"),
    ],
)
def test_what_cannot_be_asked_says_so(call: object, match: str) -> None:
    with pytest.raises(GameTheoryError, match=match):
        call()  # type: ignore[operator]


def test_three_actions_are_too_many_for_risk_dominance() -> None:
    game = eeu.NormalForm([[1] * 3] * 3, [[1] * 3] * 3)
    with pytest.raises(UnsupportedError, match="two actions each"):
        game.risk_dominates(("1", "1"), ("2", "2"))


def test_a_game_with_too_many_supports_says_how_many() -> None:
    a = sp.Symbol("a", real=True)
    size = 6
    rows = [[a if i == j else 0 for j in range(size)] for i in range(size)]
    with pytest.raises(TooLargeError, match=r"3969 pairs of supports.*\.at\("):
        eeu.NormalForm(rows, rows).solve()


def test_numbers_too_large_for_the_vertices_say_so() -> None:
    size = 20
    rows = [[(7 * i * i + 13 * i * j + 5 * j) % 101 for j in range(size)] for i in range(size)]
    with pytest.raises(TooLargeError, match=r"more than 100000 vertices.*pure Nash"):
        eeu.NormalForm(rows, rows).solve()


def test_a_game_of_nothing_but_ties_says_how_many_families() -> None:
    game = eeu.NormalForm([[0] * 7] * 7, [[0] * 7] * 7)
    with pytest.raises(TooLargeError, match="more than 4000 pairs of supports"):
        game.solve()
    (component,) = game.components()
    assert (component.dimension, len(component.equilibria)) == (12, 49)


def test_one_strategy_with_two_formulas() -> None:
    game = eeu.NormalForm([[1, 0, 0], [0, 1, 1]], [["a", "b", 0], ["c", "d", 0]])
    family = game.solve()["1 + 2, 1 + 2 + 3"]
    assert family.profile["player 1"]["1"].has(sp.Piecewise)
    assert family.verify().verdict == "proved"


def test_a_paper_reads_how_often_each_action_is_played() -> None:
    text = STAG.solve().to_latex()
    assert r"\emph{Stag + Hare, Stag + Hare}: all: Stag ($\frac{h}{s}$)" in text


def test_questions_are_counted_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gametheory_eeu.prover.budget.Effort.__init__", few)
    game = eeu.NormalForm([["a", "b"], ["c", "d"]], [["e", 0], [0, "f"]])
    with pytest.raises(TooLargeError, match="a 2x2 game in a, b, c, d, e, f takes more than 3"):
        game.solve()


def few(self: object, problem: str, most: int = 3) -> None:
    self.__dict__.update(problem=problem, most=most, questions=0, instead="less")


def test_irrational_numbers_are_exact_too() -> None:
    root = sp.sqrt(2)
    game = eeu.NormalForm([[root, 0], [0, 1]], [[1, 0], [0, root]])
    (mixed,) = (e for e in game.solve() if "+" in e.name)
    assert sp.simplify(mixed.strategies["player 2"][0] - 1 / (1 + root)) == 0
    assert mixed.verify().verdict == "proved"


def test_free_symbols_keep_apart_from_the_users() -> None:
    game = eeu.NormalForm([["q_1", "q_1"], [0, 0]], [[0, 0], [0, 0]], given="q_1 > 0")
    (family,) = (e for e in game.solve() if e.free)
    assert [s.name for s in family.free] == ["qq_1"]
    assert game.solve().names == game.at(q_1=1).solve().names


def test_assumptions_on_symbols_shorten_ranges() -> None:
    v, c = sp.symbols("v c", positive=True)
    rows = [[(v - c) / 2, v], [0, v / 2]]
    game = eeu.NormalForm(rows, [list(row) for row in zip(*rows, strict=True)])
    segment = game.solve()["1, 1 + 2"]
    (q,) = segment.free
    assert segment.where == sp.And(q > 0, q < 1)


def test_payoffs_that_are_not_defined_somewhere_are_not_solved() -> None:
    payoffs = [["1/a", 0], [0, 0]], [[1, 0], [0, 0]]
    with pytest.raises(DoesNotExistError, match="a real number only where a != 0"):
        eeu.NormalForm(*payoffs).solve()
    game = eeu.NormalForm(*payoffs, given="a != 0")
    with pytest.raises(SpaceError):
        game.at(a=0)
    assert len(game.solve()) > 0


def test_games_and_their_parts_travel() -> None:
    game = eeu.NormalForm([[1, 1], [0, 2]], [[1, 1], [0, 2]])
    for thing in (game, STAG, game.components(), game.dominated("weak"), game.eliminate("weak")):
        back = pickle.loads(pickle.dumps(thing))  # noqa: S301 - made here
        assert back == thing
        assert hash(back) == hash(thing)
    solution = pickle.loads(pickle.dumps(STAG.solve()))  # noqa: S301 - made here
    assert solution.names == STAG.solve().names


def test_a_game_prints_as_theorists_print_it() -> None:
    assert "Stag   s, s   0, h" in str(STAG)
    assert "$s$, $s$ & $0$, $h$" in STAG.to_latex()
    assert "<td>s, s</td><td>0, h</td>" in STAG._repr_html_()
    assert list(STAG.to_dataframe().columns)[:2] == ["Russia", "Kazakhstan"]
