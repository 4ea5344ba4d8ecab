"""Symmetric games of many players with two actions, in their small form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import comb
from numbers import Integral
from typing import Any, ClassVar, Self

import sympy as sp

from gametheory_eeu import logic
from gametheory_eeu._frozen import Frozen
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.errors import ParameterError, SpaceError, UnsupportedError
from gametheory_eeu.forms.defined import check_defined
from gametheory_eeu.forms.values import check_possible
from gametheory_eeu.model import AbstractGame, Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.model.algebraic import collected
from gametheory_eeu.model.tree import mixed
from gametheory_eeu.solvers.symmetric_roots import Mix, bernstein, interior_mixes
from gametheory_eeu.space import Calibration, Space, exact, parse

EACH = "each player"
MOST_PLAYERS = 1_000
ByNumber = Mapping[str, Sequence[object] | Callable[[int], object]]


class SymmetricGame(AbstractGame):
    """Any number of equal players with two actions: payoffs by how many others take the first.

    Parameters
    ----------
    payoffs : mapping of action to payoffs
        For each of the two actions, in order, n payoffs: to one who takes it when 0, 1, …, n - 1
        of the *others* take the first action. Or a function of that number.
    players : int
        n, at least 2.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the symbols.
    title : str

    Notes
    -----
    Symmetric: any permutation of the players leaves the game as it is. A symmetric equilibrium is
    then one probability, a zero of one polynomial; a pure one is a number of players, and stands
    for every choice of who they are.

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
    """

    concepts: ClassVar[tuple[str, ...]] = ("symmetric Nash", "pure Nash")

    number: int
    payoffs: Mapping[str, tuple[Expr, ...]]
    title: str

    def __init__(
        self, payoffs: ByNumber, players: int, *, given: object = (), title: str = ""
    ) -> None:
        _check(payoffs, players)
        players = int(players)
        known = Space.of(given)
        names = {s.name: s for s in known.symbols}
        table = {}
        for action, values in payoffs.items():
            if not callable(values) and not isinstance(values, Iterable):
                raise ParameterError(f"payoffs[{action!r}]", values, f"{players} payoffs")
            row = [values(k) for k in range(players)] if callable(values) else list(values)
            if len(row) != players:
                raise ParameterError(f"payoffs[{action!r}]", row, f"{players} payoffs")
            entries = []
            for k, value in enumerate(row):
                if isinstance(value, str):
                    names |= {s.name: s for s in parse(value, known=names).free_symbols}
                entries.append(exact(value, f"payoff of {action} against {k}", names))
                names |= {s.name: s for s in entries[-1].free_symbols}
            table[action] = tuple(entries)
        self._build(players, Frozen(table), Space.of(known, symbols=names.values()), title)

    def _build(
        self, number: int, payoffs: Mapping[str, tuple[Expr, ...]], space: Space, title: str
    ) -> None:
        self.__dict__.update(number=number, payoffs=payoffs, _space=space, title=title)

    @property
    def players(self) -> tuple[str, ...]:
        """All in one: each player is like the others."""
        return (EACH,)

    @property
    def actions(self) -> tuple[str, str]:
        """The two actions, in order."""
        first, second = self.payoffs
        return first, second

    @property
    def space(self) -> Space:
        """The symbols of the payoffs and what is known of them."""
        found: Space = self.__dict__["_space"]
        return found

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols that are left."""
        return self.space.symbols

    def at(self, calibration: Calibration | None = None, /, **values: object) -> Self:
        """The same game with values for some of its symbols."""
        if calibration is not None:
            values = {name: calibration[name] for name in calibration} | values
        point = self.space.point(dict(values.items()))
        space = self.space.subs(point)
        if space.empty.verdict == "proved":
            shown = ", ".join(f"{symbol} = {value}" for symbol, value in point.items())
            raise SpaceError(f"{shown} contradicts what is known of the symbols: {self.space}")
        game = object.__new__(type(self))
        at = {a: tuple(v.xreplace(point) for v in row) for a, row in self.payoffs.items()}
        game._build(self.number, Frozen(at), space, self.title)
        return game

    def worth(self, action: str, mix: Mapping[str, Expr]) -> Expr:
        """What an action brings when each of the others plays the mix."""
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

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every symmetric equilibrium, or every pure one by the number of players at each action.

        Each pure equilibrium with k players at the first action stands for C(n, k) of them. Mixed
        ones are numbered where there are several, in numbers by increasing probability; see
        :meth:`EquilibriumSet.families_at`.

        Raises
        ------
        SpaceError
            What is given of the symbols contradicts itself.
        DoesNotExistError
            A payoff is not a real number on all of the space.
        """
        concept = self._concept(concept)
        check_possible(self.space)
        rows = self.payoffs.items()
        named = ((f"payoff of {a} against {k}", v) for a, row in rows for k, v in enumerate(row))
        check_defined(named, self.space)
        if concept == "pure Nash":
            why = "every number of players was looked at"
            return EquilibriumSet(
                tuple(self._by_number()), self, concept, "enumeration of numbers", sp.true, why
            )
        return self._symmetric()

    def _symmetric(self) -> EquilibriumSet:
        first, second = self.actions
        gains = self._gains
        found = [
            self._all(first, sp.Ge(gains[-1], 0)),
            self._all(second, sp.Le(gains[0], 0)),
        ]
        why, complete = "every zero of the polynomial of gains was found", sp.true
        try:
            mixes = list(interior_mixes(gains))
        except UnsupportedError as error:
            mixes, complete, why = [], sp.false, str(error)
        exactly = all(mix.radius == 0 for mix in mixes)
        kept = [e for e in found if e.condition != sp.false]
        mixing = [e for e in map(self._mixing, mixes) if e.condition != sp.false]
        isolated = [e for e in mixing if not e.free]
        numbered = {
            e: f"{e.name} ({k + 1})" if len(isolated) > 1 else e.name
            for k, e in enumerate(isolated)
        }
        kept += [replace(e, name=numbered.get(e, e.name)) for e in mixing]
        method = "the zeros of one polynomial in one probability"
        return EquilibriumSet(tuple(kept), self, "symmetric Nash", method, complete, why, exactly)

    @property
    def _gains(self) -> list[Expr]:
        """What the first action brings more than the second, by the number of others at it."""
        first, second = self.actions
        pairs = zip(self.payoffs[first], self.payoffs[second], strict=True)
        return [sp.expand(a - b) for a, b in pairs]

    def _all(self, action: str, owed: Any) -> Equilibrium:
        mix = {a: sp.Integer(int(a == action)) for a in self.actions}
        return self._equilibrium(action, mix, logic.simplify(owed, self.space))

    def _mixing(self, mix: Mix) -> Equilibrium:
        first, second = self.actions
        chances = {first: mix.first, second: mix.second}
        condition = logic.simplify(mix.condition, self.space)
        name = f"{first} + {second}{' (any)' if mix.free else ''}"
        found = self._equilibrium(name, chances, condition, mix.free)
        if mix.radius == 0:
            return found
        note = f"a true equilibrium lies within {float(mix.radius):.1e} of each probability"
        return replace(found, radius=mix.radius, note=note)

    def _equilibrium(
        self, name: str, mix: dict[str, Expr], condition: Any, free: tuple[Symbol, ...] = ()
    ) -> Equilibrium:
        where = sp.And(*(sp.And(p > 0, p < 1) for p in free))
        payoffs = {EACH: self.payoff({EACH: mix})}
        return Equilibrium(
            name, {EACH: mix}, payoffs, condition, "Nash", free=free, where=where, game=self
        )

    def _by_number(self) -> Iterator[Equilibrium]:
        first, second = self.actions
        for k in range(self.number + 1):
            owed = logic.simplify(self._stays(k), self.space)
            if owed == sp.false:
                continue
            groups = {first: k, second: self.number - k}
            profile = {
                _group(count, a): {b: sp.Integer(int(a == b)) for b in self.actions}
                for a, count in groups.items()
                if count
            }
            payoffs = {_group(c, a): self._paid(a, k) for a, c in groups.items() if c}
            name = ", ".join(_group(count, a) for a, count in groups.items() if count)
            note = f"stands for {comb(self.number, k)} equilibria: any {k} of {self.number}"
            yield Equilibrium(name, profile, payoffs, owed, "Nash", note=note, game=self)

    def _paid(self, action: str, k: int) -> Expr:
        """The payoff at an action when k players in all take the first."""
        return self.payoffs[action][k - int(action == self.actions[0])]

    def _stays(self, k: int) -> Any:
        gains = self._gains
        leave = sp.true if k == 0 else sp.Ge(gains[k - 1], 0)
        enter = sp.true if k == self.number else sp.Le(gains[k], 0)
        return sp.And(leave, enter)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """A distribution, and no player of either group gains by the other action."""
        if EACH in equilibrium.profile:
            return tuple(self._owed_by_each(equilibrium.profile[EACH], self._slack(equilibrium)))
        return tuple(self._owed_by_groups(equilibrium))

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
        return 4 * self.number * largest * equilibrium.radius

    def _owed_by_groups(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        first, second = self.actions
        at = {a: count for key in equilibrium.profile for count, a in [_read(key)]}
        k = at.get(first, 0)
        for own, other, others in ((first, second, k - 1), (second, first, k)):
            if at.get(own):
                gain = self.payoffs[other][others] - self.payoffs[own][others]
                where = f"those who {own}: {other} gains nothing"
                yield Obligation(where, sp.Le(sp.expand(gain), 0))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a game is frozen; build a new one")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SymmetricGame) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        return self.number, tuple(self.payoffs.items()), self.space

    def __repr__(self) -> str:
        return f"<symmetric game of {self.number} players with the actions {self.actions}>"


def _group(count: int, action: str) -> str:
    return f"{count} {action}"


def _read(group: str) -> tuple[int, str]:
    count, action = group.split(" ", 1)
    return int(count), action


def _check(payoffs: object, players: object) -> None:
    if not isinstance(payoffs, Mapping) or len(payoffs) != 2:
        raise ParameterError("payoffs", payoffs, "a mapping of two actions to their payoffs")
    if isinstance(players, bool) or not isinstance(players, Integral) or int(players) < 2:
        raise ParameterError("players", players, "a whole number of at least 2")
    if int(players) > MOST_PLAYERS:
        raise ParameterError("players", players, f"at most {MOST_PLAYERS} players")


__all__ = ["EACH", "SymmetricGame"]
