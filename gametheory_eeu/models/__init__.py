"""Models, one folder each; a folder registers itself by being there.

The folder ``credible_commitment`` holds the class ``CredibleCommitment`` in ``model.py``, what is
claimed of it in ``propositions.py`` and how it is shown in ``figure.py``. Parameters, which several
models share, are the rows of ``vocabulary.csv``; the literature is in ``references.bib``, and in a
file of that name in a model's own folder.

The folder ``literature`` has the models of papers, a file each: ``fearon_1995.py`` holds the class
``Fearon1995`` and its propositions. Called, this module lists what is published.

Examples
--------
>>> import gametheory_eeu as eeu
>>> eeu.models(mechanism="agency")["holmstrom and milgrom 1987"].game_class
'HolmstromAndMilgrom1987'
>>> eeu.models.CLASSES["PowerShift"]
'power_shift'
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gametheory_eeu.core import Bibliography
    from gametheory_eeu.models.listing import PublishedModels


def _by_class(names: Iterable[str]) -> dict[str, str]:
    return {"".join(map(str.title, name.split("_"))): name for name in sorted(names)}


CLASSES = _by_class(file.parent.name for file in Path(__path__[0]).glob("*/model.py"))
"""Each model's class, and its folder."""

LITERATURE = _by_class(file.stem for file in Path(__path__[0]).glob("literature/[a-z]*.py"))
"""The class of each paper's model, and its file."""


def model_class(name: str) -> Any:
    """The class of one of the library's games, by its name.

    Examples
    --------
    >>> model_class("CredibleCommitment").title
    'Credible commitment'
    """
    from gametheory_eeu.core import arguments as arg

    arg.one_of("game", name, CLASSES)
    return getattr(import_module(f"{__name__}.{CLASSES[name]}"), name)


def bibliography() -> Bibliography:
    """The literature that the models rest on."""
    from gametheory_eeu.core import Bibliography

    return Bibliography(tuple(sorted(Path(__path__[0]).rglob("references.bib"))))


class ModelsModule(ModuleType):
    """This module, which lists the published models where it is called."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __call__(self, mechanism: str | None = None) -> PublishedModels:
        """The published models, or those about a mechanism; see ``listing.published_models``."""
        from gametheory_eeu.models.listing import published_models

        return published_models(mechanism)


sys.modules[__name__].__class__ = ModelsModule

__all__ = ["CLASSES", "LITERATURE", "bibliography", "model_class"]
