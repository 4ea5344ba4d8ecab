"""A hunt for claims that are called proved and are undefined, or false, at an exact point.

Denominators hold Abs, Max, Min, sign, Piecewise, roots, powers and constants that may be no real
numbers. A claim is drawn twice over, as the text a user writes and as a tree that nothing folded;
the judge walks the tree. Five times the profile's examples: 500, or 10,000 in the thorough one.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest
import sympy as sp
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

import gametheory_eeu as eeu
from gametheory_eeu import prover
from gametheory_eeu.errors import GameTheoryError
from tests.properties.judge import TooCloseError, in_intervals, interval, settled, sign, value

X, Y = SYMBOLS = sp.symbols("x y", real=True)
RLIMIT = 50_000
GRID = tuple(map(Fraction, ("0", "1", "-1", "2", "1/2", "-3", "4")))
POINTS = [{X: (a, a), Y: (b, b)} for a, b in product(GRID, GRID)]
RELATIONS = {">": sp.Gt, ">=": sp.Ge, "<": sp.Lt, "<=": sp.Le, "==": sp.Eq, "!=": sp.Ne}


class Drawn(NamedTuple):
    """What a user writes, and the tree that it stands for."""

    text: str
    tree: sp.Basic


def joined(sign_, function):
    return lambda a, b: Drawn(f"({a.text} {sign_} {b.text})", written(function, a.tree, b.tree))


def called(name, function, *more):
    def make(*parts):
        text = ", ".join(p.text for p in parts)
        return Drawn(f"{name}({text})", written(function, *(p.tree for p in parts), *more))

    return make


def written(function, *parts):
    return function(*parts, evaluate=False)


def powered(a, exponent):
    power = written(sp.Pow, a.tree, sp.Rational(exponent))
    return Drawn(f"({a.text})**({exponent})", power)


def divided(a, b):
    return Drawn(
        f"({a.text}/{b.text})", written(sp.Mul, a.tree, written(sp.Pow, b.tree, sp.Integer(-1)))
    )


def less(a, b):
    return Drawn(f"({a.text} - {b.text})", written(sp.Add, a.tree, written(sp.Mul, -1, b.tree)))


def related(a, relation, b):
    return Drawn(f"{a.text} {relation} {b.text}", written(RELATIONS[relation], a.tree, b.tree))


def by_cases(value_, condition, default):
    pairs = [(value_, condition)] + ([(default, Drawn("true", sp.true))] if default else [])
    text = ", ".join(f"({v.text}, {c.text})" for v, c in pairs)
    return Drawn(
        f"Piecewise({text})", sp.Piecewise(*((v.tree, c.tree) for v, c in pairs), evaluate=False)
    )


def number(text):
    return Drawn(f"({text})" if text.startswith("-") else text, sp.Rational(text))


names = st.sampled_from([Drawn("x", X), Drawn("y", Y)])
numbers = st.sampled_from(["0", "1", "2", "-1", "-2", "-8", "1/2"]).map(number)
hidden_zero = Drawn(
    "((x + 1)**2 - x**2 - 2*x - 1)",
    sp.Add((X + 1) ** 2, -(X**2), -2 * X, -1, evaluate=False),
)
leaves = st.one_of(names, names, names, numbers, st.just(hidden_zero))
relations = st.sampled_from(list(RELATIONS))


def grown(terms, small=leaves):
    """Terms one step larger; every second one divides."""
    conditions = st.builds(related, small, relations, small)
    cases = st.one_of(
        st.builds(called("abs", sp.Abs), terms),
        st.builds(called("sign", sp.sign), terms),
        st.builds(called("max", sp.Max), terms, small),
        st.builds(called("min", sp.Min), small, terms),
        st.builds(by_cases, terms, conditions, st.one_of(st.none(), small)),
        st.builds(called("sqrt", sp.sqrt), terms),
        st.builds(powered, terms, st.sampled_from(["2", "3", "-1", "-2", "1/2", "1/3", "-1/2"])),
    )
    return st.one_of(
        cases,
        st.builds(divided, st.one_of(small, cases), cases),
        st.builds(less, terms, small),
        st.builds(joined("*", sp.Mul), small, terms),
        st.builds(joined("+", sp.Add), cases, small),
    )


terms = st.recursive(leaves, grown, max_leaves=3).filter(lambda drawn: drawn.tree.args)
atoms = st.builds(related, terms, relations, st.one_of(numbers, leaves, terms))
claims = st.one_of(
    atoms,
    atoms,
    st.builds(lambda a, b: Drawn(f"({a.text}) or ({b.text})", sp.Or(a.tree, b.tree)), atoms, atoms),
    st.builds(
        lambda a, b: Drawn(f"({a.text}) => ({b.text})", written(sp.Implies, a.tree, b.tree)),
        atoms,
        atoms,
    ),
)
GIVEN = ["x > 0", "x >= 0", "y > x", "x**2 == 0", "x*y > 0", "x != 0", "x/y > 0", "x <= 2",
         "(x - y)**2 == 0", "x*y**2 == 0", "x > 0 or y > 0", "x > abs(y)", "1/(x - y) >= 0",
         "y < 0", "x == 1", "x**3*y > 0"]  # fmt: skip
given_texts = st.lists(st.sampled_from(GIVEN), max_size=2, unique=True)


def hunt(times):
    return settings(max_examples=max(1, times * settings().max_examples))


def meet(a, b):
    """Whether two intervals may hold the same number."""
    return None not in (a, b) and a[0] <= b[1] and b[0] <= a[1]


def inside(space):
    return [p for p in POINTS if all(settled(c, p) is True for c in space.constraints)]


@hunt(5)
@given(claims, given_texts)
def test_nothing_proved_is_contradicted_and_no_certificate_is_rejected(claim, texts):
    try:
        proof = prover.prove(claim.text, texts, rlimit=RLIMIT)
    except GameTheoryError:
        assume(False)
    event(f"{proof.verdict} by {proof.method}")
    if proof.verdict == "proved":
        if isinstance(proof.certificate, prover.CoefficientCertificate):
            assert proof.recheck() is True
        for point in inside(proof.space):
            assert settled(claim.tree, point) in (True, "close"), point
    for found, expected in ((proof.witnesses, False), (proof.undefined_at, None)):
        for witness in map(in_intervals, found):
            point = {X: (0, 0), Y: (0, 0)} | witness
            assert settled(claim.tree, point) in (expected, "close")
            assert all(settled(c, point) in (True, "close") for c in proof.space.constraints)


constants = st.recursive(numbers, lambda parts: grown(parts, numbers), max_leaves=4)


@hunt(5)
@given(constants)
def test_a_constant_is_read_as_the_number_it_is_or_refused(constant):
    try:
        expected = value(constant.tree, {})
        found = eeu.parse(constant.text)
        read = value(found, {})
    except TooCloseError:
        assume(False)
    except GameTheoryError:
        event("refused")
        return
    event("read")
    assert meet(expected, read)


@hunt(2)
@given(terms, st.sampled_from(GRID), st.sampled_from(GRID))
def test_a_payoff_at_values_is_the_number_it_is_there_or_refused(payoff, a, b):
    point = {X: (a, a), Y: (b, b)}
    try:
        expected = value(payoff.tree, point)
        game = eeu.NormalForm([[payoff.text, "x"], ["y", 0]], [[1, 0], [0, 1]])
        shown = game.at(x=a, y=b).payoffs["player 1"]["1", "1"]
        read = value(shown, {})
    except TooCloseError:
        assume(False)
    except GameTheoryError:
        event("refused")
        return
    event("read")
    assert meet(expected, read)


def test_the_judge_sees_what_nothing_folded():
    tree = written(sp.Pow, written(sp.sqrt, sp.Integer(-4)), sp.Integer(2))
    assert value(tree, {}) is None
    assert sign(value(written(sp.Abs, sp.Integer(-2)), {})) == 1
    assert interval(sp.Rational(1, 2)) == (Fraction(1, 2), Fraction(1, 2))
    with pytest.raises(AssertionError):
        assert settled(written(sp.Eq, tree, sp.Integer(-4)), {}) is True
