"""A word kept by fear: how patient a hegemon must be, and what binding adds.

Run ``python examples/repeated_commitment.py [folder]``; the figure goes to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save

YEARS = ("2013", "2014", "2015")


def before_and_after(folder: Path) -> None:
    """The temptation rises in 2014: patience no longer does it alone, binding must help."""
    games = {year: eeu.RepeatedCommitment.from_article(year) for year in YEARS}
    for year, game in games.items():
        delta = game.symbols.delta.subs(game.values)
        print(
            f"{year}: patience {delta}, needed without binding {game.critical_discount_factor}; "
            f"least binding {game.minimum_binding}; equilibria: {', '.join(game.solve().names)}."
        )
    figure = games["2014"].plot(compare=[games["2013"], games["2015"]])
    print(f"Figure: {save(figure, folder / 'repeated_commitment.png')}")


def who_punishes_and_for_how_long() -> None:
    """Milder punishments ask for more patience."""
    game = eeu.RepeatedCommitment(r=2, g=3, v=0)
    print(f"Punished for ever by all: {game.critical_discount_factor}.")
    for length in (1, 2, 4):
        needed = game.critical_discount_factor_under(length=length)
        print(f"Punished for {length} period(s): {float(needed):.4f}.")
    for punishers in (1, 2, 3):
        needed = game.critical_discount_factor_under(punishers=punishers, members=4)
        print(f"Left by {punishers} of 4: {needed}.")


def binding_may_defeat_itself() -> None:
    """A binding that costs the honest more than it takes from the tempted is no help."""
    game = eeu.RepeatedCommitment(r=1, g=2, v=0, delta="2/5", k_b=3)
    for cost in (0, "8/5", "9/5"):
        cases = game.at(d=cost).binding_cases
        case = next(name for name, holds in cases.items() if holds)
        print(f"At a cost of {cost}: {case}.")
    for proposition in game.lemmas():
        print(f"{proposition.verdict}: {proposition.statement}.")


if __name__ == "__main__":
    before_and_after(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    who_punishes_and_for_how_long()
    binding_may_defeat_itself()
