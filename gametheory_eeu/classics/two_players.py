"""Games of two players with more than two actions."""

from __future__ import annotations

from gametheory_eeu.classics.classic import ClassicGame
from gametheory_eeu.classics.writing import bimatrix, equilibrium
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm

_SIX_ACTIONS = "1 2 3 4 5 6"


def _travellers() -> NormalForm:
    claims = [str(k) for k in range(2, 9)]

    def payoffs(profile: tuple[str, ...]) -> list[int]:
        first, second = map(int, profile)
        lower = min(first, second)
        reward = 2 * ((first < second) - (first > second))
        return [lower + reward, lower - reward]

    return NormalForm(payoffs, actions=[claims, claims])


def _beauty_contest() -> NormalForm:
    guesses = [str(k) for k in range(6)]

    def payoffs(profile: tuple[str, ...]) -> list[str]:
        first_guess, second_guess = map(int, profile)
        first_payoff = (
            "1" if first_guess < second_guess else "0" if first_guess > second_guess else "1/2"
        )
        return [first_payoff, f"1 - {first_payoff}"]

    return NormalForm(payoffs, actions=[guesses, guesses])


def _nash_demand() -> NormalForm:
    demands = ["1", "2", "3"]

    def payoffs(profile: tuple[str, ...]) -> list[int]:
        first, second = map(int, profile)
        return [first, second] if first + second <= 4 else [0, 0]

    return NormalForm(payoffs, actions=[demands, demands])


TWO_PLAYERS = (
    ClassicGame(
        "Rock, Paper, Scissors",
        Source("L", "Osborne2004", "chapter 4"),
        bimatrix(
            "Rock Paper Scissors",
            "Rock Paper Scissors",
            "0;0 -1;1 1;-1 | 1;-1 0;0 -1;1 | -1;1 1;-1 0;0",
        ),
        (equilibrium("1/3 1/3 1/3", "1/3 1/3 1/3"),),
        complete=True,
    ),
    ClassicGame(
        "Shapley's Cycling Game",
        Source("L", "Shapley1964", "the example on fictitious play"),
        bimatrix("1 2 3", "1 2 3", "1;0 0;1 0;0 | 0;0 1;0 0;1 | 0;1 0;0 1;0"),
        (equilibrium("1/3 1/3 1/3", "1/3 1/3 1/3"),),
        complete=True,
        note="Fictitious play does not converge.",
    ),
    ClassicGame(
        "von Stengel's 6x6 Game",
        Source("L", "vonStengel1999", "with the small payoffs of Savani and von Stengel (2006)"),
        bimatrix(
            _SIX_ACTIONS,
            _SIX_ACTIONS,
            "-81;72 36;36 -126;17 126;-3 -36;-36 90;-153 |"
            "-180;-180 72;-81 -333;-30 297;20 -153;90 270;270 |"
            "20;297 -3;126 42;42 -33;-33 17;-126 -30;-333 |"
            "-30;-333 17;-126 -33;-33 42;42 -3;126 20;297 |"
            "270;270 -153;90 297;20 -333;-30 72;-81 -180;-180 |"
            "90;-153 -36;-36 126;-3 -126;17 36;36 -81;72",
        ),
        count=75,
        note="More than 63 = 2^6 - 1, which was the conjectured bound.",
    ),
    ClassicGame(
        "Myerson's Improper Equilibrium",
        Source("L", "Myerson1978", "the example with three actions each"),
        bimatrix("a1 a2 a3", "b1 b2 b3", "1;1 0;0 -9;-9 | 0;0 0;0 -7;-7 | -9;-9 -7;-7 -7;-7"),
        (
            equilibrium("1 0 0", "1 0 0"),
            equilibrium("0 1 0", "0 1 0"),
            equilibrium("0 0 1", "0 0 1"),
        ),
        complete=True,
        note="The first two are perfect, and only the first is proper.",
    ),
    ClassicGame(
        "Traveller's Dilemma",
        Source("L", "Basu1994", "with claims from 2 to 8 and a reward of 2"),
        _travellers,
        (equilibrium("1 0 0 0 0 0 0", "1 0 0 0 0 0 0"),),
        complete=True,
    ),
    ClassicGame(
        "Two-Person Beauty Contest",
        Source("L", "GrosskopfNagel2008", "with guesses from 0 to 5: the lower guess wins"),
        _beauty_contest,
        (equilibrium("1 0 0 0 0 0", "1 0 0 0 0 0"),),
        complete=True,
        note="Guessing 0 is weakly dominant.",
    ),
    ClassicGame(
        "Nash Demand Game",
        Source("L", "Nash1953", "with demands of 1, 2 or 3 out of 4"),
        _nash_demand,
        (
            equilibrium("1 0 0", "0 0 1"),
            equilibrium("0 1 0", "0 1 0"),
            equilibrium("0 0 1", "1 0 0"),
        ),
        concept="pure Nash",
        note="Every division without a remainder is an equilibrium.",
    ),
    ClassicGame(
        "One-Card Poker",
        Source("L", "Myerson1991", "sections 2.1 and 3.2"),
        bimatrix(
            "Rr Rf Fr Ff",
            "M P",
            "0;0 1;-1 | 1/2;-1/2 0;0 | -1/2;1/2 1;-1 | 0;0 0;0",
        ),
        (equilibrium("1/3 2/3 0 0", "2/3 1/3"),),
        complete=True,
        note="Raise always with a red card, and with a black card one time in three.",
    ),
    ClassicGame(
        "O'Neill's Card Game",
        Source("L", "ONeill1987", "the unique minimax strategies"),
        bimatrix(
            "1 2 3 J",
            "1 2 3 J",
            "0;1 1;0 1;0 0;1 | 1;0 0;1 1;0 0;1 | 1;0 1;0 0;1 0;1 | 0;1 0;1 0;1 1;0",
        ),
        (equilibrium("1/5 1/5 1/5 2/5", "1/5 1/5 1/5 2/5"),),
        complete=True,
        note="The first player wins with probability 2/5.",
    ),
)
