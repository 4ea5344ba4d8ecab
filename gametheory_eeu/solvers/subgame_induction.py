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
from gametheory_eeu.model.subgames import subgame_roots, truncate
from gametheory_eeu.model.tree import Node, children, expected_payoff, players_of
from gametheory_eeu.solvers.behaviour_supports import SupportSearch
from gametheory_eeu.solvers.indifference import SolutionFamily, existence_condition
from gametheory_eeu.solvers.information_set_values import SearchCounts, SymbolFactory
from gametheory_eeu.solvers.polynomial_zeros import canonical_form
from gametheory_eeu.solvers.support_systems import AssessmentFamily, Concept

MAX_FAMILIES = 5_000
"""Families of a subgame before a tree is called too large."""
BehaviourProfile = Mapping[str, Mapping[str, Expr]]


@dataclass(frozen=True)
class SubgameFamily:
    """A family of equilibria of a subgame.

    ``condition`` is exact, and None where it was not found: then the family may have no member
    where ``family.condition`` holds, and has none elsewhere.
    """

    family: SolutionFamily
    profile: BehaviourProfile
    beliefs: BehaviourProfile
    payoffs: Mapping[str, Expr]
    condition: Boolean | None = field(default=None)


def subgame_equilibria(root: Node, space: Space, demand: Concept) -> tuple[SubgameFamily, ...]:
    """Every equilibrium that induces an equilibrium in each subgame.

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
    starts = {id(start): start for start in subgame_roots(root)}
    return tuple(_Induction(space, demand, starts, SymbolFactory(space)).solutions(root))


def nash_equilibria(root: Node, space: Space) -> tuple[SubgameFamily, ...]:
    """Every Nash equilibrium: the tree taken as a single game."""
    return tuple(_Induction(space, "Nash", {id(root): root}, SymbolFactory(space)).solutions(root))


@dataclass(frozen=True)
class _Induction:
    """Backward induction over subgames, whose roots are kept by id."""

    space: Space
    demand: Concept
    starts: Mapping[int, Node]
    symbols: SymbolFactory
    work: SearchCounts = field(default_factory=SearchCounts)

    def solutions(self, start: Node) -> list[SubgameFamily]:
        """Every family of a subgame, with those below it."""
        nodes = _next_starts(start, self.starts)
        results: list[SubgameFamily] = []
        for parts, joint in _compatible_families(
            [self.solutions(node) for node in nodes], self.space
        ):
            values = {id(n): p.payoffs for n, p in zip(nodes, parts, strict=True)}
            for assessment in self._search(truncate(start, values), joint).run():
                family = _combine(assessment, parts, joint, start, self.space)
                if family.condition != sp.false:
                    results.append(family)
                    _check_count(len(results))
        return results

    def _search(self, tree: Node, joint: SolutionFamily) -> SupportSearch:
        return SupportSearch(tree, self.space, joint, self.symbols, self.demand, self.work)


def _compatible_families(
    subgame_families: Sequence[Sequence[SubgameFamily]], space: Space
) -> Iterator[tuple[tuple[SubgameFamily, ...], SolutionFamily]]:
    """Combinations of one family of each subgame that can exist at the same parameters."""
    _check_count(prod(map(len, _independent_subgames(subgame_families))))
    combinations: list[tuple[SubgameFamily, ...]] = [()]
    for k, families in enumerate(subgame_families):
        combinations = [(*old, new) for old in combinations for new in families]
        if k:
            combinations = [p for p in combinations if _is_possible(p, space)]
        _check_count(len(combinations))
    for parts in combinations:
        yield parts, _joint_family(parts)


def _independent_subgames(
    subgame_families: Sequence[Sequence[SubgameFamily]],
) -> list[Sequence[SubgameFamily]]:
    """Subgames whose conditions share no symbol with those of any other."""
    symbols = [
        set().union(*(g.free_symbols for s in families for g in s.family.given))
        for families in subgame_families
    ]
    return [
        families
        for k, families in enumerate(subgame_families)
        if all(
            symbols[k].isdisjoint(other_symbols)
            for n, other_symbols in enumerate(symbols)
            if n != k
        )
    ]


def _is_possible(parts: tuple[SubgameFamily, ...], space: Space) -> bool:
    given = dict.fromkeys(g for part in parts for g in part.family.given)
    return not given or prover.simplify(sp.And(*given), space) != sp.false


def _check_count(families: int) -> None:
    if families > MAX_FAMILIES:
        raise TooLargeError(
            f"the subgames have {families} or more families of equilibria together, above the "
            f"limit of {MAX_FAMILIES}: many moves are tied, or turn on parameters of their own; "
            "give values that break ties, or solve the subgames by themselves (game.subgames)"
        )


def _next_starts(start: Node, starts: Mapping[int, Node]) -> list[Node]:
    """The roots of the next subgames below a node."""
    nodes: list[Node] = []
    for child in children(start):
        nodes += [child] if id(child) in starts else _next_starts(child, starts)
    return nodes


def _joint_family(parts: tuple[SubgameFamily, ...]) -> SolutionFamily:
    families = [part.family for part in parts]
    return SolutionFamily(
        free=tuple(s for f in families for s in f.free),
        where=tuple(a for f in families for a in f.where),
        given=tuple(dict.fromkeys(g for f in families for g in f.given)),
        open=tuple(e for f in families for e in f.open),
    )


def _combine(
    assessment: AssessmentFamily,
    parts: tuple[SubgameFamily, ...],
    joint: SolutionFamily,
    start: Node,
    space: Space,
) -> SubgameFamily:
    """The family combined with those of the next subgames, conditions simplified."""
    profile = _merge_profiles(assessment, assessment.profile, *(p.profile for p in parts))
    beliefs = _merge_profiles(assessment, assessment.beliefs, *(p.beliefs for p in parts))
    given = dict.fromkeys((*joint.given, *assessment.family.given))
    condition = prover.simplify(sp.And(*given), space)
    conjuncts = condition.args if isinstance(condition, sp.And) else (condition,)
    family = replace(
        assessment.family,
        given=conjuncts,
        open=(*joint.open, *assessment.family.open),
    )
    payoffs = {p: canonical_form(expected_payoff(start, profile, p)) for p in players_of(start)}
    existence = sp.false if condition == sp.false else existence_condition(family, space)
    if existence is not None:
        existence = prover.simplify(existence, space)
    return SubgameFamily(family, profile, beliefs, payoffs, existence)


def _merge_profiles(
    assessment: AssessmentFamily, *parts: BehaviourProfile
) -> dict[str, dict[str, Expr]]:
    values = assessment.family.values
    return {
        name: {
            key: assessment.back_substitution(value.xreplace(values)) for key, value in mix.items()
        }
        for part in parts
        for name, mix in part.items()
    }
