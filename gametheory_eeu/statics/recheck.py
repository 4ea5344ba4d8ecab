"""Checking a row again: its proofs by their other routes, its signs and derivatives by numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError, UnsupportedError
from gametheory_eeu.statics.at_point import motion, rooted
from gametheory_eeu.statics.derivatives import Mover
from gametheory_eeu.statics.row import Branch, ComparativeStatic

_ALLOWED = {"+": (1,), "-": (-1,), "0": (0,), ">=0": (0, 1), "<=0": (0, -1), "?": (-1, 0, 1)}
_STEP = sp.Rational(1, 10**24)  # so small that x**(5/4) is flat at 0
_CLOSE = 1e-5


@arg.checks(row=arg.a(ComparativeStatic, "a row of comparative statics"))
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
    found = list(_checks(row))
    return False if False in found else None if None in found else True


def _checks(row: ComparativeStatic) -> Iterator[bool | None]:
    for branch in row.branches:
        yield _stated(branch)
        yield _at_a_point(row, branch)
        yield _witnessed(branch)
    for proof in row.regular:
        yield proof.verdict == "proved"
    for proof in dict.fromkeys(row.proofs):
        if proof.verdict != "unknown":
            yield proof.recheck()


def _stated(branch: Branch) -> bool | None:
    """Whether the proof of a sign is a proof of that sign of that derivative."""
    sign, proof = branch.result.sign, branch.result.proof
    if branch.result.verdict == "unknown":
        return sign == "?"
    if sign == "?":
        return len(branch.result.witnesses) == 2
    claims = {"+": sp.Gt, "-": sp.Lt, "0": sp.Eq, ">=0": sp.Ge, "<=0": sp.Le}
    expected = claims[sign](branch.derivative, 0, evaluate=False)
    if proof.verdict != "proved":
        return False
    if proof.statement == expected:
        return True
    # Of a logarithm the proof is one about every value it may take, in other symbols.
    beyond = branch.derivative.has(sp.log, sp.exp, sp.erf, sp.erfinv, sp.pi)
    return bool(beyond and isinstance(proof.statement, claims[sign]))


def _at_a_point(row: ComparativeStatic, branch: Branch) -> bool | None:
    """The sign and the slope at a point of the branch, in numbers."""
    try:
        point = prover.witness(_tied(row, branch))
        if point is None:
            return False
        here = point if row.root is None else _on_the_root(row, point)
    except GameTheoryError:
        return None
    if here is None:
        return None
    number = _number(branch.derivative, here)
    if number is None or sp.sign(number) not in _ALLOWED[branch.result.sign]:
        return None if number is None else False
    slope = _quotient(row, point)
    return None if slope is None else bool(abs(slope - number) <= _CLOSE * (1 + abs(number)))


def _tied(row: ComparativeStatic, branch: Branch) -> Space:
    """The branch where the root is one: a sign may be proved of more than that."""
    root = row.root
    used = root is not None and root.unknown in branch.space.symbols
    return Space.of(branch.space, sp.Eq(root.equation, 0)) if root and used else branch.space


def _on_the_root(
    row: ComparativeStatic, point: Mapping[Symbol, Expr]
) -> Mapping[Symbol, Expr] | None:
    """The point with the root that a step starts from, where roots at numbers are found."""
    assert row.root is not None
    apart = {s: v for s, v in point.items() if s != row.root.unknown}
    try:
        return rooted(row, apart)
    except UnsupportedError:
        return point


def _number(expression: Expr, point: Mapping[Symbol, Expr]) -> Expr | None:
    try:
        value = expression.xreplace(dict(point))
    except ValueError:  # SymPy's derivative of what has none, such as floor(x), at a number
        return None
    number = sp.N(value, 40) if value.is_number else None
    return number if number is not None and number.is_finite else None


def _quotient(row: ComparativeStatic, point: Mapping[Symbol, Expr]) -> Expr | None:
    """What a small step changes, over the step; what the next whole number changes."""
    if row.root is not None and row.is_whole:
        return None  # the row states a slope; its difference is larger
    step = sp.Integer(Mover(row.parameter).step) if row.is_whole else _STEP
    apart = {s: v for s, v in point.items() if row.root is None or s != row.root.unknown}
    if row.parameter.symbol not in apart:
        return None
    for by in (step, -step) if not row.is_whole else (step,):
        try:
            found = motion(row, apart, by)
        except GameTheoryError:
            return None
        if found.change is not None:
            return sp.N(found.change if row.is_whole else found.change / by, 30)
    return None


def _witnessed(branch: Branch) -> bool:
    """The two points of a sign that depends, one positive and one negative."""
    values = [_number(branch.derivative, p) for p in branch.result.witnesses]
    signs = [None if v is None else int(sp.sign(v)) for v in values]
    return not signs or sorted(s for s in signs if s is not None) == [-1, 1]


__all__ = ["recheck"]
