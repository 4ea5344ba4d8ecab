"""From something that moves and what moves it to a row: branches, signs, boundaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Parameter, Space
from gametheory_eeu.errors import TooLargeError, UnsupportedError
from gametheory_eeu.model import Implicit, Quantity
from gametheory_eeu.statics.boundaries import Boundary, boundary
from gametheory_eeu.statics.case_distinction import opened, possible
from gametheory_eeu.statics.condition_forms import ALWAYS, Said
from gametheory_eeu.statics.derivatives import Mover, off_edges, root_slope
from gametheory_eeu.statics.existence import missing, restriction
from gametheory_eeu.statics.piecewise import MOST_LOOKED_AT, Piece, edges, pieces
from gametheory_eeu.statics.row import Branch, ComparativeStatic
from gametheory_eeu.statics.settled import sign, unsettled
from gametheory_eeu.statics.sign_conditions import turning
from gametheory_eeu.statics.targets import Moving

_SKIPPED = "more branches than have their boundaries looked at one by one"
_BY_MEAN_VALUE = (
    "the slope at every real number; one more makes a difference of the same sign, by the mean "
    "value theorem, since the root is there at every number between (proved)"
)
_BETWEEN = (
    "what one more adds follows from a slope only where the root is there, and smooth, at every "
    "number between; solve the equation, or take the number as any real one"
)
_BY_FORM = "continuous, as maxima and minima of continuous functions are"


@dataclass(frozen=True)
class Setting:
    """Over what rows are made.

    Parameters
    ----------
    parameters : tuple of Parameter
        All of them: some may be derived from others.
    space : Space
        Without values.
    values : mapping of symbols to expressions
        Derivatives are taken there.
    quantities : tuple of Quantity
        Whose names may tell on what a sign turns.
    """

    parameters: tuple[Parameter, ...]
    space: Space
    values: Mapping[Symbol, Expr]
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class _Task:
    """One row to make: everything at the values of the other parameters, and what is left."""

    what: Moving
    mover: Mover
    space: Space
    own: Mapping[Symbol, Expr]
    quantities: tuple[Quantity, ...]
    why: str = ""
    """Why it is not known where the formula has a value."""


def row(what: Moving, parameter: Parameter, setting: Setting) -> ComparativeStatic | None:
    """How the expression moves with the parameter; None where it does not, or nowhere exists."""
    if parameter.symbol in what.tied:
        return None
    task = _task(what, parameter, setting)
    return _implicit(task) if what.implicit is not None else _explicit(task)


def _task(what: Moving, parameter: Parameter, setting: Setting) -> _Task:
    mover = Mover.of(parameter, setting.parameters)
    others = {s: v for s, v in setting.values.items() if s not in mover.symbols}
    own = {s: v for s, v in setting.values.items() if s in mover.symbols}
    at = mover.at(others)
    space = Space.of(setting.space, what.exists_when).subs(others)
    return _existing(_Task(what.at(others), at, space, own, setting.quantities))


def _existing(task: _Task) -> _Task:
    """The task where the formula has a value, which its derivative does not tell."""
    try:
        limits = restriction(task.what.parts, Space.of(task.space, task.what.branch))
        return replace(task, space=Space.of(task.space, *limits))
    except UnsupportedError as error:
        return replace(task, why=str(error))


def rows(what: Moving, setting: Setting, wrt: Sequence[Parameter]) -> Iterator[ComparativeStatic]:
    """A row for each of some parameters that the expression moves with."""
    for parameter in wrt:
        found = row(what, parameter, setting)
        if found is not None:
            yield found


def zeros(what: Moving, setting: Setting, wrt: Sequence[Parameter]) -> Iterator[ComparativeStatic]:
    """A row for each of some parameters that are not in the expression: a derivative of zero."""
    for parameter in wrt:
        symbol = parameter.symbol
        if symbol in setting.space.symbols and symbol not in what.tied:
            task = _task(what, parameter, setting)
            place = task.space.subs(task.own)
            if not task.mover.moves(*task.what.parts) and possible(place):
                value = task.what.expression
                found = _row(task, [_settled(ALWAYS, value, sp.Integer(0), place, task)])
                yield from () if found is None else (found,)


# Explicit quantities.


def _explicit(task: _Task) -> ComparativeStatic | None:
    what, mover = task.what, task.mover
    if not mover.moves(what.expression):
        return None
    if mover.is_whole:
        later = Space.of(task.space, *missing(mover.next_conditions(task.space), task.space))
        return _of_pieces(replace(task, space=later), mover.slope(what.expression))
    try:
        found = pieces(what.expression, task.space, task.quantities)
    except TooLargeError:
        return _whole(task)
    branches = [_branch(p, mover.slope(p.expression), task) for p in found]
    if len(found) > MOST_LOOKED_AT:
        return _row(task, branches, note=_skipped(what.expression))
    met = edges(what.expression, task.space, task.quantities) if not task.own else ()
    crossed = tuple(boundary(e, mover) for e in met if mover.moves(e.zero))
    return _row(task, branches, crossed)


def _of_pieces(task: _Task, moved: Expr) -> ComparativeStatic | None:
    """A row from a difference, which may fall into pieces of its own."""
    try:
        found = pieces(moved, task.space, task.quantities)
    except TooLargeError:
        found = (Piece(ALWAYS, moved),)
    return _row(task, [_branch(p, p.expression, task) for p in found])


def _whole(task: _Task) -> ComparativeStatic | None:
    """A row in one piece, for an expression of too many to show them."""
    expression = task.what.expression
    slope = task.mover.slope(expression.rewrite(sp.Piecewise))
    branch = _branch(Piece(ALWAYS, expression), slope, task)
    return _row(task, [branch], note=_skipped(expression))


def _skipped(expression: Expr) -> str:
    return _SKIPPED if expression.has(sp.Piecewise, sp.sign) else f"{_SKIPPED}; {_BY_FORM}"


def _branch(piece: Piece, slope: Expr, task: _Task) -> Branch | None:
    """The sign on one piece, off the edges that the parameter moves; None if nothing is left."""
    moved = frozenset() if task.mover.is_whole else task.mover.symbols
    parts = (piece.where.condition, piece.where.by_name, piece.where.by_symbol)
    inside = Said(*(opened(part, _renamed(moved, task)).xreplace(task.own) for part in parts))
    ties = task.mover.ties(piece.expression, piece.where.condition)
    place = Space.of(task.space, *ties).subs(task.own)
    place = Space.of(place, inside.condition)
    if inside.condition == sp.false or not possible(place):
        return None
    value = task.what.expression if task.mover.is_whole else piece.expression
    return _settled(inside, value, slope.xreplace(task.own), place, task)


def _renamed(moved: frozenset[Symbol], task: _Task) -> frozenset[Symbol]:
    """The symbols that move, and the names of the quantities that do."""
    if not moved:
        return moved
    names = {
        sp.Symbol(name, real=True)
        for q in task.quantities
        if task.mover.moves(q.expression)
        for name in (q.name, q.symbol)
    }
    return moved | names


def _settled(where: Said, value: Expr, derivative: Expr, place: Space, task: _Task) -> Branch:
    result = unsettled(derivative, place, task.why) if task.why else sign(derivative, place)
    if result.verdict == "unknown" and not task.why:
        result, place = _where_it_has_a_value(derivative, result, place)
    on = turning(result, task.quantities, task.what.implicit)
    return Branch(where, value, derivative, place, result, on)


def _where_it_has_a_value(
    slope: Expr, found: prover.Sign, place: Space
) -> tuple[prover.Sign, Space]:
    """A sign not decided because the slope has no value somewhere, such as that of a root at 0."""
    try:
        limits = restriction((slope,), place)
    except UnsupportedError:
        return found, place
    inside = Space.of(place, *limits)
    if not limits or not possible(inside):
        return found, place
    again = sign(slope, inside)
    return (found, place) if again.verdict == "unknown" else (again, inside)


def _row(
    task: _Task,
    found: list[Branch | None],
    crossed: tuple[Boundary, ...] = (),
    note: str = "",
) -> ComparativeStatic | None:
    branches = tuple(b for b in found if b is not None and not _is_vacuous(b))
    if not branches:
        return None
    what, mover = task.what, task.mover
    symbols = what.expression.free_symbols | (
        set() if what.implicit is None else what.implicit.equation.free_symbols
    )
    derived = tuple(r for r in mover.derived if r.symbol in symbols)
    inside = Space.of(task.space).condition
    return ComparativeStatic(what.name, what.symbol, mover.parameter, what.expression, branches,
                             crossed, (), note, derived, what.implicit, inside)  # fmt: skip


def _is_vacuous(branch: Branch) -> bool:
    return any(proof.vacuous for proof in branch.result.proofs)


# Roots of equations.


def _implicit(task: _Task) -> ComparativeStatic | None:
    root, mover = task.what.implicit, task.mover
    assert root is not None
    of_root = task.what.expression if root.unknown in task.what.expression.free_symbols else None
    if not mover.moves(root.equation, *([] if of_root is None else [of_root])):
        return None
    own = task.what.exists_when == sp.true  # of a user's equation: nothing says where it has roots
    if mover.is_whole and own:
        closed = _closed(root)
        if closed is not None:
            return _explicit(_in_closed_form(task, root, closed))
        task = replace(task, why=task.why or _BETWEEN)
    found = root_slope(root, mover, None if of_root == root.unknown else of_root)
    ties = mover.ties(root.equation, root.branch)
    moved = mover.symbols | {root.unknown}
    ties = (*ties, *off_edges((root.equation, task.what.expression), moved))
    rest = (found.expression, root.branch, *task.space.constraints, *ties)
    solved = _is_solved_for_another(root.equation, rest)
    conditions = (root.branch,) if solved else found.conditions
    place = Space.of(task.space, *conditions, *ties).subs(task.own)
    note = ""
    derivative = found.expression.xreplace(task.own)
    branch = _settled(ALWAYS, task.what.expression, derivative, place, task)
    regular = [_proved(found.regular.xreplace(task.own), branch.space)]
    if mover.is_whole and not own:
        regular.append(_lasts(task))
        note = _BY_MEAN_VALUE
    made = _row(task, [branch], note=note)
    return None if made is None else replace(made, regular=tuple(regular))


def _closed(root: Implicit) -> Expr | None:
    """The root of an equation that is linear in it."""
    x, equation = root.unknown, sp.expand(root.equation)
    if not equation.is_polynomial(x) or sp.degree(equation, x) != 1:
        return None
    return sp.factor(-equation.coeff(x, 0) / equation.coeff(x, 1))


def _in_closed_form(task: _Task, root: Implicit, closed: Expr) -> _Task:
    """The task of what the equation gives, where it gives it and on the branch."""
    at = {root.unknown: closed}
    steep = sp.diff(sp.expand(root.equation), root.unknown)
    space = Space.of(task.space, sp.Ne(steep, 0), root.branch.xreplace(at))
    what = replace(task.what, expression=task.what.expression.xreplace(at), implicit=None)
    return replace(task, what=what, space=space)


def _is_solved_for_another(equation: Expr, rest: tuple[Expr | Boolean, ...]) -> bool:
    """Whether some value of a parameter that nothing else speaks of solves it at any point."""
    used = {s for part in rest for s in part.free_symbols}
    alone = (s for s in equation.free_symbols - used if sp.diff(equation, s).is_number)
    return any(sp.diff(equation, s) != 0 for s in alone)


def _lasts(task: _Task) -> prover.Proof:
    """A root that is there at a whole number and at the next is there at every number between."""
    part = sp.Symbol("step", real=True)
    here, s = task.what.exists_when, task.mover.symbol
    between = here.xreplace({s: s + part})
    later = task.mover.after(here)
    given = Space.of(task.space, later, part >= 0, part <= 1).subs(task.own)
    return _proved(between.xreplace(task.own), given)


def _proved(claim: Boolean, place: Space) -> prover.Proof:
    try:
        return prover.prove(claim, given=place)
    except UnsupportedError as error:
        if isinstance(claim, sp.Ne):
            found = sign(claim.lhs - claim.rhs, place)
            if found.sign in ("+", "-"):
                return found.proof
        return prover.Proof(claim, place, "unknown", "none", why=str(error))


__all__ = ["Setting", "row", "rows", "zeros"]
