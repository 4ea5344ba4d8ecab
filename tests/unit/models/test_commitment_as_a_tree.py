"""The trust game's closed form against the general engine for trees, cell by cell."""

import random

import pytest
import sympy as sp

import gametheory_eeu as eeu


def as_tree(game: eeu.CredibleCommitment) -> eeu.ExtensiveForm:
    return eeu.ExtensiveForm(game.tree, game.players, given=game.space)


@pytest.fixture(scope="module")
def solved() -> dict[str, sp.Basic]:
    return {e.name: e.condition for e in as_tree(eeu.CredibleCommitment()).solve()}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("join; exploit", ("join", "indifferent")),
        ("stay out; exploit", ("stay out", "indifferent")),
        ("join + stay out; exploit (tie)", ("indifferent",)),
    ],
)
def test_in_symbols(solved: dict[str, sp.Basic], ours: str, theirs: tuple[str, ...]) -> None:
    """The closed form's tie is a closed interval; the engine's families share no point."""
    game = eeu.CredibleCommitment()
    closed = game.solve()
    union = sp.Or(*(closed[name].condition for name in theirs))
    assert len(solved) == 3
    assert eeu.equivalent(solved[ours], union, given=game.space).verdict == "proved"


def chances_of_joining(found: eeu.EquilibriumSet, place: str = "member") -> set[object]:
    """Zero, one, and "between" for any probability between them."""
    chances: set[object] = set()
    for e in found:
        chance = e.profile[place]["join"]
        whole = e.where.has(sp.Ge, sp.Le) and not e.where.has(sp.Gt, sp.Lt)
        chances |= {chance} if chance.is_number else {"between", *((0, 1) if whole else ())}
    return chances


def test_at_points_of_every_cell() -> None:
    rng, seen = random.Random(4), set()
    for k in range(30):
        b, ell = rng.randint(1, 4), rng.randint(1, 4)
        sigma = sp.Rational(rng.randint(0, 4), 5)
        threshold = (ell - sigma * (b + ell)) / ((1 - sigma) * (b + ell))
        mu = threshold if k % 3 == 0 and threshold >= 0 else sp.Rational(rng.randint(0, 6), 6)
        game = eeu.CredibleCommitment(mu=mu, sigma=sigma, b=b, ell=ell, r=1, g=2, v=0)
        theirs = chances_of_joining(game.solve())
        assert chances_of_joining(as_tree(game).solve()) == theirs
        seen.add(frozenset(map(str, theirs)))
    assert len(seen) == 3
