"""No exact point of a domain ever contradicts a verdict.

The judge walks SymPy's trees with rational intervals and shares nothing with the library: neither
its encoder nor its evaluator. What an interval cannot settle is passed over.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import isqrt

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import iv

from gametheory_eeu import logic
from gametheory_eeu.errors import UnsupportedError
from gametheory_eeu.space import Space

X, Y, Z = SYMBOLS = sp.symbols("x y z", real=True)
N = sp.Symbol("n", integer=True)
SCALE = 10**40
RLIMIT = 150_000
GRID = tuple(map(Fraction, ("0", "1", "-1", "2", "1/2", "-1/2", "3/2", "-3")))


class TooCloseError(Exception):
    """The interval does not settle it."""


def interval(number):
    if number.is_Rational:
        return (Fraction(number.p, number.q),) * 2
    digits = Fraction(str(sp.N(number, 60)))
    return digits - Fraction(1, SCALE), digits + Fraction(1, SCALE)


def sign(value):
    low, high = value
    if low > 0 or high < 0 or low == high == 0:
        return (low > 0) - (high < 0)
    raise TooCloseError


def times(a, b):
    corners = [p * q for p in a for q in b]
    return min(corners), max(corners)


def root(value):
    if sign(value) <= 0:
        return None if sign(value) < 0 else value
    ends = []
    for end, up in zip(value, (0, 1), strict=True):
        p, q = isqrt(end.numerator), isqrt(end.denominator)
        exact = p * p == end.numerator and q * q == end.denominator
        scaled = isqrt(end.numerator * SCALE * SCALE // end.denominator)
        ends.append(Fraction(p, q) if exact else Fraction(scaled + up, SCALE))
    return tuple(ends)


def through(function, value):
    """An interval through a rising function of mpmath's interval arithmetic."""
    iv.dps = 50
    low, high = (function(iv.mpf(end.numerator) / iv.mpf(end.denominator)) for end in value)
    return exactly(low.a), exactly(high.b)


def exactly(end):
    sign, mantissa, exponent, _ = end._mpi_[0]
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def symbolic_power(base, exponent, whole):
    """``base**exponent`` as a reader of analysis understands it."""
    if exponent[0] == exponent[1] and exponent[0].denominator == 1 and whole:
        return power(base, sp.Integer(int(exponent[0]))) if sign(base) or exponent[0] > 0 else None
    if sign(base) < 0 or (sign(base) == 0 and sign(exponent) <= 0):
        return None
    if sign(base) == 0:
        return base
    return through(iv.exp, times(exponent, through(iv.log, base)))


def power(base, exponent):
    whole, roots = exponent.p, exponent.q.bit_length() - 1
    if exponent.q != 2**roots:
        return symbolic_power(base, (Fraction(whole, exponent.q),) * 2, False)
    for _ in range(roots):
        base = None if base is None else root(base)
    if base is None or (whole < 0 and sign(base) == 0):
        return None
    result = (Fraction(1), Fraction(1))
    for _ in range(abs(whole)):
        result = times(result, base)
    return (1 / result[1], 1 / result[0]) if whole < 0 else result


def value(expr, point):  # noqa: C901, PLR0912 - a kind of node each
    if expr.is_Symbol:
        return point[expr]
    if expr.is_Rational:
        return interval(expr)
    if isinstance(expr, sp.Piecewise):
        for branch, condition in expr.args:
            holds = truth(condition, point)
            if holds is not False:
                return value(branch, point) if holds else None
        return None
    if expr == sp.E:
        return through(iv.exp, (Fraction(1), Fraction(1)))
    if not expr.args:
        return None
    if expr.is_Pow:
        base, exponent = value(expr.base, point), value(expr.exp, point)
        if base is None or exponent is None:
            return None
        if expr.exp.is_Rational:
            return power(base, expr.exp)
        return symbolic_power(base, exponent, expr.exp.is_integer)
    parts = [value(part, point) for part in expr.args]
    if None in parts:
        return None
    result = parts[0]
    if isinstance(expr, sp.exp):
        return through(iv.exp, result)
    if isinstance(expr, sp.log):
        return through(iv.log, result) if sign(result) > 0 else None
    for part in parts[1:]:
        if expr.is_Add:
            result = (result[0] + part[0], result[1] + part[1])
        elif expr.is_Mul:
            result = times(result, part)
        else:
            best = max if isinstance(expr, sp.Max) else min
            result = (best(result[0], part[0]), best(result[1], part[1]))
    if isinstance(expr, sp.Abs):
        return times(result, (Fraction(sign(result)),) * 2)
    if isinstance(expr, sp.sign):
        return (Fraction(sign(result)),) * 2
    assert expr.func in (sp.Add, sp.Mul, sp.Max, sp.Min), expr
    return result


def truth(statement, point):
    if statement in (sp.true, sp.false):
        return statement == sp.true
    if isinstance(statement, sp.Rel):
        left, right = value(statement.lhs, point), value(statement.rhs, point)
        if left is None or right is None:
            return None
        s = sign((left[0] - right[1], left[1] - right[0]))
        return {"<": s < 0, "<=": s <= 0, ">": s > 0, ">=": s >= 0, "==": s == 0, "!=": s != 0}[
            statement.rel_op
        ]
    parts = [truth(part, point) for part in statement.args]
    if isinstance(statement, sp.Not):
        return None if parts[0] is None else not parts[0]
    decisive = isinstance(statement, sp.Or)
    assert isinstance(statement, (sp.And, sp.Or)), statement
    return decisive if decisive in parts else None if None in parts else not decisive


def settled(statement, point):
    """The truth, or "close" where intervals do not tell."""
    try:
        return truth(statement, point)
    except TooCloseError:
        return "close"


def points(space):
    """The grid's points in the space."""
    for numbers in product(GRID, repeat=len(space.symbols)):
        pairs = list(zip(space.symbols, numbers, strict=True))
        if any(s.is_integer and n.denominator > 1 for s, n in pairs):
            continue
        point = {s: (n, n) for s, n in pairs}
        if all(settled(c, point) is True for c in space.constraints):
            yield point


def in_intervals(witness):
    return {s: interval(v) for s, v in witness.items()}


numbers = st.sampled_from([0, 1, -1, 2, -2, 3, sp.Rational(1, 2), sp.Rational(-1, 3)])
leaves = st.one_of(st.sampled_from(SYMBOLS), st.sampled_from(SYMBOLS[:2]), numbers.map(sp.sympify))
relations = st.sampled_from([sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne])


def made(operation, *parts):
    """An operation on drawn parts; what SymPy refuses, or is not real, is not drawn."""

    def make(drawn):
        try:
            return operation(*drawn)
        except (TypeError, ValueError):
            return sp.nan

    return st.tuples(*parts).map(make).filter(readable)


def relation_of(terms):
    return made(lambda r, a, b: r(a, b), relations, terms, terms)


def grown(terms):
    conditions = relation_of(terms)
    return st.one_of(
        made(lambda a, b: a + b, terms, terms),
        made(lambda a, b: a - b, terms, terms),
        made(lambda a, b: a * b, terms, terms),
        made(lambda a, b: a / b, terms, terms),
        made(sp.Max, terms, terms),
        made(sp.Min, terms, terms),
        made(sp.sqrt, terms),
        made(sp.Abs, terms),
        made(sp.sign, terms),
        made(lambda a: a**2, terms),
        made(lambda a, b, c: sp.Piecewise((a, c), (b, True)), terms, terms, conditions),
        made(lambda a, c: sp.Piecewise((a, c)), terms, conditions),
    )


def readable(expr):
    """Real, and not already undefined everywhere."""
    return not expr.has(sp.I, sp.zoo, sp.nan, sp.oo, sp.re, sp.im, sp.arg)


terms = st.recursive(leaves, grown, max_leaves=4)
atoms = relation_of(terms)
statements = st.one_of(
    atoms,
    st.builds(sp.And, atoms, atoms),
    st.builds(sp.Or, atoms, atoms),
    st.builds(lambda a, b: sp.Or(sp.Not(a, evaluate=False), b), atoms, atoms),
)
simple = relation_of(st.one_of(leaves, leaves.map(lambda t: t**2)))
spaces = st.lists(simple, max_size=3).map(lambda c: Space.of(c, symbols=SYMBOLS))


def asked(question, *arguments, **options):
    try:
        return question(*arguments, **options)
    except UnsupportedError:
        assume(False)


def agrees(proof):
    for point in points(proof.space):
        assert proof.verdict != "proved" or settled(proof.statement, point) in (True, "close")
        assert not proof.vacuous
    for found, expected in ((proof.witnesses, False), (proof.undefined_at, None)):
        for witness in map(in_intervals, found):
            assert settled(proof.statement, witness) in (expected, "close")
            assert all(settled(c, witness) in (True, "close") for c in proof.space.constraints)
    assert (proof.verdict == "refuted") == bool(proof.witnesses or proof.undefined_at)


def transcendental(terms):
    """One step with a logarithm, an exponential or a symbolic exponent, or as before."""
    return st.one_of(
        made(sp.log, terms),
        made(sp.exp, terms),
        made(lambda a, b: a**b, st.sampled_from((X, Y, X + 2)), terms),
        made(lambda a, b: a + b, terms, terms),
        made(lambda a, b: a * b, terms, terms),
        made(lambda a, b: a / b, terms, terms),
        made(lambda a, b, c: sp.Piecewise((a, c), (b, True)), terms, terms, relation_of(terms)),
    )


some = st.one_of(st.sampled_from((X, Y, N)), numbers.map(sp.sympify))
deeper = st.recursive(some, transcendental, max_leaves=3)
claims = relation_of(deeper).filter(lambda r: r.has(sp.log, sp.exp, sp.Pow, N))
narrow = st.sampled_from(
    [
        [X > 0, Y > X],
        [X > 1, X < 2, Y > 0],
        [X > 0, X < 1, N >= 1],
        [X > 0, Y > 0, N > 0, N < 3],
        [Y > 2, sp.log(X) > 0],
        [X**N > 1, X > 0, N > 1, Y > 0],
    ]
)
few = st.one_of(st.lists(relation_of(some), max_size=2), narrow, narrow).map(
    lambda c: Space.of(c, symbols=(X, Y, N))
)


def fewer(tenths):
    """Costly examples: some tenths of what the profile asks."""
    return settings(max_examples=max(1, settings().max_examples * tenths // 10))


@fewer(8)
@given(claims, few)
def test_no_point_contradicts_a_verdict_on_logarithms_and_whole_numbers(statement, space):
    proof = asked(logic.prove, statement, space, rlimit=RLIMIT)
    agrees(proof)
    if proof.verdict == "refuted":
        assert proof.recheck() is True


@fewer(3)
@given(deeper, few)
def test_signs_of_logarithms_agree_with_every_point(expr, space):
    found = asked(logic.sign, expr, space)
    allowed = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {0, -1}, "?": {0, 1, -1}}
    for point in points(space):
        try:
            number = value(expr, point)
            shown = None if number is None else sign(number)
        except TooCloseError:
            continue
        assert found.verdict != "proved" or shown in allowed[found.sign]


@given(st.one_of(atoms, statements), spaces)
def test_a_certificate_is_confirmed_by_expanding_it_again(statement, space):
    proof = asked(logic.prove, statement, space, rlimit=RLIMIT)
    if isinstance(proof.certificate, logic.CoefficientCertificate):
        assert proof.recheck() is True
        assert logic.prove(statement, space, rlimit=RLIMIT, solver="z3").verdict != "refuted"


@pytest.mark.parametrize("number", [sp.E, sp.log(2), sp.exp(-3) * sp.log(10)])
def test_the_judge_encloses_numbers(number):
    low, high = value(number, {})
    near = Fraction(str(sp.N(number, 45)))
    assert low - Fraction(1, 10**40) < near < high + Fraction(1, 10**40)
    assert high - low < Fraction(1, 10**40)


@given(statements, spaces)
def test_no_point_contradicts_a_verdict(statement, space):
    agrees(asked(logic.prove, statement, space, rlimit=RLIMIT))


@given(statements, spaces)
def test_a_simplified_condition_has_the_same_points(condition, space):
    simpler = asked(logic.simplify, condition, space)
    for point in points(space):
        before, after = settled(condition, point), settled(simpler, point)
        assert "close" in (before, after) or (before is True) == (after is True)
        assert "close" in (before, after) or before is None or before == after


@given(atoms, atoms, spaces)
def test_equivalent_conditions_agree_at_every_point(a, b, space):
    proof = asked(logic.equivalent, a, b, space)
    for point in points(space):
        values = settled(a, point), settled(b, point)
        if proof.verdict == "proved" and "close" not in values:
            assert values[0] == values[1] != None  # noqa: E711 - both defined
    for witness in map(in_intervals, proof.witnesses):
        values = settled(a, witness), settled(b, witness)
        assert "close" in values or set(values) == {True, False}


@given(terms, spaces)
def test_signs_agree_with_every_point(expr, space):
    found = asked(logic.sign, expr, space)
    allowed = {"+": {1}, "-": {-1}, "0": {0}, ">=0": {0, 1}, "<=0": {0, -1}, "?": {0, 1, -1}}
    for point in points(space):
        try:
            number, deciding = value(expr, point), None
            shown = None if number is None else sign(number)
            if found.deciding is not None and found.verdict == "depends":
                deciding = sign(value(found.deciding, point))
        except TooCloseError:
            continue
        assert found.verdict != "proved" or shown in allowed[found.sign]
        assert deciding is None or (shown == 1) == (deciding == 1)
    for witness, expected in zip(found.witnesses, (1, -1), strict=False):
        try:
            assert sign(value(expr, in_intervals(witness))) == expected
        except TooCloseError:
            continue
