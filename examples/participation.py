"""Joining as it spreads: who follows whom into a union, and what it costs to start.

Run ``python examples/participation.py [folder]``; the figure goes to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def the_talks_of_2013() -> None:
    """Ukraine, the most resistant, holds up the threshold: without it the others need less."""
    talks = eeu.Participation.from_article("2013")
    print(talks.solve())
    left = talks.without("Ukraine")
    print(f"Power at which all must join: {left.with_member} with Ukraine, {left.without} without.")


def the_union_of_2014(folder: Path) -> None:
    """Mistrust has raised resistance: now nobody, two, or all may join."""
    union = eeu.Participation.from_article("2014")
    print(union.solve())
    for point in union.tipping_points():
        print(
            f"From {point.below} members to {point.above}: "
            f"{point.joiners_needed} more must join before the others follow."
        )
    bill = union.bill()
    print(f"Cheapest order: {', '.join(bill.order)}, for {float(bill.total):.3f} in all;")
    print(f"the same offer to everybody takes {float(bill.uniform):.3f}.")
    print(f"Figure: {save(union.plot(), folder / 'participation.png')}")


def a_crowd_of_a_million() -> None:
    """The same game at a million members, every equilibrium, exactly."""
    crowd = eeu.Participation(
        hegemon_power=1, resistance=[1 + i // 2 for i in range(10**6)], complementarity=600_000
    )
    found = crowd.equilibrium_sizes()
    print(f"Of a million, {found.sizes.tolist()} join; exact: {found.exact}.")


if __name__ == "__main__":
    the_talks_of_2013()
    the_union_of_2014(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    a_crowd_of_a_million()
