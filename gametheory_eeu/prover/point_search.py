"""Exact points of a space, the search for simple ones, and whether there is any."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Point, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.conversions import to_fraction, to_sympy
from gametheory_eeu.core.evaluate import UndecidedError, truth_value
from gametheory_eeu.prover.budget import CLAIM, PROBE, STEP, Budget
from gametheory_eeu.prover.indeterminates import assumptions, is_relaxed
from gametheory_eeu.prover.orthant import domain
from gametheory_eeu.prover.rational_function import FALSE, TRUE
from gametheory_eeu.prover.smt_query import Part, Query, all_parts
from gametheory_eeu.prover.smt_solvers import Answer, SolverName, Status, ask, new_context

SMALL_RATIONALS = tuple(sp.Rational(*pair) for pair in (
    (0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (3, 1), (-1, 2), (1, 3), (2, 3), (1, 4),
    (3, 4), (4, 1), (5, 1), (10, 1), (1, 10),
))  # fmt: skip
SMALL_INTEGERS = tuple(map(sp.Integer, (*range(13), -1, -2, -3)))
_ROUNDS = 4
_MAX_TRIALS, _SLOW_POWER = 100, 30
"""Of points without a solver, those included that a constraint excludes; a power so high that each
costs less than a query."""
EASY_POINTS = 10
"""Of points that are tried before a solver: all of them cost less than one query."""
_DENOMINATORS = (4, 10, 100, 10_000)
_QUERIES, _QUERIES_PER_SYMBOL, _QUERIES_FOR_SMALLER = 60, 8, 40


def find_point(query: Query, goal: str, is_witness: Callable[[Point], bool]) -> Point | None:
    """A point of the query's part where the goal holds, in small numbers; None if none is found.

    One symbol after the other takes the simplest value that leaves the rest possible, integers
    first; a number that is not rational is taken only where the question forces it.
    """
    if goal == FALSE:
        return None
    point = _PointSearch(query, goal, is_witness).run()
    for _ in range(_ROUNDS if query.is_relaxed and point is None else 0):
        names = map(query.name, query.symbols)
        answer = ask(query.text(goal), budget=query.affordable_budget(CLAIM), values=names)
        if answer.status != "sat" or not query.sharpen(query.point(answer)):
            return None
        point = _PointSearch(query, goal, is_witness).run()
        if point is not None:
            break
    return point


def simplest_point(
    query: Query, is_witness: Callable[[Point], bool], least: int = 1
) -> Point | None:
    """The first of the points that :func:`search` would try that is one; no solver is asked.

    One symbol after the other takes the simplest value that the constraints on it and on those
    before it allow. So many points are tried; where a solver would be slow, some more.
    """
    trials = _trial_points(query, _integers_first(query), {})
    points = (point for point in islice(trials, _MAX_TRIALS) if point is not None)
    is_slow = query.is_heavy or query.power > _SLOW_POWER
    limit = max(least, _MAX_TRIALS // max(1, query.relations)) if is_slow else least
    return next((point for point in islice(points, limit) if is_witness(point)), None)


def _trial_points(query: Query, symbols: list[Symbol], point: Point) -> Iterator[Point | None]:
    """Points that obey the constraints, in the order of :func:`search`; None for each dead end."""
    if not symbols:
        yield point
        return
    symbol, *rest = symbols
    for value in SMALL_INTEGERS if symbol.is_integer else SMALL_RATIONALS:
        trial = {**point, symbol: value}
        if _is_allowed(query, symbol, trial):
            yield from _trial_points(query, rest, trial)
        else:
            yield None


class _PointSearch:
    def __init__(self, query: Query, goal: str, is_witness: Callable[[Point], bool]) -> None:
        self.query, self.goal, self.is_witness = query, goal, is_witness
        self.context = new_context()
        self.left = _QUERIES + _QUERIES_PER_SYMBOL * len(query.symbols)
        self.model: Point | None = None

    def run(self) -> Point | None:
        order = _integers_first(self.query)
        answer = self.ask({}, order, STEP if self.query.is_heavy else CLAIM)
        if answer.status == "unsat":
            return None
        if answer.status == "unknown":  # easier once some symbols are fixed, but not for long
            if self.query.is_heavy:
                return None
            self.left //= 3
            return self.fix(order, {}, answer)
        self.model = self.rational_point(answer)
        if self.model is None:
            return self.fix(order, {}, answer)
        if self.query.is_large:
            return self.model
        self.left = _QUERIES_FOR_SMALLER
        return self.fix(order, {}, answer) or self.model

    @property
    def is_frugal(self) -> bool:
        """Whether little is spent on small numbers: there is a point, or each query costs much."""
        return self.model is not None or self.query.is_large or self.query.is_heavy

    def rational_point(self, answer: Answer) -> Point | None:
        """The solver's own values, where they are rational and confirmed."""
        values = {symbol: self.value(answer, symbol) for symbol in self.query.symbols}
        return self.point(values) if all(v.is_Rational for v in values.values()) else None

    def ask(self, fixed: Point, symbols: list[Symbol], budget: Budget = STEP) -> Answer:
        """Whether the goal is still possible, and values of some symbols if it is."""
        self.left -= 1
        names = map(self.query.name, symbols)
        text = self.query.text(self.goal, fixed)
        budget = self.query.affordable_budget(budget)
        return ask(text, budget=budget, values=names, context=self.context)

    def fix(self, symbols: list[Symbol], fixed: dict[Symbol, Expr], answer: Answer) -> Point | None:
        if not symbols:
            return self.point(fixed)
        symbol, rest = symbols[0], symbols[1:]
        for value in dict.fromkeys(candidate_values(symbol, self.value(answer, symbol))):
            if self.left <= 0:
                return self.model_point(symbols, fixed)
            trial = {**fixed, symbol: value}
            if not _is_allowed(self.query, symbol, trial):
                continue
            trial_answer = self.ask(trial, rest[:1], PROBE if self.is_frugal else STEP)
            if trial_answer.status == "unknown" and self.is_frugal:
                self.left = 0  # smaller numbers would cost more than they are worth
            point = self.fix(rest, trial, trial_answer) if trial_answer.status == "sat" else None
            if point is not None:
                return point
        return None

    def model_point(self, symbols: list[Symbol], fixed: dict[Symbol, Expr]) -> Point | None:
        """The solver's own values, simple or not, once the queries are used up; only once."""
        if self.model is not None:
            return self.model
        if self.left < 0:
            return None
        answer = self.ask(fixed, symbols, CLAIM)
        values = {symbol: self.value(answer, symbol) for symbol in symbols}
        return self.point({**fixed, **values}) if answer.status == "sat" else None

    def value(self, answer: Answer, symbol: Symbol) -> Expr:
        return answer.values.get(self.query.name(symbol), sp.Integer(0))

    def point(self, values: Point) -> Point | None:
        point = {symbol: _radical(value) for symbol, value in values.items()}
        return point if self.is_witness(point) else None


def _integers_first(query: Query) -> list[Symbol]:
    return sorted(query.symbols, key=lambda s: not s.is_integer)


def _is_allowed(query: Query, symbol: Symbol, trial: Point) -> bool:
    """Whether the constraints that are settled by the trial's values hold: saves a query."""
    if not all(value.is_Rational for value in trial.values()):
        return True  # a query takes less than the sign of an irrational number
    constraints = (*assumptions(symbol), *query.constraints_on(symbol))
    decidable = (c for c in constraints if c.free_symbols <= trial.keys())
    try:
        return all(truth_value(c, trial) for c in decidable)
    except UndecidedError:
        return True


def candidate_values(symbol: Symbol, model: Expr) -> Iterator[Expr]:
    """Values to be tried, the simplest first; then numbers near a given one, and that one."""
    if symbol.is_integer:
        yield from SMALL_INTEGERS
        yield from (sp.floor(model), sp.ceiling(model))
        return
    yield from SMALL_RATIONALS
    near = to_fraction(model) if model.is_Rational else Fraction(str(model.evalf(20)))
    yield from (to_sympy(near.limit_denominator(most)) for most in _DENOMINATORS)
    yield model


def _radical(value: Expr) -> Expr:
    """The value with roots of quadratics written as square roots."""
    return value.xreplace({r: sp.rootof(r.poly, r.index) for r in value.atoms(sp.CRootOf)})


def contains(space: Space, point: Mapping[Symbol, Expr]) -> bool:
    """Whether every constraint is defined and true at the point, and every assumption holds."""
    return space.contains({s.name: v for s, v in point.items() if s in space.symbols})


@arg.validate(statement=arg.condition, point=arg.point)
def is_true_at(statement: Boolean, point: Mapping[Symbol, Expr]) -> bool:
    """Whether the statement is defined and true at the point, exactly.

    Raises
    ------
    GameTheoryError
        It could not be settled, or the point leaves a symbol open.
    """
    return truth_value(statement, point) is True


ROUNDS = 6
"""How often what is known of whole numbers and of atoms is made sharper."""


class CheckResult(NamedTuple):
    """The last status, and the SMT-LIB text it answers."""

    status: Status
    text: str


def check_sat(
    query: Query,
    goal: str,
    solver: SolverName = "z3",
    budget: Budget = CLAIM,
    rounds: int = ROUNDS,
) -> CheckResult:
    """Whether the goal holds at a point: unsat if at none, sat if it may hold at one."""
    budget = query.affordable_budget(budget, solver)
    text = query.text(goal)
    status = ask(text, solver, budget).status
    point: Point | None = None
    for _ in range(rounds if query.is_relaxed else 0):
        if status == "unsat" or not query.sharpen(point):
            break
        text = query.text(goal)
        answer = ask(text, solver, budget, map(query.name, query.symbols))
        status = answer.status
        if status != "unsat" and solver != "z3":  # only z3 says where to look
            answer = ask(text, "z3", budget, map(query.name, query.symbols))
        point = query.point(answer)
    return CheckResult(status, text)


@lru_cache(maxsize=8192)
def satisfiability(part: Part, solver: SolverName = "z3") -> Status:
    """Whether the part of a space has a point, as the status of a query."""
    if not part.constraints or (solver == "z3" and easy_point(part) is not None):
        return "sat"
    question = Query(sp.true, part)
    relaxed = question.is_relaxed or any(map(is_relaxed, part.symbols))
    if not relaxed:
        budget = question.affordable_budget(CLAIM, solver)
        return ask(question.text(TRUE), solver, budget).status
    status = check_sat(question, TRUE, solver, rounds=1).status
    if status != "sat" or small_point(part) is not None:
        return status
    return "unsat" if check_sat(question, TRUE, solver).status == "unsat" else "unknown"


@lru_cache(maxsize=8192)
def small_point(part: Part) -> Point | None:
    """A small exact point of a part of a space; None where none is found."""
    question = Query(sp.true, part)
    return find_point(question, TRUE, point_test(question, True))


@lru_cache(maxsize=8192)
def easy_point(part: Part) -> Point | None:
    """An exact point of a part of a space that shows without a solver; None for none."""
    symbols = tuple(sorted(part.symbols, key=lambda s: s.name))
    space = Space(symbols, part.constraints)
    for point in domain(symbols, part.constraints).candidates:
        try:
            if contains(space, point):
                return point
        except UndecidedError:
            continue
    return None


def any_point(part: Part) -> Point | None:
    """Any exact point of a part of a space, an easy one first; None where none is found."""
    point = easy_point(part)
    return small_point(part) if point is None else point


def joint_point(parts: Iterable[Part]) -> Point | None:
    """A point of all the parts together; None where one of them has none to show."""
    values: dict[Symbol, Expr] = {}
    for part in parts:
        point = small_point(part)
        if point is None:
            return None
        values |= point
    return values


def empty_part(space: Space, solver: SolverName = "z3") -> Part | None:
    """A part of the space that is proved to have no point."""
    return next((p for p in all_parts(space) if satisfiability(p, solver) == "unsat"), None)


def unsat_core(part: Part) -> tuple[Boolean, ...]:
    """A minimal unsatisfiable core of the constraints of an empty part."""
    core = part.constraints
    for constraint in part.constraints:
        subset = tuple(c for c in core if c != constraint)
        if satisfiability(Part(part.symbols, subset)) == "unsat":
            core = subset
    return core


def point_test(problem: Query, expected: bool | None) -> Callable[[Point], bool]:
    """A test of a point: in the part, and there the statement is true, false or (None) undefined.

    The original objects are evaluated exactly; nothing of the encoding is trusted.
    """
    space = Space(tuple(problem.symbols), problem.part.constraints)

    def is_witness(point: Point) -> bool:
        try:
            return contains(space, point) and truth_value(problem.statement, point) is expected
        except UndecidedError:
            return False

    return is_witness
