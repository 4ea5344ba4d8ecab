"""Models, one folder each; a folder registers itself by being there.

The folder ``credible_commitment`` holds the class ``CredibleCommitment`` in ``model.py``, what is
claimed of it in ``propositions.py`` and how it is drawn in ``figure.py``. Parameters, which several
models share, are in ``vocabulary``.
"""

from __future__ import annotations

from pathlib import Path

_FOLDERS = sorted(file.parent.name for file in Path(__path__[0]).glob("*/model.py"))

CLASSES = {"".join(map(str.title, name.split("_"))): name for name in _FOLDERS}
"""Each model's class, and its folder."""

__all__ = ["CLASSES"]
