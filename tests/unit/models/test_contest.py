"""The bandwagoning contest: thresholds, named instances, ties, limits (THEORY 3a)."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import DoesNotExistError, TooLargeError
from gametheory_eeu.models.bandwagoning_contest.equilibrium_search import (
    MAX_MEMBERS,
    MAX_SYMBOLIC_MEMBERS,
)

Contest = eeu.BandwagoningContest
Q = sp.Rational
EXAMPLE: dict[str, Any] = {"R": 1, "w": 1, "n": 4, "c": 0.05, "tau": 0.5, "lam": 0.9}


@dataclass(frozen=True)
class Instance:
    """A contest and the names of all its pure equilibria."""

    what: str
    values: dict[str, Any]
    names: tuple[str, ...]


SPIKY = {"R": 1, "w": 1, "n": 6, "c": "1/20", "tau": ".89", "lam": ".9"}
UNEQUAL = {
    "P": "63/20", "R": "7/5", "w": (3, 3, 10), "c": "1/20", "tau": "13/40", "lam": "23/40",
}  # fmt: skip
INSTANCES = [
    Instance("P_abs <= P_J, balancing", {**SPIKY, "P": 5}, ("all-Wait", "all-Balance")),
    Instance("P_abs <= P_J, at P_abs", {**SPIKY, "P": 98}, ("all-Wait",)),
    Instance("unequal weights", UNEQUAL, ("all-Wait", "Balance/Balance/Wait")),
    Instance("below every threshold", {**EXAMPLE, "P": ".2"}, ("all-Wait",)),
    Instance("above P_rel", {**EXAMPLE, "P": ".22"}, ("all-Wait", "all-Balance")),
    Instance("at P_J", {**EXAMPLE, "P": 2.5},
             ("all-Wait", "all-Join", "Join/Wait", "all-Balance")),
    Instance("soft dominance", {**EXAMPLE, "P": 3}, ("all-Join", "all-Balance")),
    Instance("at P_abs", {**EXAMPLE, "P": 5}, ("all-Join", "all-Balance")),
    Instance("above P_abs", {**EXAMPLE, "P": "5.01"}, ("all-Join",)),
    Instance("one member never balances", {**EXAMPLE, "n": 1, "P": 2}, ("all-Wait",)),
    Instance("one member, at P_J", {**EXAMPLE, "n": 1, "P": 2.5}, ("all-Wait", "all-Join")),
    Instance("two members, at P_J", {**EXAMPLE, "n": 2, "P": 2.5},
             ("all-Wait", "all-Join", "Join/Wait", "all-Balance")),
]  # fmt: skip


@pytest.mark.parametrize("case", INSTANCES, ids=lambda case: case.what)
def test_equilibria(case: Instance) -> None:
    found = Contest(**case.values).solve()
    assert found.names == case.names
    assert {e.condition for e in found} == {sp.true}
    assert found.complete_where == sp.true
    assert found.exact


@pytest.mark.parametrize("case", INSTANCES, ids=lambda case: case.what)
def test_equilibria_verify(case: Instance) -> None:
    verified = Contest(**case.values).solve().verify()
    assert {name: result.verdict for name, result in verified.items()} == dict.fromkeys(
        case.names, "proved"
    )


def test_thresholds_of_the_instance_with_low_absolute_threshold() -> None:
    game = Contest(**SPIKY)
    assert (game.absolute_threshold, game.joining_threshold) == (98, 178)
    assert float(game.balancing_threshold) == pytest.approx(0.173, abs=5e-4)
    assert float(game.upper_balancing_threshold) == pytest.approx(80.83, abs=5e-3)
    assert game.dominance_threshold == 178


@pytest.mark.parametrize("form", [{"w": 1, "n": 4}, {"w": [1, 1, 1, 1], "n": None}], ids=str)
def test_thresholds_of_the_example(form: dict[str, Any]) -> None:
    values = {k: v for k, v in {**EXAMPLE, **form}.items() if v is not None}
    game = Contest(**values)
    assert (game.joining_threshold, game.absolute_threshold) == (Q(5, 2), 5)
    low, high = game.balancing_threshold, game.upper_balancing_threshold
    assert str(sp.N(low, 17)).startswith("0.21373795")
    assert sp.expand(low * high) == (1 + 1) * (1 + 4)
    assert Contest(**values, P=2).shortfall == 3
    assert Contest(**values, P_max=2).ceiling_gap == 3


def test_thresholds_solve_the_indifference_they_name() -> None:
    s = Contest().symbols
    game = Contest(n=3)
    wait, balance = (game.cost(a, s.w, 3 * s.w) for a in ("Wait", "Balance"))
    named = {
        "joining_threshold": wait - s.tau,
        "absolute_threshold": balance - s.tau,
        "balancing_threshold": wait - balance,
        "upper_balancing_threshold": wait - balance,
    }
    for name, gap in named.items():
        assert sp.simplify(gap.subs(s.P, game.quantities[name].expression)) == 0


def test_roots_are_real_exactly_where_the_theory_says() -> None:
    game = Contest()
    s = game.symbols
    total = s.n * s.w
    claimed = s.lam * (total - s.w) >= s.c * (sp.sqrt(s.R + s.w) + sp.sqrt(s.R + total)) ** 2
    exists = game.quantities["balancing_threshold"].exists_when
    assert eeu.equivalent(exists, claimed, given=game.space).verdict == "proved"
    never = eeu.prove(sp.Not(exists), given=[game.space, sp.Eq(s.n, 1)])
    assert never.verdict == "proved"


def test_order_of_the_thresholds_under_soft_dominance() -> None:
    """If P_J < P_abs then P_rel < P_J < P_abs < P_hi: P_J and P_abs lie between the roots."""
    game = Contest()
    s, q = game.symbols, {k: v.expression for k, v in game.quantities.items()}
    quadratic, _, _ = game._quadratic
    given = [game.space, s.n >= 2, q["joining_threshold"] < q["absolute_threshold"]]
    for name in ("joining_threshold", "absolute_threshold"):
        inside = sp.Lt(sp.together(quadratic.subs(s.P, q[name])), 0)
        assert eeu.prove(inside, given=given).verdict == "proved"


def test_dominance_is_strict_exactly_above_its_threshold() -> None:
    for power, dominant in ((5, False), (Fraction(501, 100), True)):
        game = Contest(P=power, **{k: v for k, v in EXAMPLE.items() if k != "n"}, members=4)
        beaten = [
            game.payoff(dict(zip(game.players, ("Join", *others), strict=True)), "1")
            > game.payoff(dict(zip(game.players, (own, *others), strict=True)), "1")
            for own in ("Wait", "Balance")
            for others in product(("Join", "Wait", "Balance"), repeat=3)
        ]
        assert all(map(bool, beaten)) == dominant


def test_every_lemma_is_proved() -> None:
    lemmas = Contest.lemmas()
    assert [proof.verdict for proof in lemmas] == ["proved"] * len(lemmas)
    assert not any(proof.vacuous for proof in lemmas)
    assert len(lemmas) >= 3


@pytest.mark.parametrize("members", [1, 2, 3])
def test_symbolic_equilibria_verify_on_their_regions(members: int) -> None:
    found = Contest(members=members).solve()
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_equal_members_verify_for_every_number() -> None:
    assert {v.verdict for v in Contest().solve().verify().values()} == {"proved"}


def test_verification_refutes_what_is_no_equilibrium() -> None:
    joined = Contest(**EXAMPLE, P=3).solve()["all-Join"]
    waiting = {"member": {"Join": 0, "Wait": 1, "Balance": 0}}
    assert replace(joined, profile=waiting).verify().failures == (
        "a member that plays Wait: Join gains nothing",
    )


def test_conditions_of_equal_members() -> None:
    game = Contest()
    s = game.symbols
    threshold = s.tau * (s.R + s.w) / (s.lam - s.tau)
    found = {e.name: e.condition for e in game.solve()}
    expected = {
        "all-Wait": s.P <= threshold,
        "all-Join": s.P >= threshold,
        "Join/Wait": sp.And(sp.Eq(s.P, threshold), s.n >= 2),
    }
    for name, condition in expected.items():
        assert eeu.equivalent(found[name], condition, given=game.space).verdict == "proved"


def test_soft_dominance_is_where_both_exist() -> None:
    game = Contest()
    found = game.solve()
    both = sp.And(found["all-Join"].condition, found["all-Balance"].condition)
    assert eeu.equivalent(game.soft_dominance, both, given=game.space).verdict == "proved"
    pair = Contest(members=2)
    found = pair.solve()
    both = sp.And(found["all-Join"].condition, found["all-Balance"].condition)
    assert eeu.equivalent(pair.soft_dominance, both, given=pair.space).verdict == "proved"


@pytest.mark.parametrize("power", [1, 3, 6])
def test_soft_dominance_at_numbers(power: int) -> None:
    assert bool(Contest(**EXAMPLE, P=power).soft_dominance) == (power == 3)


def test_twelve_unequal_members() -> None:
    values = {**UNEQUAL, "w": [Q(k, 3) for k in range(1, 13)]}
    game = Contest(**values)
    thresholds = game.joining_thresholds
    joined = {
        m: "Join" if thresholds[m] < game.values[game.symbols.P] else "Wait" for m in thresholds
    }
    without_balance, *coalitions = game.solve()
    assert without_balance.support == {m: (action,) for m, action in joined.items()}
    assert coalitions
    for equilibrium in coalitions:
        assert {a for (a,) in equilibrium.support.values()} <= {"Balance", "Wait"}
        assert bool(equilibrium.verify())


def test_a_mixed_profile_pays_what_its_pure_ones_do_on_average() -> None:
    game = Contest(**UNEQUAL)
    p, q = sp.symbols("p q", real=True)
    mixes = {
        "1": {"Balance": p, "Wait": 1 - p},
        "2": {"Join": q, "Balance": 1 - q},
        "3": {"Balance": Q(1, 3), "Wait": Q(2, 3)},
    }
    for member in game.players:
        average = sp.Add(*(
            sp.Mul(*(mixes[m].get(a, 0) for m, a in zip(mixes, pure, strict=True)))
            * game.payoff(dict(zip(mixes, pure, strict=True)), member)
            for pure in product(game.actions, repeat=3)
        ))  # fmt: skip
        assert sp.expand(game.payoff(mixes, member) - average) == 0


def test_known_weights_leave_one_set_of_balancers_for_each_weight() -> None:
    """The rest stays a symbol, and the conditions are those of the whole search."""
    found = Contest(w=[3, 10, 3]).solve()
    balancing = [e.name for e in found if "Balance" in e.name]
    assert balancing == ["Balance/Wait/Balance", "all-Balance"]
    every = Contest(members=3).solve().at(w=[3, 10, 3])
    assert every.names == found.names


def test_irrational_values_are_decided_exactly() -> None:
    """P_J = 5/2 lies between sqrt(6) and sqrt(7)."""
    assert Contest(**{**EXAMPLE, "n": 2}, P="sqrt(7)").solve().names[0] == "all-Join"
    values = {k: v for k, v in EXAMPLE.items() if k != "n"}
    assert "all-Join" not in Contest(**values, members=2, P="sqrt(6)").solve().names


@dataclass(frozen=True)
class TooLarge:
    what: str
    game: eeu.BandwagoningContest
    message: str


@pytest.mark.parametrize(
    "case",
    [
        TooLarge("numbers", Contest(**{**UNEQUAL, "w": range(1, MAX_MEMBERS + 2)}),
                 rf"{MAX_MEMBERS + 1} unequal members .* at most {MAX_MEMBERS} .*numbers"),
        TooLarge("symbols", Contest(members=MAX_SYMBOLIC_MEMBERS + 1),
                 rf"at most {MAX_SYMBOLIC_MEMBERS} .*symbols.* leave members= out"),
    ],
    ids=lambda case: case.what,
)  # fmt: skip
def test_more_members_than_a_search_can_take_are_refused(case: TooLarge) -> None:
    with pytest.raises(TooLargeError, match=case.message):
        case.game.solve()


@dataclass(frozen=True)
class Absent:
    what: str
    game: eeu.BandwagoningContest
    quantity: str
    message: str


@pytest.mark.parametrize(
    "case",
    [
        Absent("complex roots", Contest(R=1, w=1, n=1, c="1/4", tau="1/2", lam="3/4"),
               "balancing_threshold", "balancing_threshold does not exist at these values"),
        Absent("complex roots, n = 2", Contest(R=1, w=1, n=2, c="1/4", tau="1/2", lam="3/4"),
               "upper_balancing_threshold", "does not exist at these values"),
        Absent("unequal weights", Contest(R=1, w=[1, 2], c=".05", tau=".5", lam=".9"),
               "balancing_threshold", "does not exist"),
        Absent("equal members have one threshold", Contest(), "joining_thresholds",
               "joining_thresholds does not exist in this form"),
    ],
    ids=lambda case: case.what,
)  # fmt: skip
def test_quantity_where_it_does_not_exist_is_refused(case: Absent) -> None:
    with pytest.raises(DoesNotExistError, match=case.message):
        getattr(case.game, case.quantity)


def test_the_answer_says_where_and_why_it_is_complete() -> None:
    found = Contest().solve()
    assert found.complete_where == sp.true
    assert "lemmas" in found.why
    assert found.method == "closed form"
