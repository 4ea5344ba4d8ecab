"""Two parties that care for policy and for office."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.forms import ContinuousGame
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Wittman1983", "policy and office, a uniform voter")
SECTION = Section("wittman-1983", "Wittman1983", SOURCE)


class Wittman1983(Game):
    r"""Two parties that care for policy and for office.

    **Choices.** Positions :math:`x \le 1/2 \le y` on a line; the ideals are 0 and 1.

    **Payoffs.** The median voter is uniform on :math:`[0, 1]` and the nearer party wins. Office is
    worth :math:`k`; policy costs its distance from one's ideal.
    """

    title = "Wittman (1983), parties that care for policy"
    publication = Publication(
        "wittman 1983",
        "two parties that care for policy and office take positions apart",
        ("voting", "competition"),
        "Wittman1983",
    )

    parameters = declare(
        parameter(
            "office_value", "k", ">= 0", "what office is worth beside policy", "payoff", SOURCE
        ),
    )

    def form(self) -> ContinuousGame:
        """The positions."""
        return ContinuousGame(
            {
                "left": "(x + y)/2*(k - x) - (1 - (x + y)/2)*y",
                "right": "(1 - (x + y)/2)*(k - 1 + y) - (x + y)/2*(1 - x)",
            },
            {"left": "0 <= x <= 1/2", "right": "1/2 <= y <= 1"},
            given=self.space,
            title=self.title,
        )


@SECTION.proposition("divergence", "false")
def divergence() -> Iterator[Claim]:
    """Parties that care for policy do not meet at the median unless office is worth enough."""
    game = Wittman1983()
    apart = game.solve()["interior"]
    gap = apart.choices["y"] - apart.choices["x"]
    yield Claim.refutation(sp.Eq(gap, 0), [game.space, apart.condition], "naive: they meet")
    yield Claim.of(gap > 0, [game.space, apart.condition], "apart")
    yield from sign_claims(gap, [game.space, apart.condition], k="-")
