"""No exact point of a domain ever contradicts a verdict.

The judge walks SymPy's trees with rational intervals and shares nothing with the library: neither
its encoder nor its evaluator. What an interval cannot settle is passed over.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gametheory_eeu import prover
from gametheory_eeu.core import Space
from gametheory_eeu.errors import UnsupportedError
from tests.properties.judge import TooCloseError, in_intervals, settled, sign, value

X, Y, Z = SYMBOLS = sp.symbols("x y z", real=True)
N = sp.Symbol("n", integer=True)
RLIMIT = 150_000
GRID = tuple(map(Fraction, ("0", "1", "-1", "2", "1/2", "-1/2", "3/2", "-3")))


def points(space):
    """The grid's points in the space."""
    for numbers in product(GRID, repeat=len(space.symbols)):
        pairs = list(zip(space.symbols, numbers, strict=True))
        if any(s.is_integer and n.denominator > 1 for s, n in pairs):
            continue
        point = {s: (n, n) for s, n in pairs}
        if all(settled(c, point) is True for c in space.constraints):
            yield point


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
    proof = asked(prover.prove, statement, space, rlimit=RLIMIT)
    agrees(proof)
    if proof.verdict == "refuted":
        assert proof.recheck() is True


@fewer(3)
@given(deeper, few)
def test_signs_of_logarithms_agree_with_every_point(expr, space):
    found = asked(prover.sign, expr, space)
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
    proof = asked(prover.prove, statement, space, rlimit=RLIMIT)
    if isinstance(proof.certificate, prover.CoefficientCertificate):
        assert proof.recheck() is True
        assert prover.prove(statement, space, rlimit=RLIMIT, solver="z3").verdict != "refuted"


@pytest.mark.parametrize("number", [sp.E, sp.log(2), sp.exp(-3) * sp.log(10)])
def test_the_judge_encloses_numbers(number):
    low, high = value(number, {})
    near = Fraction(str(sp.N(number, 45)))
    assert low - Fraction(1, 10**40) < near < high + Fraction(1, 10**40)
    assert high - low < Fraction(1, 10**40)


@given(statements, spaces)
def test_no_point_contradicts_a_verdict(statement, space):
    agrees(asked(prover.prove, statement, space, rlimit=RLIMIT))


@given(statements, spaces)
def test_a_simplified_condition_has_the_same_points(condition, space):
    simpler = asked(prover.simplify, condition, space)
    for point in points(space):
        before, after = settled(condition, point), settled(simpler, point)
        assert "close" in (before, after) or (before is True) == (after is True)
        assert "close" in (before, after) or before is None or before == after


@given(atoms, atoms, spaces)
def test_equivalent_conditions_agree_at_every_point(a, b, space):
    proof = asked(prover.equivalent, a, b, space)
    for point in points(space):
        values = settled(a, point), settled(b, point)
        if proof.verdict == "proved" and "close" not in values:
            assert values[0] == values[1] != None  # noqa: E711 - both defined
    for witness in map(in_intervals, proof.witnesses):
        values = settled(a, witness), settled(b, witness)
        assert "close" in values or set(values) == {True, False}


@given(terms, spaces)
def test_signs_agree_with_every_point(expr, space):
    found = asked(prover.sign, expr, space)
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
