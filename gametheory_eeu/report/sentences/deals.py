"""What consent costs: at one table, in alternating offers, and from the hub to each spoke."""

from __future__ import annotations

from typing import Any

from gametheory_eeu.display import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.report.sentences.wording import joined, named

_PROTOCOLS = {
    "renegotiated one by one": ("renegotiated_payoff", "transfer"),
    "Nash-in-Nash": ("nash_in_nash_payoff", "nash_in_nash_transfer"),
    "at one table": ("one_table_payoff", "one_table_transfer"),
}


def bargaining(game: Game) -> str:
    """Whether there is a deal, and what consent costs in its two currencies."""
    (found, *_) = game.solve()
    surplus = named(game.quantities["surplus"])
    if found.name == "no deal":
        return f"The surplus is {surplus}: {found.note}."
    transfer = game.quantities["transfer"].value
    control = game.quantities["total_concession"].value - transfer
    payer, payee = ("the hegemon", "the member") if transfer >= 0 else ("the member", "the hegemon")
    given = f" and the hegemon gives up control worth {decimal(control)}" if control != 0 else ""
    return (f"The surplus is {surplus}, so there is a deal: {payer} pays {payee} "
            f"{decimal(abs(transfer))}{given}.")  # fmt: skip


def offers(game: Game) -> str:
    """How the pie is split, and whether the member's option counts."""
    share = game.quantities["proposer_share"].value
    option = game.values[game.symbols.w_2]
    threshold = game.quantities["option_threshold"]
    counts = "counts" if option > threshold.value else "is too poor to count"
    return (
        f"The hegemon offers first and keeps {decimal(share)} of the pie; the member gets "
        f"{decimal(1 - share)}, and its option of {decimal(option)} {counts}: it would from "
        f"{decimal(threshold.value)} on."
    )


def hub(game: Any) -> str:
    """What the union costs by each protocol, and which the hegemon likes best."""
    (outcome, *_) = game.solve().names
    if outcome != "whole union":
        return f"The surplus of a deal is {named(game.quantities['surplus'])}: {outcome}."
    gains, prices = {}, []
    for way, (payoff, transfer) in _PROTOCOLS.items():
        gain, price = game.quantities[payoff], game.quantities[transfer]
        if gain.exists_when and price.exists_when:
            gains[way] = gain.value
            prices.append(f"{decimal(price.value)} {way}")
    best = max(gains.values())
    likes = joined([way for way, gain in gains.items() if gain == best])
    return (
        f"All {decimal(game.values[game.symbols.n])} members are in, each for {joined(prices)}; "
        f"the hegemon gains most, {decimal(best)}, {likes}."
    )
