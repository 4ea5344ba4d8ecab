"""Reading of a continuous game: payoffs, choices with their ranges, types of players."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import Any, NamedTuple, TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.errors import ParameterError, UnknownNameError, short_repr
from gametheory_eeu.solvers.moves import ChoiceRange

ChoiceInput: TypeAlias = (
    "str | Symbol | Boolean | ChoiceRange | Iterable[str | Symbol | Boolean | ChoiceRange]"
)
_CHOICE = "a range such as 'x >= 0' or '0 <= x <= 1' that names the choice, or a list of them"
_ORDERS = (sp.Ge, sp.Gt, sp.Le, sp.Lt)
TypesInput = Mapping[str, Mapping[str, object]]
Types = FrozenMapping[str, FrozenMapping[str, Expr]]
_ALLOWED = "a mapping of player to a mapping of type to probability"


class ContinuousParts(NamedTuple):
    """The parts of a continuous game, in one set of symbols."""

    payoffs: FrozenMapping[str, Expr]
    choices: FrozenMapping[str, tuple[ChoiceRange, ...]]
    others: FrozenMapping[Symbol, Symbol]
    space: Space


def read_parts(
    payoffs: Mapping[str, object],
    choices: Mapping[str, ChoiceInput],
    others: Mapping[str | Symbol, str | Symbol],
    given: object,
) -> ContinuousParts:
    """Exact payoffs and ranges of a continuous game."""
    payoffs = arg.mapping("payoffs", payoffs, "a mapping of player to payoff")
    choices = arg.mapping("choices", choices, "a mapping of player to the range of a choice")
    others = arg.mapping("others", others, "a mapping of own choice to that of each other player")
    _check_players(payoffs, choices)
    symbols = symbols_in(payoffs.values(), choices, given)
    values = {p: exact(v, f"payoff of {p}", symbols) for p, v in payoffs.items()}
    symbols |= {s.name: s for v in values.values() for s in v.free_symbols}
    ranges = read_ranges(choices, symbols)
    own = [r.symbol for player_ranges in ranges.values() for r in player_ranges]
    pairs = {
        _known(symbols, own_choice, "choice"): _known(symbols, other, "symbol")
        for own_choice, other in others.items()
    }
    _check_choices(ranges, pairs, values)
    space = parameter_space(
        given, values.values(), chain(*ranges.values()), {*own, *pairs.values()},
        "conditions on parameters alone, not on the choice",
        "Write what bounds a choice in choices=",
    )  # fmt: skip
    _check_nonempty(ranges, space)
    return ContinuousParts(
        FrozenMapping(values), FrozenMapping(ranges), FrozenMapping(pairs), space
    )


def parameter_space(
    given: object,
    values: Iterable[Expr],
    ranges: Iterable[ChoiceRange],
    chosen: set[Symbol],
    allowed: str = "conditions on parameters, not on",
    fix: str = "",
) -> Space:
    """The space of the parameters in values and ends of ranges; of none that is chosen."""
    used = {s for value in values for s in value.free_symbols}
    used |= {s for choice in ranges for s in _end_symbols(choice)}
    space = Space.of(given, symbols=sorted(used - chosen, key=str))
    if bound := chosen & set(space.symbols):
        names = ", ".join(sorted(s.name for s in bound))
        raise ParameterError("given", given, f"{allowed} {names}", fix)
    return space


def symbols_in(
    values: Iterable[object], choices: Mapping[str, ChoiceInput], given: object
) -> dict[str, Symbol]:
    """Every symbol by name: those of expressions first, then those that text brings along."""
    written = [*values, *chain(*map(_items, choices.values()))]
    items = [part for value in written for part in _parts(value)]
    expressions = {s for v in items if isinstance(v, sp.Basic) for s in v.free_symbols}
    symbols = {s.name: s for s in Space.of(given, symbols=sorted(expressions, key=str)).symbols}
    for item in items:
        if isinstance(item, str) and item.strip():
            symbols |= {s.name: s for s in parse(item, known=symbols).free_symbols}
    return symbols


def read_ranges(
    choices: Mapping[str, ChoiceInput], symbols: Mapping[str, Symbol]
) -> dict[str, tuple[ChoiceRange, ...]]:
    """The ranges of each player's choices."""
    return {
        player: tuple(_choice_range(player, item, symbols) for item in _items(items))
        for player, items in choices.items()
    }


def _items(value: ChoiceInput) -> list[object]:
    return [value] if isinstance(value, (str, sp.Basic, ChoiceRange)) else list(arg.sequence(
        "choices", value, _CHOICE))  # fmt: skip


def _check_players(payoffs: Mapping[str, object], choices: Mapping[str, object]) -> None:
    if not payoffs:
        raise ParameterError("payoffs", payoffs, "a payoff for each player, at least one")
    for player in payoffs:
        arg.text("player", player)
        if player not in choices:
            raise ParameterError("choices", dict(choices), f"a choice for {player}, too", (
                "Leave out a player who chooses nothing"))  # fmt: skip
    for player in choices:
        if player not in payoffs:
            raise UnknownNameError("player", str(player), list(payoffs))


def _parts(value: object) -> list[object]:
    return [value.symbol, value.low, value.high] if isinstance(value, ChoiceRange) else [value]


def _known(symbols: Mapping[str, Symbol], name: str | Symbol, noun: str) -> Symbol:
    return symbols[arg.one_of(noun, str(name), symbols)]


def _choice_range(player: str, item: object, symbols: Mapping[str, Symbol]) -> ChoiceRange:
    if isinstance(item, ChoiceRange):
        return item
    relation = parse(item, known=symbols) if isinstance(item, str) and item.strip() else item
    if isinstance(relation, sp.Symbol):
        return _with_assumptions(ChoiceRange(relation))
    parts: tuple[Any, ...] = relation.args if isinstance(relation, sp.And) else (relation,)
    sides = [{s for s in r.args if s.is_Symbol} for r in parts if isinstance(r, _ORDERS)]
    candidates = set.intersection(*sides) if sides and len(sides) == len(parts) else set()
    if not candidates:
        raise ParameterError(f"choices of {player}", item, _CHOICE)
    # Of x <= C both could be meant: the one on the left is.
    symbol = min(candidates, key=lambda s: (parts[0].args[0] != s, s.name))
    result = ChoiceRange(symbol)
    for part in parts:
        result = _bounded(player, item, result, part)
    return _with_assumptions(result)


def _bounded(player: str, item: object, choice: ChoiceRange, relation: Boolean) -> ChoiceRange:
    """The range with one more bound."""
    x = choice.symbol
    is_low = relation.gts == x
    end = relation.lts if is_low else relation.gts
    closed = isinstance(relation, (sp.Ge, sp.Le))
    if x in end.free_symbols:
        raise ParameterError(f"choices of {player}", item, f"a range whose ends are free of {x}")
    if (choice.low, choice.high)[not is_low] not in (sp.oo, -sp.oo):
        raise ParameterError(f"choices of {player}", item, f"one bound of {x} on each side")
    if end in (sp.oo, -sp.oo):
        return choice
    end = exact(end, f"end of the range of {x}")
    if is_low:
        return ChoiceRange(x, end, choice.high, closed, choice.has_high)
    return ChoiceRange(x, choice.low, end, choice.has_low, closed)


def _with_assumptions(choice: ChoiceRange) -> ChoiceRange:
    """The range with the ends that the symbol's own assumptions give."""
    x, zero = choice.symbol, sp.Integer(0)
    if x.is_integer:
        raise ParameterError("choices", x, "a symbol for a real number, not for a whole one")
    if x.is_nonnegative and choice.low == -sp.oo:
        choice = ChoiceRange(x, zero, choice.high, not x.is_positive, choice.has_high)
    if x.is_nonpositive and choice.high == sp.oo:
        choice = ChoiceRange(x, choice.low, zero, choice.has_low, not x.is_negative)
    return choice


def _end_symbols(choice: ChoiceRange) -> set[Symbol]:
    return set(choice.low.free_symbols | choice.high.free_symbols)


def _check_choices(
    ranges: Mapping[str, tuple[ChoiceRange, ...]],
    others: Mapping[Symbol, Symbol],
    payoffs: Mapping[str, Expr],
) -> None:
    own = [r.symbol for group in ranges.values() for r in group]
    for player, group in ranges.items():
        if not group:
            raise ParameterError(f"choices of {player}", group, _CHOICE)
        for choice in group:
            if own.count(choice.symbol) > 1:
                raise ParameterError(
                    "choices", str(choice.symbol), "a symbol of its own for every choice"
                )
            if not any(choice.symbol in payoff.free_symbols for payoff in payoffs.values()):
                raise ParameterError(
                    "choices", str(choice), "choices that some payoff depends on",
                    f"No payoff contains {choice.symbol}",
                )  # fmt: skip
            coupled = _end_symbols(choice) & {*own, *others.values()}
            if coupled:
                names = ", ".join(sorted(s.name for s in coupled))
                raise ParameterError(
                    f"choices of {player}", str(choice),
                    f"ends in the parameters alone; {names} is chosen at the same time",
                    "Put what one choice costs another into the payoffs, or write a tree",
                )  # fmt: skip
    for choice_symbol, other in others.items():
        if choice_symbol not in own or other in own:
            raise ParameterError(
                "others", {str(choice_symbol): str(other)},
                "own choices, each with a new symbol for what each of the others chooses",
            )  # fmt: skip


def _check_nonempty(ranges: Mapping[str, tuple[ChoiceRange, ...]], space: Space) -> None:
    for player, group in ranges.items():
        for choice in group:
            if choice.nonempty == sp.true:
                continue
            proof = prover.prove(choice.nonempty, given=space)
            if proof.verdict == "proved":
                continue
            where = ""
            if proof.witnesses:
                point = ", ".join(f"{s} = {v}" for s, v in proof.witnesses[0].items())
                where = f"; it is empty at {point}"
            raise ParameterError(
                f"choices of {player}", str(choice), f"a range that holds a point{where}",
                f"Add to given= the condition {short_repr(str(choice.nonempty))}",
            )  # fmt: skip


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

    A type knows itself and the distribution of the others' types, and chooses for itself (Harsanyi
    1967). Its payoff is the expectation over the others' types, each with a choice of its own.
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
    terms = []
    for combination in product(*(probabilities[p].items() for p in others)):
        values: dict[Symbol, Expr] = dict(own[player, kind])
        for p, (k, _) in zip(others, combination, strict=True):
            values |= own[p, k]
        weight = sp.Mul(*(probability for _, probability in combination))
        terms.append(weight * value.xreplace(values))
    return sp.Add(*terms)
