"""Reading of a continuous game: payoffs, choices with their ranges, and what is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
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
    """Exact payoffs and ranges of a continuous game.

    Raises
    ------
    ParameterError
        A player without a choice or payoff, a range that is none, is empty or mentions another
        choice, or one symbol chosen twice.
    """
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
    chosen = {*own, *pairs.values()}
    used = {s for v in values.values() for s in v.free_symbols}
    used |= {s for group in ranges.values() for r in group for s in _end_symbols(r)}
    space = Space.of(given, symbols=sorted(used - chosen, key=str))
    if bound := chosen & set(space.symbols):
        names = ", ".join(sorted(s.name for s in bound))
        raise ParameterError(
            "given", given, f"conditions on parameters alone, not on the choice {names}",
            "Write what bounds a choice in choices=",
        )  # fmt: skip
    _check_nonempty(ranges, space)
    return ContinuousParts(
        FrozenMapping(values), FrozenMapping(ranges), FrozenMapping(pairs), space
    )


def symbols_in(
    values: Iterable[object], choices: Mapping[str, ChoiceInput], given: object
) -> dict[str, Symbol]:
    """Every symbol by name, of values, ranges and what is given."""
    return _symbols([*values, *chain(*map(_items, choices.values()))], given)


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


def _symbols(values: Iterable[object], given: object) -> dict[str, Symbol]:
    """Every symbol by name: those of expressions first, then those that text brings along."""
    items = list(values)
    items = [part for v in items for part in _parts(v)]
    expressions = {s for v in items if isinstance(v, sp.Basic) for s in v.free_symbols}
    symbols = {s.name: s for s in Space.of(given, symbols=sorted(expressions, key=str)).symbols}
    for item in items:
        if isinstance(item, str) and item.strip():
            symbols |= {s.name: s for s in parse(item, known=symbols).free_symbols}
    return symbols


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
            point = (
                ", ".join(f"{s} = {v}" for s, v in proof.witnesses[0].items())
                if proof.witnesses
                else ""
            )
            where = f"; it is empty at {point}" if point else ""
            raise ParameterError(
                f"choices of {player}", str(choice), f"a range that holds a point{where}",
                f"Add to given= the condition {short_repr(str(choice.nonempty))}",
            )  # fmt: skip


__all__ = ["ChoiceInput", "ContinuousParts", "read_parts", "read_ranges", "symbols_in"]
