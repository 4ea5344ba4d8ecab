"""What everybody expects everybody to do: selection by noise, and orders that may fall.

Run ``python examples/global_games.py [folder]``; the figures go to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def the_same_power_before_and_after(folder: Path) -> None:
    """Known power leaves two equilibria; a little noise picks one, and mistrust flips it."""
    for year in ("2013", "2014"):
        game = eeu.GlobalGame.from_article(year)
        nash, selected = game.solve("Nash"), game.solve()
        print(f"{year}: Nash allows {', '.join(nash.names)}; noise selects {selected.names[0]}.")
        print(f"  The threshold is {float(game.selection_threshold):.3f}, the power 2.")
    print(f"Figure: {save(game.plot(), folder / 'selection.png')}")


def an_order_that_may_fall(folder: Path) -> None:
    """A precise public belief about a regime lets attacks feed on themselves."""
    order = eeu.RegimeChange.from_article("2014")
    print(f"One cut-off at every prior mean? {order.unique_for_every_prior_mean}.")
    for cutoff in order.cutoffs():
        print(f"  {cutoff!r}")
    for s in (1, 2, 3, 10):
        sharper = order.at(signal_precision=s)
        count = len(sharper.cutoffs())
        print(f"Signals of precision {s}: {count} cut-off{'s' if count > 1 else ''}.")
    print(f"Figure: {save(order.plot(), folder / 'regime_change.png')}")


if __name__ == "__main__":
    to = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    the_same_power_before_and_after(to)
    an_order_that_may_fall(to)
