"""Solving trees: signalling, simultaneous moves inside, ties, and the check of any assessment."""

import copy
import pickle

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, TooLargeError

build = eeu.ExtensiveForm.builder


def beer_quiche(strong: str) -> eeu.ExtensiveForm:
    """Cho and Kreps (1987): the sender likes its own breakfast (1) and not to be duelled (2)."""
    builder = build("sender", "receiver", given="0 < p < 1")
    builder.chance({"strong": strong, "weak": f"1 - ({strong})"})
    for kind in ("strong", "weak"):
        builder.move("sender", ["beer", "quiche"], kind)
    for meal in ("beer", "quiche"):
        builder.move("receiver", ["duel", "defer"], f"*/{meal}")
    for kind, liked in (("strong", "beer"), ("weak", "quiche")):
        for meal in ("beer", "quiche"):
            own = int(meal == liked)
            builder.payoffs(f"{kind}/{meal}/duel", own, int(kind == "weak"))
            builder.payoffs(f"{kind}/{meal}/defer", own + 2, int(kind == "strong"))
    return builder.build()


def entry(outside: object = 0) -> eeu.ExtensiveForm:
    builder = build("entrant", "incumbent").move("entrant", ["in", "out"])
    builder.move("incumbent", ["fight", "yield"], "in").payoffs("out", outside, 2)
    return builder.payoffs("in/fight", -1, -1).payoffs("in/yield", 1, 0).build()


@pytest.fixture(scope="module")
def signalling() -> eeu.EquilibriumSet:
    return beer_quiche("p").solve()


def test_pooling_and_semi_separating(signalling: eeu.EquilibriumSet) -> None:
    conditions = {e.name: e.condition for e in signalling}
    p = sp.Symbol("p", real=True)
    assert conditions["beer, beer; defer, duel"] == (p >= sp.Rational(1, 2))
    assert conditions["beer, beer + quiche; duel + defer, duel"] == (p < sp.Rational(1, 2))
    assert signalling.complete_where == sp.true
    mixed = signalling["beer, beer + quiche; duel + defer, duel"]
    assert sp.simplify(mixed.profile["sender after weak"]["beer"] - p / (1 - p)) == 0
    assert mixed.profile["receiver after beer"]["duel"] == sp.S.Half


def test_beliefs_off_the_path_are_a_family(signalling: eeu.EquilibriumSet) -> None:
    pooling = signalling["beer, beer; defer, duel"]
    (mu,) = pooling.free
    assert pooling.beliefs["receiver after quiche"] == {"strong": mu, "weak": 1 - mu}
    assert pooling.where == sp.And(mu >= 0, mu <= sp.Rational(1, 2))


def test_every_equilibrium_is_verified(signalling: eeu.EquilibriumSet) -> None:
    assert {v.verdict for v in signalling.verify().values()} == {"proved"}


@pytest.mark.parametrize("p", ["1/10", "1/2", "9/10"])
def test_symbols_agree_with_numbers(signalling: eeu.EquilibriumSet, p: str) -> None:
    value = {sp.Symbol("p", real=True): sp.Rational(p)}
    there = {e.name for e in signalling if e.condition.subs(value) == sp.true}
    assert there == set(signalling.at(p=p).names)


def test_a_simultaneous_subgame_is_solved_in_mixed_strategies() -> None:
    """Battle of the sexes with an outside option (Kohlberg and Mertens 1986)."""
    builder = build("1", "2", given="v > 0").move("1", ["out", "in"]).move("1", ["B", "S"], "in")
    builder.move("2", ["b", "s"], ["in/B", "in/S"]).payoffs("out", "v", 2)
    builder.payoffs("in/B/b", 3, 1).payoffs("in/S/s", 1, 3)
    game = builder.payoffs("in/B/s", 0, 0).payoffs("in/S/b", 0, 0).build()
    v = game.symbols[0]
    conditions = {e.name: e.condition for e in game.solve("subgame perfect")}
    assert conditions == {
        "in, B; b": v <= 3,
        "out, B; b": v >= 3,
        "out + in, B; b (tie)": sp.Eq(v, 3),
        "in, S; s": v <= 1,
        "out, S; s": v >= 1,
        "out + in, S; s (tie)": sp.Eq(v, 1),
        "in, B + S; b + s": v <= sp.Rational(3, 4),
        "out, B + S; b + s": v >= sp.Rational(3, 4),
        "out + in, B + S; b + s (tie)": sp.Eq(v, sp.Rational(3, 4)),
    }


def test_a_threat_is_nash_and_not_subgame_perfect() -> None:
    game = entry()
    assert game.solve().names == ("in; yield",)
    nash = {e.name for e in game.solve("Nash")}
    assert nash == {"in; yield", "out; fight", "out; fight + yield (tie)"}
    threat = {"entrant": "out", "incumbent": "fight"}
    assert game.verify_assessment(threat, concept="Nash").verdict == "proved"
    assert game.verify_assessment(threat).failures == ("at incumbent: yield gains nothing",)


def test_where_nothing_is_reached_a_belief_has_to_be_given() -> None:
    game = beer_quiche("9/10")
    pooling = {
        "sender after strong": "beer", "sender after weak": "beer",
        "receiver after beer": "defer", "receiver after quiche": "duel",
    }  # fmt: skip
    assert "at receiver after quiche: beliefs follow Bayes' rule" in (
        game.verify_assessment(pooling).failures
    )
    fits = {"receiver after quiche": {"strong": "1/4", "weak": "3/4"}}
    assert game.verify_assessment(pooling, fits).verdict == "proved"
    wrong = {"receiver after quiche": "strong"}
    assert game.verify_assessment(pooling, wrong).failures == (
        "at receiver after quiche: defer gains nothing",
    )
    against_bayes = fits | {"receiver after beer": {"strong": "1/2", "weak": "1/2"}}
    assert game.verify_assessment(pooling, against_bayes).failures == (
        "at receiver after beer: beliefs follow Bayes' rule",
    )


def test_bayes_rule_binds_within_a_subgame_off_the_path() -> None:
    """A weak perfect Bayesian equilibrium that is not subgame perfect is none here."""
    builder = build("1", "2").move("1", ["out", "in"]).move("1", ["L", "R"], "in")
    builder.move("2", ["l", "r"], ["in/L", "in/R"]).payoffs("out", 2, 0)
    builder.payoffs("in/L/l", 3, 1).payoffs("in/L/r", 1, 0).payoffs("in/R/l", 1, 0)
    game = builder.payoffs("in/R/r", 0, 1).build()
    assert game.solve("perfect Bayesian").names == ("in, L; l",)
    odd = {"1 at the start": "out", "1 after in": "L", "2": "r"}
    assert game.verify_assessment(odd, {"2": "R"}).failures == ("at 2: beliefs follow Bayes' rule",)


def test_a_plan_of_several_actions_is_a_deviation() -> None:
    """No single action gains against the belief at the first set; two in a row do."""
    builder = build("1", "2").move("2", ["x", "y"]).move("1", ["a", "b"], ["x", "y"])
    builder.move("1", ["c", "d"], ["x/b", "y/b"])
    builder.payoffs("*/a", 1, 0).payoffs("x/b/c", 0, 1).payoffs("y/b/c", 0, 1)
    game = builder.payoffs("x/b/d", 2, 1).payoffs("y/b/d", 0, 0).build()
    profile = {"2": "x", "1 after x or y": "a", "1 after b": "c"}
    beliefs = {"1 after b": "y"}
    failures = game.verify_assessment(profile, beliefs).failures
    assert failures == ("at 1 after x or y: b, then d gains nothing",)


def test_a_chance_that_may_be_zero_leaves_a_belief_open() -> None:
    builder = build("1", "2").chance({"h": "p", "t": "1 - p"}).move("1", ["x", "y"], "h")
    builder.move("1", ["x", "y"], "t").move("2", ["l", "r"], ["h/x", "t/x"])
    builder.payoffs("*/y", 0, 0).payoffs("h/x/l", 1, 1).payoffs("h/x/r", 1, 0)
    game = builder.payoffs("t/x/l", -1, 0).payoffs("t/x/r", -1, 1).build()
    found = game.solve()
    (reached,) = [e for e in found if e.name == "x, y; l [1]"]
    (other,) = [e for e in found if e.name == "x, y; r"]
    p = sp.Symbol("p", real=True)
    assert (other.condition, len(other.free)) == (sp.Eq(p, 0), 1)
    assert (reached.condition, reached.free) == (p > 0, ())
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_subgames_are_listed_and_are_games() -> None:
    subgames = entry("v").subgames
    assert [tuple(part.actions) for part in subgames] == [("entrant", "incumbent"), ("incumbent",)]
    assert subgames[1].solve().names == ("yield",)


def test_games_are_frozen_and_travel() -> None:
    game = entry("v")
    assert pickle.loads(pickle.dumps(game)) == game  # noqa: S301
    assert hash(copy.deepcopy(game)) == hash(game)
    assert game.at(v=0) == entry(0) != entry(1)
    with pytest.raises(AttributeError, match="frozen"):
        game.title = "other"


@pytest.mark.parametrize(
    ("asked", "match"),
    [
        (lambda g: g.solve("Nahs"), "concept 'Nahs'"),
        (lambda g: g.payoff({"entrant": "in"}, "entrant"), "profile"),
        (lambda g: g.payoff({"nobody": "in"}, "entrant"), "information set 'nobody'"),
        (lambda g: g.payoff("in", "entrant"), "a mapping with an action"),
        (lambda g: g.payoff({"entrant": "in", "incumbent": "x"}, "entrant"), "action of incumbent"),
        (lambda g: g.verify_assessment({"entrant": "in", "incumbent": "yield"}, {"x": "in"}),
         "information set 'x'"),
        (lambda g: g.at(z=1), "no symbol 'z'"),
        (lambda g: g.player_at("z"), "information set 'z'"),
    ],
)  # fmt: skip
def test_bad_questions_are_refused(asked: object, match: str) -> None:
    assert callable(asked)
    with pytest.raises(GameTheoryError, match=match):
        asked(entry("v"))


def test_a_tree_too_large_for_the_search_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from gametheory_eeu.solvers import behaviour_supports

    monkeypatch.setattr(behaviour_supports, "MAX_STEPS", 10)
    with pytest.raises(TooLargeError, match="4 information sets with 81 choices"):
        beer_quiche("9/10").solve("Nash")
