"""Who joins at the hegemon's power: contest, participation, selection by noise, an order's fall."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.display import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.report.sentences.wording import equal, joined, named

_WORDS = {"all-Join": "all joining", "all-Wait": "all waiting", "all-Balance": "all balancing"}
_THRESHOLDS = ("balancing_threshold", "joining_threshold", "absolute_threshold")


def contest(game: Game) -> str:
    """Where the hegemon's power stands among the thresholds, and what members do there."""
    power = game.values[game.symbols.P]
    names = game.solve().names
    words = [_WORDS.get(name, name) for name in names]
    verb = "are equilibria" if len(words) > 1 else "is the only equilibrium"
    outcome = f"{' and '.join(words)} {verb}"
    soft = " (soft dominance)" if {"all-Join", "all-Balance"} <= set(names) else ""
    return f"At {equal('P', power)}, {_place(game, power)}, {outcome}{soft}; {_ceiling(game)}."


def _place(game: Game, power: Expr) -> str:
    found = [game.quantities[name] for name in _THRESHOLDS if name in game.quantities]
    known = sorted((q for q in found if q.exists_when != sp.false), key=lambda q: float(q.value))
    below = [q for q in known if q.value <= power]
    above = [q for q in known if q.value > power]
    if below and above:
        return f"between {named(below[-1])} and {named(above[0])}"
    return f"above {named(below[-1])}" if below else f"below {named(above[0])}"


def _ceiling(game: Game) -> str:
    """Whether the absolute threshold is within the hegemon's resources."""
    gap = game.quantities["ceiling_gap"].value
    ceiling = equal("P_max", game.values[game.symbols.P_max])
    absolute = named(game.quantities["absolute_threshold"])
    if gap > 0:
        return f"even {ceiling} stays {decimal(gap)} short of {absolute}"
    return f"{ceiling} reaches {absolute}"


def participation(game: Any) -> str:
    """How many join at least and at most, what would make all join, and what that costs."""
    low, high = (game.cascade(start).sizes[-1] for start in ("nobody", "everybody"))
    count, bill, kinds = len(game.members), game.bill(), len(game.solve())
    many = (
        f"{low} of {count} members join in the only equilibrium"
        if kinds == 1
        else f"from {low} to {high} of {count} members join in one of {kinds} equilibria"
    )
    power = equal("P", game.values[game.symbols.P])
    absolute = named(game.quantities["absolute_threshold"])
    return (
        f"At {power}, {many}; that all join in every one takes {absolute}, or offers: "
        f"{decimal(bill.total)} in all where each is bargained with alone, in the cheapest order, "
        f"{decimal(bill.uniform)} where all get the same."
    )


def global_game(game: Game) -> str:
    """What a little noise selects, and what it selects from."""
    value = game.values[game.symbols.P]
    limit = game.quantities["selection_threshold"]
    (selected, *_) = game.solve().names
    what = {"all-Join": "all joining", "all-Stay": "all staying out"}.get(
        selected, "either, or both"
    )
    found = game.solve("Nash").names
    place = "above" if value > limit.value else "below" if value < limit.value else "at"
    choice = "" if len(found) == 1 else f", among {len(found)} equilibria without noise"
    return (
        f"At {equal('P', value)}, {place} {named(limit)}, vanishing noise selects {what}{choice}."
    )


def regime_change(game: Any) -> str:
    """Up to which strength the regime falls, and whether expectations decide."""
    cutoffs = [decimal(sp.Float(float(found.state))) for found in game.cutoffs()]
    mean = equal("z", game.values[game.symbols.z])
    margin = game.quantities["uniqueness_margin"].value
    if len(cutoffs) > 1:
        return (
            f"With a prior mean of {mean} there are {len(cutoffs)} cut-offs: expectations decide "
            f"whether the regime falls up to a strength of {joined(cutoffs, 'or')}."
        )
    at_all = "as at every prior mean" if margin >= 0 else "though not at every prior mean"
    return (f"With a prior mean of {mean} there is one cut-off, {at_all}: the regime falls up to "
            f"a strength of {cutoffs[0]}.")  # fmt: skip
