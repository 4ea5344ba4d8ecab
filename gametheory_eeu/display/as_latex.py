r"""Results as LaTeX: ``booktabs`` tables, and equilibria as a proposition.

What is written needs ``amsmath``, ``booktabs`` and, for propositions, a ``proposition``
environment; :data:`PREAMBLE` has all three.
"""

from __future__ import annotations

import re
from functools import singledispatch
from typing import Any

import sympy as sp

from gametheory_eeu import arguments as arg
from gametheory_eeu.display.as_text import cell_text
from gametheory_eeu.display.describe import by_place, reading, title
from gametheory_eeu.display.naming import defined, named
from gametheory_eeu.display.notation import LETTERS, SPECIAL, Math, math_latex, symbol_latex
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.display.printers import shown_latex
from gametheory_eeu.display.statics import matrix
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.forms import NormalForm
from gametheory_eeu.model import Equilibrium, EquilibriumSet
from gametheory_eeu.statics import StaticsTable

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage[margin=2.5cm]{geometry}
\usepackage{amsmath,amssymb,booktabs}
\newtheorem{proposition}{Proposition}"""

_SPECIAL = SPECIAL | {"<": r"\textless{}", ">": r"\textgreater{}"}
_MATHEMATICAL = {letter: f"${tex}$" for tex, letter in LETTERS.values()} | {
    "≤": r"$\le$", "≥": r"$\ge$", "≈": r"$\approx$", "±": r"$\pm$", "∞": r"$\infty$",
    "−": "$-$", "–": "--", "—": "---", "…": r"\dots{}",
}  # fmt: skip
_NARROW, _LINE = 28, 110  # in characters
_ESCAPES = str.maketrans(_SPECIAL | _MATHEMATICAL)


@singledispatch
def latex(result: Any) -> str:
    """A result as LaTeX."""
    return tabular(reading(result))


@latex.register
def _(result: StaticsTable) -> str:
    return tabular(matrix(result, symbols=True))


@latex.register
def _(result: EquilibriumSet) -> str:
    items = [rf"\item {_claim(e)}." for e in result]
    body = [r"\begin{itemize}", *items, r"\end{itemize}"] if items else ["None exists."]
    where = defined(result)
    if where:
        given = ", ".join(f"${math_latex(q)} = {expression_latex(e)}$" for q, e in where)
        body.append(f"Here {given}.")
    return "\n".join([
        rf"\begin{{proposition}}[{escape(title(result.game))}]",
        rf"The {escape(result.concept)} equilibria are:",
        *body,
        r"\end{proposition}",
    ])  # fmt: skip


@latex.register
def _(result: Equilibrium) -> str:
    return f"{_claim(result)}."


def _claim(e: Equilibrium) -> str:
    """If a condition holds, an equilibrium exists; what it is like."""
    name = rf"\emph{{{escape(e.name)}}}"
    mixed = any(chance not in (0, 1) for mix in e.profile.values() for chance in mix.values())
    # A normal form's equilibrium says by its name what is played, but not how often.
    often = cell_latex(by_place(e.profile)) if mixed and isinstance(e.game, NormalForm) else ""
    said = escape(e.note) or often
    note = f": {said}" if said else ""
    family = f" (for each {_math(e.where)})" if e.free else ""
    if e.condition == sp.true:
        return f"{name}{family}{note}"
    return f"If {_math(named(e.condition, e.game.quantities))}, {name}{family}{note}"


def tabular(table: Table) -> str:
    """A ``booktabs`` table, floating where it has a caption."""
    head = [r"\toprule"]
    if not table.is_record:
        head += [_line([_heading(name) for name in table.columns]), r"\midrule"]
    body = [_line([cell_latex(cell) for cell in row]) for row in table.rows]
    columns = _columns(table)
    core = [rf"\begin{{tabular}}{{{columns}}}", *head, *body, r"\bottomrule", r"\end{tabular}"]
    if not table.caption:
        return "\n".join(core)
    note = [rf"\par\smallskip {cell_latex(table.note)}"] if table.note else []
    caption = rf"\caption{{{escape(table.caption)}}}"
    start = [r"\begin{table}[htbp]", r"\centering\small", caption]
    return "\n".join([*start, *core, *note, r"\end{table}"])


def cell_latex(cell: Cell) -> str:
    """A cell as LaTeX, text escaped and mathematics in dollars."""
    if isinstance(cell, tuple):
        return "".join(map(cell_latex, cell))
    if isinstance(cell, Math):
        return f"${math_latex(cell)}$"
    return _math(cell) if isinstance(cell, sp.Basic) else escape(str(cell))


@arg.checks(text=arg.a(str, "text"))
def escape(text: str) -> str:
    """Text in which every character means itself."""
    return text.translate(_ESCAPES)


def _math(expression: Any) -> str:
    if expression in (sp.true, sp.false):
        return "always" if expression == sp.true else "never"
    return f"${shown_latex(expression)}$"


def _heading(name: str) -> str:
    letters = re.fullmatch(r"[A-Za-z]+(_\w+)?", name)
    is_symbol = letters and (name in LETTERS or len(name.partition("_")[0]) == 1)
    return f"${symbol_latex(name)}$" if is_symbol else escape(name)


def _line(cells: list[str]) -> str:
    line = " & ".join(cells) + r" \\"
    # A bracket at the start would be read as an option of the row break before it.
    return "{}" + line if line.startswith("[") else line


def _columns(table: Table) -> str:
    """Narrow columns as they are; wide ones share what is left of the line."""
    widths = [max(len(cell_text(cell)) for cell in (name, *column)) for name, column in
              zip(table.columns, zip(*table.rows, strict=True), strict=True)]  # fmt: skip
    wide = sum(width > _NARROW for width in widths)
    narrow = sum(width for width in widths if width <= _NARROW)
    share = max(0.15, (0.9 - narrow / _LINE) / wide) if wide else 0
    return "".join("l" if w <= _NARROW else rf"p{{{share:.2f}\linewidth}}" for w in widths)
