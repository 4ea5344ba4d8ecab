"""Classic games in extensive form, each against its published answer."""

from __future__ import annotations

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.forms.tree_builder import TreeBuilder

HALF = sp.Rational(1, 2)


def builder(*players: str, given: object = ()) -> TreeBuilder[eeu.ExtensiveForm]:
    started: TreeBuilder[eeu.ExtensiveForm] = eeu.ExtensiveForm.builder(*players, given=given)
    return started


def chain_store(markets: int) -> eeu.ExtensiveForm:
    """Selten (1978): in each market an entrant gets 1 out, 2 if met peacefully, 0 if fought.

    The chain store gets 5, 2 and 0 there, summed over the markets.
    """
    entrants = [f"entrant {k + 1}" for k in range(markets)]
    tree = builder("store", *entrants)

    def grow(history: list[str], k: int) -> None:
        at = "/".join(history)
        if k == markets:
            words = [action for action in history if action != "in"]
            store = sum({"out": 5, "yield": 2, "fight": 0}[w] for w in words)
            tree.payoffs(at, store, *({"out": 1, "yield": 2, "fight": 0}[w] for w in words))
            return
        tree.move(entrants[k], ["out", "in"], at)
        grow([*history, "out"], k + 1)
        tree.move("store", ["fight", "yield"], "/".join([*history, "in"]))
        for answer in ("fight", "yield"):
            grow([*history, "in", answer], k + 1)

    grow([], 0)
    return tree.build()


@pytest.mark.parametrize("markets", [1, 2, 3])
def test_selten_1978_chain_store(markets: int) -> None:
    """The paradox: by induction every entrant enters and is never fought, on any path."""
    (only,) = chain_store(markets).solve()
    assert {a for mix in only.profile.values() for a, p in mix.items() if p} == {"in", "yield"}
    assert only.payoffs["store"] == 2 * markets


@pytest.mark.parametrize("length", [2, 4, 6])
def test_rosenthal_1981_centipede(length: int) -> None:
    """Whoever moves first takes at once, though both would gain by passing."""
    tree, at = builder("1", "2"), ""
    for k in range(length):
        tree.move(str(k % 2 + 1), ["take", "pass"], at)
        pile = (4 * 2**k, 2**k)
        tree.payoffs(f"{at}/take".lstrip("/"), *(pile if k % 2 == 0 else pile[::-1]))
        at = f"{at}/pass".lstrip("/")
    tree.payoffs(at, 4 * 2**length, 2**length)
    (only,) = tree.build().solve()
    assert all(mix["take"] == 1 for mix in only.profile.values())
    assert tuple(only.payoffs.values()) == (4, 1)


@pytest.fixture(scope="module")
def horse() -> eeu.ExtensiveForm:
    """Selten (1975), figure 1."""
    tree = builder("1", "2", "3").move("1", ["D", "A"]).move("2", ["d", "a"], "A")
    tree.move("3", ["L", "R"], ["D", "A/d"])
    tree.payoffs("D/L", 3, 3, 2).payoffs("D/R", 0, 0, 0).payoffs("A/d/L", 4, 4, 0)
    return tree.payoffs("A/d/R", 0, 0, 1).payoffs("A/a", 1, 1, 1).build()


def test_selten_1975_two_types_of_equilibria(horse: eeu.ExtensiveForm) -> None:
    """Type 1: (D, a with probability at least 1/3, L); type 2: (A, a, L with at most 1/4)."""
    ranges = {e.name: e.where for e in horse.solve("Nash")}
    (q,) = horse.solve("Nash")["D; d + a; L (tie)"].free
    assert ranges == {
        "D; a; L": sp.true,
        "D; d + a; L (tie)": sp.And(q > 0, q <= sp.Rational(2, 3)),
        "A; a; R": sp.true,
        "A; a; L + R (tie)": sp.And(q > 0, q <= sp.Rational(1, 4)),
    }


def test_selten_1975_only_the_second_type_is_sequentially_rational(
    horse: eeu.ExtensiveForm,
) -> None:
    """Kreps and Wilson (1982): player 2 would move d if ever asked, for 4 instead of 1."""
    assert horse.solve().names == ("A; a; R", "A; a; L + R (tie)")
    unreasonable = horse.verify_assessment({"1": "D", "2": "a", "3": "L"})
    assert unreasonable.failures == ("at 2: d gains nothing",)


def test_spence_1973_with_two_types_and_two_levels() -> None:
    """Education costs c_L to the low type, c_H < c_L to the high, and is worth nothing.

    A wage is the expected productivity (2 or 1), which the market pays by minimising a squared
    error among the wages 1, 2 and 1 + p. Separation exists iff c_H <= 1 <= c_L; pooling without
    education iff nobody gains by it at the wage the market's belief then pays.
    """
    tree = builder("worker", "market", given=["0 < p < 1", "0 < c_H < c_L"])
    tree.chance({"high": "p", "low": "1 - p"})
    for kind in ("high", "low"):
        tree.move("worker", ["study", "work"], kind)
    wages = {"two": sp.Integer(2), "one": sp.Integer(1), "mean": 1 + sp.Symbol("p", real=True)}
    for choice in ("study", "work"):
        tree.move("market", list(wages), f"*/{choice}")
    for kind, product, cost in (("high", 2, "c_H"), ("low", 1, "c_L")):
        for choice in ("study", "work"):
            for name, wage in wages.items():
                paid = f"{wage} - {cost}" if choice == "study" else wage
                tree.payoffs(f"{kind}/{choice}/{name}", paid, -((product - wage) ** 2))
    game = tree.build()
    found = game.at(p="1/2", c_H="1/2").solve()
    c_L = sp.Symbol("c_L", real=True)
    conditions = {e.name: e.condition for e in found}
    assert conditions["study, work; two, one"] == (c_L >= 1)
    assert eeu.equivalent(
        conditions["work, work; one, mean"], sp.true, given=[c_L > HALF]
    ).verdict == "proved"  # fmt: skip
    # At the high wage for study, the high type would leave the pool only if its cost were below.
    assert game.at(p="1/2", c_H="1/4", c_L=2).solve().names.count("work, work; two, mean") == 0


def test_kohlberg_and_mertens_1986_outside_option() -> None:
    """Three subgame-perfect equilibria at an option worth 2; one survives forward induction."""
    tree = builder("1", "2").move("1", ["out", "in"]).move("1", ["B", "S"], "in")
    tree.move("2", ["b", "s"], ["in/B", "in/S"]).payoffs("out", 2, 2)
    tree.payoffs("in/B/b", 3, 1).payoffs("in/S/s", 1, 3).payoffs("in/B/s", 0, 0)
    game = tree.payoffs("in/S/b", 0, 0).build()
    found = game.solve("subgame perfect")
    assert found.names == ("in, B; b", "out, S; s", "out, B + S; b + s")
    mixed = found["out, B + S; b + s"].profile
    assert (mixed["1 after in"]["B"], mixed["2"]["b"]) == (sp.Rational(3, 4), sp.Rational(1, 4))


def test_cho_and_kreps_1987_beer_and_quiche() -> None:
    """At 9/10 strong two pooling outcomes, on beer and on quiche, and nothing else."""
    tree = builder("sender", "receiver").chance({"strong": "9/10", "weak": "1/10"})
    for kind in ("strong", "weak"):
        tree.move("sender", ["beer", "quiche"], kind)
    for meal in ("beer", "quiche"):
        tree.move("receiver", ["duel", "defer"], f"*/{meal}")
    for kind, liked in (("strong", "beer"), ("weak", "quiche")):
        for meal in ("beer", "quiche"):
            own = int(meal == liked)
            tree.payoffs(f"{kind}/{meal}/duel", own, int(kind == "weak"))
            tree.payoffs(f"{kind}/{meal}/defer", own + 2, int(kind == "strong"))
    found = tree.build().solve()
    sent = {name.partition(";")[0] for name in found.names}
    assert sent == {"beer, beer", "quiche, quiche"}
    assert [e.payoffs["sender"] for e in found if not e.name.endswith("(tie)")] == [
        sp.Rational(29, 10), sp.Rational(21, 10)]  # fmt: skip
