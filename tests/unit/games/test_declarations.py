"""What a class of games declares: text is read, and slips are refused with the class's name."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.errors import GameTheoryError, ParameterError, SpaceError, UnsupportedError
from gametheory_eeu.games import declare, quantity


def parameter(name: str, symbol: str | sp.Symbol) -> eeu.Parameter:
    if isinstance(symbol, str):
        symbol = sp.Symbol(symbol, real=True)
    return eeu.Parameter(name, symbol, sp.Interval.open(0, sp.oo), name)


GAIN, COST = parameter("gain", "g"), parameter("cost", "c")


def coordination(first: object = "g - c") -> eeu.NormalForm:
    return eeu.NormalForm([[first, 0], [0, "c"]], [["g", 0], [0, "c"]], actions=[["A", "B"]] * 2)


def game_class(**body: Any) -> type[eeu.Game]:
    body = {"parameters": declare(GAIN, COST), "form": lambda _: coordination(), **body}
    return type("Entrapment", (eeu.Game,), body)


def net(written: object, exists_when: Any = None) -> quantity:
    def net_gain(self: eeu.Game) -> object:
        """What is left."""
        return written

    return quantity("n", exists_when=exists_when)(net_gain)


@pytest.mark.parametrize("written", ["gain - cost", "g - c", GAIN.symbol - COST.symbol])
def test_a_quantity_is_an_expression_or_text(written: object) -> None:
    game = game_class(net_gain=net(written, lambda _: "gain > cost"))()
    assert game.quantities["net_gain"].expression == GAIN.symbol - COST.symbol
    assert game.quantities["net_gain"].exists_when == (GAIN.symbol > COST.symbol)
    assert game.at(g=3, c="1/2").net_gain == sp.Rational(5, 2)
    components = game_class(net_gain=net({"twice": "2*g", "one": 1}))(g=2).net_gain
    assert components == {"twice": 4, "one": 1}


@pytest.mark.parametrize(
    "written",
    [
        ("gain > cost",),
        "g > c",
        GAIN.symbol > COST.symbol,
        [GAIN.symbol > COST.symbol],
    ],
    ids=["text in a tuple", "text", "relation", "list"],
)
def test_constraints_are_conditions_or_text(written: object) -> None:
    game = game_class(constraints=lambda _: written)()
    assert game.constraints() == (GAIN.symbol > COST.symbol,)
    assert game.space.constraints[-1] == (GAIN.symbol > COST.symbol)
    with pytest.raises(SpaceError, match="contradicts g > c in Entrapment"):
        game.at(g=1, c=2)


UNREAL = sp.Symbol("g")
SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "parameters without declare": (
        {"parameters": (GAIN,)},
        "parameters of Entrapment = (Parameter(.*parameters = declare(p, q)",
    ),
    "a name of two": (
        {"parameters": declare(GAIN, parameter("gain", "c"))},
        "parameters of Entrapment = 'gain' is not allowed.*of gain (g) and of gain (c): rename one",
    ),
    "a symbol of two": (
        {"parameters": declare(GAIN, parameter("cost", "g"))},
        "parameters of Entrapment = 'g' .*of gain (g) and of cost (g): rename one",
    ),
    "a symbol that is another's name": (
        {"parameters": declare(GAIN, parameter("cost", "gain"))},
        "parameters of Entrapment = 'gain' is not allowed",
    ),
    "an undeclared symbol": (
        {"form": lambda _: coordination("gian")},
        "form of Entrapment: there is no parameter of Entrapment 'gian'.*Declare it in parameters",
    ),
    "a symbol that is not real": (
        {"form": lambda _: coordination(UNREAL)},
        "form of Entrapment: its g is another symbol than the parameter's.*(no assumption against "
        "real=True). Write self.symbols.g",
    ),
    "a parameter that is not real": (
        {"parameters": declare(parameter("gain", UNREAL), COST)},
        "declare the parameter with sp.Symbol('g', real=True), as which text is read",
    ),
    "no constraints": (
        {"constraints": lambda _: None},
        "constraints of Entrapment = None is not allowed; allowed: conditions in the game's",
    ),
    "a constraint on a stranger": (
        {"constraints": lambda _: (sp.Symbol("z", real=True) > 0,)},
        "constraints of Entrapment: there is no parameter of Entrapment 'z'",
    ),
    "a constraint on a stranger in text": (
        {"constraints": lambda _: "gg > c"},
        "constraints of Entrapment = 'gg > c' is not allowed.*did you mean 'g'",
    ),
    "a condition as a quantity": (
        {"net_gain": net(GAIN.symbol > 1)},
        "net_gain of Entrapment = g > 1 is not allowed",
    ),
    "a quantity of a stranger": (
        {"net_gain": net("g - gian")},
        "net_gain of Entrapment = 'g - gian'.*did you mean 'gain'",
    ),
    "a quantity of a namesake": (
        {"net_gain": net(UNREAL + 1)},
        "net_gain of Entrapment: its g is another symbol than the parameter's",
    ),
    "a quantity that exists when what": (
        {"net_gain": net("g", lambda _: "g + 1")},
        "exists_when of net_gain of Entrapment = 'g + 1'",
    ),
    "the name of no equilibrium": (
        {"names": {"A,A": "alliance"}},
        "names of Entrapment = 'A,A' is not allowed.*Did you mean 'A, A'.*Known: A, A",
    ),
    "a note on no equilibrium": (
        {"names": {"A, A": "alliance"}, "notes": {"aliance": "it holds"}},
        "notes of Entrapment = 'aliance' is not allowed.*Did you mean 'alliance'",
    ),
    "a reason for no concept": (
        {"reasons": {"Nahs": "why"}},
        "reasons of Entrapment = 'Nahs' is not allowed.*Did you mean 'Nash'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SLIPS)
def test_slips_are_refused_by_the_classs_name(what: str) -> None:
    body, message = SLIPS[what]
    pattern = ".*".join(map(re.escape, message.split(".*")))
    with pytest.raises(GameTheoryError, match=pattern):
        _ = (game := game_class(**body)()).quantities, game.solve()


def test_names_of_another_concept_are_known() -> None:
    """A tree's names are of Nash equilibria that are not subgame perfect, too; heirs keep them."""

    def entry(fight: str) -> Any:
        tree = eeu.ExtensiveForm.builder("entrant", "holder")
        tree = tree.move("entrant", ["in", "out"]).payoffs("out", 0, 2)
        tree = tree.move("holder", ["share", "fight"], after="in")
        return lambda _: tree.payoffs("in/share", "g", "g").payoffs("in/fight", fight, 0).build()

    names = {"out; fight": "an empty threat", "in; share": "entry"}
    threatened = game_class(form=entry("-c"), names=names)
    assert threatened().solve().names == ("entry",)
    assert "an empty threat" in threatened().solve("Nash").names
    heir = type("Heir", (threatened,), {"form": entry("c")})
    assert heir().solve("Nash").names == ("entry",)
    with pytest.raises(ParameterError, match="names of Entrapment = 'out; fight'"):
        game_class(form=entry("c"), names=names)().solve()


def test_a_quantity_without_a_symbol_is_refused() -> None:
    with pytest.raises(ParameterError, match=re.escape('Write @quantity("v^*")')):
        quantity(lambda _: 1)  # type: ignore[arg-type]


def test_without_form_the_form_is_what_is_asked_for() -> None:
    bare = type("Bare", (eeu.Game,), {"parameters": declare(GAIN)})
    with pytest.raises(UnsupportedError, match=r"Bare does not say its players.*define form\(\)"):
        _ = bare().players
    with pytest.raises(UnsupportedError, match=r"Bare does not say its form.*define form\(\)"):
        bare().form()
