"""Every classic game of the catalogue against what its source says."""

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.cases.eeu import cite
from gametheory_eeu.classics import ClassicGame, PublishedEquilibrium, classic, classic_games
from gametheory_eeu.errors import UnknownNameError
from gametheory_eeu.games import Equilibrium

Strategies = tuple[tuple[sp.Expr, ...], ...]


def published(game: ClassicGame, known: PublishedEquilibrium) -> Strategies:
    names = {s.name: s for s in game.game.space.symbols}
    return tuple(tuple(eeu.exact(p, symbols=names) for p in mix) for mix in known.strategies)


def same(equilibrium: Equilibrium, strategies: Strategies) -> bool:
    mine = tuple(equilibrium.strategies.values())
    pairs = zip(sum(mine, ()), sum(strategies, ()), strict=True)
    return all(sp.simplify(a - b) == 0 for a, b in pairs)


@pytest.mark.parametrize("name", classic_games())
def test_the_published_equilibria_are_found_where_the_source_says(name: str) -> None:
    game = classic(name)
    found = game.game.solve(game.concept)
    for known in game.known:
        (equilibrium,) = [e for e in found if same(e, published(game, known))]
        condition = known.condition or "true"
        assert eeu.equivalent(equilibrium.condition, condition, game.game.space).verdict == "proved"
    if game.outcomes:
        paid = {tuple(e.payoffs.values()) for e in found}
        stated = {tuple(map(sp.Rational, outcome)) for outcome in game.outcomes}
        assert stated == paid if game.complete else stated <= paid
        assert found.complete_where == sp.true
    elif game.complete:
        assert len(found) == len(game.known)
        assert found.complete_where == sp.true
    if game.count is not None:
        assert len(found) == game.count
        assert found.complete_where == sp.true


@pytest.mark.parametrize("name", classic_games())
def test_each_has_a_source_in_the_bibliography(name: str) -> None:
    source = classic(name).source
    assert source.note
    assert cite(source.reference) != source.reference


def test_there_are_forty() -> None:
    assert len(classic_games()) >= 40


def test_a_name_that_is_none() -> None:
    with pytest.raises(UnknownNameError, match="Hawk-Dove"):
        classic("Hawk Dove")


def test_hawks_and_doves_at_the_edge_play_in_segments() -> None:
    """At v = c the probabilities v/c and 1 meet, and each player's hawk is met by a segment."""
    found = classic("Hawk-Dove").game.at(v=1, c=1).solve()
    segments = {e.name: e.where for e in found if e.free}
    assert segments.keys() == {"Hawk, Hawk + Dove", "Hawk + Dove, Hawk"}
    assert {e.name for e in found if not e.free} == {"Hawk, Hawk", "Hawk, Dove", "Dove, Hawk"}


def test_two_of_mckelvey_and_mclennans_nine_are_completely_mixed() -> None:
    found = classic("McKelvey and McLennan's Game").game.solve()
    mixed = [e for e in found if all(len(own) == 2 for own in e.support.values())]
    assert len(mixed) == 2
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_naus_only_equilibrium_is_irrational() -> None:
    (equilibrium,) = classic("Nau's Irrational Game").game.solve()
    assert not any(p.is_rational for mix in equilibrium.strategies.values() for p in mix)


def test_the_equilibria_that_refinements_rule_out_are_nash() -> None:
    """Selten (1975): L is Nash in the horse; an entrant may be kept out by an empty threat."""
    horse = classic("Selten's Horse").game.solve("Nash")
    assert (3, 2, 2) in {tuple(e.payoffs.values()) for e in horse}
    entry = classic("Entry Game").game.solve("Nash")
    assert (1, 2) in {tuple(e.payoffs.values()) for e in entry}
