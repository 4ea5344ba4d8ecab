"""Games of three or more players."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from gametheory_eeu.classics.catalogue import ClassicGame, equilibrium
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm

_IRRATIONAL = {
    "TL1": (3, 0, 2), "BL1": (0, 1, 0), "TR1": (0, 2, 0), "BR1": (1, 0, 0),
    "TL2": (1, 0, 0), "BL2": (0, 3, 0), "TR2": (0, 1, 0), "BR2": (2, 0, 3),
}  # fmt: skip
_CONTINUUM = {
    "TL1": (0, 0, 2), "BL1": (3, 0, 0), "TR1": (0, 3, 0), "TL2": (1, 1, 0), "BR2": (0, 0, 3),
}  # fmt: skip


_SEGMENT = {
    "TL1": (2, 0, 0), "BL1": (0, 2, 1), "TR1": (0, 1, 1), "BR1": (1, 0, 2),
    "TL2": (1, 0, 2), "BL2": (0, 1, 1), "TR2": (0, 2, 1), "BR2": (2, 0, 0),
    "TL3": (1, 0, 1), "BL3": (0, 2, 0), "TR3": (0, 1, 2), "BR3": (2, 0, 1),
    "TL4": (2, 0, 1), "BL4": (0, 1, 2), "TR4": (0, 2, 0), "BR4": (1, 0, 1),
}  # fmt: skip


def _sparse_game(cells: Mapping[str, tuple[int, ...]], *actions: str) -> NormalForm:
    """A game from payoffs by profile; a profile that is left out pays zero to everyone."""
    zero = (0,) * len(actions)
    return NormalForm(
        lambda profile: list(cells.get("".join(profile), zero)), actions=[list(a) for a in actions]
    )


def _discrete_public_good(players: int, threshold: int) -> NormalForm:
    """A public good worth 1 to each if enough contribute 1/2, with no refund."""

    def payoffs(profile: tuple[str, ...]) -> list[str]:
        benefit = int(profile.count("give") >= threshold)
        return [f"{benefit} - 1/2" if action == "give" else str(benefit) for action in profile]

    return NormalForm(payoffs, actions=[["give", "keep"]] * players)


def _volunteers() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[str]:
        benefit = "u" if "volunteer" in profile else "0"
        return ["u - k" if action == "volunteer" else benefit for action in profile]

    return NormalForm(payoffs, actions=[["volunteer", "wait"]] * 3, given=["0 < k", "k < u"])


def _public_good() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[str]:
        contributors = profile.count("give")
        return [f"m*{contributors}" + (" - 1" if action == "give" else "") for action in profile]

    return NormalForm(payoffs, actions=[["give", "keep"]] * 4, given=["1/4 < m", "m < 1"])


def _weakest_link() -> NormalForm:
    efforts = [str(k) for k in range(1, 8)]

    def payoffs(profile: tuple[str, ...]) -> list[str]:
        minimum = min(map(int, profile))
        return [f"0.2*{minimum} - 0.1*{effort} + 0.6" for effort in profile]

    return NormalForm(payoffs, actions=[efforts] * 3)


def _minority_game() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[int]:
        return [int(profile.count(action) == 1) for action in profile]

    return NormalForm(payoffs, actions=[["0", "1"]] * 3)


SEVERAL_PLAYERS = (
    ClassicGame(
        "McKelvey and McLennan's Game",
        Source("L", "McKelveyMcLennan1996", "the 2x2x2 example"),
        partial(
            _sparse_game,
            {"111": (9, 8, 12), "221": (9, 8, 2), "212": (3, 4, 6), "122": (3, 4, 6)},
            *["12"] * 3,
        ),
        count=9,
        note="Two of the nine equilibria are completely mixed.",
    ),
    ClassicGame(
        "Nau's Irrational Game",
        Source("L", "Nau2004", "section 4"),
        partial(
            _sparse_game,
            _IRRATIONAL,
            *("TB", "LR", "12"),
        ),
        count=1,
        note="The only equilibrium is in irrational probabilities.",
    ),
    ClassicGame(
        "Nau's Continuum",
        Source("L", "Nau2004", "section 5"),
        partial(
            _sparse_game,
            _CONTINUUM,
            *("TB", "LR", "12"),
        ),
        note="3 pure, 2 incompletely mixed, and a continuum of completely mixed equilibria.",
    ),
    ClassicGame(
        "Nau's Segment",
        Source("L", "Nau2004", "section 6"),
        partial(_sparse_game, _SEGMENT, "TB", "LR", "1234"),
        note="The equilibria are a segment inside a polytope of correlated ones with 6 vertices.",
    ),
    ClassicGame(
        "Volunteer's Dilemma",
        Source("L", "Diekmann1985", "the symmetric equilibrium, for three players"),
        _volunteers,
        (
            equilibrium("1 0", "0 1", "0 1"),
            equilibrium("0 1", "1 0", "0 1"),
            equilibrium("0 1", "0 1", "1 0"),
        ),
        concept="pure Nash",
        complete=True,
        note="In the symmetric mixed equilibrium each waits with probability (k/u)^(1/(n-1)).",
    ),
    ClassicGame(
        "Public Goods",
        Source("L", "Ledyard1995", "linear, each endowed with 1; four players"),
        _public_good,
        (equilibrium(*["0 1"] * 4),),
        concept="pure Nash",
        complete=True,
        note="Giving nothing is dominant; all would gain if all gave.",
    ),
    ClassicGame(
        "Provision of a Discrete Good",
        Source("L", "PalfreyRosenthal1984", "no refund; 2 of 4 needed, a cost of 1/2"),
        partial(_discrete_public_good, 4, 2),
        (equilibrium(*["0 1"] * 4), equilibrium("1 0", "1 0", "0 1", "0 1")),
        concept="pure Nash",
        count=7,
        note="In pure strategies nobody contributes, or exactly as many as are needed.",
    ),
    ClassicGame(
        "Weakest Link",
        Source("L", "VanHuyckBattalioBeil1990", "game A, three players"),
        _weakest_link,
        (equilibrium(*["0 0 0 0 0 0 1"] * 3), equilibrium(*["1 0 0 0 0 0 0"] * 3)),
        concept="pure Nash",
        count=7,
        note="Every common effort is an equilibrium, and more effort is better for all.",
    ),
    ClassicGame(
        "Minority Game",
        Source("L", "ChalletZhang1997", "three players"),
        _minority_game,
        (equilibrium("1 0", "0 1", "0 1"),),
        concept="pure Nash",
        count=6,
    ),
)
