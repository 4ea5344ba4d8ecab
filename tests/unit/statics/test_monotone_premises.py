"""The premises of the theorem are part of the claim: poles, gaps, jumps, and what may be chosen."""

import re
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import TooLargeError, UnknownNameError
from gametheory_eeu.statics import MonotoneStatic

a, b, p = sp.symbols("a b p", real=True)
p_1, p_2 = sp.symbols("p_1 p_2", real=True)
n = sp.Symbol("n", integer=True)
HALF = sp.Rational(1, 2)


def decision(pay: Any, given: Any) -> eeu.NormalForm:
    """One player takes ``hi`` iff ``pay`` is positive; another has nothing to decide."""
    return eeu.NormalForm([[0], [pay]], [[0], [0]], actions=[["lo", "hi"], ["x"]], given=given)


def row(game: Any, wrt: str = "a", **choices: Any) -> MonotoneStatic:
    """The row of the least equilibrium; that of the greatest says the same."""
    table = eeu.monotone_statics(game, **choices)
    least, greatest = table["least equilibrium", wrt], table["greatest equilibrium", wrt]
    assert (least.sign, least.verdict) == (greatest.sign, greatest.verdict)
    assert least.recheck() is (None if least.sign == "?" else True)
    found: MonotoneStatic = least
    return found


@pytest.mark.parametrize(
    ("pay", "given", "sign"),
    [
        # The issue's own: hi at 1/4, lo at 3/4; hi at -3/2, lo at 3/2, hi at 2; hi, then lo.
        ("1/(1 - 2*a)", ["0 < a < 1", "a != 1/2"], "<=0"),
        ("a**3 - 3*a", "a**2 > 1", "?"),
        (sp.Piecewise((1, a < HALF), (-1, True)), "0 < a < 1", "<=0"),
        # Poles that the derivative does not see.
        ("1/a", "a != 0", ">=0"),
        ("-1/a", "a != 0", "<=0"),
        ("a - 1/a", "a != 0", "?"),
        ("1/(1 - a)", "a != 1", "<=0"),
        ("a/(a**2 - 1)", "a != 1 and a != -1", "?"),
        # Gaps.
        ("a/(a**2 - 1)", "a < -1 or a > 1", ">=0"),
        (a**2 - 4, sp.Or(a < -1, a > 1), "?"),
        (a**2 - 4, a > 1, ">=0"),
        # Jumps, up, down, and where none changes the choice.
        (sp.Piecewise((a, a < 1), (a - 2, True)), (), "?"),
        (sp.Piecewise((a, a < 1), (a + 2, True)), (), ">=0"),
        (sp.Piecewise((2 - a, a < 1), (3 - a, True)), "0 < a < 5", "<=0"),
        (sp.sign(a) - a / 2, "a**2 < 1", ">=0"),
        # Kinks and logarithms.
        ("abs(a) - 1", (), "?"),
        ("abs(a) - 1", "a >= 0", ">=0"),
        ("log(a)", "a > 0", ">=0"),
        ("exp(a) - 3", (), ">=0"),
        ("sqrt(a) - 1", "a >= 0", ">=0"),
        # A choice that never changes, though the gain does both.
        ("exp(a) - a", (), "0"),
    ],
)
def test_one_player_between_two_values(pay: Any, given: Any, sign: str) -> None:
    assert row(decision(pay, given)).sign == sign


def test_where_no_way_is_right_the_points_are_named() -> None:
    why = row(decision("a**3 - 3*a", "a**2 > 1")).why
    assert "do not move one way with a, as at a = -3/2, a_higher = 3/2" in why


@pytest.mark.parametrize(
    ("pay", "given", "sign"),
    [
        (sp.Piecewise((n, n < 3), (n - 5, True)), n >= 0, "?"),
        (sp.Max(0, n - 2) - 1, n >= 0, ">=0"),
        ((-1) ** n, n >= 0, "?"),
        (sp.Piecewise((-1, n < HALF), (1, True)), sp.And(n >= 0, n < 9), ">=0"),
    ],
)
def test_whole_numbers(pay: Any, given: Any, sign: str) -> None:
    assert row(decision(pay, given), "n").sign == sign


def test_a_parameter_that_another_pins_has_no_two_values() -> None:
    found = row(decision("a*b", ["b == 1 - a", "0 < a < 1"]))
    assert found.sign == "?"
    assert "no two values of a are possible with everything else equal" in found.why


def test_a_payoff_without_a_value_somewhere() -> None:
    found = row(decision("a + 1/a - 1/a + log(b)", ["a > 0"]))
    assert found.sign == "?"
    assert "has a value only where b > 0" in found.why


def test_single_crossing_is_asked_of_every_two_actions() -> None:
    """Each step crosses zero once, upward; but from a = 1 on the player takes lo in place of hi."""
    mid = sp.Piecewise((-5, a < 1), (-1, True))
    hi = sp.Piecewise((5, a < 1), (-HALF, True))
    actions = [["lo", "mid", "hi"], ["x"]]
    game = eeu.NormalForm([[0], [mid], [hi]], [[0]] * 3, actions=actions, given=a > 0)
    assert game.at(a=HALF).solve().names == ("hi, x",)
    assert game.at(a=2).solve().names == ("lo, x",)
    assert row(game).sign == "<=0"


def test_steps_that_cross_upward_whose_sum_does_not() -> None:
    """Of hi over lo the gain is 5, -1/2 and 2; that of each step crosses zero upward."""
    mid = sp.Piecewise((-5, a < 1), (-1, a < 2), (1, True))
    hi = sp.Piecewise((5, a < 1), (-HALF, a < 2), (2, True))
    actions = [["lo", "mid", "hi"], ["x"]]
    game = eeu.NormalForm([[0], [mid], [hi]], [[0]] * 3, actions=actions, given=a > 0)
    chosen = [game.at(a=v).solve().names for v in (HALF, 1, 2)]
    assert chosen == [("hi, x",), ("lo, x",), ("hi, x",)]
    assert row(game).sign == "?"


def test_jumps_in_another_players_action() -> None:
    payoffs = {"1": sp.Piecewise((p_1, p_2 < HALF), (-p_1, True)), "2": (a - HALF) * p_2}
    found = row(payoffs, actions={"1": p_1, "2": p_2},
                given=["0 <= p_1 <= 1", "0 <= p_2 <= 1", "0 < a < 1"])  # fmt: skip
    assert found.sign == "?"
    assert "1's gain from a higher action falls in another's action, as at p_1 = 0" in found.why


def test_a_jump_upward_in_another_players_action_is_allowed() -> None:
    payoffs = {"1": sp.Piecewise((-p_1, p_2 < HALF), (p_1, True)), "2": (a - HALF) * p_2}
    found = row(payoffs, actions={"1": p_1, "2": p_2},
                given=["0 <= p_1 <= 1", "0 <= p_2 <= 1", "0 < a < 1"])  # fmt: skip
    assert found.sign == ">=0"


# What may be chosen, by one player.

CONCAVE = "a*p - p**2"


@pytest.mark.parametrize(
    ("payoff", "given", "sign"),
    [
        ("(1 + a)*p", ["0 <= p <= 1 - a", "0 < a < 1"], "<=0"),  # the issue's own: 1 - a
        (CONCAVE, ["0 <= p <= 1", "a > 0"], ">=0"),
        (CONCAVE, ["0 <= p <= a", "a > 0"], ">=0"),
        (CONCAVE, ["a <= p <= 2*a + 1", "a > 0"], ">=0"),
        ("p**2", ["0 <= p <= 1 - a", "0 < a < 1"], "<=0"),
        (CONCAVE, ["0 <= 2*p", "3 - p >= 0"], ">=0"),
        (CONCAVE, ["p == 1"], "0"),
        (sp.Piecewise((a * p, p < 1), (a, True)), ["0 <= p <= 2", "a > 0"], ">=0"),
        ("a*log(1 + p) - p", ["0 <= p <= 1", "a > 0"], ">=0"),
        ("-abs(p - a)", ["0 <= p <= 1", "0 <= a <= 1"], ">=0"),
    ],
)
def test_an_interval_is_enough(payoff: Any, given: Any, sign: str) -> None:
    assert row({"1": payoff}, actions={"1": "p"}, given=given).sign == sign


@pytest.mark.parametrize(
    ("payoff", "given", "fails"),
    [
        (CONCAVE, ["0 <= p < 1", "a > 0"], "p < 1 leaves what may be chosen open, not compact"),
        (CONCAVE, ["0 < p <= 1", "a > 0"], "0 < p leaves|p > 0 leaves"),
        (CONCAVE, ["p >= 0", "a > 0"], "unbounded above"),
        (CONCAVE, ["p <= 1", "a > 0"], "unbounded below"),
        (CONCAVE, ["a > 0"], "unbounded below"),
        (CONCAVE, ["0 <= p <= 3", sp.Or(p <= 1, p >= 2)], "was not found to bound an interval"),
        (CONCAVE, ["0 <= p <= 3", "p != 1"], "was not found to bound an interval"),
        (CONCAVE, ["p**2 <= 4", "p**2 >= 1"], "was not found to bound an interval"),
        (CONCAVE, ["0 <= p <= a*(1 - a)", "0 < a < 1"], "do not move one way with a"),
        (CONCAVE, ["0 <= p <= 1 - a", "0 < a < 1"], "do not move one way with a"),
        ("a*p + 1/(p - 1/2)", ["0 <= p <= 1"], "has a value only where"),
        (sp.Piecewise((p, p < HALF), (p - a, True)), ["0 <= p <= 1", "a > 0"], "proved continuous"),
        (a * sp.sign(p - HALF), ["0 <= p <= 1", "a > 0"], "not proved continuous"),
    ],
)  # fmt: skip
def test_what_fails_is_said(payoff: Any, given: Any, fails: str) -> None:
    found = row({"1": payoff}, actions={"1": "p"}, given=given)
    assert found.verdict == "unknown"
    assert re.search(fails, found.why)


def test_a_symbol_that_is_positive_is_chosen_from_an_open_set() -> None:
    q = sp.Symbol("q", positive=True)
    assert "open at q = 0" in row({"1": a * q - q**2}, actions={"1": q}, given=[q <= 1]).why
    q = sp.Symbol("q", nonnegative=True)
    assert row({"1": a * q - q**2}, actions={"1": q}, given=[q <= 1]).sign == ">=0"


def test_whole_numbers_are_a_chain() -> None:
    k = sp.Symbol("k", integer=True)
    assert row({"1": a * k - k**2}, actions={"1": k}, given=[0 <= k, k < 5]).sign == ">=0"
    even = sp.Symbol("m", even=True)
    given = [0 <= even, even < 5]
    assert "no interval" in row({"1": a * even}, actions={"1": even}, given=given).why


# Two players.

TOGETHER = {"1": "p_1*p_2 + a*p_1", "2": "p_1*p_2"}
OWN = {"1": "p_1", "2": "p_2"}


@pytest.mark.parametrize(
    ("given", "sign"),
    [
        (["0 <= p_1 <= 1", "0 <= p_2 <= 1"], ">=0"),
        (["0 <= p_1 <= a", "0 <= p_2 <= 1 + a", "a > 0"], ">=0"),
        (["0 <= p_1", "0 <= p_2", "p_1 + p_2 <= 1"], "?"),
        (["0 <= p_1 <= p_2", "p_2 <= 1"], "?"),
        (["0 <= p_1 <= 1 - a", "0 <= p_2 <= 1", "0 < a < 1"], "<=0"),
    ],
)
def test_sets_of_two_players(given: list[str], sign: str) -> None:
    assert row(TOGETHER, actions=OWN, given=given).sign == sign


def test_sets_that_fall_while_the_gains_fall() -> None:
    payoffs = {"1": "p_1*p_2 - a*p_1", "2": "p_1*p_2"}
    given = ["0 <= p_1 <= 1/a", "0 <= p_2 <= 2 - a", "1 < a < 2"]
    assert row(payoffs, actions=OWN, given=given).sign == "<=0"


def test_choices_that_are_tied_are_named() -> None:
    found = row(TOGETHER, actions=OWN, given=["0 <= p_1", "0 <= p_2", "p_1 + p_2 <= 1"])
    assert "p_1 + p_2 <= 1 ties choices of several players together" in found.why


# Games in numbers, trees, and games too large.


def test_a_game_in_numbers_has_nothing_that_moves() -> None:
    game = eeu.NormalForm([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    table = eeu.monotone_statics(game)
    assert len(table) == 0
    assert table.notes == ("The game is in numbers: it has no symbol that could move.",)
    with pytest.raises(UnknownNameError, match="no symbol 'a'"):
        eeu.monotone_statics(game, wrt="a")


def entry(given: Any = ()) -> eeu.ExtensiveForm:
    """An entrant stays out or enters; the incumbent then fights or shares."""
    return (
        eeu.ExtensiveForm.builder("e", "i", given=given)
        .move("e", ["out", "in"])
        .move("i", ["fight", "share"], after="in")
        .payoffs("out", 0, 2)
        .payoffs("in/fight", "-c", "-d")
        .payoffs("in/share", "s - c", 1)
        .build()
    )


def test_a_tree_is_compared_plan_by_plan() -> None:
    table = eeu.monotone_statics(entry(["c > 0", "s > 0", "d > 0"]))
    signs = {r.parameter.name: r.sign for r in table if r.quantity == "least equilibrium"}
    assert signs == {"c": "<=0", "d": ">=0", "s": ">=0"}
    assert "Nash equilibria in plans" in table.notes[0]


def twice(last: str) -> eeu.ExtensiveForm:
    """One player moves, another does without knowing it, and the first moves again."""
    return (
        eeu.ExtensiveForm.builder("h", "l", given=["a > 0"])
        .move("h", ["lo", "hi"])
        .move("l", ["lo", "hi"], after="*")
        .move("h", ["lo", "hi"], after="lo/*")
        .move("h", ["lo", "hi"], after="hi/*")
        .payoffs("lo/*/lo", 0, 0)
        .payoffs("lo/*/hi", last, 0)
        .payoffs("hi/*/lo", "a", 0)
        .payoffs("hi/*/hi", f"a + {last}", 0)
        .build()
    )


def test_a_player_with_several_sets_needs_complements_among_them() -> None:
    """What the last move brings after lo makes hi at first worth less: these are substitutes."""
    game = twice("1")
    assert set(game.information_sets) - set(game.players)
    assert row(twice("0")).sign == ">=0"
    found = row(game)
    assert found.sign == "?"
    assert "h's gain" in found.why or "h (" in found.why
    assert "falls in another's action" in found.why


def test_too_many_profiles_are_counted_first() -> None:
    game = eeu.NormalForm([[a] * 70] * 70, [[0] * 70] * 70)
    with pytest.raises(TooLargeError, match="4900 profiles; at most 4096"):
        eeu.monotone_statics(game)


def test_of_the_number_of_players_nothing_is_claimed() -> None:
    game = eeu.Participation()
    assert "n" not in {r.parameter.symbol.name for r in eeu.monotone_statics(game)}
