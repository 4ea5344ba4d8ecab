"""A game from Gambit's files: solved exactly, and written back.

Run ``python examples/from_gambit.py [folder]``; the files go to the folder.
"""

import sys
from pathlib import Path

from gametheory_eeu import interop

# Myerson (1991), Game Theory, Figure 2.1: a card is drawn, only Rose sees it.
POKER = """EFG 2 R "A simple poker game" { "Rose" "Chris" }
""
c "" 1 "" { "red" 1/2 "black" 1/2 } 0
p "" 1 1 "red" { "raise" "pass" } 0
p "" 2 1 "asked" { "meet" "pass" } 0
t "" 1 "big win" { 2, -2 }
t "" 2 "win" { 1, -1 }
t "" 2
p "" 1 2 "black" { "raise" "pass" } 0
p "" 2 1 0
t "" 3 "big loss" { -2 2 }
t "" 2
t "" 4 "loss" { -1 1 }
"""


def a_tree(folder: Path) -> None:
    """The equilibrium of the card game, to the last fraction."""
    game = interop.read_efg(POKER)
    for equilibrium in game.solve("Nash"):
        for place, mix in equilibrium.profile.items():
            print(f"{place}: {', '.join(f'{action} {chance}' for action, chance in mix.items())}")
        print(f"Worth to Rose: {equilibrium.payoffs['Rose']}")
    interop.write_efg(game, folder / "poker.efg")
    print(f"File: {folder / 'poker.efg'}")


def a_table(folder: Path) -> None:
    """A normal form there and back."""
    actions = '{ "opera" "match" } { "opera" "match" }'
    game = interop.read_nfg(f'NFG 1 D "Battle" {{ "She" "He" }} {{ {actions} }} 2 1 0 0 0 0 1 2')
    print(game.solve())
    interop.write_nfg(game, folder / "battle.nfg")
    print(f"The same again: {interop.read_nfg(folder / 'battle.nfg') == game}")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    a_tree(target)
    a_table(target)
