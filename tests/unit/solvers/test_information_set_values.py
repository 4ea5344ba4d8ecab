"""Expected payoffs of plans at information sets, against the tree walked path by path."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome, information_sets
from gametheory_eeu.solvers import information_set_values as module
from gametheory_eeu.solvers.information_set_values import (
    RationalityConditions,
    SearchCounts,
    SymbolFactory,
    check_plans,
    plan_values,
)

u, v, c = sp.symbols("u v c", real=True)
THIRD = sp.Rational(1, 3)


def end(first: Any, second: Any) -> Outcome:
    return Outcome({"1": first, "2": second})


def reply(node: str, *payoffs: Any) -> Move:
    later = Move("1", "A2", (("x", end(*payoffs[0])), ("y", end(*payoffs[1]))), node)
    return Move("2", "B", (("l", later), ("r", end(*payoffs[2]))), node)


ROOT = Chance((
    ("up", THIRD, Move("1", "A", (("go", reply("u", (1, 2), (3, 4), (5, 6))), ("no", end(7, 8))))),
    ("down", 1 - THIRD, reply("d", (u, v), (2 * u, 0), (0, c))),
))  # fmt: skip
SETS = information_sets(ROOT)
PROFILE = {
    name: {a: sp.Symbol(f"{name}_{a}", real=True) for a, _ in nodes[0].actions}
    for name, nodes in SETS.items()
}


def value(node: Node, strategy: Any, player: str) -> sp.Expr:
    if isinstance(node, Outcome):
        return node.payoffs[player]
    if isinstance(node, Chance):
        return sp.Add(*(p * value(child, strategy, player) for _, p, child in node.branches))
    mix = strategy[node.information_set]
    return sp.Add(*(mix[a] * value(child, strategy, player) for a, child in node.actions))


def pure(name: str, action: str) -> dict[str, int]:
    return {a: int(a == action) for a in PROFILE[name]}


def test_each_place_has_its_plans_and_their_payoffs() -> None:
    places = {place.name: place for place in plan_values(ROOT, PROFILE, SETS)}
    assert list(places) == list(SETS)
    assert [dict(p) for p in places["A"].plans] == [
        {"A": "go", "A2": "x"}, {"A": "go", "A2": "y"}, {"A": "no"}]  # fmt: skip
    assert [dict(p) for p in places["B"].plans] == [{"B": "l"}, {"B": "r"}]
    for name, place in places.items():
        nodes = SETS[name]
        assert place.nodes == tuple(node.node for node in nodes)
        for plan, row in zip(place.plans, place.payoffs, strict=True):
            strategy = {**PROFILE, **{n: pure(n, a) for n, a in plan.items()}}
            for node, found in zip(nodes, row, strict=True):
                expected = value(node, strategy, node.player)
                assert sp.expand(found - expected) == 0
                assert found == sp.expand(found)


def test_each_node_has_its_probability_and_path() -> None:
    places = {place.name: place for place in plan_values(ROOT, PROFILE, SETS)}
    go, left = PROFILE["A"]["go"], PROFILE["B"]["l"]
    assert places["A"].reach_probabilities == (THIRD,)
    assert places["A"].steps == ((),)
    assert dict(zip(places["B"].nodes, places["B"].reach_probabilities, strict=True)) == {
        "u": THIRD * go, "d": 1 - THIRD}  # fmt: skip
    assert dict(zip(places["B"].nodes, places["B"].chance_probabilities, strict=True)) == {
        "u": THIRD, "d": 1 - THIRD}  # fmt: skip
    assert dict(zip(places["A2"].nodes, places["A2"].reach_probabilities, strict=True)) == {
        "u": THIRD * go * left, "d": (1 - THIRD) * left}  # fmt: skip
    assert dict(zip(places["A2"].nodes, places["A2"].steps, strict=True)) == {
        "u": (("A", "go"), ("B", "l")), "d": (("B", "l"),)}  # fmt: skip
    (only,) = plan_values(ROOT, PROFILE, {"B": SETS["B"]})
    assert only == places["B"]


def test_plans_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    total = 3 * 1 + 2 * 2 + 2 * 2
    monkeypatch.setattr(module, "MAX_PLANS", total)
    check_plans(ROOT, SETS)
    monkeypatch.setattr(module, "MAX_PLANS", total - 1)
    message = "'A' on its player has 3 plans, .* 11 are more than the limit of 10"
    with pytest.raises(TooLargeError, match=message):
        check_plans(ROOT, SETS)
    check_plans(ROOT, {"B": SETS["B"]})


def test_symbols_are_made_once_under_names_not_in_use() -> None:
    taken = sp.Symbol("p(x|A)", real=True)
    factory = SymbolFactory(Space.of(symbols=[taken, u]))
    symbol = factory.of("p", "x", "A")
    assert symbol != taken
    assert symbol.is_real
    assert factory.of("p", "x", "A") is symbol
    others = [factory.of("b", "x", "A"), factory.of("p", "y", "A"), factory.of("p", "x", "B")]
    assert len({symbol, taken, *others}) == 5
    assert [str(s) for s in others] == ["b(x|A)", "p(y|A)", "p(x|B)"]
    # Two labels that would be written alike.
    assert factory.of("p", "a|b", "c") != factory.of("p", "a", "b|c")


def test_what_is_not_said_is_empty() -> None:
    assert SearchCounts() == SearchCounts(0, 0)
    empty = RationalityConditions()
    assert (empty.equalities, empty.atoms, empty.unknowns, dict(empty.belief)) == ((), (), (), {})
