"""Talk without cost by a sender whose interests differ by a bias."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from gametheory_eeu.core import Source
from gametheory_eeu.forms import CheapTalk
from gametheory_eeu.games import Claim, Game, declare
from gametheory_eeu.games.section import Section, iff
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "CrawfordSobel1982", "section 4")
SECTION = Section("crawford-and-sobel-1982", "CrawfordAndSobel1982", SOURCE)


class CrawfordAndSobel1982(Game):
    r"""Talk without cost by a sender whose interests differ by a bias.

    **Players.** A sender, who knows a state uniform on :math:`[0, 1]`; a receiver, who acts.

    **Payoffs.** :math:`-(y - s - b)^2` and :math:`-(y - s)^2` of an action :math:`y` at state
    :math:`s`. Up to three messages; ``form().any_steps()`` has any number.
    """

    title = "Crawford and Sobel (1982), cheap talk"
    publication = Publication(
        "crawford and sobel 1982",
        "talk without cost tells the less, the further the interests are apart",
        ("signalling", "private information"),
        "CrawfordSobel1982",
    )

    parameters = declare(
        parameter(
            "bias", "b", "> 0", "how much more than the receiver the sender wants", "action", SOURCE
        ),
    )

    def form(self) -> CheapTalk:
        """Messages that part the states into intervals."""
        losses = ("-(y - s - b)**2", "-(y - s)**2")
        return CheapTalk(*losses, state="0 <= s <= 1", action="y", messages=3, given=self.space)


@SECTION.proposition("steps", "equilibrium")
def steps() -> Iterator[Claim]:
    """Two steps exist iff b < 1/4, three iff b < 1/12, and one always."""
    game = CrawfordAndSobel1982()
    for equilibrium, bound in zip(game.solve(), (None, 4, 12), strict=True):
        limit = sp.true if bound is None else game.symbols.b < sp.Rational(1, bound)
        yield Claim.of(iff(equilibrium.condition, limit), game.space, equilibrium.name)


@SECTION.proposition("both-gain", "ordering")
def both_gain() -> Iterator[Claim]:
    """Where two steps exist, both sides prefer them to one, though the sender could not promise."""
    game = CrawfordAndSobel1982()
    one, two, _ = game.solve()
    for player in game.players:
        gain = two.payoffs[player] > one.payoffs[player]
        yield Claim.of(gain, [game.space, two.condition], player)
