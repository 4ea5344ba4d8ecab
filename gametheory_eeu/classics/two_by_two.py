"""Games of two players with two actions each."""

from __future__ import annotations

from gametheory_eeu.classics.classic import Classic
from gametheory_eeu.classics.writing import known, table
from gametheory_eeu.core import Source

FIRST, SECOND = known("1 0", "1 0"), known("0 1", "0 1")
UPPER, LOWER = known("1 0", "0 1"), known("0 1", "1 0")

TWO_BY_TWO = (
    Classic(
        "Prisoner's Dilemma",
        Source("L", "Osborne2004", "section 2.2"),
        table("Quiet Fink", "Quiet Fink", "2;2 0;3 | 3;0 1;1"),
        (SECOND,),
        complete=True,
    ),
    Classic(
        "Stag Hunt",
        Source("L", "Osborne2004", "sections 2.5 and 2.7.4"),
        table("Stag Hare", "Stag Hare", "2;2 0;1 | 1;0 1;1"),
        (FIRST, SECOND),
        concept="pure Nash",
        complete=True,
    ),
    Classic(
        "Battle of the Sexes",
        Source("L", "OsborneRubinstein1994", "examples 15.3 and 34.1"),
        table("Bach Stravinsky", "Bach Stravinsky", "2;1 0;0 | 0;0 1;2"),
        (FIRST, SECOND, known("2/3 1/3", "1/3 2/3")),
        complete=True,
    ),
    Classic(
        "Mozart or Mahler",
        Source("L", "OsborneRubinstein1994", "example 16.1"),
        table("Mozart Mahler", "Mozart Mahler", "2;2 0;0 | 0;0 1;1"),
        (FIRST, SECOND),
        concept="pure Nash",
        complete=True,
    ),
    Classic(
        "Matching Pennies",
        Source("L", "OsborneRubinstein1994", "example 17.1"),
        table("Head Tail", "Head Tail", "1;-1 -1;1 | -1;1 1;-1"),
        (known("1/2 1/2", "1/2 1/2"),),
        complete=True,
        note="It has no pure equilibrium.",
    ),
    Classic(
        "Hawk-Dove",
        Source("L", "MaynardSmith1982", "chapter 2: the symmetric equilibrium"),
        table(
            "Hawk Dove",
            "Hawk Dove",
            "(v-c)/2;(v-c)/2 v;0 | 0;v v/2;v/2",
            given=["v > 0", "c > 0"],
        ),
        (
            known("v/c 1-v/c", "v/c 1-v/c", condition="v < c"),
            known("1 0", "1 0", condition="v >= c"),
        ),
        note="v is the value of the resource, c the cost of losing a fight.",
    ),
    Classic(
        "Chicken",
        Source("L", "FudenbergTirole1991Book", "section 2.2, figure 2.4"),
        table("Up Down", "Left Right", "5;1 0;0 | 4;4 1;5"),
        (FIRST, SECOND, known("1/2 1/2", "1/2 1/2")),
        complete=True,
        note=(
            "Aumann's example. The mixed equilibrium pays 5/2 to each; playing Up-Left, Down-Left "
            "and Down-Right with 1/3 each is a correlated equilibrium, and pays 10/3."
        ),
    ),
    Classic(
        "Aumann's Stag Hunt",
        Source("L", "Aumann1990", "the example of the title"),
        table("c d", "c d", "9;9 0;8 | 8;0 7;7"),
        (FIRST, SECOND),
        concept="pure Nash",
        complete=True,
        note="Each wants the other to play c, whatever he plays: a promise tells nothing.",
    ),
    Classic(
        "Security Dilemma",
        Source("L", "Jervis1978", "the stag hunt, with the ranks 4 to 1 as payoffs"),
        table("Cooperate Defect", "Cooperate Defect", "4;4 1;3 | 3;1 2;2"),
        (FIRST, SECOND),
        concept="pure Nash",
        complete=True,
    ),
    Classic(
        "Deadlock",
        Source("L", "SnyderDiesing1977", "chapter 2, with the ranks 4 to 1 as payoffs"),
        table("Cooperate Defect", "Cooperate Defect", "2;2 1;4 | 4;1 3;3"),
        (SECOND,),
        complete=True,
    ),
    Classic(
        "Called Bluff",
        Source("L", "SnyderDiesing1977", "chapter 2, with the ranks 4 to 1 as payoffs"),
        table("Cooperate Defect", "Cooperate Defect", "3;3 1;4 | 4;2 2;1"),
        (LOWER,),
        complete=True,
        note="The row has the preferences of a prisoner's dilemma, the column those of chicken.",
    ),
    Classic(
        "Bully",
        Source("L", "SnyderDiesing1977", "chapter 2, with the ranks 4 to 1 as payoffs"),
        table("Cooperate Defect", "Cooperate Defect", "2;3 1;4 | 4;2 3;1"),
        (LOWER,),
        complete=True,
        note="The row has the preferences of deadlock, the column those of chicken.",
    ),
    Classic(
        "Inspection Game",
        Source("L", "FudenbergTirole1991Book", "example 1.7"),
        table(
            "Shirk Work",
            "Inspect Pass",
            "0;-h w;-w | w-g;v-w-h w-g;v-w",
            players=["agent", "principal"],
            given=["0 < g", "g < w", "0 < h", "h < w", "v > 0"],
        ),
        (known("h/w 1-h/w", "g/w 1-g/w"),),
        complete=True,
        note="w is the wage, g the cost of work, v what work brings, h the cost of an inspection.",
    ),
    Classic(
        "Myerson's Imperfect Equilibrium",
        Source("L", "Myerson1978", "the example with two actions each"),
        table("a1 a2", "b1 b2", "1;1 0;0 | 0;0 0;0"),
        (FIRST, SECOND),
        complete=True,
        note="The second is not perfect.",
    ),
    Classic(
        "Asymmetric Matching Pennies",
        Source("L", "GoereeHolt2001", "table 1, the treatment with 320"),
        table("Top Bottom", "Left Right", "320;40 40;80 | 40;80 80;40"),
        (known("1/2 1/2", "1/8 7/8"),),
        complete=True,
    ),
    Classic(
        "Selten and Chmura's Game 1",
        Source("L", "SeltenChmura2008", "game 1; the source rounds to 0.091 and 0.909"),
        table("U D", "L R", "10;8 0;18 | 9;9 10;8"),
        (known("1/11 10/11", "10/11 1/11"),),
        complete=True,
    ),
    Classic(
        "Nau's Battle of the Sexes",
        Source("L", "Nau2004", "section 3"),
        table("Top Bottom", "Left Right", "3;2 0;0 | 0;0 2;3"),
        (FIRST, SECOND),
        count=3,
        note="Two equilibria are pure and one is completely mixed.",
    ),
)
