"""Games of cheap talk: a sender knows a state, a receiver hears a message and acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import Displayable, FrozenMapping
from gametheory_eeu.errors import ParameterError
from gametheory_eeu.forms.choice_input import ChoiceInput, parameter_space, read_ranges, symbols_in
from gametheory_eeu.forms.game_form import GameForm, check_nonempty
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation, Verification
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
        for payoff, player in zip(payoffs, self.players, strict=True):
            if own.symbol not in payoff.free_symbols:
                raise ParameterError(
                    f"payoff of {player}", payoff, f"an expression in the action {own.symbol}"
                )
        chosen = {known.symbol, own.symbol}
        space = parameter_space(given, payoffs, [known], chosen)
        self._check_names(space, chosen, count)
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
    def _check_names(space: Space, chosen: set[Symbol], count: int) -> None:
        taken = {f"{s.name}_{k}" for s in chosen for k in range(1, count + 1)}
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
            allowed = f"values for {', '.join((*cutoffs, *actions))}"
            raise ParameterError("profile", dict(values), allowed)
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
        cutoffs, actions = self._names(number)
        values = (*steps.cutoffs, *steps.actions)
        choices = dict(zip([*cutoffs, *actions], values, strict=True))
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
            paid, other_paid = (self.receiver.xreplace({self.action: y}) for y in (own, z))
            gain = other_paid - paid
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


@dataclass(frozen=True, repr=False)
class AnySteps(Displayable):
    """Cut-offs and actions of cheap talk by their index, of any number of steps.

    Parameters
    ----------
    number, index : SymPy symbols
        Of the steps, and of one of them: from 1 to the number; cut-off 0 is the lowest state.
    cutoff, action : SymPy expressions
        In the index.
    condition : SymPy Boolean
        The equilibrium exists there and only there.
    payoffs : mapping of player to expected payoff
    space : Space
        The parameters and the number.
    method : IntervalMessages
        The payoffs that they are equilibria of.
    """

    number: Symbol
    index: Symbol
    cutoff: Expr
    action: Expr
    condition: Boolean
    payoffs: Mapping[str, Expr]
    space: Space
    method: IntervalMessages

    @classmethod
    def of(cls, method: IntervalMessages, number: Symbol, index: Symbol, space: Space) -> AnySteps:
        """The equilibrium of a game's payoffs."""
        found = method.any_steps(index, number, space)
        payoffs = {
            player: _expected(method, formula, found.cutoff, found.action, index, number)
            for player, formula in (("sender", method.sender), ("receiver", method.receiver))
        }
        return cls(number, index, *found, FrozenMapping(payoffs), space, method)

    def verify(self) -> Verification:
        """Check the equilibrium at every index: order, indifference, and the best actions.

        That a state prefers the message of its own step to all others, not only to those beside
        it, follows from its payoff's cross derivative, which has one sign.
        """
        k, number = self.index, self.number
        space = Space.of(self.space, self.condition, k >= 1, k <= number)
        return Verification.of(tuple(self._obligations()), space)

    def _obligations(self) -> Iterator[Obligation]:
        method, k = self.method, self.index
        y, s = method.action, method.state.symbol
        z = sp.Dummy(f"{y}'", real=True)

        def cutoff(index: Expr) -> Expr:
            return self.cutoff.xreplace({k: index})

        low, high = cutoff(k - 1), self.cutoff
        for where, end, value in (
            ("the first cut-off is the lowest state", cutoff(sp.S.Zero), method.state.low),
            ("the last is the highest", cutoff(self.number), method.state.high),
        ):
            yield Obligation(where, sp.Eq(sp.simplify(end - value), 0, evaluate=False))
        yield Obligation("a step has a length", sp.Gt(sp.expand(high - low), 0))
        gain = method.receiver.xreplace({y: z}) - method.receiver.xreplace({y: self.action})
        total = sp.integrate(sp.expand(gain), (s, low, high))
        yield Obligation(
            "receiver: no other action in a step gains anything", sp.Le(sp.factor(total), 0)
        )
        actions = (self.action, self.action.xreplace({k: k + 1}))
        pays = [method.sender.xreplace({y: action, s: self.cutoff}) for action in actions]
        yield Obligation(
            "sender: at a cut-off both messages pay the same",
            sp.Eq(sp.simplify(pays[0] - pays[1]), 0, evaluate=False),
        )

    def __repr__(self) -> str:
        return f"<equilibrium of {self.number} steps if {self.condition}>"


def _expected(
    method: IntervalMessages,
    formula: Expr,
    cutoff: Expr,
    action: Expr,
    index: Symbol,
    number: Symbol,
) -> Expr:
    """The expected payoff: a sum over the steps, of a polynomial in their index."""
    low = cutoff.xreplace({index: index - 1})
    inside = sp.expand(formula.xreplace({method.action: action}))
    part = sp.expand(sp.integrate(inside, (method.state.symbol, low, cutoff)))
    total = sp.summation(part, (index, 1, number))
    return simplify_value(sp.expand(total / (method.state.high - method.state.low)))
