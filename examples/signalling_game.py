"""Costly reassurance: a hegemon binds itself, or only promises, and a member draws its conclusions.

Run ``python examples/signalling_game.py [folder]``; the figure goes to the folder.
"""

import sys
from pathlib import Path

import gametheory_eeu as eeu
from gametheory_eeu.display.figures import save


def reassurance() -> eeu.ExtensiveForm:
    """After Kydd (2005): k is the cost of binding to a restrained hegemon, K to an opportunist."""
    tree = eeu.ExtensiveForm.builder(
        "hegemon",
        "member",
        given=["0 < mu < 1", "b > 0", "ell > 0", "0 < k < K", "g > 0"],
        title="Costly reassurance",
    )
    tree.chance({"restrained": "mu", "opportunist": "1 - mu"})
    for kind in ("restrained", "opportunist"):
        tree.move("hegemon", ["bind", "promise"], after=kind)
    for message in ("bind", "promise"):
        tree.move("member", ["join", "stay out"], after=f"*/{message}")
    for kind, cost, gain in (("restrained", "k", "b"), ("opportunist", "K", "-ell")):
        tree.payoffs(f"{kind}/bind/join", f"g - {cost}", gain)
        tree.payoffs(f"{kind}/bind/stay out", f"-{cost}", 0)
        tree.payoffs(f"{kind}/promise/join", "g", gain)
        tree.payoffs(f"{kind}/promise/stay out", 0, 0)
    game: eeu.ExtensiveForm = tree.build()
    return game


def what_deeds_can_say(game: eeu.ExtensiveForm) -> eeu.EquilibriumSet:
    """Every equilibrium with its condition; the separating one is where deeds speak."""
    found = game.solve()
    print(f"{len(found)} families of equilibria; these are all: {found.complete_where}")
    for equilibrium in found:
        if "tie" not in equilibrium.name:
            print(f"  {equilibrium.name}: if {equilibrium.condition}")
    return found


def a_threshold_of_cost(found: eeu.EquilibriumSet) -> None:
    """Binding tells the types apart exactly where it is dear to one and cheap to the other."""
    separating = found["bind, promise; join, stay out"]
    claim = eeu.equivalent(separating.condition, "k <= g and g <= K", given=found.game.space)
    print(f"Separation iff k <= g <= K: {claim.verdict}")
    print(f"Checked on the tree: {separating.verify().verdict}")


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    model = reassurance()
    print(model)
    solution = what_deeds_can_say(model)
    a_threshold_of_cost(solution)
    drawn = model.plot(equilibrium=solution["bind, promise; join, stay out"])
    print(f"Figure: {save(drawn, folder / 'signalling_game.png')}")
