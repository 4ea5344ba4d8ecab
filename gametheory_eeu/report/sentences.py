"""Plain sentences on solved games; every number and verdict is read from the game."""

from __future__ import annotations

from typing import Any

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.display import decimal, is_short, symbol_text
from gametheory_eeu.display.hypotheses import join_words
from gametheory_eeu.model import Game, Quantity


def quantity_text(q: Quantity) -> str:
    """A quantity that exists, with its value: ``P_J = 2``."""
    return equation(q.symbol, q.value)


def equation(symbol: str, value: Expr) -> str:
    """Equation of a symbol and its value: ``P = 2``, or ``P_J ≈ 1.429`` where it is rounded."""
    return f"{symbol_text(symbol)} {'=' if is_short(value) else '≈'} {decimal(value)}"


def count_phrase(number: int, singular: str, plural: str) -> str:
    """A number with its noun: ``1 period``, ``2 periods``."""
    return f"{number} {singular if number == 1 else plural}"


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
