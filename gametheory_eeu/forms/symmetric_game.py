"""Symmetric games of many players, in their small form: payoffs by counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core import exact, put
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.core.size_limits import SYMBOLS, SYMBOLS_WHEN_PURE
from gametheory_eeu.forms.count_payoffs import Row, Written, read_payoffs
from gametheory_eeu.forms.game_form import Form
from gametheory_eeu.forms.symmetric_increments import increments
from gametheory_eeu.forms.symmetric_mixed import EACH, symmetric_equilibria
from gametheory_eeu.forms.symmetric_pure import owed_by_groups, pure_equilibria
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Increment, Obligation
from gametheory_eeu.model.algebraic_numbers import collected
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.solvers.compositions import Counts, compositions
from gametheory_eeu.solvers.expected_counts import expected
from gametheory_eeu.solvers.symmetric_roots import bernstein


class SymmetricGame(Form):
    """Any number of equal players: payoffs by how many of the others take each action.

    Parameters
    ----------
    payoffs : mapping of action to payoffs
        With two actions, for each n payoffs: to one who takes it when 0, 1, …, n - 1 of the
        *others* take the first action; or a function of that number. With more, a function of the
        others' counts, a tuple in the order of the actions that sums to n - 1; or a mapping of such
        tuples to payoffs; or the payoffs in the order of ``counts``.
    players : int
        n, at least 2.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the symbols.
    title : str

    Raises
    ------
    ParameterError
        Payoffs that are missing, or no numbers.
    TooLargeError
        More than 20,000 payoffs.

    Notes
    -----
    Symmetric: any permutation of the players leaves the game as it is. A symmetric equilibrium is
    then one mix: with two actions a zero of one polynomial; with more, on a support of m actions
    a zero of m - 1 polynomials of degree n - 1. A pure one is a number of players at each
    action, and stands for every choice of who they are.

    Examples
    --------
    The volunteer's dilemma (Diekmann 1985): a hundred could help, one is enough.

    >>> game = SymmetricGame(
    ...     {"help": lambda others: "u - k", "wait": lambda others: "u" if others else 0},
    ...     players=100, given=["0 < k", "k < u"])
    >>> game.solve()["help + wait"].profile["each player"]["wait"]
    (k/u)**(1/99)
    >>> game.solve("pure Nash").names
    ('1 help, 99 wait',)

    Three roads, each as slow as it has drivers (Rosenthal 1973), the last with a toll:

    >>> roads = SymmetricGame(
    ...     {road: lambda others, k=k: f"-{others[k] + 1} - {'t' if k == 2 else 0}"
    ...      for k, road in enumerate(["A", "B", "C"])},
    ...     players=4, given=["0 <= t", "t < 1"])
    >>> roads.solve()["A + B + C"].profile["each player"]["C"]
    1/3 - 2*t/9
    """

    concepts: ClassVar[tuple[str, ...]] = ("symmetric Nash", "pure Nash")

    number: int
    payoffs: Mapping[str, Row]

    def __init__(
        self, payoffs: Written, players: int, *, given: object = (), title: str = ""
    ) -> None:
        number, table, space = read_payoffs(payoffs, players, given)
        self._keep(space, title, number=number, payoffs=table)

    @property
    def players(self) -> tuple[str, ...]:
        """All in one: each player is like the others."""
        return (EACH,)

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions, in order."""
        return tuple(self.payoffs)

    @cached_property
    def counts(self) -> tuple[Counts, ...]:
        """How the others may part among the actions, in the order of each action's payoffs."""
        return tuple(compositions(self.number - 1, len(self.payoffs)))

    @cached_property
    def in_numbers(self) -> bool:
        """Whether every payoff is a rational number."""
        return all(value.is_Rational for row in self.payoffs.values() for value in row)

    @cached_property
    def _by_counts(self) -> Mapping[str, Mapping[Counts, Expr]]:
        rows = self.payoffs.items()
        return Frozen({a: Frozen(dict(zip(self.counts, row, strict=True))) for a, row in rows})

    def by_counts(self, action: str) -> Mapping[Counts, Expr]:
        """What an action pays, by how many of the others take each action.

        Examples
        --------
        >>> SymmetricGame({"a": [0, 2], "b": [1, 0]}, players=2).by_counts("a")
        {(0, 1): 0, (1, 0): 2}
        """
        return self._by_counts[arg.one_of("action", action, self.actions)]

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        at = {a: tuple(put(v, point) for v in row) for a, row in self.payoffs.items()}
        return {"number": self.number, "payoffs": Frozen(at)}

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        two = len(self.actions) == 2
        for action, row in self.payoffs.items():
            for counts, value in zip(self.counts, row, strict=True):
                yield f"payoff of {action} against {counts[0] if two else counts}", value

    @arg.checks(mix=arg.mapping)
    def worth(self, action: str, mix: Mapping[str, Expr]) -> Expr:
        """What an action brings when each of the others plays the mix."""
        arg.one_of("action", action, self.actions)
        mix = {a: p if isinstance(p := mix.get(a, 0), sp.Basic) else exact(p, a)
               for a in self.actions}  # fmt: skip
        if len(self.actions) > 2:
            chances = [sp.sympify(mix.get(a, 0)) for a in self.actions]
            return collected(expected(self.by_counts(action), chances))
        row, (first, second) = self.payoffs[action], self.actions
        forward, backward = bernstein(row), bernstein(list(reversed(row)))
        few = sum(c != 0 for c in forward) <= sum(c != 0 for c in backward)
        coefficients, chance = (forward, mix[first]) if few else (backward, mix[second])
        return collected(sp.Add(*(c * chance**j for j, c in enumerate(coefficients))))

    def payoff(self, profile: Mapping[str, Any], player: str = EACH) -> Expr:
        """The expected payoff of each when all play the same mix."""
        self._check_player(player)
        mix = mixed(EACH, profile.get(EACH), self.actions)
        return collected(sp.Add(*(c * self.worth(a, mix) for a, c in mix.items() if c != 0)))

    @property
    def gains(self) -> list[Expr]:
        """What the first action brings more than the second, in the order of ``counts``."""
        first, second, *_ = self.payoffs.values()
        return [sp.expand(a - b) for a, b in zip(first, second, strict=True)]

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every symmetric equilibrium, or every pure one by the number of players at each action.

        A pure equilibrium with n_1, n_2, … players at the actions stands for n!/(n_1! n_2! …).
        Mixed ones are numbered where there are several, in numbers by increasing probability; see
        ``EquilibriumSet.families_at``.
        With more than two actions symmetric ones are found support by support: in numbers
        exactly, or enclosed; with symbols where the equations have a closed form. Where that is
        not so, ``complete_where`` is false and ``why`` names the support.

        Raises
        ------
        TooLargeError
            Equations with too many terms, or too many splits with symbols.
        SpaceError
            What is given of the symbols contradicts itself.
        DoesNotExistError
            A payoff is not a real number on all of the space.
        """
        concept = self._concept(concept)
        self._check_solvable(SYMBOLS_WHEN_PURE if concept == "pure Nash" else SYMBOLS)
        return pure_equilibria(self) if concept == "pure Nash" else symmetric_equilibria(self)

    def increments(self) -> Iterator[Increment]:
        """What each next action, in order, gains a player, by what the others take.

        Raises
        ------
        TooLargeError
            Too many to go through.
        """
        return increments(self)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """A distribution, and no player of any group gains by another action."""
        if EACH in equilibrium.profile:
            return tuple(self._owed_by_each(equilibrium.profile[EACH], self._slack(equilibrium)))
        return tuple(owed_by_groups(self, equilibrium))

    def _owed_by_each(self, mix: Mapping[str, Expr], slack: Expr) -> Iterator[Obligation]:
        whole = sp.And(sp.Eq(sp.Add(*mix.values()), 1), *(sp.Ge(p, 0) for p in mix.values()))
        yield Obligation(f"{EACH}: the strategy is a probability distribution", whole)
        reached = self.payoff({EACH: mix})
        for action in self.actions:
            gain = collected(self.worth(action, mix) - reached)
            yield Obligation(f"{EACH}: {action} gains nothing", sp.Le(gain, slack))

    def _slack(self, equilibrium: Equilibrium) -> Expr:
        """What the enclosure's radius can make of a gain of zero."""
        if equilibrium.radius == 0:
            return sp.Integer(0)
        largest = max(abs(v) for row in self.payoffs.values() for v in row)
        return 2 * len(self.actions) * self.number * largest * equilibrium.radius

    def _parts(self) -> tuple[object, ...]:
        return self.number, tuple(self.payoffs.items())

    def __repr__(self) -> str:
        return f"<symmetric game of {self.number} players with the actions {self.actions}>"


__all__ = ["EACH", "SymmetricGame"]
