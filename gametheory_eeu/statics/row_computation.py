"""Computation of a row: branches, signs and boundaries of one target in one parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.core.expressions import linear_coefficients
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.games import ImplicitRoot, Quantity
from gametheory_eeu.prover.case_distinction import interior, is_satisfiable
from gametheory_eeu.prover.proof_search import prove_supported
from gametheory_eeu.statics.condition_forms import ALWAYS, ConditionForms, sign, unknown_sign
from gametheory_eeu.statics.conditions import (
    domain_conditions,
    sign_condition,
    unimplied_conditions,
)
from gametheory_eeu.statics.derivatives import (
    ShiftParameter,
    Target,
    root_derivative,
    smoothness_conditions,
)
from gametheory_eeu.statics.piecewise import MAX_PIECES, Piece, breakpoints, pieces
from gametheory_eeu.statics.row import Boundary, ComparativeStatic, StaticsBranch, boundary

_SKIP_NOTE = "more branches than have their boundaries looked at one by one"
_MEAN_VALUE_NOTE = (
    "the slope at every real number; one more makes a difference of the same sign, by the mean "
    "value theorem, since the root is there at every number between (proved)"
)
_INTEGER_ROOT_REASON = (
    "what one more adds follows from a slope only where the root is there, and smooth, at every "
    "number between; solve the equation, or take the number as any real one"
)
MAX_ZEROS = 2000
"""Cells of a table beyond which derivatives of zero are not listed: with many named members."""
_CONTINUITY_NOTE = "continuous, as maxima and minima of continuous functions are"


@dataclass(frozen=True)
class Setting:
    """All parameters, the space without values, and the values at which derivatives are taken.

    The names of the quantities may tell on what a sign turns.
    """

    parameters: tuple[Parameter, ...]
    space: Space
    values: Mapping[Symbol, Expr]
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class _Task:
    """One row to compute, at the values of the other parameters."""

    what: Target
    shift: ShiftParameter
    space: Space
    own: Mapping[Symbol, Expr]
    quantities: tuple[Quantity, ...]
    why: str = ""
    """Why it is not known where the formula has a value."""


def row(target: Target, parameter: Parameter, setting: Setting) -> ComparativeStatic | None:
    """The row of a target in a parameter; None where it does not move, or nowhere exists."""
    if parameter.symbol in target.constrained_symbols:
        return None
    task = _task(target, parameter, setting)
    return _implicit_row(task) if target.implicit is not None else _explicit_row(task)


def _task(target: Target, parameter: Parameter, setting: Setting) -> _Task:
    shift = ShiftParameter.of(parameter, setting.parameters)
    other_values = {s: v for s, v in setting.values.items() if s not in shift.symbols}
    own_values = {s: v for s, v in setting.values.items() if s in shift.symbols}
    shift_at = shift.at(other_values)
    space = Space.of(setting.space, target.exists_when).subs(other_values)
    return _restrict_to_domain(
        _Task(target.at(other_values), shift_at, space, own_values, setting.quantities)
    )


def _restrict_to_domain(task: _Task) -> _Task:
    """The task restricted to the domain of its formula."""
    try:
        conditions = domain_conditions(task.what.parts, Space.of(task.space, task.what.branch))
        return replace(task, space=Space.of(task.space, *conditions))
    except UnsupportedError as error:
        return replace(task, why=str(error))


def rows(target: Target, setting: Setting, wrt: Sequence[Parameter]) -> Iterator[ComparativeStatic]:
    """The rows of a target in those parameters that move it."""
    found = (row(target, parameter, setting) for parameter in wrt)
    yield from (static for static in found if static is not None)


def zero_derivatives(
    moving_targets: Sequence[Target], setting: Setting, parameters: Sequence[Parameter]
) -> tuple[ComparativeStatic, ...]:
    """Zero derivatives in parameters that move something; none where they are too many."""
    if len(moving_targets) * len(parameters) > MAX_ZEROS:
        return ()
    return tuple(row for target in moving_targets for row in zero_rows(target, setting, parameters))


def zero_rows(
    target: Target, setting: Setting, wrt: Sequence[Parameter]
) -> Iterator[ComparativeStatic]:
    """Rows of zero derivatives, in parameters that are not in the target."""
    for parameter in wrt:
        symbol = parameter.symbol
        if symbol in setting.space.symbols and symbol not in target.constrained_symbols:
            task = _task(target, parameter, setting)
            space = task.space.subs(task.own)
            if not task.shift.moves(*task.what.parts) and is_satisfiable(space):
                value = task.what.expression
                branch = _signed_branch(ALWAYS, value, sp.Integer(0), space, task)
                yield from filter(None, [_assemble_row(task, [branch])])


# Explicit quantities.


def _explicit_row(task: _Task) -> ComparativeStatic | None:
    target, shift = task.what, task.shift
    if not shift.moves(target.expression):
        return None
    if shift.is_whole:
        reached = unimplied_conditions(shift.next_conditions(task.space), task.space)
        task = replace(task, space=Space.of(task.space, *reached))
        return _difference_row(task, shift.slope(target.expression))
    try:
        all_pieces = pieces(target.expression, task.space, task.quantities)
    except TooLargeError:
        return _single_piece_row(task)
    branches = [_branch(piece, shift.slope(piece.expression), task) for piece in all_pieces]
    if len(all_pieces) > MAX_PIECES:
        return _assemble_row(task, branches, note=_boundary_note(target.expression))
    crossings = breakpoints(target.expression, task.space, task.quantities) if not task.own else ()
    boundaries = tuple(boundary(edge, shift) for edge in crossings if shift.moves(edge.zero))
    return _assemble_row(task, branches, boundaries)


def _difference_row(task: _Task, difference: Expr) -> ComparativeStatic | None:
    """A row from a difference, which may have pieces of its own."""
    try:
        all_pieces = pieces(difference, task.space, task.quantities)
    except TooLargeError:
        all_pieces = (Piece(ALWAYS, difference),)
    return _assemble_row(task, [_branch(piece, piece.expression, task) for piece in all_pieces])


def _single_piece_row(task: _Task) -> ComparativeStatic | None:
    """A row in one piece, for an expression of too many pieces."""
    expression = task.what.expression
    slope = task.shift.slope(expression.rewrite(sp.Piecewise))
    branch = _branch(Piece(ALWAYS, expression), slope, task)
    return _assemble_row(task, [branch], note=_boundary_note(expression))


def _boundary_note(expression: Expr) -> str:
    return (
        _SKIP_NOTE if expression.has(sp.Piecewise, sp.sign) else f"{_SKIP_NOTE}; {_CONTINUITY_NOTE}"
    )


def _branch(piece: Piece, slope: Expr, task: _Task) -> StaticsBranch | None:
    """The signed branch on one piece, off its breakpoints; None if nothing is left."""
    shift_symbols = frozenset() if task.shift.is_whole else task.shift.symbols
    varying_symbols = _varying_symbols(shift_symbols, task)
    if piece.case not in (sp.true, piece.where.condition) and not is_satisfiable(
        Space.of(task.space, interior(piece.case, varying_symbols))
    ):
        return None  # all of it is an edge, in a space where that goes without saying
    forms = (piece.where.condition, piece.where.by_name, piece.where.by_symbol)
    interior_forms = ConditionForms(
        *(interior(form, varying_symbols).xreplace(task.own) for form in forms)
    )
    definitions = task.shift.ties(piece.expression, piece.where.condition)
    space = Space.of(task.space, *definitions).subs(task.own)
    space = Space.of(space, interior_forms.condition)
    if interior_forms.condition == sp.false or not is_satisfiable(space):
        return None
    value = task.what.expression if task.shift.is_whole else piece.expression
    return _signed_branch(interior_forms, value, slope.xreplace(task.own), space, task)


def _varying_symbols(symbols: frozenset[Symbol], task: _Task) -> frozenset[Symbol]:
    """The symbols that move, with the name symbols of quantities that move."""
    if not symbols:
        return symbols
    names = {
        sp.Symbol(name, real=True)
        for q in task.quantities
        if task.shift.moves(q.expression)
        for name in (q.name, q.symbol)
    }
    return symbols | names


def _signed_branch(
    where: ConditionForms, value: Expr, derivative: Expr, space: Space, task: _Task
) -> StaticsBranch:
    result = unknown_sign(derivative, space, task.why) if task.why else sign(derivative, space)
    if result.verdict == "unknown" and not task.why:
        result, space = _sign_on_domain(derivative, result, space)
    condition = sign_condition(result, task.quantities, task.what.implicit)
    return StaticsBranch(where, value, derivative, space, result, condition)


def _sign_on_domain(slope: Expr, result: prover.Sign, space: Space) -> tuple[prover.Sign, Space]:
    """The sign where the slope exists, if it was undecided for lack of a value somewhere."""
    try:
        conditions = domain_conditions((slope,), space)
    except UnsupportedError:
        return result, space
    domain = Space.of(space, *conditions)
    if not conditions or not is_satisfiable(domain):
        return result, space
    domain_sign = sign(slope, domain)
    return (result, space) if domain_sign.verdict == "unknown" else (domain_sign, domain)


def _assemble_row(
    task: _Task,
    candidates: list[StaticsBranch | None],
    boundaries: tuple[Boundary, ...] = (),
    note: str = "",
) -> ComparativeStatic | None:
    branches = tuple(b for b in candidates if b is not None and not _is_vacuous(b))
    if not branches:
        return None
    target, shift = task.what, task.shift
    symbols = target.expression.free_symbols
    if target.implicit is not None:
        symbols = symbols | target.implicit.equation.free_symbols
    derived = tuple(r for r in shift.derived if r.symbol in symbols)
    return ComparativeStatic(
        target.name, target.symbol, shift.parameter, target.expression, branches, boundaries,
        note=note, derived=derived, root=target.implicit, exists=Space.of(task.space).condition,
    )  # fmt: skip


def _is_vacuous(branch: StaticsBranch) -> bool:
    return any(proof.vacuous for proof in branch.result.proofs)


# Roots of equations.


def _implicit_row(task: _Task) -> ComparativeStatic | None:
    root, shift = task.what.implicit, task.shift
    assert root is not None
    value = task.what.expression if root.unknown in task.what.expression.free_symbols else None
    if not shift.moves(root.equation, *([] if value is None else [value])):
        return None
    is_user_equation = task.what.exists_when == sp.true  # nothing says where it has roots
    if shift.is_whole and is_user_equation:
        closed_form = _closed_form(root)
        if closed_form is not None:
            return _explicit_row(_closed_form_task(task, root, closed_form))
        task = replace(task, why=task.why or _INTEGER_ROOT_REASON)
    slope = root_derivative(root, shift, None if value == root.unknown else value)
    parts, varying = (root.equation, task.what.expression), shift.symbols | {root.unknown}
    definitions = (
        *shift.ties(root.equation, root.branch), *smoothness_conditions(parts, varying),
    )  # fmt: skip
    other_parts = (slope.expression, root.branch, *task.space.constraints, *definitions)
    has_slack = _has_slack_parameter(root.equation, other_parts)
    conditions = (root.branch,) if has_slack else slope.conditions
    space = Space.of(task.space, *conditions, *definitions).subs(task.own)
    note = ""
    derivative = slope.expression.xreplace(task.own)
    branch = _signed_branch(ALWAYS, task.what.expression, derivative, space, task)
    regularity = [_proof(slope.regular.xreplace(task.own), branch.space)]
    if shift.is_whole and not is_user_equation:
        regularity.append(_root_persistence(task))
        note = _MEAN_VALUE_NOTE
    static = _assemble_row(task, [branch], note=note)
    return None if static is None else replace(static, regular=tuple(regularity))


def _closed_form(root: ImplicitRoot) -> Expr | None:
    """The root in closed form of an equation that is linear in it; None for others."""
    coefficients = linear_coefficients(root.equation, root.unknown)
    return None if coefficients is None else factorization(-coefficients[1] / coefficients[0])


def _closed_form_task(task: _Task, root: ImplicitRoot, closed_form: Expr) -> _Task:
    """The task with its root replaced by a closed form."""
    substitution = {root.unknown: closed_form}
    coefficient = sp.diff(sp.expand(root.equation), root.unknown)
    space = Space.of(task.space, sp.Ne(coefficient, 0), root.branch.xreplace(substitution))
    expression = task.what.expression.xreplace(substitution)
    target = replace(task.what, expression=expression, implicit=None)
    return replace(task, what=target, space=space)


def _has_slack_parameter(equation: Expr, other_parts: tuple[Expr | Boolean, ...]) -> bool:
    """Whether a parameter free of other constraints solves the equation at any point."""
    used_symbols = {s for part in other_parts for s in part.free_symbols}
    slopes = (sp.diff(equation, s) for s in equation.free_symbols - used_symbols)
    return any(slope.is_number and slope != 0 for slope in slopes)


def _root_persistence(task: _Task) -> prover.Proof:
    """Proof that a root at an integer and at the next exists at every number between."""
    fraction = sp.Symbol("step", real=True)
    condition, s = task.what.exists_when, task.shift.symbol
    between = condition.xreplace({s: s + fraction})
    next_condition = task.shift.after(condition)
    premises = Space.of(task.space, next_condition, fraction >= 0, fraction <= 1).subs(task.own)
    return _proof(between.xreplace(task.own), premises)


def _proof(claim: Boolean, space: Space) -> prover.Proof:
    proof = prove_supported(claim, space)
    if proof.method == "none" and isinstance(claim, sp.Ne):
        result = sign(claim.lhs - claim.rhs, space)
        if result.sign in ("+", "-"):
            return result.proof
    return proof
