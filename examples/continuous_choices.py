"""Choices that are real numbers: who pays for a common good, and how much is fought over a prize.

Run ``python examples/continuous_choices.py``.
"""

import gametheory_eeu as eeu

# Two states pay for a common good of decreasing value; they differ in how much they value it.
good = eeu.ContinuousGame(
    {
        "large": "A*(x + y) - (x + y)**2/2 - x",
        "small": "B*(x + y) - (x + y)**2/2 - y",
    },
    choices={"large": "x >= 0", "small": "y >= 0"},
    given="A > B and B > 1",
    title="A common good",
)
solution = good.solve()
print(solution)
print()
for equilibrium in solution:
    print(equilibrium.name, equilibrium.verify().verdict)
print(eeu.prove_unique(good))
print()

# Where both value it alike, and a union bears part of the cost: who pays is open, the sum is not.
alike = eeu.ContinuousGame(
    {
        "one": "A*(x + y) - (x + y)**2/2 - s*x",
        "other": "A*(x + y) - (x + y)**2/2 - s*y",
    },
    choices={"one": "x >= 0", "other": "y >= 0"},
    given="A > s and s > 0",
    title="Equal states",
)
print(alike.solve())
print()

# A contest of n equal states: how much of the prize is spent on winning it.
contest = eeu.ContinuousGame(
    {"each": "v*x/(x + (n - 1)*y) - x"},
    choices={"each": "x > 0"},
    others={"x": "y"},
    given="v > 0 and n >= 2",
    title="A contest",
)
print(contest.solve())
print(eeu.comparative_statics(contest))
print()

# Best responses of two rivals who arm, and where they meet.
race = eeu.ContinuousGame(
    {"A": "-(x - k*y - g)**2", "B": "-(y - l*x - h)**2"},
    choices={"A": "x >= 0", "B": "y >= 0"},
    given="0 < k < 1 and 0 < l < 1 and g > 0 and h > 0",
    title="An arms race",
)
print(race.best_response("A"))
print(race.solve())
race.at(k="1/2", l="1/3", g=1, h=2).plot().savefig("arms_race.svg")
print("arms_race.svg")
