"""Games in which an informed sender of two types chooses a real number that a receiver sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, substitute
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError, UnsupportedError
from gametheory_eeu.forms.choice_input import ChoiceInput, parameter_space, read_ranges, symbols_in
from gametheory_eeu.forms.game_form import GameForm, check_defined, check_nonempty
from gametheory_eeu.games import Equilibrium, EquilibriumSet, Obligation
from gametheory_eeu.solvers.moves import ChoiceRange
from gametheory_eeu.solvers.readable import simplify_condition, simplify_value

_TYPES = "a mapping of each of two types to a payoff"
_METHOD = "signals of two types, off the path the belief that deters most"
_WHY = (
    "what any belief off the path supports, this one does, since all prefer to be taken for the "
    "second type and a signal only costs, and the reply to a belief is unique"
)


class SignallingGame(GameForm):
    """A sender of one of two types, who alone knows it, chooses a signal; a receiver replies.

    Parameters
    ----------
    sender : mapping of type to payoff
        In the signal, the reply and parameters. The type that nobody wants to be taken for comes
        first.
    receiver : payoff, or mapping of type to payoff
    signal, reply : range
        ``"e >= 0"``, ``"w"``: each names its choice.
    prior : mapping of type to probability
    given : Space, SymPy Boolean, str, or lists of them
    title : str

    Raises
    ------
    ParameterError
        Not two types, a prior that does not sum to one, a signal without a least value.

    Notes
    -----
    Solved are games in which a signal only costs, each type prefers to be taken for the second,
    and the receiver's reply to a belief is unique: all pure perfect Bayesian equilibria, by the
    belief off the path that deters most (Spence 1973, Riley 1979, Cho and Kreps 1987).

    Examples
    --------
    Education that teaches nothing (Spence 1973), a wage of what is expected:

    >>> game = SignallingGame(
    ...     sender={"low": "w - e/t_L", "high": "w - e/t_H"},
    ...     receiver={"low": "-(w - t_L)**2", "high": "-(w - t_H)**2"},
    ...     signal="e >= 0", reply="w", prior={"low": "1 - p", "high": "p"},
    ...     given="0 < t_L < t_H and 0 < p < 1")
    >>> solution = game.solve()
    >>> solution.names
    ('separating, least cost', 'separating', 'pooling')
    >>> solution["separating, least cost"].choices["e_high"]
    t_L*(t_H - t_L)
    """

    sender: Mapping[str, Expr]
    receiver: Mapping[str, Expr]
    prior: Mapping[str, Expr]
    signal: ChoiceRange
    reply: ChoiceRange

    concepts = ("pure perfect Bayesian",)

    def __init__(
        self,
        sender: Mapping[str, object],
        receiver: object,
        *,
        signal: ChoiceInput,
        reply: ChoiceInput,
        prior: Mapping[str, object],
        given: object = (),
        title: str = "",
    ) -> None:
        sender = arg.mapping("sender", sender, _TYPES)
        types = list(sender)
        if len(types) != 2:
            raise ParameterError("sender", dict(sender), "two types, the weaker first")
        listed: Any = receiver if isinstance(receiver, Mapping) else dict.fromkeys(types, receiver)
        prior = arg.mapping("prior", prior, "a mapping of each type to its probability")
        for name, given_types in (("receiver", listed), ("prior", prior)):
            if set(given_types) != set(types):
                raise ParameterError(name, dict(given_types), f"the types {', '.join(types)}")
        choices = {"signal": signal, "reply": reply}
        texts = [*sender.values(), *listed.values(), *prior.values()]
        symbols = symbols_in(texts, choices, given)
        ranges = read_ranges(choices, symbols)
        if any(len(group) != 1 for group in ranges.values()):
            raise ParameterError("signal", choices, "one range for the signal, one for the reply")
        (own_signal,), (own_reply,) = ranges["signal"], ranges["reply"]
        if own_signal.low == -sp.oo or not own_signal.has_low:
            raise ParameterError("signal", str(own_signal), "a range with a least signal: 'e >= 0'")
        values = [exact(text, "payoff", symbols) for text in texts]
        chosen = {own_signal.symbol, own_reply.symbol}
        space = parameter_space(given, values, [own_signal], chosen)
        rows = iter(values)
        parts = [FrozenMapping({t: next(rows) for t in group}) for group in (types, listed, prior)]
        if sp.simplify(sum(parts[2].values()) - 1) != 0:
            raise ParameterError("prior", dict(prior), "probabilities that sum to 1")
        self._set_parts(space, title, sender=parts[0], receiver=parts[1], prior=parts[2],
                        signal=own_signal, reply=own_reply)  # fmt: skip

    @property
    def players(self) -> tuple[str, ...]:
        """The sender's types and the receiver."""
        return (*(f"sender, {kind}" for kind in self.sender), "receiver")

    def _at(self, point: Mapping[Symbol, Expr]) -> dict[str, object]:
        groups = {
            name: FrozenMapping({k: substitute(v, point) for k, v in getattr(self, name).items()})
            for name in ("sender", "receiver", "prior")
        }
        return {**groups, "signal": self.signal.at(point), "reply": self.reply.at(point)}

    def _named_payoffs(self) -> Iterator[tuple[str, Expr]]:
        for name, group in (("sender", self.sender), ("receiver", self.receiver)):
            for kind, payoff in group.items():
                yield f"payoff of {name}, {kind}", payoff
        for kind, probability in self.prior.items():
            yield f"probability of {kind}", probability

    def _payoff_symbols(self) -> set[Symbol]:
        return super()._payoff_symbols() - {self.signal.symbol, self.reply.symbol}

    def _parts(self) -> tuple[object, ...]:
        return self.sender, self.receiver, self.prior, self.signal, self.reply

    @property
    def _whole_space(self) -> Space:
        """The parameters, a signal and a reply in their ranges."""
        choices = (self.signal, self.reply)
        limits = [c.contains(c.symbol) for c in choices]
        return Space.of(self.space, *limits, symbols=[c.symbol for c in choices])

    def payoff(self, profile: Mapping[str, Any], player: str) -> Expr:
        """The payoff of a player from every type's signal and the reply to it, by their names."""
        arg.one_of("player", player, self.players)
        names = [*chain(*self._names_by_type().values())]
        values = arg.mapping("profile", profile, f"values for {', '.join(names)}")
        for name in names:
            if name not in values:
                raise ParameterError("profile", dict(profile), f"a value for {name}, too")
        points = {
            kind: self._place(exact(values[s], s), exact(values[r], r))
            for kind, (s, r) in self._names_by_type().items()
        }
        if player == "receiver":
            paid = (self.prior[k] * substitute(self.receiver[k], points[k]) for k in points)
            return simplify_value(sp.Add(*paid))
        kind = player.removeprefix("sender, ")
        return simplify_value(substitute(self.sender[kind], points[kind]))

    def _names_by_type(self) -> dict[str, tuple[str, str]]:
        return {
            kind: (f"{self.signal.symbol}_{kind}", f"{self.reply.symbol}_{kind}")
            for kind in self.sender
        }

    def _place(self, signal: Expr, reply: Expr) -> dict[Symbol, Expr]:
        return {self.signal.symbol: signal, self.reply.symbol: reply}

    @cached_property
    def reply_to_belief(self) -> tuple[Expr, Symbol]:
        """The receiver's best reply, and the belief in the second type that it is a reply to.

        Raises
        ------
        UnsupportedError
            The reply to a belief is not proved to be unique, or has no closed form.
        """
        weak, strong = self.receiver
        belief, reply = sp.Dummy("belief'", real=True), self.reply.symbol
        expected = (1 - belief) * self.receiver[weak] + belief * self.receiver[strong]
        space = Space.of(self._whole_space, belief >= 0, belief <= 1)
        concave = prover.prove(sp.diff(expected, reply, 2) < 0, given=space)
        slope = sp.fraction(sp.together(sp.diff(expected, reply)))[0]
        is_linear = slope.is_polynomial(reply) and sp.degree(slope, reply) == 1
        if concave.verdict != "proved" or not is_linear or self.signal.symbol in slope.free_symbols:
            raise UnsupportedError(
                "a receiver's payoff that is strictly concave in the reply, with a linear "
                "derivative free of the signal, is what is solved"
            )
        best = sp.solve(slope, reply)[0]
        inside = self.reply.contains(best)
        known = Space.of(self.space, belief >= 0, belief <= 1)
        if inside != sp.true and prover.prove(inside, given=known).verdict != "proved":
            raise UnsupportedError(f"the best reply {best} may lie outside {self.reply}; widen it")
        return sp.factor(best), belief

    def _reply(self, belief: Expr) -> Expr:
        best, symbol = self.reply_to_belief
        return simplify_value(best.xreplace({symbol: belief}))

    def solve(self, concept: str | None = None) -> EquilibriumSet:
        """Every pure perfect Bayesian equilibrium: separating and pooling ones, in families.

        Raises
        ------
        UnsupportedError
            A signal that does not only cost, or a type that does not prefer to be taken for the
            second: named.
        """
        concept = self._concept(concept)
        self._check_size()
        check_nonempty(self.space)
        check_defined(self._named_payoffs(), self._whole_space)
        self._check_order()
        found = tuple(e for e in self._equilibria(concept) if e.condition != sp.false)
        return EquilibriumSet(found, self, concept, _METHOD, sp.true, _WHY)

    def _check_order(self) -> None:
        signal, reply = self.signal.symbol, self.reply.symbol
        low, high = self._reply(sp.S.Zero), self._reply(sp.S.One)
        space = Space.of(self.space, self.signal.contains(signal), symbols=[signal])
        _, belief = self.reply_to_belief
        between = Space.of(self._whole_space, belief >= 0, belief <= 1)
        inside = Space.of(self._whole_space, signal > self.signal.low)
        for kind, payoff in self.sender.items():
            better = payoff.xreplace({reply: high}) > payoff.xreplace({reply: low})
            at_reply = payoff.xreplace({reply: self._reply(belief)})
            claims = {
                "does not rise with the belief in the second type": (
                    sp.diff(at_reply, belief) >= 0, between),
                "is not higher where the type is taken for the second": (better, space),
                "does not fall in the signal": (sp.diff(payoff, signal) < 0, inside),
            }  # fmt: skip
            for words, (claim, where) in claims.items():
                if prover.prove(claim, given=where).verdict != "proved":
                    raise UnsupportedError(
                        f"the payoff of the sender's type {kind} {words}, or that was not settled"
                    )

    def _equilibria(self, concept: str) -> Iterator[Equilibrium]:
        weak, strong = self.sender
        least = self.signal.low
        low, high = self._reply(sp.S.Zero), self._reply(sp.S.One)
        pooled = self._reply(self.prior[strong])
        worst = self._place(least, low)
        at_least = {k: simplify_value(substitute(u, worst)) for k, u in self.sender.items()}
        sent = sp.Symbol(f"{self.signal.symbol}_{strong}", real=True)
        cheapest = self._cheapest(weak, at_least[weak], high)
        gain = substitute(self.sender[strong], self._place(sent, high)) - at_least[strong]
        if cheapest is None:
            weak_keeps = at_least[weak] >= substitute(self.sender[weak], self._place(sent, high))
            where = sp.And(weak_keeps, gain >= 0, self.signal.contains(sent), sent > least)
            exists: Boolean = sp.true
        else:
            at_cheapest = gain.xreplace({sent: cheapest})
            is_signal = self.signal.contains(cheapest)
            point_exists = simplify_condition(sp.And(is_signal, at_cheapest >= 0), self.space)
            yield self._equilibrium(
                "separating, least cost", (least, cheapest), (low, high), concept, point_exists
            )
            exists = simplify_condition(sp.And(is_signal, at_cheapest > 0), self.space)
            where = sp.And(gain >= 0, self.signal.contains(sent), sent > cheapest)
        if exists != sp.false:
            where = prover.simplify(where, Space.of(self.space, exists, symbols=[sent]))
            yield self._equilibrium(
                "separating", (least, sent), (low, high), concept, exists, (sent,), where
            )
        both = self.signal.symbol
        joint = [substitute(u, self._place(both, pooled)) >= at_least[k]
                 for k, u in self.sender.items()]  # fmt: skip
        where = sp.And(*joint, self.signal.contains(both))
        where = prover.simplify(where, Space.of(self.space, symbols=[both]))
        yield self._equilibrium(
            "pooling", (both, both), (pooled, pooled), concept, sp.true, (both,), where
        )

    def _cheapest(self, weak: str, outside: Expr, reply: Expr) -> Expr | None:
        """The least signal that the weaker type does not send to be taken for the stronger."""
        signal = self.signal.symbol
        gain = substitute(self.sender[weak], {self.reply.symbol: reply}) - outside
        numerator = sp.fraction(sp.together(gain))[0]
        if not numerator.is_polynomial(signal) or sp.degree(numerator, signal) > 2:
            return None
        for root in sp.roots(sp.Poly(numerator, signal)):
            above = prover.prove(root > self.signal.low, given=self.space)
            if above.verdict == "proved":
                return simplify_value(sp.factor(root))
        return None

    def _equilibrium(
        self,
        name: str,
        signals: tuple[Expr, Expr],
        replies: tuple[Expr, Expr],
        concept: str,
        condition: Boolean,
        free: tuple[Symbol, ...] = (),
        where: Boolean = sp.true,
    ) -> Equilibrium:
        pairs = zip(self._names_by_type().values(), signals, replies, strict=True)
        choices = {n: v for (s, r), signal, reply in pairs for n, v in ((s, signal), (r, reply))}
        payoffs = {p: self.payoff(choices, p) for p in self.players}
        weak = next(iter(self.sender))
        note = f"any other signal is taken for {weak}"
        return Equilibrium(
            name, {}, payoffs, condition, concept, free=free, where=where, note=note,
            choices=choices, game=self,
        )  # fmt: skip

    def obligations(self, equilibrium: Equilibrium) -> tuple[Obligation, ...]:
        """Each signal is best among all, each reply among all, given the beliefs."""
        return tuple(self._obligations(equilibrium))

    def _obligations(self, equilibrium: Equilibrium) -> Iterator[Obligation]:
        choices, (weak, strong) = equilibrium.choices, self.sender
        names = self._names_by_type()
        sent = {k: choices[s] for k, (s, _) in names.items()}
        replied = {k: choices[r] for k, (_, r) in names.items()}
        pools = equilibrium.name == "pooling"
        if not pools:
            yield Obligation("the signals differ", sp.Ne(sent[weak], sent[strong]))
        z = sp.Dummy(f"{self.signal.symbol}'", real=True)
        off_path = self._reply(sp.S.Zero)
        for kind, payoff in self.sender.items():
            paid = substitute(payoff, self._place(sent[kind], replied[kind]))
            yield Obligation(f"{sent[kind]} is a signal", self.signal.contains(sent[kind]))
            deviation = substitute(payoff, self._place(z, off_path)) <= paid
            yield Obligation(
                f"sender, {kind}: no unexpected signal gains anything",
                sp.Or(sp.Not(self.signal.contains(z)), deviation),
            )
            other = strong if kind == weak else weak
            mimicry = substitute(payoff, self._place(sent[other], replied[other])) <= paid
            yield Obligation(f"sender, {kind}: the other type's signal gains nothing", mimicry)
        z = sp.Dummy(f"{self.reply.symbol}'", real=True)
        beliefs = {weak: sp.S.Zero, strong: sp.S.One}
        if pools:
            beliefs = dict.fromkeys(beliefs, self.prior[strong])
        for kind, belief in beliefs.items():
            expected = (1 - belief) * self.receiver[weak] + belief * self.receiver[strong]
            paid, other_paid = (
                substitute(expected, self._place(sent[kind], reply)) for reply in (replied[kind], z)
            )
            gain = other_paid - paid
            inside = self.reply.contains(z)
            yield Obligation(
                f"receiver: no other reply to {kind} gains anything",
                gain <= 0 if inside == sp.true else sp.Or(sp.Not(inside), gain <= 0),
            )

    def __repr__(self) -> str:
        kinds = " or ".join(self.sender)
        return f"<signalling game: {self.signal} of a sender that is {kinds}, reply {self.reply}>"
