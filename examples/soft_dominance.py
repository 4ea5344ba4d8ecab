"""Why the same power was enough before 2014 and not after.

The hegemon's power did not change; what joining costs a neighbour did. Mistrust raises that cost,
and with it the power from which joining pays (P_J) and the power that leaves no choice (P_abs).
"""

import argparse
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu import display


def main(folder: Path) -> None:
    """Tell the story, and draw it into the folder."""
    general = eeu.BandwagoningContest()
    before = eeu.BandwagoningContest.from_article("2013")
    after = eeu.BandwagoningContest.from_article("2014")

    print("When does everyone join, in general?\n")
    print(general.solve(), end="\n\n")

    print("Between P_J and P_abs the hegemon enjoys soft dominance: joining is one equilibrium,")
    print("balancing together another, and keeping the first costs nothing (claim 19).\n")
    for year, game in (("2013", before), ("2014", after)):
        given = game.parameters.values
        print(f"{year}: joining costs {display.decimal(given['joining_cost'])}, so", end=" ")
        print(f"P_J = {display.decimal(game.joining_threshold)} and", end=" ")
        print(f"P_abs = {display.decimal(game.absolute_threshold)}.")
        print(f"      At P = {given['hegemon_power']} there is: {', '.join(game.solve().names)}.")

    print("\nThe absolute threshold is out of reach for want of resources (claims 16 and 17),")
    print(f"even in 2013: P_max stays {display.decimal(before.ceiling_gap)} short of it.")
    print("Other centres of power raise it (claim 18), and so does what joining costs:\n")
    print(general.comparative_statics("absolute_threshold"))

    path = display.save(before.plot(compare=[after]), folder / "soft_dominance.svg")
    print(f"\nThe figure is in {path}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="for the figure")
    main(parser.parse_args().folder)
