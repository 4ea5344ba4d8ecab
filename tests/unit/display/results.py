"""Results of every kind, of every game of the library and of games a user wrote down."""

from functools import cache
from typing import Any

import gametheory_eeu as eeu

NAMES = (
    "BandwagoningContest", "Participation", "GlobalGame", "CredibleCommitment",
    "RepeatedCommitment", "PowerShift", "Reputation", "TrustRecovery", "AsymmetricBargaining",
    "AlternatingOffers", "HubBargaining", "RegimeChange",
)  # fmt: skip
USERS = ("normal form", "symmetric game", "tree")


def prisoners_dilemma() -> eeu.NormalForm:
    actions = {"A": ["Cooperate", "Defect"], "B": ["Cooperate", "Defect"]}
    return eeu.NormalForm(
        [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
        actions=actions, given="T > R > P > S", title="Prisoner's dilemma",
    )  # fmt: skip


def reassurance() -> Any:
    """A signalling game whose pooling equilibria have free beliefs."""
    tree = eeu.ExtensiveForm.builder(
        "hegemon", "member", given=["0 < mu < 1", "b > 0", "ell > 0", "0 < k < K", "g > 0"],
        title="Costly reassurance",
    )  # fmt: skip
    tree = tree.chance({"restrained": "mu", "opportunist": "1 - mu"})
    tree = tree.move("hegemon", ["bind", "promise"], after="restrained")
    tree = tree.move("hegemon", ["bind", "promise"], after="opportunist")
    tree = tree.move("member", ["join", "stay out"], after="*/bind")
    tree = tree.move("member", ["join", "stay out"], after="*/promise")
    for kind, cost, gain in (("restrained", "k", "b"), ("opportunist", "K", "-ell")):
        tree = tree.payoffs(f"{kind}/bind/join", f"g - {cost}", gain)
        tree = tree.payoffs(f"{kind}/promise/join", "g", gain)
        tree = tree.payoffs(f"{kind}/bind/stay out", f"-{cost}", 0)
    return tree.payoffs("*/promise/stay out", 0, 0).build()


@cache
def results(name: str) -> tuple[Any, ...]:
    """What a reader may look at: the game, its solution, signs, regimes where they are quick."""
    if name == "normal form":
        game: Any = prisoners_dilemma()
        return (game, game.solve(), game.solve()[0], eeu.regimes(game), eeu.prove_unique(game),
                game.eliminate())  # fmt: skip
    if name == "symmetric game":
        game = eeu.SymmetricGame({"go": ["b", 0, "c"], "stay": [0, 1, 1]}, 3, given="b > 0")
        return game, game.solve(), game.solve()[0]
    if name == "tree":
        game = reassurance().at(mu="1/2", b=1, ell=1)
        solution = game.solve()
        return reassurance(), game, solution, solution["bind, bind; join, stay out"]
    game = getattr(eeu, name)(**({"member_count": 3} if name == "Reputation" else {}))
    first = next(iter(game.quantities))
    solutions = [game.solve(concept) for concept in game.concepts[:2]]
    found = [game, game.parameters, game.quantities, *solutions, solutions[0][0]]
    statics = game.comparative_statics(first)
    return (*found, statics, statics[0], *game.propositions()[:1]) if name in (
        "RepeatedCommitment", "PowerShift") else (*found, statics, statics[0])  # fmt: skip
