"""Size of text in points, before anything is drawn."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

FONT_SIZE = 9.0


@lru_cache(maxsize=4096)
def bounding_box(text: str, size: float = FONT_SIZE) -> Bbox:
    """Bounding box of a text, mathematics included."""
    if not text.strip():
        return Bbox.null()
    return TextPath(
        (0, 0), text, size=size, prop=FontProperties(family="STIXGeneral")
    ).get_extents()


def width(text: str, size: float = FONT_SIZE) -> float:
    """The width of a text in points."""
    return float(bounding_box(text, size).width) if text.strip() else 0.0


def height(text: str, size: float = FONT_SIZE) -> float:
    """The height of a text in points."""
    return float(bounding_box(text, size).height) if text.strip() else 0.0
