"""The hypotheses of a result: what is known of the symbols in it, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sympy as sp

from gametheory_eeu._types import Boolean, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.display.printers import clauses
from gametheory_eeu.display.tables import Cell, listed
from gametheory_eeu.model import AbstractGame, Game

_SIGNS = {"positive": sp.Gt, "negative": sp.Lt, "nonnegative": sp.Ge, "nonpositive": sp.Le,
          "nonzero": sp.Ne}  # fmt: skip
_INEQUALITIES = (sp.Lt, sp.Le, sp.Gt, sp.Ge)
_KINDS = {"integer": "whole", "even": "even", "odd": "odd", "prime": "prime",
          "rational": "rational", "irrational": "irrational"}  # fmt: skip


def hypotheses(space: Space) -> list[Cell]:
    """What is known of a space's symbols, one thing after another; nothing where it has none."""
    said = [s for s in space.symbols if assumptions(s)]
    bound = set().union(*(c.free_symbols for c in space.constraints)) | set(said)
    loose = [s for s in space.symbols if s not in bound]
    return [
        *map(_clause, clauses(needed(space.constraints))),
        *(known for s in said for known in assumptions(s)),
        *([(listed(loose, ", "), " real")] if loose else []),
    ]


def needed(conditions: Iterable[Boolean]) -> list[Boolean]:
    """Without the inequalities that a chain of the others implies.

    Examples
    --------
    >>> c, t, n = sp.symbols("c t n", real=True)
    >>> needed([c > 0, t > 0, c < t, n >= 1, n >= 2])
    [c > 0, c < t, n >= 2]
    """
    kept = [part for condition in conditions for part in sp.And.make_args(condition)]
    for part in [p for p in kept if isinstance(p, _INEQUALITIES)]:
        others = [p for p in kept if p is not part and isinstance(p, _INEQUALITIES)]
        if _implied(part, others):
            kept.remove(part)
    return kept


def _implied(part: Boolean, others: Sequence[Boolean]) -> bool:
    """Whether a chain leads from the smaller side to the greater, strictly where that is said."""
    links = [(p.lts, p.gts, isinstance(p, (sp.Lt, sp.Gt))) for p in others]
    ends = {x for p in (part, *others) for x in (p.lts, p.gts) if x.is_Rational}
    links += [(a, b, True) for a in ends for b in ends if a < b]
    reached, new = {(part.lts, False)}, {(part.lts, False)}
    while new:
        new = {(b, strict or s) for x, strict in new for a, b, s in links if a == x} - reached
        reached |= new
    strictly = isinstance(part, (sp.Lt, sp.Gt))
    return (part.gts, True) in reached or (not strictly and (part.gts, False) in reached)


def assumptions(symbol: Symbol) -> list[Cell]:
    """What a symbol is declared to be, besides real: ``n > 0``, ``n whole``.

    Examples
    --------
    >>> assumptions(sp.Symbol("n", integer=True, positive=True))
    [(n, ' whole'), n > 0]
    """
    declared = symbol._assumptions_orig
    kinds: list[Cell] = [(symbol, f" {word}") for kind, word in _KINDS.items()
                         if declared.get(kind)]  # fmt: skip
    return [*kinds, *(relation(symbol, 0, evaluate=False) for kind, relation in _SIGNS.items()
                      if declared.get(kind))]  # fmt: skip


def _clause(condition: Boolean) -> Cell:
    """A constraint as one of a list: alternatives in parentheses."""
    return ("(", condition, ")") if isinstance(condition, (sp.Or, sp.Implies)) else condition


def given(space: Space, end: str = ".") -> Cell:
    """The hypotheses as a sentence, or its beginning; empty where there are none."""
    return _sentence(hypotheses(space), end)


def given_of(game: AbstractGame | None, end: str = ".", space: Space | None = None) -> Cell:
    """The same for a game: what is known of its symbols, and the values of its parameters.

    Parameters
    ----------
    game : AbstractGame or None
    end : str
    space : Space, optional
        Where it is not the whole space of the game.
    """
    return _sentence(known_of(game, space), end)


def known_of(game: AbstractGame | None, space: Space | None = None) -> list[Cell]:
    """What is known of a game's symbols, and the values of its parameters."""
    if game is None:  # a result may stand alone
        return [] if space is None else hypotheses(space)
    known = hypotheses(game.space if space is None else space)
    return [*known, *values_of(game)]


def values_of(game: AbstractGame) -> list[Cell]:
    """The values of a model's parameters, those that follow from others left out."""
    if not isinstance(game, Game):
        return []
    values = game.parameters.values
    fixed = {p.name for p in game.parameters if p.default is not None and p.default.is_number}
    told = [p for p in game.parameters if p.name in values and p.name in {*game.given, *fixed}]
    return [(p.symbol, " = ", values[p.name]) for p in told]


def _sentence(known: list[Cell], end: str) -> Cell:
    return ("Given ", in_a_row(known), end) if known else ""


def shared(spaces: Iterable[Space]) -> Space:
    """What several spaces have in common: the symbols that all speak of, and what all say."""
    first, *others = spaces
    common = [c for c in first.constraints if all(c in o.constraints for o in others)]
    symbols = [s for s in first.symbols if all(s in o.symbols for o in others)]
    return Space(tuple(symbols), tuple(common))


def in_a_row(cells: Sequence[Cell]) -> Cell:
    """Cells as a list in a sentence: "a, b and c"."""
    if len(cells) < 2:
        return listed(list(cells))
    return (listed(list(cells[:-1]), ", "), " and ", cells[-1])


def meanings(
    game: AbstractGame | None, *, short: bool = True, of: Iterable[Symbol] | None = None
) -> Cell:
    """What the symbols left in a model of the library stand for.

    Parameters
    ----------
    game : AbstractGame or None
    short : bool
        By the parameters' names, as in a terminal; otherwise in words, as in a paper.
    of : iterable of symbols, optional
        Only these.
    """
    if not isinstance(game, Game):
        return ""
    shown = {*game.space.symbols, *(value[0] for value in values_of(game))} if of is None else of
    left = [p for p in game.parameters if p.symbol in shown]
    if not left:
        return ""
    if short:
        return ("Symbols: ", listed([(p.symbol, f" {p.name}") for p in left], ", "), ".")
    return ("Parameters: ", listed([(p.symbol, f" ({p.meaning})") for p in left], ", "), ".")


__all__ = [
    "assumptions", "given", "given_of", "hypotheses", "in_a_row", "known_of", "meanings", "needed",
    "shared", "values_of",
]  # fmt: skip
