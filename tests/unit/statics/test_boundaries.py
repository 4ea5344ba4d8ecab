"""What happens where a parameter carries a quantity from one piece to another."""

from typing import Any

import pytest
import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import REAL, Parameter, Space
from gametheory_eeu.statics.condition_forms import ConditionForms
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.piecewise import breakpoints
from gametheory_eeu.statics.row import Boundary, boundary

x, y, w = sp.symbols("x y w", real=True)
MOVER = ShiftParameter(Parameter("y", y, REAL, "what moves"))


def met(formula):
    (edge,) = breakpoints(formula, Space.of(symbols=[x, y]))
    return boundary(edge, MOVER)


def test_a_jump_has_its_way_and_its_size():
    up = met(sp.Piecewise((x + 3, y > 1), (x, True)))
    assert (up.kind, up.jump, up.is_directed, up.size) == ("jump", "+", True, 3)
    assert (up.before, up.after, up.why) == (x, x + 3, "")
    down = met(sp.Piecewise((x + 3, y < 1), (x, True)))
    assert (down.kind, down.jump, down.before, down.after) == ("jump", "-", x + 3, x)
    turned = met(sp.Piecewise((x + 3, -y > 1), (x, True)))  # the edge falls as y rises
    assert (turned.jump, turned.before, turned.after) == ("-", x + 3, x)


def test_a_kink_has_its_way():
    assert (met(sp.Max(x, y)).kind, met(sp.Max(x, y)).slope_change) == ("kink", "+")
    assert (met(sp.Min(x, y)).kind, met(sp.Min(x, y)).slope_change) == ("kink", "-")
    assert met(sp.Abs(y)).what == "continuous, with a kink, upward"
    assert met(sp.Max(x, -2 * y)).slope_change == "+"
    assert met(sp.Piecewise((y**2, y > 0), (0, True))).kind == "smooth"


def test_why_a_jump_is_not_decided():
    (row,) = eeu.comparative_statics({"f": sp.Piecewise((sp.sin(x), y > 0), (x, True))}, wrt="y")
    (edge,) = row.boundaries
    assert (edge.kind, "sin" in edge.why) == ("open", True)
    assert "no proof was found" not in edge.what


def bare(jump: str, slope_change: str = "?", directed: bool = True, why: str = "") -> Boundary:
    where = ConditionForms.plain(sp.Eq(y, 1))
    return Boundary(where, Space.of(y > 0), x * y, x + 2 * y, directed, jump, slope_change, (), why)


@pytest.mark.parametrize(
    ("jump", "slope_change", "why", "kind"),
    [
        ("0", "0", "", "smooth"), ("0", "+", "", "kink"), ("0", "-", "", "kink"),
        ("0", ">=0", "", "continuous"), ("0", "<=0", "", "continuous"),
        ("0", "?", "", "continuous"),
        ("+", "?", "", "jump"), ("-", "0", "", "jump"), (">=0", "+", "", "jump"),
        ("<=0", "?", "", "jump"), ("?", "?", "", "jump"), ("?", "?", "not read", "open"),
    ],
)  # fmt: skip
def test_kinds(jump: str, slope_change: str, why: str, kind: str) -> None:
    assert bare(jump, slope_change, why=why).kind == kind


@pytest.mark.parametrize(
    ("jump", "slope_change", "directed", "what"),
    [
        ("0", "0", True, "continuous, with one slope"),
        ("0", ">=0", True, "continuous"),
        ("0", "+", True, "continuous, with a kink, upward"),
        ("0", "-", True, "continuous, with a kink, downward"),
        ("0", "-", False, "continuous, with a kink"),
        ("+", "?", True, "jumps up by 2"),
        ("-", "?", True, "jumps down by -2"),  # what a fall is less than: its size is negative
        (">=0", "?", True, "jumps up or not at all, by 2"),
        ("<=0", "?", True, "jumps down or not at all, by -2"),
        ("?", "?", True, "jumps by 2"),
        ("+", "?", False, "jumps by 2"),
        ("-", "?", False, "jumps by 2"),
    ],
)
def test_what_happens_is_said(jump: str, slope_change: str, directed: bool, what: str) -> None:
    found = bare(jump, slope_change, directed)
    assert found.size == (0 if jump == "0" else 2)  # of x + 2 y less x y, at y = 1
    assert found.what == what
    assert found.text == f"at y = 1: {what}"
    assert repr(found) == f"<at y = 1: {what}>"


def test_what_is_open_says_why() -> None:
    assert bare("?", why="not read").what == "not decided (not read)"


@pytest.mark.parametrize(
    ("formula", "given", "expected"),
    [
        # jump, slope change, before, after, whether the parameter always crosses this way
        (sp.Piecewise((1, y > 0), (0, True)), [], ("+", "?", 0, 1, True)),
        (sp.Piecewise((0, y > 0), (1, True)), [], ("-", "?", 1, 0, True)),
        (sp.Piecewise((1, x > y), (0, True)), [], ("-", "?", 1, 0, True)),
        (sp.Piecewise((x**2, x > y), (0, True)), [], ("<=0", "?", x**2, 0, True)),
        (sp.Piecewise((-(x**2), x > y), (0, True)), [], (">=0", "?", -(x**2), 0, True)),
        (sp.Piecewise((x, x > y), (0, True)), [], ("?", "?", x, 0, True)),
        (sp.Max(x, y), [], ("0", "+", x, y, True)),
        (sp.Min(x, y), [], ("0", "-", y, x, True)),
        (sp.Max(2 * x - y, x), [], ("0", "+", 2 * x - y, x, True)),
        (sp.Max(x * y, x), [x > 0], ("0", "+", x, x * y, True)),
        (sp.Max(x * y, 0), [x > 0], ("0", "+", 0, x * y, True)),
        (sp.Piecewise(((y - x) * w, y > x), (0, True)), [], ("0", "?", 0, w * (y - x), True)),
        (sp.Piecewise(((y - x) * w**2, y > x), (0, True)), [],
         ("0", ">=0", 0, w**2 * (y - x), True)),
        (sp.Piecewise(((y - x) * w**2, y < x), (0, True)), [],
         ("0", "<=0", w**2 * (y - x), 0, True)),
        # where the edge turns: crossed at y = -1 one way, at y = 1 the other
        (sp.Piecewise((1, y**2 > 1), (0, True)), [], ("+", "?", 0, 1, False)),
        (sp.Piecewise((1, y**2 > 1), (0, True)), [y > 0], ("+", "?", 0, 1, True)),
        (sp.Piecewise((1, y**2 > 1), (0, True)), [y < 0], ("-", "?", 1, 0, True)),
        (sp.Piecewise((sp.exp(y), y > 0), (1, True)), [], ("0", "+", 1, sp.exp(y), True)),
        (sp.Piecewise((sp.exp(-y), y > 0), (1, True)), [], ("0", "-", 1, sp.exp(-y), True)),
    ],
    ids=str,
)  # fmt: skip
def test_a_boundary_goes_as_the_parameter_rises(
    formula: sp.Expr, given: list[sp.Basic], expected: tuple[Any, ...]
) -> None:
    (edge,) = breakpoints(formula, Space.of(*given, symbols=[x, y, w]))
    found = boundary(edge, MOVER)
    assert (
        found.jump,
        found.slope_change,
        found.before,
        found.after,
        found.is_directed,
    ) == expected
    assert found.proofs
    assert found.why == ""


def test_a_boundary_knows_what_is_derived() -> None:
    """A weight w = y**3 moves with y: Max(w, x) has a slope of 3 y**2 above the edge."""
    weight = Parameter("w", w, REAL, "a weight", default=y**3 + y)
    mover = ShiftParameter.of(MOVER.parameter, (MOVER.parameter, weight))
    (edge,) = breakpoints(sp.Max(w, x), Space.of(symbols=[x, y, w]))
    found = boundary(edge, mover)
    assert (found.slope_change, found.before, found.after, found.is_directed) == ("+", x, w, True)
    assert sp.Eq(w, y**3 + y) in found.space.constraints


def test_a_jump_that_is_not_read_is_open_with_the_reason() -> None:
    (edge,) = breakpoints(sp.Piecewise((sp.sin(x), y > 0), (x, True)), Space.of(symbols=[x, y]))
    found = boundary(edge, MOVER)
    assert (found.kind, found.jump, found.slope_change) == ("open", "?", "?")
    assert "sin" in found.why
    assert not found.why.endswith(".")
