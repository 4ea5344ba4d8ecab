"""Education that teaches nothing, and shows who is productive."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import SignallingGame
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, equality, iff
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "Spence1973", "two productivities, any education")
SECTION = Section("spence-1973", "Spence1973", SOURCE)


class Spence1973(Game):
    r"""Education that teaches nothing, and shows who is productive.

    **Players.** A worker, who alone knows its productivity :math:`t_L` or :math:`t_H`, and an
    employer.

    **Timing.** The worker chooses education :math:`e`; the employer sees it and pays a wage
    :math:`w`.

    **Payoffs.** The wage less the cost of education, :math:`e/t`. Competition makes the employer
    pay what it expects: it loses the square of its error.
    """

    title = "Spence (1973), education as a signal"
    publication = Publication(
        "spence 1973",
        "a signal is believed that would cost others too much",
        ("signalling", "private information"),
        "Spence1973",
    )

    parameters = declare(
        parameter("low_productivity", "t_L", "> 0", "of the one type", "payoff", SOURCE),
        parameter("high_productivity", "t_H", "> 0", "of the other type", "payoff", SOURCE),
        parameter(
            "high_share", "p", "(0, 1)", "the probability of the other type", "probability", SOURCE
        ),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """The types differ."""
        return (self.symbols.t_L < self.symbols.t_H,)

    def form(self) -> SignallingGame:
        """Education, and the wage that is paid for it."""
        types = {"low": "t_L", "high": "t_H"}
        return SignallingGame(
            sender={name: f"w - e/{t}" for name, t in types.items()},
            receiver={name: f"-(w - {t})**2" for name, t in types.items()},
            signal="e >= 0",
            reply="w",
            prior={"low": "1 - p", "high": "p"},
            given=self.space,
            title=self.title,
        )

    @quantity("e^*", SOURCE)
    def least_education(self) -> Expr:
        """The least education that tells the types apart."""
        s = self.symbols
        return s.t_L * (s.t_H - s.t_L)


@SECTION.proposition("least-cost", "equilibrium")
def least_cost() -> Iterator[Claim]:
    """The least education that separates is the one that the low type would not copy."""
    game = Spence1973()
    s, least = game.symbols, game.quantities["least_education"].expression
    found = game.solve()["separating, least cost"]
    yield Claim.of(equality(found.choices["e_high"], least), game.space)
    yield Claim.of(equality(s.t_H - least / s.t_L, s.t_L), game.space, "the low type's choice")


@SECTION.proposition("gain-from-signals", "false")
def gain_from_signals() -> Iterator[Claim]:
    """Even the productive may lose by signals: they gain iff they are few, p < 1 - t_L/t_H."""
    game = Spence1973()
    s, least = game.symbols, game.quantities["least_education"].expression
    signalled, unsignalled = s.t_H - least / s.t_H, s.p * s.t_H + (1 - s.p) * s.t_L
    gains = signalled > unsignalled
    yield Claim.refutation(gains, game.space, "naive: the productive gain")
    yield Claim.of(iff(gains, s.p * s.t_H < s.t_H - s.t_L), game.space, "iff they are few")
