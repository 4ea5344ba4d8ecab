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
_CELL_HEIGHT, _LINE_HEIGHT = 0.36, 0.2  # in inches, as is what follows
_CELL_WIDTH, _LEAST_LABEL, _MARGIN = 0.46, 2.6, 0.3
_LABEL_SIZE, _LABEL_WIDTH = 10, 230  # in points; longer labels are broken
_MAX_NOTE_LENGTH = 110  # characters of a note, roughly


StaticsRow: TypeAlias = ComparativeStatic | MonotoneStatic


def draw(statics: StaticsTable) -> Figure:
    """Matrix of signs, quantities by parameters; beneath it the conditions of each ±."""
    rows = statics.all_rows
    names = list(dict.fromkeys(row.quantity for row in rows))
    parameters = statics.parameters
    notes = [line for cell in sign_conditions(statics, symbols=True) for line in _note_lines(cell)]
    symbols = {row.quantity: row.symbol for row in rows}
    labels = [_label(name, symbols[name]) for name in names]
    heads = [f"${latex(p.symbol)}$" for p in parameters]
    figure = style.empty_figure(*_size(labels, heads, notes))
    axes = figure.add_subplot()
    for row in rows:
        if row.parameter not in parameters:
            continue  # it moves nothing in the table
        _draw_cell(axes, parameters.index(row.parameter), names.index(row.quantity), row)
    axes.set(xlim=(-0.5, len(parameters) - 0.5), ylim=(len(names) - 0.5, -0.5))
    axes.set_xticks(range(len(parameters)), heads)
    axes.set_yticks(range(len(names)), labels)
    axes.tick_params(length=0, labelsize=_LABEL_SIZE, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    _draw_legend(figure, {_sign(row) for row in rows}, notes)
    return figure


def _size(labels: list[str], heads: list[str], notes: list[str]) -> tuple[float, float]:
    """Width and height of the figure: room for every label, of rows and of columns."""
    lines = [label.split("\n") for label in labels]
    label = max(_LEAST_LABEL, *(_inches(line) for rows in lines for line in rows))
    cell = max([_CELL_WIDTH, *(_inches(head) + 0.12 for head in heads)])
    row = max([_CELL_HEIGHT, *(_LINE_HEIGHT * len(rows) + 0.08 for rows in lines)])
    width = max(label + _MARGIN + cell * len(heads), 6.4 if notes else 0)
    return width, 0.5 + row * len(labels) + _LINE_HEIGHT * (len(notes) + 1.5)


def _inches(text: str) -> float:
    return style.width(text, _LABEL_SIZE) / 72


def _draw_cell(axes: Axes, x: int, y: int, row: StaticsRow) -> None:
    sign = _sign(row)
    box = Rectangle((x - 0.47, y - 0.45), 0.94, 0.9, facecolor=_FILLS[sign], linewidth=0,
                    alpha=_OPACITY[sign])  # fmt: skip
    axes.add_patch(box)
    axes.text(x, y, f"${SIGNS[sign]}$", ha="center", va="center")


def _sign(row: StaticsRow) -> str:
    return "unknown" if row.verdict == "unknown" else row.sign


def _label(name: str, symbol: str) -> str:
    """What a row is about, on several lines where that is long, and its symbol if it fits."""
    words, math = name.replace("_", " ").split(), style.mathtext(symbol)
    fits = style.width(math, _LABEL_SIZE) <= _LABEL_WIDTH
    if fits and not name.startswith("payoff of"):
        words = [*words[:-1], f"{words[-1]},", math]
    return "\n".join(style.fill_lines(words, _LABEL_WIDTH, _LABEL_SIZE))


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
