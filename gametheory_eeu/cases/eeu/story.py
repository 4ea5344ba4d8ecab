"""The argument of the article in plain words, and what its report shows of the whole of it."""

from __future__ import annotations

from gametheory_eeu.cases.eeu.claims import tensions
from gametheory_eeu.cases.exhibit import Exhibit
from gametheory_eeu.display import Table
from gametheory_eeu.display.proposition_tables import statement_text

SUMMARY = """\
It is cheaper to dominate neighbours one at a time than through institutions, which bind even a \
hegemon. As long as the neighbours trusted it, Russia did better by bilateral deals; its power \
brought soft dominance, short of the absolute threshold beyond which all must follow.
In 2014 two shocks came at once. Borders proved violable, so trust fell, and promises to weaker \
partners were no longer credible; isolation made a quick success urgent, so consent was bought at \
a high price, in cash and in multilateral institutions.
The Eurasian Economic Union is what came of it: signed in a hurry, dear, and without depth. \
Interest fades as the hurry does, while trust takes far longer to rebuild than it took to lose."""


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


EXHIBITS = (
    Exhibit(
        "tensions",
        "Tensions inside the text",
        "Claims that pull in different directions, and what reconciles them.",
        table=tension_table,
    ),
)
