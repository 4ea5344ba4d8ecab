"""Registry of the models' propositions, collected from their folders.

A section is a file, a proposition a function in it: the docstring says it in words, what it yields
is claimed formally, over a space of parameters. Listing them proves nothing; judging them does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path

from gametheory_eeu import models
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.games import Propositions
from gametheory_eeu.games.section import Proposition, Section


def propositions(
    section: str = "", *, game: str = "", kind: str = "", scope: str = ""
) -> Propositions:
    """The propositions of the theory, listed without proofs; ``judge()`` proves them.

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
    return _all_propositions().where(section=section, game=game, kind=kind, scope=scope)


@arg.validate(game=arg.instance_of(type, "a class of games"))
def propositions_of(game: type) -> Propositions:
    """The propositions of a class of games: those beside it in its file, or in its folder.

    A class of the user's that bears the name of one of the library's has its own, or none.

    Examples
    --------
    >>> propositions_of(models.model_class("PowerShift"))["4c-powell-necessary"].section
    '4c'
    """
    section = getattr(sys.modules.get(game.__module__), "SECTION", None)
    if isinstance(section, Section):
        beside: Iterable[Proposition] = section.propositions
    else:
        is_of_library = game.__module__.startswith(f"{models.__name__}.")
        beside = _all_propositions() if is_of_library else ()
    return Propositions(tuple(p for p in beside if p.game == game.__name__))


@cache
def _all_propositions() -> Propositions:
    """All propositions, in the order of their sections' marks."""
    sections = sorted(_sections(), key=lambda section: section.mark)
    return Propositions(tuple(p for section in sections for p in section.propositions))


def _sections() -> list[Section]:
    files = sorted(Path(models.__path__[0]).glob("*/propositions*.py"))
    modules = (import_module(f"{models.__name__}.{file.parent.name}.{file.stem}") for file in files)
    return [module.SECTION for module in modules if hasattr(module, "SECTION")]


__all__ = ["propositions", "propositions_of"]
