"""Games of incomplete information with continuous choices: every type of a player as a player.

A type knows itself and the distribution of the others' types, and chooses for itself (Harsanyi
1967). Its payoff is the expectation over the others' types, each of which has a choice of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError, UnknownNameError
from gametheory_eeu.forms.choice_input import ChoiceInput, read_ranges, symbols_in
from gametheory_eeu.solvers.moves import ChoiceRange

TypesInput = Mapping[str, Mapping[str, object]]
Types = FrozenMapping[str, FrozenMapping[str, Expr]]
_ALLOWED = "a mapping of player to a mapping of type to probability"


@dataclass(frozen=True)
class TypedParts:
    """Payoffs and ranges with a player for every type."""

    payoffs: Mapping[str, Expr]
    choices: Mapping[str, tuple[ChoiceRange, ...]]
    types: Types
    given: tuple[object, ...]


def players_by_type(
    payoffs: Mapping[str, object],
    choices: Mapping[str, ChoiceInput],
    types: TypesInput,
    given: object,
) -> TypedParts:
    """The game in which every type is a player, named "player, type".

    Raises
    ------
    ParameterError
        A type without a payoff, probabilities that do not sum to one, a choice's name by type that
        is used otherwise.
    """
    payoffs = arg.mapping(
        "payoffs", payoffs, "a mapping of player to payoff, or to payoffs by type"
    )
    choices = arg.mapping("choices", choices, "a mapping of player to the range of a choice")
    names = _type_names(payoffs, types)
    rows = list(_rows(payoffs, names))
    texts = [*(value for *_, value in rows), *(p for t in types.values() for p in t.values())]
    symbols = symbols_in(texts, choices, given)
    values = {
        (player, kind): exact(value, f"payoff of {_label(player, kind)}", symbols)
        for player, kind, value in rows
    }
    probabilities = _probabilities(types, symbols)
    ranges = read_ranges(choices, symbols)
    own = _choices_by_type(ranges, names, symbols)
    expected = {
        _label(player, kind): _expectation(player, kind, value, probabilities, own)
        for (player, kind), value in values.items()
    }
    by_type = {
        _label(player, kind): tuple(
            replace(r, symbol=own[player, kind][r.symbol]) for r in ranges[player]
        )
        for player, kind in values
    }
    positive = [sp.Ge(p, 0) for t in probabilities.values() for p in t.values()]
    conditions: tuple[Boolean, ...] = tuple(c for c in positive if c != sp.true)
    return TypedParts(
        expected, by_type, probabilities, (Space.of(given), *conditions) if conditions else (given,)
    )


def type_probabilities(name: str, value: object) -> Types:
    """Exact probabilities of types, by player."""
    result: dict[str, FrozenMapping[str, Expr]] = {}
    for player, distribution in arg.mapping(name, value, _ALLOWED).items():
        items = arg.mapping(name, distribution, _ALLOWED).items()
        result[arg.text("player", player)] = FrozenMapping(
            {arg.text("type", kind): exact(p, f"probability of {kind}") for kind, p in items}
        )
    return FrozenMapping(result)


def _label(player: str, kind: str | None) -> str:
    return player if kind is None else f"{player}, {kind}"


def _type_names(
    payoffs: Mapping[str, object], types: TypesInput
) -> dict[str, tuple[str | None, ...]]:
    for player, distribution in arg.mapping("types", types, _ALLOWED).items():
        if player not in payoffs:
            raise UnknownNameError("player", str(player), list(payoffs))
        for kind in arg.mapping("types", distribution, _ALLOWED):
            arg.text("type", kind)
    return {p: tuple(types[p]) if p in types else (None,) for p in payoffs}


def _rows(
    payoffs: Mapping[str, object], names: Mapping[str, tuple[str | None, ...]]
) -> Iterator[tuple[str, str | None, object]]:
    """Every type of every player, with its payoff as it was written."""
    for player, kinds in names.items():
        value = payoffs[player]
        if not isinstance(value, Mapping):
            yield from ((player, kind, value) for kind in kinds)
            continue
        if set(value) != set(kinds):
            allowed = f"a payoff for each type of {player}: {', '.join(map(str, kinds))}"
            raise ParameterError(f"payoffs of {player}", dict(value), allowed)
        yield from ((player, kind, value[kind]) for kind in kinds)


def _probabilities(types: TypesInput, symbols: Mapping[str, Symbol]) -> Types:
    result: dict[str, FrozenMapping[str, Expr]] = {}
    for player, distribution in types.items():
        values = {
            kind: exact(p, f"probability of {_label(player, kind)}", symbols)
            for kind, p in distribution.items()
        }
        total = sp.simplify(sp.Add(*values.values()))
        if total != 1 or any(p.is_negative for p in values.values()):
            raise ParameterError(
                f"types of {player}", dict(distribution),
                f"probabilities that sum to one; these sum to {total}",
            )  # fmt: skip
        result[player] = FrozenMapping(values)
    return FrozenMapping(result)


def _choices_by_type(
    ranges: Mapping[str, tuple[ChoiceRange, ...]],
    names: Mapping[str, tuple[str | None, ...]],
    symbols: Mapping[str, Symbol],
) -> dict[tuple[str, str | None], dict[Symbol, Symbol]]:
    """For every type, its own symbol for each choice: q_1 of the type low is q_1_low."""
    result: dict[tuple[str, str | None], dict[Symbol, Symbol]] = {}
    for player, kinds in names.items():
        if player not in ranges:
            raise ParameterError("choices", dict(ranges), f"a choice for {player}, too")
        for kind in kinds:
            own: dict[Symbol, Symbol] = {}
            for r in ranges[player]:
                name = r.symbol.name if kind is None else f"{r.symbol.name}_{kind}"
                if kind is not None and (name in symbols or not name.isidentifier()):
                    raise ParameterError(
                        "types", kind, f"a type such that {name} is a name that is not used yet"
                    )
                own[r.symbol] = r.symbol if kind is None else sp.Symbol(name, real=True)
            result[player, kind] = own
    return result


def _expectation(
    player: str,
    kind: str | None,
    value: Expr,
    probabilities: Types,
    own: Mapping[tuple[str, str | None], Mapping[Symbol, Symbol]],
) -> Expr:
    """The payoff of a type, over the types of all others."""
    others = [p for p in probabilities if p != player]
    fixed = {
        s: t for (p, k), row in own.items() if (p, k) == (player, kind) for s, t in row.items()
    }
    terms = []
    for combination in product(*(probabilities[p].items() for p in others)):
        values: dict[Symbol, Expr] = dict(fixed)
        for p, (k, _) in zip(others, combination, strict=True):
            values |= own[p, k]
        weight = sp.Mul(*(probability for _, probability in combination))
        terms.append(weight * value.xreplace(values))
    return sp.Add(*terms)


__all__ = ["TypedParts", "Types", "TypesInput", "players_by_type", "type_probabilities"]
