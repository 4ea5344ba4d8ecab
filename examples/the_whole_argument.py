"""The whole argument: three states, two counterfactuals, and how long trust takes to return.

A union was bought in a hurry after trust was lost. Would it have been, with trust intact? Without
the hurry? And how long until the order of before is possible again?
"""

import argparse
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu import display

FOUR = ["Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan"]


def main(folder: Path) -> None:
    """Tell the story, and draw it into the folder."""
    whole = eeu.EurasianArgument()
    print(whole.states(), end="\n\n")
    print("Look at the price, at what is kept and at the depth: consent is dear, and nothing deep")
    print("is built. Then at the last column: the power that would leave no choice has moved away.")

    intact, calm = whole.counterfactuals()
    before, crisis, _ = whole.states()
    price, alone = (display.decimal(state.price) for state in (crisis, intact))
    print(f"\nWith trust intact the deals stay {intact.regime}, at {alone} in place of {price}.")
    print(f"Without the hurry: {calm.regime} (the surplus is {display.decimal(calm.surplus)}).")
    print("Both shocks are needed for what was seen.")

    print(f"\n{whole.recovery()}\n")
    path = whole.path(60)
    out = path.period[~path.deal]
    print(f"Interest fades first: no deal from period {int(out[0])} to {int(out[-1])}, unless")
    print("prestige carries the union. Who is in, with named members:")
    for members in (FOUR, [*FOUR, "Ukraine"]):
        later = eeu.EurasianArgument(members=members).states()["later"]
        print(f"  {len(members)} invited, later: {', '.join(later.union)}")

    trust_needed = display.decimal(before.trust)
    print(f"\nAll that rests on one calibration (trust {trust_needed} before). What does not:")
    for part in whole.theorem().judge():
        print(f"  {part.proposition.name}: {part.verdict}")

    file = display.save(whole.plot(periods=60), folder / "the_whole_argument.svg")
    print(f"\nThe figure is in {file}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="for the figure")
    main(parser.parse_args().folder)
