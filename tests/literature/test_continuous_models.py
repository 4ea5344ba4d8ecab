"""Textbook models with continuous choices, derived from payoffs alone.

Those of a paper that the package has are in ``test_published_models``.

Every solution is compared with the published closed form, must be complete, and must pass its
verification, which knows no first-order condition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import parse


@dataclass(frozen=True)
class Model:
    """Payoffs, choices, and per equilibrium the published choices and condition."""

    source: str
    payoffs: Mapping[str, str]
    choices: Mapping[str, str | list[str]]
    given: str
    published: Mapping[str, tuple[Mapping[str, str], str]]
    others: Mapping[str, str] = field(default_factory=dict)
    concept: str | None = None


MODELS = [
    Model(
        "Nordhaus (1975): activity before an election in four periods, memory decaying by d",
        {"government": "B*(d**3*a_1 + d**2*a_2 + d*a_3 + a_4)"
                       " - c*(a_1**2 + a_2**2 + a_3**2 + a_4**2)/2"},
        {"government": ["a_1 >= 0", "a_2 >= 0", "a_3 >= 0", "a_4 >= 0"]},
        "B > 0 and c > 0 and 0 < d < 1",
        {"interior": ({f"a_{t}": f"B*d**{4 - t}/c" for t in (1, 2, 3)} | {"a_4": "B/c"}, "0 < 1")},
    ),
    Model(
        "Cournot (1838): n equal firms",
        {"each": "(a - b*(q + (n - 1)*r) - c)*q"},
        {"each": "q >= 0"},
        "0 < c < a and b > 0 and n >= 1",
        {"interior": ({"q": "(a - c)/(b*(n + 1))"}, "0 < 1")},
        {"q": "r"},
    ),
    Model(
        "Bertrand (1883), differentiated goods as in Singh and Vives (1984)",
        {"1": "(p_1 - c)*(a - p_1 + b*p_2)", "2": "(p_2 - c)*(a - p_2 + b*p_1)"},
        {"1": "p_1 >= 0", "2": "p_2 >= 0"},
        "0 < b < 1 and 0 < c < a",
        {"interior": ({"p_1": "(a + c)/(2 - b)", "p_2": "(a + c)/(2 - b)"}, "0 < 1")},
    ),
    Model(
        "Hotelling (1929): prices of two shops at the ends of the street",
        {"1": "(p - c)*(t + q - p)/(2*t)", "2": "(q - d)*(t + p - q)/(2*t)"},
        {"1": "p", "2": "q"},
        "t > 0 and c >= 0 and d >= 0",
        {"interior": ({"p": "t + (2*c + d)/3", "q": "t + (c + 2*d)/3"}, "0 < 1")},
    ),
    Model(
        "A public good paid for by quadratic costs (Bergstrom, Blume and Varian 1986, linear case)",
        {"1": "a*(x + y) - x**2/2", "2": "b*(x + y) - y**2/2"},
        {"1": "x >= 0", "2": "y >= 0"},
        "a > 0 and b > 0",
        {"interior": ({"x": "a", "y": "b"}, "0 < 1")},
    ),
    Model(
        "Tullock (1980), n equal contestants",
        {"each": "v*x/(x + (n - 1)*y) - x"},
        {"each": "x > 0"},
        "v > 0 and n >= 2",
        {"interior": ({"x": "v*(n - 1)/n**2"}, "0 < 1")},
        {"x": "y"},
    ),
    Model(
        "Arms race with quadratic payoffs, the rest point of Richardson (1960)",
        {"A": "-(x - k*y - g)**2", "B": "-(y - l*x - h)**2"},
        {"A": "x >= 0", "B": "y >= 0"},
        "0 < k < 1 and 0 < l < 1 and g > 0 and h > 0",
        {"interior": ({"x": "(g + k*h)/(1 - k*l)", "y": "(h + l*g)/(1 - k*l)"}, "0 < 1")},
    ),
    Model(
        "A commons with n users (Hardin 1968; Gibbons 1992, 1.2.D, linear value)",
        {"each": "g*(a - g - (n - 1)*h) - c*g"},
        {"each": "g >= 0"},
        "0 < c < a and n >= 1",
        {"interior": ({"g": "(a - c)/(n + 1)"}, "0 < 1")},
        {"g": "h"},
    ),
    Model(
        "Tax competition for a mobile base (Kanbur and Keen 1993, equal countries)",
        {"1": "t_1*(k - t_1 + t_2)", "2": "t_2*(k - t_2 + t_1)"},
        {"1": "t_1 >= 0", "2": "t_2 >= 0"},
        "k > 0",
        {"interior": ({"t_1": "k", "t_2": "k"}, "0 < 1")},
    ),
    Model(
        "Moral hazard with a linear contract: the agent's effort (Holmstrom and Milgrom 1987)",
        {"agent": "s + b*e - e**2/(2*k)"},
        {"agent": "e >= 0"},
        "0 <= b <= 1 and k > 0",
        {
            "interior": ({"e": "k*b"}, "b > 0"),
            "e = 0": ({"e": "0"}, "b <= 0"),
        },
    ),
    Model(
        "Partnership: effort shared with a complementarity (Holmstrom 1982 for two)",
        {"1": "(x + y + 2*g*x*y)/2 - x**2/2", "2": "(x + y + 2*g*x*y)/2 - y**2/2"},
        {"1": "x >= 0", "2": "y >= 0"},
        "0 <= g < 1",
        {"interior": ({"x": "1/(2*(1 - g))", "y": "1/(2*(1 - g))"}, "0 < 1")},
    ),
    Model(
        "A monopolist's effort with decreasing returns, sqrt(x)",
        {"firm": "2*p*sqrt(x) - w*x"},
        {"firm": "x >= 0"},
        "p > 0 and w > 0",
        {"interior": ({"x": "p**2/w**2"}, "0 < 1")},
    ),
    Model(
        "Three firms of unequal costs (Cournot 1838), where all produce",
        {
            "1": "x*(a - x - y - z - c)", "2": "y*(a - x - y - z - d)",
            "3": "z*(a - x - y - z - e)",
        },
        {"1": "x >= 0", "2": "y >= 0", "3": "z >= 0"},
        "0 < c and c < d and d < e and 3*e < a",
        {
            "interior": (
                {
                    "x": "(a - 3*c + d + e)/4", "y": "(a + c - 3*d + e)/4",
                    "z": "(a + c + d - 3*e)/4",
                },
                "0 < 1",
            ),
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.source)
def test_equilibria_are_the_published_ones(model: Model) -> None:
    game = eeu.ContinuousGame(
        model.payoffs, model.choices, others=model.others, given=model.given, title=model.source
    )
    solution = game.solve(model.concept)
    assert solution.complete_where == sp.true, solution.why
    assert set(solution.names) == set(model.published)
    symbols = {s.name: s for s in game.symbols}
    for name, (choices, where) in model.published.items():
        equilibrium = solution[name]
        for choice, text in choices.items():
            published = parse(text, known=symbols)
            assert sp.simplify(equilibrium.choices[choice] - published) == 0, choice
        condition = parse(where, known=symbols) if where != "0 < 1" else sp.true
        assert (
            eeu.prover.equivalent(equilibrium.condition, condition, game.space).verdict == "proved"
        )
        assert equilibrium.verify().verdict == "proved"


def test_nash_demand_game_has_its_continuum() -> None:
    """Nash (1953): any division that leaves nothing over, and both asking for all."""
    x, y = sp.symbols("x y", real=True)
    fits = x + y <= 1
    game = eeu.ContinuousGame(
        {"1": sp.Piecewise((x, fits), (0, True)), "2": sp.Piecewise((y, fits), (0, True))},
        {"1": "0 <= x <= 1", "2": "0 <= y <= 1"},
    )
    solution = game.solve()
    assert solution.complete_where == sp.true
    (family,) = (e for e in solution if e.free)
    assert sp.simplify(sum(family.choices.values()) - 1) == 0
    ends = {tuple(e.choices.values()) for e in solution if not e.free}
    assert ends == {(0, 1), (1, 0), (1, 1)}
    assert all(v.verdict == "proved" for v in solution.verify().values())


def test_symmetric_equilibrium_of_written_out_players_is_that_of_n() -> None:
    names = ["q_1", "q_2", "q_3"]
    total = "+".join(names)
    three = eeu.ContinuousGame(
        {name: f"(a - ({total}) - c)*{name}" for name in names},
        {name: f"{name} >= 0" for name in names},
        given="0 < c < a",
    )
    many = eeu.ContinuousGame(
        {"each": "(a - q - (n - 1)*r - c)*q"}, {"each": "q >= 0"}, others={"q": "r"},
        given="0 < c < a and n >= 1",
    )  # fmt: skip
    symmetric = three.solve("symmetric")["interior"].choices["q_2"]
    assert sp.simplify(symmetric - many.at(n=3).solve()["interior"].choices["q"]) == 0
    assert three.solve()["interior"].choices["q_2"] == symmetric


def test_cheap_talk_of_two_messages() -> None:
    """Crawford and Sobel (1982), a uniform state: two intervals iff the bias is below 1/4.

    A sender whose messages part the state at t wants each state where it is better for him: that is
    the t that is best for him before he knows it, given the replies y_1 and y_2.
    """
    s, b, t, y, z = sp.symbols("s b t y_1 y_2", real=True)

    def expected(bias: object) -> sp.Expr:
        below = sp.integrate(-((y - s - bias) ** 2), (s, 0, t))
        above = sp.integrate(-((z - s - bias) ** 2), (s, t, 1))
        return sp.expand(below + above)

    game = eeu.ContinuousGame(
        {"sender": expected(b), "receiver": expected(0)},
        choices={"sender": "0 <= t <= 1", "receiver": ["0 <= y_1 <= 1", "0 <= y_2 <= 1"]},
        given="b > 0",
    )
    solution = game.solve()
    informative = solution["interior"]
    published = {"t": "1/2 - 2*b", "y_1": "1/4 - b", "y_2": "3/4 - b"}
    for name, text in published.items():
        assert sp.simplify(informative.choices[name] - parse(text, {"b": b})) == 0
    assert (
        eeu.equivalent(informative.condition, b < sp.Rational(1, 4), game.space).verdict == "proved"
    )
    assert all(check.verdict == "proved" for check in solution.verify().values())
    babbling = [e for e in solution if e.choices["t"] in (0, 1)]
    assert babbling
    assert all(sp.Rational(1, 2) in (e.choices["y_1"], e.choices["y_2"]) for e in babbling)


def test_cheap_talk_of_any_number_of_messages() -> None:
    """Crawford and Sobel (1982), section 4: N steps iff 2 N (N - 1) b < 1, and what they pay.

    Of one to six steps by their own equations, and by the number as a symbol: one formula for all.
    """
    game = eeu.CheapTalk(
        "-(y - s - b)**2", "-(y - s)**2", state="0 <= s <= 1", action="y", messages=6, given="b > 0"
    )
    (b,) = game.symbols
    solution, many = game.solve(), game.any_steps("N")
    assert solution.complete_where == sp.true
    assert many.verify().verdict == "proved"
    published = {"cutoff": "k/N - 2*b*k*(N - k)", "receiver": "-1/(12*N**2) - b**2*(N**2 - 1)/3"}
    known = {"b": b, "k": many.index, "N": many.number}
    cutoff, loss = (parse(text, known) for text in published.values())
    assert sp.simplify(many.cutoff - cutoff) == 0
    assert sp.expand(many.payoffs["receiver"] - loss) == 0
    assert sp.expand(many.payoffs["sender"] - loss + b**2) == 0
    for n, equilibrium in enumerate(solution, start=1):
        bound = b < sp.Rational(1, 2 * n * (n - 1)) if n > 1 else sp.true
        for condition in (equilibrium.condition, many.condition.subs(many.number, n)):
            assert eeu.equivalent(condition, bound, game.space).verdict == "proved"
        assert equilibrium.verify().verdict == "proved"
        assert sp.expand(equilibrium.payoffs["receiver"] - loss.subs(many.number, n)) == 0
        for k in range(1, n):
            at = {many.number: n, many.index: k}
            assert sp.expand(equilibrium.choices[f"s_{k}"] - cutoff.subs(at)) == 0
    assert len(solution.game.at(b="1/20").solve()) == 3
