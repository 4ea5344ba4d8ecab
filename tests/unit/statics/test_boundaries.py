"""What happens where a parameter carries a quantity from one piece to another."""

import sympy as sp

import gametheory_eeu as eeu
from gametheory_eeu.core import REAL, Parameter, Space
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.piecewise import breakpoints
from gametheory_eeu.statics.row import boundary

x, y = sp.symbols("x y", real=True)
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
