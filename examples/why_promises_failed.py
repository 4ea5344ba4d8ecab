"""Why promises stopped working: one violation, seen by all, and trust is below its threshold.

A member joins only if it trusts the hegemon enough. In 2014 the neighbours saw that borders are
violable; by Bayes' rule trust fell from 0.7 to 7/37, and no promise brings a member in any more.
"""

import argparse
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu import display


def main(folder: Path) -> None:
    """Tell the story, and draw it into the folder."""
    general = eeu.CredibleCommitment()
    before = eeu.CredibleCommitment.from_article("2013")
    after = eeu.CredibleCommitment.from_article("2014")

    print(general.solve(), end="\n\n")
    for year, game in (("2013", before), ("2014", after)):
        (equilibrium,) = game.solve()
        trust = game.parameters.values["trust"]
        print(f"{year}: trust is {trust}, its threshold {game.trust_threshold}:")
        print(f"      {equilibrium.note}.")

    print("\nCould a promise help? As a Nash equilibrium the hegemon may plan to honour it,")
    print("but only because it will never be asked to. Such profiles are Nash and not perfect:\n")
    nash = after.solve("Nash")["stay out, incredible promise"]
    print(nash, end="\n\n")
    promise = {"member": "stay out", "free opportunist": {"honour": "1/4", "exploit": "3/4"}}
    (fails,) = after.examine(promise).failures
    print("Perfection asks more than Nash, and the game names the requirement that fails:")
    print(f"{fails!r}.\n")

    print("What would bring the threshold down? Each sign is proved for every parameter value:\n")
    print(general.comparative_statics("trust_threshold"))

    path = display.save(before.plot(compare=[after]), folder / "why_promises_failed.svg")
    print(f"\nThe figure is in {path}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="for the figure")
    main(parser.parse_args().folder)
