"""Games of two players with more than two actions."""

from __future__ import annotations

from gametheory_eeu.classics.classic import Classic
from gametheory_eeu.classics.writing import known, table
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm

_SIX = "1 2 3 4 5 6"


def _travellers() -> NormalForm:
    claims = [str(k) for k in range(2, 9)]

    def pay(profile: tuple[str, ...]) -> list[int]:
        mine, theirs = map(int, profile)
        low = min(mine, theirs)
        reward = 2 * ((mine < theirs) - (mine > theirs))
        return [low + reward, low - reward]

    return NormalForm(pay, actions=[claims, claims])


def _beauty_contest() -> NormalForm:
    guesses = [str(k) for k in range(6)]

    def pay(profile: tuple[str, ...]) -> list[str]:
        mine, theirs = map(int, profile)
        first = "1" if mine < theirs else "0" if mine > theirs else "1/2"
        return [first, f"1 - {first}"]

    return NormalForm(pay, actions=[guesses, guesses])


def _demands() -> NormalForm:
    demands = ["1", "2", "3"]

    def pay(profile: tuple[str, ...]) -> list[int]:
        mine, theirs = map(int, profile)
        return [mine, theirs] if mine + theirs <= 4 else [0, 0]

    return NormalForm(pay, actions=[demands, demands])


TWO_PLAYERS = (
    Classic(
        "Rock, Paper, Scissors",
        Source("L", "Osborne2004", "chapter 4"),
        table(
            "Rock Paper Scissors",
            "Rock Paper Scissors",
            "0;0 -1;1 1;-1 | 1;-1 0;0 -1;1 | -1;1 1;-1 0;0",
        ),
        (known("1/3 1/3 1/3", "1/3 1/3 1/3"),),
        complete=True,
    ),
    Classic(
        "Shapley's Cycling Game",
        Source("L", "Shapley1964", "the example on fictitious play"),
        table("1 2 3", "1 2 3", "1;0 0;1 0;0 | 0;0 1;0 0;1 | 0;1 0;0 1;0"),
        (known("1/3 1/3 1/3", "1/3 1/3 1/3"),),
        complete=True,
        note="Fictitious play does not converge.",
    ),
    Classic(
        "von Stengel's 6x6 Game",
        Source("L", "vonStengel1999", "with the small payoffs of Savani and von Stengel (2006)"),
        table(
            _SIX,
            _SIX,
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
    Classic(
        "Myerson's Improper Equilibrium",
        Source("L", "Myerson1978", "the example with three actions each"),
        table("a1 a2 a3", "b1 b2 b3", "1;1 0;0 -9;-9 | 0;0 0;0 -7;-7 | -9;-9 -7;-7 -7;-7"),
        (
            known("1 0 0", "1 0 0"),
            known("0 1 0", "0 1 0"),
            known("0 0 1", "0 0 1"),
        ),
        complete=True,
        note="The first two are perfect, and only the first is proper.",
    ),
    Classic(
        "Traveller's Dilemma",
        Source("L", "Basu1994", "with claims from 2 to 8 and a reward of 2"),
        _travellers,
        (known("1 0 0 0 0 0 0", "1 0 0 0 0 0 0"),),
        complete=True,
    ),
    Classic(
        "Two-Person Beauty Contest",
        Source("L", "GrosskopfNagel2008", "with guesses from 0 to 5: the lower guess wins"),
        _beauty_contest,
        (known("1 0 0 0 0 0", "1 0 0 0 0 0"),),
        complete=True,
        note="Guessing 0 is weakly dominant.",
    ),
    Classic(
        "Nash Demand Game",
        Source("L", "Nash1953", "with demands of 1, 2 or 3 out of 4"),
        _demands,
        (
            known("1 0 0", "0 0 1"),
            known("0 1 0", "0 1 0"),
            known("0 0 1", "1 0 0"),
        ),
        concept="pure Nash",
        note="Every division without a remainder is an equilibrium.",
    ),
    Classic(
        "One-Card Poker",
        Source("L", "Myerson1991", "sections 2.1 and 3.2"),
        table(
            "Rr Rf Fr Ff",
            "M P",
            "0;0 1;-1 | 1/2;-1/2 0;0 | -1/2;1/2 1;-1 | 0;0 0;0",
        ),
        (known("1/3 2/3 0 0", "2/3 1/3"),),
        complete=True,
        note="Raise always with a red card, and with a black card one time in three.",
    ),
    Classic(
        "O'Neill's Card Game",
        Source("L", "ONeill1987", "the unique minimax strategies"),
        table(
            "1 2 3 J",
            "1 2 3 J",
            "0;1 1;0 1;0 0;1 | 1;0 0;1 1;0 0;1 | 1;0 1;0 0;1 0;1 | 0;1 0;1 0;1 1;0",
        ),
        (known("1/5 1/5 1/5 2/5", "1/5 1/5 1/5 2/5"),),
        complete=True,
        note="The first player wins with probability 2/5.",
    ),
)
