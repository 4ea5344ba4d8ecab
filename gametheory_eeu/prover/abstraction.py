"""Roots, logarithms, maxima and the like as new symbols, with what is known of each.

Where a claim holds for all values of the new symbols that obey these facts, it holds for the ones
they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.core.results import Picklable
from gametheory_eeu.prover.indeterminates import CASE_FUNCTIONS, unknown_key

_FUNCTIONS = (sp.log, sp.exp, sp.erfinv)


@dataclass(frozen=True)
class Term(Picklable):
    """A subexpression with a symbol in its place.

    The arguments are the node's, with symbols for the terms inside; of a root only its base.
    """

    node: Expr
    symbol: Symbol
    arguments: tuple[Expr, ...]

    @property
    def conditions(self) -> tuple[Boolean, ...]:
        """What must hold for it to have a value."""
        return tuple(_conditions(self.node, self.arguments))

    @property
    def facts(self) -> tuple[Boolean, ...]:
        """What holds of its value wherever it has one."""
        return tuple(_facts(self.node, self.symbol, self.arguments))


def terms(formulas: Iterable[Boolean]) -> tuple[Term, ...] | None:
    """All terms of some formulas, inner ones first; None where one is not of a known kind."""
    formulas = list(formulas)
    nodes: dict[Expr, None] = {}
    for formula in formulas:
        for node in sp.postorder_traversal(formula):
            key = unknown_key(node)
            if key is not None:
                nodes[key] = None
    names = {s.name for f in formulas for s in f.free_symbols}
    found: list[Term] = []
    for number, node in enumerate(nodes, 1):
        if not _is_known(node):
            return None
        name = f"y_{number}"
        while name in names:
            name += "_"
        arguments = arguments_of(node, formulas, found)
        found.append(Term(node, sp.Symbol(name, real=True), arguments))
    return tuple(found)


def arguments_of(node: Expr, formulas: Iterable[Expr], found: Iterable[Term]) -> tuple[Expr, ...]:
    """The arguments of a node, with the symbols of the terms that are found already."""
    values = replacements(formulas, found)
    return tuple(replace_unevaluated(part, values) for part in _arguments(node))


def replacements(formulas: Iterable[Expr], found: Iterable[Term]) -> dict[Expr, Expr]:
    """What stands in the place of each subexpression: the symbol, or of a root a power of it."""
    symbols = {term.node: term.symbol for term in found}
    values = dict(symbols)
    scope = [*formulas, *symbols]
    for node in {n for f in scope for n in sp.preorder_traversal(f) if isinstance(n, sp.Pow)}:
        key = unknown_key(node)
        if key in symbols and node.exp.is_Rational:
            values[node] = symbols[key] ** node.exp.p
    return values


def _is_known(node: Expr) -> bool:
    if isinstance(node, sp.Pow):
        return bool(node.exp.is_Rational)
    if isinstance(node, sp.Piecewise):
        return bool(node.args[-1].cond == sp.true)
    return node in (sp.pi, sp.E) or isinstance(node, (*CASE_FUNCTIONS, *_FUNCTIONS))


def _arguments(node: Expr) -> tuple[Expr, ...]:
    if isinstance(node, sp.Pow):
        return (node.base,)
    if isinstance(node, sp.Piecewise):
        return tuple(part for pair in node.args for part in pair.args)
    return tuple(node.args)


def _conditions(node: Expr, arguments: tuple[Expr, ...]) -> Iterator[Boolean]:
    if isinstance(node, sp.Pow):
        yield _relation(sp.Ge, arguments[0], 0)
    elif isinstance(node, sp.log):
        yield _relation(sp.Gt, arguments[0], 0)
    elif isinstance(node, sp.erfinv):
        yield _relation(sp.Gt, arguments[0], -1)
        yield _relation(sp.Lt, arguments[0], 1)
    else:
        yield from (_relation(sp.Ne, base, 0) for base in dict.fromkeys(divisors(arguments)))


def divisors(expressions: Iterable[Expr]) -> Iterator[Expr]:
    """The bases of all negative powers."""
    for expression in expressions:
        for node in sp.preorder_traversal(expression):
            if isinstance(node, sp.Pow) and node.exp.is_negative:
                yield node.base


def _facts(node: Expr, y: Symbol, arguments: tuple[Expr, ...]) -> Iterator[Boolean]:
    if isinstance(node, sp.Pow):
        yield _relation(sp.Ge, y, 0)
        yield _relation(sp.Eq, y**node.exp.q, arguments[0])
    elif isinstance(node, (sp.Max, sp.Min)):
        outside, inside = (sp.Ge, sp.Le) if isinstance(node, sp.Max) else (sp.Le, sp.Ge)
        yield from (_relation(outside, y, part) for part in arguments)
        yield sp.Or(*(_relation(inside, y, part) for part in arguments), evaluate=False)
    elif isinstance(node, sp.Abs):
        (x,) = arguments
        opposite = sp.Mul(-1, x, evaluate=False)
        yield _relation(sp.Ge, y, x)
        yield _relation(sp.Ge, y, opposite)
        yield sp.Or(_relation(sp.Le, y, x), _relation(sp.Le, y, opposite), evaluate=False)
    elif isinstance(node, sp.sign):
        (x,) = arguments
        cases = ((sp.Gt, 1), (sp.Lt, -1), (sp.Eq, 0))
        yield sp.Or(*(
            sp.And(_relation(r, x, 0), _relation(sp.Eq, y, v), evaluate=False) for r, v in cases
        ), evaluate=False)  # fmt: skip
    elif isinstance(node, sp.Piecewise):
        yield sp.Or(*_branches(y, arguments), evaluate=False)
    elif isinstance(node, sp.log):
        (x,) = arguments
        yield _relation(sp.Le, y, x - 1)
        yield _relation(sp.Ge, x * y, x - 1)
        yield sp.Or(
            sp.And(_relation(sp.Eq, x, 1), _relation(sp.Eq, y, 0), evaluate=False),
            sp.And(_relation(sp.Lt, y, x - 1), _relation(sp.Gt, x * y, x - 1), evaluate=False),
            evaluate=False,
        )
    elif isinstance(node, sp.exp):
        (x,) = arguments
        yield _relation(sp.Gt, y, 0)
        yield _relation(sp.Ge, y, 1 + x)
        yield sp.Or(
            sp.And(_relation(sp.Eq, x, 0), _relation(sp.Eq, y, 1), evaluate=False),
            _relation(sp.Gt, y, 1 + x), evaluate=False,
        )  # fmt: skip
    elif node in (sp.pi, sp.E):
        low, high = (3, 4) if node == sp.pi else (2, 3)
        yield _relation(sp.Gt, y, low)
        yield _relation(sp.Le, y, high)


def _branches(y: Symbol, arguments: tuple[Expr, ...]) -> Iterator[Boolean]:
    earlier: list[Boolean] = []
    for value, condition in zip(arguments[::2], arguments[1::2], strict=True):
        relations = [*earlier, *([] if condition == sp.true else [condition])]
        yield sp.And(*relations, _relation(sp.Eq, y, value), evaluate=False)
        earlier.append(sp.to_nnf(sp.Not(condition), simplify=False))


def _relation(kind: type, left: Expr, right: object) -> Boolean:
    return kind(left, sp.sympify(right), evaluate=False)
