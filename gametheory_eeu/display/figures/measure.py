"""How much room a text takes, in points, before anything is drawn."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

SIZE = 9.0


@lru_cache(maxsize=4096)
def extent(text: str, size: float = SIZE) -> Bbox:
    """The box around a text, mathematics included."""
    if not text.strip():
        return Bbox.null()
    return TextPath(
        (0, 0), text, size=size, prop=FontProperties(family="STIXGeneral")
    ).get_extents()


def width(text: str, size: float = SIZE) -> float:
    """The width of a text in points."""
    return float(extent(text, size).width) if text.strip() else 0.0


def height(text: str, size: float = SIZE) -> float:
    """The height of a text in points."""
    return float(extent(text, size).height) if text.strip() else 0.0
