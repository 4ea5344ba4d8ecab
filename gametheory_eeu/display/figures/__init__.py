"""Figures, one for each game, one for tables of signs and one for regimes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gametheory_eeu import arguments as arg
from gametheory_eeu.errors import ParameterError, UnsupportedError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REGISTRY = {
    "BandwagoningContest": ("contest", "regimes_by_power"),
    "Participation": ("participation", "cascade_and_thresholds"),
    "CredibleCommitment": ("commitment", "joining_by_trust"),
    "RepeatedCommitment": ("repeated", "binding_by_patience"),
    "Reputation": ("reputation", "course_of_reputation"),
    "TrustRecovery": ("trust", "walks_of_trust"),
    "GlobalGame": ("global_game", "selection_by_power"),
    "RegimeChange": ("global_game", "cutoffs_by_prior"),
    "PowerShift": ("power_shift", "breakdown_by_shift"),
    "AsymmetricBargaining": ("bargaining", "deal_along"),
    "AlternatingOffers": ("offers", "pie_by_option"),
    "HubBargaining": ("hub", "prestige_by_protocol"),
    "ExtensiveForm": ("tree", "game_tree"),
    "StaticsTable": ("signs", "sign_matrix"),
    "Partition": ("regimes", "slice_of_regimes"),
}
"""What has a figure: the class's name to the file in this folder and the function in it."""


def figure(result: Any, **options: Any) -> Figure:
    """The figure of a game or of a table of comparative statics.

    Options differ: ``high`` and ``along`` set the axis, ``compare`` adds further calibrations.

    Raises
    ------
    UnsupportedError
        It has no figure.
    GameTheoryError
        Symbols are left that the figure needs as numbers; they are named.
    """
    kind = next((k.__name__ for k in type(result).__mro__ if k.__name__ in REGISTRY), None)
    if kind is None:
        raise UnsupportedError(
            f"{type(result).__name__} has no figure; these have one: {', '.join(REGISTRY)}"
        )
    file, name = REGISTRY[kind]
    style = import_module(f"{__name__}.style")
    drawing = import_module(f"{__name__}.{file}")
    with style.look():
        drawn: Figure = getattr(drawing, name)(result, **options)
    return drawn


@arg.checks(kind=arg.text)
def rendered(figure: Figure, kind: str) -> bytes:
    """The bytes of a file of a figure: ``"svg"``, ``"png"`` or ``"pdf"``; always the same bytes."""
    from gametheory_eeu.display.figures import style

    if not hasattr(figure, "savefig"):
        raise ParameterError("figure", figure, "a Matplotlib figure")
    return style.rendered(figure, kind)


def save(figure: Figure, path: str | Path) -> Path:
    """Write a figure; the ending of the name says how: ``.svg``, ``.png`` or ``.pdf``."""
    kind = arg.path("path", path).suffix.removeprefix(".")
    return arg.written("path", path, rendered(figure, kind))
