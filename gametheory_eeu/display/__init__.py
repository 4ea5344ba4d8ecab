"""Results as text, HTML, LaTeX, data frames, CSV, JSON and figures.

Every result becomes one :class:`Table`; each format writes tables. No formula of a game is
written here a second time: what is drawn is evaluated from the game.
"""

from gametheory_eeu.display import proposition_tables as _propositions  # noqa: F401 - their tables
from gametheory_eeu.display.as_data import csv, dataframe, from_json, json_text
from gametheory_eeu.display.as_latex import PREAMBLE, escape, latex, mapping_latex, space_latex
from gametheory_eeu.display.as_text import html, renderable, text
from gametheory_eeu.display.explorer import Explorer, explore
from gametheory_eeu.display.figures import figure, figure_bytes, has_figure, plot_sweep, save
from gametheory_eeu.display.form_tables import game_tree
from gametheory_eeu.display.phrases import compare, sentence
from gametheory_eeu.display.printers import decimal, is_short, symbol_text
from gametheory_eeu.display.regime_tables import proposition
from gametheory_eeu.display.result_tables import summary, table
from gametheory_eeu.display.statics_tables import matrix
from gametheory_eeu.display.tables import Cell, Table

__all__ = [
    "PREAMBLE",
    "Cell",
    "Explorer",
    "Table",
    "compare",
    "csv",
    "dataframe",
    "decimal",
    "escape",
    "explore",
    "figure",
    "figure_bytes",
    "from_json",
    "game_tree",
    "has_figure",
    "html",
    "is_short",
    "json_text",
    "latex",
    "mapping_latex",
    "matrix",
    "plot_sweep",
    "proposition",
    "renderable",
    "save",
    "space_latex",
    "sentence",
    "summary",
    "symbol_text",
    "table",
    "text",
]  # fmt: skip
