"""Credible commitment: every assessment returned is one, and every other pure profile is not.

The check is written here in fractions, from the story: three types of hegemon meet one member.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

import pygambit
import pytest
import sympy as sp

import gametheory_eeu as eeu

F = Fraction
Mix = Mapping[str, Mapping[str, Fraction]]
PROFILES = list(product(("join", "stay out"), ("honour", "exploit")))


@dataclass(frozen=True)
class Point:
    mu: Fraction
    sigma: Fraction = F(0)
    b: Fraction = F(1)
    ell: Fraction = F(1)
    o: Fraction = F(0)
    r: Fraction = F(1)
    g: Fraction = F(2)
    v: Fraction = F(0)

    @property
    def game(self) -> eeu.CredibleCommitment:
        return eeu.CredibleCommitment(**vars(self))

    @property
    def chances(self) -> dict[str, Fraction]:
        opportunist = 1 - self.mu
        return {
            "restrained": self.mu,
            "held": opportunist * self.sigma,
            "free": opportunist * (1 - self.sigma),
        }

    def joining(self, node: str, honour: Fraction) -> Fraction:
        """What joining is worth to the member at a node of its information set."""
        kept = honour if node == "free" else F(1)
        return kept * self.b - (1 - kept) * self.ell

    def threshold(self) -> Fraction:
        return (self.ell + self.o - self.sigma * (self.b + self.ell)) / (
            (1 - self.sigma) * (self.b + self.ell)
        )


POINTS = [
    Point(F(1, 4)),
    Point(F(3, 4)),
    Point(F(1, 2)),
    Point(F(0)),
    Point(F(1)),
    Point(F(1, 3), sigma=F(1, 4), b=F(2), ell=F(3)),
    Point(F(1, 3), sigma=F(1, 4), b=F(2), ell=F(3), o=F(-1)),
    Point(F(1, 3), sigma=F(1, 4), b=F(2), ell=F(3), o=F(3, 2)),
    Point(F(0), sigma=F(1, 2)),  # mu* = 0
    Point(F(0), sigma=F(3, 4)),  # mu* < 0: joining is always optimal
    Point(F(1, 5), sigma=F(1, 2), b=F(2), ell=F(1)),  # mu* = -1/3
    Point(F(1), o=F(1)),  # mu* = 1
    Point(F(1), o=F(2)),  # mu* > 1: staying out is always optimal
]


def fractions(mixes: Mapping[str, Mapping[str, Any]]) -> Mix:
    return {
        k: {a: F(int(sp.Rational(p).p), int(sp.Rational(p).q)) for a, p in mix.items()}
        for k, mix in mixes.items()
    }


def faults(point: Point, profile: Mix, beliefs: Mix | None) -> set[str]:
    """Where an assessment fails; without beliefs, as a Nash equilibrium only."""
    join, honour = profile["member"]["join"], profile["free opportunist"]["honour"]
    found = set()
    weights = point.chances if beliefs is None else dict(beliefs["member"])
    if beliefs is not None and weights != point.chances:  # nature alone leads to the member
        found.add("beliefs")
    worth = sum(weights[node] * point.joining(node, honour) for node in weights)
    if (worth > point.o and join < 1) or (worth < point.o and join > 0):
        found.add("member")
    asked = beliefs is not None or point.chances["free"] * join > 0
    if asked and honour > 0:  # g > r
        found.add("free opportunist")
    return found


def at_members(equilibrium: eeu.Equilibrium) -> Iterator[tuple[Mix, Mix]]:
    """The assessments of a family at a grid of its indices, corners included."""
    grid = [sp.Rational(k, 12) for k in range(13)]
    for values in product(grid, repeat=len(equilibrium.free)):
        at = dict(zip(equilibrium.free, values, strict=True))
        if sp.sympify(equilibrium.where).xreplace(at) == sp.true:
            profile = {
                k: {a: sp.sympify(p).xreplace(at) for a, p in mix.items()}
                for k, mix in equilibrium.profile.items()
            }
            yield fractions(profile), fractions(equilibrium.beliefs)


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_perfect_bayesian_assessments_are_sound(point: Point) -> None:
    found = list(point.game.solve())
    assert found
    for equilibrium in found:
        assessments = list(at_members(equilibrium))
        assert assessments
        for profile, beliefs in assessments:
            assert faults(point, profile, beliefs) == set()


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_every_other_pure_profile_fails_where_it_is_said_to(point: Point) -> None:
    game = point.game
    families = [(profile, e.name) for e in game.solve() for profile, _ in at_members(e)]
    for member, opportunist in PROFILES:
        pure = {"member": member, "free opportunist": opportunist}
        mixes = {
            "member": {"join": F(member == "join"), "stay out": F(member == "stay out")},
            "free opportunist": {
                "honour": F(opportunist == "honour"),
                "exploit": F(opportunist == "exploit"),
            },
        }
        examined = game.examine(pure)
        where = {text.removeprefix("at ").partition(":")[0] for text in examined.failures}
        expected = faults(point, mixes, {"member": point.chances})
        assert where == expected
        assert any(profile == mixes for profile, _ in families) == (not expected)
        assert bool(examined) == (not expected)


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_every_equilibrium_is_verified_on_its_whole_region(concept: str) -> None:
    verified = eeu.CredibleCommitment(outside_option="o").solve(concept).verify()
    assert {name: result.verdict for name, result in verified.items()} == dict.fromkeys(
        verified, "proved"
    )


@pytest.mark.parametrize("point", POINTS, ids=str)
@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_every_equilibrium_is_verified_at_points(point: Point, concept: str) -> None:
    assert all(map(bool, point.game.solve(concept).verify().values()))


def test_verification_refutes_what_is_no_equilibrium() -> None:
    game = Point(F(1, 4)).game
    (out,) = game.solve()
    doctored = replace(out, profile={**out.profile, "member": {"join": 1, "stay out": 0}})
    assert doctored.verify().failures == ("at member: stay out gains nothing",)
    believed = {**out.beliefs, "member": {"restrained": 1, "held": 0, "free": 0}}
    assert "at member: beliefs follow Bayes' rule" in (
        replace(out, beliefs=believed).verify().failures
    )


def gambit_file(point: Point) -> str:
    """The game tree in Gambit's own format."""
    kinds = {kind: chance for kind, chance in point.chances.items() if chance > 0}
    kept = f't "" 1 "" {{ {point.b}, {point.r} }}'
    out = f't "" 2 "" {{ {point.o}, {point.v} }}'
    broken = f't "" 3 "" {{ {-point.ell}, {point.g} }}'
    lines = ['EFG 2 R "" { "member" "hegemon" }']
    lines += ['c "" 1 "" { ' + " ".join(f'"{k}" {chance}' for k, chance in kinds.items()) + " } 0"]
    for kind in kinds:
        lines.append('p "" 1 1 "" { "join" "stay out" } 0')
        lines += (
            ['p "" 2 1 "" { "honour" "exploit" } 0', kept, broken] if kind == "free" else [kept]
        )
        lines.append(out)
    return "\n".join(lines)


def by_pygambit(point: Point) -> set[tuple[Fraction, Fraction]]:
    """The extreme Nash equilibria of the extensive form: chances of joining, of honouring."""
    game = pygambit.read_efg(io.StringIO(gambit_file(point)))
    found = pygambit.nash.enummixed_solve(game, rational=True).equilibria
    firsts = ([chance for _, chance in (next(iter(e[p])) for p in game.players)] for e in found)
    return {(F(str(join)), F(str(honour))) for join, honour in firsts}


@pytest.mark.parametrize("point", [p for p in POINTS if p.mu < 1], ids=str)
def test_nash_equilibria_are_those_of_pygambit(point: Point) -> None:
    """Its extreme equilibria are the ends of our families, and nothing else."""
    ends: set[tuple[Fraction, Fraction]] = set()
    for e in point.game.solve("Nash"):
        low, high = F(0), F(1)
        if e.name == "stay out, incredible promise":  # the most honour that keeps "out" optimal
            most = 1 - (point.mu + (1 - point.mu) * point.sigma)
            worth = point.b - most * (point.b + point.ell)
            high = min(F(1), (point.o - worth) / (most * (point.b + point.ell)))
            ends.add((F(0), high))
        elif e.free:
            ends |= {(low, F(0)), (high, F(0))}
        else:
            (mixes,) = [fractions(e.profile)]
            ends.add((mixes["member"]["join"], mixes["free opportunist"]["honour"]))
    assert by_pygambit(point) == ends
    for join, honour in ends:
        profile = {
            "member": {"join": join, "stay out": 1 - join},
            "free opportunist": {"honour": honour, "exploit": 1 - honour},
        }
        assert faults(point, profile, None) == set()


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_nash_families_are_all_of_them(point: Point) -> None:
    """On a grid of mixed profiles: an equilibrium by the independent check iff in a family."""
    families = list(point.game.solve("Nash"))
    grid = [F(k, 8) for k in range(9)]
    for join, honour in product(grid, grid):
        profile = {
            "member": {"join": join, "stay out": 1 - join},
            "free opportunist": {"honour": honour, "exploit": 1 - honour},
        }
        inside = [e.name for e in families if _contains(e, join, honour)]
        assert len(inside) == (not faults(point, profile, None)), (join, honour, inside)


def _contains(equilibrium: eeu.Equilibrium, join: Fraction, honour: Fraction) -> bool:
    wanted = {"member": sp.Rational(join), "free opportunist": sp.Rational(honour)}
    at = {}
    for information_set, action in (("member", "join"), ("free opportunist", "honour")):
        chance = equilibrium.profile[information_set][action]
        if chance in equilibrium.free:
            at[chance] = wanted[information_set]
        elif chance != wanted[information_set]:
            return False
    return bool(sp.sympify(equilibrium.where).xreplace(at) == sp.true)


def test_trust_of_zero_is_complete_information() -> None:
    """No membership, though both sides would gain from an honoured one."""
    game = eeu.CredibleCommitment(mu=0, sigma=0)
    (out,) = game.solve()
    assert out.name == "stay out"
    honoured = {"member": "join", "free opportunist": "honour"}
    for player in game.players:
        gain = game.payoff(honoured, player) - out.payoffs[player]
        assert eeu.prove(gain > 0, given=game.space).verdict == "proved"


def test_incredible_promises_are_nash_and_not_perfect() -> None:
    game = Point(F(1, 4)).game
    profile = {"member": "stay out", "free opportunist": {"honour": "1/4", "exploit": "3/4"}}
    assert bool(game.examine(profile, "Nash"))
    assert game.examine(profile).failures == ("at free opportunist: exploit gains nothing",)
    assert "stay out, incredible promise" not in game.solve().names
