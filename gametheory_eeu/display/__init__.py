"""How results show themselves: text, HTML, LaTeX, data frames, CSV, JSON and figures.

Every result becomes one :class:`Table`; each format writes tables. No formula of a game is
written here a second time: what is drawn is evaluated from the game.
"""

from gametheory_eeu.display.as_data import csv, dataframe, from_json, json_text
from gametheory_eeu.display.as_html import html
from gametheory_eeu.display.as_latex import PREAMBLE, latex
from gametheory_eeu.display.as_text import renderable, text
from gametheory_eeu.display.describe import reading, table
from gametheory_eeu.display.figures import figure, save
from gametheory_eeu.display.statics import matrix
from gametheory_eeu.display.tables import Table

__all__ = [
    "PREAMBLE", "Table", "csv", "dataframe", "figure", "from_json", "html", "json_text", "latex",
    "matrix", "reading", "renderable", "save", "table", "text",
]  # fmt: skip
