"""The theory as propositions: every sign, ordering and false claim, each with its scope.

A section is a file, a proposition a function in it: the docstring says it in words, what it yields
is claimed formally, over a space of parameters. Listing them proves nothing; judging them does.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from gametheory_eeu.model import Propositions

_SECTIONS = (
    "contest",
    "participation",
    "participation_bills",
    "participation_without",
    "participation_potential",
    "selection",
    "commitment",
    "repeated_commitment",
    "power_shift",
    "reputation",
    "slow_trust",
    "bargaining",
    "offers",
    "hub",
    "institutions",
    "pressure",
    "hedging",
    "commission",
    "cycle",
    "depth",
    "whole_argument",
)


def propositions(
    section: str = "", *, game: str = "", kind: str = "", scope: str = ""
) -> Propositions:
    """The propositions of the theory, listed at once; ``judge()`` proves them.

    Parameters
    ----------
    section : str
        Only those of a section: ``"3a"``; ``"3"`` takes in all of its parts.
    game : str
        Only those about a game, by its class's name.
    kind : str
        ``"sign"``, ``"ordering"``, ``"equilibrium"``, ``"optimum"``, ``"identity"``, ``"value"``,
        or ``"false"``: a naive form refuted and a corrected one proved.
    scope : str
        ``"all parameters"``, ``"n = 3"``, ``"every n, by induction"``, ``"every n"``, ``"limit"``
        or ``"at the example"``, by its start.

    Examples
    --------
    >>> found = propositions("3a", kind="false")
    >>> found
    <2 propositions>
    >>> judged = found["3a-absolute-rises-in-balancing-cost"].judge()
    >>> judged.verdict
    'corrected'
    """
    return _every().where(section=section, game=game, kind=kind, scope=scope)


@cache
def _every() -> Propositions:
    """All of them, in the order of the theory."""
    modules = (import_module(f"{__name__}.{name}") for name in _SECTIONS)
    return Propositions(tuple(p for module in modules for p in module.SECTION.found))


__all__ = ["propositions"]
