"""Deterrence by a threat that is carried out only by a defender of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Source
from gametheory_eeu.forms import ExtensiveForm
from gametheory_eeu.games import Claim, Game, declare, quantity
from gametheory_eeu.games.section import Section, iff, sign_claims
from gametheory_eeu.models.publication import Publication
from gametheory_eeu.models.vocabulary import parameter

SOURCE = Source("L", "KilgourZagare1991", "unilateral deterrence")
SECTION = Section("kilgour-and-zagare-1991", "KilgourAndZagare1991", SOURCE)


class KilgourAndZagare1991(Game):
    r"""Deterrence by a threat that is carried out only by a defender of one kind.

    **Players.** A challenger, and a defender that is hard or soft; only the defender knows which.

    **Timing.** The challenger keeps the status quo or demands; the defender concedes or resists.

    **Payoffs.** The status quo is worth 0 to both. A conceded demand brings the challenger
    :math:`g` and costs the defender :math:`\ell`; conflict costs the challenger :math:`k`, a hard
    defender less than :math:`\ell` and a soft one more.
    """

    title = "Kilgour and Zagare (1991), credibility"
    publication = Publication(
        "kilgour and zagare 1991",
        "a threat that is believed only with some probability",
        ("deterrence", "private information"),
        "KilgourZagare1991",
    )

    parameters = declare(
        parameter(
            "credibility",
            "q",
            "(0, 1)",
            "the probability that the defender is hard",
            "probability",
            SOURCE,
        ),
        parameter(
            "gain", "g", "> 0", "what a conceded demand brings the challenger", "payoff", SOURCE
        ),
        parameter(
            "conflict_cost", "k", "> 0", "the challenger's cost of conflict", "payoff", SOURCE
        ),
        parameter(
            "concession_loss", "ell", "> 0", "the defender's loss by conceding", "payoff", SOURCE
        ),
        parameter("hard_cost", "h", "> 0", "a hard defender's cost of conflict", "payoff", SOURCE),
        parameter("soft_cost", "s", "> 0", "a soft defender's cost of conflict", "payoff", SOURCE),
    )

    def constraints(self) -> tuple[Boolean, ...]:
        """A hard defender would rather resist, a soft one concede."""
        s = self.symbols
        return s.h < s.ell, s.ell < s.s

    def form(self) -> ExtensiveForm:
        """Chance, the demand, and the answer of a defender that knows its kind."""
        tree = ExtensiveForm.builder("challenger", "defender", given=self.space, title=self.title)
        tree = tree.chance({"hard": "q", "soft": "1 - q"})
        tree = tree.move("challenger", ["demand", "wait"], after=["hard", "soft"])
        for kind, cost in (("hard", "h"), ("soft", "s")):
            tree = tree.payoffs(f"{kind}/wait", 0, 0)
            place = f"{kind}/demand"
            tree = tree.move("defender", ["resist", "concede"], place, f"{kind} defender")
            tree = tree.payoffs(f"{place}/concede", "g", "-ell")
            tree = tree.payoffs(f"{place}/resist", "-k", f"-{cost}")
        return tree.build()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Perfect Bayesian equilibrium."""
        return ("perfect Bayesian",)

    @quantity("q^*", SOURCE)
    def sufficient_credibility(self) -> Expr:
        """The credibility above which the challenger is deterred."""
        s = self.symbols
        return s.g / (s.g + s.k)


@SECTION.proposition("credible-enough", "equilibrium")
def credible_enough() -> Iterator[Claim]:
    """The challenger waits in equilibrium iff q >= g/(g + k): a likely enough threat is enough."""
    game = KilgourAndZagare1991()
    s = game.symbols
    waits = game.solve()["wait; resist, concede"].condition
    needed = game.quantities["sufficient_credibility"].expression
    yield Claim.of(iff(waits, s.q >= needed), game.space)


@SECTION.proposition("threshold-signs", "sign")
def threshold_signs() -> Iterator[Claim]:
    """The credibility that is needed rises with the challenger's gain, falls with its cost."""
    game = KilgourAndZagare1991()
    needed = game.quantities["sufficient_credibility"].expression
    yield from sign_claims(needed, game.space, g="+", k="-")


@SECTION.proposition("certainty", "false")
def certainty() -> Iterator[Claim]:
    """A threat need not be certain to deter, however much the challenger would gain."""
    game = KilgourAndZagare1991()
    needed = game.quantities["sufficient_credibility"].expression
    yield Claim.refutation(needed >= 1, game.space, "naive: only certainty deters")
    yield Claim.of(needed < 1, game.space, "less is enough")
