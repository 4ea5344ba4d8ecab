"""The argument of the article in plain words, and what its report shows of the whole of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from gametheory_eeu.cases.chapter import Exhibit
from gametheory_eeu.cases.diagram import Diagram
from gametheory_eeu.cases.eeu.claims import tensions
from gametheory_eeu.display import Table, summary
from gametheory_eeu.display.proposition_tables import statement_text

if TYPE_CHECKING:
    from gametheory_eeu.cases.eeu.whole_argument.model import EurasianArgument

SUMMARY = """\
It is cheaper to dominate neighbours one at a time than through institutions, which bind even a \
hegemon. As long as the neighbours trusted it, Russia did better by bilateral deals; its power \
brought soft dominance, short of the absolute threshold beyond which all must follow.
In 2014 two shocks came at once. Borders proved violable, so trust fell, and promises to weaker \
partners were no longer credible; isolation made a quick success urgent, so consent was bought at \
a high price, in cash and in multilateral institutions.
The Eurasian Economic Union is what came of it: signed in a hurry, dear, and without depth. \
Interest fades as the hurry does, while trust takes far longer to rebuild than it took to lose."""


@cache
def _whole() -> EurasianArgument:
    from gametheory_eeu.cases.eeu.whole_argument import EurasianArgument

    return EurasianArgument()


def diagram() -> Diagram:
    """The chain of games that is the argument."""
    return Diagram.of_argument(_whole().argument)


def states() -> Any:
    """The outcome before, in and after the shocks, and with one of them switched off."""
    return _whole()


def states_in_brief() -> Table:
    """What differs most from state to state."""
    table = summary(_whole())
    return replace(table, note="").without("exit loss", "weight", "surplus", "kept")


def named_members() -> Any:
    """The surplus and the price of each member, by state."""
    from gametheory_eeu.cases.eeu.whole_argument import EurasianArgument

    return EurasianArgument(members=MEMBERS).states().members


def recovery() -> Any:
    """The quiet periods that trust takes to what decides."""
    return _whole().recovery()


def path() -> Any:
    """The argument over time."""
    return _whole().plot()


def tension_table() -> Table:
    """The tensions inside the text: which claims, what reconciles them, and the verdict on that."""
    rows = tuple(
        (
            ", ".join(str(claim.number) for claim in tension.claims),
            tension.text,
            statement_text(tension.resolution.statement),
            tension.verdict,
        )
        for tension in tensions()
    )
    return Table(("claims", "tension", "resolution", "verdict"), rows, f"{len(rows)} tensions")


MEMBERS = ["Belarus", "Kazakhstan", "Armenia", "Kyrgyzstan"]
EXHIBITS = (
    Exhibit(
        "states",
        "States and counterfactuals",
        "Before 2014, in 2014-15 and later; then 2014-15 with one of the two shocks switched off. "
        "Urgency alone gives a dearer bilateral order, mistrust alone gives no union.",
        table=states,
        brief=states_in_brief,
    ),
    Exhibit(
        "members",
        "The members by name",
        "What each member's consent is worth to both sides together, and what it is paid.",
        table=named_members,
        is_main=False,
    ),
    Exhibit(
        "recovery",
        "The recovery path",
        "After the shock come quiet periods: interest decays, trust recovers by Bayes' rule, and "
        "there is a deal wherever its surplus is not negative.",
        recovery,
        path,
        "Four panels over the periods since the shock. Trust drops and climbs back slowly, past "
        "the threshold of depth, that of bilateral deals, and to what it was before. The "
        "price of consent jumps and falls with the exit loss, until for some periods there is no "
        "deal. Depth stays at zero until trust is past its threshold; alignment drops and rises "
        "with trust. The absolute threshold of power jumps and comes down slowly.",
    ),
    Exhibit(
        "tensions",
        "Tensions inside the text",
        "Claims that pull in different directions, and what reconciles them.",
        table=tension_table,
    ),
)
