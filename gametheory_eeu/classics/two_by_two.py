"""Games of two players with two actions each."""

from __future__ import annotations

from gametheory_eeu.classics.classic import ClassicGame
from gametheory_eeu.classics.writing import bimatrix, equilibrium
from gametheory_eeu.core import Source

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
