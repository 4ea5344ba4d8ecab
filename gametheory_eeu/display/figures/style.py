"""Style of every figure, and its bytes: the same for the same figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.display.printers import Math, decimal, math_latex, symbol_latex
from gametheory_eeu.errors import UnsupportedError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, told apart by readers of every kind of colour vision.
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9",
)  # fmt: skip
INK, GREY, PALE, HATCH = "#222222", "#707070", "#ECECEC", "#A8A8A8"
WIDTH = 6.4  # inches: a figure is as wide as the text of a page
DPI, SCREEN_DPI = 200, 100  # of a file, and of a notebook's page, whose pixels are finer
SERIES = (BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY)

_STYLE: dict[Any, Any] = {
    "font.family": "STIXGeneral", "mathtext.fontset": "stix", "font.size": 10,
    "axes.labelsize": 10, "axes.titlesize": 10, "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": GREY,
    "axes.labelcolor": INK, "axes.linewidth": 0.7, "text.color": INK,
    "xtick.color": GREY, "ytick.color": GREY, "xtick.labelcolor": INK, "ytick.labelcolor": INK,
    "xtick.labelsize": 9, "ytick.labelsize": 9, "lines.linewidth": 1.6, "hatch.linewidth": 0.5,
    "savefig.facecolor": "white", "svg.hashsalt": "gametheory_eeu", "svg.fonttype": "path",
}  # fmt: skip
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


@contextmanager
def context() -> Iterator[None]:
    """Apply the library's style within this block only; the user's own settings stay."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


class NotebookFigure(Figure):
    """A figure of the library: sharp on paper and on a screen, shown once in a notebook."""

    _is_laid_out = False

    def savefig(self, fname: Any, *, transparent: bool | None = None, **kwargs: Any) -> None:
        """Write the figure in the library's style, at 200 dots per inch unless given."""
        with context():
            super().savefig(fname, transparent=transparent, **{"dpi": DPI} | kwargs)

    def get_layout_engine(self) -> Any:
        """The layout engine; none where the figure is laid out, and saved."""
        return None if self._is_laid_out else super().get_layout_engine()

    @contextmanager
    def laid_out(self) -> Iterator[None]:
        """Lay the figure out once: Matplotlib draws it a second time to save it, otherwise."""
        engine, dpi = self.get_layout_engine(), self.dpi
        if engine is not None:
            self.dpi = DPI
            engine.execute(self)
            self.dpi = dpi
        self._is_laid_out = True
        try:
            yield
        finally:
            self._is_laid_out = False

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:
        """The picture for a notebook, which needs no magic line, and its size on the page."""
        width, height = (round(SCREEN_DPI * inches) for inches in self.get_size_inches())
        data = {"image/png": figure_bytes(self, "png"), "text/plain": repr(self)}
        return data, {"image/png": {"width": width, "height": height}}


def empty_figure(width: float, height: float) -> Figure:
    """An empty figure, in inches; it belongs to no window and to no global state."""
    return NotebookFigure(figsize=(width, height), layout="constrained")


def figure_bytes(figure: Figure, kind: str) -> bytes:
    """The figure as the bytes of a file; the same figure gives the same bytes."""
    if kind not in _METADATA:
        raise UnsupportedError(f"figures are written as {', '.join(_METADATA)}, not as {kind!r}")
    stream = BytesIO()
    with context(), figure.laid_out() if isinstance(figure, NotebookFigure) else nullcontext():
        figure.savefig(stream, format=kind, metadata=_METADATA[kind])
    return stream.getvalue()


def mathtext(tex: str) -> str:
    """A piece of LaTeX as Matplotlib mathtext."""
    return f"${math_latex(Math(tex))}$"


def shade(axes: Axes, bands: list[tuple[float, float]], **band_style: Any) -> None:
    """Draw vertical bands behind everything else."""
    for low, high in bands:
        axes.axvspan(low, high, zorder=0, linewidth=0, **band_style)


def mark_value(axes: Axes, symbol: Symbol, value: Expr) -> None:
    """A line at a parameter's own value, named above the axes, where nothing else is drawn."""
    axes.axvline(float(value), color=VERMILION, linewidth=0.9, zorder=1)
    axes.annotate(f"${symbol_latex(symbol.name)} = {decimal(value)}$", (float(value), 1), (0, 3),
                  xycoords=axes.get_xaxis_transform(), textcoords="offset points", ha="center",
                  color=VERMILION, fontsize=FONT_SIZE)  # fmt: skip


FONT_SIZE = 9.0


@lru_cache(maxsize=4096)
def bounding_box(text: str, size: float = FONT_SIZE) -> Bbox:
    """Bounding box of a text, mathematics included."""
    if not text.strip():
        return Bbox.from_extents(0, 0, 0, 0)
    font = FontProperties(family="STIXGeneral")
    return TextPath((0, 0), text, size=size, prop=font).get_extents()


def width(text: str, size: float = FONT_SIZE) -> float:
    """The width of a text in points."""
    return float(bounding_box(text, size).width)


def height(text: str, size: float = FONT_SIZE) -> float:
    """The height of a text in points."""
    return float(bounding_box(text, size).height)


def fill_lines(words: Iterable[str], limit: float, size: float = FONT_SIZE) -> list[str]:
    """Words on lines of at most a width in points; a longer word is a line."""
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width(joined, size) <= limit:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
