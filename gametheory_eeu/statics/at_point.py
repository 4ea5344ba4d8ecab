"""Rows at numbers: the derivative, the elasticity, and what a finite step really changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.representation import Shown
from gametheory_eeu.errors import DoesNotExistError, GameTheoryError, UnsupportedError
from gametheory_eeu.statics.derivatives import Mover
from gametheory_eeu.statics.row import Branch, ComparativeStatic


@dataclass(frozen=True, repr=False)
class Motion(Shown):
    """How a quantity moves at one point, in exact numbers.

    Parameters
    ----------
    quantity, parameter : str
    at, value : number
        The parameter's value there, and the quantity's.
    derivative : number
        For a whole number, what one more adds.
    elasticity : number or None
        ``derivative * at / value``: by how many percent the quantity moves where the parameter
        moves by one; None where the quantity is zero.
    step : number
        How far the parameter is moved.
    change : number or None
        By how much the quantity then really changes, also across a kink or a jump; None where the
        step leaves what the quantity exists on.
    """

    quantity: str
    parameter: str
    at: Expr
    value: Expr
    derivative: Expr
    elasticity: Expr | None
    step: Expr
    change: Expr | None


@dataclass(frozen=True, repr=False)
class MotionTable(Shown):
    """Derivatives, elasticities and finite changes at one calibration.

    Parameters
    ----------
    rows : tuple of Motion
    title : str
    notes : tuple of str
        Which rows are left out, and why.
    point : mapping of symbol to value
        Where the numbers hold.
    """

    rows: tuple[Motion, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    point: Mapping[Symbol, Expr] = field(default_factory=Frozen)

    def __iter__(self) -> Iterator[Motion]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[str, str]) -> Motion:
        """A row by (quantity, parameter)."""
        return arg.row("row", self.rows, key, lambda row: [(row.quantity, row.parameter)])

    def __repr__(self) -> str:
        return f"<{len(self)} derivatives at numbers: {self.title}>"


def motion(
    row: ComparativeStatic, point: Mapping[Symbol, Expr], step: Expr | None = None
) -> Motion:
    """A row at a point.

    Parameters
    ----------
    row : ComparativeStatic
    point : mapping of symbols to exact numbers
        Derived parameters follow from the others.
    step : number, optional
        A tenth of the parameter's value; to the next whole number of one, a tenth for zero.

    Raises
    ------
    DoesNotExistError
        The quantity has no derivative there.
    GameTheoryError
        Symbols without a value, named.
    """
    s = row.parameter.symbol
    here = _complete(row, point)
    missing = _needed(row) - set(here)
    if missing:
        raise GameTheoryError(f"no value for {', '.join(sorted(map(str, missing)))}")
    branch, here = _branch_at(row, here)
    value = branch.value.xreplace(here)
    slope = _slope_at(row, branch, here)
    by = _step(row, here[s]) if step is None else sp.sympify(step)
    return Motion(
        row.quantity, row.parameter.name, here[s], value, slope,
        None if value == 0 else slope * here[s] / value, by, _change(row, point, by, value),
    )  # fmt: skip


def _slope_at(row: ComparativeStatic, branch: Branch, here: Mapping[Symbol, Expr]) -> Expr:
    try:
        found = branch.derivative.xreplace(dict(here))
    except ValueError:  # SymPy's derivative of what has none written down, such as floor(x)
        raise DoesNotExistError(
            f"the derivative of {row.quantity} in {row.parameter.name} is not known: "
            f"{branch.derivative}"
        ) from None
    if found.is_finite is False or found.has(sp.nan):
        raise DoesNotExistError(
            f"{row.quantity} has no derivative in {row.parameter.name} at this point: "
            f"{branch.derivative} has no value there"
        )
    return found


def _complete(row: ComparativeStatic, point: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """The point with the parameters that follow from it."""
    found = dict(point)
    for r in row.derived:
        if r.default is not None and r.default.free_symbols <= set(found):
            found[r.symbol] = r.default.xreplace(found)
    return found


def _needed(row: ComparativeStatic) -> set[Symbol]:
    found = {row.parameter.symbol}
    for branch in row.branches:
        for part in (branch.value, branch.derivative, branch.condition):
            found |= part.free_symbols
    return found - ({row.root.unknown} if row.root is not None else set())


def _step(row: ComparativeStatic, at: Expr) -> Expr:
    if row.is_whole:
        return sp.Integer(Mover(row.parameter).step)
    return abs(at) / 10 if at != 0 else sp.Rational(1, 10)


def _branch_at(
    row: ComparativeStatic, here: dict[Symbol, Expr]
) -> tuple[Branch, dict[Symbol, Expr]]:
    for branch in row.branches:
        full = rooted(row, here)
        if full is not None and _inside(branch, full):
            return branch, full
    edges = [e.text for e in row.boundaries]
    where = f" It may be {' or '.join(edges)}" if edges else ""
    raise DoesNotExistError(
        f"{row.quantity} has no derivative in {row.parameter.name} at this point.{where}"
    )


def _inside(branch: Branch, point: Mapping[Symbol, Expr]) -> bool:
    known = (c for c in branch.space.constraints if c.free_symbols <= set(point))
    return all(prover.true_at(c, point) for c in known)


def rooted(row: ComparativeStatic, here: dict[Symbol, Expr]) -> dict[Symbol, Expr] | None:
    """The point with the root of the equation, where the row is about one."""
    if row.root is None or row.root.unknown in here:
        return here
    if row.root.unknown not in row.value.free_symbols:
        return {**here, row.root.unknown: row.value.xreplace(here)}
    root = root_at(row, here)
    return None if root is None else {**here, row.root.unknown: root}


def root_at(row: ComparativeStatic, here: Mapping[Symbol, Expr]) -> Expr | None:
    """The root of a row's equation on its branch: exact, for a polynomial; None where none is."""
    assert row.root is not None
    x, equation = row.root.unknown, row.root.equation.xreplace(dict(here))
    if not equation.is_polynomial(x) or not all(
        c.free_symbols or c.is_algebraic for c in sp.Poly(equation, x).coeffs()
    ):
        raise UnsupportedError(
            f"roots at numbers are found for polynomials with algebraic coefficients; "
            f"{equation} == 0 is none in {x}"
        )
    branch = row.root.branch.xreplace(dict(here))
    roots = dict.fromkeys(sp.Poly(equation, x).real_roots())
    return next((r for r in roots if prover.true_at(branch, {x: r})), None)


def _change(
    row: ComparativeStatic, point: Mapping[Symbol, Expr], by: Expr, value: Expr
) -> Expr | None:
    """What the quantity really gains over a step; None where it does not exist at its end."""
    moved = {**point, row.parameter.symbol: point[row.parameter.symbol] + by}
    try:
        there = rooted(row, _complete(row, moved))
    except UnsupportedError:
        return None
    if there is None:
        return None
    known = (c for c in sp.And.make_args(row.exists) if c.free_symbols <= set(there))
    if not all(prover.true_at(c, there) for c in known):
        return None
    found = row.value.xreplace(there) - value
    return found if found.is_finite and found.is_real else None


def motions(
    rows: Iterable[ComparativeStatic],
    point: Mapping[Symbol, Expr],
    title: str,
    step: Expr | None = None,
) -> MotionTable:
    """All rows that have a value at a point; the others are named with the reason."""
    found, notes = [], []
    for row in rows:
        try:
            found.append(motion(row, point, step))
        except (GameTheoryError, ZeroDivisionError) as error:
            notes.append(f"d {row.quantity} / d {row.parameter.name}: {error}")
    return MotionTable(tuple(found), title, tuple(dict.fromkeys(notes)), Frozen(point))


__all__ = ["Motion", "MotionTable", "motion", "motions", "root_at", "rooted"]
