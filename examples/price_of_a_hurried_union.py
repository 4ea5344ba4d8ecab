"""The price of a hurried union: consent is dear when failing is costly and time is short.

A member is paid in two currencies: cash, and real multilateral binding that costs the hegemon
control. Urgency raises the price of consent, and without urgency there would be no deal at all.
"""

import argparse
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu import display


def main(folder: Path) -> None:
    """Tell the story, and draw it into the folder."""
    general = eeu.AsymmetricBargaining()
    before, hurried, later = map(eeu.AsymmetricBargaining.from_article, ("2013", "2014", "2015"))

    print("What moves the transfer? Each sign is proved; where it may be zero, that is said:\n")
    print(general.comparative_statics("transfer"), end="\n\n")

    for year, game in (("2013", before), ("2014", hurried), ("2015", later)):
        cash, both = game.transfer, game.total_concession
        print(f"{year}: the hegemon pays {display.decimal(cash)} in cash", end=" ")
        print(f"and {display.decimal(both - cash)} in control, {display.decimal(both)} together.")

    calm = hurried.at(exit_loss=before.parameters.values["exit_loss"], hegemon_urgency="3/100")
    print("\nThe same mistrust without the hurry of 2014:", end=" ")
    print(f"S = {display.decimal(calm.surplus)}, so the outcome is {calm.solve()[0].name!r}.")

    keen = eeu.AsymmetricBargaining(
        trust="1/2", membership_benefit=2, encroachment_loss=1, outside_option=0, binding=0,
        control_cost="1/2", member_value=0, exit_loss=0, bargaining_weight="1/2",
    )  # fmt: skip
    print("And the price is not always one: a member that gains much from membership pays for it:")
    print(f"t = {keen.transfer}.")

    path = display.save(hurried.plot(compare=[later]), folder / "price_of_a_hurried_union.svg")
    print(f"\nThe figure is in {path}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), help="for the figure")
    main(parser.parse_args().folder)
