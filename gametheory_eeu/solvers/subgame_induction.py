"""Equilibria of a tree by induction on its subgames, ties and continua included.

Every subgame is solved with the next ones replaced by what each of their equilibria is worth
(Selten 1965, 1975). A profile is subgame perfect exactly if it is Nash in each such truncation
given what it plays below; the same holds of perfect Bayesian equilibria that obey Bayes' rule in
every subgame.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import Space
from gametheory_eeu.errors import TooLargeError
from gametheory_eeu.model.algebraic_numbers import collected
from gametheory_eeu.model.subgames import subgames, truncated
from gametheory_eeu.model.tree import Node, children, players_of, value
from gametheory_eeu.solvers.behaviour_supports import Assessed, Demand, SupportSearch
from gametheory_eeu.solvers.indifference import Family, exists_where
from gametheory_eeu.solvers.information_set_values import Unknowns, Work

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


def by_subgames(root: Node, space: Space, demand: Demand) -> tuple[Solved, ...]:
    """Every equilibrium that is one in each subgame.

    Parameters
    ----------
    root : Node
    space : Space
        Of the parameters in payoffs and probabilities.
    demand : {"Nash", "perfect", "sequential"}
        Of each subgame: subgame perfect, perfect Bayesian, sequential.

    Raises
    ------
    TooLargeError
    """
    starts = {id(start): start for start in subgames(root)}
    return tuple(_Induction(space, demand, starts, Unknowns(space)).solved(root))


def as_one(root: Node, space: Space) -> tuple[Solved, ...]:
    """Every Nash equilibrium: the tree taken as a single game."""
    return tuple(_Induction(space, "Nash", {id(root): root}, Unknowns(space)).solved(root))


@dataclass(frozen=True)
class _Induction:
    """Where subgames start, by id, and what all of them share."""

    space: Space
    demand: Demand
    starts: Mapping[int, Node]
    symbols: Unknowns
    work: Work = field(default_factory=Work)

    def solved(self, start: Node) -> list[Solved]:
        """Every family of a subgame, with those below it."""
        nodes = _next(start, self.starts)
        found: list[Solved] = []
        for parts, joint in _together([self.solved(node) for node in nodes], self.space):
            ends = {id(n): p.worth for n, p in zip(nodes, parts, strict=True)}
            for one in self._search(truncated(start, ends), joint).run():
                settled = _settled(one, parts, joint, start, self.space)
                if settled.condition != sp.false:
                    found.append(settled)
                    _check(len(found))
        return found

    def _search(self, tree: Node, joint: Family) -> SupportSearch:
        return SupportSearch(tree, self.space, joint, self.symbols, self.demand, self.work)


def _together(
    below: Sequence[Sequence[Solved]], space: Space
) -> Iterator[tuple[tuple[Solved, ...], Family]]:
    """One family of each subgame, wherever there are parameters at which all of them exist."""
    _check(prod(map(len, _apart(below))))
    found: list[tuple[Solved, ...]] = [()]
    for k, own in enumerate(below):
        found = [(*old, new) for old in found for new in own]
        if k:
            found = [p for p in found if _possible(p, space)]
        _check(len(found))
    for parts in found:
        yield parts, _joint(parts)


def _apart(below: Sequence[Sequence[Solved]]) -> list[Sequence[Solved]]:
    """Subgames whose conditions share no symbol: each of their families meets each other's."""
    known = [set().union(*(g.free_symbols for s in own for g in s.family.given)) for own in below]
    return [
        own
        for k, own in enumerate(below)
        if all(known[k].isdisjoint(names) for n, names in enumerate(known) if n != k)
    ]


def _possible(parts: tuple[Solved, ...], space: Space) -> bool:
    given = dict.fromkeys(g for part in parts for g in part.family.given)
    return not given or prover.simplify(sp.And(*given), space) != sp.false


def _check(families: int) -> None:
    if families > MOST_FAMILIES:
        raise TooLargeError(
            f"the subgames have {families} or more families of equilibria together, above the "
            f"limit of {MOST_FAMILIES}: many moves are tied, or turn on parameters of their own; "
            "give values that break ties, or solve the subgames by themselves (game.subgames)"
        )


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
    profile = _merged(one, one.profile, *(p.profile for p in parts))
    beliefs = _merged(one, one.beliefs, *(p.beliefs for p in parts))
    given = dict.fromkeys((*joint.given, *one.family.given))
    simple = prover.simplify(sp.And(*given), space)
    kept = simple.args if isinstance(simple, sp.And) else (simple,)
    family = replace(
        one.family,
        given=kept,
        open=(*joint.open, *one.family.open),
    )
    worth = {p: collected(value(start, profile, p)) for p in players_of(start)}
    exact = sp.false if simple == sp.false else exists_where(family, space)
    if exact is not None:
        exact = prover.simplify(exact, space)
    return Solved(family, profile, beliefs, worth, exact)


def _merged(one: Assessed, *parts: Mixes) -> dict[str, dict[str, Expr]]:
    at = one.family.values
    return {
        name: {key: one.finish(value.xreplace(at)) for key, value in mix.items()}
        for part in parts
        for name, mix in part.items()
    }


__all__ = ["Solved", "as_one", "by_subgames"]
