r"""Results as LaTeX: ``booktabs`` tables, and equilibria as a proposition.

What is written needs ``amsmath``, ``booktabs`` and, for propositions, a ``proposition``
environment; :data:`PREAMBLE` has all three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.display.as_text import cell_text
from gametheory_eeu.display.hypotheses import (
    beliefs_of,
    definitions,
    family_range,
    free_column,
    game_given_sentence,
    hypotheses,
    meanings,
    substitute_quantities,
)
from gametheory_eeu.display.printers import (
    LETTERS,
    SPECIAL_CHARACTERS,
    math_latex,
    symbol_latex,
    value_latex,
)
from gametheory_eeu.display.printers import latex as expression_latex
from gametheory_eeu.display.result_tables import (
    beliefs_cell,
    choices_cell,
    payoffs_cell,
    strategies_cell,
    summary,
    title,
)
from gametheory_eeu.display.statics_tables import matrix
from gametheory_eeu.display.tables import Cell, Table, write_cell
from gametheory_eeu.games import AbstractGame, Equilibrium, EquilibriumSet
from gametheory_eeu.statics import StaticsTable

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage[margin=2.5cm]{geometry}
\usepackage{amsmath,amssymb,booktabs}
\newtheorem{proposition}{Proposition}"""

_SPECIAL_CHARACTERS = SPECIAL_CHARACTERS | {"<": r"\textless{}", ">": r"\textgreater{}"}
_MATHEMATICAL = {letter: f"${tex}$" for tex, letter in LETTERS.values()} | {
    "≤": r"$\le$", "≥": r"$\ge$", "≈": r"$\approx$", "±": r"$\pm$", "∞": r"$\infty$",
    "−": "$-$", "–": "--", "—": "---", "…": r"\dots{}",
}  # fmt: skip
_NARROW_WIDTH, _LINE_WIDTH = 28, 110  # in characters
_ESCAPES = str.maketrans(_SPECIAL_CHARACTERS | _MATHEMATICAL)


@singledispatch
def latex(result: Any) -> str:
    """A result as LaTeX."""
    return tabular(summary(result))


@latex.register
def _(result: StaticsTable) -> str:
    return tabular(matrix(result, symbols=True))


@latex.register
def _(result: EquilibriumSet) -> str:
    items = [rf"\item {_claim(e)}." for e in result]
    body = [r"\begin{itemize}", *items, r"\end{itemize}"] if items else ["None exists."]
    return "\n".join([
        rf"\begin{{proposition}}[{escape(title(result.game))}]",
        _opening_sentence(result, bool(items)),
        *body,
        *definitions_latex([e.condition for e in result], result.game),
        r"\end{proposition}",
    ])  # fmt: skip


def _opening_sentence(result: EquilibriumSet, has_items: bool) -> str:
    """Opening sentence: the hypotheses, and whether the list is complete."""
    hypotheses = cell_latex(game_given_sentence(result.game, ", "))
    determiner = "the" if hypotheses else "The"
    kind = f"{escape(result.concept)} equilibria"
    if result.complete_where == sp.true:
        return f"{hypotheses}{determiner} {kind} are:"
    if result.complete_where == sp.false:
        if not has_items:
            return f"{hypotheses}{determiner} {kind} are not all known; those found:"
        these = "these are" if hypotheses else "These are"
        return f"{hypotheses}{these} {kind}, and there may be others:"
    condition = inline_latex(result.complete_where)
    return f"{hypotheses}{determiner} {kind} are, with others possible except where {condition}:"


@arg.validate(space=arg.instance_of(Space, "a Space"))
def space_latex(space: Space) -> str:
    r"""A space as a set, for a notebook.

    Examples
    --------
    >>> space_latex(Space.of("0 < c < v"))
    '$\\{(c, v) : 0 < c < v\\}$'
    """
    names = ", ".join(symbol_latex(symbol.name) for symbol in space.symbols)
    parts = ", ".join(cell_latex(cell).strip("$") for cell in hypotheses(space))
    return rf"$\{{({names}) : {parts or 'true'}\}}$"


@arg.validate(values=arg.mapping)
def mapping_latex(values: Mapping[Any, Any]) -> str | None:
    r"""A mapping of names to expressions, or to such mappings, for a notebook; None of others.

    Examples
    --------
    >>> print(mapping_latex({"x": sp.Symbol("v") / 2}))
    $\begin{aligned}\mathrm{x} &: \frac{v}{2}\end{aligned}$
    """
    parts = [(_name_latex(name), _value_latex(value)) for name, value in values.items()]
    rows = [f"{name} &: {text}" for name, text in parts if name is not None and text is not None]
    if not rows or len(rows) < len(values):
        return None
    return r"$\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}$"


def _name_latex(name: object) -> str | None:
    """A name in mathematics: in text, MathJax and KaTeX read an underscore differently."""
    if not isinstance(name, str):
        return None
    return rf"\mathrm{{{escape(name)}}}".replace(" ", r"\ ")


def _value_latex(value: object) -> str | None:
    if isinstance(value, sp.Basic):
        return cell_latex(value).strip("$")
    if not isinstance(value, Mapping):
        return None
    parts = [(_name_latex(name), _value_latex(inner)) for name, inner in value.items()]
    if not all(name and text for name, text in parts):
        return None
    return r",\quad ".join(rf"{name}\ {text}" for name, text in parts)


def definitions_latex(conditions: Iterable[Boolean], game: AbstractGame | None) -> list[str]:
    """Definitions of the quantities in some conditions, and of the parameters."""
    quantities = definitions(conditions, getattr(game, "quantities", {}))
    equations = ", ".join(f"${math_latex(q)} = {expression_latex(e)}$" for q, e in quantities)
    parameters = cell_latex(meanings(game, short=False))
    return [text for text in (equations and f"Here {equations}.", parameters) if text]


@latex.register
def _(result: Equilibrium) -> str:
    """That it is one, where, and under which hypotheses."""
    kind = f"{escape(result.concept)} equilibrium"
    determiner = "an" if kind[:1].lower() in "aeiu" else "a"
    hypotheses = cell_latex(game_given_sentence(result.game, ", "))
    where = f"{hypotheses}{_condition_clause(result)}"
    claim = f"{where}there is {determiner} {kind} {_description(result)}."
    definition_lines = definitions_latex([result.condition], result.game)
    return "\n".join([claim[:1].upper() + claim[1:], *definition_lines])


def _claim(e: Equilibrium) -> str:
    """Claim that an equilibrium exists where its condition holds, with its description."""
    claim = f"{_condition_clause(e)}{_description(e)}"
    return claim[:1].upper() + claim[1:]


def _condition_clause(e: Equilibrium) -> str:
    if e.condition == sp.true:
        return ""
    quantities = getattr(e.game, "quantities", {})
    return f"if {inline_latex(substitute_quantities(e.condition, quantities))}, "


def _description(e: Equilibrium) -> str:
    """Name, range of the family's free symbols, and details of an equilibrium."""
    family = f" (for each {cell_latex(family_range(e))})" if e.free else ""
    parts = "; ".join(_details(e))
    return rf"\emph{{{escape(e.name)}}}{family}{f': {parts}' if parts else ''}"


def _details(e: Equilibrium) -> Iterator[str]:
    """The note or the strategies, the beliefs, and the payoffs where only they vary."""
    is_mixed = any(p not in (0, 1) for mix in e.profile.values() for p in mix.values())
    if e.note:
        yield escape(e.note)
    # An equilibrium's name says what is played, but not how often, nor where of several places.
    says_less = not e.note and (is_mixed or len(e.profile) > len(e.payoffs))
    if says_less or (e.free and free_column(e) == "strategies"):
        yield cell_latex(strategies_cell(e))
    if e.choices or e.distributions:
        yield cell_latex(choices_cell(e))
    if beliefs_of(e):
        yield f"beliefs {cell_latex(beliefs_cell(e))}"
    if e.free and free_column(e) == "payoffs":
        yield f"payoffs {cell_latex(payoffs_cell(e))}"


def tabular(table: Table) -> str:
    """A ``booktabs`` table, floating where it has a caption."""
    head = [r"\toprule"]
    if not table.is_record:
        head += [_row([_heading(name) for name in table.columns]), r"\midrule"]
    body = [_row([cell_latex(cell) for cell in row]) for row in table.rows]
    columns = _column_format(table)
    core = [rf"\begin{{tabular}}{{{columns}}}", *head, *body, r"\bottomrule", r"\end{tabular}"]
    if not table.caption:
        return "\n".join(core)
    note = [rf"\par\smallskip {cell_latex(table.note)}"] if table.note else []
    caption = rf"\caption{{{escape(table.caption)}}}"
    opening = [r"\begin{table}[htbp]", r"\centering\small", caption]
    return "\n".join([*opening, *core, *note, r"\end{table}"])


def cell_latex(cell: Cell) -> str:
    """A cell as LaTeX, text escaped and mathematics in dollars."""
    text = write_cell(cell, lambda math: f"${math_latex(math)}$", inline_latex, escape)
    return text.replace(r"= $\approx", r"$\approx")


@arg.validate(text=arg.instance_of(str, "text"))
def escape(text: str) -> str:
    """Text with LaTeX's special characters escaped."""
    return text.translate(_ESCAPES)


def inline_latex(expression: Any) -> str:
    """A value or a condition in dollars, or in a word."""
    if expression in (sp.true, sp.false):
        return "always" if expression == sp.true else "never"
    return f"${value_latex(expression)}$"


def _heading(name: str) -> str:
    match = re.fullmatch(r"[A-Za-z]+(_\w+)?", name)
    head = name.partition("_")[0]
    is_symbol = match and (head in LETTERS or len(head) == 1)
    return f"${symbol_latex(name)}$" if is_symbol else escape(name)


def _row(cells: list[str]) -> str:
    line = " & ".join(cells) + r" \\"
    # A bracket at the start would be read as an option of the row break before it.
    return "{}" + line if line.startswith("[") else line


def _column_format(table: Table) -> str:
    """Column format: narrow columns at their width, wide ones sharing the rest of the line."""
    widths = [max(len(cell_text(cell)) for cell in (name, *column)) for name, column in
              zip(table.columns, zip(*table.rows, strict=True), strict=True)]  # fmt: skip
    wide_count = sum(width > _NARROW_WIDTH for width in widths)
    narrow_width = sum(width for width in widths if width <= _NARROW_WIDTH)
    share = max(0.15, (0.9 - narrow_width / _LINE_WIDTH) / wide_count) if wide_count else 0
    return "".join("l" if w <= _NARROW_WIDTH else rf"p{{{share:.2f}\linewidth}}" for w in widths)
