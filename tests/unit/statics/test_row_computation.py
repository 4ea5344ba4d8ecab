"""A row of comparative statics, part by part, against slopes and differences worked out by hand."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu.core import COUNT, REAL, Parameter, Space
from gametheory_eeu.core.parameter import Source
from gametheory_eeu.games import ImplicitRoot, Quantity
from gametheory_eeu.statics.condition_forms import unknown_sign
from gametheory_eeu.statics.derivatives import Target
from gametheory_eeu.statics.row import ComparativeStatic
from gametheory_eeu.statics.row_computation import (
    Setting,
    _closed_form,
    _has_slack_parameter,
    _is_vacuous,
    _proof,
    _sign_on_domain,
    row,
    rows,
    zero_rows,
)

x, y, s, t, u, w = sp.symbols("x y s t u w", real=True)
n = sp.Symbol("n", integer=True, positive=True)
X, Y, S, T = (Parameter(e.name, e, REAL, "a number") for e in (x, y, s, t))
N = Parameter("n", n, COUNT, "members")
U = Parameter("u", u, sp.Interval.open(0, sp.oo), "an ingredient")
W = Parameter("w", w, REAL, "a weight", default=s**2 / u)
PARAMETERS = (X, Y, S, T, N, U, W)


def setting(
    *given: sp.Basic,
    values: Mapping[Any, Any] | None = None,
    quantities: tuple[Quantity, ...] = (),
) -> Setting:
    space = Space.of(*given, symbols=[x, y, s, t, n])
    return Setting(PARAMETERS, space, values or {}, quantities)


def target(
    expression: sp.Expr, exists: sp.Basic = sp.true, root: ImplicitRoot | None = None
) -> Target:
    return Target("f", "F", sp.sympify(expression), exists, root)


def of(
    expression: sp.Expr, wrt: Parameter = X, *given: sp.Basic, **options: Any
) -> ComparativeStatic:
    found = row(target(expression), wrt, setting(*given, **options))
    assert found is not None
    assert (found.quantity, found.symbol, found.parameter) == ("f", "F", wrt)
    return found


def of_root(
    equation: sp.Expr,
    branch: sp.Basic = sp.true,
    wrt: Parameter = S,
    *given: sp.Basic,
    value: sp.Expr = x,
    exists: sp.Basic = sp.true,
    values: Mapping[Any, Any] | None = None,
) -> ComparativeStatic:
    aim = target(value, exists, ImplicitRoot(x, equation, branch))
    found = row(aim, wrt, setting(*given, values=values))
    assert found is not None
    return found


def told(found: ComparativeStatic) -> list[tuple[sp.Expr, str, sp.Expr]]:
    return [(b.condition, b.result.sign, b.derivative) for b in found.branches]


@pytest.mark.parametrize(
    ("expression", "given", "sign", "derivative", "space"),
    [
        (x**2, [], "?", 2 * x, sp.true),
        (x**2, [x > 0], "+", 2 * x, x > 0),
        (x**2, [x <= 0], "<=0", 2 * x, x <= 0),
        (y - x, [], "-", sp.Integer(-1), sp.true),
        (sp.log(x), [], "+", 1 / x, x > 0),
        (sp.sqrt(x), [], "+", 1 / (2 * sp.sqrt(x)), sp.And(x > 0)),
        (1 / x, [], "-", -1 / x**2, sp.Ne(x, 0)),
        (sp.Max(x, 0), [x >= 0], "+", sp.Integer(1), x >= 0),
    ],
    ids=str,
)
def test_one_formula_has_one_branch(
    expression: sp.Expr, given: list[sp.Basic], sign: str, derivative: sp.Expr, space: sp.Basic
) -> None:
    found = of(expression, X, *given)
    assert (found.sign, found.derivative) == (sign, derivative)
    assert prover.equivalent(found.space.condition, space).verdict == "proved"
    assert (found.note, found.derived, found.boundaries, found.regular) == ("", (), (), ())
    assert found.value == expression
    (branch,) = found.branches
    assert branch.condition == sp.true
    assert (branch.sign_condition is None) is (sign in ("+", "-"))


def test_a_row_needs_something_that_moves() -> None:
    assert row(target(y), X, setting()) is None
    assert row(target(x, sp.Eq(x, y)), X, setting()) is None  # an equation ties it
    assert row(target(x, sp.Eq(s, y)), X, setting()) is not None
    assert row(target(x, x > y), X, setting()) is not None
    assert row(target(x), X, setting(x > 1, x < 0)) is None  # nowhere
    assert [r.parameter for r in rows(target(x * n), setting(), PARAMETERS)] == [X, N]


def test_where_the_target_exists_is_part_of_the_space() -> None:
    found = row(target(x**2, x > 1), X, setting(y > 0))
    assert found is not None
    assert set(found.space.constraints) == {x > 1, y > 0}
    assert (found.sign, found.exists) == ("+", sp.And(x > 1, y > 0))


def test_each_piece_has_a_branch_without_its_edges() -> None:
    found = of(sp.Max(x, y))
    assert told(found) == [(x > y, "+", 1), (x < y, "0", 0)]
    assert [b.value for b in found.branches] == [x, y]
    assert [edge.text for edge in found.boundaries] == [
        "at x = y: continuous, with a kink, upward"]  # fmt: skip
    assert [(x > y) in b.space.constraints for b in found.branches] == [True, False]
    # An edge on which the parameter has no part stays in, and is no boundary.
    still = of(sp.Piecewise((x, y >= 0), (2 * x, True)))
    assert told(still) == [(y >= 0, "+", 1), (y < 0, "+", 2)]
    assert still.boundaries == ()


def test_a_piece_that_is_all_edge_has_no_branch() -> None:
    assert row(target(sp.Max(x, y)), X, setting(sp.Eq(x, y))) is None
    found = of(sp.Max(x, y) + s, S, sp.Eq(x, y))
    assert {(sign, slope) for _, sign, slope in told(found)} == {("+", 1)}
    assert told(of(sp.Piecewise((5, sp.Eq(x, y)), (x, True)))) == [(sp.Ne(x, y), "+", 1)]


def test_values_of_the_others_and_of_the_parameter_itself() -> None:
    others = of(sp.Max(x, y) * s, X, values={y: sp.Integer(3), s: sp.Integer(2)})
    assert told(others) == [(x < 3, "0", 0), (x > 3, "+", 2)]
    assert len(others.boundaries) == 1
    own = of(sp.Max(x, y), X, values={x: sp.Integer(3)})
    assert told(own) == [(sp.Integer(3) > y, "+", 1), (sp.Integer(3) < y, "0", 0)]
    assert own.boundaries == ()
    assert own.value == sp.Max(x, y)
    both = {x: sp.Integer(3), y: sp.Integer(1)}
    assert told(of(sp.Max(x, y), X, values=both)) == [(sp.true, "+", 1)]
    assert of(x**3, X, values={x: sp.Integer(2)}).derivative == 12
    on_the_edge = {x: sp.Integer(3), y: sp.Integer(3)}
    assert row(target(sp.Max(x, y)), X, setting(values=on_the_edge)) is None


def test_a_whole_number_moves_by_one_and_needs_one_more() -> None:
    square = of(n**2, N)
    assert (square.sign, square.derivative) == ("+", 2 * n + 1)
    kinked = of(sp.Max(n, 3), N)
    for k, difference in ((1, 0), (2, 0), (3, 1), (7, 1)):
        assert kinked.derivative.xreplace({n: sp.Integer(k)}) == difference
    assert {b.value for b in kinked.branches} == {sp.Max(n, 3)}
    bounded = of(n, N, n <= 5)
    assert prover.prove(n <= 4, given=bounded.space).verdict == "proved"
    pole = of(1 / (n - 3), N)
    assert {sp.Ne(n - 3, 0), sp.Ne(n - 2, 0)} <= set(pole.space.constraints)
    assert pole.sign == "-"


def test_too_many_pieces_are_not_looked_at_one_by_one() -> None:
    skipped = "more branches than have their boundaries looked at one by one"
    many = of(sp.Add(*(sp.Abs(x - k) for k in range(8))))
    assert [b.derivative for b in many.branches].count(0) == 1
    assert sorted(b.derivative for b in many.branches) == [2 * k - 8 for k in range(9)]
    assert many.note == f"{skipped}; continuous, as maxima and minima of continuous functions are"
    assert many.boundaries == ()
    names = sp.symbols("z:4", real=True)
    jumps = of(x * sp.Add(*(sp.sign(z) * 3**k for k, z in enumerate(names))))
    assert (len(jumps.branches), jumps.note) == (1, skipped)
    assert jumps.branches[0].derivative.subs(dict.fromkeys(names, 1)) == 40


def test_a_derived_parameter_comes_along() -> None:
    found = of(w * x, S, u > 0, x > 0)
    assert found.derived == (W,)
    assert sp.expand(found.derivative - 2 * s * x / u) == 0
    assert {sp.Eq(w, s**2 / u), u > 0} <= set(found.space.constraints)
    assert of(s * x, S, x > 0).derived == ()
    valued = of(w * x, S, x > 0, values={u: sp.Integer(4)})
    assert sp.expand(valued.derivative - s * x / 2) == 0


def test_a_sign_is_told_where_the_slope_exists() -> None:
    found = of(sp.sqrt(x), X, x >= 0)
    assert (found.sign, (x > 0) in found.space.constraints) == ("+", True)
    assert found.exists == (x >= 0)
    scaled = of(y * sp.sqrt(x), X, x >= 0, y > 0)
    assert (scaled.sign, set(scaled.space.constraints)) == ("+", {x >= 0, y > 0, x > 0})
    open_row = of(sp.acoth(x))
    assert open_row.verdict == "unknown"
    assert "acoth" in open_row.branches[0].why
    assert of(sp.sin(x)).verdict == "unknown"
    for unread in (open_row, of(sp.sin(x))):
        assert unread.branches[0].sign_condition is None


def test_a_sign_turns_on_a_quantity_by_name() -> None:
    gap = Quantity("gap", "G", y - 2 * t, sp.true, "", Source("M"))
    told_by_name = of(sp.Max(x * y, 2 * x * t), X, x > 0, quantities=(gap,))
    assert {str(b.where.by_name) for b in told_by_name.branches} == {"gap >= 0", "gap <= 0"}
    moved = of(sp.Max(y, 2 * t), Y, quantities=(gap,))
    assert {str(b.where.by_name) for b in moved.branches} == {"gap > 0", "gap < 0"}


# Zeros.


def test_zeros_are_of_parameters_that_a_target_has_not() -> None:
    aim = target(x * y, sp.Eq(s, 1))
    found = list(zero_rows(aim, setting(), PARAMETERS))
    assert [r.parameter for r in found] == [T, N]  # s is tied; u and w are not in the space
    assert {(r.sign, r.verdict, r.derivative, r.value) for r in found} == {
        ("0", "proved", 0, x * y)}  # fmt: skip
    assert list(zero_rows(aim, setting(s > 1), PARAMETERS)) == []
    root = target(x, sp.true, ImplicitRoot(x, x**3 - s, sp.true))
    assert [r.parameter for r in zero_rows(root, setting(), (S, T))] == [T]


# Roots.


def test_a_root_moves_by_the_implicit_function_theorem() -> None:
    found = of_root(x**2 - s, x > 0)
    assert (found.sign, found.derivative, found.value) == ("+", 1 / (2 * x), x)
    assert found.root == ImplicitRoot(x, x**2 - s, x > 0)
    assert [p.verdict for p in found.regular] == ["proved"]
    assert found.note == ""
    # s is in nothing else, and solves the equation for any x: it needs no equation.
    assert found.space.constraints == (x > 0,)
    assert found.exists == sp.true
    tied = of_root(x**2 - s * y, x > 0, S, s > 0, y > 0)
    assert sp.Eq(x**2 - s * y, 0) in tied.space.constraints
    assert tied.sign == "+"


def test_a_root_without_a_slope_somewhere_is_told_elsewhere() -> None:
    found = of_root(x**3 - s)
    assert (found.sign, sp.Ne(x, 0) in found.space.constraints) == ("+", True)
    assert [p.verdict for p in found.regular] == ["proved"]


def test_an_equation_with_cases_has_no_slope_where_they_meet() -> None:
    found = of_root(x + sp.Abs(x) / 2 - s)
    assert sp.Ne(x, 0) in found.space.constraints
    moved = of_root(x - s - sp.Abs(s - 1))
    assert sp.Ne(s - 1, 0) in moved.space.constraints
    still = of_root(x - s - sp.Abs(y))
    assert not any(isinstance(c, sp.Ne) for c in still.space.constraints)


def test_a_function_of_a_root_moves_through_it() -> None:
    found = of_root(x**2 - s, x > 0, value=x**3 + s)
    at = {s: sp.Integer(9), x: sp.Integer(3)}
    assert found.derivative.xreplace(at) == sp.Rational(3 * 9, 6) + 1
    assert found.sign == "+"
    beside = target(y, sp.true, ImplicitRoot(x, x**2 - s, x > 0))
    assert row(beside, T, setting()) is None
    assert row(target(x, sp.true, ImplicitRoot(x, x**2 - s, x > 0)), Y, setting()) is None


def test_values_in_the_equation_of_a_root() -> None:
    found = of_root(x**3 + s * x - y, x > 0, S, values={y: sp.Integer(3)})
    assert found.root == ImplicitRoot(x, x**3 + s * x - 3, x > 0)
    assert found.sign == "-"
    own = of_root(x**3 + s * x - y, x > 0, S, values={s: sp.Integer(2)})
    assert not own.derivative.has(s)
    assert own.space.constraints == (x > 0,)  # y solves the equation at any x
    assert own.derivative == -x / (3 * x**2 + 2)


def test_a_whole_number_moves_a_linear_root_by_a_difference() -> None:
    found = of_root(x * (2 * n - 5) - 1, sp.true, N)
    for k in (1, 2, 3):
        step = sp.Rational(1, 2 * k - 3) - sp.Rational(1, 2 * k - 5)
        assert found.derivative.xreplace({n: sp.Integer(k)}) == step
    assert (found.root, found.verdict) == (None, "depends")
    branch = of_root(x * (2 * n - 5) - 1, x > 0, N)
    assert branch.sign == "-"
    assert prover.prove(n >= 3, given=branch.space).verdict == "proved"
    squared = of_root(x - n, sp.true, N, value=x**2)
    assert squared.derivative == 2 * n + 1


def test_a_whole_number_moves_another_root_by_the_mean_value_theorem() -> None:
    lone = of_root(x**3 - n, sp.true, N)
    assert lone.verdict == "unknown"
    assert lone.branches[0].why.startswith("what one more adds follows from a slope only where")
    held = of_root(x**3 - n, x > 0, N, exists=n > 2)
    assert (held.sign, held.note.startswith("the slope at every real number")) == ("+", True)
    assert [p.verdict for p in held.regular] == ["proved", "proved"]
    gap = of_root(x**3 - n, x > 0, N, exists=(n - 3) * (n - 4) > -sp.Rational(1, 8))
    assert [p.verdict for p in gap.regular][1] != "proved"  # not between 3 and 4


def test_closed_forms_are_of_linear_equations() -> None:
    def form(equation: sp.Expr) -> sp.Expr | None:
        return _closed_form(ImplicitRoot(x, equation, sp.true))

    assert form(x * y - s) == s / y
    assert form(2 * x + 1) == -sp.Rational(1, 2)
    assert form((x - 1) * (y + 1)) == 1
    assert form(x**2 - s) is form(sp.exp(x) - s) is form(s - y) is None


@pytest.mark.parametrize(
    ("equation", "others", "slack"),
    [
        (x**2 - s, (x,), True), (x**2 - s, (x, s > 0), False), (x**2 - s * y, (x,), False),
        (x**2 - s**2, (x,), False), (x**2 - s * y - t, (x, s, y), True), (x**2 - 1, (x,), False),
        (x**2 + 3 * t, (x / t,), False),
    ],
    ids=str,
)  # fmt: skip
def test_a_parameter_of_its_own_makes_any_point_a_root(
    equation: sp.Expr, others: tuple[sp.Basic, ...], slack: bool
) -> None:
    assert _has_slack_parameter(equation, tuple(map(sp.sympify, others))) is slack


def test_a_sign_is_asked_again_only_where_the_slope_has_a_domain() -> None:
    space = Space.of(symbols=[x, y])
    unknown = unknown_sign(x, space, "no reason")
    assert _sign_on_domain(x**2 + 1, unknown, space) == (unknown, space)
    assert _sign_on_domain(sp.sqrt(-1 - x**2), unknown, space) == (unknown, space)
    assert _sign_on_domain(sp.sin(x), unknown, space) == (unknown, space)
    found, domain = _sign_on_domain(1 / sp.sqrt(x), unknown, space)
    assert found.sign == "+"
    assert domain.condition == (x > 0)


@pytest.mark.parametrize("vacuous", [[True], [False, True], [False], []])
def test_a_branch_is_vacuous_where_a_proof_is(vacuous: list[bool]) -> None:
    proofs = tuple(SimpleNamespace(vacuous=v) for v in vacuous)
    branch: Any = SimpleNamespace(result=SimpleNamespace(proofs=proofs))
    assert _is_vacuous(branch) is any(vacuous)


def test_the_equation_stays_where_the_slope_turns_on_the_parameter() -> None:
    """Of x*s with x**2 = s: the slope x + s/(2*x) is positive only because s is."""
    found = of_root(x**2 - s, x > 0, value=x * s)
    assert sp.Eq(x**2 - s, 0) in found.space.constraints
    assert found.sign == "+"


@pytest.mark.parametrize(("claim", "given", "verdict", "statement"), [
    (sp.Ne(x, 0), x > 0, "proved", sp.Ne(x, 0)), (sp.Ne(x, 0), x >= 0, "refuted", sp.Ne(x, 0)),
    (sp.Ne(x - y, 0), x > y, "proved", sp.Ne(x - y, 0)), (x > 0, x > 0, "proved", x > 0),
    (sp.Ne(sp.sin(x), 0), x > 0, "unknown", sp.Ne(sp.sin(x), 0)),
], ids=range(5))  # fmt: skip
def test_a_proof_is_of_the_claim(
    claim: sp.Basic, given: sp.Basic, verdict: str, statement: sp.Basic
) -> None:
    found = _proof(claim, Space.of(given))
    assert (found.verdict, found.statement) == (verdict, statement)
