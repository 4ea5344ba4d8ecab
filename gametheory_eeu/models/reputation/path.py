"""The course of a reputation: the path of play of the chain store, stage by stage, exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gametheory_eeu._types import Expr
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import GameTheoryError, TooLargeError

MOST_STAGES = 1000


@dataclass(frozen=True)
class Stage(Shown):
    """What happens at one stage under one belief that play may bring about.

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
class Course(Shown):
    """Every stage that play may reach, in order, with its probability."""

    rows: tuple[Stage, ...]
    turns: int

    def __iter__(self) -> Iterator[Stage]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def deterred(self) -> int:
        """How many members stay for certain before the first that may defy."""
        first = next((row for row in self.rows if row.defies > 0), None)
        return self.turns if first is None else self.turns - first.members_left

    @property
    def expected_defections(self) -> Fraction:
        """How many members defy on average."""
        return sum((row.reached * row.defies for row in self.rows), Fraction(0))

    def weakness_seen(self, members_left: int) -> Fraction:
        """How likely the hegemon has given way before so many members are left."""
        at = [row for row in self.rows if row.members_left == members_left and row.belief == 0]
        return sum((row.reached for row in at), Fraction(0))

    def __repr__(self) -> str:
        return f"<course of {self.turns} members: {self.deterred} deterred for certain>"


@dataclass(frozen=True)
class _Numbers:
    a: Fraction
    b: Fraction
    powers: tuple[Fraction, ...]

    def stage(self, k: int, belief: Fraction, reached: Fraction) -> Stage:
        own, rest = self.powers[k], self.powers[k - 1]
        stays = Fraction(1) if belief > own else Fraction(0) if belief < own else 1 / self.a
        if belief in (0, 1) or belief >= rest:
            fights, after = Fraction(belief > 0 and k > 1), belief
        else:
            fights, after = belief * (1 - rest) / ((1 - belief) * rest), rest
        fought = belief + (1 - belief) * fights
        value = self.value(k, belief)
        return Stage(k, belief, own, reached, 1 - stays, fights, fought, after, value)

    def value(self, k: int, belief: Fraction) -> Fraction:
        """Every member deterred pays a; the first indifferent one 1 on average; the rest 0."""
        deterred = sum(1 for j in range(1, k + 1) if belief > self.powers[j])
        tie = belief in self.powers[1 : k + 1]
        return deterred * self.a + int(tie)


def course(turns: int, a: Expr, b: Expr, p: Expr) -> Course:
    """The course of the Kreps–Wilson equilibrium at rational values.

    Between stages a belief stays (the member stayed), rises to the next power of b (it was
    fought) or falls to 0 (the hegemon gave way): at most four beliefs at each stage.
    """
    if turns > MOST_STAGES:
        raise TooLargeError(
            f"{turns} members; the course is exact for at most {MOST_STAGES}. With so many members "
            "all are deterred but the last few: ask for as many as there are powers of b above p"
        )
    if not all(x.is_Rational for x in (a, b, p)):
        raise GameTheoryError(
            "the course needs rational numbers: write game.at(deterrence_payoff=…, "
            "entry_payoff=…, toughness=…).course()"
        )
    a, b, p = (Fraction(int(x.p), int(x.q)) for x in (a, b, p))
    numbers = _Numbers(a, b, tuple(b**k for k in range(turns + 1)))
    rows: list[Stage] = []
    now = {p: Fraction(1)}
    for k in range(turns, 0, -1):
        stages = [numbers.stage(k, belief, now[belief]) for belief in sorted(now, reverse=True)]
        rows += stages
        now = _after(stages)
    return Course(tuple(rows), turns)


def _after(stages: list[Stage]) -> dict[Fraction, Fraction]:
    then: dict[Fraction, Fraction] = {}
    for row in stages:
        defied = row.reached * row.defies
        for belief, chance in (
            (row.belief, row.reached - defied),
            (row.belief_after_fight, defied * row.fought),
            (Fraction(0), defied * (1 - row.fought)),
        ):
            if chance:
                then[belief] = then.get(belief, Fraction(0)) + chance
    return then
