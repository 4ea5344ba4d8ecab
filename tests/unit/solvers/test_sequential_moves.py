"""Nodes of a tree with real moves: what they hold, and who knows which numbers."""

import pytest
import sympy as sp

from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.solvers.moves import (
    ChoiceRange,
    Decision,
    Distribution,
    Draw,
    End,
    Lottery,
    Nodes,
    RealChoice,
    SequentialNode,
    known_numbers,
    members,
    numbers_before,
    symbols_of,
)

a, b, p, t, s, x = sp.symbols("a b p t s x", real=True)
END = End(FrozenMapping({"A": a * x, "B": sp.Integer(0)}))
LOTTERY = Lottery(FrozenMapping({"left": p, "right": 1 - p}))
DECISION = Decision("B", "B1", ("yes", "no"))
CHOICE = RealChoice("A", "A1", ChoiceRange(x, a, b, True, True))
DRAW = Draw(Distribution.uniform(t, sp.Integer(0), b), ("B",))
KNOWN_TO_ALL = Draw(Distribution.uniform(s, sp.Integer(0), sp.Integer(1)), ("A", "B"))

# Nature draws t (told to B) and s (to both); A names x; B decides, knowing all.
NODES: Nodes = {
    (): DRAW,
    ("t",): KNOWN_TO_ALL,
    ("t", "s"): CHOICE,
    ("t", "s", "x"): DECISION,
    ("t", "s", "x", "yes"): END,
    ("t", "s", "x", "no"): LOTTERY,
    ("t", "s", "x", "no", "left"): Decision("A", "A2", ("stop",)),
    ("t", "s", "x", "no", "right"): END,
    ("t", "s", "x", "no", "left", "stop"): END,
}


@pytest.mark.parametrize(
    ("node", "labels"),
    [(END, ()), (LOTTERY, ("left", "right")), (DECISION, ("yes", "no")), (CHOICE, ("x",)),
     (DRAW, ("t",))],
    ids=["end", "lottery", "decision", "choice", "draw"],
)  # fmt: skip
def test_the_labels_of_the_moves(node: SequentialNode, labels: tuple[str, ...]) -> None:
    assert node.labels == labels


def test_parameters_take_values() -> None:
    values = {a: sp.Integer(2), b: sp.Integer(5), p: sp.Rational(1, 4)}
    assert dict(END.at(values).payoffs) == {"A": 2 * x, "B": 0}
    assert dict(LOTTERY.at(values).probabilities) == {
        "left": sp.Rational(1, 4), "right": sp.Rational(3, 4)
    }  # fmt: skip
    assert DECISION.at(values) == DECISION
    assert CHOICE.at(values) == RealChoice(
        "A", "A1", ChoiceRange(x, sp.Integer(2), sp.Integer(5), True, True)
    )
    draw = DRAW.at(values)
    assert (draw.distribution.high, draw.distribution.density) == (5, sp.Rational(1, 5))
    assert draw.known_to == ("B",)


@pytest.mark.parametrize(
    ("node", "symbols"),
    [(END, {a, x}), (LOTTERY, {p}), (DECISION, set()), (CHOICE, {a, b, x}), (DRAW, {t, b}),
     (Draw(Distribution(t, a, b, t * p, t**2 * s), ()), {t, a, b, p, s}),
     (RealChoice("A", "A1", ChoiceRange(x)), {x})],
    ids=["end", "lottery", "decision", "choice", "draw", "density", "unbounded"],
)  # fmt: skip
def test_the_symbols_of_a_node(node: SequentialNode, symbols: set[sp.Symbol]) -> None:
    assert symbols_of(node) == symbols


def test_information_sets_and_their_histories_shortest_first() -> None:
    nodes: Nodes = {("x", "no"): DECISION, (): CHOICE, ("x",): DECISION, ("x", "yes"): END}
    assert members(nodes) == {"A1": ((),), "B1": (("x",), ("x", "no"))}
    assert members({(): END}) == {}


def test_the_numbers_before_a_history() -> None:
    assert numbers_before(NODES, ()) == ()
    assert numbers_before(NODES, ("t", "s")) == (t, s)
    assert numbers_before(NODES, ("t", "s", "x")) == (t, s, x)
    assert numbers_before(NODES, ("t", "s", "x", "no", "left")) == (t, s, x)


def test_what_nature_hides_is_not_known() -> None:
    assert known_numbers(NODES, ("t", "s")) == (s,)
    assert known_numbers(NODES, ("t", "s", "x")) == (t, s, x)
    assert known_numbers(NODES, ("t", "s", "x", "no", "left")) == (s, x)
    assert known_numbers(NODES, ("t", "s", "x", "yes")) == (x,)
