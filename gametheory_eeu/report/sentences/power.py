"""Sentences on participation: contest, joining, selection by noise, regime change."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.display import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.report.sentences.wording import equation, join_words, quantity_text

_WORDS = {"all-Join": "all joining", "all-Wait": "all waiting", "all-Balance": "all balancing"}
_THRESHOLDS = ("balancing_threshold", "joining_threshold", "absolute_threshold")


def contest(game: Game) -> str:
    """Sentence on the hegemon's power among the thresholds, and the equilibria there."""
    power = game.values[game.symbols.P]
    names = game.solve().names
    words = [_WORDS.get(name, name) for name in names]
    verb = "are equilibria" if len(words) > 1 else "is the only equilibrium"
    outcome = f"{' and '.join(words)} {verb}"
    dominance_note = " (soft dominance)" if {"all-Join", "all-Balance"} <= set(names) else ""
    return (
        f"At {equation('P', power)}, {_position(game, power)}, {outcome}{dominance_note}; "
        f"{_ceiling(game)}."
    )


def _position(game: Game, power: Expr) -> str:
    thresholds = [game.quantities[name] for name in _THRESHOLDS if name in game.quantities]
    sorted_thresholds = sorted(
        (q for q in thresholds if q.exists_when != sp.false), key=lambda q: float(q.value)
    )
    lower = [q for q in sorted_thresholds if q.value <= power]
    higher = [q for q in sorted_thresholds if q.value > power]
    if lower and higher:
        return f"between {quantity_text(lower[-1])} and {quantity_text(higher[0])}"
    return f"above {quantity_text(lower[-1])}" if lower else f"below {quantity_text(higher[0])}"


def _ceiling(game: Game) -> str:
    """Comparison of the absolute threshold with the hegemon's resources."""
    gap = game.quantities["ceiling_gap"].value
    ceiling = equation("P_max", game.values[game.symbols.P_max])
    absolute = quantity_text(game.quantities["absolute_threshold"])
    if gap > 0:
        return f"even {ceiling} stays {decimal(gap)} short of {absolute}"
    return f"{ceiling} reaches {absolute}"


def participation(game: Any) -> str:
    """Sentence on the number of joiners, the threshold and the cost of full membership."""
    low, high = (game.cascade(start).sizes[-1] for start in ("nobody", "everybody"))
    count, bill, equilibrium_count = len(game.members), game.bill(), len(game.solve())
    joiners_text = (
        f"{low} of {count} members join in the only equilibrium"
        if equilibrium_count == 1
        else (
            f"from {low} to {high} of {count} members join in one of {equilibrium_count} equilibria"
        )
    )
    power = equation("P", game.values[game.symbols.P])
    absolute = quantity_text(game.quantities["absolute_threshold"])
    return (
        f"At {power}, {joiners_text}; that all join in every one takes {absolute}, or offers: "
        f"{decimal(bill.total)} in all where each is bargained with alone, in the cheapest order, "
        f"{decimal(bill.uniform)} where all get the same."
    )


def global_game(game: Game) -> str:
    """Sentence on the equilibrium that vanishing noise selects."""
    value = game.values[game.symbols.P]
    limit = game.quantities["selection_threshold"]
    (selection, *_) = game.solve().names
    outcome = {"all-Join": "all joining", "all-Stay": "all staying out"}.get(
        selection, "either, or both"
    )
    nash_names = game.solve("Nash").names
    position = "above" if value > limit.value else "below" if value < limit.value else "at"
    choice = "" if len(nash_names) == 1 else f", among {len(nash_names)} equilibria without noise"
    return (
        f"At {equation('P', value)}, {position} {quantity_text(limit)}, vanishing noise selects "
        f"{outcome}{choice}."
    )


def regime_change(game: Any) -> str:
    """Sentence on the cut-off strengths of the regime, and their uniqueness."""
    cutoffs = [decimal(sp.Float(float(cutoff.state))) for cutoff in game.cutoffs()]
    mean = equation("z", game.values[game.symbols.z])
    margin = game.quantities["uniqueness_margin"].value
    if len(cutoffs) > 1:
        return (
            f"With a prior mean of {mean} there are {len(cutoffs)} cut-offs: expectations decide "
            f"whether the regime falls up to a strength of {join_words(cutoffs, 'or')}."
        )
    scope = "as at every prior mean" if margin >= 0 else "though not at every prior mean"
    return (f"With a prior mean of {mean} there is one cut-off, {scope}: the regime falls up to "
            f"a strength of {cutoffs[0]}.")  # fmt: skip
