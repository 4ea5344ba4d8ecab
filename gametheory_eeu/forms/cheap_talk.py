"""Games of cheap talk: a sender knows a state, a receiver hears a message and acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Space, exact, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms.any_steps import AnySteps
from gametheory_eeu.forms.choice_input import ChoiceInput, read_ranges, symbols_in
from gametheory_eeu.forms.game_form import GameForm
from gametheory_eeu.forms.payoff_arrays import check_nonempty
from gametheory_eeu.model import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.solvers.interval_messages import IntervalMessages, Steps
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.readable import simplify_value

MAX_MESSAGES = 12
_METHOD = "intervals of states, the sender indifferent at each cut-off"
_WHY = (
    "the states that prefer one action to another lie on one side of a cut-off, and the best "
    "action for an interval is unique, so that every equilibrium leads to the actions of one of "
    "these; which message stands for which interval is open"
)


class CheapTalk(GameForm):
    """A sender who knows a state sends one of some messages; a receiver who hears it acts.

    Talk costs nothing. The state is uniform on an interval, the action any real number.

    Parameters
    ----------
    sender, receiver : payoffs
        Text or SymPy expressions in the state, the action and parameters.
    state : range
        Names the state and its interval: ``"0 <= s <= 1"``.
    action : str or SymPy symbol
    messages : int
        How many messages there are, from 1 to 12.
    given : Space, SymPy Boolean, str, or lists of them
        What is known of the parameters.
    title : str

    Raises
    ------
    ParameterError
        A state without two ends, an action that no payoff contains, too many messages.

    Notes
    -----
    Solved are payoffs of degree two in the action, strictly concave in it, and such that a higher
    state is reason for a higher action: all equilibria, up to the messages' names. The k-th step
    is the interval from the cut-off k - 1 to the cut-off k, to which the receiver replies with the
    k-th action (Crawford and Sobel 1982). Messages left over are taken for one of these.

    Examples
    --------
    A sender who wants an action higher by b than the receiver does:

    >>> game = CheapTalk("-(y - s - b)**2", "-(y - s)**2", state="0 <= s <= 1", action="y",
    ...                  messages=3, given="b > 0")
    >>> for equilibrium in game.solve():
    ...     print(equilibrium.name, "|", equilibrium.condition, "|", equilibrium.choices)
    1 step | True | {'y_1': 1/2}
    2 steps | b < 1/4 | {'s_1': 1/2 - 2*b, 'y_1': 1/4 - b, 'y_2': 3/4 - b}
    3 steps | b < 1/12 | {'s_1': 1/3 - 4*b, 's_2': 2/3 - 4*b, 'y_1': 1/6 - 2*b, 'y_2': 1/2 - 4*b, 'y_3': 5/6 - 2*b}
    """  # noqa: E501

    sender: Expr
    receiver: Expr
    state: ChoiceRange
    action: Symbol
    messages: int

    concepts = ("perfect Bayesian",)

    def __init__(
        self,
        sender: object,
        receiver: object,
        *,
        state: ChoiceInput,
        action: str | Symbol,
        messages: int = 2,
        given: object = (),
        title: str = "",
    ) -> None:
        count = arg.integer("messages", messages, 1)
        if count > MAX_MESSAGES:
            raise ParameterError(
                "messages", messages, f"a whole number from 1 to {MAX_MESSAGES}",
                'Read .any_steps("N") for a number that is a symbol',
            )  # fmt: skip
        choices: dict[str, ChoiceInput] = {"state": state, "action": action}
        symbols = symbols_in([sender, receiver], choices, given)
        payoffs = [exact(v, f"payoff of {p}", symbols)
                   for p, v in (("sender", sender), ("receiver", receiver))]  # fmt: skip
        symbols |= {s.name: s for v in payoffs for s in v.free_symbols}
        ranges = read_ranges(choices, symbols)
        known, own = (self._single(name, group) for name, group in ranges.items())
        if not (known.has_low and known.has_high):
            raise ParameterError("state", str(known), "an interval with its ends: '0 <= s <= 1'")
        if (own.low, own.high) != (-sp.oo, sp.oo):
            raise ParameterError("action", str(own), "a symbol alone, for any real number")
        chosen = {known.symbol, own.symbol}
        used = {s for v in payoffs for s in v.free_symbols}
        for payoff, player in zip(payoffs, self.players, strict=True):
            if own.symbol not in payoff.free_symbols:
                raise ParameterError(
                    f"payoff of {player}", payoff, f"an expression in the action {own.symbol}"
                )
        used |= known.low.free_symbols | known.high.free_symbols
        space = Space.of(given, symbols=sorted(used - chosen, key=str))
        self._check_names(given, space, chosen, [s.name for s in chosen], count)
        if prover.prove(sp.Lt(known.low, known.high), given=space).verdict != "proved":
            raise ParameterError(
                "state", str(known), "an interval with a length",
                f"Add to given= the condition {sp.Lt(known.low, known.high)}",
            )  # fmt: skip
        self._set_parts(space, title, sender=payoffs[0], receiver=payoffs[1], state=known,
                        action=own.symbol, messages=count)  # fmt: skip

    @staticmethod
    def _single(name: str, group: tuple[ChoiceRange, ...]) -> ChoiceRange:
        if len(group) != 1:
            raise ParameterError(name, list(map(str, group)), f"one {name}")
        return group[0]

    @staticmethod
    def _check_names(
        given: object, space: Space, chosen: set[Symbol], names: list[str], count: int
    ) -> None:
        if bound := chosen & set(space.symbols):
            text = ", ".join(sorted(s.name for s in bound))
            raise ParameterError("given", given, f"conditions on parameters, not on {text}")
        taken = {f"{name}_{k}" for name in names for k in range(1, count + 1)}
        if clash := taken & {s.name for s in space.symbols}:
            raise ParameterError(
                "given", ", ".join(sorted(clash)), "parameters with names of their own",
                "These names are those of cut-offs and actions; rename the parameter",
            )  # fmt: skip

    @property
    def players(self) -> tuple[str, ...]:
        """The sender and the receiver."""
        return ("sender", "receiver")

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        return {
            "sender": substitute(self.sender, point),
            "receiver": substitute(self.receiver, point),
            "state": self.state.at(point),
            "action": self.action,
            "messages": self.messages,
        }

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        yield "payoff of sender", self.sender
        yield "payoff of receiver", self.receiver

    def _payoff_symbols(self) -> set[Symbol]:
        ends = set(self.state.low.free_symbols | self.state.high.free_symbols)
        return (super()._payoff_symbols() | ends) - {self.state.symbol, self.action}

    def _parts(self) -> tuple[object, ...]:
        return self.sender, self.receiver, self.state, self.action, self.messages

    @cached_property
    def _method(self) -> IntervalMessages:
        return IntervalMessages(self.sender, self.receiver, self.state, self.action, self.space)

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The expected payoff of a player, from the cut-offs and the actions by their names."""
        self._check_player(player)
        cutoffs, actions = self._values(profile)
        ends = [self.state.low, *cutoffs, self.state.high]
        formula = self.sender if player == "sender" else self.receiver
        parts = (
            self._integral(formula.xreplace({self.action: y}), low, high)
            for low, high, y in zip(ends, ends[1:], actions, strict=False)
        )
        return simplify_value(sp.Add(*parts) / (self.state.high - self.state.low))

    def _integral(self, formula: Expr, low: Expr, high: Expr) -> Expr:
        """The integral of a formula over an interval of states."""
        return sp.integrate(sp.expand(formula), (self.state.symbol, low, high))

    def _values(self, profile: Mapping[str, Any]) -> tuple[list[Expr], list[Expr]]:
        """The cut-offs and the actions of a profile."""
        values = arg.mapping("profile", profile, "a value for every cut-off and every action")
        count = sum(str(name).startswith(f"{self.action}_") for name in values)
        cutoffs, actions = self._names(max(count, 1))
        if set(values) != {*cutoffs, *actions}:
            raise ParameterError(
                "profile", dict(values), f"values for {', '.join((*cutoffs, *actions))}"
            )
        return [exact(values[k], k) for k in cutoffs], [exact(values[k], k) for k in actions]

    def _names(self, steps: int) -> tuple[list[str], list[str]]:
        """The names of the cut-offs and of the actions."""
        cutoffs = [f"{self.state.symbol}_{k}" for k in range(1, steps)]
        return cutoffs, [f"{self.action}_{k}" for k in range(1, steps + 1)]

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every equilibrium, by the number of its steps, each with its exact condition.

        Raises
        ------
        SpaceError
            What is given of the parameters contradicts itself.
        UnsupportedError
            Payoffs of which it was not proved that messages part the states into intervals.
        """
        concept = self._concept(concept)
        self._check()
        equilibria, open_numbers = [], []
        for number in range(1, self.messages + 1):
            found = list(self._method.steps(number))
            for steps in sorted(found, key=lambda s: s is not None and len(s.free)):
                if steps is None:
                    open_numbers.append(str(number))
                else:
                    equilibria.append(self._equilibrium(number, steps, concept))
        complete, why = sp.true, _WHY
        if open_numbers:
            numbers = ", ".join(dict.fromkeys(open_numbers))
            complete, why = sp.false, f"cut-offs have no closed form here with {numbers} steps"
        return EquilibriumSet(tuple(equilibria), self, concept, _METHOD, complete, why)

    def _check(self) -> None:
        self._check_size()
        check_nonempty(self.space)
        self._method.check()

    def _equilibrium(self, number: int, steps: Steps, concept: str) -> Equilibrium:
        names = self._names(number)
        values = (steps.cutoffs, steps.actions)
        choices = {k: v for group in zip(names, values, strict=True)
                   for k, v in zip(*group, strict=True)}  # fmt: skip
        known = Space.of(self.space, steps.condition, symbols=steps.free)
        left = self.messages > number
        return Equilibrium(
            f"{number} step{'s' if number > 1 else ''}",
            {},
            {player: self.payoff(choices, player) for player in self.players},
            steps.condition,
            concept,
            free=steps.free,
            where=prover.simplify(steps.where, known),
            note="a message left over is taken for another" if left else "",
            choices=choices,
            game=self,
        )

    def any_steps(self, number: str | Symbol = "N") -> AnySteps:
        """The equilibrium of as many steps as a symbol says: cut-offs by their index.

        Raises
        ------
        ParameterError
            The name of a symbol of the game.
        UnsupportedError
            Cut-offs without constant second differences, or payoffs that are not solved.

        Examples
        --------
        >>> game = CheapTalk("-(y - s - b)**2", "-(y - s)**2", state="0 <= s <= 1", action="y",
        ...                  given="b > 0")
        >>> steps = game.any_steps("N")
        >>> steps.cutoff
        -2*N*b*k + 2*b*k**2 + k/N
        >>> from gametheory_eeu import equivalent
        >>> equivalent(steps.condition, "2*N*(N - 1)*b < 1", given=["N >= 1", "b > 0"]).verdict
        'proved'
        >>> steps.verify().verdict
        'proved'
        """
        given = arg.instance("number", number, (str, sp.Symbol), "a symbol or its name")
        name = given if isinstance(given, str) else given.name
        taken = {s.name for s in (*self.symbols, self.state.symbol, self.action)}
        if not name.isidentifier() or name in taken:
            raise ParameterError("number", name, f"a new name, none of {', '.join(sorted(taken))}")
        self._check()
        symbol = sp.Symbol(name, real=True)
        index = next(sp.Symbol(k, real=True) for k in ("k", "j", "i", "m", "index", "index_")
                     if k not in {*taken, name})  # fmt: skip
        space = Space.of(self.space, symbol >= 1)
        return AnySteps.of(self._method, symbol, index, space)

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """At every state no other message gains anything, and no other action to a message."""
        return tuple(self._obligations(equilibrium))

    def _obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        cutoffs, actions = self._values(equilibrium.choices)
        ends = [self.state.low, *cutoffs, self.state.high]
        t, z = sp.Dummy(f"{self.state.symbol}'", real=True), sp.Dummy(f"{self.action}'", real=True)
        for k, own in enumerate(actions):
            low, high = ends[k], ends[k + 1]
            yield Obligation(f"step {k + 1} has a length", sp.Lt(low, high))
            gain = self.receiver.xreplace({self.action: z}) - self.receiver.xreplace(
                {self.action: own}
            )
            yield Obligation(
                f"receiver: no other action in step {k + 1} gains anything",
                sp.Le(sp.expand(self._integral(gain, low, high)), 0),
            )
            inside = sp.And(t >= low, t <= high)
            for j, other in enumerate(actions):
                if j != k:
                    pays = [
                        self.sender.xreplace({self.action: y, self.state.symbol: t})
                        for y in (own, other)
                    ]
                    yield Obligation(
                        f"sender: in step {k + 1} the message of step {j + 1} gains nothing",
                        sp.Or(sp.Not(inside), sp.Ge(sp.expand(pays[0] - pays[1]), 0)),
                    )

    def __repr__(self) -> str:
        return f"<cheap talk about {self.state}, action {self.action}, {self.messages} messages>"


__all__ = ["CheapTalk"]
