"""Sentences on commitment: one-shot, repeated, under power shifts, reputation, recovery."""

from __future__ import annotations

from typing import Any

from gametheory_eeu.display import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.report.sentences.wording import (
    count_phrase,
    equation,
    join_words,
    quantity_text,
)


def commitment(game: Game) -> str:
    """Sentence on trust against its threshold, the equilibrium and the expected loss."""
    trust = equation("mu", game.values[game.symbols.mu])
    threshold = quantity_text(game.quantities["trust_threshold"])
    (equilibrium, *_) = game.solve()
    loss = decimal(game.quantities["expected_loss"].value)
    return (
        f"At {trust}, with {threshold}, {equilibrium.note}; joining risks an expected loss of "
        f"{loss}."
    )


def repeated_commitment(game: Any) -> str:
    """Sentence on whether promises are kept, and the binding that grim trigger needs."""
    s, names = game.symbols, game.solve().names
    patience = equation("delta", game.values[s.delta])
    critical = quantity_text(game.quantities["critical_discount_factor"])
    minimum_binding = game.quantities["minimum_binding"]
    honouring = [name for name in names if name != "never honour"]
    outcome = (
        f"the word can be kept ({join_words(honouring)})" if honouring else "the word is broken"
    )
    binding_text = (
        "no binding does it by grim trigger"
        if not minimum_binding.exists_when
        else (
            "no binding is needed"
            if minimum_binding.value == 0
            else f"it takes {quantity_text(minimum_binding)} by grim trigger"
        )
    )
    distrust_clause = (
        "; that nobody trusts is an equilibrium too" if "never honour" in names else ""
    )
    return (f"At {patience}, with {critical}, {outcome}: {binding_text}, and there is "
            f"{decimal(game.values[s.alpha])}{distrust_clause}.")  # fmt: skip


def power_shift(game: Any) -> str:
    """Sentence on whether an offer can compensate for the coming power shift."""
    shift = game.symbols.s.subs(game.values).subs(game.values)
    limit = game.quantities["tolerable_shift"]
    (outcome, *_) = game.solve().names
    offer_later = decimal(game.quantities["offer_later"].value)
    offer_today = game.quantities["offer_today"]
    offer_text = (
        f"the member is offered {decimal(offer_today.value)} of the pie today, to accept "
        f"{offer_later} later"
        if offer_today.exists_when
        else f"even the whole pie today does not make up for {offer_later} later"
    )
    return (
        f"With {equation('s', shift)} against {quantity_text(limit)} there is {outcome}: "
        f"{offer_text}."
    )


def reputation(game: Any) -> str:
    """Sentence on the next member's choice, and the hegemon's response."""
    (first_row, *_), course = game.course().rows, game.course()
    prior = equation("p", game.values[game.symbols.p])
    threshold = quantity_text(game.quantities["entry_threshold"])
    if first_row.belief == first_row.threshold:
        entry_text = f"at {threshold} the first of {course.turns} members is indifferent"
    else:
        verb = "stays" if first_row.belief > first_row.threshold else "defies"
        entry_text = f"against {threshold} the first of {course.turns} members {verb}"
    fight_text = (
        "for certain"
        if first_row.weak_fights == 1
        else f"with probability {float(first_row.weak_fights):.4g}"
    )
    return (
        f"With {prior} {entry_text}; a weak hegemon fights one that defies {fight_text}; that "
        f"weakness has shown by the last turn has probability {float(course.weakness_seen(1)):.4g}."
    )


def trust_recovery(game: Any) -> str:
    """Sentence on trust against its target, and the quiet periods it needs."""
    trust = equation("mu", game.values[game.symbols.mu])
    target = equation("mu_T", game.values[game.symbols.mu_T])
    repair = count_phrase(game.whole_repair_periods(), "quiet period", "quiet periods")
    periods = game.whole_recovery_periods()
    if periods == 0:
        trust_after = decimal(game.quantities["trust_after_violation"].value)
        return (
            f"{trust} has reached {target}; one encroachment would bring it down to {trust_after}, "
            f"and {repair} repair that."
        )
    reform = count_phrase(game.whole_reform_periods(), "period", "periods")
    return (
        f"{trust} is short of {target} by "
        f"{count_phrase(periods, 'quiet period', 'quiet periods')}, or "
        f"{reform} of unseen reform; one more encroachment would cost {repair} again."
    )
