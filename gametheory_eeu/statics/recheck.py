"""Effects at a point, and the independent recheck of a row: other proofs, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.core.signs import SIGNS, sign_claim
from gametheory_eeu.errors import DoesNotExistError, GameTheoryError, UnsupportedError
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.row import ComparativeStatic, StaticsBranch


@dataclass(frozen=True, repr=False)
class LocalEffect(Displayable):
    """A quantity's derivative, elasticity and finite change at one point, in exact numbers.

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
class LocalEffectTable(Displayable):
    """Derivatives, elasticities and finite changes at one calibration.

    Parameters
    ----------
    rows : tuple of LocalEffect
    title : str
    notes : tuple of str
        Which rows are left out, and why.
    point : mapping of symbol to value
        Where the numbers hold.
    """

    rows: tuple[LocalEffect, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    point: Mapping[Symbol, Expr] = field(default_factory=FrozenMapping)

    def __iter__(self) -> Iterator[LocalEffect]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: tuple[str, str]) -> LocalEffect:
        """A row by (quantity, parameter)."""
        return arg.lookup("row", self.rows, key, lambda row: [(row.quantity, row.parameter)])

    def __repr__(self) -> str:
        return f"<{len(self)} derivatives at numbers: {self.title}>"


def local_effect(
    row: ComparativeStatic, point: Mapping[Symbol, Expr], step: Expr | None = None
) -> LocalEffect:
    """The local effect of a parameter at a point, from which derived parameters follow.

    A step that is not given is a tenth of the parameter's value, or a tenth where that is zero; of
    a whole number it is to the next.
    """
    symbol = row.parameter.symbol
    full_point = _with_derived(row, point)
    missing_symbols = _needed_symbols(row) - set(full_point)
    if missing_symbols:
        raise GameTheoryError(f"no value for {', '.join(sorted(map(str, missing_symbols)))}")
    branch, full_point = _branch_at(row, full_point)
    value = branch.value.xreplace(full_point)
    derivative = _derivative_at(row, branch, full_point)
    increment = _default_step(row, full_point[symbol]) if step is None else sp.sympify(step)
    place = full_point[symbol]
    elasticity = None if value == 0 else derivative * place / value
    change = _finite_change(row, point, increment, value)
    return LocalEffect(row.quantity, row.parameter.name, place, value, derivative, elasticity,
                       increment, change)  # fmt: skip


def _derivative_at(
    row: ComparativeStatic, branch: StaticsBranch, point: Mapping[Symbol, Expr]
) -> Expr:
    try:
        derivative = branch.derivative.xreplace(dict(point))
    except ValueError:  # SymPy's derivative of what has none written down, such as floor(x)
        raise DoesNotExistError(
            f"the derivative of {row.quantity} in {row.parameter.name} is not known: "
            f"{branch.derivative}"
        ) from None
    if derivative.is_finite is False or derivative.has(sp.nan):
        raise DoesNotExistError(
            f"{row.quantity} has no derivative in {row.parameter.name} at this point: "
            f"{branch.derivative} has no value there"
        )
    return derivative


def _with_derived(row: ComparativeStatic, point: Mapping[Symbol, Expr]) -> dict[Symbol, Expr]:
    """The point extended by its derived parameters."""
    values = dict(point)
    for parameter in row.derived:
        if parameter.default is not None and parameter.default.free_symbols <= set(values):
            values[parameter.symbol] = parameter.default.xreplace(values)
    return values


def _needed_symbols(row: ComparativeStatic) -> set[Symbol]:
    symbols = {row.parameter.symbol}
    for branch in row.branches:
        for expression in (branch.value, branch.derivative, branch.condition):
            symbols |= expression.free_symbols
    return symbols - ({row.root.unknown} if row.root is not None else set())


def _default_step(row: ComparativeStatic, value: Expr) -> Expr:
    if row.is_whole:
        return sp.Integer(ShiftParameter(row.parameter).step)
    return abs(value) / 10 if value != 0 else sp.Rational(1, 10)


def _branch_at(
    row: ComparativeStatic, point: dict[Symbol, Expr]
) -> tuple[StaticsBranch, dict[Symbol, Expr]]:
    for branch in row.branches:
        full_point = point_with_root(row, point)
        if full_point is not None and _contains(branch, full_point):
            return branch, full_point
    boundary_texts = [boundary.text for boundary in row.boundaries]
    hint = f" It may be {' or '.join(boundary_texts)}" if boundary_texts else ""
    raise DoesNotExistError(
        f"{row.quantity} has no derivative in {row.parameter.name} at this point.{hint}"
    )


def _contains(branch: StaticsBranch, point: Mapping[Symbol, Expr]) -> bool:
    constraints = (c for c in branch.space.constraints if c.free_symbols <= set(point))
    return all(prover.is_true_at(c, point) for c in constraints)


def point_with_root(row: ComparativeStatic, point: dict[Symbol, Expr]) -> dict[Symbol, Expr] | None:
    """The point extended by the root of the row's equation, if it has one."""
    if row.root is None or row.root.unknown in point:
        return point
    if row.root.unknown not in row.value.free_symbols:
        return {**point, row.root.unknown: row.value.xreplace(point)}
    root = root_at(row, point)
    return None if root is None else {**point, row.root.unknown: root}


def root_at(row: ComparativeStatic, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The root of a row's equation on its branch: exact, for a polynomial; None where none is."""
    assert row.root is not None
    x, equation = row.root.unknown, row.root.equation.xreplace(dict(point))
    if not equation.is_polynomial(x) or not all(
        c.free_symbols or c.is_algebraic for c in sp.Poly(equation, x).coeffs()
    ):
        raise UnsupportedError(
            f"roots at numbers are found for polynomials with algebraic coefficients; "
            f"{equation} == 0 is none in {x}"
        )
    branch = row.root.branch.xreplace(dict(point))
    roots = dict.fromkeys(sp.Poly(equation, x).real_roots())
    return next((r for r in roots if prover.is_true_at(branch, {x: r})), None)


def _finite_change(
    row: ComparativeStatic, point: Mapping[Symbol, Expr], increment: Expr, value: Expr
) -> Expr | None:
    """The exact change of the quantity over a step; None where it does not exist at its end."""
    end_values = {**point, row.parameter.symbol: point[row.parameter.symbol] + increment}
    try:
        end_point = point_with_root(row, _with_derived(row, end_values))
    except UnsupportedError:
        return None
    if end_point is None:
        return None
    conditions = (c for c in sp.And.make_args(row.exists) if c.free_symbols <= set(end_point))
    if not all(prover.is_true_at(c, end_point) for c in conditions):
        return None
    change = row.value.xreplace(end_point) - value
    return change if change.is_finite and change.is_real else None


def local_effects(
    rows: Iterable[ComparativeStatic],
    point: Mapping[Symbol, Expr],
    title: str,
    step: Expr | None = None,
) -> LocalEffectTable:
    """Local effects of all rows with a value at a point; the others are noted with the reason."""
    effects, notes = [], []
    for row in rows:
        try:
            effects.append(local_effect(row, point, step))
        except (GameTheoryError, ZeroDivisionError) as error:
            notes.append(f"d {row.quantity} / d {row.parameter.name}: {error}")
    return LocalEffectTable(
        tuple(effects), title, tuple(dict.fromkeys(notes)), FrozenMapping(point)
    )


_STEP = sp.Rational(1, 10**24)  # so small that x**(5/4) is flat at 0
_TOLERANCE = 1e-5
_DIGITS = 70


@arg.validate(row=arg.instance_of(ComparativeStatic, "a row of comparative statics"))
def recheck(row: ComparativeStatic) -> bool | None:
    """Whether a row stands, by routes that are not those that made it.

    Every proof is checked by its own second route; every branch's sign is compared with what its
    proof states and with the derivative's exact value at a point of the branch; the derivative
    there with a difference quotient of the quantity; the two witnesses of a sign that depends are
    evaluated.

    Returns
    -------
    bool or None
        False where something contradicts the row, None where a route did not settle its question.

    Examples
    --------
    >>> from gametheory_eeu import CredibleCommitment
    >>> row = CredibleCommitment().comparative_statics("trust_threshold", "ell")[0]
    >>> recheck(row)
    True
    """
    checks = list(_checks(row))
    return False if False in checks else None if None in checks else True


def _checks(row: ComparativeStatic) -> Iterator[bool | None]:
    for branch in row.branches:
        yield _check_statement(branch)
        yield _check_at_point(row, branch)
        yield _check_witnesses(branch)
    for proof in row.regular:
        yield proof.verdict == "proved"
    for proof in dict.fromkeys(row.proofs):
        if proof.verdict != "unknown":
            yield proof.recheck()


def _check_statement(branch: StaticsBranch) -> bool | None:
    """Whether a branch's proof states the branch's sign of its derivative."""
    sign, proof = branch.result.sign, branch.result.proof
    if branch.result.verdict == "unknown":
        return sign == "?"
    if sign == "?":
        return len(branch.result.witnesses) == 2
    expected = sign_claim(branch.derivative, sign)
    if proof.verdict != "proved":
        return False
    if proof.statement == expected:
        return True
    # Of a logarithm the proof is one about every value it may take, in other symbols.
    is_transcendental = branch.derivative.has(sp.log, sp.exp, sp.erf, sp.erfinv, sp.pi)
    return bool(is_transcendental and isinstance(proof.statement, expected.func))


def _check_at_point(row: ComparativeStatic, branch: StaticsBranch) -> bool | None:
    """Check the sign and the derivative at a point of the branch, in numbers."""
    try:
        point = prover.witness(_root_space(row, branch))
        if point is None:
            return False
        full_point = point if row.root is None else _root_point(row, point)
    except GameTheoryError:
        return None
    if full_point is None:
        return None
    derivative = _numeric_value(branch.derivative, full_point)
    if derivative is None or sp.sign(derivative) not in SIGNS[branch.result.sign]:
        return None if derivative is None else False
    quotient = _difference_quotient(row, point)
    if quotient is None:
        return None
    return bool(abs(quotient - derivative) <= _TOLERANCE * (1 + abs(derivative)))


def _root_space(row: ComparativeStatic, branch: StaticsBranch) -> Space:
    """The branch's space, with the equation of the root where the branch uses it."""
    root = row.root
    uses_root = root is not None and root.unknown in branch.space.symbols
    return Space.of(branch.space, sp.Eq(root.equation, 0)) if root and uses_root else branch.space


def _root_point(
    row: ComparativeStatic, point: Mapping[Symbol, Expr]
) -> Mapping[Symbol, Expr] | None:
    """The point with the root from which a step starts, where it can be computed."""
    assert row.root is not None
    parameter_values = {s: v for s, v in point.items() if s != row.root.unknown}
    try:
        return point_with_root(row, parameter_values)
    except UnsupportedError:
        return point


def _numeric_value(expression: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    try:
        value = expression.xreplace(dict(point))
    except ValueError:  # SymPy's derivative of what has none, such as floor(x), at a number
        return None
    number = sp.N(value, 40) if value.is_number else None
    return number if number is not None and number.is_finite else None


def _difference_quotient(row: ComparativeStatic, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The difference quotient over a small step; over an integer step, the difference."""
    if row.root is not None and row.is_whole:
        return None  # the row states a slope; its difference is larger
    if row.system:
        return _system_quotient(row, point)
    step = sp.Integer(ShiftParameter(row.parameter).step) if row.is_whole else _STEP
    parameter_values = {s: v for s, v in point.items() if row.root is None or s != row.root.unknown}
    if row.parameter.symbol not in parameter_values:
        return None
    for increment in (step, -step) if not row.is_whole else (step,):
        try:
            effect = local_effect(row, parameter_values, increment)
        except GameTheoryError:
            return None
        if effect.change is not None:
            return sp.N(effect.change if row.is_whole else effect.change / increment, 30)
    return None


def _system_quotient(row: ComparativeStatic, point: Mapping[Symbol, Expr]) -> Expr | None:
    """The difference quotient of a quantity between numerical solutions of its system."""
    unknowns = [x for x, _ in row.system]
    others = {s: v for s, v in point.items() if s not in unknowns}
    start = [sp.N(point[x], _DIGITS) for x in unknowns]
    t = row.parameter.symbol
    values = []
    for shift in (0, _STEP):
        moved = {**others, t: others[t] + shift}
        equations = [equation.xreplace(moved) for _, equation in row.system]
        try:
            solution = sp.nsolve(equations, unknowns, start, prec=_DIGITS)
        except (ValueError, ZeroDivisionError):
            return None
        values.append(row.value.xreplace({**moved, **dict(zip(unknowns, solution, strict=True))}))
    return sp.N((values[1] - values[0]) / _STEP, 30)


def _check_witnesses(branch: StaticsBranch) -> bool:
    """Check that the two witnesses have a positive and a negative derivative."""
    values = [_numeric_value(branch.derivative, p) for p in branch.result.witnesses]
    signs = [None if v is None else int(sp.sign(v)) for v in values]
    return not signs or sorted(s for s in signs if s is not None) == [-1, 1]
