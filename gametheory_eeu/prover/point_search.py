"""Small exact points where a question's goal holds, each confirmed without the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

import sympy as sp

from gametheory_eeu._types import Expr, Point, Symbol
from gametheory_eeu.prover.budget import CLAIM, LOOK, STEP, Budget
from gametheory_eeu.prover.evaluate import UndecidedError, truth
from gametheory_eeu.prover.indeterminates import assumptions
from gametheory_eeu.prover.smt_formula import FALSE
from gametheory_eeu.prover.smt_query import Question
from gametheory_eeu.prover.smt_solvers import Answer, ask, fresh

SMALL = tuple(sp.Rational(*pair) for pair in (
    (0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (3, 1), (-1, 2), (1, 3), (2, 3), (1, 4),
    (3, 4), (4, 1), (5, 1), (10, 1), (1, 10),
))  # fmt: skip
WHOLE = tuple(map(sp.Integer, (*range(13), -1, -2, -3)))
_ROUNDS = 4
_TRIALS, _POWER = 100, 30
"""Of points without a solver, those included that a constraint excludes; a power so high that each
costs less than a query."""
_DENOMINATORS = (4, 10, 100, 10_000)
_QUERIES, _QUERIES_A_SYMBOL, _QUERIES_FOR_SMALLER = 60, 8, 40


def search(question: Question, goal: str, confirmed: Callable[[Point], bool]) -> Point | None:
    """A point of the question's part where the goal holds, in small numbers; None if none is found.

    One symbol after the other takes the simplest value that leaves the rest possible, integers
    first; a number that is not rational is taken only where the question forces it.
    """
    if goal == FALSE:
        return None
    found = _Search(question, goal, confirmed).run()
    for _ in range(_ROUNDS if question.is_relaxed and found is None else 0):
        names = map(question.name, question.symbols)
        answer = ask(question.text(goal), budget=question.affordable(CLAIM), values=names)
        if answer.status != "sat" or not question.sharpen(question.point(answer)):
            return None
        found = _Search(question, goal, confirmed).run()
        if found is not None:
            break
    return found


def simplest(question: Question, confirmed: Callable[[Point], bool]) -> Point | None:
    """The first point that :func:`search` would try, if it is one; no solver is asked.

    One symbol after the other takes the simplest value that the constraints on it and on those
    before it allow. Where a solver would be slow, some more points are tried in the same order.
    """
    found = _trials(question, _in_order(question), {})
    points = (point for point in islice(found, _TRIALS) if point is not None)
    is_slow = question.is_heavy or question.power > _POWER
    most = max(1, _TRIALS // max(1, question.relations)) if is_slow else 1
    return next((point for point in islice(points, most) if confirmed(point)), None)


def _trials(question: Question, left: list[Symbol], point: Point) -> Iterator[Point | None]:
    """Points that obey the constraints, in the order of :func:`search`; None for each dead end."""
    if not left:
        yield point
        return
    symbol, *rest = left
    for value in WHOLE if symbol.is_integer else SMALL:
        trial = {**point, symbol: value}
        if _allowed(question, symbol, trial):
            yield from _trials(question, rest, trial)
        else:
            yield None


class _Search:
    def __init__(self, question: Question, goal: str, confirmed: Callable[[Point], bool]) -> None:
        self.question, self.goal, self.confirmed = question, goal, confirmed
        self.context = fresh()
        self.left = _QUERIES + _QUERIES_A_SYMBOL * len(question.symbols)
        self.model: Point | None = None

    def run(self) -> Point | None:
        order = _in_order(self.question)
        answer = self.ask({}, order, STEP if self.question.is_heavy else CLAIM)
        if answer.status == "unsat":
            return None
        if answer.status == "unknown":  # easier once some symbols are fixed, but not for long
            if self.question.is_heavy:
                return None
            self.left //= 3
            return self.fix(order, {}, answer)
        self.model = self.rational(answer)
        if self.model is None:
            return self.fix(order, {}, answer)
        if self.question.is_large:
            return self.model
        self.left = _QUERIES_FOR_SMALLER
        return self.fix(order, {}, answer) or self.model

    @property
    def is_spared(self) -> bool:
        """Whether little is spent on small numbers: there is a point, or each query costs much."""
        return self.model is not None or self.question.is_large or self.question.is_heavy

    def rational(self, answer: Answer) -> Point | None:
        """The solver's own values, where they are rational and confirmed."""
        values = {symbol: self.value(answer, symbol) for symbol in self.question.symbols}
        return self.point(values) if all(v.is_Rational for v in values.values()) else None

    def ask(self, fixed: Point, wanted: list[Symbol], budget: Budget = STEP) -> Answer:
        """Whether the goal is still possible, and values of some symbols if it is."""
        self.left -= 1
        names = map(self.question.name, wanted)
        text = self.question.text(self.goal, fixed)
        budget = self.question.affordable(budget)
        return ask(text, budget=budget, values=names, context=self.context)

    def fix(self, left: list[Symbol], fixed: dict[Symbol, Expr], answer: Answer) -> Point | None:
        if not left:
            return self.point(fixed)
        symbol, rest = left[0], left[1:]
        for value in dict.fromkeys(_candidates(symbol, self.value(answer, symbol))):
            if self.left <= 0:
                return self.at_once(left, fixed)
            trial = {**fixed, symbol: value}
            if not _allowed(self.question, symbol, trial):
                continue
            tried = self.ask(trial, rest[:1], LOOK if self.is_spared else STEP)
            if tried.status == "unknown" and self.is_spared:
                self.left = 0  # smaller numbers would cost more than they are worth
            found = self.fix(rest, trial, tried) if tried.status == "sat" else None
            if found is not None:
                return found
        return None

    def at_once(self, left: list[Symbol], fixed: dict[Symbol, Expr]) -> Point | None:
        """When the queries are used up, the solver's own values, simple or not; only once."""
        if self.model is not None:
            return self.model
        if self.left < 0:
            return None
        answer = self.ask(fixed, left, CLAIM)
        values = {symbol: self.value(answer, symbol) for symbol in left}
        return self.point({**fixed, **values}) if answer.status == "sat" else None

    def value(self, answer: Answer, symbol: Symbol) -> Expr:
        return answer.values.get(self.question.name(symbol), sp.Integer(0))

    def point(self, values: Point) -> Point | None:
        found = {symbol: _radical(value) for symbol, value in values.items()}
        return found if self.confirmed(found) else None


def _in_order(question: Question) -> list[Symbol]:
    return sorted(question.symbols, key=lambda s: not s.is_integer)


def _allowed(question: Question, symbol: Symbol, trial: Point) -> bool:
    """Whether the constraints that are settled by the trial's values hold: saves a query."""
    if not all(value.is_Rational for value in trial.values()):
        return True  # a query takes less than the sign of an irrational number
    constraints = (*assumptions(symbol), *question.about(symbol))
    settled = (c for c in constraints if c.free_symbols <= trial.keys())
    try:
        return all(truth(c, trial) for c in settled)
    except UndecidedError:
        return True


def _candidates(symbol: Symbol, model: Expr) -> Iterator[Expr]:
    if symbol.is_integer:
        yield from WHOLE
        yield from (sp.floor(model), sp.ceiling(model))
        return
    yield from SMALL
    near = Fraction(model.p, model.q) if model.is_Rational else Fraction(str(model.evalf(20)))
    for most in _DENOMINATORS:
        close = near.limit_denominator(most)
        yield sp.Rational(close.numerator, close.denominator)
    yield model


def _radical(value: Expr) -> Expr:
    """A root of a quadratic is written with a square root."""
    return value.xreplace({r: sp.rootof(r.poly, r.index) for r in value.atoms(sp.CRootOf)})


__all__ = ["SMALL", "WHOLE", "search", "simplest"]
