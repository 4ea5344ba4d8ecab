"""Axioms of logarithms, exponentials and powers with a symbol in the exponent.

Each is an unknown, an *atom*, that obeys bounds by rational functions, is ordered as its arguments
are, and turns sums into products. A claim that holds for every value such an unknown may take holds
for its own value; the converse is false, so that a counterexample is only a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.conversions import to_fmpq
from gametheory_eeu.core.evaluate import rational_bounds
from gametheory_eeu.prover.rational_function import TRUE, Quotient, conj, disj, implies

_FUNCTIONS = (sp.log, sp.exp, sp.erfinv)


def is_atom(expr: Expr) -> bool:
    """Whether an expression stands for a transcendental value of its own."""
    if isinstance(expr, sp.Pow):
        return not isinstance(expr.exp, sp.Rational)
    return expr in (sp.pi, sp.E) or (isinstance(expr, _FUNCTIONS) and len(expr.args) == 1)


@dataclass(frozen=True, eq=False)
class Transcendental:
    """An unknown with its arguments and where it is defined."""

    node: Expr
    value: Quotient
    arguments: tuple[Quotient, ...]
    defined: str
    one: Quotient


def domain_formula(node: Expr, arguments: tuple[Quotient, ...], one: Quotient) -> str:
    """The formula for where a function of its arguments is defined."""
    defined = conj(*(a.defined for a in arguments))
    if isinstance(node, sp.log):
        return conj(defined, arguments[0].compare(">"))
    if isinstance(node, sp.erfinv):
        y = arguments[0]
        return conj(defined, (y - one).compare("<"), (y + one).compare(">"))
    if isinstance(node, sp.Pow):
        base, exponent = arguments
        at_zero = conj(base.compare("=="), exponent.compare(">"))
        positive = "!=" if node.exp.is_integer else ">"
        return conj(defined, disj(base.compare(positive), at_zero))
    return defined


def axioms(atom: Transcendental, closely: bool) -> Iterator[str]:
    """Axioms of an atom where it is defined; ``closely`` adds sharper bounds."""
    node, one = atom.node, atom.one
    if not node.free_symbols:
        yield from _enclosure(atom)
    elif isinstance(node, sp.log):
        yield _logarithm_bounds(atom.value, atom.arguments[0], one)
        if closely:
            yield _sharp_logarithm_bounds(atom.value, atom.arguments[0], one)
    elif isinstance(node, sp.exp):
        yield _exponential_bounds(atom.value, atom.arguments[0], one)
    elif isinstance(node, sp.erfinv):
        yield _same_sign(atom.value, atom.arguments[0])
    else:
        yield from _power_axioms(atom)


def pair_axioms(a: Transcendental, b: Transcendental) -> Iterator[str]:
    """Axioms of two atoms together where both are defined."""
    if a.node.func == b.node.func and len(a.arguments) == 1 == len(b.arguments):
        yield _same_sign(a.value - b.value, a.arguments[0] - b.arguments[0])
    if isinstance(a.node, sp.Pow) and isinstance(b.node, sp.Pow):
        yield from _power_pair_axioms(a, b)


def sum_axioms(atoms: Iterable[Transcendental]) -> Iterator[tuple[tuple[Transcendental, ...], str]]:
    """Axioms where one argument is the sum (for logarithms, the product) of two others."""
    atom_list = list(atoms)
    for index, a in enumerate(atom_list):
        for b in atom_list[index:]:
            for c in atom_list:
                if c not in (a, b) and _adds_up(a.node, b.node, c.node):
                    yield (a, b, c), _sum_formula(a, b, c)
            if b is not a and _adds_up(a.node, b.node, None):
                yield (a, b), _sum_formula(a, b, None)


def _adds_up(a: Expr, b: Expr, c: Expr | None) -> bool:
    """Whether the sum (for logarithms, the product) of two arguments is a third, or 0 (or 1)."""
    nodes = (a, b) if c is None else (a, b, c)
    if any(node.func != a.func for node in nodes) or a.func not in (sp.log, sp.exp, sp.Pow):
        return False
    if isinstance(a, sp.log):
        return _is_zero(a.args[0] * b.args[0] - (1 if c is None else c.args[0]))
    total = a.exp + b.exp - (0 if c is None else c.exp)
    return len(set(map(_base, nodes))) == 1 and _is_zero(total)


def _sum_formula(a: Transcendental, b: Transcendental, c: Transcendental | None) -> str:
    if isinstance(a.node, sp.log):
        total = a.value + b.value
        return (total if c is None else total - c.value).compare("==")
    product = (a.value * b.value - (a.one if c is None else c.value)).compare("==")
    return implies(a.arguments[0].compare(">"), product) if len(a.arguments) == 2 else product


def bounds_at(atom: Transcendental, center: Expr) -> str | None:
    """Bounds on a logarithm or an exponential that are sharp where its argument is a number.

    ``log y = log c + log(y/c)`` and ``exp y = exp(c) exp(y - c)``; None for other atoms.
    """
    y, one = atom.arguments[-1], atom.one
    if isinstance(atom.node, sp.log) and center > 0:
        endpoints = rational_bounds(sp.log(center))
        ratio = y * _constant(1 / center, one)
        if endpoints is None:
            return None
        low, high = (_constant(end, one) for end in endpoints)
        lower = (atom.value - low - (one - ratio**-1)).compare(">=")
        return conj(lower, (atom.value - high - (ratio - one)).compare("<="))
    if isinstance(atom.node, sp.exp):
        endpoints = rational_bounds(sp.exp(center))
        step = y - _constant(center, one)
        if endpoints is None or endpoints[0] <= 0:
            return None
        low, high = (_constant(end, one) for end in endpoints)
        rising = disj((one + step).compare("<"), (atom.value - low * (one + step)).compare(">="))
        falling = (one - step).compare("<=")
        return conj(rising, disj(falling, (atom.value * (one - step) - high).compare("<=")))
    return None


def _logarithm_bounds(u: Quotient, y: Quotient, one: Quotient) -> str:
    """``1 - 1/y < u < y - 1`` unless y = 1, where u = 0."""
    at_one = conj((y - one).compare("=="), u.compare("=="))
    lower, upper = (u - (one - y**-1)).compare(">"), (u - (y - one)).compare("<")
    return disj(at_one, conj((y - one).compare("!="), lower, upper))


def _sharp_logarithm_bounds(u: Quotient, y: Quotient, one: Quotient) -> str:
    """``2(y - 1)/(y + 1) < u < (y*y - 1)/(2y)`` where y > 1, the other way round below."""
    two = one + one
    first = u - two * (y - one) * (y + one) ** -1
    second = u - (y * y - one) * (two * y) ** -1
    above = conj((y - one).compare(">"), first.compare(">"), second.compare("<"))
    below = conj((y - one).compare("<"), first.compare("<"), second.compare(">"))
    return disj((y - one).compare("=="), above, below)


def _exponential_bounds(u: Quotient, y: Quotient, one: Quotient) -> str:
    """``u > 0``, ``u > 1 + y`` and ``u (1 - y) < 1`` unless y = 0, where u = 1."""
    at_zero = conj(y.compare("=="), (u - one).compare("=="))
    strict_bounds = conj((u - one - y).compare(">"), (u * (one - y) - one).compare("<"))
    return conj(u.compare(">"), disj(at_zero, conj(y.compare("!="), strict_bounds)))


def _power_axioms(atom: Transcendental) -> Iterator[str]:
    """Axioms of a power: its sign, where it is above 1, and Bernoulli's inequality."""
    u, (a, x), one = atom.value, atom.arguments, atom.one
    positive = a.compare(">")
    yield disj(positive, conj(a.compare("=="), u.compare("==")), a.compare("<"))
    yield implies(positive, conj(u.compare(">"), _same_sign(u - one, (a - one) * x)))
    yield implies(positive, _same_sign(u - a, (a - one) * (x - one)))
    chord = u - one - x * (a - one)
    beyond = disj((x - one).compare(">="), x.compare("<="))
    between = conj(x.compare(">="), (x - one).compare("<="))
    yield implies(conj(positive, beyond), chord.compare(">="))
    yield implies(conj(positive, between), chord.compare("<="))
    if atom.node.exp.is_integer:
        yield implies(a.compare("<"), u.compare("!="))


def _power_pair_axioms(a: Transcendental, b: Transcendental) -> Iterator[str]:
    """Axioms of two powers of one base or exponent: ordered as the other parts are."""
    (p, x), (q, y), one = a.arguments, b.arguments, a.one
    difference = a.value - b.value
    positive = conj(p.compare(">"), q.compare(">"))
    if a.node.base == b.node.base:
        yield implies(positive, _same_sign(difference, (x - y) * (p - one)))
        shift = sp.expand(a.node.exp - b.node.exp)
        if isinstance(shift, sp.Integer):
            yield implies(p.compare("!="), (a.value - b.value * p ** int(shift)).compare("=="))
    if a.node.exp == b.node.exp:
        yield implies(positive, _same_sign(difference, (p - q) * x))


def _enclosure(atom: Transcendental) -> Iterator[str]:
    endpoints = rational_bounds(atom.node)
    if endpoints is not None:
        low, high = (_constant(end, atom.one) for end in endpoints)
        yield conj((atom.value - low).compare(">="), (atom.value - high).compare("<="))


def _same_sign(a: Quotient, b: Quotient) -> str:
    return disj(*(conj(a.compare(relation), b.compare(relation)) for relation in (">", "<", "==")))


def _constant(value: Expr, one: Quotient) -> Quotient:
    return Quotient(one.above.context().constant(to_fmpq(value)), one.below, TRUE)


@lru_cache(maxsize=4096)
def _is_zero(expr: Expr) -> bool:
    return bool(sp.cancel(sp.together(expr)) == 0)


def _base(node: Expr) -> Expr:
    return node.base if isinstance(node, sp.Pow) else sp.E
