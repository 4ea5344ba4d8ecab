"""Why a member refuses a deeper union today: power that shifts faster than a pie can pay for.

Run ``python examples/power_shift.py [folder]``; the figure goes to the folder.
"""

import sys
from fractions import Fraction
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def how_deep_a_union_may_be(folder: Path) -> None:
    """The deeper the union, the more the member must be paid before it."""
    for year in ("2013", "2014", "2015"):
        game = eeu.PowerShift.from_article(year)
        depth = game.symbols.y.subs(game.values)
        print(
            f"{year}: depth {depth}, at most {game.breaking_depth}; the member is offered "
            f"{game.offer_today} today and {game.offer_later} later."
        )
    deeper = eeu.PowerShift.from_article("2014").at(integration_depth="3/10")
    print(f"At depth 3/10: {deeper.solve().names[0]}.")
    figure = eeu.PowerShift.from_article("2014").plot(compare=[eeu.PowerShift.from_article("2013")])
    print(f"Figure: {save(figure, folder / 'power_shift.png')}")


def slowly_or_at_once() -> None:
    """A hegemon that gains 2/5 of the pie: in one step, and in several."""
    game = eeu.PowerShift(delta="1/2", p="1/5", c_b="1/10")
    for steps in (1, 2, 4, 8):
        hegemon = [Fraction(1, 5) + Fraction(2 * t, 5 * steps) for t in range(steps + 1)]
        path = game.path(hegemon, [Fraction(9, 10) - p for p in hegemon])
        if path.breakdown is None:
            print(f"In {steps} steps the union holds; offers {', '.join(map(str, path.offers))}.")
        else:
            print(f"In {steps} step(s) it breaks at once, and {path.waste} of the pie is lost.")


def what_is_proved() -> None:
    """Powell's condition, and what it leaves out."""
    for proposition in eeu.PowerShift().lemmas():
        print(f"{proposition.verdict}: {proposition.statement}.")


if __name__ == "__main__":
    how_deep_a_union_may_be(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    slowly_or_at_once()
    what_is_proved()
