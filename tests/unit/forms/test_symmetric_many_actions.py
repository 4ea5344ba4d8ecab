"""Symmetric games of three and more actions: payoffs by counts, conditions, limits, identity."""

import pickle
from random import Random

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, TooLargeError, UnknownNameError
from gametheory_eeu.solvers.counts import compositions
from gametheory_eeu.solvers.pure_nash import equilibria_by_counts

EACH = "each player"
Counts = tuple[int, ...]


def roads(drivers: int) -> eeu.SymmetricGame:
    """Each road as slow as it has drivers, times its own slope."""
    return eeu.SymmetricGame(
        {
            road: lambda others, k=k, slope=slope: f"-{slope}*{others[k] + 1}"
            for k, (road, slope) in enumerate([("A", "a"), ("B", "b"), ("C", "c")])
        },
        drivers,
        given=["a > 0", "b > 0", "c > 0"],
    )


def janken(players: int = 2) -> eeu.SymmetricGame:
    """Rock, paper, scissors: w for a win, -l for a loss, against each of the others."""
    return eeu.SymmetricGame(
        {
            own: lambda others, k=k: f"w*{others[(k + 2) % 3]} - l*{others[(k + 1) % 3]}"
            for k, own in enumerate(["rock", "paper", "scissors"])
        },
        players,
        given=["w > 0", "l > 0"],
    )


def rank_game() -> eeu.SymmetricGame:
    """The highest effort has gains in proportion to the others' (strategic complements)."""
    return eeu.SymmetricGame(
        {
            "low": lambda _: 0,
            "middle": lambda others: f"b*{others[1] + 2 * others[2]} - c",
            "high": lambda others: f"2*b*{others[1] + 2 * others[2]} - 3*c",
        },
        4,
        given=["b > 0", "c > 0"],
    )


GAMES = {
    "roads of two": roads(2),
    "roads of four": roads(4),
    "janken of two": janken(),
    "janken of three": janken(3),
    "efforts": rank_game(),
}


@pytest.mark.parametrize("name", GAMES)
def test_a_closed_form_at_values_is_the_answer_in_numbers(name: str) -> None:
    game, rng = GAMES[name], Random(4)
    found = game.solve()
    assert found.complete_where == sp.true
    assert {v.verdict for v in found.verify().values()} == {"proved"}
    for _ in range(5):
        values = {s.name: sp.Rational(rng.randint(1, 30), rng.randint(1, 9)) for s in game.symbols}
        point = {s: values[s.name] for s in game.symbols}
        there = [e for e in found if e.condition.xreplace(point) == sp.true]
        numbers = game.at(**values).solve()
        assert [e.name for e in there] == list(numbers.names)
        for closed, exact in zip(there, numbers, strict=True):
            at = {a: p.xreplace(point) for a, p in closed.profile[EACH].items()}
            assert at == dict(exact.profile[EACH])
            assert closed.payoffs[EACH].xreplace(point) == exact.payoffs[EACH]


@pytest.mark.parametrize("name", GAMES)
def test_pure_conditions_at_values_are_the_answer_in_numbers(name: str) -> None:
    game, rng = GAMES[name], Random(5)
    found = game.solve("pure Nash")
    assert {v.verdict for v in found.verify().values()} <= {"proved"}
    for _ in range(3):
        values = {s.name: rng.randint(1, 6) for s in game.symbols}
        point = {s: sp.Integer(values[s.name]) for s in game.symbols}
        there = [e.name for e in found if e.condition.xreplace(point) == sp.true]
        assert there == list(game.at(**values).solve("pure Nash").names)


def test_two_of_three_actions_by_one_polynomial() -> None:
    """Volunteers who may also leave: the mix has a closed form of any degree."""
    game = eeu.SymmetricGame(
        {
            "help": lambda _: "u - k",
            "wait": lambda others: "u" if others[0] else 0,
            "leave": lambda _: "-1",
        },
        6,
        given=["0 < k", "k < u"],
    )
    equilibrium = game.solve()["help + wait"]
    u, k = game.symbols if str(game.symbols[0]) == "u" else reversed(game.symbols)
    assert sp.simplify(equilibrium.profile[EACH]["wait"] - (k / u) ** sp.Rational(1, 5)) == 0
    assert equilibrium.verify().verdict == "proved"


def test_what_has_no_closed_form_is_named() -> None:
    rows = {a: [f"{a}_{k}" for k in range(10)] for a in "xyz"}
    found = eeu.SymmetricGame(rows | {"z": [0] * 10}, 4).solve()
    assert found.complete_where != sp.true
    assert "x + y + z" in found.why
    assert "no closed form" in found.why


def test_a_continuum_is_a_family() -> None:
    found = eeu.SymmetricGame({a: [0] * 6 for a in "abc"}, 3).solve()
    assert found.complete_where == sp.true
    assert len(found["a + b + c"].free) == 2
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_large_degrees_are_enclosed_and_say_so() -> None:
    rng = Random(1)
    game = eeu.SymmetricGame({a: [rng.randint(-9, 9) for _ in range(36)] for a in "abc"}, 8)
    found = game.solve()
    assert not found.exact
    assert any(0 < e.radius < sp.Rational(1, 10**20) for e in found)
    assert {v.verdict for v in found.verify().values()} == {"proved"}


def test_beyond_all_methods_the_supports_are_named() -> None:
    rng = Random(1)
    game = eeu.SymmetricGame({a: [rng.randint(-9, 9) for _ in range(91)] for a in "abc"}, 13)
    found = game.solve()
    assert found.complete_where == sp.false
    assert "a + b + c" in found.why
    assert "too large" in found.why


def test_payoffs_are_read_from_functions_mappings_and_lists() -> None:
    def pay(others: Counts) -> str:
        return f"{others[0]}*u + {others[2]}"

    order = list(compositions(2, 3))
    by_function = eeu.SymmetricGame(dict.fromkeys("abc", pay), 3)
    by_mapping = eeu.SymmetricGame({a: {c: pay(c) for c in reversed(order)} for a in "abc"}, 3)
    by_list = eeu.SymmetricGame({a: [pay(c) for c in order] for a in "abc"}, 3)
    assert by_function == by_mapping == by_list
    assert hash(by_function) == hash(by_list)
    assert by_list.counts == tuple(order)
    assert str(by_list.by_counts("b")[1, 0, 1]) == "u + 1"
    with pytest.raises(UnknownNameError, match="action 'd'"):
        by_list.by_counts("d")


@pytest.mark.parametrize(
    ("payoffs", "players", "match"),
    [
        ({"a": [1, 2]}, 2, "two actions"),
        ({"a": [1], "b": [1], "c": [1]}, 2, "3 payoffs"),
        ({"a": {(1, 0, 0): 1}, "b": [1] * 3, "c": [1] * 3}, 2, "is missing"),
        ({"a": {(2, 0, 0): 1}, "b": [1] * 3, "c": [1] * 3}, 2, "split of the 1 others"),
        ({"a": [1j, 0, 0], "b": [0] * 3, "c": [0] * 3}, 2, r"payoff of a against \(0, 0, 1\)"),
        ({1: [0] * 3, "b": [0] * 3, "c": [0] * 3}, 2, "3 names"),
        ({"a": [0] * 3, "b": [0] * 3, "a + b": [0] * 3}, 2, "look alike"),
        ({a: lambda _: 0 for a in "abcdefgh"}, 30, "above the limit"),
    ],
)
def test_bad_games_are_refused(payoffs: dict[str, object], players: int, match: str) -> None:
    with pytest.raises(GameTheoryError, match=match):
        eeu.SymmetricGame(payoffs, players)


def test_limits_are_named_before_any_work() -> None:
    pay = {a: (lambda others, k=k: f"t*{others[k]}") for k, a in enumerate("abcde")}
    game = eeu.SymmetricGame(pay, 16)
    with pytest.raises(TooLargeError, match=r"31 supports.*pure Nash"):
        game.solve()
    many = eeu.SymmetricGame({a: lambda others: f"t*{others[0]}" for a in "abc"}, 80)
    with pytest.raises(TooLargeError, match="3321 ways"):
        many.solve("pure Nash")
    with pytest.raises(TooLargeError, match="steps"):
        list(equilibria_by_counts([[{}] * 6] * 40))


def test_values_that_leave_no_payoff_are_refused() -> None:
    game = eeu.SymmetricGame({"a": ["1/x", 0, 0], "b": [0] * 3, "c": [0] * 3}, 2)
    with pytest.raises(GameTheoryError, match=r"payoff of a against \(0, 0, 1\)"):
        game.at(x=0)
    with pytest.raises(GameTheoryError, match="contradicts"):
        janken().at(w=-1)
    with pytest.raises(UnknownNameError):
        janken().at(z=1)


@pytest.mark.parametrize(
    "game",
    [janken(), eeu.SymmetricGame({"a": ["x", 2, 0], "b": [0, 1, "x/2"]}, 3, title="two")],
    ids=["three actions", "two actions"],
)
def test_a_game_comes_back_from_json_and_pickle(game: eeu.SymmetricGame) -> None:
    back = eeu.from_json(game.to_json())
    assert type(back) is eeu.SymmetricGame
    assert back == game == pickle.loads(pickle.dumps(game))  # noqa: S301
    assert back.title == game.title
    assert hash(back) == hash(game)
    assert eeu.from_json(game.solve("pure Nash").to_json()) == game.solve("pure Nash")


def test_forms_of_different_kinds_differ_and_stay_as_they_are() -> None:
    game = janken()
    large = eeu.NormalForm([[0, 1], [1, 0]], [[0, 1], [1, 0]])
    assert game != large
    assert large != game
    for each in (game, large):
        with pytest.raises(AttributeError, match="frozen"):
            each.title = "other"


def test_a_game_of_three_actions_is_a_table_by_counts() -> None:
    columns = ["others at rock", "others at paper", "others at scissors"]
    assert list(janken(3).to_dataframe().columns) == [*columns, "rock", "paper", "scissors"]
    assert "how many of the others take each action" in str(janken(3))


def test_regimes_and_statics_of_three_actions() -> None:
    game = rank_game()
    cells = eeu.regimes(game).cells
    assert {tuple(e for e in cell.equilibria) for cell in cells} >= {("low",)}
    table = eeu.comparative_statics(game)
    signs = {(row.quantity, row.parameter.name): row.sign for row in table.ends}
    assert signs["least equilibrium", "b"] == signs["greatest equilibrium", "b"] == ">=0"
    assert signs["least equilibrium", "c"] == signs["greatest equilibrium", "c"] == "<=0"


def test_what_crowds_out_is_no_complement() -> None:
    """With substitutes no theorem speaks of the extremes, though all together would gain."""
    game = eeu.SymmetricGame(
        {"stay": lambda _: 0, "go": lambda stay: f"v - c*{3 - stay}"}, 3, given=["v > 0", "c > 0"]
    )
    rows = {(row.quantity, row.parameter.name): row.sign for row in eeu.monotone_statics(game)}
    assert rows["least equilibrium", "v"] == "?"


def test_six_who_keep_apart_spread_evenly() -> None:
    apart = [{c: -c[a] for c in compositions(5, 3)} for a in range(3)]
    found = list(equilibria_by_counts([apart] * 6))
    assert [(each.counts, each.count) for each in found] == [((2, 2, 2), 90)]


def test_families_at_values_and_regimes_of_splits() -> None:
    game = roads(3)
    at = game.solve().families_at(a=1, b=1, c=5)
    assert at == {"A + B": ("A + B",)}
    tolled = eeu.SymmetricGame(
        {
            road: lambda others, k=k: f"-{others[k] + 1} - {'t' if k == 2 else 0}"
            for k, road in enumerate("ABC")
        },
        4,
        given=["t >= 0"],
    )
    cells = {cell.equilibria for cell in eeu.regimes(tolled, concept="pure Nash").cells}
    assert cells == {("1 A, 2 B, 1 C", "2 A, 1 B, 1 C"), ("2 A, 2 B",)}


def test_irrational_payoffs_are_near_those_of_a_rational_game_nearby() -> None:
    def game(root: object) -> tuple[eeu.SymmetricGame, eeu.NormalForm]:
        r, rng = sp.sympify(root), Random(0)
        rows = {"a": [r, 0, 1], "b": [0, 1, r + 1], "c": [1, 1, 0]}
        actions = [["a", "b"]] * 3

        def pay(_: object) -> list[sp.Expr]:
            return [rng.randint(-3, 3) + rng.randint(-2, 2) * r for _ in range(3)]

        return eeu.SymmetricGame(rows, 2), eeu.NormalForm(pay, actions=actions)

    near = game(sp.Rational(14142135623731, 10**13))
    for exact, close in zip(game(sp.sqrt(2)), near, strict=True):
        found, other = exact.solve(), close.solve()
        assert found.complete_where == sp.true
        assert found.names == other.names
        assert any(len(e.support[p]) > 1 for e in found for p in e.support)
        for one, two in zip(found, other, strict=True):
            assert bool(one.free) == bool(two.free)
            if one.free:
                continue
            for mine, theirs in zip(one.strategies.values(), two.strategies.values(), strict=True):
                assert [float(p) for p in mine] == pytest.approx([float(p) for p in theirs])
        assert {v.verdict for v in found.verify().values()} == {"proved"}
