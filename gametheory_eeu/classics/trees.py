"""Games in extensive form."""

from __future__ import annotations

from gametheory_eeu.classics.catalogue import ClassicGame
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ExtensiveForm


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


TREES = (
    ClassicGame(
        "Entry Game",
        Source("L", "Osborne2004", "chapter 5: the entry game"),
        _entry,
        concept="subgame perfect",
        outcomes=(("2", "1"),),
        complete=True,
        note="Staying out for fear of a fight is a Nash equilibrium that is not subgame perfect.",
    ),
    ClassicGame(
        "Selten's Horse",
        Source("L", "Selten1975", "figure 1"),
        _horse,
        concept="perfect Bayesian",
        outcomes=(("1", "1", "1"),),
        complete=True,
        note="That player 1 takes L, and all get (3, 2, 2), is subgame perfect but unreasonable.",
    ),
    ClassicGame(
        "Beer-Quiche",
        Source("L", "ChoKreps1987", "figure 1"),
        _beer_quiche,
        concept="perfect Bayesian",
        outcomes=(("29/10", "0"), ("21/10", "0")),
        complete=True,
        note="Both types have beer, or both have quiche; the intuitive criterion rules out quiche.",
    ),
    ClassicGame(
        "Job-Market Signalling",
        Source("L", "Watson2013", "figure 29.1, a version of Spence (1973) with two types"),
        _job_market,
        concept="perfect Bayesian",
        outcomes=(("14/3", "6"), ("4", "4")),
        complete=True,
        note="Only the high type educates itself, or neither does.",
    ),
    ClassicGame(
        "Chain Store",
        Source("L", "Selten1978", "with two towns"),
        _chain_store,
        concept="subgame perfect",
        outcomes=(("2", "2", "4"),),
        complete=True,
        note="By induction no entrant is fought; with many towns few believe it.",
    ),
    ClassicGame(
        "Centipede",
        Source("L", "McKelveyPalfrey1992", "four moves, after Rosenthal (1981)"),
        _centipede,
        concept="subgame perfect",
        outcomes=(("2/5", "1/10"),),
        complete=True,
        note="Each takes at once.",
    ),
    ClassicGame(
        "Battle of the Sexes with an Outside Option",
        Source("L", "OsborneRubinstein1994", "chapter 6: the game with a book to read"),
        _outside_option,
        concept="subgame perfect",
        outcomes=(("3", "1"), ("2", "2")),
        complete=True,
        note="Forward induction singles out the first: who forgoes the book means to get 3.",
    ),
)
