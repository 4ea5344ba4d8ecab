"""Independent recheck of a row: proofs by other routes, signs and derivatives by numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.signs import SIGNS, sign_claim
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.statics.at_point import local_effect, point_with_root
from gametheory_eeu.statics.derivatives import ShiftParameter
from gametheory_eeu.statics.row import ComparativeStatic, StaticsBranch

_STEP = sp.Rational(1, 10**24)  # so small that x**(5/4) is flat at 0
_TOLERANCE = 1e-5


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
    return (
        None
        if quotient is None
        else bool(abs(quotient - derivative) <= _TOLERANCE * (1 + abs(derivative)))
    )


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


def _check_witnesses(branch: StaticsBranch) -> bool:
    """Check that the two witnesses have a positive and a negative derivative."""
    values = [_numeric_value(branch.derivative, p) for p in branch.result.witnesses]
    signs = [None if v is None else int(sp.sign(v)) for v in values]
    return not signs or sorted(s for s in signs if s is not None) == [-1, 1]


__all__ = ["recheck"]
