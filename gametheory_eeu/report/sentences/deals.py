"""Sentences on bargaining: bilateral, alternating offers, and one hub with many members."""

from __future__ import annotations

from typing import Any

from gametheory_eeu.display import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.report.sentences.wording import join_words, quantity_text

_PROTOCOLS = {
    "renegotiated one by one": ("renegotiated_payoff", "transfer"),
    "Nash-in-Nash": ("nash_in_nash_payoff", "nash_in_nash_transfer"),
    "at one table": ("one_table_payoff", "one_table_transfer"),
}


def bargaining(game: Game) -> str:
    """Sentence on the deal, its transfer and the control given up."""
    (equilibrium, *_) = game.solve()
    surplus = quantity_text(game.quantities["surplus"])
    if equilibrium.name == "no deal":
        return f"The surplus is {surplus}: {equilibrium.note}."
    transfer = game.quantities["transfer"].value
    control = game.quantities["total_concession"].value - transfer
    payer, payee = ("the hegemon", "the member") if transfer >= 0 else ("the member", "the hegemon")
    concession = (
        f" and the hegemon gives up control worth {decimal(control)}" if control != 0 else ""
    )
    return (f"The surplus is {surplus}, so there is a deal: {payer} pays {payee} "
            f"{decimal(abs(transfer))}{concession}.")  # fmt: skip


def alternating_offers(game: Game) -> str:
    """Sentence on the division of the pie and the member's outside option."""
    share = game.quantities["proposer_share"].value
    option = game.values[game.symbols.w_2]
    threshold = game.quantities["option_threshold"]
    verdict = "counts" if option > threshold.value else "is too poor to count"
    return (
        f"The hegemon offers first and keeps {decimal(share)} of the pie; the member gets "
        f"{decimal(1 - share)}, and its option of {decimal(option)} {verdict}: it would from "
        f"{decimal(threshold.value)} on."
    )


def hub(game: Any) -> str:
    """Sentence on the price of the union by protocol, and the best protocol for the hegemon."""
    (outcome, *_) = game.solve().names
    if outcome != "whole union":
        return f"The surplus of a deal is {quantity_text(game.quantities['surplus'])}: {outcome}."
    gains, prices = {}, []
    for protocol, (payoff, transfer) in _PROTOCOLS.items():
        gain, price = game.quantities[payoff], game.quantities[transfer]
        if gain.exists_when and price.exists_when:
            gains[protocol] = gain.value
            prices.append(f"{decimal(price.value)} {protocol}")
    best = max(gains.values())
    best_protocols = join_words([protocol for protocol, gain in gains.items() if gain == best])
    return (
        f"All {decimal(game.values[game.symbols.n])} members are in, each for "
        f"{join_words(prices)}; "
        f"the hegemon gains most, {decimal(best)}, {best_protocols}."
    )
