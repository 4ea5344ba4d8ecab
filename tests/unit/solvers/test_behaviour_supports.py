"""Equilibria of small trees: known ones, and each checked by every deviation at numbers."""

from itertools import product
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space, substitute
from gametheory_eeu.core.evaluate import truth_value
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.tree import (
    Chance,
    Move,
    Node,
    Outcome,
    change_in_tree,
    expected_payoff,
    information_sets,
)
from gametheory_eeu.solvers import behaviour_supports as module
from gametheory_eeu.solvers import support_systems
from gametheory_eeu.solvers.behaviour_supports import SupportSearch
from gametheory_eeu.solvers.information_set_values import (
    RationalityConditions,
    SearchCounts,
    SymbolFactory,
)
from gametheory_eeu.solvers.solution_families import SolutionFamily, existence_condition
from gametheory_eeu.solvers.support_systems import ANY, AssessmentFamily

a, w = sp.symbols("a w", real=True)
HALF, TENTH = sp.Rational(1, 2), sp.Rational(1, 10)
GRID = [sp.Rational(k, 24) for k in range(25)]


def end(*payoffs: Any) -> Outcome:
    return Outcome({str(k + 1): v for k, v in enumerate(payoffs)})


def entry(fight: Any, chance: Any = None) -> Node:
    """An entrant, and one who fights for a payoff of ``fight`` or shares."""
    inside = Move("2", "B", (("fight", end(-1, fight)), ("share", end(1, 1))))
    if chance is None:
        return Move("1", "A", (("in", inside), ("out", end(0, 2))))
    lucky = Chance((("luck", chance, end(3, 0)), ("none", 1 - chance, inside)))
    return Move("1", "A", (("in", lucky), ("out", end(0, 2))))


def breakfast(strong: Any = 9 * TENTH) -> Node:
    """Cho and Kreps (1987): beer or quiche, and whether to duel."""

    def eats(kind: str, meal: str) -> Move:
        liked = (kind == "s") == (meal == "beer")
        duel = end(int(liked), int(kind == "w"))
        return Move("2", meal, (("duel", duel), ("leave", end(2 + liked, int(kind == "s")))), kind)

    def wakes(kind: str) -> Move:
        return Move("1", kind, (("beer", eats(kind, "beer")), ("quiche", eats(kind, "quiche"))))

    return Chance((("strong", strong, wakes("s")), ("weak", 1 - strong, wakes("w"))))


def third(node: str, left: Any, right: Any) -> Move:
    return Move("3", "C", (("L", end(*left)), ("R", end(*right))), node)


HORSE = Move("1", "A", (
    ("D", third("l", (3, 3, 2), (0, 0, 0))),
    ("C", Move("2", "B", (("d", third("r", (4, 4, 0), (0, 0, 1))), ("c", end(1, 1, 1))))),
))  # fmt: skip
"""Selten (1975)."""


def unseen(k: str) -> Move:
    """Whoever goes in does not know the draw, and neither does who answers."""
    reply = Move("2", "B", (("x", end(-1, int(k == "l"))), ("y", end(1, int(k == "r") * 3))), k)
    return Move("1", "A", (("in", reply), ("out", end(0, 0))), k)


AGAIN = Move("1", "A", (("go", Move("1", "A2", (("x", end(1)), ("y", end(0))))), ("no", end(0))))
UNSEEN = Chance((("l", HALF, unseen("l")), ("r", HALF, unseen("r"))))


def search(
    root: Node, concept: Any = "perfect", *symbols: Any, inherited: Any = None
) -> SupportSearch:
    space = Space.of(symbols=symbols)
    start = inherited or SolutionFamily()
    return SupportSearch(root, space, start, SymbolFactory(space), concept, SearchCounts())


def families(root: Node, concept: Any, *symbols: Any) -> list[AssessmentFamily]:
    return list(search(root, concept, *symbols).run())


def _at(part: Any, values: Any) -> Any:
    return {n: {k: sp.sympify(v).subs(values) for k, v in mix.items()} for n, mix in part.items()}


def members(found: AssessmentFamily, point: Any) -> list[Any]:
    """Numbers for a family: its profiles and beliefs at a few of its members."""
    if not all(truth_value(g, point) is True for g in found.family.given):
        return []
    result = []
    for values in product(GRID[::3], repeat=len(found.family.free)):
        at = {**point, **dict(zip(found.family.free, values, strict=True))}
        if all(RELATIONS[op](sp.sympify(e).subs(at), 0) == sp.true for e, op in found.family.where):
            solved = {s: v.subs(at) for s, v in found.family.values.items()}
            full = {**at, **solved}
            result.append([_at(found.profile, full), _at(found.beliefs, full)])
    return result


def at_point(root: Node, point: Any) -> Node:
    return change_in_tree(root, lambda expression: substitute(expression, point))


def check_member(root: Node, profile: Any, beliefs: Any, concept: str) -> None:
    sets = information_sets(root)
    for name in sets:
        assert sum(profile[name].values()) == 1
        assert min(profile[name].values()) >= 0
    players = {nodes[0].player for nodes in sets.values()}
    for player in players:
        own = [n for n in sets if sets[n][0].player == player]
        choices = [[act for act, _ in sets[n][0].actions] for n in own]
        pures = [{n: {act: sp.Integer(1)} for n, act in zip(own, plan, strict=True)}
                 for plan in product(*choices)]  # fmt: skip
        value = expected_payoff(root, profile, player)
        assert all(expected_payoff(root, {**profile, **p}, player) <= value for p in pures)
        if concept == "Nash":
            assert beliefs == {}
            continue
        for name in own:
            weights = beliefs[name]
            assert sum(weights.values()) == 1
            assert min(weights.values()) >= 0

            def worth(strategy: Any, moves: Any = (player, sets[name], weights)) -> Any:
                return sum(moves[2][m.node] * expected_payoff(m, strategy, moves[0])
                           for m in moves[1])  # fmt: skip

            assert all(worth({**profile, **p}) <= worth(profile) for p in pures)
            reach = {m.node: reach_of(root, m, profile) for m in sets[name]}
            total = sum(reach.values())
            if total:
                assert weights == {node: r / total for node, r in reach.items()}


def reach_of(node: Node, goal: Move, profile: Any) -> Any:
    if node is goal:
        return sp.Integer(1)
    if isinstance(node, Outcome):
        return sp.Integer(0)
    if isinstance(node, Chance):
        return sum(c * reach_of(child, goal, profile) for _, c, child in node.branches)
    mix = profile[node.information_set]
    return sum(mix[act] * reach_of(child, goal, profile) for act, child in node.actions)


TREES: dict[str, tuple[Node, list[Any]]] = {
    "entry": (entry(-1), []), "a tie": (entry(1), []), "entry with a symbol": (entry(a), [a]),
    "luck": (entry(a, TENTH), [a]), "breakfast": (breakfast(), []), "horse": (HORSE, []),
    "unseen": (UNSEEN, []), "breakfast, mostly weak": (breakfast(TENTH), []),
}  # fmt: skip
COUNTS: dict[str, tuple[int, int, int]] = {
    "entry": (3, 1, 1), "a tie": (5, 5, 5), "entry with a symbol": (5, 5, 5), "luck": (5, 5, 5),
    "breakfast": (4, 4, 4), "horse": (4, 2, 2), "unseen": (3, 3, 1),
    "breakfast, mostly weak": (1, 1, 1),
}  # fmt: skip
CONCEPTS = ("Nash", "perfect", "sequential")


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("name", TREES)
def test_nobody_gains_at_any_member_of_a_family(name: str, concept: str) -> None:
    root, symbols = TREES[name]
    found = families(root, concept, *symbols)
    assert len(found) == COUNTS[name][CONCEPTS.index(concept)], found
    for family in found:
        counted = 0
        for value in (-1, 0, 1, 2):
            point = {a: sp.Integer(value)} if symbols else {}
            here = at_point(root, point)
            for profile, beliefs in members(family, point):
                check_member(here, profile, beliefs, concept)
                counted += 1
        assert counted, family
        assert existence_condition(family.family) is not sp.false


def test_known_equilibria() -> None:
    (only,) = families(entry(-1), "perfect")
    assert only.profile == {"A": {"in": 1, "out": 0}, "B": {"fight": 0, "share": 1}}
    assert only.beliefs == {"A": {"": 1}, "B": {"": 1}}
    threats = [f.profile["B"]["fight"] for f in families(entry(-1), "Nash")]
    assert threats[:2] == [0, 1]
    assert families(entry(-1), "Nash")[2].family.where[-1][0].has(*threats[2].free_symbols)
    pooling = [f.profile["s"] for f in families(breakfast(), "sequential")]
    assert [mix["beer"] for mix in pooling] == [1, 1, 0, 0]
    first = families(breakfast(), "perfect")[0]
    assert first.beliefs["beer"] == {"s": 9 * TENTH, "w": TENTH}
    (free,) = first.family.free
    assert (first.beliefs["quiche"]["s"], first.family.where[0][0]) == (free, HALF - free)
    (sequential,) = families(UNSEEN, "sequential")
    assert sequential.profile["B"] == {"x": 0, "y": 1}
    assert sequential.beliefs["B"] == {"l": HALF, "r": HALF}


def test_a_symbol_parts_the_equilibria() -> None:
    found = families(entry(a), "perfect", a)
    conditions = [existence_condition(f.family) for f in found]
    assert conditions == [a <= 1, sp.Eq(a, 1), a >= 1, sp.Eq(a, 1), sp.Eq(a, 1)]
    assert families(entry(w + 2), "perfect", w)[0].family.given == (w <= -1,)


def test_unknowns_of_subgames_are_inherited() -> None:
    """An unknown u of a later family, in (0, 1), is what going in brings."""
    u = sp.Symbol("u", real=True)
    inherited = SolutionFamily(free=(u,), where=((u, ">"), (1 - u, ">")))
    root = Move("1", "A", (("in", end(u, 0)), ("out", end(HALF, 0))))
    found = list(search(root, inherited=inherited).run())
    assert [f.profile["A"].get("in") for f in found[:2]] == [1, 0]
    assert [set(f.family.where) for f in found[:2]] == [
        {(1 - u, ">"), (u - HALF, ">=")}, {(HALF - u, ">="), (u, ">")}]  # fmt: skip
    assert found[2].family.values[u] == HALF
    assert len(found) == 3


def test_supports_are_the_smaller_first_and_open_off_the_path() -> None:
    tree = search(breakfast())
    assert list(tree._supports("s", {})) == [("beer",), ("quiche",), ("beer", "quiche")]
    nash = search(AGAIN, "Nash")
    assert list(nash._supports("A2", {"A": ("no",)})) == [ANY]
    assert list(nash._supports("A2", {"A": ("go", "no")})) == [("x",), ("y",), ("x", "y")]
    perfect = search(AGAIN)
    assert list(perfect._supports("A2", {"A": ("no",)})) == [("x",)]
    mix, unknowns = nash.mix("A2", ANY)
    assert len(unknowns) == 1
    assert mix == {"x": unknowns[0], "y": 1 - unknowns[0]}
    assert str(unknowns[0]) == "any(x|A2)"
    assert nash.mix("A2", ("y",)) == ({"x": 0, "y": 1}, ())
    (only,) = unknowns
    assert nash._probability_ranges("A2", ANY) == ([only], [(only, ">="), (1 - only, ">=")])
    mixed, (p,) = nash.mix("A2", ("x", "y"))
    assert nash._probability_ranges("A2", ("x", "y")) == ([p], [(p, ">"), (1 - p, ">")])
    assert mixed == {"x": p, "y": 1 - p}
    assert nash._probability_ranges("A2", ("x",)) == ([], [])
    found = list(nash.run())
    assert len(found) == 1  # to go, and x


@pytest.mark.parametrize(
    ("root", "concept", "symbols", "expected"),
    [
        (entry(-1), "perfect", (), ("share",)), (entry(1), "perfect", (), ("fight", "share")),
        (entry(2), "perfect", (), ("fight",)), (entry(-1), "Nash", (), ("fight", "share")),
        (entry(a), "perfect", (a,), ("fight", "share")),
        (entry(-1, TENTH), "perfect", (), ("share",)),
        (entry(-1, a), "perfect", (a,), ("fight", "share")),
    ],
)  # fmt: skip
def test_in_numbers_only_best_actions_are_tried(
    root: Node, concept: Any, symbols: Any, expected: Any
) -> None:
    assert search(root, concept, *symbols)._candidate_actions("B") == expected


def test_the_sets_are_ordered_so_that_each_place_is_checked_early() -> None:
    tree = search(breakfast())
    assert set(tree.order) == {"s", "w", "beer", "quiche"}
    for name, places in tree.schedule.items():
        for place in places:
            needed = tree.dependencies[place.name]
            assert max(needed, key=tree.order.index) == name
    assert sum(map(len, tree.schedule.values())) == 4
    assert tree.dependencies["s"] == ("s", "beer", "quiche")
    assert set(tree.dependencies["beer"]) == {"s", "w", "beer"}
    assert tree._with_predecessors("beer") == ["beer"]
    assert search(AGAIN)._with_predecessors("A2") == ["A", "A2"]
    assert search(AGAIN).before == {"A": (), "A2": (("A", "go"),)}


def test_families_come_in_the_order_of_supports() -> None:
    tree = search(breakfast())
    key = tree._sort_key(
        {"s": ("quiche",), "w": ("beer", "quiche"), "beer": ANY, "quiche": ("duel",)}
    )
    assert dict(zip(tree.actions, key, strict=True)) == {
        "s": (1, [1]), "w": (2, [0, 1]), "beer": (1, []), "quiche": (1, [0])}  # fmt: skip


def test_beliefs_follow_bayes_or_are_free() -> None:
    tree = search(breakfast())
    place = next(p for p in tree.places if p.name == "beer")
    supports = {"s": ("beer",), "w": ("quiche",), "beer": ("leave",), "quiche": ("duel",)}
    mixes = {tree.action_symbols[n][act]: chance for n in supports
             for act, chance in tree.mix(n, supports[n])[0].items()}  # fmt: skip
    ((weights, case),) = tree._belief_cases(place, supports, mixes)
    assert weights == (9 * TENTH, 0)
    assert case.belief == {"s": 1, "w": 0}
    assert (case.unknowns, case.atoms, case.equalities) == ((), (), ())
    never = {**supports, "s": ("quiche",)}
    mixes = {tree.action_symbols[n][act]: chance for n in never
             for act, chance in tree.mix(n, never[n])[0].items()}  # fmt: skip
    ((weights, case),) = tree._belief_cases(place, never, mixes)
    (b,) = case.unknowns
    assert weights == (b, 1 - b)
    assert case.atoms == ((b, ">="), (1 - b, ">="))
    assert case.belief == {"s": b, "w": 1 - b}
    chance = search(breakfast(a), "perfect", a)
    place = next(p for p in chance.places if p.name == "beer")
    cases = list(chance._belief_cases(place, supports, {}))
    assert len(cases) == 2  # reached, or strong of chance zero
    assert cases[0][1].atoms == ((a, ">"),)
    assert cases[1][1].equalities == (a,)


def test_costs_grow_with_symbols() -> None:
    assert [search(entry(-1), "Nash", *s)._question_cost for s in ((), (a,), (a, w))] == [1, 2, 3]
    assert search(entry(-1))._choices == 9
    assert search(breakfast())._choices == 81
    four = sp.symbols("c1:5", real=True)
    assert search(entry(-1), "Nash", *four)._question_cost == 6


def test_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_STEPS", 45)
    assert len(families(breakfast(), "perfect")) == 4
    monkeypatch.setattr(module, "MAX_STEPS", 44)
    with pytest.raises(TooLargeError, match=r"4 information sets with 81 .*44 partial choices"):
        families(breakfast(), "perfect")
    monkeypatch.undo()
    monkeypatch.setattr(module, "MAX_CANDIDATES", 4)
    assert len(families(breakfast(), "perfect")) == 4
    monkeypatch.setattr(module, "MAX_CANDIDATES", 3)
    with pytest.raises(TooLargeError, match="more than 3 of them may hold equilibria"):
        families(breakfast(), "perfect")
    monkeypatch.undo()
    monkeypatch.setattr(support_systems, "MAX_SYMBOLIC_CHOICES", 18)
    search(entry(a), "perfect", a)
    monkeypatch.setattr(support_systems, "MAX_SYMBOLIC_CHOICES", 17)
    with pytest.raises(TooLargeError, match="about 8 with these symbols"):
        search(entry(a), "perfect", a)
    monkeypatch.undo()
    monkeypatch.setattr(support_systems, "MAX_SYSTEMS", 16)
    assert len(families(entry(a), "perfect", a)) == 5
    monkeypatch.setattr(support_systems, "MAX_SYSTEMS", 15)
    with pytest.raises(TooLargeError, match="7 systems of equations"):
        families(entry(a), "perfect", a)


def test_which_routes_a_tree_takes() -> None:
    assert search(entry(-1), "Nash").simultaneous is not None
    assert search(entry(-1), "Nash").linear is None
    assert search(entry(-1), "perfect").simultaneous is None
    assert search(entry(-1), "perfect").linear is not None
    assert search(entry(a), "perfect", a).linear is None


def test_conditions_on_parameters_that_exclude_each_other() -> None:
    tree = search(entry(a), "perfect", a)
    case = RationalityConditions
    p = sp.Symbol("p", real=True)
    assert tree._is_contradictory(case(atoms=((a, ">"), (-a, ">="))))
    assert not tree._is_contradictory(case(atoms=((a, ">="), (-a, ">="))))
    assert tree._is_contradictory(case(equalities=(a - 1,), atoms=((-a, ">"),)))
    assert not tree._is_contradictory(case(equalities=(p - 1,), atoms=((p - 2, ">"),)))
    assert not tree._is_contradictory(case())
