"""Published models in which offers, quantities and costs are real numbers: answers and conditions.

Each is written as payoffs alone; the answer and where it holds are those of the source.
"""

from __future__ import annotations

import pytest
import sympy as sp

import gametheory_eeu as eeu

builder = eeu.ExtensiveForm.builder


def same(game: eeu.ContinuousTree, found: object, published: str) -> bool:
    return bool(eeu.equivalent(found, published, given=game.space).verdict == "proved")


def equal(game: eeu.ContinuousTree, found: sp.Expr, published: str, where: object) -> bool:
    names = {s.name: s for s in game.space.symbols}
    claim = sp.Eq(found, eeu.parse(published, known=names) if names else eeu.parse(published))
    return bool(eeu.prove(claim, given=[*game.space.constraints, where]).verdict == "proved")


def at(expression: sp.Expr, **values: object) -> sp.Expr:
    return expression.xreplace({s: sp.sympify(values[s.name]) for s in expression.free_symbols})


def check(
    game: eeu.ContinuousTree, published: dict[str, tuple[dict[str, str], str]], *, number: int
) -> eeu.EquilibriumSet:
    """Every equilibrium proved to be one, all of them found, and the published ones as published.

    ``published``: by name, the choices and the condition.
    """
    solution = game.solve()
    assert solution.complete_where == sp.true
    assert len(solution) == number
    for equilibrium in solution:
        assert equilibrium.verify().verdict == "proved", equilibrium
    for name, (choices, condition) in published.items():
        equilibrium = solution[name]
        assert same(game, equilibrium.condition, condition), (name, equilibrium.condition)
        for choice, value in choices.items():
            assert equal(game, equilibrium.choices[choice], value, equilibrium.condition), name
    return solution


def test_stackelberg_1934() -> None:
    """Leader and follower with unequal costs: interior, blockade, limit quantity, dropping out."""
    game = eeu.model("stackelberg 1934").form()
    solution = check(
        game,
        {
            "q_1 inside; q_2 inside": (
                {"q_1": "(a - 2*c_1 + c_2)/2", "q_2": "(a + 2*c_1 - 3*c_2)/4"},
                "a + c_2 > 2*c_1 and a + 2*c_1 > 3*c_2",
            ),
            "q_1 = 0; q_2 inside": ({"q_1": "0", "q_2": "(a - c_2)/2"}, "2*c_1 >= a + c_2"),
            "q_1 inside; q_2 = 0": ({"q_1": "(a - c_1)/2"}, "2*c_2 > a + c_1"),
            "q_1 at a breakpoint; q_2 = 0": (
                {"q_1": "a - c_2"}, "3*c_2 >= a + 2*c_1 and a + c_1 >= 2*c_2",
            ),
        },
        number=4,
    )  # fmt: skip
    responses = {at(e.responses["q_2"], a=1, c_2=0, q_1=0) for e in solution}
    assert responses == {sp.Rational(1, 2)}


def test_spengler_1950_double_marginalisation() -> None:
    game = (
        builder("upstream", "downstream", given="0 < c < a")
        .choose("upstream", "w", between=(0, "a"))
        .choose("downstream", "p", between=("w", "a"), after="w")
        .payoffs("w/p", "(w - c)*(a - p)", "(p - w)*(a - p)")
        .build()
    )
    prices = {"w": "(a + c)/2", "p": "(3*a + c)/4"}
    check(game, {"w inside; p inside": (prices, "a > c")}, number=1)


def test_entry_deterrence_by_capacity() -> None:
    """Dixit (1979): entry is blockaded, deterred or accommodated as its fixed cost falls.

    The quantities are capacities that are used in full (Tirole 1988, section 8.2). With demand
    1 - q and no variable costs: blockaded for F > 1/16; deterred by 1 - 2 sqrt(F) down to
    F = ((2 - sqrt(2))/8)^2; accommodated below.
    """
    game = (
        builder("incumbent", "entrant", given="F > 0")
        .choose("incumbent", "q_1", between=(0, 1))
        .move("entrant", ["enter", "stay out"], after="q_1")
        .payoffs("q_1/stay out", "(1 - q_1)*q_1", 0)
        .choose("entrant", "q_2", between=(0, 1), after="q_1/enter")
        .payoffs("q_1/enter/q_2", "(1 - q_1 - q_2)*q_1", "(1 - q_1 - q_2)*q_2 - F")
        .build()
    )
    margin = "((2 - sqrt(2))/8)**2"
    published = {
        "q_1 inside; enter; q_2 inside": ({"q_1": "1/2", "q_2": "1/4"}, f"F <= {margin}"),
        "q_1 at a breakpoint; stay out": ({"q_1": "1 - 2*sqrt(F)"}, f"{margin} <= F <= 1/16"),
        "q_1 inside; stay out": ({"q_1": "1/2"}, "F > 1/16"),
    }
    check(game, published, number=3)


def test_romer_and_rosenthal_1978() -> None:
    """A setter at s > 0, a voter at 0: the four regimes of the status quo q."""
    game = eeu.model("romer and rosenthal 1978").form()
    solution = check(
        game,
        {
            "x inside; accept": ({"x": "s"}, "q < -s or q > s"),
            "x at a breakpoint; accept": ({"x": "-q"}, "-s <= q <= 0"),
            "x at a breakpoint; accept (2)": ({"x": "q"}, "0 < q <= s"),
        },
        number=5,
    )
    # Where the status quo stands, anything that the voter refuses may be proposed as well.
    for name in ("x inside; keep", "x inside; keep (2)"):
        assert same(game, solution[name].condition, "0 <= q <= s")
        assert solution[name].payoffs == solution["x at a breakpoint; accept (2)"].payoffs


def test_an_ultimatum_with_an_outside_option() -> None:
    game = (
        builder("A", "B", given="0 <= w < 1")
        .choose("A", "x", between=(0, 1))
        .move("B", ["accept", "reject"], after="x")
        .payoffs("x/accept", "x", "1 - x")
        .payoffs("x/reject", 0, "w")
        .build()
    )
    name = "x at a breakpoint; accept"
    solution = check(game, {name: ({"x": "1 - w"}, "w < 1")}, number=1)
    assert solution[name].note == "B is indifferent and plays accept: otherwise x would not be best"


def test_fearon_1995_with_a_uniform_cost() -> None:
    """The risk-return trade-off: interior demand, the demand that all accept, and all of it."""
    game = eeu.model("fearon 1995").form()
    solution = check(
        game,
        {
            "x inside; accept or fight": (
                {"x": "p + (C - c_A)/2"},
                "c_A < C and C + 2*p < 2 + c_A",
            ),
            "x at a breakpoint; accept": ({"x": "p"}, "c_A >= C"),
            "x = 1; accept or fight": ({"x": "1"}, "C + 2*p >= 2 + c_A"),
        },
        number=3,
    )
    symbols = {s.name: s for s in game.space.symbols}
    demand = solution["x inside; accept or fight"].choices["x"]
    risk = (demand - symbols["p"]) / symbols["C"]
    # The probability of war rises with the range of costs and falls with A's own.
    for name, sign in (("C", 1), ("c_A", -1)):
        claim = sp.Gt(sign * sp.diff(risk, symbols[name]), 0)
        assert eeu.prove(claim, given=game.space).verdict == "proved"
    accept = solution["x = 1; accept or fight"].profile["B"]["accept"]
    assert [at(accept, c_B=c, p="3/4", x=1) for c in ("1/4", "1/8")] == [1, 0]


def test_fearon_1995_with_two_costs() -> None:
    """A risks war iff the irresolute type is likely enough."""
    game = (
        builder("A", "B", given="0 < p and c_A > 0 and 0 < c_L < c_H and 0 < q < 1 and p + c_H < 1")
        .chance({"low": "q", "high": "1 - q"})
        .choose("A", "x", between=(0, 1), after=["low", "high"])
        .move("B", ["accept", "fight"], after="low/x", information_set="low B")
        .move("B", ["accept", "fight"], after="high/x", information_set="high B")
        .payoffs("*/x/accept", "x", "1 - x")
        .payoffs("low/x/fight", "p - c_A", "1 - p - c_L")
        .payoffs("high/x/fight", "p - c_A", "1 - p - c_H")
        .build()
    )
    margin = "(c_H - c_L)/(c_H + c_A)"
    published = {
        "x at a breakpoint; accept; accept": ({"x": "p + c_L"}, f"q >= {margin}"),
        "x at a breakpoint; fight; accept": ({"x": "p + c_H"}, f"q <= {margin}"),
    }
    check(game, published, number=2)


def test_powell_1999_take_it_or_leave_it() -> None:
    """A satisfied B keeps the status quo; a dissatisfied one is conceded what war would bring."""
    game = (
        builder("A", "B", given="0 < p and c_A > 0 and c_B > 0 and p + c_B < q and q < 1")
        .choose("A", "x", between=(0, 1))
        .move("B", ["accept", "stay", "fight"], after="x")
        .payoffs("x/accept", "x", "1 - x")
        .payoffs("x/stay", "q", "1 - q")
        .payoffs("x/fight", "p - c_A", "1 - p - c_B")
        .build()
    )
    check(game, {"x at a breakpoint; accept": ({"x": "p + c_B"}, "q > p + c_B")}, number=1)
    satisfied = game.over(eeu.Space.of("0 < p and c_A > 0 and c_B > 0 and q < p + c_B and q < 1",
                                       "q > 0", symbols=game.space.symbols))  # fmt: skip
    solution = satisfied.solve()
    assert {str(e.payoffs["A"]) for e in solution} == {"q"}
    assert all(bool(e.verify()) for e in solution)


def test_holmstrom_and_milgrom_1987_a_linear_contract() -> None:
    """The incentive 1/(1 + r c s) against an agent's aversion r to a risk of variance s."""
    game = eeu.model("holmstrom and milgrom 1987").form()
    contract = {"b": "1/(1 + c*r*s)", "e": "1/(c*(1 + c*r*s))"}
    name = "b inside; F at a breakpoint; accept; e inside"
    solution = check(game, {name: (contract, "c > 0")}, number=1)
    assert equal(game, solution[name].payoffs["principal"], "1/(2*c*(1 + c*r*s))", sp.true)


def test_putnam_1988_a_constraint_at_home_is_a_strength() -> None:
    """Of f, the foreign leader's disagreement value, and r, the least that is ratified, the larger
    counts: with r > f, ratification brings the leader more (Schelling 1960; Tarar 2001)."""
    game = eeu.model("putnam 1988").form()
    solution = game.solve()
    assert solution.complete_where == sp.true
    largest = eeu.parse("1 - max(f, r)", known={s.name: s for s in game.space.symbols})
    for equilibrium in solution:
        claim = sp.Eq(equilibrium.choices["x"], largest)
        given = [*game.space.constraints, equilibrium.condition]
        assert eeu.prove(claim, given=given).verdict == "proved"
        assert bool(equilibrium.verify())
    covered = sp.Or(*(e.condition for e in solution))
    assert eeu.prove(covered, given=game.space).verdict == "proved"


def test_pressure_on_a_leader() -> None:
    """THEORY.md 6: x* = max(0, (x_bar V - D)/(2 V)) against a tolerance uniform on [0, x_bar]."""
    game = (
        builder("hegemon", given="V > 0 and D >= 0 and X > 0")
        .draw("tolerance", uniform=(0, "X"))
        .choose("hegemon", "x", between=(0, "X"), after="tolerance")
        .payoffs("tolerance/x", "Piecewise((V*x, x <= tolerance), (-D, True))")
        .build()
    )
    published = {
        "x inside": ({"x": "(X*V - D)/(2*V)"}, "D < X*V"),
        "x = 0": ({"x": "0"}, "D >= X*V"),
    }
    check(game, published, number=2)


def test_grossman_and_hart_1986_hold_up() -> None:
    """Who invests before the price is set by the other invests nothing."""
    game = (
        builder("buyer", "seller", given="v > 0")
        .choose("buyer", "i", between=(0, "oo"))
        .choose("seller", "p", between=(0, "v*i"), after="i")
        .move("buyer", ["buy", "leave"], after="i/p", information_set="purchase")
        .payoffs("i/p/buy", "v*i - p - i**2/2", "p")
        .payoffs("i/p/leave", "-i**2/2", 0)
        .build()
    )
    solution = check(game, {}, number=2)
    assert {e.choices["i"] for e in solution} == {sp.Integer(0)}


def test_varian_1994_the_first_mover_rides_free() -> None:
    """Whoever values the public good less and moves first leaves all of it to the other."""
    game = (
        builder("1", "2", given="0 < m_1 < m_2 and m_2 < 1")
        .choose("1", "g_1", between=(0, 1))
        .choose("2", "g_2", between=(0, 1), after="g_1")
        .payoffs(
            "g_1/g_2",
            "m_1*(2*(g_1 + g_2) - (g_1 + g_2)**2/2) - g_1",
            "m_2*(2*(g_1 + g_2) - (g_1 + g_2)**2/2) - g_2",
        )
        .build()
    )
    solution = game.solve()
    assert solution.complete_where == sp.true
    assert all(bool(e.verify()) for e in solution)
    for equilibrium in solution:
        assert equilibrium.choices["g_1"] == 0


@pytest.mark.parametrize("rounds", [1, 2, 3, 4])
def test_stahl_1972_offers_in_turn(rounds: int) -> None:
    """The first proposer's share with a last round: 1, 1 - d_2, 1 - d_2 (1 - d_1), ..."""
    game = offers(rounds)
    share: sp.Expr = sp.Integer(1)
    discounts = {s.name: s for s in game.space.symbols}
    for k in reversed(range(rounds - 1)):
        share = 1 - discounts["d_2" if k % 2 == 0 else "d_1"] * share
    (equilibrium,) = game.solve()
    assert sp.expand(equilibrium.payoffs["1"] - share) == 0
    by_hand = eeu.AlternatingOffers().finite(rounds).shares[0]
    assert sp.expand(equilibrium.payoffs["1"] - by_hand) == 0
    assert bool(equilibrium.verify())


def offers(rounds: int) -> eeu.ContinuousTree:
    """Player 1 proposes first, then the players take turns; after the last refusal both get 0."""
    given = "0 < d_1 < 1 and 0 < d_2 < 1"
    tree = builder("1", "2", given=given if rounds > 1 else ())
    place = ""
    for k in range(rounds):
        proposer, responder = ("1", "2") if k % 2 == 0 else ("2", "1")
        x = f"x_{k + 1}"
        tree = tree.choose(proposer, x, between=(0, 1), after=place)
        place = f"{place}/{x}" if place else x
        tree.move(responder, ["accept", "reject"], after=place)
        first = f"d_1**{k}*" if k else ""
        second = f"d_2**{k}*" if k else ""
        shares = (x, f"(1 - {x})") if proposer == "1" else (f"(1 - {x})", x)
        tree.payoffs(f"{place}/accept", f"{first}{shares[0]}", f"{second}{shares[1]}")
        place += "/reject"
    return tree.payoffs(place, 0, 0).build()


def test_asymmetric_bargaining_as_an_ultimatum_by_lot() -> None:
    """Whoever the lot makes the proposer takes the surplus: by weights, Nash's division."""
    game = (
        builder("hegemon", "member", given="a + e >= 0 and 0 < gamma < 1")
        .chance({"member": "gamma", "hegemon": "1 - gamma"})
        .choose("member", "t_m", after="member")
        .move("hegemon", ["accept", "reject"], after="member/t_m")
        .payoffs("member/t_m/accept", "a - t_m", "e + t_m")
        .payoffs("member/t_m/reject", 0, 0)
        .choose("hegemon", "t_h", after="hegemon")
        .move("member", ["accept", "reject"], after="hegemon/t_h")
        .payoffs("hegemon/t_h/accept", "a - t_h", "e + t_h")
        .payoffs("hegemon/t_h/reject", 0, 0)
        .build()
    )
    solution = game.solve()
    first = solution[0]
    assert first.verify().verdict == "proved"
    symbols = {s.name: s for s in game.space.symbols}
    price = symbols["gamma"] * first.choices["t_m"] + (1 - symbols["gamma"]) * first.choices["t_h"]
    assert equal(game, price, "gamma*a - (1 - gamma)*e", first.condition)
    for equilibrium in solution:
        assert equal(game, equilibrium.payoffs["member"], "gamma*(a + e)", equilibrium.condition)
