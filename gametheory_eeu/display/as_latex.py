r"""Results as LaTeX: ``booktabs`` tables, and equilibria as a proposition.

What is written needs ``amsmath``, ``booktabs`` and, for propositions, a ``proposition``
environment; :data:`PREAMBLE` has all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_text import cell_text
from gametheory_eeu.display.families import beliefs_of, family_range, used
from gametheory_eeu.display.hypotheses import given_of, meanings
from gametheory_eeu.display.notation import LETTERS, SPECIAL, Math, math_latex, symbol_latex
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.display.printers import shown_latex
from gametheory_eeu.display.quantity_names import definitions, named
from gametheory_eeu.display.result_tables import beliefs, by_place, payoffs, reading, title
from gametheory_eeu.display.statics_tables import matrix
from gametheory_eeu.display.tables import Cell, Table
from gametheory_eeu.model import AbstractGame, Equilibrium, EquilibriumSet
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
    return "\n".join([
        rf"\begin{{proposition}}[{escape(title(result.game))}]",
        _beginning(result, bool(items)),
        *body,
        *definitions_latex([e.condition for e in result], result.game),
        r"\end{proposition}",
    ])  # fmt: skip


def _beginning(result: EquilibriumSet, some: bool) -> str:
    """What is said of the list: under which hypotheses, and whether it is complete."""
    known = cell_latex(given_of(result.game, ", "))
    the = "the" if known else "The"
    kind = f"{escape(result.concept)} equilibria"
    if result.complete_where == sp.true:
        return f"{known}{the} {kind} are:"
    if result.complete_where == sp.false:
        if not some:
            return f"{known}{the} {kind} are not all known; those found:"
        return f"{known}{'these are' if known else 'These are'} {kind}, and there may be others:"
    where = _math(result.complete_where)
    return f"{known}{the} {kind} are, with others possible except where {where}:"


def definitions_latex(conditions: Iterable[Boolean], game: AbstractGame | None) -> list[str]:
    """What the quantities that some conditions name are, and what the parameters stand for."""
    used = definitions(conditions, getattr(game, "quantities", {}))
    here = ", ".join(f"${math_latex(q)} = {expression_latex(e)}$" for q, e in used)
    meant = cell_latex(meanings(game, short=False))
    return [text for text in (here and f"Here {here}.", meant) if text]


@latex.register
def _(result: Equilibrium) -> str:
    """That it is one, where, and under which hypotheses."""
    kind = f"{escape(result.concept)} equilibrium"
    there = f"there is {'an' if kind[:1].lower() in 'aeiu' else 'a'} {kind} {_described(result)}."
    claim = f"{cell_latex(given_of(result.game, ', '))}{_if(result)}{there}"
    known = definitions_latex([result.condition], result.game)
    return "\n".join([claim[:1].upper() + claim[1:], *known])


def _claim(e: Equilibrium) -> str:
    """If a condition holds, an equilibrium exists; what it is like."""
    claim = f"{_if(e)}{_described(e)}"
    return claim[:1].upper() + claim[1:]


def _if(e: Equilibrium) -> str:
    quantities = getattr(e.game, "quantities", {})
    return "" if e.condition == sp.true else f"if {_math(named(e.condition, quantities))}, "


def _described(e: Equilibrium) -> str:
    """The name, the range of what indexes the family, and what it is like."""
    family = f" (for each {cell_latex(family_range(e))})" if e.free else ""
    parts = "; ".join(_parts(e))
    return rf"\emph{{{escape(e.name)}}}{family}{f': {parts}' if parts else ''}"


def _parts(e: Equilibrium) -> Iterator[str]:
    """A sentence that reads the equilibrium, or what is played; beliefs; what a range is of."""
    mixed = any(chance not in (0, 1) for mix in e.profile.values() for chance in mix.values())
    if e.note:
        yield escape(e.note)
    # An equilibrium's name says what is played, but not how often, nor where of several places.
    several = len(e.profile) > len(e.payoffs)
    if (not e.note and (mixed or several)) or (e.free and used(e) == "strategies"):
        yield cell_latex(by_place(e.profile))
    if beliefs_of(e):
        yield f"beliefs {cell_latex(beliefs(e))}"
    if e.free and used(e) == "payoffs":
        yield f"payoffs {cell_latex(payoffs(e))}"


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
    head = name.partition("_")[0]
    is_symbol = letters and (head in LETTERS or len(head) == 1)
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
