"""Best choices joined where they are one: at ends and breakpoints that meet, and in continua."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space
from gametheory_eeu.core.rational_forms import factorization
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.prover.proof_search import is_supported
from gametheory_eeu.solvers.continuation import Continuation
from gametheory_eeu.solvers.readable import simplify_condition


def joined_choices(
    continuations: Iterable[Continuation], x: Symbol, space: Space
) -> list[Continuation]:
    """The best choices of a number, those with the same play and the same values as one."""
    isolated: list[Continuation] = []
    families: list[Continuation] = []
    for item in continuations:
        if x in item.free:
            families = [f for f in families if not _is_within(f, item, x, space)]
            if not any(_is_within(item, f, x, space) for f in families):
                families.append(item)
            continue
        for k, known in enumerate(isolated):
            joined = _joined(known, item, space) or _joined(item, known, space)
            if joined is not None:
                isolated[k] = joined
                break
        else:
            isolated.append(item)
    for item in list(isolated):
        for k, family in enumerate(families):
            wider = _with_point(family, item, x, space)
            if wider is not None:
                families[k] = wider
                isolated.remove(item)
                break
    return isolated + families


def _joined(known: Continuation, item: Continuation, space: Space) -> Continuation | None:
    """One choice with the values of the first, if they are those of the second where it holds."""
    steps = _common_steps(known, item)
    if steps is None or known.free != item.free or known.where != item.where:
        return None
    if not _agree(known, item, Space.of(space, item.condition)):
        return None
    condition = simplify_condition(sp.Or(known.condition, item.condition), space)
    return replace(known, condition=condition, steps=steps)


def _common_steps(
    known: Continuation, item: Continuation
) -> FrozenMapping[str, tuple[str, ...]] | None:
    """The play of both, what is played with probability zero left out; None if it differs."""
    if known.steps.keys() != item.steps.keys():
        return None
    result: dict[str, tuple[str, ...]] = {}
    for name, labels in known.steps.items():
        others = item.steps[name]
        if set(labels) <= set(others):
            result[name] = labels
        elif set(others) <= set(labels):
            result[name] = others
        else:
            return None
    return FrozenMapping(result)


def _agree(known: Continuation, item: Continuation, space: Space) -> bool:
    """Whether values and payoffs are the same on a space."""
    if known.choices.keys() != item.choices.keys():
        return False
    pairs = [(known.choices[name], value) for name, value in item.choices.items()]
    pairs += [(known.payoffs[player], value) for player, value in item.payoffs.items()]
    gaps = [a - b for a, b in pairs if a != b]
    return all(is_supported(sp.Eq(factorization(gap), 0), space) for gap in gaps)


def _with_point(
    family: Continuation, item: Continuation, x: Symbol, space: Space
) -> Continuation | None:
    """The family with an end added that is a best choice wherever the family is; None if not so."""
    if _common_steps(family, item) is None:
        return None
    value = item.choices[x.name]
    at_value = family.at({x: value})
    if not _agree(at_value, replace(item, where=at_value.where), Space.of(space, item.condition)):
        return None
    relations = sp.And.make_args(family.where)
    strict = [r for r in relations if isinstance(r, (sp.Gt, sp.Lt))]
    at_end = [r for r in strict if _vanishes(r, x, value)]
    within = Space.of(space, family.condition, symbols=(x,))
    for ends in (at_end, strict):
        weak = {r: sp.Ge(r.gts, r.lts) for r in ends}
        where = sp.And(*(weak.get(r, r) for r in relations))
        added = Space.of(within, where, sp.Not(family.where))
        is_covered = is_supported(
            sp.Implies(item.condition, sp.And(family.condition, where.xreplace({x: value}))), space
        )
        if is_covered and is_supported(sp.And(sp.Eq(x, value), item.condition), added):
            return replace(family, where=where)
    return None


def _is_within(inner: Continuation, outer: Continuation, x: Symbol, space: Space) -> bool:
    """Whether a continuum of best choices is part of another."""
    if _common_steps(outer, inner) is None:
        return False
    within = Space.of(space, inner.condition, inner.where, symbols=(x,))
    return _agree(outer, inner, within) and is_supported(
        sp.And(outer.condition, outer.where), within
    )


def _vanishes(relation: Boolean, x: Symbol, value: Expr) -> bool:
    return bool(sp.simplify((relation.gts - relation.lts).xreplace({x: value})) == 0)


__all__ = ["joined_choices"]
