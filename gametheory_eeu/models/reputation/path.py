"""The equilibrium path of the chain-store game, stage by stage, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gametheory_eeu._types import Expr
from gametheory_eeu.core.results import Displayable
from gametheory_eeu.errors import GameTheoryError, TooLargeError

MAX_STAGES = 1000


@dataclass(frozen=True)
class Stage(Displayable):
    """One stage of the equilibrium path under one belief.

    Parameters
    ----------
    members_left : int
        The current member counted.
    belief : Fraction
        The probability of a tough hegemon, as all members believe.
    threshold : Fraction
        The belief at which the member is indifferent.
    reached : Fraction
        How likely play comes to this stage with this belief.
    defies : Fraction
        How likely the member defies here.
    weak_fights : Fraction
        How likely a weak hegemon fights it then.
    fought : Fraction
        How likely it is fought then, by either type.
    belief_after_fight : Fraction
    weak_value : Fraction
        What the rest of the game is worth to a weak hegemon.
    """

    members_left: int
    belief: Fraction
    threshold: Fraction
    reached: Fraction
    defies: Fraction
    weak_fights: Fraction
    fought: Fraction
    belief_after_fight: Fraction
    weak_value: Fraction


@dataclass(frozen=True, repr=False)
class EquilibriumPath(Displayable):
    """The stages that play may reach, in order, with their probabilities."""

    rows: tuple[Stage, ...]
    turns: int

    def __iter__(self) -> Iterator[Stage]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def deterred(self) -> int:
        """Number of members that stay for certain before the first that may defy."""
        first_defiance = next((stage for stage in self.rows if stage.defies > 0), None)
        return self.turns if first_defiance is None else self.turns - first_defiance.members_left

    @property
    def expected_defections(self) -> Fraction:
        """Expected number of members that defy."""
        return sum((stage.reached * stage.defies for stage in self.rows), Fraction(0))

    def weakness_seen(self, members_left: int) -> Fraction:
        """Probability that the hegemon has given way before so many members are left."""
        stages = [
            stage for stage in self.rows if stage.members_left == members_left and stage.belief == 0
        ]
        return sum((stage.reached for stage in stages), Fraction(0))

    def __repr__(self) -> str:
        return f"<course of {self.turns} members: {self.deterred} deterred for certain>"


@dataclass(frozen=True)
class _ChainStore:
    a: Fraction
    b: Fraction
    powers: tuple[Fraction, ...]

    def stage(self, k: int, belief: Fraction, reached: Fraction) -> Stage:
        threshold, next_threshold = self.powers[k], self.powers[k - 1]
        stay_probability = (
            Fraction(1) if belief > threshold else Fraction(0) if belief < threshold else 1 / self.a
        )
        if belief in (0, 1) or belief >= next_threshold:
            fight_probability, posterior = Fraction(belief > 0 and k > 1), belief
        else:
            fight_probability, posterior = (
                belief * (1 - next_threshold) / ((1 - belief) * next_threshold),
                next_threshold,
            )
        resistance = belief + (1 - belief) * fight_probability
        value = self.value(k, belief)
        return Stage(
            k,
            belief,
            threshold,
            reached,
            1 - stay_probability,
            fight_probability,
            resistance,
            posterior,
            value,
        )

    def value(self, k: int, belief: Fraction) -> Fraction:
        """The weak hegemon's value: a for each deterred member, 1 for an indifferent one."""
        deterred = sum(1 for j in range(1, k + 1) if belief > self.powers[j])
        tie = belief in self.powers[1 : k + 1]
        return deterred * self.a + int(tie)


def equilibrium_path(turns: int, a: Expr, b: Expr, p: Expr) -> EquilibriumPath:
    """The equilibrium path of the Kreps–Wilson equilibrium at rational values.

    Between stages a belief stays (the member stayed), rises to the next power of b (it was
    fought) or falls to 0 (the hegemon gave way): at most four beliefs at each stage.
    """
    if turns > MAX_STAGES:
        raise TooLargeError(
            f"{turns} members; the course is exact for at most {MAX_STAGES}. With so many members "
            "all are deterred but the last few: ask for as many as there are powers of b above p"
        )
    if not all(x.is_Rational for x in (a, b, p)):
        raise GameTheoryError(
            "the course needs rational numbers: write game.at(deterrence_payoff=…, "
            "entry_payoff=…, toughness=…).course()"
        )
    a, b, p = (Fraction(int(x.p), int(x.q)) for x in (a, b, p))
    chain_store = _ChainStore(a, b, tuple(b**k for k in range(turns + 1)))
    rows: list[Stage] = []
    reach_probabilities = {p: Fraction(1)}
    for k in range(turns, 0, -1):
        stages = [
            chain_store.stage(k, belief, reach_probabilities[belief])
            for belief in sorted(reach_probabilities, reverse=True)
        ]
        rows += stages
        reach_probabilities = _next_beliefs(stages)
    return EquilibriumPath(tuple(rows), turns)


def _next_beliefs(stages: list[Stage]) -> dict[Fraction, Fraction]:
    probabilities: dict[Fraction, Fraction] = {}
    for stage in stages:
        defiance = stage.reached * stage.defies
        for belief, probability in (
            (stage.belief, stage.reached - defiance),
            (stage.belief_after_fight, defiance * stage.fought),
            (Fraction(0), defiance * (1 - stage.fought)),
        ):
            if probability:
                probabilities[belief] = probabilities.get(belief, Fraction(0)) + probability
    return probabilities
