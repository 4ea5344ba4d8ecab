"""Active sets: what is enumerated, and every solution of small problems."""

import pytest
import sympy as sp

from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.prover.case_distinction import disjuncts
from gametheory_eeu.solvers import active_sets
from gametheory_eeu.solvers.active_sets import (
    ActiveSetSearch,
    ChoiceEquilibrium,
    UnsolvedActiveSet,
    _distances,
    _faces,
    _has_slope,
    _pieces,
    atom,
)
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.own_maximum import Agent, PayoffPiece

x, y, r, a, b = sp.symbols("x y r a b", real=True)
ZERO, ONE = sp.Integer(0), sp.Integer(1)


def unit(symbol: sp.Symbol) -> ChoiceRange:
    return ChoiceRange(symbol, ZERO, ONE, True, True)


def search(payoffs: dict[sp.Symbol, sp.Expr], *given: object) -> ActiveSetSearch:
    space = Space.of(*given, symbols=[a, b])
    choices = Space.of(space, *(unit(s).contains(s) for s in payoffs))
    agents = tuple(Agent(s.name, u, (unit(s),), choices) for s, u in payoffs.items())
    return ActiveSetSearch(agents, space)


def found(problem: ActiveSetSearch) -> dict[tuple[str, ...], ChoiceEquilibrium]:
    solutions = list(problem.solutions())
    assert all(isinstance(s, ChoiceEquilibrium) for s in solutions)
    return {tuple(s.places.values()): s for s in solutions if isinstance(s, ChoiceEquilibrium)}


def test_a_quadratic_payoff_is_best_inside_or_at_either_end() -> None:
    solutions = found(search({x: a * x - x**2}))
    assert solutions["inside",].values == {x: a / 2}
    assert solutions["inside",].condition == sp.And(a > 0, a < 2)
    assert solutions["low",].condition == (a <= 0)
    assert solutions["high",].condition == (a >= 2)


def test_an_indifferent_player_has_a_continuum() -> None:
    solutions = found(search({x: a * x}))
    inner = solutions["inside",]
    assert inner.free == (x,)
    assert inner.condition == sp.Eq(a, 0)
    assert solutions["low",].condition == (a <= 0)
    assert solutions["high",].condition == (a >= 0)


def test_two_players_meet() -> None:
    solutions = found(search({x: x * (y - a), y: y * (b - x)}, 0 < a, a < 1, 0 < b, b < 1))
    assert set(solutions) == {("inside", "inside")}
    assert solutions["inside", "inside"].values == {x: b, y: a}


def test_equal_players_are_tied() -> None:
    space = Space.of(a > 1)
    choices = Space.of(space, unit(x).contains(x), unit(r).contains(r))
    agent = Agent("each", x * (ONE - x - a * r), (unit(x),), choices)
    problem = ActiveSetSearch((agent,), space, {r: x})
    assert sp.simplify(found(problem)["inside",].values[x] - 1 / (a + 2)) == 0


def test_equations_without_a_closed_form_are_said() -> None:
    payoff = sp.exp(x) - a * x - x**2
    (unsolved,) = (
        s for s in search({x: payoff}).solutions()
        if isinstance(s, UnsolvedActiveSet) and s.places == {x: "inside"}
    )  # fmt: skip
    assert "closed form" in unsolved.why


def test_too_many_active_sets_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(active_sets, "MAX_ACTIVE_SETS", 9)
    list(search({x: -(x**2), y: -(y**2)}).solutions())
    monkeypatch.setattr(active_sets, "MAX_ACTIVE_SETS", 8)
    with pytest.raises(TooLargeError, match="in 9 combinations"):
        list(search({x: -(x**2), y: -(y**2)}).solutions())


def test_a_convex_payoff_is_best_at_an_end() -> None:
    solutions = found(search({x: x**2 - a * x}, a > 0))
    conditions = {place: s.condition for place, s in solutions.items() if s.condition != sp.false}
    assert (a >= 1) in conditions["low",].atoms(sp.Ge)
    assert ("inside",) not in conditions or conditions[("inside",)] == sp.false


def test_a_kink_is_a_place_of_its_own() -> None:
    solutions = found(search({x: -sp.Abs(x - a)}, a > 0, a < 1))
    kept = {place for place, s in solutions.items() if s.condition != sp.false}
    assert ("edge",) in kept
    assert solutions["edge",].values == {x: a}


def test_places_and_distances() -> None:
    places = search({x: -(x**2)}, a > 0, b >= 0)._places
    assert places(unit(x)) == ["inside", "low", "high"]
    assert places(ChoiceRange(x)) == ["inside"]
    assert places(ChoiceRange(x, ZERO, ONE, False, True)) == ["inside", "high"]
    assert places(ChoiceRange(x, ZERO, ONE, True, False)) == ["inside", "low"]
    assert places(ChoiceRange(x, ONE, ONE, True, True)) == ["point"]
    assert places(ChoiceRange(x, ZERO, a, True, True)) == ["inside", "low", "high"]
    assert places(ChoiceRange(x, ZERO, b, True, True)) == ["inside", "low", "high", "point"]
    assert _distances(unit(x)) == [x, 1 - x]
    assert _distances(ChoiceRange(x, a)) == [x - a]
    assert _distances(ChoiceRange(x, high=a)) == [a - x]
    assert _distances(ChoiceRange(x)) == []


def test_atoms_of_relations() -> None:
    assert atom(x < a) == (a - x, ">")
    assert atom(x >= a) == (x - a, ">=")
    assert atom(sp.Eq(x, a)) == (x - a, "==")
    assert atom(sp.Ne(x, a)) == (x - a, "!=")
    with pytest.raises(UnsupportedError, match="not a relation"):
        atom(sp.Symbol("p"))


@pytest.mark.parametrize(
    "condition",
    [sp.Or(x > 0, y > 0), sp.And(x > 0, sp.Or(y > 0, y < -1)), sp.true, sp.false, x > 0,
     sp.Not(sp.And(x > 0, y > 0)), sp.Or(sp.And(x > 0, y > 0), sp.Eq(x, y), x < -1)],
    ids=str,
)  # fmt: skip
def test_disjuncts_hold_one_at_a_time(condition: sp.Basic) -> None:
    parts = [sp.And(*conjunction) for conjunction in disjuncts(condition)]
    for first in range(-2, 3):
        for second in range(-2, 3):
            point = {x: sp.Integer(first), y: sp.Integer(second)}
            holding = sum(part.xreplace(point) == sp.true for part in parts)
            assert holding == (condition.xreplace(point) == sp.true)


def test_faces_of_a_piece() -> None:
    piece = PayoffPiece(((x - a, ">="), (b, ">="), (x - b, ">")), x**2)
    inside, edge = _faces(piece, (x,))
    assert inside.atoms == ((x - a, ">"), (b, ">="), (x - b, ">"))
    assert (inside.edges, inside.equalities) == ((), ())
    assert edge.atoms == ((b, ">="), (x - b, ">"))
    assert edge.edges == (x - a,)
    (tied,) = _faces(PayoffPiece(((a - b, "=="),), x), (x,))
    assert (tied.edges, tied.equalities) == ((), (a - b,))
    (line,) = _faces(PayoffPiece(((x - b, "=="),), x), (x,))
    assert (line.edges, line.equalities) == ((x - b,), ())


def test_pieces_of_a_payoff() -> None:
    space = Space.of(unit(x).contains(x), symbols=[a])
    smooth = Agent("A", x**2, (unit(x),), space)
    assert list(_pieces(smooth)) == [((), x**2)]
    kinked = Agent("A", sp.Max(x, a), (unit(x),), space)
    assert {formula for _, formula in _pieces(kinked)} == {x, a}


def test_slopes_that_are_numbers() -> None:
    assert _has_slope(2 * x - a, x, 1)
    assert _has_slope(a - x, x, -1)
    assert not _has_slope(2 * x - a, x, -1)
    assert not _has_slope(a - x, x, 1)
    assert not _has_slope(a * x, x, 1)
    assert not _has_slope(a * x, x, -1)
    assert not _has_slope(a, x, 1)


def test_a_choice_without_ends_may_be_bound_by_what_others_do() -> None:
    """One is indifferent; the other stays at an end only on one side of b."""
    space = Space.of(symbols=[b])
    choices = Space.of(unit(y).contains(y), symbols=[x, b])
    free, other = (
        Agent("A", ZERO, (ChoiceRange(x),), choices),
        Agent("B", y * (x - b), (unit(y),), choices),
    )
    solutions = found(ActiveSetSearch((free, other), space))
    assert {places[1] for places in solutions} == {"inside", "low", "high"}
    for place, where in (("low", b - x >= 0), ("high", x - b >= 0)):
        solution = solutions["inside", place]
        assert solution.condition == sp.true
        assert solution.free == (x,)
        assert solution.where == where


def test_a_continuum_ends_where_a_deviation_pays() -> None:
    """The first is indifferent, the second's payoff is convex: an end is best on one side only."""
    solutions = list(search({x: ZERO * x, y: y**2 - 2 * b * y * (1 + x)}, 0 < b, b < 2).solutions())
    kept = [s for s in solutions if isinstance(s, ChoiceEquilibrium)]
    assert len(kept) == len(solutions)

    def holds(place: str, at: dict[sp.Symbol, sp.Expr]) -> bool:
        families = [s for s in kept if (s.places[x], s.places[y]) == ("inside", place)]
        return any(sp.And(s.condition, s.where).xreplace(at) == sp.true for s in families)

    for value in (sp.Rational(1, 10), sp.Rational(2, 5), sp.Integer(1)):
        for point in (sp.Rational(1, 10), sp.Rational(1, 2), sp.Rational(9, 10)):
            at = {b: value, x: point}
            assert holds("low", at) is bool(1 - 2 * value * (1 + point) <= 0)
            assert holds("high", at) is bool(1 - 2 * value * (1 + point) >= 0)


@pytest.mark.parametrize("payoff", [x, -x, x**2 - 3 * x, x**3 - 2 * x**2], ids=str)
def test_a_range_may_shrink_to_a_point(payoff: sp.Expr) -> None:
    space = Space.of(a >= 0)
    choice = ChoiceRange(x, ZERO, a, True, True)
    agent = Agent("A", payoff, (choice,), Space.of(space, choice.contains(x)))
    kept = [
        s for s in ActiveSetSearch((agent,), space).solutions() if isinstance(s, ChoiceEquilibrium)
    ]
    for value in (ZERO, ONE, sp.Integer(4)):
        held = [s for s in kept if s.condition.xreplace({a: value}) == sp.true]
        numbers = sorted({s.values[x].xreplace({a: value}) for s in held})
        slope = sp.diff(payoff, x)
        roots = sp.real_roots(slope) if slope.has(x) else []
        candidates = [ZERO, value, *(r for r in roots if 0 < r < value)]
        best = max(payoff.xreplace({x: c}) for c in candidates)
        assert numbers == sorted({c for c in candidates if payoff.xreplace({x: c}) == best})
