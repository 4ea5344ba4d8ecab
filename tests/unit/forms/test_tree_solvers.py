"""Trees that their normal form or linear programmes solve; what is too large is counted first."""

from __future__ import annotations

import random

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.forms.tree_builder import TreeBuilder
from gametheory_eeu.games.tree import Move, Node, Outcome

HALF = sp.Rational(1, 2)


def build(*players: str, given: object = ()) -> TreeBuilder[eeu.ExtensiveForm]:
    started: TreeBuilder[eeu.ExtensiveForm] = eeu.ExtensiveForm.builder(*players, given=given)
    return started


def simultaneous(form: eeu.NormalForm) -> eeu.ExtensiveForm:
    """The players of a normal form one after the other, none of whom sees anything."""
    builder = build(*form.players, given=form.space)
    for k, (player, actions) in enumerate(form.actions.items()):
        builder.move(player, list(actions), "/".join("*" * k))
    for profile in form.profiles:
        builder.payoffs("/".join(profile), *(form.payoffs[p][profile] for p in form.players))
    return builder.build()


def drawn(rng: random.Random, *shape: int) -> eeu.NormalForm:
    actions = [[str(k + 1) for k in range(size)] for size in shape]
    return eeu.NormalForm(lambda _: [rng.randint(-9999, 9999) for _ in shape], actions=actions)


def nau() -> eeu.NormalForm:
    form: eeu.NormalForm = eeu.classic("Nau's Irrational Game").game
    return form


@pytest.mark.parametrize("concept", ["perfect Bayesian", "sequential", "subgame perfect", "Nash"])
def test_nau_2004_as_three_simultaneous_moves(concept: str) -> None:
    found = simultaneous(nau()).solve(concept)
    (only,) = found
    assert only.profile["player 1"]["T"] == (53 - sp.sqrt(601)) / 46
    assert found.complete_where == sp.true
    assert only.verify().verdict == "proved"


def test_nau_2004_has_one_equilibrium_as_a_tree_too() -> None:
    assert eeu.prove_unique(simultaneous(nau())).verdict == "unique"


def test_nau_2004_after_a_way_out() -> None:
    """Player 1 may leave for 1, less than what the game is worth to him, or for 10."""
    form = nau()
    worth = form.solve()[0].payoffs["player 1"]
    for outside, choice in ((worth - 1, "in"), (worth + 1, "out")):
        builder = build(*form.players).move("player 1", ["out", "in"])
        builder.payoffs("out", outside, 0, 0)
        for k, (player, actions) in enumerate(form.actions.items()):
            builder.move(player, list(actions), "/".join(["in", *"*" * k]))
        for profile in form.profiles:
            payoffs = (form.payoffs[p][profile] for p in form.players)
            builder.payoffs("/".join(["in", *profile]), *payoffs)
        found = builder.build().solve()
        (only,) = found
        assert only.profile["player 1 at the start"][choice] == 1
        assert found.complete_where == sp.true


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (2, 4), (4, 4), (5, 5), (2, 2, 2), (2, 3, 2)])
def test_simultaneous_trees_are_solved_as_their_normal_forms(shape: tuple[int, ...]) -> None:
    for seed in range(2):
        form = drawn(random.Random(seed), *shape)
        mine, theirs = simultaneous(form).solve(), form.solve()
        assert mine.complete_where == sp.true
        assert sorted(map(_profile, mine), key=str) == sorted(map(_profile, theirs), key=str)


def _profile(equilibrium: eeu.Equilibrium) -> list[sp.Expr]:
    assert equilibrium.free == ()
    return [sp.nsimplify(p) for mix in equilibrium.profile.values() for p in mix.values()]


def test_three_entrants_with_a_symbol_of_degree_two() -> None:
    """An entrant gets 1 alone and -c with others: 1 - p for both others is sqrt(c/(1 + c))."""
    names = ("1", "2", "3")
    form = eeu.NormalForm(
        lambda p: [0 if own == "out" else 1 if p.count("in") == 1 else "-c" for own in p],
        players=names, actions=[["in", "out"]] * 3, given="c > 0",
    )  # fmt: skip
    found = simultaneous(form).solve()
    assert found.complete_where == sp.true
    c = form.symbols[0]
    (mixed,) = [e for e in found if all(len(s) == 2 for s in e.support.values())]
    gap = mixed.profile["1"]["out"] - sp.sqrt(c / (1 + c))
    assert sp.simplify(gap.subs(c, sp.Rational(1, 3))) == 0
    assert abs(sp.N(gap.subs(c, 2), 30)) < 1e-25


def one_set_after_chance(count: int, seed: int) -> eeu.ExtensiveForm:
    """Player 1 is told a branch of chance; player 2 knows neither it nor what 1 did."""
    rng = random.Random(seed)
    builder = build("1", "2").chance({f"c{k}": sp.Rational(1, count) for k in range(count)})
    for k in range(count):
        builder.move("1", ["a", "b"], f"c{k}")
    builder.move("2", ["x", "y"], "*/*")
    for k in range(count):
        for place in ("a/x", "a/y", "b/x", "b/y"):
            builder.payoffs(f"c{k}/{place}", rng.randint(0, 9), rng.randint(0, 9))
    return builder.build()


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_ten_sets_that_differ_in_one_chance_move(concept: str) -> None:
    """1,024 x 2 plans: solved, each equilibrium checked, none missed at pure replies of 2."""
    game = one_set_after_chance(10, 2)
    found = game.solve(concept)
    assert found.complete_where == sp.true
    assert {e.verify().verdict for e in found} == {"proved"}
    expected = {f"{best}; {r}" for r in "xy" if (best := _best_against(game, r)) is not None}
    assert expected
    assert expected <= set(found.names)


def _best_against(game: eeu.ExtensiveForm, reply: str) -> str | None:
    """Player 1's actions against a reply of 2 that is best against them; None where ties or not."""
    profile: dict[str, str] = {"2": reply}
    names = [n for n in game.actions if n != "2"]
    for name in names:
        worth = {
            action: game.payoff({**dict.fromkeys(names, "a"), "2": reply, name: action}, "1")
            for action in ("a", "b")
        }
        if worth["a"] == worth["b"]:
            return None
        profile[name] = max(worth, key=worth.__getitem__)
    gains = [game.payoff({**profile, "2": r}, "2") for r in ("x", "y")]
    stays = max(gains) == gains[("x", "y").index(reply)]
    return ", ".join(profile[n] for n in names) if stays else None


def kuhn_poker() -> eeu.ExtensiveForm:
    """Kuhn (1950): three cards, one each; check or bet one; fold or call."""
    cards = "JQK"
    deals = [own + other for own in cards for other in cards if own != other]
    builder = build("1", "2").chance(dict.fromkeys(deals, "1/6"))
    for own in cards:
        builder.move("1", ["check", "bet"], [d for d in deals if d[0] == own], f"1 {own}")
    for own in cards:
        mine = [d for d in deals if d[1] == own]
        builder.move("2", ["check", "bet"], [f"{d}/check" for d in mine], f"2 {own} checked")
        builder.move("2", ["fold", "call"], [f"{d}/bet" for d in mine], f"2 {own} bet")
    for own in cards:
        mine = [f"{d}/check/bet" for d in deals if d[0] == own]
        builder.move("1", ["fold", "call"], mine, f"1 {own} bet")
    for deal in deals:
        sign = 1 if cards.index(deal[0]) > cards.index(deal[1]) else -1
        for end, won in (("check/check", sign), ("check/bet/fold", -1), ("bet/fold", 1),
                         ("check/bet/call", 2 * sign), ("bet/call", 2 * sign)):  # fmt: skip
            builder.payoffs(f"{deal}/{end}", won, -won)
    return builder.build()


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_kuhn_1950_poker_with_three_cards(concept: str) -> None:
    """Worth -1/18 to player 1, who bluffs with a chance b up to 1/3 and bets a king with 3b."""
    found = kuhn_poker().solve(concept)
    assert found.complete_where == sp.true
    assert {sp.simplify(e.payoffs["1"]) for e in found} == {-sp.Rational(1, 18)}
    for equilibrium in found:
        bluff, king = (equilibrium.profile[f"1 {card}"]["bet"] for card in "JK")
        assert sp.expand(king - 3 * bluff) == 0
        assert equilibrium.profile["2 Q bet"]["call"] == sp.Rational(1, 3)
        assert equilibrium.profile["2 J checked"]["bet"] == sp.Rational(1, 3)
    bluffs = [e.profile["1 J"]["bet"] for e in found]
    assert {b for b in bluffs if not b.free_symbols} == {0, sp.Rational(1, 3)}
    assert len(bluffs) == 3


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
def test_one_player_with_eight_sets_of_two_nodes(concept: str) -> None:
    """Eight signals, a state that is not seen: at each signal the better action on average."""
    builder, rng = build("1"), random.Random(1)
    signals, worth = range(8), {}
    builder.chance({f"{s}{k}": sp.Rational(1, 16) for s in "uv" for k in signals})
    for k in signals:
        builder.move("1", ["a", "b"], [f"u{k}", f"v{k}"], f"signal {k}")
        for action in "ab":
            paid = rng.sample(range(50), 2)
            worth[k, action] = sum(paid)
            for state, payoff in zip("uv", paid, strict=True):
                builder.payoffs(f"{state}{k}/{action}", payoff)
    (only,) = builder.build().solve(concept)
    best = ["a" if worth[k, "a"] > worth[k, "b"] else "b" for k in signals]
    assert only.name == ", ".join(best)


def pinned(stake: str, other: str, given: object = ()) -> eeu.ExtensiveForm:
    """1 stays for 0, or plays X or Y, which 2, to whom all is the same, cannot tell apart."""
    builder = build("1", "2", given=given).move("1", ["stay", "X", "Y"])
    builder.move("2", ["L", "R"], ["X", "Y"]).payoffs("stay", 0, 0)
    builder.payoffs("X/L", stake, 0).payoffs("X/R", f"-({stake})", 0)
    return builder.payoffs("Y/L", f"-({other})", 0).payoffs("Y/R", other, 0).build()


@pytest.mark.parametrize("concept", ["perfect Bayesian", "Nash"])
@pytest.mark.parametrize(
    ("stakes", "given"),
    [(("1", "1"), ()), (("v", "v"), "v > 0"), (("v", "w"), ["v > 0", "w > 0"]),
     (("v*w", "v + w"), ["v > 0", "w > 0"])],
)  # fmt: skip
def test_opposite_weak_bounds_are_an_equality(
    concept: str, stakes: tuple[str, str], given: object
) -> None:
    found = pinned(*stakes, given=given).solve(concept)
    stays = found["stay; L + R"]
    assert stays.profile["2"] == {"L": HALF, "R": HALF}
    assert [s.name for s in stays.free] == (["mu"] if concept == "perfect Bayesian" else [])
    assert stays.verify().verdict == "proved"


def test_normal_forms_are_counted_before_they_are_listed() -> None:
    game = one_set_after_chance(30, 1)
    with pytest.raises(TooLargeError, match=r"1073741824 x 2 = 2147483648 cells"):
        game.normal_form()
    with pytest.raises(TooLargeError, match="1 has 1073741824 strategies"):
        game.mixture({name: actions[0] for name, actions in game.actions.items()})
    with pytest.raises(TooLargeError, match="1 has 1073741824 strategies"):
        game.best_replies({name: actions[0] for name, actions in game.actions.items()}, "1")


def in_symbols(count: int) -> eeu.ExtensiveForm:
    builder = build("1", "2").chance({f"c{k}": sp.Rational(1, count) for k in range(count)})
    for k in range(count):
        builder.move("1", ["a", "b"], f"c{k}")
    builder.move("2", ["x", "y"], "*/*")
    for k in range(count):
        for place in ("a/x", "a/y", "b/x", "b/y"):
            name = place.replace("/", "_")
            builder.payoffs(f"c{k}/{place}", f"u_{k}_{name}", f"w_{name}")
    return builder.build()


def test_with_symbols_the_choices_of_supports_are_counted_first() -> None:
    with pytest.raises(TooLargeError) as refusal:
        in_symbols(10).solve()
    assert "11 information sets with 177147 choices of supports" in str(refusal.value)
    assert "give values to symbols" in str(refusal.value)
    assert "normal" not in str(refusal.value)  # which would send back here


def test_many_tied_subgames_are_counted_first() -> None:
    builder = build("1").chance({f"c{k}": "1/20" for k in range(20)})
    for k in range(20):
        builder.move("1", ["a", "b"], f"c{k}")
    with pytest.raises(TooLargeError, match=f"have {3**20} or more families"):
        builder.payoffs("*/*", 0).build().solve()


def test_ten_sets_where_all_is_tied_are_refused_by_count() -> None:
    builder = build("1", "2").chance({f"c{k}": "1/10" for k in range(10)})
    for k in range(10):
        builder.move("1", ["a", "b"], f"c{k}")
    game = builder.move("2", ["x", "y"], "*/*").payoffs("*/*/*", 0, 0).build()
    with pytest.raises(TooLargeError, match=r"177147 choices .*more than 2000 of them may hold"):
        game.solve()


def test_subgames_that_turn_on_the_same_symbol_are_put_together_where_they_can() -> None:
    """Five choices between x and a number: six intervals and five ties, not 3**5 families."""
    builder = build("1").chance({f"c{k}": "1/5" for k in range(5)})
    for k in range(5):
        builder.move("1", ["a", "b"], f"c{k}")
        builder.payoffs(f"c{k}/a", "x").payoffs(f"c{k}/b", k)
    found = builder.build().solve()
    assert sorted(len(e.free) for e in found) == [0] * 6 + [1] * 5
    assert found.complete_where == sp.true


def test_the_plans_that_a_check_looks_at_are_counted_first() -> None:
    """Player 1 moves, does not see what chance and 2 do, and then has 2**15 ways to go on."""
    builder = build("1", "2").move("1", ["in", "out"]).move("2", ["x", "y"], "in")
    builder.payoffs("out", 0, 0)
    tree = builder.chance({f"c{k}": sp.Rational(1, 15) for k in range(15)}, ["in/x", "in/y"])
    for k in range(15):
        tree.move("1", ["a", "b"], [f"in/x/c{k}", f"in/y/c{k}"], f"1 at {k}")
    game = tree.payoffs("in/*/*/*", 0, 0).build()
    profile = {name: actions[0] for name, actions in game.actions.items()}
    with pytest.raises(TooLargeError, match="1 has 32769 plans from 1 at the start on"):
        game.verify_assessment(profile, concept="Nash")
    with pytest.raises(TooLargeError, match="32769 plans"):
        game.solve("Nash")


def test_a_tree_too_deep_or_too_large_is_refused() -> None:
    end = Outcome({"1": sp.Integer(0)})
    root: Node = end
    for k in range(2000):
        root = Move("1", f"h{k}", (("on", root), ("stop", end)), "only")
    with pytest.raises(TooLargeError, match="moves after each other"):
        eeu.ExtensiveForm(root, ["1"])
    builder, at = build("1"), ""
    for _ in range(200):
        builder.move("1", ["on", "stop"], at).payoffs(f"{at}/stop".lstrip("/"), 0)
        at = f"{at}/on".lstrip("/")
    with pytest.raises(TooLargeError, match="200 moves follow each other"):
        builder.payoffs(at, 1).build()


def test_best_replies_among_many_strategies() -> None:
    """256 strategies in numbers are compared by their worth; with symbols they are counted."""
    game = one_set_after_chance(8, 2)
    profile = {name: actions[0] for name, actions in game.actions.items()}
    own = [name for name in game.actions if name != "2"]
    best = game.best_replies(profile, "1")
    assert set(best.values()) == {sp.true}
    for name in best:
        played = {**profile, **dict(zip(own, name.split("/"), strict=True))}
        assert game.best_replies(played, "1").keys() == best.keys()
        for at in own:
            other = {**played, at: "a" if played[at] == "b" else "b"}
            assert game.payoff(other, "1") <= game.payoff(played, "1")
    with pytest.raises(TooLargeError, match="1 has 256 strategies, above the limit of 100"):
        in_symbols(8).best_replies(profile, "1")
