"""Games of three or more players."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from gametheory_eeu.classics.classic import Classic
from gametheory_eeu.classics.writing import known
from gametheory_eeu.core import Source
from gametheory_eeu.forms import NormalForm

_IRRATIONAL = {
    "TL1": (3, 0, 2), "BL1": (0, 1, 0), "TR1": (0, 2, 0), "BR1": (1, 0, 0),
    "TL2": (1, 0, 0), "BL2": (0, 3, 0), "TR2": (0, 1, 0), "BR2": (2, 0, 3),
}  # fmt: skip
_CONTINUUM = {
    "TL1": (0, 0, 2), "BL1": (3, 0, 0), "TR1": (0, 3, 0), "TL2": (1, 1, 0), "BR2": (0, 0, 3),
}  # fmt: skip


_LINE = {
    "TL1": (2, 0, 0), "BL1": (0, 2, 1), "TR1": (0, 1, 1), "BR1": (1, 0, 2),
    "TL2": (1, 0, 2), "BL2": (0, 1, 1), "TR2": (0, 2, 1), "BR2": (2, 0, 0),
    "TL3": (1, 0, 1), "BL3": (0, 2, 0), "TR3": (0, 1, 2), "BR3": (2, 0, 1),
    "TL4": (2, 0, 1), "BL4": (0, 1, 2), "TR4": (0, 2, 0), "BR4": (1, 0, 1),
}  # fmt: skip


def _cube(cells: Mapping[str, tuple[int, ...]], *actions: str) -> NormalForm:
    """Payoffs by profile; a profile that is not named pays nothing to anyone."""
    none = (0,) * len(actions)
    return NormalForm(
        lambda profile: list(cells.get("".join(profile), none)), actions=[list(a) for a in actions]
    )


def _contribution(players: int, needed: int) -> NormalForm:
    """A public good worth 1 to each if enough contribute 1/2, with no refund."""

    def pay(profile: tuple[str, ...]) -> list[str]:
        good = int(profile.count("give") >= needed)
        return [f"{good} - 1/2" if own == "give" else str(good) for own in profile]

    return NormalForm(pay, actions=[["give", "keep"]] * players)


def _volunteers() -> NormalForm:
    def pay(profile: tuple[str, ...]) -> list[str]:
        good = "u" if "volunteer" in profile else "0"
        return ["u - k" if own == "volunteer" else good for own in profile]

    return NormalForm(pay, actions=[["volunteer", "wait"]] * 3, given=["0 < k", "k < u"])


def _public_good() -> NormalForm:
    def pay(profile: tuple[str, ...]) -> list[str]:
        given = profile.count("give")
        return [f"m*{given}" + (" - 1" if own == "give" else "") for own in profile]

    return NormalForm(pay, actions=[["give", "keep"]] * 4, given=["1/4 < m", "m < 1"])


def _weakest_link() -> NormalForm:
    efforts = [str(k) for k in range(1, 8)]

    def pay(profile: tuple[str, ...]) -> list[str]:
        least = min(map(int, profile))
        return [f"0.2*{least} - 0.1*{own} + 0.6" for own in profile]

    return NormalForm(pay, actions=[efforts] * 3)


def _minority() -> NormalForm:
    def pay(profile: tuple[str, ...]) -> list[int]:
        return [int(profile.count(own) == 1) for own in profile]

    return NormalForm(pay, actions=[["0", "1"]] * 3)


SEVERAL_PLAYERS = (
    Classic(
        "McKelvey and McLennan's Game",
        Source("L", "McKelveyMcLennan1996", "the 2x2x2 example"),
        partial(
            _cube,
            {"111": (9, 8, 12), "221": (9, 8, 2), "212": (3, 4, 6), "122": (3, 4, 6)},
            *["12"] * 3,
        ),
        count=9,
        note="Two of the nine equilibria are completely mixed.",
    ),
    Classic(
        "Nau's Irrational Game",
        Source("L", "Nau2004", "section 4"),
        partial(
            _cube,
            _IRRATIONAL,
            *("TB", "LR", "12"),
        ),
        count=1,
        note="The only equilibrium is in irrational probabilities.",
    ),
    Classic(
        "Nau's Continuum",
        Source("L", "Nau2004", "section 5"),
        partial(
            _cube,
            _CONTINUUM,
            *("TB", "LR", "12"),
        ),
        note="3 pure, 2 incompletely mixed, and a continuum of completely mixed equilibria.",
    ),
    Classic(
        "Nau's Segment",
        Source("L", "Nau2004", "section 6"),
        partial(_cube, _LINE, "TB", "LR", "1234"),
        note="The equilibria are a segment inside a polytope of correlated ones with 6 vertices.",
    ),
    Classic(
        "Volunteer's Dilemma",
        Source("L", "Diekmann1985", "the symmetric equilibrium, for three players"),
        _volunteers,
        (known("1 0", "0 1", "0 1"), known("0 1", "1 0", "0 1"), known("0 1", "0 1", "1 0")),
        concept="pure Nash",
        complete=True,
        note="In the symmetric mixed equilibrium each waits with probability (k/u)^(1/(n-1)).",
    ),
    Classic(
        "Public Goods",
        Source("L", "Ledyard1995", "linear, each endowed with 1; four players"),
        _public_good,
        (known(*["0 1"] * 4),),
        concept="pure Nash",
        complete=True,
        note="Giving nothing is dominant; all would gain if all gave.",
    ),
    Classic(
        "Provision of a Discrete Good",
        Source("L", "PalfreyRosenthal1984", "no refund; 2 of 4 needed, a cost of 1/2"),
        partial(_contribution, 4, 2),
        (known(*["0 1"] * 4), known("1 0", "1 0", "0 1", "0 1")),
        concept="pure Nash",
        count=7,
        note="In pure strategies nobody contributes, or exactly as many as are needed.",
    ),
    Classic(
        "Weakest Link",
        Source("L", "VanHuyckBattalioBeil1990", "game A, three players"),
        _weakest_link,
        (known(*["0 0 0 0 0 0 1"] * 3), known(*["1 0 0 0 0 0 0"] * 3)),
        concept="pure Nash",
        count=7,
        note="Every common effort is an equilibrium, and more effort is better for all.",
    ),
    Classic(
        "Minority Game",
        Source("L", "ChalletZhang1997", "three players"),
        _minority,
        (known("1 0", "0 1", "0 1"),),
        concept="pure Nash",
        count=6,
    ),
)
