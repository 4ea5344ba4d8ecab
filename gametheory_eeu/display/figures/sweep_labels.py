"""Labels of a swept dataset: of axes from its attributes, of categories from its flags."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import fill
from typing import Any

import numpy as np

from gametheory_eeu.display.figures import style
from gametheory_eeu.display.printers import symbol_latex
from gametheory_eeu.games import join_names

_CHARACTER = 4.5  # points that one takes, roughly
NO_EQUILIBRIUM, OUTSIDE = "no equilibrium", "outside the domain"


@dataclass(frozen=True)
class Categories:
    """A variable with few values: the place of each in a list of labels, -1 outside the domain.

    The title is what the labels answer; nothing where they speak for themselves.
    """

    values: Any
    labels: tuple[str, ...]
    title: str = ""

    @property
    def present(self) -> list[int]:
        """The places that occur."""
        return [int(code) for code in np.unique(self.values.values)]

    def label(self, code: int) -> str:
        """The label of a place."""
        return OUTSIDE if code < 0 else self.labels[code]


def is_categorical(variable: Any) -> bool:
    """Whether a variable is a truth, a flag or a regime."""
    return variable.dtype == bool or bool({"flag_masks", "flag_values"} & set(variable.attrs))


def categories(table: Any, name: str) -> Categories:
    """The categories of a truth, a flag or a regime."""
    variable = table[name]
    if "flag_masks" in variable.attrs:
        return _regimes(table, variable)
    if "flag_values" in variable.attrs:
        words = str(variable.attrs.get("flag_meanings", "")).split()
        return Categories(variable.astype(int), tuple(w.replace("_", " ") for w in words))
    about = str(variable.attrs.get("long_name", name))
    chosen = [
        str(c.values) for c in variable.coords.values() if not c.ndim and c.dtype.kind in "UO"
    ]
    return Categories(variable.astype(int), ("no", "yes"), ": ".join([*chosen, about]))


def _regimes(table: Any, variable: Any) -> Categories:
    """The regimes that occur, numbered by the equilibria that exist in them."""
    masks = [int(mask) for mask in np.atleast_1d(variable.attrs["flag_masks"])]
    names = _equilibria(table, variable, len(masks))
    codes = np.unique(variable.values)
    present = [int(code) for code in codes if code >= 0]
    labels = tuple(
        join_names([n for n, mask in zip(names, masks, strict=True) if code & mask])
        or NO_EQUILIBRIUM
        for code in present
    )
    places = {code: place for place, code in enumerate(present)}
    lookup = np.array([places.get(int(code), -1) for code in codes])
    numbered = lookup[np.searchsorted(codes, variable.values)]
    return Categories(variable.copy(data=numbered), labels)


def _equilibria(table: Any, variable: Any, count: int) -> list[str]:
    """The names of the equilibria, from the coordinate where it is whole, else from the flags."""
    if "equilibrium" in table.coords and table["equilibrium"].size == count:
        return [str(name) for name in np.atleast_1d(table["equilibrium"].values)]
    names = str(variable.attrs.get("flag_meanings", "")).split(" | ")
    return names if len(names) == count else [f"equilibrium {k + 1}" for k in range(count)]


def axis_text(array: Any, name: str, *, is_quantity: bool = False, line_length: int = 46) -> str:
    """The label of an axis: what is meant, its symbol and its unit; a formula is set as one."""
    about = array.attrs
    if formula := about.get("formula"):
        return style.mathtext(formula)
    if about.get("long_name", name) == name and not is_quantity:
        return f"${symbol_latex(name)}$"
    text = str(about.get("long_name") or name)
    text = fill(text[:1].upper() + text[1:], line_length)
    if symbol := about.get("symbol"):
        text += f", {style.mathtext(symbol) if is_quantity else f'${symbol_latex(symbol)}$'}"
    unit = str(about.get("units", ""))
    return f"{text} ({unit})" if unit and unit not in text.lower() else text


def value_label(array: Any, name: str, line_length: int) -> str:
    """The label of what is drawn, with the values of what was selected, an equilibrium for one."""
    label = axis_text(array, name, is_quantity=True, line_length=line_length)
    chosen = [panel_text(c, str(d), c.item()) for d, c in array.coords.items() if not c.ndim]
    texts = [f"{text};" for text in chosen[:-1]] + chosen[-1:]
    words = [word for text in texts for word in ([text] if "$" in text else text.split())]
    return "\n".join([label, *style.fill_lines(words, _CHARACTER * line_length)])


def panel_text(array: Any, name: str, value: Any) -> str:
    """The title of a panel: a parameter and its value."""
    number = f"{value:.4g}" if isinstance(value, (int, float, np.number)) else str(value)
    symbol = array.attrs.get("symbol")
    return f"${symbol_latex(symbol)}$ = {number}" if symbol else f"{name} = {number}"
