"""Models, one folder each; a folder registers itself by being there.

The folder ``credible_commitment`` holds the class ``CredibleCommitment`` in ``model.py``, what is
claimed of it in ``propositions.py`` and how it is shown in ``figure.py``. Parameters, which several
models share, are the rows of ``vocabulary.csv``; the literature is in ``references.bib``, and in a
file of that name in a model's own folder.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gametheory_eeu.core import Bibliography

_FOLDERS = sorted(file.parent.name for file in Path(__path__[0]).glob("*/model.py"))

CLASSES = {"".join(map(str.title, name.split("_"))): name for name in _FOLDERS}
"""Each model's class, and its folder."""


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


__all__ = ["CLASSES", "bibliography", "model_class"]
