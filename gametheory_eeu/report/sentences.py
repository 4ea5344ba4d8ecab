"""What a solved game says, in one plain sentence; every number and verdict is read from it."""

from __future__ import annotations

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.display import decimal, is_short, symbol_text
from gametheory_eeu.model import Game, Quantity

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
    return f"At {_equal('P', power)}, {_place(game, power)}, {outcome}{soft}; {_ceiling(game)}."


def _place(game: Game, power: Expr) -> str:
    found = [game.quantities[name] for name in _THRESHOLDS if name in game.quantities]
    known = sorted((q for q in found if q.exists_when != sp.false), key=lambda q: float(q.value))
    below = [q for q in known if q.value <= power]
    above = [q for q in known if q.value > power]
    if below and above:
        return f"between {_named(below[-1])} and {_named(above[0])}"
    return f"above {_named(below[-1])}" if below else f"below {_named(above[0])}"


def _ceiling(game: Game) -> str:
    """Whether the absolute threshold is within the hegemon's resources."""
    gap = game.quantities["ceiling_gap"].value
    ceiling = _equal("P_max", game.values[game.symbols.P_max])
    absolute = _named(game.quantities["absolute_threshold"])
    if gap > 0:
        return f"even {ceiling} stays {decimal(gap)} short of {absolute}"
    return f"{ceiling} reaches {absolute}"


def commitment(game: Game) -> str:
    """Trust against its threshold, what follows, and what membership would risk."""
    trust = _equal("mu", game.values[game.symbols.mu])
    threshold = _named(game.quantities["trust_threshold"])
    (found, *_) = game.solve()
    loss = decimal(game.quantities["expected_loss"].value)
    return f"At {trust}, with {threshold}, {found.note}; joining risks an expected loss of {loss}."


def bargaining(game: Game) -> str:
    """Whether there is a deal, and what consent costs in its two currencies."""
    (found, *_) = game.solve()
    surplus = _named(game.quantities["surplus"])
    if found.name == "no deal":
        return f"The surplus is {surplus}: {found.note}."
    transfer = game.quantities["transfer"].value
    control = game.quantities["total_concession"].value - transfer
    payer, payee = ("the hegemon", "the member") if transfer >= 0 else ("the member", "the hegemon")
    given = f" and the hegemon gives up control worth {decimal(control)}" if control != 0 else ""
    return (f"The surplus is {surplus}, so there is a deal: {payer} pays {payee} "
            f"{decimal(abs(transfer))}{given}.")  # fmt: skip


def _named(q: Quantity) -> str:
    return _equal(q.symbol, q.value)


def _equal(symbol: str, value: Expr) -> str:
    """``P = 2``, or ``P_J ≈ 1.429`` where the decimal is not the exact value."""
    return f"{symbol_text(symbol)} {'=' if is_short(value) else '≈'} {decimal(value)}"
