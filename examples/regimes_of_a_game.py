"""Which equilibria exist where: a game of your own, and the contest in power and backing.

Run ``python examples/regimes_of_a_game.py [folder]``; the figures go to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def hawks_and_doves(folder: Path) -> None:
    """A game written down by hand, with its knife edge."""
    game = eeu.NormalForm(
        [["(v - c)/2", "v"], [0, "v/2"]],
        [["(v - c)/2", 0], ["v", "v/2"]],
        actions=[["Hawk", "Dove"]] * 2, given=["v > 0", "c > 0"], title="Hawk-Dove",
    )  # fmt: skip
    partition = eeu.regimes(game, edges=True)
    print(partition)
    print(f"They cover the space: {partition.covers.verdict}.")
    print(f"No two overlap: {partition.disjoint.verdict}.")
    print(f"If v > c: {eeu.prove_unique(game, given='v > c').why}")
    print(f"In general: {eeu.prove_unique(game).why}")
    print(f"Figure: {save(partition.plot(x='v', y='c'), folder / 'hawk_dove_regimes.png')}")


def a_contest(folder: Path) -> None:
    """The library's own model, in the hegemon's power and its rivals' backing."""
    partition = eeu.regimes(eeu.BandwagoningContest())
    print(partition.to_latex())
    years = [eeu.BandwagoningContest.from_article(year) for year in ("2013", "2014", "2015")]
    figure = partition.plot(x="P", y="R", at=years[1], compare=years)
    print(f"Figure: {save(figure, folder / 'contest_regimes.png')}")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    hawks_and_doves(target)
    a_contest(target)
