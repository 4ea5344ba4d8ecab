"""A condition without the parts that say nothing new, asking only what samples leave open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import sympy as sp
from sympy.polys.fields import sfield

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.logic.budget import STEP, Budget
from gametheory_eeu.logic.proving import holds
from gametheory_eeu.solvers.effort import Effort
from gametheory_eeu.solvers.samples import Samples
from gametheory_eeu.solvers.sides import sided
from gametheory_eeu.space import Space


def short(
    condition: Boolean,
    space: Space,
    samples: Samples,
    budget: Budget = STEP,
    effort: Effort | None = None,
) -> Boolean:
    """A condition with the same points in the space, as :func:`gametheory_eeu.simplify` has it.

    Parameters
    ----------
    condition : SymPy Boolean
    space : Space
    samples : Samples
        Points of the space.
    budget : Budget
        For one question to the prover: what it cannot settle at once is kept as it is.
    effort : Effort, optional
        What counts the questions.
    """
    joined = _equations(condition)
    if joined in (sp.true, sp.false):
        return joined
    parts = _Parts(space, samples, budget, effort or Effort("this condition"))
    return parts.short(joined, onto_equations(joined, samples))


def reduced(condition: Boolean, space: Space) -> Boolean:
    """:func:`short`, with samples of its own."""
    field, _ = sfield([sp.Dummy(), *space.symbols])
    return short(condition, space, Samples.of(field, space.constraints))


def _equations(condition: Boolean) -> Boolean:
    """Two opposite weak inequalities among the conjuncts are one equation."""
    kept: list[Boolean] = []
    weak: dict[Expr, Boolean] = {}
    for part in sp.And.make_args(condition):
        if not isinstance(part, (sp.Ge, sp.Le)):
            kept.append(part)
            continue
        gap = _gap(part)
        if -gap in weak:
            kept.append(sp.Eq(part.lhs, part.rhs))
            del weak[-gap]
        else:
            weak[gap] = part
    return sp.And(*kept, *weak.values())


def onto_equations(condition: Boolean, samples: Samples) -> Samples:
    """Samples where the equations among the conjuncts hold."""
    found = samples
    for part in sorted(sp.And.make_args(condition), key=str):
        if isinstance(part, sp.Eq):
            value = found.element(part.lhs - part.rhs)
            found = found.onto(value) if value is not None else found.first(0)
            found.within += (part,)
    return found


class _Parts:
    def __init__(self, space: Space, samples: Samples, budget: Budget, effort: Effort) -> None:
        self.space, self.samples, self.budget, self.effort = space, samples, budget, effort

    def proves(self, statement: Boolean, at: Samples) -> bool:
        """Whether the statement holds everywhere; asked only where no sample denies it."""
        if statement in (sp.true, sp.false):
            return bool(statement)
        return self.implies(sp.true, statement, at)

    def implies(self, cause: Boolean, effect: Boolean, at: Samples) -> bool:
        """Whether the effect holds wherever the cause does."""
        for samples in (at, self.samples):
            first, then = samples.truth(cause), samples.truth(effect)
            if first is not None and then is not None and (first & ~then).any():
                return False
        statement = sp.Implies(cause, effect, evaluate=False) if cause != sp.true else effect
        return self.asked(statement)

    def asked(self, statement: Boolean) -> bool:
        self.effort.spend()
        return _asked(statement, self.space, self.budget)

    def short(self, condition: Boolean, at: Samples) -> Boolean:
        if condition in (sp.true, sp.false):
            return condition
        if self.proves(condition, at):
            return sp.true
        if self.proves(sp.Not(condition), at):
            return sp.false
        if condition.is_Relational and _is_product(condition):
            return self.lean(condition, at)
        if isinstance(condition, (sp.And, sp.Or)):
            return self._without_idle_parts(condition, at)
        return condition

    def _without_idle_parts(self, condition: Boolean, at: Samples) -> Boolean:
        join = condition.func
        kept = sorted(
            condition.args, key=lambda c: (not isinstance(c, sp.Eq), sp.count_ops(c), str(c))
        )
        for part in reversed(list(kept)):
            others = join(*(c for c in kept if c != part))
            ends = (others, part) if join is sp.And else (part, others)
            if self.implies(*ends, at):
                kept.remove(part)
        if len(kept) == 1:
            return self.short(kept[0], at)
        inner = ((part, [c for c in kept if c != part]) for part in kept)
        found = join(*(self._inner(part, others, join, at) for part, others in inner))
        found = _weakened(found) if join is sp.Or else found
        # What became shorter may now say what another part says.
        changed = found != condition and isinstance(found, (sp.And, sp.Or))
        return self._without_idle_parts(found, at) if changed else found

    def _inner(self, part: Boolean, others: Sequence[Boolean], join: type, at: Samples) -> Boolean:
        """A part in its context: a conjunct may assume the others, a disjunct that they fail."""
        known = [c if join is sp.And else sp.Not(c) for c in others]
        known = [c for c in known if c.is_Relational and (c.lhs - c.rhs).is_polynomial()]
        if part.is_Relational and (join is sp.Or or not _is_product(part)):
            return part
        inner = _Parts(
            Space.of(self.space, *known), self.samples.obeying(known), self.budget, self.effort
        )
        if part.is_Relational:
            return inner.lean(part, at.obeying(known))
        return inner.short(part, at.obeying(known))

    def lean(self, relation: Boolean, at: Samples) -> Boolean:
        """The sign of a product without the factors whose sign is known here."""
        left, negative = [], False
        for factor in relation.lhs.args:
            if factor.is_number:
                left.append(factor)
            elif self.proves(sp.Lt(factor, 0), at):
                negative = not negative
            elif not self.proves(sp.Gt(factor, 0), at):
                left.append(factor)
        if len(left) == len(relation.lhs.args):
            return relation
        rest = sp.Mul(*left)
        return sided(-rest if negative else rest, relation.func)


def _weakened(condition: Boolean) -> Boolean:
    """A strict inequality or its equation are one weak inequality."""
    parts = sp.Or.make_args(condition)
    strict = {_gap(c): c for c in parts if isinstance(c, (sp.Gt, sp.Lt))}
    gone: list[Boolean] = []
    weak: list[Boolean] = []
    for part in (c for c in parts if isinstance(c, sp.Eq)):
        gap = sp.expand(part.lhs - part.rhs)
        twin = next((strict[g] for g in (gap, -gap) if g in strict), None)
        if twin is not None:
            gone += [part, twin]
            weak.append((sp.Ge if isinstance(twin, sp.Gt) else sp.Le)(twin.lhs, twin.rhs))
    return sp.Or(*(c for c in parts if c not in gone), *weak)


def _gap(relation: Boolean) -> Expr:
    return sp.expand(relation.gts - relation.lts)


def _is_product(relation: Boolean) -> bool:
    """Whether a relation is the sign of a product, never that of an equation between factors."""
    return bool(relation.rhs == 0 and relation.lhs.is_Mul)


@lru_cache(maxsize=8192)
def _asked(statement: Boolean, space: Space, budget: Budget) -> bool:
    return holds(statement, space, budget)


def _simplest_first(part: Boolean) -> tuple[bool, int, str]:
    return not isinstance(part, sp.Eq), sp.count_ops(part), str(part)


__all__ = ["onto_equations", "reduced", "short"]
