"""What promises are worth: one-shot, repeated, under shifting power, tested, and lost."""

from __future__ import annotations

from typing import Any

from gametheory_eeu.display import decimal
from gametheory_eeu.model import Game
from gametheory_eeu.report.sentences.wording import counted, equal, joined, named


def commitment(game: Game) -> str:
    """Trust against its threshold, what follows, and what membership would risk."""
    trust = equal("mu", game.values[game.symbols.mu])
    threshold = named(game.quantities["trust_threshold"])
    (found, *_) = game.solve()
    loss = decimal(game.quantities["expected_loss"].value)
    return f"At {trust}, with {threshold}, {found.note}; joining risks an expected loss of {loss}."


def repeated(game: Any) -> str:
    """Whether the word is kept, and how much binding that takes by grim trigger."""
    s, found = game.symbols, game.solve().names
    patience = equal("delta", game.values[s.delta])
    critical = named(game.quantities["critical_discount_factor"])
    least = game.quantities["minimum_binding"]
    kept = [name for name in found if name != "never honour"]
    how = f"the word can be kept ({joined(kept)})" if kept else "the word is broken"
    takes = (
        "no binding does it by grim trigger"
        if not least.exists_when
        else (
            "no binding is needed"
            if least.value == 0
            else f"it takes {named(least)} by grim trigger"
        )
    )
    also = "; that nobody trusts is an equilibrium too" if "never honour" in found else ""
    return (f"At {patience}, with {critical}, {how}: {takes}, and there is "
            f"{decimal(game.values[s.alpha])}{also}.")  # fmt: skip


def power_shift(game: Any) -> str:
    """Whether a pie can pay for the power that will shift."""
    shift = game.symbols.s.subs(game.values).subs(game.values)
    limit = game.quantities["tolerable_shift"]
    (outcome, *_) = game.solve().names
    later = decimal(game.quantities["offer_later"].value)
    today = game.quantities["offer_today"]
    offers = (
        f"the member is offered {decimal(today.value)} of the pie today, to accept {later} later"
        if today.exists_when
        else f"even the whole pie today does not make up for {later} later"
    )
    return f"With {equal('s', shift)} against {named(limit)} there is {outcome}: {offers}."


def reputation(game: Any) -> str:
    """Whether the next member defies, and what it may expect."""
    (first, *_), course = game.course().rows, game.course()
    doubt = equal("p", game.values[game.symbols.p])
    threshold = named(game.quantities["entry_threshold"])
    if first.belief == first.threshold:
        does = f"at {threshold} the first of {course.turns} members is indifferent"
    else:
        verb = "stays" if first.belief > first.threshold else "defies"
        does = f"against {threshold} the first of {course.turns} members {verb}"
    fights = (
        "for certain"
        if first.weak_fights == 1
        else f"with probability {float(first.weak_fights):.4g}"
    )
    return (
        f"With {doubt} {does}; a weak hegemon fights one that defies {fights}; that "
        f"weakness has shown by the last turn has probability {float(course.weakness_seen(1)):.4g}."
    )


def trust_recovery(game: Any) -> str:
    """Where trust stands, and how many quiet periods lie ahead."""
    trust = equal("mu", game.values[game.symbols.mu])
    target = equal("mu_T", game.values[game.symbols.mu_T])
    repair = counted(game.whole_repair_periods(), "quiet period", "quiet periods")
    whole = game.whole_recovery_periods()
    if whole == 0:
        fallen = decimal(game.quantities["trust_after_violation"].value)
        return (f"{trust} has reached {target}; one encroachment would bring it down to {fallen}, "
                f"and {repair} repair that.")  # fmt: skip
    reform = counted(game.whole_reform_periods(), "period", "periods")
    return (
        f"{trust} is short of {target} by {counted(whole, 'quiet period', 'quiet periods')}, or "
        f"{reform} of unseen reform; one more encroachment would cost {repair} again."
    )
