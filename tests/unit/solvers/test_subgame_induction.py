"""Equilibria by induction on subgames: known trees, and the parts of the method."""

from typing import Any

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.games.tree import Chance, Move, Node, Outcome
from gametheory_eeu.solvers import behaviour_supports
from gametheory_eeu.solvers.behaviour_supports import (
    SubgameFamily,
    nash_equilibria,
    subgame_equilibria,
)
from gametheory_eeu.solvers.solution_families import SolutionFamily

module: Any = behaviour_supports
a, b, u, v = sp.symbols("a b u v", real=True)
HALF = sp.Rational(1, 2)
NONE, SPACE = Space.of(symbols=[]), Space.of(symbols=[a, b])


def end(*payoffs: Any) -> Outcome:
    return Outcome({str(k + 1): p for k, p in enumerate(payoffs)})


def entry(fight: Any, share: Any = 1) -> Node:
    inside = Move("2", "B", (("fight", end(-1, fight)), ("share", end(1, share))))
    return Move("1", "A", (("in", inside), ("out", end(0, 2))))


def centipede(length: int) -> Node:
    """Taking now is worth one more to who takes than letting the other take."""
    node: Node = end(length, length)
    for k in reversed(range(length)):
        taken = end(k + 1, k - 1) if k % 2 == 0 else end(k - 1, k + 1)
        node = Move(str(k % 2 + 1), f"M{k}", (("take", taken), ("pass", node)))
    return node


def choices(found: SubgameFamily) -> dict[str, list[str]]:
    return {n: [k for k, p in mix.items() if p != 0] for n, mix in found.profile.items()}


def test_threats_that_are_not_carried_out_are_no_equilibria() -> None:
    (only,) = subgame_equilibria(entry(-1), NONE, "Nash")
    assert choices(only) == {"A": ["in"], "B": ["share"]}
    assert dict(only.payoffs) == {"1": 1, "2": 1}
    assert only.condition == sp.true
    assert only.beliefs == {}
    assert len(nash_equilibria(entry(-1), NONE)) == 3
    (perfect,) = subgame_equilibria(entry(-1), NONE, "perfect")
    assert perfect.beliefs == {"A": {"": 1}, "B": {"": 1}}


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_who_moves_first_takes_at_once(length: int) -> None:
    found = subgame_equilibria(centipede(length), NONE, "Nash")
    takes = [f for f in found if all(c == ["take"] for c in choices(f).values())]
    assert len(takes) == 1
    assert dict(takes[0].payoffs) == {"1": 1, "2": -1}
    assert all(choices(f).keys() == {f"M{k}" for k in range(length)} for f in found)


def test_a_symbol_parts_the_families() -> None:
    found = subgame_equilibria(entry(a), Space.of(symbols=[a]), "Nash")
    told = {(str(choices(f)), f.condition) for f in found}
    assert len(found) == 5
    assert (str({"A": ["in"], "B": ["share"]}), a <= 1) in told
    assert (str({"A": ["out"], "B": ["fight"]}), a >= 1) in told
    assert [f.condition for f in found].count(sp.Eq(a, 1)) == 3
    assert len(subgame_equilibria(entry(a), Space.of(a > 1), "Nash")) == 1
    (only,) = subgame_equilibria(entry(a, a + b), Space.of(a > 0, b > 0), "Nash")
    assert choices(only)["B"] == ["share"]
    assert dict(only.payoffs) == {"1": 1, "2": a + b}


def test_continua_below_are_carried_on() -> None:
    """Where 2 is indifferent 1 enters at most with what is left of the fights."""
    found = subgame_equilibria(entry(1), NONE, "Nash")
    mixed = [f for f in found if choices(f)["B"] == ["fight", "share"]]
    assert len(found) == 5
    for family in mixed:
        p = next(iter(family.family.free), None)
        if choices(family)["A"] == ["in"] and p is not None:
            assert sp.expand(family.payoffs["1"] - (1 - 2 * p)) == 0
    both = [f for f in found if choices(f)["A"] == ["in", "out"]]
    assert [f.profile["B"]["fight"] for f in both] == [HALF]
    assert both[0].payoffs["1"] == 0


def two_subgames(first: Node, second: Node) -> Node:
    return Chance((("l", HALF, first), ("r", 1 - HALF, second)))


def rename(node: Node, suffix: str) -> Node:
    if isinstance(node, Outcome):
        return node
    if isinstance(node, Chance):
        return Chance(tuple((k, p, rename(child, suffix)) for k, p, child in node.branches))
    actions = tuple((k, rename(child, suffix)) for k, child in node.actions)
    return Move(node.player, node.information_set + suffix, actions, node.node)


def test_subgames_side_by_side_are_combined() -> None:
    root = two_subgames(rename(entry(-1), "l"), rename(entry(2), "r"))
    (only,) = subgame_equilibria(root, NONE, "Nash")
    assert choices(only) == {"Al": ["in"], "Bl": ["share"], "Ar": ["out"], "Br": ["fight"]}
    assert dict(only.payoffs) == {"1": HALF, "2": sp.Rational(3, 2)}
    symbolic = two_subgames(rename(entry(a), "l"), rename(entry(a + 1), "r"))
    found = subgame_equilibria(symbolic, Space.of(symbols=[a]), "Nash")
    # l shares for a <= 1, and r for a <= 0; ties at 1 and at 0.
    plain = [f.condition for f in found if not f.family.free and not f.family.values]
    assert len(plain) == 3
    assert {str(c) for c in plain} == {"a <= 0", "a >= 1", "(a >= 0) & (a <= 1)"}


def family(*given: Any, free: Any = (), where: Any = (), open_: Any = ()) -> SubgameFamily:
    inner = SolutionFamily(free=free, where=where, given=given, open=open_)
    return SubgameFamily(inner, {}, {}, {})


def test_which_subgames_share_no_symbol() -> None:
    alone, other, both = [family(a > 0), family(a <= 0)], [family(b > 0)], [family(a > b)]
    independent = module._independent_subgames
    assert independent([alone, other]) == [alone, other]
    assert independent([alone, other, both]) == []
    assert independent([alone, alone]) == []
    assert independent([[family()], both]) == [[family()], both]


def test_families_that_exclude_each_other_are_not_combined() -> None:
    first, second = [family(a > 0), family(a < 0)], [family(a > 1), family(a < b)]
    found = list(module._compatible_families([first, second], SPACE))
    assert [[p.family.given for p in parts] for parts, _ in found] == [
        [(a > 0,), (a > 1,)], [(a > 0,), (a < b,)], [(a < 0,), (a < b,)]]  # fmt: skip
    assert found[0][1].given == (a > 0, a > 1)
    assert module._is_possible((family(), family()), SPACE)
    (alone,) = module._compatible_families([], SPACE)
    assert alone == ((), SolutionFamily())


def test_a_joint_family_has_what_each_has() -> None:
    parts = (family(a > 0, free=(u,), where=((u, ">"),), open_=(u**2 - a,)),
             family(a > 0, b > 0, free=(v,), where=((v, ">="),)))  # fmt: skip
    joint = module._joint_family(parts)
    assert joint.free == (u, v)
    assert joint.where == ((u, ">"), (v, ">="))
    assert joint.given == (a > 0, b > 0)
    assert joint.open == (u**2 - a,)


def test_families_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FAMILIES", 5)
    assert len(subgame_equilibria(entry(1), NONE, "Nash")) == 5
    monkeypatch.setattr(module, "MAX_FAMILIES", 4)
    with pytest.raises(TooLargeError, match="the subgames have 5 or more families"):
        subgame_equilibria(entry(1), NONE, "Nash")
    monkeypatch.setattr(module, "MAX_FAMILIES", 3)
    pairs = [[family(a > 0), family(a < 0)], [family(b > 0), family(b < 0)]]
    with pytest.raises(TooLargeError, match="have 4 or more families"):
        list(module._compatible_families(pairs, SPACE))


def test_the_next_subgames_below_a_node() -> None:
    root = entry(1)
    assert isinstance(root, Move)
    inside = root.actions[0][1]
    assert module._next_starts(root, {id(root): root, id(inside): inside}) == [inside]
    assert module._next_starts(root, {id(root): root}) == []
    both = two_subgames(root, inside)
    assert module._next_starts(both, {id(inside): inside}) == [inside, inside]
    assert module._next_starts(both, {id(root): root, id(inside): inside}) == [root, inside]
