r"""What declared properties say of a function's values at finitely many arguments.

Taylor's theorem gives most of it: where the sign of the derivative of order j + m + 1 is declared,
the difference of :math:`f^{(j)}(b)` and its Taylor polynomial of degree m at a has that sign, times
:math:`(-1)^{m+1}` where b < a. With m = 0 that is monotonicity, with m = 1 a tangent of a concave
or convex function. (Rudin 1976, theorem 5.15.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, permutations
from math import factorial

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.signs import RELATIONS
from gametheory_eeu.prover.functions.declaration import Declaration, Node, Order

Holds = Callable[[Boolean], bool]
"""Whether a condition is known to hold on the whole space."""
Orders = Mapping[Order, Expr]
_OPPOSITE = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_WEAK = {">": ">=", ">=": ">=", "<": "<=", "<=": "<="}
_MAX_TRIPLES = 40


def axioms(
    declaration: Declaration, nodes: Mapping[Node, Mapping[Order, Symbol]], holds: Holds
) -> list[Boolean]:
    """The axioms of one function at the arguments at which it is evaluated."""
    values: dict[Node, dict[Order, Expr]] = {node: dict(orders) for node, orders in nodes.items()}
    found: list[Boolean] = []
    for argument, number in declaration.points:
        orders = values.setdefault((argument,), {})
        if (0,) in orders:
            found.append(sp.Eq(orders[0,], number, evaluate=False))
        else:
            orders[0,] = number
    for node, orders in values.items():
        found += _at_node(declaration, node, orders, holds)
    for a, b in permutations(values, 2):
        found += _of_pair(declaration, (a, values[a]), (b, values[b]), holds)
    if declaration.arity == 1:
        found += list(_chords(declaration, values, holds))
    found += list(_rectangles(declaration, values, holds))
    return list(dict.fromkeys(c for c in found if c != sp.true))


def _compare(left: Expr, relation: str, right: Expr = sp.S.Zero) -> Boolean:
    difference = left - right
    if difference.is_number:
        return RELATIONS[relation](difference, 0)
    return RELATIONS[relation](difference, 0, evaluate=False)


def is_interior(declaration: Declaration, node: Node, *, or_end: bool = False) -> list[Boolean]:
    """The conditions under which a node is inside the domain, or at an end of it."""
    above, below = (sp.Ge, sp.Le) if or_end else (sp.Gt, sp.Lt)
    found = []
    for argument, (low, high) in zip(node, declaration.domain, strict=True):
        found += [] if low == -sp.oo else [above(argument, low)]
        found += [] if high == sp.oo else [below(argument, high)]
    return [c for c in found if c != sp.true]


def _at_node(
    declaration: Declaration, node: Node, orders: Orders, holds: Holds
) -> Iterator[Boolean]:
    """Signs, bounds, curvature, hazard and Euler's equation at one argument."""
    inside = any(sum(order) for order in orders) or all(map(holds, is_interior(declaration, node)))
    for order, symbol in orders.items():
        sign = declaration.sign(order)
        if sign and not symbol.is_number:
            yield _compare(symbol, sign if inside else _WEAK[sign])
            if not inside and sign in "<>":
                ends = [sp.Not(c) for c in is_interior(declaration, node)]
                yield sp.Or(*ends, _compare(symbol, sign))
    yield from _bounds(declaration, orders, inside)
    yield from _minors(declaration, orders)
    yield from _distribution_at(declaration, orders)
    yield from _euler(declaration, node, orders)


def _bounds(declaration: Declaration, orders: Orders, inside: bool) -> Iterator[Boolean]:
    value = orders.get(declaration.order())
    if declaration.bounds is None or value is None or value.is_number:
        return
    is_strict = inside and declaration.arity == 1 and declaration.sign((1,)) in ("<", ">")
    low, high = declaration.bounds
    yield _compare(value, ">" if is_strict else ">=", low)
    yield _compare(value, "<" if is_strict else "<=", high)


def _minors(declaration: Declaration, orders: Orders) -> Iterator[Boolean]:
    """The principal minors of a definite (or semidefinite) Hessian, where they are written."""
    if not declaration.curvature or declaration.arity == 1:
        return
    for size in range(1, declaration.arity + 1):
        for rows in combinations(range(declaration.arity), size):
            entries = [[orders.get(declaration.order(i, j)) for j in rows] for i in rows]
            if any(entry is None for row in entries for entry in row):
                continue
            is_negative = "<" in declaration.curvature and size % 2 == 1
            relation = ("<" if is_negative else ">") + declaration.curvature[1:]
            yield _compare(sp.Matrix(entries).det(), relation)


def _distribution_at(declaration: Declaration, orders: Orders) -> Iterator[Boolean]:
    if declaration.arity > 1 or not {(0,), (1,), (2,)} <= orders.keys():
        return
    value, density, slope = (orders[k,] for k in range(3))
    if declaration.hazard:
        yield _compare(slope * (1 - value) + density**2, ">=")
    if declaration.log_concave:
        yield _compare(slope * value - density**2, "<=")


def _euler(declaration: Declaration, node: Node, orders: Orders) -> Iterator[Boolean]:
    """Euler's equation for a homogeneous function and for its derivatives."""
    if declaration.degree is None:
        return
    for order, value in orders.items():
        nexts = [tuple(k + (i == j) for j, k in enumerate(order)) for i in range(len(order))]
        if all(following in orders for following in nexts):
            total = sum(x * orders[n] for x, n in zip(node, nexts, strict=True))
            degree = declaration.degree - sum(order)
            yield sp.Eq(total - degree * value, 0, evaluate=False)


def _of_pair(
    declaration: Declaration,
    first: tuple[Node, Orders],
    second: tuple[Node, Orders],
    holds: Holds,
) -> Iterator[Boolean]:
    """What ties values at one argument to those at another."""
    (a, at_a), (b, at_b) = first, second
    different = [i for i in range(declaration.arity) if (b[i] - a[i]).expand() != 0]
    order = {1: _comparison(a[different[0]], b[different[0]], holds)}.get(len(different), "")
    equal = [sp.Eq(a[i], b[i]) for i in different]
    if not (order and order in "<>") and sp.false not in equal:
        unequal = [sp.Not(c) for c in equal]
        for key in at_a.keys() & at_b.keys():
            same = sp.Eq(at_a[key], at_b[key], evaluate=False)
            yield same if order == "=" else sp.Or(*unequal, same)
    if len(different) == 1:
        index = different[0]
        for key in at_b:
            yield from _taylor(declaration, index, key, (a, at_a), (b, at_b), order)
        if declaration.arity == 1:
            yield from _distribution_pair(declaration, (a[0], at_a), (b[0], at_b), order)
    else:
        yield from _joint_monotone(declaration, first, second)
    yield from _tangent_plane(declaration, first, second)


def _comparison(a: Expr, b: Expr, holds: Holds) -> str:
    """How a compares with b on the whole space; empty where that is not known."""
    for op in ("<", ">", "==", "<=", ">="):
        relation = RELATIONS[op](a, b)
        if relation == sp.true or (relation != sp.false and holds(relation)):
            return "=" if op == "==" else op
    return ""


def _in_order(claim: Boolean, *pairs: tuple[Expr, Expr, str]) -> Boolean:
    """The claim where the first of each pair is less; true where that never holds.

    With each pair goes what is known of its order.
    """
    if any(order in (">", "=", ">=") for *_, order in pairs):
        return sp.true
    return sp.Or(*(sp.Ge(a, b) for a, b, order in pairs if order != "<"), claim)


def _taylor(
    declaration: Declaration,
    index: int,
    key: Order,
    first: tuple[Node, Orders],
    second: tuple[Node, Orders],
    order: str,
) -> Iterator[Boolean]:
    (a, at_a), (b, at_b) = first, second
    step = b[index] - a[index]
    polynomial: Expr = sp.Integer(0)
    current = key
    for m in range(declaration.top + 1):
        if current not in at_a:
            return
        polynomial += at_a[current] * step**m / factorial(m)
        current = tuple(k + (i == index) for i, k in enumerate(current))
        sign = declaration.sign(current)
        if not sign or order == "=":
            continue
        remainder = at_b[key] - polynomial
        if m % 2:  # the remainder has one sign on both sides
            if order and order in "<>":
                yield _compare(remainder, sign)
            else:
                yield _compare(remainder, _WEAK[sign])
                yield sp.Or(sp.Eq(a[index], b[index]), _compare(remainder, sign))
        else:
            if order in ("<=", ">="):
                weak = _WEAK[sign] if order == "<=" else _OPPOSITE[_WEAK[sign]]
                yield _compare(remainder, weak)
            yield _in_order(_compare(remainder, sign), (a[index], b[index], order))
            reverse = _OPPOSITE.get(order, order)
            yield _in_order(_compare(remainder, _OPPOSITE[sign]), (b[index], a[index], reverse))


def _distribution_pair(
    declaration: Declaration, first: tuple[Expr, Orders], second: tuple[Expr, Orders], order: str
) -> Iterator[Boolean]:
    (a, at_a), (b, at_b) = first, second
    if not ({(0,), (1,)} <= at_a.keys() and {(0,), (1,)} <= at_b.keys()):
        return
    low, density_low, high, density_high = at_a[0,], at_a[1,], at_b[0,], at_b[1,]
    rising = [density_high * (1 - low) - density_low * (1 - high)] * declaration.hazard
    rising += [density_low * high - density_high * low] * declaration.log_concave
    for claim in (_compare(difference, ">=") for difference in rising):
        yield claim if order == "<=" else _in_order(claim, (a, b, order))


def _joint_monotone(
    declaration: Declaration, first: tuple[Node, Orders], second: tuple[Node, Orders]
) -> Iterator[Boolean]:
    """The order of values at ordered arguments, of a function that rises in every variable."""
    (a, at_a), (b, at_b) = first, second
    zero, *unit = declaration.order(), *map(declaration.order, range(declaration.arity))
    signs = {declaration.sign(order) for order in unit}
    if zero in at_a and zero in at_b and signs in ({">"}, {"<"}):
        (sign,) = signs
        below = [sp.Le(x, y) for x, y in zip(a, b, strict=True)]
        some = sp.Or(*(sp.Lt(x, y) for x, y in zip(a, b, strict=True)))
        premise = sp.And(*below, some)
        yield sp.Or(sp.Not(premise), _compare(at_b[zero] - at_a[zero], sign))


def _tangent_plane(
    declaration: Declaration, first: tuple[Node, Orders], second: tuple[Node, Orders]
) -> Iterator[Boolean]:
    (a, at_a), (b, at_b) = first, second
    zero, *unit = declaration.order(), *map(declaration.order, range(declaration.arity))
    moved = [i for i in range(declaration.arity) if (b[i] - a[i]).expand() != 0]
    needed = {zero, *(unit[i] for i in moved)}
    if declaration.arity == 1 or not declaration.curvature or not needed <= at_a.keys():
        return
    if zero not in at_b:
        return
    plane = at_a[zero] + sum(at_a[unit[i]] * (b[i] - a[i]) for i in moved)
    yield _compare(at_b[zero] - plane, _WEAK[declaration.curvature])
    equal = sp.And(*(sp.Eq(a[i], b[i]) for i in moved))
    yield sp.Or(equal, _compare(at_b[zero] - plane, declaration.curvature))


def _rectangles(
    declaration: Declaration, values: Mapping[Node, Orders], holds: Holds
) -> Iterator[Boolean]:
    """Single crossing: increasing differences, from the sign of a cross derivative."""
    zero = declaration.order()
    nodes = [node for node, orders in values.items() if zero in orders]
    for i, j in combinations(range(declaration.arity), 2):
        sign = declaration.sign(declaration.order(i, j))
        for low, high in permutations(nodes, 2) if sign else ():
            corners = [_moved(low, high, (i,)), _moved(low, high, (j,))]
            apart = [k for k in range(declaration.arity) if low[k] != high[k]]
            if apart != [i, j] or not all(corner in nodes for corner in corners):
                continue
            gain = values[high][zero] - values[corners[0]][zero]
            claim = _compare(gain - values[corners[1]][zero] + values[low][zero], sign)
            pairs = ((low[k], high[k]) for k in (i, j))
            yield _in_order(claim, *((x, y, _comparison(x, y, holds)) for x, y in pairs))


def _moved(low: Node, high: Node, indices: tuple[int, ...]) -> Node:
    return tuple(high[k] if k in indices else low[k] for k in range(len(low)))


def _chords(
    declaration: Declaration, values: Mapping[Node, Orders], holds: Holds
) -> Iterator[Boolean]:
    """Slopes of chords in their order, where no tangent at the middle says it."""
    count = 0
    for j in range(max(declaration.top - 1, 0)):
        sign = declaration.sign((j + 2,))
        nodes = [node for node, orders in values.items() if (j,) in orders]
        for low, middle, high in permutations(nodes, 3):
            if not sign or (j + 1,) in values[middle] or count >= _MAX_TRIPLES:
                continue
            a, b, c = low[0], middle[0], high[0]
            v_a, v_b, v_c = (values[node][j,] for node in (low, middle, high))
            claim = _compare((v_c - v_b) * (b - a) - (v_b - v_a) * (c - b), sign)
            pairs = ((x, y, _comparison(x, y, holds)) for x, y in ((a, b), (b, c)))
            chord = _in_order(claim, *pairs)
            count += chord != sp.true
            yield chord
