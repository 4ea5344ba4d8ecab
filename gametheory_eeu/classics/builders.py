"""Classic games that are no table of two players' payoffs: by rules, of several players, trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from gametheory_eeu.forms import ExtensiveForm, NormalForm
from gametheory_eeu.games import AbstractGame


def _travellers() -> NormalForm:
    claims = [str(k) for k in range(2, 9)]

    def payoffs(profile: tuple[str, ...]) -> list[int]:
        first, second = map(int, profile)
        lower = min(first, second)
        reward = 2 * ((first < second) - (first > second))
        return [lower + reward, lower - reward]

    return NormalForm(payoffs, actions=[claims, claims])


def _beauty_contest() -> NormalForm:
    guesses = [str(k) for k in range(6)]

    def payoffs(profile: tuple[str, ...]) -> list[str]:
        first_guess, second_guess = map(int, profile)
        first_payoff = (
            "1" if first_guess < second_guess else "0" if first_guess > second_guess else "1/2"
        )
        return [first_payoff, f"1 - {first_payoff}"]

    return NormalForm(payoffs, actions=[guesses, guesses])


def _nash_demand() -> NormalForm:
    demands = ["1", "2", "3"]

    def payoffs(profile: tuple[str, ...]) -> list[int]:
        first, second = map(int, profile)
        return [first, second] if first + second <= 4 else [0, 0]

    return NormalForm(payoffs, actions=[demands, demands])


_IRRATIONAL = {
    "TL1": (3, 0, 2), "BL1": (0, 1, 0), "TR1": (0, 2, 0), "BR1": (1, 0, 0),
    "TL2": (1, 0, 0), "BL2": (0, 3, 0), "TR2": (0, 1, 0), "BR2": (2, 0, 3),
}  # fmt: skip
_CONTINUUM = {
    "TL1": (0, 0, 2), "BL1": (3, 0, 0), "TR1": (0, 3, 0), "TL2": (1, 1, 0), "BR2": (0, 0, 3),
}  # fmt: skip


_SEGMENT = {
    "TL1": (2, 0, 0), "BL1": (0, 2, 1), "TR1": (0, 1, 1), "BR1": (1, 0, 2),
    "TL2": (1, 0, 2), "BL2": (0, 1, 1), "TR2": (0, 2, 1), "BR2": (2, 0, 0),
    "TL3": (1, 0, 1), "BL3": (0, 2, 0), "TR3": (0, 1, 2), "BR3": (2, 0, 1),
    "TL4": (2, 0, 1), "BL4": (0, 1, 2), "TR4": (0, 2, 0), "BR4": (1, 0, 1),
}  # fmt: skip


def _sparse_game(cells: Mapping[str, tuple[int, ...]], *actions: str) -> NormalForm:
    """A game from payoffs by profile; a profile that is left out pays zero to everyone."""
    zero = (0,) * len(actions)
    return NormalForm(
        lambda profile: list(cells.get("".join(profile), zero)), actions=[list(a) for a in actions]
    )


def _discrete_public_good(players: int, threshold: int) -> NormalForm:
    """A public good worth 1 to each if enough contribute 1/2, with no refund."""

    def payoffs(profile: tuple[str, ...]) -> list[str]:
        benefit = int(profile.count("give") >= threshold)
        return [f"{benefit} - 1/2" if action == "give" else str(benefit) for action in profile]

    return NormalForm(payoffs, actions=[["give", "keep"]] * players)


def _volunteers() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[str]:
        benefit = "u" if "volunteer" in profile else "0"
        return ["u - k" if action == "volunteer" else benefit for action in profile]

    return NormalForm(payoffs, actions=[["volunteer", "wait"]] * 3, given=["0 < k", "k < u"])


def _public_good() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[str]:
        contributors = profile.count("give")
        return [f"m*{contributors}" + (" - 1" if action == "give" else "") for action in profile]

    return NormalForm(payoffs, actions=[["give", "keep"]] * 4, given=["1/4 < m", "m < 1"])


def _weakest_link() -> NormalForm:
    efforts = [str(k) for k in range(1, 8)]

    def payoffs(profile: tuple[str, ...]) -> list[str]:
        minimum = min(map(int, profile))
        return [f"0.2*{minimum} - 0.1*{effort} + 0.6" for effort in profile]

    return NormalForm(payoffs, actions=[efforts] * 3)


def _minority_game() -> NormalForm:
    def payoffs(profile: tuple[str, ...]) -> list[int]:
        return [int(profile.count(action) == 1) for action in profile]

    return NormalForm(payoffs, actions=[["0", "1"]] * 3)


def _entry() -> ExtensiveForm:
    return (
        ExtensiveForm.builder("challenger", "incumbent")
        .move("challenger", ["in", "out"])
        .move("incumbent", ["acquiesce", "fight"], after="in")
        .payoffs("in/acquiesce", 2, 1)
        .payoffs("in/fight", 0, 0)
        .payoffs("out", 1, 2)
        .build()
    )


def _horse() -> ExtensiveForm:
    return (
        ExtensiveForm.builder("player 1", "player 2", "player 3")
        .move("player 1", ["R", "L"])
        .move("player 2", ["r", "l"], after="R")
        .move("player 3", ["right", "left"], after=["R/l", "L"])
        .payoffs("R/r", 1, 1, 1)
        .payoffs("R/l/right", 4, 4, 0)
        .payoffs("R/l/left", 0, 0, 1)
        .payoffs("L/right", 3, 2, 2)
        .payoffs("L/left", 0, 0, 0)
        .build()
    )


def _beer_quiche() -> ExtensiveForm:
    builder = ExtensiveForm.builder("sender", "receiver").chance({"surly": "9/10", "wimp": "1/10"})
    for sender_type in ("surly", "wimp"):
        builder = builder.move("sender", ["beer", "quiche"], after=sender_type)
    for meal in ("beer", "quiche"):
        builder = builder.move("receiver", ["duel", "defer"], after=f"*/{meal}")
    for sender_type, favourite in (("surly", "beer"), ("wimp", "quiche")):
        for meal in ("beer", "quiche"):
            sender_payoff = int(meal == favourite)
            receiver_payoff = 1 if sender_type == "wimp" else -1
            builder = builder.payoffs(f"{sender_type}/{meal}/duel", sender_payoff, receiver_payoff)
            builder = builder.payoffs(f"{sender_type}/{meal}/defer", sender_payoff + 2, 0)
    return builder.build()


def _job_market() -> ExtensiveForm:
    builder = ExtensiveForm.builder("worker", "firm").chance({"high": "1/3", "low": "2/3"})
    for worker_type in ("high", "low"):
        builder = builder.move("worker", ["educate", "not"], after=worker_type)
    for signal in ("educate", "not"):
        builder = builder.move("firm", ["manager", "clerk"], after=f"*/{signal}")
    outcomes = {
        "high/educate/manager": (6, 10), "high/educate/clerk": (0, 4),
        "high/not/manager": (10, 10), "high/not/clerk": (4, 4),
        "low/educate/manager": (3, 0), "low/educate/clerk": (-3, 4),
        "low/not/manager": (10, 0), "low/not/clerk": (4, 4),
    }  # fmt: skip
    for history, payoffs in outcomes.items():
        builder = builder.payoffs(history, *payoffs)
    return builder.build()


def _chain_store() -> ExtensiveForm:
    """Two towns: in each an entrant, and the chain store's share in both."""
    shares = {"out": (1, 5), "in/cooperate": (2, 2), "in/fight": (0, 0)}
    builder = ExtensiveForm.builder("entrant 1", "entrant 2", "chain store")
    builder = builder.move("entrant 1", ["in", "out"])
    builder = builder.move("chain store", ["cooperate", "fight"], after="in")
    for first, (first_payoff, first_share) in shares.items():
        builder = builder.move("entrant 2", ["in", "out"], after=first)
        builder = builder.move("chain store", ["cooperate", "fight"], after=f"{first}/in")
        for second, (second_payoff, second_share) in shares.items():
            builder = builder.payoffs(
                f"{first}/{second}", first_payoff, second_payoff, first_share + second_share
            )
    return builder.build()


def _centipede() -> ExtensiveForm:
    outcomes = [("2/5", "1/10"), ("1/5", "4/5"), ("8/5", "2/5"), ("4/5", "16/5"), ("32/5", "8/5")]
    builder, history = ExtensiveForm.builder("player 1", "player 2"), ""
    for k, payoffs in enumerate(outcomes[:-1]):
        builder = builder.move(f"player {k % 2 + 1}", ["take", "pass"], after=history)
        prefix = f"{history}/" if history else ""
        builder = builder.payoffs(f"{prefix}take", *payoffs)
        history = f"{prefix}pass"
    return builder.payoffs(history, *outcomes[-1]).build()


def _outside_option() -> ExtensiveForm:
    builder = (
        ExtensiveForm.builder("player 1", "player 2")
        .move("player 1", ["book", "concert"])
        .payoffs("book", 2, 2)
        .move("player 1", ["Bach", "Stravinsky"], after="concert")
        .move("player 2", ["Bach", "Stravinsky"], after="concert/*")
    )
    outcomes = {"Bach/Bach": (3, 1), "Stravinsky/Stravinsky": (1, 3)}
    for first in ("Bach", "Stravinsky"):
        for second in ("Bach", "Stravinsky"):
            payoffs = outcomes.get(f"{first}/{second}", (0, 0))
            builder = builder.payoffs(f"concert/{first}/{second}", *payoffs)
    return builder.build()


BUILDERS: dict[str, Callable[[], AbstractGame]] = {
    "Traveller's Dilemma": _travellers,
    "Two-Person Beauty Contest": _beauty_contest,
    "Nash Demand Game": _nash_demand,
    "McKelvey and McLennan's Game": partial(
        _sparse_game,
        {"111": (9, 8, 12), "221": (9, 8, 2), "212": (3, 4, 6), "122": (3, 4, 6)},
        *["12"] * 3,
    ),
    "Nau's Irrational Game": partial(_sparse_game, _IRRATIONAL, "TB", "LR", "12"),
    "Nau's Continuum": partial(_sparse_game, _CONTINUUM, "TB", "LR", "12"),
    "Nau's Segment": partial(_sparse_game, _SEGMENT, "TB", "LR", "1234"),
    "Volunteer's Dilemma": _volunteers,
    "Public Goods": _public_good,
    "Provision of a Discrete Good": partial(_discrete_public_good, 4, 2),
    "Weakest Link": _weakest_link,
    "Minority Game": _minority_game,
    "Entry Game": _entry,
    "Selten's Horse": _horse,
    "Beer-Quiche": _beer_quiche,
    "Job-Market Signalling": _job_market,
    "Chain Store": _chain_store,
    "Centipede": _centipede,
    "Battle of the Sexes with an Outside Option": _outside_option,
}
"""The games of the catalogue's rows without payoffs, by name."""
