"""Equilibria of a tree by induction on its subgames, ties and continua included.

Every subgame is solved with the next ones replaced by what each of their equilibria is worth
(Selten 1965, 1975). A profile is subgame perfect exactly if it is Nash in each such truncation
given what it plays below; the same holds of perfect Bayesian equilibria that obey Bayes' rule in
every subgame.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.subgames import subgames, truncated
from gametheory_eeu.model.tree import Node, children, players_of, value
from gametheory_eeu.solvers.behaviour_supports import Assessed, SupportSearch
from gametheory_eeu.solvers.indifference import Family, exists_where
from gametheory_eeu.space import Space

MOST_FAMILIES = 5_000
"""Families of a subgame before a tree is called too large."""
Mixes = Mapping[str, Mapping[str, Expr]]


@dataclass(frozen=True)
class Solved:
    """A family of equilibria of a subgame.

    ``condition`` is exact, and None where it was not found: then the family may have no member
    where ``family.condition`` holds, and has none elsewhere.
    """

    family: Family
    profile: Mixes
    beliefs: Mixes
    worth: Mapping[str, Expr]
    condition: Boolean | None = field(default=None)


def by_subgames(root: Node, space: Space, *, perfect: bool) -> tuple[Solved, ...]:
    """Every equilibrium that is one in each subgame.

    Parameters
    ----------
    root : Node
    space : Space
        Of the parameters in payoffs and probabilities.
    perfect : bool
        Perfect Bayesian; otherwise subgame perfect.

    Raises
    ------
    TooLargeError
    """
    starts = {id(start): start for start in subgames(root)}
    return tuple(_solved(root, starts, space, perfect=perfect))


def as_one(root: Node, space: Space) -> tuple[Solved, ...]:
    """Every Nash equilibrium: the tree taken as a single game."""
    return tuple(_solved(root, {id(root): root}, space, perfect=False))


def _solved(
    start: Node, starts: Mapping[int, Node], space: Space, *, perfect: bool
) -> list[Solved]:
    below = [_solved(node, starts, space, perfect=perfect) for node in _next(start, starts)]
    found: list[Solved] = []
    for parts in product(*below):
        joint = _joint(parts)
        if len(parts) > 1 and logic.simplify(joint.condition, space) == sp.false:
            continue
        ends = {id(n): p.worth for n, p in zip(_next(start, starts), parts, strict=True)}
        tree = truncated(start, ends)
        for one in SupportSearch(tree, space, joint, perfect=perfect).run():
            settled = _settled(one, parts, joint, start, space)
            if settled.condition != sp.false:
                found.append(settled)
        if len(found) > MOST_FAMILIES:
            raise TooLargeError(
                f"a subgame has more than {MOST_FAMILIES} families of equilibria, so many of its "
                "moves are tied; give values that break ties, or cut the tree"
            )
    return found


def _next(start: Node, starts: Mapping[int, Node]) -> list[Node]:
    """Where the next subgames below a node start."""
    found: list[Node] = []
    for child in children(start):
        found += [child] if id(child) in starts else _next(child, starts)
    return found


def _joint(parts: tuple[Solved, ...]) -> Family:
    families = [part.family for part in parts]
    return Family(
        free=tuple(s for f in families for s in f.free),
        where=tuple(a for f in families for a in f.where),
        given=tuple(dict.fromkeys(g for f in families for g in f.given)),
        open=tuple(e for f in families for e in f.open),
    )


def _settled(
    one: Assessed, parts: tuple[Solved, ...], joint: Family, start: Node, space: Space
) -> Solved:
    """The family with those below it; conditions simplified, impossible ones false."""
    at = one.family.values
    profile = _merged(at, one.profile, *(p.profile for p in parts))
    beliefs = _merged(at, one.beliefs, *(p.beliefs for p in parts))
    given = dict.fromkeys((*joint.given, *one.family.given))
    simple = logic.simplify(sp.And(*given), space)
    kept = simple.args if isinstance(simple, sp.And) else (simple,)
    family = replace(
        one.family,
        given=tuple(c for c in kept if c != sp.true),
        open=(*joint.open, *one.family.open),
    )
    worth = {p: sp.expand(value(start, profile, p)) for p in players_of(start)}
    exact = sp.false if simple == sp.false else exists_where(family, space)
    if exact is not None:
        exact = logic.simplify(exact, space)
    return Solved(family, profile, beliefs, worth, exact)


def _merged(at: Mapping[Expr, Expr], *parts: Mixes) -> dict[str, dict[str, Expr]]:
    return {
        name: {key: value.xreplace(at) for key, value in mix.items()}
        for part in parts
        for name, mix in part.items()
    }


__all__ = ["Solved", "as_one", "by_subgames"]
