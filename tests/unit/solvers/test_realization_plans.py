"""Feasible supports of small trees: linear programmes against z3 on behaviour strategies."""

from itertools import product
from random import Random
from typing import Any

import pytest
import sympy as sp
import z3
from flint import fmpq

from gametheory_eeu.games.tree import (
    Chance,
    Move,
    Node,
    Outcome,
    information_sets,
    own_histories,
    plans,
)
from gametheory_eeu.solvers import realization_plans
from gametheory_eeu.solvers.realization_plans import RealizationPlans, is_rational_tree

module: Any = realization_plans
HALF, THIRD = sp.Rational(1, 2), sp.Rational(1, 3)


def end(rng: Random) -> Outcome:
    return Outcome({"1": rng.randint(0, 4), "2": sp.Rational(rng.randint(0, 8), 2)})


def move(player: str, name: str, actions: str, then: Any, node: str = "") -> Move:
    return Move(player, name, tuple((a, then(a)) for a in actions), node)


def simultaneous(rng: Random) -> Node:
    return move("1", "A", "ab", lambda a: move("2", "B", "xyz", lambda _: end(rng), a))


def after_chance(rng: Random) -> Node:
    def told(place: str) -> Move:
        return move("1", f"A{place}", "ab",
                    lambda a: move("2", "B", "xy", lambda _: end(rng), place + a))  # fmt: skip

    return Chance((("l", THIRD, told("l")), ("r", 1 - THIRD, told("r"))))


def twice(rng: Random) -> Node:
    """Player 1 moves, then 2 unseeing, and after a player 1 again."""

    def second(a: str) -> Move:
        def again(x: str) -> Node:
            return move("1", "A2", "cd", lambda _: end(rng), x) if a == "a" else end(rng)

        return move("2", "B", "xy", again, a)

    return move("1", "A", "ab", second)


def both_twice(rng: Random) -> Node:
    """Player 2 moves, then 1 unseeing, and after x player 2 again, who has seen nothing."""

    def middle(x: str) -> Move:
        def last(a: str) -> Node:
            return move("2", "B2", "uv", lambda _: end(rng), a) if x == "x" else end(rng)

        return move("1", "A", "ab", last, x)

    return move("2", "B", "xy", middle)


TREES = {t.__name__: t for t in (simultaneous, after_chance, twice, both_twice)}


def search(root: Node) -> RealizationPlans:
    sets = information_sets(root)
    return RealizationPlans(root, {name: list(plans(root, name)) for name in sets})


def supports_of(root: Node) -> list[dict[str, tuple[str, ...]]]:
    choices = []
    for nodes in information_sets(root).values():
        actions = [a for a, _ in nodes[0].actions]
        choices.append([tuple(a for k, a in enumerate(actions) if mask >> k & 1)
                        for mask in range(1, 2 ** len(actions))])  # fmt: skip
    return [dict(zip(information_sets(root), c, strict=True)) for c in product(*choices)]


def worth(node: Node, player: str, name: str, own: Any, chances: Any, arrived: bool) -> Any:
    """What a plan earns where play passes an information set, the others' chances being terms."""
    if isinstance(node, Outcome):
        value = node.payoffs[player]
        return z3.RealVal(f"{value.p}/{value.q}") if arrived else z3.RealVal(0)
    if isinstance(node, Chance):
        return sum(z3.RealVal(f"{c.p}/{c.q}") * worth(child, player, name, own, chances, arrived)
                   for _, c, child in node.branches)  # fmt: skip
    here = arrived or node.information_set == name
    if node.player == player:
        action = own.get(node.information_set)
        return sum((worth(child, player, name, own, chances, here)
                    for a, child in node.actions if a == action), z3.RealVal(0))  # fmt: skip
    return sum(chances[node.information_set, a] * worth(child, player, name, own, chances, arrived)
               for a, child in node.actions)  # fmt: skip


def is_feasible(root: Node, supports: dict[str, tuple[str, ...]]) -> bool:
    """Whether for each player some strategy with its supports makes the other's plans best."""
    sets = information_sets(root)
    before = {m.information_set: steps for m, steps in own_histories(root)}
    solver = z3.Solver()
    chances = {
        (n, a): z3.Real(f"{n} {a}") for n, nodes in sets.items() for a, _ in nodes[0].actions
    }
    for name, nodes in sets.items():
        terms = [chances[name, a] for a, _ in nodes[0].actions]
        solver.add(sum(terms) == 1)
        for a, _ in nodes[0].actions:
            solver.add(chances[name, a] > 0 if a in supports[name] else chances[name, a] == 0)
    for name, nodes in sets.items():
        if not all(a in supports[n] for n, a in before[name]):
            continue
        options = list(plans(root, name))
        player = nodes[0].player
        values = [worth(root, player, name, {**dict(before[name]), **plan}, chances, False)
                  for plan in options]  # fmt: skip
        inside = [all(a in supports[n] for n, a in plan.items()) for plan in options]
        best = values[inside.index(True)]
        for value, is_inside in zip(values, inside, strict=True):
            solver.add(value == best if is_inside else value <= best)
    return bool(solver.check() == z3.sat)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", TREES)
def test_supports_are_feasible_where_some_strategies_have_them(name: str, seed: int) -> None:
    root = TREES[name](Random(seed))
    programmes, sets = search(root), list(information_sets(root))
    assert programmes.replies.keys() == set(sets)
    seen = set()
    for supports in supports_of(root):
        found = all(programmes.is_feasible(supports, n) for n in sets)
        assert found is is_feasible(root, supports), supports
        seen.add(found)
        if found:  # what is known of a part is no narrower
            for k in range(1, len(sets)):
                part = {n: supports[n] for n in sets[:k]}
                assert programmes.is_feasible(part, sets[k - 1])
    assert seen == {True, False}


def test_answers_do_not_depend_on_what_was_asked_before() -> None:
    root = both_twice(Random(5))
    programmes, sets = search(root), list(information_sets(root))
    for supports in supports_of(root):
        kept = [programmes.is_feasible(supports, n) for n in sets]
        assert kept == [search(root).is_feasible(supports, n) for n in sets], supports


def test_payoffs_of_plans_are_linear_in_the_other_players_weights() -> None:
    root = after_chance(Random(1))
    found = search(root).replies
    assert found["Al"].opponent == found["Ar"].opponent == "2"
    assert found["B"].opponent == "1"
    assert isinstance(root, Chance)
    (_, _, left), (_, _, right) = root.branches
    assert isinstance(left, Move)
    assert isinstance(right, Move)
    for (label, child), form in zip(left.actions, found["Al"].payoffs, strict=True):
        assert isinstance(child, Move)
        expected = {}
        for x, outcome in child.actions:
            assert isinstance(outcome, Outcome)
            value = outcome.payoffs["1"] / 3
            expected["B", x] = fmpq(int(value.p), int(value.q))
        assert form == expected, label
    assert found["Al"].sets == {"Al"}
    assert [dict(plan) for plan in found["Al"].plans] == [{"Al": "a"}, {"Al": "b"}]
    assert found["Al"].within({"Al": ("b",)}) == [False, True]
    assert {step[0] for form in found["B"].payoffs for step in form if step} == {"Al", "Ar"}


def test_later_plans_remember_earlier_moves() -> None:
    found = search(twice(Random(2))).replies
    assert found["A2"].before == (("A", "a"),)
    assert found["A2"].sets == {"A", "A2"}
    assert found["A"].sets == {"A", "A2"}
    assert [dict(plan) for plan in found["A"].plans] == [
        {"A": "a", "A2": "c"}, {"A": "a", "A2": "d"}, {"A": "b"}]  # fmt: skip
    assert found["A"].within({"A": ("a", "b"), "A2": ("c",)}) == [True, False, True]


def test_gains_leave_out_what_is_equal() -> None:
    form = {None: fmpq(1), ("B", "x"): fmpq(2)}
    other = {("B", "x"): fmpq(2), ("B", "y"): fmpq(3)}
    payoffs = module.PlanPayoffs((), ({"A": "a"}, {"A": "b"}), (form, other), "2")
    assert payoffs.gain(0, 1) == {None: 1, ("B", "y"): -3}
    assert payoffs.gain(1, 0) == {None: -1, ("B", "y"): 3}
    assert payoffs.gain(1, 1) == {}
    assert payoffs.gain(0, 1) is payoffs.gain(0, 1)


def test_against_two_others_payoffs_are_not_linear() -> None:
    def outcome(a: str, x: str, u: str) -> Outcome:
        return Outcome({"1": int(a == "a"), "2": int(x == "x"), "3": int(u == "u")})

    root = move("1", "A", "ab", lambda a: move("2", "B", "xy", lambda x: move(
        "3", "C", "uv", lambda u: outcome(a, x, u), a + x), a))  # fmt: skip
    assert search(root).replies == {}
    # One after another: each branch has one of the others, the two together not.
    split = move("1", "A", "ab", lambda a: move("2" if a == "a" else "3", f"B{a}", "xy",
                                                lambda x: outcome(a, x, "u")))  # fmt: skip
    assert search(split).replies.keys() == {"Ba", "Bb"}
    assert search(split).replies["Ba"].opponent == "1"


def test_alone_nobody_else_has_a_say() -> None:
    root = move("1", "A", "ab", lambda a: Outcome({"1": int(a == "a")}))
    programmes = search(root)
    assert programmes.replies["A"].opponent is None
    assert programmes.is_feasible({"A": ("a",)}, "A")
    assert not programmes.is_feasible({"A": ("b",)}, "A")
    assert not programmes.is_feasible({"A": ("a", "b")}, "A")


def test_visits_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    root = simultaneous(Random(0))
    visits = search(root)._visits
    assert visits == 2 * (1 + 1 + 3) + 3 * (1 + 2 + 2)
    monkeypatch.setattr(module, "MAX_VISITS", visits - 1)
    assert len(search(root).replies) == 1
    monkeypatch.setattr(module, "MAX_VISITS", visits)
    assert len(search(root).replies) == 2


SETS: list[tuple[Any, str, tuple[str, ...], bool]] = [
    (None, "B", ("x", "y"), True), (("B", "x"), "B2", ("u", "v", "w"), False),
    (("B", "z"), "B3", ("s", "t"), True),
]  # fmt: skip


def test_weights_flow_from_set_to_set() -> None:
    programme = module._WeightProgramme(iter(SETS))
    assert ("B3", "s") not in programme.forms  # z is not played
    point = programme.point()
    assert point["B", "x"] + point["B", "y"] == point[None]
    assert point["B", "x"] > 0 < point["B", "y"]
    parts = [point["B2", a] for a in "uvw"]
    assert sum(parts) == point["B", "x"]
    assert min(parts) >= 0
    assert programme.size == 2 + 1 + 2
    assert len(programme.rows) == 2


def test_gain_constraints_bind() -> None:
    programme = module._WeightProgramme(iter(SETS[:1]))
    programme.add_gain_constraint({("B", "x"): fmpq(1), ("B", "y"): fmpq(-2)}, equal=True)
    point = programme.point()
    assert point["B", "x"] == 2 * point["B", "y"] > 0
    assert point[None] == 3 * point["B", "y"]
    programme = module._WeightProgramme(iter(SETS[:1]))
    programme.add_gain_constraint({("B", "x"): fmpq(1), ("B", "y"): fmpq(-2)}, equal=False)
    point = programme.point()
    assert 0 < point["B", "x"] <= 2 * point["B", "y"]
    programme.add_gain_constraint({("B", "x"): fmpq(1)}, equal=False)
    assert programme.point() is None  # then x would have to vanish
    empty = module._WeightProgramme(iter(SETS[:1]))
    empty.add_gain_constraint({}, equal=True)
    empty.add_gain_constraint({("C", "x"): fmpq(1)}, equal=False)
    assert len(empty.rows) == 1
    empty.add_gain_constraint({None: fmpq(1)}, equal=False)
    assert empty.point() is None


def test_what_is_too_large_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Any:
        raise module.TooLargeError("too large")

    monkeypatch.setattr(module, "best_distribution", refuse)
    assert module._WeightProgramme(iter(SETS)).point() == {}
    root = simultaneous(Random(0))
    assert search(root).is_feasible({"A": ("a",), "B": ("x",)}, "B")


def test_forms_are_added() -> None:
    first, second = {0: fmpq(1), 1: fmpq(2)}, {1: fmpq(1), 2: fmpq(3)}
    assert module._add_multiple(first, second, -2) == {0: 1, 2: -6}
    assert module._add_multiple({}, second, fmpq(1, 3)) == {1: fmpq(1, 3), 2: 1}
    assert first == {0: 1, 1: 2}


def chance(*probabilities: Any) -> Chance:
    return Chance(tuple((str(k), p, Outcome({"1": 0})) for k, p in enumerate(probabilities)))


@pytest.mark.parametrize(("root", "expected"), [
    (Outcome({"1": HALF, "2": 0}), True), (Outcome({"1": HALF, "2": sp.sqrt(2)}), False),
    (Outcome({"1": sp.Symbol("x")}), False), (chance(HALF, HALF), True), (chance(1, 0), False),
    (chance(sp.Symbol("p"), 1 - sp.Symbol("p")), False),
    (chance(sp.sqrt(2) / 2, 1 - sp.sqrt(2) / 2), False),
    (move("1", "A", "ab", lambda a: Outcome({"1": sp.Symbol("x") if a == "b" else 1})), False),
    (move("1", "A", "ab", lambda _: chance(HALF, HALF)), True),
    (move("1", "A", "ab", lambda a: chance(HALF, HALF) if a == "a" else chance(0, 1)), False),
])  # fmt: skip
def test_trees_in_rational_numbers(root: Node, expected: bool) -> None:
    assert is_rational_tree(root) is expected
