"""The signs of a table of comparative statics, as a matrix."""

from __future__ import annotations

from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.printers import SIGNS, Math, latex, math_latex, value_latex
from gametheory_eeu.display.statics_tables import sign_conditions
from gametheory_eeu.display.tables import Cell, atoms
from gametheory_eeu.statics import ComparativeStatic, MonotoneStatic, StaticsTable

_FILLS = {"+": style.BLUE, ">=0": style.BLUE, "-": style.ORANGE, "<=0": style.ORANGE,
          "?": style.PURPLE, "unknown": style.GREY, "0": "#FFFFFF"}  # fmt: skip
_OPACITY = {"+": 0.5, "-": 0.5, ">=0": 0.2, "<=0": 0.2, "?": 0.5, "unknown": 0.3, "0": 1.0}
_CELL_HEIGHT, _LINE_HEIGHT = 0.36, 0.2
_MAX_NOTE_LENGTH = 110  # characters of a note, roughly


StaticsRow: TypeAlias = ComparativeStatic | MonotoneStatic


def draw(statics: StaticsTable) -> Figure:
    """Matrix of signs, quantities by parameters; beneath it the conditions of each ±."""
    rows = statics.all_rows
    names = list(dict.fromkeys(row.quantity for row in rows))
    parameters = statics.parameters
    notes = [line for cell in sign_conditions(statics, symbols=True) for line in _note_lines(cell)]
    height = 0.5 + _CELL_HEIGHT * len(names) + _LINE_HEIGHT * (len(notes) + 1.5)
    width = max(2.9 + 0.46 * len(parameters), 6.4 if notes else 0)
    figure = style.empty_figure(width, height)
    axes = figure.add_subplot()
    for row in rows:
        if row.parameter not in parameters:
            continue  # it moves nothing in the table
        _draw_cell(axes, parameters.index(row.parameter), names.index(row.quantity), row)
    symbols = {row.quantity: row.symbol for row in rows}
    axes.set(xlim=(-0.5, len(parameters) - 0.5), ylim=(len(names) - 0.5, -0.5))
    axes.set_xticks(range(len(parameters)), [f"${latex(p.symbol)}$" for p in parameters])
    axes.set_yticks(range(len(names)), [_label(name, symbols[name]) for name in names])
    axes.tick_params(length=0, labelsize=10, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    _draw_legend(figure, {_sign(row) for row in rows}, notes)
    return figure


def _draw_cell(axes: Axes, x: int, y: int, row: StaticsRow) -> None:
    sign = _sign(row)
    box = Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, facecolor=_FILLS[sign], linewidth=0,
                    alpha=_OPACITY[sign])  # fmt: skip
    axes.add_patch(box)
    axes.text(x, y, f"${SIGNS[sign]}$", ha="center", va="center")


def _sign(row: StaticsRow) -> str:
    return "unknown" if row.verdict == "unknown" else row.sign


def _label(name: str, symbol: str) -> str:
    words = name.replace("_", " ")
    return words if name.startswith("payoff of") else f"{words}, {style.mathtext(symbol)}"


def _note_lines(cell: Cell) -> list[str]:
    """Lines of a note, broken between its parts where it is long."""
    lines, length = [""], 0
    for part in atoms(cell):
        if isinstance(part, str):
            text, size = part, len(part)
        else:
            text = f"${math_latex(part) if isinstance(part, Math) else value_latex(part)}$"
            size = int(0.6 * len(text))
        if length and length + size > _MAX_NOTE_LENGTH:
            lines.append("    ")
            length = 4
        lines[-1] += text
        length += size
    return lines


def _draw_legend(figure: Figure, signs: set[str], notes: list[str]) -> None:
    """Legend of the signs that occur, with the conditions of those that depend."""
    sentences = ["Every sign is proved." if "unknown" not in signs else "?: not decided."]
    if signs & {">=0", "<=0"}:
        sentences.append(r"$\geq 0$, $\leq 0$: weak sign.")
    if "?" in signs:
        sentences.append(r"$\pm$: both signs occur.")
    text = "\n".join(["  ".join(sentences), *notes])
    figure.supxlabel(text, fontsize=8.5, x=0.01, ha="left", color=style.INK)
