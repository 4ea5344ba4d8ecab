"""SMT queries of a statement over a space; independent parts of a space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import gcd
from typing import TYPE_CHECKING

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.definedness import replace_unevaluated
from gametheory_eeu.core.evaluate import UndecidedError, rational_bounds, value
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import transcendentals
from gametheory_eeu.prover.budget import CLAIM, PROBE, STEP, Budget
from gametheory_eeu.prover.facts import linear_coefficients
from gametheory_eeu.prover.indeterminates import assumptions, is_relaxed
from gametheory_eeu.prover.orthant import domain
from gametheory_eeu.prover.rational_function import conj, disj, neg, numeral
from gametheory_eeu.prover.smt_encoding import Encoder
from gametheory_eeu.prover.smt_solvers import Answer, SolverName

if TYPE_CHECKING:
    from gametheory_eeu.prover.proof import Proof

_MAX_VALUES = 12
_AROUND_ZERO = 4

IntegerRange = tuple[range, int | None, int | None]
"""Values told apart, and what a number beyond them is at least, or at most."""


def ranges(
    symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]
) -> Iterator[tuple[Symbol, IntegerRange]]:
    """For each integer symbol the range within its numeric bounds: all values, or the first.

    Examples
    --------
    >>> n = sp.Symbol("n", integer=True)
    >>> dict(ranges((n,), (n > 2, n < sp.Rational(11, 2))))
    {n: (range(3, 6), None, None)}
    >>> dict(ranges((n,), (n > 2,)))
    {n: (range(3, 15), 15, None)}
    """
    for index, symbol in enumerate(symbols):
        if symbol.is_integer:
            low, high = _bounds(index, symbols, constraints)
            if low is None and high is None:
                window = range(-_AROUND_ZERO, _AROUND_ZERO + 1)
                yield symbol, (window, window.stop, window.start - 1)
            elif high is None or (low is not None and high - low >= _MAX_VALUES):
                assert low is not None
                first = range(low, low + _MAX_VALUES)
                yield symbol, (first, first.stop, None)
            elif low is None:
                last = range(high - _MAX_VALUES + 1, high + 1)
                yield symbol, (last, None, last.start - 1)
            else:
                yield symbol, (range(low, high + 1), None, None)


def _bounds(
    index: int, symbols: tuple[Symbol, ...], constraints: tuple[Boolean, ...]
) -> tuple[int | None, int | None]:
    """The least and the greatest integer that the constraints allow; None where unbounded."""
    region = domain(symbols, constraints)
    list(region.plans)  # eliminating other symbols finds more bounds
    low: int | None = None
    high: int | None = None
    for fact in region.facts.all:
        coefficients = linear_coefficients(fact.polynomial, index)
        if coefficients is None or not (
            coefficients[0].is_constant() and coefficients[1].is_constant()
        ):
            continue
        slope, rest = (sp.Rational(str(p)) for p in coefficients)
        endpoint, strict = -rest / slope, fact.kind == ">"
        if slope > 0 or fact.kind == "==":
            lower = int(sp.floor(endpoint) + 1 if strict else sp.ceiling(endpoint))
            low = lower if low is None else max(low, lower)
        if slope < 0 or fact.kind == "==":
            upper = int(sp.ceiling(endpoint) - 1 if strict else sp.floor(endpoint))
            high = upper if high is None else min(high, upper)
    return low, high


_LARGE_COUNT = 180
"""Relations times symbols; what the library's own games ask is smaller."""

_LONG_TEXT, _HIGH_POWER, _LARGE_POLYNOMIAL = 10_000, 50, 1_000
"""Characters put to a solver; a power; a polynomial's terms times its degree. Usual questions have
less of each."""


@dataclass(frozen=True)
class Part:
    """Symbols and the constraints that tie them to each other and to no other symbol."""

    symbols: frozenset[Symbol]
    constraints: tuple[Boolean, ...]


def split(space: Space, symbols: Iterable[Symbol] = ()) -> tuple[Part, list[Part]]:
    """The part of the space around the symbols ``near``, and the other parts."""
    first, rest = _split(space, frozenset(symbols))
    return first, list(rest)


@lru_cache(maxsize=8192)
def _split(space: Space, symbols: frozenset[Symbol]) -> tuple[Part, tuple[Part, ...]]:
    groups = [frozenset({s}) for s in space.symbols]
    links = [frozenset(c.free_symbols) for c in space.constraints]
    for link in (symbols, *links):
        disjoint = [g for g in groups if not g & link]
        groups = [*disjoint, link.union(*(g for g in groups if g & link))]
    parts = [
        Part(g, tuple(c for c, link in zip(space.constraints, links, strict=True) if g & link))
        for g in groups
        if g
    ]
    constant_constraints = tuple(
        c for c, link in zip(space.constraints, links, strict=True) if not link
    )
    parts += [Part(frozenset(), constant_constraints)] if constant_constraints else []
    nearby = [part for part in parts if part.symbols & symbols]
    first = nearby[0] if nearby else Part(frozenset(), ())
    return first, tuple(part for part in parts if part not in nearby)


def all_parts(space: Space) -> list[Part]:
    """The space as parts that share no symbol."""
    return split(space)[1]


def is_large(statement: Boolean, part: Part) -> bool:
    """Whether a certificate or a small point may cost more than a plain query, by a count."""
    symbols = part.symbols | statement.free_symbols
    return _relation_count((statement, *part.constraints)) * len(symbols) > _LARGE_COUNT


def _relation_count(formulas: Iterable[Boolean]) -> int:
    return sum(isinstance(node, sp.core.relational.Relational)
               for f in formulas for node in sp.preorder_traversal(f))  # fmt: skip


class Query:
    """The formulas of one query, and the SMT-LIB texts that ask for a point of it."""

    def __init__(self, statement: Boolean, part: Part) -> None:
        self.part, self.statement = part, statement
        self.symbols = sorted(part.symbols | statement.free_symbols, key=lambda s: s.name)
        self._encoder = Encoder([*part.constraints, statement, *self.symbols], relaxed=True)
        self._sharper_bounds: list[str] = []
        self._expansions: dict[tuple[Expr, Expr], None] = {}
        self._constraint_formulas = [self._encoder.truth(c)[0] for c in part.constraints]
        self.true, self.false = self._encoder.truth(statement)

    @cached_property
    def _base(self) -> str:
        encoder, constraints = self._encoder, conj(*self._constraint_formulas)
        preamble = [*encoder.declarations, *encoder.definitions, *encoder.relations]
        return "\n".join([*preamble, f"(assert {constraints})"])

    def constraints_on(self, symbol: Symbol) -> list[Boolean]:
        """The constraints in which a symbol occurs."""
        return self._constraints_by_symbol.get(symbol, [])

    @cached_property
    def _constraints_by_symbol(self) -> dict[Symbol, list[Boolean]]:
        constraints: dict[Symbol, list[Boolean]] = {}
        for constraint in self.part.constraints:
            for symbol in constraint.free_symbols:
                constraints.setdefault(symbol, []).append(constraint)
        return constraints

    @property
    def is_relaxed(self) -> bool:
        """Whether the text says less than is true: of whole numbers, or of atoms."""
        return bool(self._encoder.atoms) or any(s.is_integer for s in self.symbols)

    @cached_property
    def is_large(self) -> bool:
        """Whether it has many relations and symbols."""
        return is_large(self.statement, self.part)

    @cached_property
    def is_heavy(self) -> bool:
        """Whether a search for small numbers would take long, by the length of the query."""
        return self.has_slow_steps or len(self.text(self.untrue)) > _LONG_TEXT

    @cached_property
    def has_slow_steps(self) -> bool:
        """Whether a solver's single steps take long: by a power, or by a polynomial's letters."""
        return self._encoder.expanded_size > _LARGE_POLYNOMIAL or self.power > _HIGH_POWER

    @cached_property
    def power(self) -> int:
        """The highest power that is written in it."""
        formulas = (self.statement, *self.part.constraints)
        powers = (p.exp for f in formulas for p in f.atoms(sp.Pow) if p.exp.is_Integer)
        return max((int(abs(power)) for power in powers), default=0)

    @cached_property
    def relations(self) -> int:
        """The number of its relations."""
        return _relation_count((self.statement, *self.part.constraints))

    def affordable_budget(self, budget: Budget, solver: SolverName = "z3") -> Budget:
        """A small budget where solver steps are slow, unless a user allows more than usual.

        A unit of cvc5's is less work than one of z3's, and its process can be ended.
        """
        small = PROBE if solver == "z3" else STEP
        is_less = small.rlimit < budget.rlimit <= CLAIM.rlimit
        return small if self.has_slow_steps and is_less else budget

    def sharpen(self, point: Point | None = None) -> bool:
        """Add bounds on integers, and on atoms near a point; False if there are no more."""
        if not self._sharper_bounds:
            integer_ranges = ranges(tuple(self.symbols), self.part.constraints)
            self._sharper_bounds = [
                f"(assert {self._range_formula(s, *r)})" for s, r in integer_ranges
            ]
            self._sharper_bounds += self._encoder.sharper_bounds()
        expansions = [e for e in self._expansion_points(point or {}) if e not in self._expansions]
        self._expansions.update(dict.fromkeys(expansions))
        self._sharper_bounds += self._encoder.bounds_at(expansions)
        return bool(expansions) or point is None

    def _expansion_points(self, point: Point) -> Iterator[tuple[Expr, Expr]]:
        """The atoms, each with a simple number near its argument at a point."""
        for node in self._encoder.atoms:
            endpoints = _enclosure(node.args[0], point) if len(node.args) == 1 else None
            if endpoints is not None:
                middle: Expr = (endpoints[0] + endpoints[1]) / 2
                yield node, middle.limit_denominator(1000)

    def _range_formula(
        self, symbol: Symbol, values: Iterable[int], least: int | None, most: int | None
    ) -> str:
        """The formula that a symbol is one of some integers, or beyond them."""
        beyond = [sp.Ge(symbol, least)] if least is not None else []
        beyond += [sp.Le(symbol, most)] if most is not None else []
        cases = [sp.Eq(symbol, v, evaluate=False) for v in values] + beyond
        return disj(*(self._encoder.truth(case)[0] for case in cases))

    @property
    def untrue(self) -> str:
        """The formula for where the statement is false or undefined."""
        return neg(self.true)

    def text(self, goal: str, fixed: Mapping[Symbol, Expr] | None = None) -> str:
        """Ask for a point of the part where the goal holds, with some symbols fixed."""
        values = [f"(assert {self._equation(s, v)})" for s, v in (fixed or {}).items()]
        values += self._bounds_at(fixed) if fixed else []
        return "\n".join([self._base, *self._sharper_bounds, *values, f"(assert {goal})"])

    def _bounds_at(self, fixed: Point) -> list[str]:
        """Close bounds on the atoms whose symbols are all fixed."""
        names = self._encoder.names
        enclosures = ((names[node], _enclosure(node, fixed)) for node in self._encoder.atoms)
        return [
            f"(assert (<= {numeral(ends[0])} {name} {numeral(ends[1])}))"
            for name, ends in enclosures
            if ends is not None
        ]

    def name(self, symbol: Symbol) -> str:
        """The symbol's name in the text."""
        return self._encoder.names[symbol]

    def point(self, answer: Answer) -> Point:
        """The values that a solver gave the symbols."""
        symbols_by_name = {self.name(symbol): symbol for symbol in self.symbols}
        return {
            symbols_by_name[name]: result
            for name, result in answer.values.items()
            if name in symbols_by_name
        }

    def _equation(self, symbol: Symbol, value: Expr) -> str:
        if isinstance(value, sp.Rational):
            return f"(= {self.name(symbol)} {numeral(value)})"
        scale, root = value.as_coeff_Mul()  # SymPy writes some roots as a multiple of another
        endpoints = sorted(scale * endpoint for endpoint in root.poly.intervals()[root.index][0])
        zero = sp.Eq(root.poly.as_expr(symbol / scale), 0, evaluate=False)
        end_relations = (
            sp.Ge(symbol, endpoints[0], evaluate=False),
            sp.Le(symbol, endpoints[1], evaluate=False),
        )
        return conj(*(self._encoder.truth(c)[0] for c in (zero, *end_relations)))


def _enclosure(expr: Expr, point: Point) -> tuple[Expr, Expr] | None:
    """Numbers around the value of an expression that has symbols, all of them given."""
    if not expr.free_symbols or not expr.free_symbols <= point.keys():
        return None
    try:
        exact = value(expr, point)
    except UndecidedError:
        return None
    return None if exact is None else rational_bounds(exact)


_MIN_EXPONENT = 4
"""A solver loses nothing by lower powers themselves."""


def substitute_powers(statement: Boolean, part: Part) -> tuple[Boolean, Part]:
    """An equivalent statement and part, with a new symbol for each common power of a symbol.

    Every real number is an odd power of a real number, and every one that is not negative an even
    power: each point of either question is one of the other.

    Examples
    --------
    >>> x, y = sp.symbols("x y", real=True)
    >>> substitute_powers(x**12 + y**8 >= x**6 * y**4, Part(frozenset({x, y}), ()))[0]
    _x^6**2 + _y^4**2 >= _x^6*_y^4
    """
    formulas = (statement, *part.constraints)
    powers = _common_exponents(formulas)
    new_symbols = {
        s: _power_symbol(s, power)
        for s, power in powers.items()
        if power >= _MIN_EXPONENT and _is_unrestricted(s)
    }
    if not new_symbols:
        return statement, part
    replacements = {
        node: new_symbols[node.base] ** (node.exp / powers[node.base])
        for f in formulas
        for node in _symbol_powers(f)
        if isinstance(node, sp.Pow) and node.base in new_symbols
    }
    symbols = frozenset(new_symbols.get(s, s) for s in part.symbols)
    return replace_unevaluated(statement, replacements), Part(
        symbols, tuple(replace_unevaluated(c, replacements) for c in part.constraints)
    )


def _is_unrestricted(symbol: Symbol) -> bool:
    """Whether any real number may be its value, or any that is not negative (or zero)."""
    return not is_relaxed(symbol) and (bool(symbol.is_nonnegative) or not assumptions(symbol))


def _power_symbol(symbol: Symbol, power: int) -> Symbol:
    kind = "real" if power % 2 else "nonnegative"
    kind = "positive" if symbol.is_positive else "nonnegative" if symbol.is_nonnegative else kind
    return sp.Dummy(f"{symbol.name}^{power}", **{kind: True})


def _common_exponents(formulas: Iterable[Boolean]) -> dict[Symbol, int]:
    """The greatest common divisor of each symbol's exponents."""
    exponents: dict[Symbol, int] = {}
    for formula in formulas:
        for symbol, power in _exponent_gcds(formula):
            exponents[symbol] = gcd(exponents.get(symbol, 0), power)
    return exponents


@lru_cache(maxsize=8192)
def _exponent_gcds(formula: Boolean) -> tuple[tuple[Symbol, int], ...]:
    """The greatest common divisor of each symbol's exponents in one formula, cached."""
    gcds: dict[Symbol, int] = {}
    for power in _symbol_powers(formula):
        symbol, exponent = (power.base, power.exp) if isinstance(power, sp.Pow) else (power, 1)
        gcds[symbol] = gcd(gcds.get(symbol, 0), abs(int(exponent)))
    return tuple(gcds.items())


def _symbol_powers(expr: Expr) -> Iterator[Expr]:
    """Whole powers of symbols, and the symbols that stand elsewhere."""
    if isinstance(expr, sp.Symbol) or (
        isinstance(expr, sp.Pow) and isinstance(expr.base, sp.Symbol) and expr.exp.is_Integer
    ):
        yield expr
    else:
        for part in expr.args:
            yield from _symbol_powers(part)


_ATOMS_NOTE = (
    "; Logarithms and exponentials are unknowns, named in the comments, of which only bounds are\n"
    "; asserted: unsat is true for every value they may have, so for their own; sat proves nothing."
)


def script(proof: Proof) -> str:
    """The question "is the statement untrue at a point of the space?", with its known answer."""
    if proof.verdict == "unknown":
        raise GameTheoryError(f"there is no answer to write down: {proof.why}")
    certificate = proof.certificate if isinstance(proof.certificate, str) else ""
    body = certificate or _query_text(proof)
    status = "unsat" if proof.verdict == "proved" else "sat"
    lines = [f"; {' '.join(str(proof).split())}"]
    if any(transcendentals.is_atom(node) for node in sp.preorder_traversal(proof.statement)):
        lines.append(_ATOMS_NOTE)
    lines += ["(set-logic QF_NRA)", f"(set-info :status {status})", body, "(check-sat)"]
    return "\n".join(lines) + "\n"


def _query_text(proof: Proof) -> str:
    space, near = proof.space, proof.statement.free_symbols
    part = split(space, near)[0] if near else Part(frozenset(space.symbols), space.constraints)
    query = Query(proof.statement, part)
    return query.text(query.untrue)
