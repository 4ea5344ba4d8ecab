"""Offers, quantities and hidden costs: games in which somebody chooses any number, then an answer.

Run ``python examples/an_offer_and_an_answer.py [folder]``; the figure goes to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def status_quo() -> eeu.ContinuousTree:
    """A setter proposes a policy, a voter at 0 takes it or keeps the status quo q.

    Romer and Rosenthal (1978), Public Choice 33(4).
    """
    tree = eeu.ExtensiveForm.builder("setter", "voter", given="s > 0", title="Agenda setting")
    proposal = tree.choose("setter", "x").move("voter", ["accept", "keep"], after="x")
    proposal.payoffs("x/accept", "-(x - s)**2", "-x**2")
    return proposal.payoffs("x/keep", "-(q - s)**2", "-q**2").build()


def pressure() -> eeu.ContinuousTree:
    """A hegemon presses a leader; where pressure exceeds what the public bears, it loses D."""
    tree = eeu.ExtensiveForm.builder(
        "hegemon", given="V > 0 and D >= 0 and X > 0", title="Pressure"
    )
    drawn = tree.draw("tolerance", uniform=(0, "X"))
    pressed = drawn.choose("hegemon", "x", between=(0, "X"), after="tolerance")
    return pressed.payoffs("tolerance/x", "Piecewise((V*x, x <= tolerance), (-D, True))").build()


def hold_up() -> eeu.ContinuousTree:
    """Who invests before the other names a price."""
    tree = eeu.ExtensiveForm.builder("buyer", "seller", given="v > 0", title="Hold-up")
    invested = tree.choose("buyer", "i", between=(0, "oo"))
    priced = invested.choose("seller", "p", between=(0, "v*i"), after="i")
    priced.move("buyer", ["buy", "leave"], after="i/p", information_set="purchase")
    priced.payoffs("i/p/buy", "v*i - p - i**2/2", "p")
    return priced.payoffs("i/p/leave", "-i**2/2", 0).build()


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    for game in (status_quo(), pressure(), hold_up()):
        solution = game.solve()
        print(solution)
        print("Verified:", {name: check.verdict for name, check in solution.verify().items()})
        print()
    print(f"Figure: {save(status_quo().plot(), folder / 'an_offer_and_an_answer.png')}")
