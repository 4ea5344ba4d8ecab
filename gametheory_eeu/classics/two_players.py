"""Classic games of two players in normal form."""

from __future__ import annotations

from gametheory_eeu.classics.catalogue import ClassicGame, bimatrix, equilibrium
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm

TOP_LEFT, BOTTOM_RIGHT = equilibrium("1 0", "1 0"), equilibrium("0 1", "0 1")
TOP_RIGHT, BOTTOM_LEFT = equilibrium("1 0", "0 1"), equilibrium("0 1", "1 0")

TWO_BY_TWO = (
    ClassicGame(
        "Prisoner's Dilemma",
        Source("L", "Osborne2004", "section 2.2"),
        bimatrix("Quiet Fink", "Quiet Fink", "2;2 0;3 | 3;0 1;1"),
        (BOTTOM_RIGHT,),
        complete=True,
    ),
    ClassicGame(
        "Stag Hunt",
        Source("L", "Osborne2004", "sections 2.5 and 2.7.4"),
        bimatrix("Stag Hare", "Stag Hare", "2;2 0;1 | 1;0 1;1"),
        (TOP_LEFT, BOTTOM_RIGHT),
        concept="pure Nash",
        complete=True,
    ),
    ClassicGame(
        "Battle of the Sexes",
        Source("L", "OsborneRubinstein1994", "examples 15.3 and 34.1"),
        bimatrix("Bach Stravinsky", "Bach Stravinsky", "2;1 0;0 | 0;0 1;2"),
        (TOP_LEFT, BOTTOM_RIGHT, equilibrium("2/3 1/3", "1/3 2/3")),
        complete=True,
    ),
    ClassicGame(
        "Mozart or Mahler",
        Source("L", "OsborneRubinstein1994", "example 16.1"),
        bimatrix("Mozart Mahler", "Mozart Mahler", "2;2 0;0 | 0;0 1;1"),
        (TOP_LEFT, BOTTOM_RIGHT),
        concept="pure Nash",
        complete=True,
    ),
    ClassicGame(
        "Matching Pennies",
        Source("L", "OsborneRubinstein1994", "example 17.1"),
        bimatrix("Head Tail", "Head Tail", "1;-1 -1;1 | -1;1 1;-1"),
        (equilibrium("1/2 1/2", "1/2 1/2"),),
        complete=True,
        note="It has no pure equilibrium.",
    ),
    ClassicGame(
        "Hawk-Dove",
        Source("L", "MaynardSmith1982", "chapter 2: the symmetric equilibrium"),
        bimatrix(
            "Hawk Dove",
            "Hawk Dove",
            "(v-c)/2;(v-c)/2 v;0 | 0;v v/2;v/2",
            given=["v > 0", "c > 0"],
        ),
        (
            equilibrium("v/c 1-v/c", "v/c 1-v/c", condition="v < c"),
            equilibrium("1 0", "1 0", condition="v >= c"),
        ),
        note="v is the value of the resource, c the cost of losing a fight.",
    ),
    ClassicGame(
        "Chicken",
        Source("L", "FudenbergTirole1991Book", "section 2.2, figure 2.4"),
        bimatrix("Up Down", "Left Right", "5;1 0;0 | 4;4 1;5"),
        (TOP_LEFT, BOTTOM_RIGHT, equilibrium("1/2 1/2", "1/2 1/2")),
        complete=True,
        note=(
            "Aumann's example. The mixed equilibrium pays 5/2 to each; playing Up-Left, Down-Left "
            "and Down-Right with 1/3 each is a correlated equilibrium, and pays 10/3."
        ),
    ),
    ClassicGame(
        "Aumann's Stag Hunt",
        Source("L", "Aumann1990", "the example of the title"),
        bimatrix("c d", "c d", "9;9 0;8 | 8;0 7;7"),
        (TOP_LEFT, BOTTOM_RIGHT),
        concept="pure Nash",
        complete=True,
        note="Each wants the other to play c, whatever he plays: a promise tells nothing.",
    ),
    ClassicGame(
        "Security Dilemma",
        Source("L", "Jervis1978", "the stag hunt, with the ranks 4 to 1 as payoffs"),
        bimatrix("Cooperate Defect", "Cooperate Defect", "4;4 1;3 | 3;1 2;2"),
        (TOP_LEFT, BOTTOM_RIGHT),
        concept="pure Nash",
        complete=True,
    ),
    ClassicGame(
        "Deadlock",
        Source("L", "SnyderDiesing1977", "chapter 2, with the ranks 4 to 1 as payoffs"),
        bimatrix("Cooperate Defect", "Cooperate Defect", "2;2 1;4 | 4;1 3;3"),
        (BOTTOM_RIGHT,),
        complete=True,
    ),
    ClassicGame(
        "Called Bluff",
        Source("L", "SnyderDiesing1977", "chapter 2, with the ranks 4 to 1 as payoffs"),
        bimatrix("Cooperate Defect", "Cooperate Defect", "3;3 1;4 | 4;2 2;1"),
        (BOTTOM_LEFT,),
        complete=True,
        note="The row has the preferences of a prisoner's dilemma, the column those of chicken.",
    ),
    ClassicGame(
        "Bully",
        Source("L", "SnyderDiesing1977", "chapter 2, with the ranks 4 to 1 as payoffs"),
        bimatrix("Cooperate Defect", "Cooperate Defect", "2;3 1;4 | 4;2 3;1"),
        (BOTTOM_LEFT,),
        complete=True,
        note="The row has the preferences of deadlock, the column those of chicken.",
    ),
    ClassicGame(
        "Inspection Game",
        Source("L", "FudenbergTirole1991Book", "example 1.7"),
        bimatrix(
            "Shirk Work",
            "Inspect Pass",
            "0;-h w;-w | w-g;v-w-h w-g;v-w",
            players=["agent", "principal"],
            given=["0 < g", "g < w", "0 < h", "h < w", "v > 0"],
        ),
        (equilibrium("h/w 1-h/w", "g/w 1-g/w"),),
        complete=True,
        note="w is the wage, g the cost of work, v what work brings, h the cost of an inspection.",
    ),
    ClassicGame(
        "Myerson's Imperfect Equilibrium",
        Source("L", "Myerson1978", "the example with two actions each"),
        bimatrix("a1 a2", "b1 b2", "1;1 0;0 | 0;0 0;0"),
        (TOP_LEFT, BOTTOM_RIGHT),
        complete=True,
        note="The second is not perfect.",
    ),
    ClassicGame(
        "Asymmetric Matching Pennies",
        Source("L", "GoereeHolt2001", "table 1, the treatment with 320"),
        bimatrix("Top Bottom", "Left Right", "320;40 40;80 | 40;80 80;40"),
        (equilibrium("1/2 1/2", "1/8 7/8"),),
        complete=True,
    ),
    ClassicGame(
        "Selten and Chmura's Game 1",
        Source("L", "SeltenChmura2008", "game 1; the source rounds to 0.091 and 0.909"),
        bimatrix("U D", "L R", "10;8 0;18 | 9;9 10;8"),
        (equilibrium("1/11 10/11", "10/11 1/11"),),
        complete=True,
    ),
    ClassicGame(
        "Nau's Battle of the Sexes",
        Source("L", "Nau2004", "section 3"),
        bimatrix("Top Bottom", "Left Right", "3;2 0;0 | 0;0 2;3"),
        (TOP_LEFT, BOTTOM_RIGHT),
        count=3,
        note="Two equilibria are pure and one is completely mixed.",
    ),
)


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
