"""What keeps the hegemon's word by any punishment: against every pair of plans with two states.

A plan here is an automaton of two states, each with what both do and where each outcome leads;
payoffs are solved for in fractions and every one-shot deviation of either side is looked at. No
code of the library is used.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu

OUTCOMES = ("out", "honour", "exploit")
ALL = "delta", "alpha", "r", "g", "v", "d", "k_b"
Pays = dict[str, tuple[Fraction, Fraction]]
Plan = tuple[tuple[str, str, tuple[int, ...]], ...]


def pays(x: dict[str, Fraction]) -> Pays:
    """What each outcome pays the member (b = ell = 1) and the hegemon."""
    kept, broken = x["r"] - x["d"] * x["alpha"], x["g"] - x["k_b"] * x["alpha"]
    one = Fraction(1)
    return {"out": (Fraction(0), x["v"]), "honour": (one, kept), "exploit": (-one, broken)}


def plans() -> Iterator[Plan]:
    """In each of two states: the outcome on the path, the reply off it, where outcomes lead."""
    played = [("out", "honour"), ("out", "exploit"), ("honour", "honour"), ("exploit", "exploit")]
    states = [(*what, then) for what in played for then in product((0, 1), repeat=3)]
    for first in states:
        if first[0] == "honour" and first[2][1] == 0:  # honouring for ever from the start
            for second in states:
                yield first, second


PLANS = tuple(plans())


def worth(plan: Plan, stage: Pays, who: int, delta: Fraction) -> tuple[Fraction, Fraction]:
    """What the plan is worth from each state on, on average."""
    first = stage["honour"][who]
    outcome, _, then = plan[1]
    now = stage[outcome][who]
    if then[OUTCOMES.index(outcome)] == 1:
        return first, now
    return first, (1 - delta) * now + delta * first


def is_perfect(plan: Plan, stage: Pays, delta: Fraction) -> bool:
    """Whether no one-shot deviation of either side pays in either state."""
    values = [worth(plan, stage, who, delta) for who in (0, 1)]
    for outcome, reply, then in plan:

        def follows(what: str, who: int, then: tuple[int, ...] = then) -> Fraction:
            return (1 - delta) * stage[what][who] + delta * values[who][then[OUTCOMES.index(what)]]

        other = "exploit" if reply == "honour" else "honour"
        if follows(other, 1) > follows(reply, 1):
            return False
        elsewhere = reply if outcome == "out" else "out"
        if follows(elsewhere, 0) > follows(outcome, 0):
            return False
    return True


def kept(x: dict[str, Fraction]) -> bool:
    stage = pays(x)
    return any(is_perfect(plan, stage, x["delta"]) for plan in PLANS)


def values(delta: int, alpha: int, v: int, steps: tuple[int, int], d: int, k_b: int) -> dict[
    str, Fraction
]:  # fmt: skip
    r = Fraction(v + steps[0], 2)
    return {
        "delta": Fraction(delta, 12), "alpha": Fraction(alpha, 4), "v": Fraction(v, 2), "r": r,
        "g": r + Fraction(steps[1], 2), "d": Fraction(d, 2), "k_b": Fraction(k_b, 2),
    }  # fmt: skip


POINTS = st.builds(
    values, st.integers(1, 11), st.integers(0, 4), st.integers(-3, 2),
    st.tuples(st.integers(1, 6), st.integers(1, 6)), st.integers(0, 20), st.integers(1, 26),
)  # fmt: skip
DEFEATED = {"delta": Fraction(2, 5), "alpha": Fraction(1, 2), "v": Fraction(0), "r": Fraction(1),
            "g": Fraction(2), "d": Fraction(10), "k_b": Fraction(12)}  # fmt: skip


@settings(max_examples=30)
@given(POINTS)
@example(DEFEATED)
@example({**DEFEATED, "alpha": Fraction(499, 1000)})
@example({**DEFEATED, "d": Fraction(8, 5), "k_b": Fraction(3), "alpha": Fraction(1)})
def test_the_word_is_kept_in_some_equilibrium_exactly_where_it_is_said(
    x: dict[str, Fraction],
) -> None:
    game = eeu.RepeatedCommitment(b=1, ell=1, **{name: x[name] for name in ALL})
    assert bool(game.sustainable) is kept(x)
    keeping = set(game.solve().names) & {"grim trigger", "always honour"}
    assert bool(game.sustainable) is bool(keeping)


def test_where_binding_defeats_grim_trigger_honouring_may_pay_at_once() -> None:
    game = eeu.RepeatedCommitment(b=1, ell=1, **{name: DEFEATED[name] for name in ALL})
    assert game.binding_cases["binding defeats itself"] is not False
    assert kept(DEFEATED)
    assert game.solve().names == ("always honour", "never honour")
    assert game.solve()["always honour"].payoffs["hegemon"] == -4  # less than v = 0
    assert not kept({**DEFEATED, "alpha": Fraction(499, 1000)})
