"""What is known of logarithms, exponentials and powers with a symbol in the exponent.

Each is an unknown, an *atom*, that obeys bounds by rational functions, is ordered as its arguments
are, and turns sums into products. A claim that holds for every value such an unknown may take holds
for its own value; the converse is false, so that a counterexample is only a candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Expr
from gametheory_eeu.core.enclosures import bounds
from gametheory_eeu.prover.rational_function import Quotient
from gametheory_eeu.prover.smt_formula import TRUE, conj, disj, implies

_READ = (sp.log, sp.exp, sp.erfinv)


def is_atom(expr: Expr) -> bool:
    """Whether an expression stands for a transcendental value of its own."""
    if isinstance(expr, sp.Pow):
        return not isinstance(expr.exp, sp.Rational)
    return expr in (sp.pi, sp.E) or (isinstance(expr, _READ) and len(expr.args) == 1)


@dataclass(frozen=True, eq=False)
class Atom:
    """An unknown with its arguments and where it is defined."""

    node: Expr
    value: Quotient
    arguments: tuple[Quotient, ...]
    defined: str
    one: Quotient


def domain_of(node: Expr, arguments: tuple[Quotient, ...], one: Quotient) -> str:
    """Where a function of its arguments is defined."""
    inside = conj(*(a.defined for a in arguments))
    if isinstance(node, sp.log):
        return conj(inside, arguments[0].compare(">"))
    if isinstance(node, sp.erfinv):
        y = arguments[0]
        return conj(inside, (y - one).compare("<"), (y + one).compare(">"))
    if isinstance(node, sp.Pow):
        base, exponent = arguments
        at_zero = conj(base.compare("=="), exponent.compare(">"))
        positive = "!=" if node.exp.is_integer else ">"
        return conj(inside, disj(base.compare(positive), at_zero))
    return inside


def known(atom: Atom, closely: bool) -> Iterator[str]:
    """What holds of an atom where it is defined; ``closely`` adds sharper bounds."""
    node, one = atom.node, atom.one
    if not node.free_symbols:
        yield from _enclosed(atom)
    elif isinstance(node, sp.log):
        yield _logarithm(atom.value, atom.arguments[0], one)
        if closely:
            yield _logarithm_closely(atom.value, atom.arguments[0], one)
    elif isinstance(node, sp.exp):
        yield _exponential(atom.value, atom.arguments[0], one)
    elif isinstance(node, sp.erfinv):
        yield _same_sign(atom.value, atom.arguments[0])
    else:
        yield from _symbolic_power(atom)


def between(a: Atom, b: Atom) -> Iterator[str]:
    """What holds of two atoms together where both are defined."""
    if a.node.func == b.node.func and len(a.arguments) == 1 == len(b.arguments):
        yield _same_sign(a.value - b.value, a.arguments[0] - b.arguments[0])
    if isinstance(a.node, sp.Pow) and isinstance(b.node, sp.Pow):
        yield from _two_powers(a, b)


def sums(atoms: Iterable[Atom]) -> Iterator[tuple[tuple[Atom, ...], str]]:
    """Where one argument is the sum (for logarithms, the product) of two others."""
    found = list(atoms)
    for place, a in enumerate(found):
        for b in found[place:]:
            for c in found:
                if c not in (a, b) and _is_sum(a.node, b.node, c.node):
                    yield (a, b, c), _added(a, b, c)
            if b is not a and _is_inverse(a.node, b.node):
                yield (a, b), _cancelling(a, b)


def _is_sum(a: Expr, b: Expr, c: Expr) -> bool:
    if not a.func == b.func == c.func or a.func not in (sp.log, sp.exp, sp.Pow):
        return False
    if isinstance(a, sp.log):
        return _zero(a.args[0] * b.args[0] - c.args[0])
    return _base(a) == _base(b) == _base(c) and _zero(_exp(a) + _exp(b) - _exp(c))


def _is_inverse(a: Expr, b: Expr) -> bool:
    if a.func != b.func or a.func not in (sp.log, sp.exp, sp.Pow):
        return False
    if isinstance(a, sp.log):
        return _zero(a.args[0] * b.args[0] - 1)
    return _base(a) == _base(b) and _zero(_exp(a) + _exp(b))


def _added(a: Atom, b: Atom, c: Atom) -> str:
    if isinstance(a.node, sp.log):
        return (a.value + b.value - c.value).compare("==")
    product = (a.value * b.value - c.value).compare("==")
    return implies(a.arguments[0].compare(">"), product) if len(a.arguments) == 2 else product


def _cancelling(a: Atom, b: Atom) -> str:
    if isinstance(a.node, sp.log):
        return (a.value + b.value).compare("==")
    product = (a.value * b.value - a.one).compare("==")
    return implies(a.arguments[0].compare(">"), product) if len(a.arguments) == 2 else product


def at(atom: Atom, place: Expr) -> str | None:
    """Bounds on a logarithm or an exponential that are sharp where its argument is a number.

    ``log y = log c + log(y/c)`` and ``exp y = exp(c) exp(y - c)``; None for other atoms.
    """
    y, one = atom.arguments[-1], atom.one
    if isinstance(atom.node, sp.log) and place > 0:
        ends = bounds(sp.log(place))
        at_place = y * _number(1 / place, one)
        if ends is None:
            return None
        low, high = (_number(end, one) for end in ends)
        lower = (atom.value - low - (one - at_place**-1)).compare(">=")
        return conj(lower, (atom.value - high - (at_place - one)).compare("<="))
    if isinstance(atom.node, sp.exp):
        ends = bounds(sp.exp(place))
        step = y - _number(place, one)
        if ends is None or ends[0] <= 0:
            return None
        low, high = (_number(end, one) for end in ends)
        rising = disj((one + step).compare("<"), (atom.value - low * (one + step)).compare(">="))
        falling = (one - step).compare("<=")
        return conj(rising, disj(falling, (atom.value * (one - step) - high).compare("<=")))
    return None


def _logarithm(u: Quotient, y: Quotient, one: Quotient) -> str:
    """``1 - 1/y < u < y - 1`` unless y = 1, where u = 0."""
    at_one = conj((y - one).compare("=="), u.compare("=="))
    lower, upper = (u - (one - y**-1)).compare(">"), (u - (y - one)).compare("<")
    return disj(at_one, conj((y - one).compare("!="), lower, upper))


def _logarithm_closely(u: Quotient, y: Quotient, one: Quotient) -> str:
    """``2(y - 1)/(y + 1) < u < (y*y - 1)/(2y)`` where y > 1, the other way round below."""
    two = one + one
    first = u - two * (y - one) * (y + one) ** -1
    second = u - (y * y - one) * (two * y) ** -1
    above = conj((y - one).compare(">"), first.compare(">"), second.compare("<"))
    below = conj((y - one).compare("<"), first.compare("<"), second.compare(">"))
    return disj((y - one).compare("=="), above, below)


def _exponential(u: Quotient, y: Quotient, one: Quotient) -> str:
    """``u > 0``, ``u > 1 + y`` and ``u (1 - y) < 1`` unless y = 0, where u = 1."""
    at_zero = conj(y.compare("=="), (u - one).compare("=="))
    apart = conj((u - one - y).compare(">"), (u * (one - y) - one).compare("<"))
    return conj(u.compare(">"), disj(at_zero, conj(y.compare("!="), apart)))


def _symbolic_power(atom: Atom) -> Iterator[str]:
    """Sign, where it is above 1, and Bernoulli's inequality."""
    u, (a, x), one = atom.value, atom.arguments, atom.one
    positive = a.compare(">")
    yield disj(positive, conj(a.compare("=="), u.compare("==")), a.compare("<"))
    yield implies(positive, conj(u.compare(">"), _same_sign(u - one, (a - one) * x)))
    yield implies(positive, _same_sign(u - a, (a - one) * (x - one)))
    chord = u - one - x * (a - one)
    outside = disj((x - one).compare(">="), x.compare("<="))
    inside = conj(x.compare(">="), (x - one).compare("<="))
    yield implies(conj(positive, outside), chord.compare(">="))
    yield implies(conj(positive, inside), chord.compare("<="))
    if atom.node.exp.is_integer:
        yield implies(a.compare("<"), u.compare("!="))


def _two_powers(a: Atom, b: Atom) -> Iterator[str]:
    """Of one base, or with one exponent: ordered as the other parts are."""
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


def _enclosed(atom: Atom) -> Iterator[str]:
    ends = bounds(atom.node)
    if ends is not None:
        low, high = (_number(end, atom.one) for end in ends)
        yield conj((atom.value - low).compare(">="), (atom.value - high).compare("<="))


def _same_sign(a: Quotient, b: Quotient) -> str:
    return disj(*(conj(a.compare(relation), b.compare(relation)) for relation in (">", "<", "==")))


def _number(value: Expr, one: Quotient) -> Quotient:
    scale = one.above.context().constant(1) * int(value.p) / int(value.q)
    return Quotient(scale, one.below, TRUE)


def _zero(expr: Expr) -> bool:
    return bool(sp.cancel(sp.together(expr)) == 0)


def _base(node: Expr) -> Expr:
    return node.base if isinstance(node, sp.Pow) else sp.E


def _exp(node: Expr) -> Expr:
    return node.exp


__all__ = ["Atom", "at", "between", "domain_of", "is_atom", "known", "sums"]
