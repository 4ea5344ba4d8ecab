"""Comparative statics of a game, of a solution, or of formulas: what a user calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import sympy as sp

from gametheory_eeu._types import Expr, Symbol
from gametheory_eeu.core import Parameter, Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.size_limits import STATEMENT_SYMBOLS, check_count
from gametheory_eeu.errors import (
    ParameterError,
    SpaceError,
    TooLargeError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.games import AbstractGame, Equilibrium, EquilibriumSet, Game, title_of
from gametheory_eeu.prover import is_empty
from gametheory_eeu.statics.conditions import restricted_space
from gametheory_eeu.statics.continuous_choices import Choices
from gametheory_eeu.statics.derivatives import equilibrium_targets, targets
from gametheory_eeu.statics.formulas import Formula, formula_statics, parameter_of
from gametheory_eeu.statics.increasing_differences import increments_of
from gametheory_eeu.statics.interior import EVERY_INTERIOR, interior_rows
from gametheory_eeu.statics.row_computation import Setting, rows, zero_derivatives
from gametheory_eeu.statics.supermodular import monotone_choice_rows, monotone_rows
from gametheory_eeu.statics.table import (
    EXTREMAL_EQUILIBRIA,
    MonotoneStatic,
    MonotoneTable,
    StaticsTable,
)

INTERIOR_NOTE = (
    "Interior equilibria without a closed form move by the implicit function theorem on their "
    "first-order conditions, whose Jacobian is regular (proved)."
)
NO_SYMBOLS_NOTE = "The game is in numbers: it has no symbol that could move."


def solution_statics(
    equilibria: Iterable[Equilibrium],
    game: AbstractGame,
    quantity: str | None = None,
    wrt: str | None = None,
) -> StaticsTable:
    """Comparative statics of what is played and earned at isolated equilibria, proved.

    Each holds where its equilibrium exists. Probabilities of zero and one are left out.
    """
    all_equilibria = tuple(equilibria)
    isolated = (equilibrium for equilibrium in all_equilibria if not equilibrium.free)
    found = [target for equilibrium in isolated for target in equilibrium_targets(equilibrium)]
    selected = [t for t in found if quantity is None or is_selected(t.name, quantity)]
    if quantity is not None and not selected:
        raise UnknownNameError("quantity", quantity, [target.name for target in found])
    all_parameters = _parameters(game)
    parameters = [p for p in all_parameters if p.symbol in game.space.symbols]
    if wrt is not None:
        parameters = [p for p in parameters if wrt in (p.name, p.symbol.name)]
        if not parameters:
            raise UnknownNameError("symbol", wrt, [s.name for s in game.space.symbols])
    setting = Setting(all_parameters, game.space, {}, tuple(game.quantities.values()))
    static_rows = tuple(row for target in selected for row in rows(target, setting, parameters))
    zeros = zero_derivatives(selected, setting, parameters)
    notes = tuple(_notes(all_equilibria, game))
    return StaticsTable(static_rows, None, title_of(game), notes, zeros=zeros)


def is_selected(name: str, requested: str) -> bool:
    """Whether a quantity's name is the requested one, or in the requested group."""
    return name == requested or (" " not in requested and name.startswith(f"{requested} of "))


def _parameters(game: AbstractGame) -> tuple[Parameter, ...]:
    if isinstance(game, Game):
        return tuple(type(game).parameters.expand(game.members).rows)
    return tuple(parameter_of(s) for s in game.space.symbols)


def _notes(equilibria: tuple[Equilibrium, ...], game: AbstractGame) -> Iterator[str]:
    if not game.space.symbols:
        yield NO_SYMBOLS_NOTE
    continua = [e.name for e in equilibria if e.free]
    if continua:
        yield f"Continua, of which no derivative is taken: {'; '.join(continua)}."


PLANS_NOTE = "Of Nash equilibria in plans, ordered action by action at every information set."
_OPTIONAL_NAME = arg.optional(arg.text)


@arg.validate(quantity=_OPTIONAL_NAME, wrt=_OPTIONAL_NAME, at=_OPTIONAL_NAME, title=arg.text)
def comparative_statics(
    what: Game | Formula | Mapping[str, Formula],
    quantity: str | None = None,
    wrt: str | None = None,
    *,
    given: object = (),
    at: str | None = None,
    title: str = "",
) -> StaticsTable:
    """Table of derivatives, each with its proved sign, or the expression that decides it.

    Parameters
    ----------
    what : Game, formula, or mapping of names to formulas
        Of a game: its quantities, payoffs, and least and greatest equilibria; of one that a user
        wrote, what is played and earned at its equilibria, too. A formula is a SymPy expression,
        text, or a root of an equation: :func:`implicit`.
    quantity : str, optional
        Only this one; of a game ``"payoff"`` means all payoffs.
    wrt : str, optional
        Only this parameter, by name or ASCII symbol.
    given : Space, SymPy Boolean, str, or lists of them
        The space, of formulas. A game has its own.
    at : str, optional
        Of a game: payoffs at the equilibrium of this name only.
    title : str
        Of formulas, for the table's caption.

    Raises
    ------
    UnknownNameError
        No quantity, parameter or equilibrium of that name.
    SpaceError
        No point obeys what is given.

    Examples
    --------
    >>> table = comparative_statics({"profit": "(a - c)**2/(9*b)"}, given=["0 < c < a", "b > 0"])
    >>> for row in table:
    ...     print(row.parameter.name, row.reading)
    a +
    b -
    c -
    """
    if isinstance(what, Game):
        if not (isinstance(given, tuple) and given == ()):
            raise ParameterError("given", given, "nothing, for a game has its own space",
                                 "Give the game values, or its formulas by name")  # fmt: skip
        return game_statics(what, quantity, wrt, at)
    if isinstance(what, AbstractGame):
        return _form_statics(what, quantity, wrt, at, title)
    if at is not None:
        raise ParameterError("at", at, "nothing, for formulas have no equilibria")
    return formula_statics(what, given, quantity, wrt, title)


def game_statics(
    game: Game, quantity: str | None = None, wrt: str | None = None, at: str | None = None
) -> StaticsTable:
    """Comparative statics of a game's quantities and payoffs, with signs proved.

    Where a parameter has a value, derivatives are taken there.
    """
    game_parameters = type(game).parameters.expand(game.members)
    selected_parameters = game_parameters.rows if wrt is None else (game_parameters[wrt],)
    found = targets(game, quantity, at)
    selected = [t for t in found if quantity is None or is_selected(t.name, quantity)]
    end_rows = () if at is not None else tuple(_extremal_rows(game, selected_parameters))
    if quantity is not None:
        end_rows = tuple(row for row in end_rows if row.quantity == quantity)
    if not selected and not end_rows:
        if quantity is not None and game._declares(quantity):
            game.missing_quantity(quantity)
        raise UnknownNameError("quantity", str(quantity), [target.name for target in targets(game)])
    quantities = tuple(q for q in game.quantities.values() if q.exists_when != sp.false)
    setting = Setting(game_parameters.rows, game.general.space, game.values, quantities)
    # Where a quantity, an equilibrium or a derivative does not exist, there is no sign.
    static_rows = tuple(row for t in selected for row in rows(t, setting, selected_parameters))
    moving = dict.fromkeys([*(r.parameter for r in static_rows), *(r.parameter for r in end_rows)])
    zeros = zero_derivatives(selected, setting, tuple(moving))
    return StaticsTable(static_rows, game, ends=MonotoneTable(end_rows), zeros=zeros)


def _extremal_rows(game: Game, parameters: Iterable[Parameter]) -> Iterator[MonotoneStatic]:
    """Rows of the extremal equilibria, of a game that gives gains from a higher action."""
    increments = getattr(game.general, "increments", None)
    if increments is not None:
        # With the number of players the theorem's game changes: it says nothing of them.
        non_counts = (p for p in parameters if p.index != "count")
        yield from monotone_rows(increments(), game.general.space, non_counts)


def _form_statics(
    game: AbstractGame, quantity: str | None, wrt: str | None, at: str | None, title: str
) -> StaticsTable:
    """Comparative statics of a user's game: its solution, and its extremal equilibria."""
    monotone_table, notes = MonotoneTable(), []
    restricted_space(game, ())
    if at is None and quantity in (None, *EXTREMAL_EQUILIBRIA):
        try:
            monotone_table = monotone_statics(game, wrt=wrt)
            ends = tuple(r for r in monotone_table if quantity in (None, r.quantity))
            monotone_table = replace(monotone_table, rows=ends)
        except (TooLargeError, UnsupportedError) as error:
            notes.append(f"Of the least and the greatest equilibrium nothing is said: {error}.")
    if quantity in EXTREMAL_EQUILIBRIA:
        return StaticsTable((), None, title or title_of(game), monotone_table.notes, monotone_table)
    try:
        solution = None if at == EVERY_INTERIOR else game.solve()
    except (TooLargeError, UnsupportedError) as error:
        notes.append(f"The game was not solved: {error}.")
        solution = None
    if solution is None:
        table = _interior_statics(game, quantity, wrt)
    elif at is None:
        table = set_statics(solution, quantity, wrt)
    else:
        table = solution_statics((solution[at],), game, quantity, wrt)
    all_notes = tuple(dict.fromkeys((*notes, *table.notes, *monotone_table.notes)))
    return replace(table, title=title or title_of(game), notes=all_notes, ends=monotone_table)


def set_statics(
    solution: EquilibriumSet, quantity: str | None = None, wrt: str | None = None
) -> StaticsTable:
    """Comparative statics of a solution; where closed forms end, of every interior equilibrium.

    Where the set is not complete, equilibria without a closed form move by the implicit function
    theorem on their first-order conditions.
    """
    game = solution.game
    if solution.complete_where == sp.true or not _has_continuous_choices(game):
        return solution_statics(solution, game, quantity, wrt)
    implicit_table = _interior_statics(game, quantity, wrt)
    try:
        table = solution_statics(solution, game, quantity, wrt)
    except UnknownNameError:
        if not implicit_table.rows:
            raise
        return implicit_table
    rows, notes = (*table.rows, *implicit_table.rows), (*table.notes, *implicit_table.notes)
    return replace(table, rows=rows, notes=notes, zeros=(*table.zeros, *implicit_table.zeros))


def _has_continuous_choices(game: AbstractGame) -> bool:
    try:
        return game.continuous_choices() is not None
    except UnsupportedError:  # they are, of another kind than first-order conditions are read of
        return True


def _interior_statics(game: AbstractGame, quantity: str | None, wrt: str | None) -> StaticsTable:
    """Comparative statics of every interior equilibrium, by the implicit function theorem."""
    title = title_of(game)
    try:
        found = list(interior_rows(game, tuple(_selected_parameters(game.space.symbols, wrt))))
    except (SpaceError, UnsupportedError) as error:
        note = f"Of interior equilibria without a closed form nothing is said: {error}."
        return StaticsTable((), None, title, (note,))
    selected = [r for r in found if quantity is None or is_selected(r.quantity, quantity)]
    moving = tuple(r for r in selected if r.derivative != 0)
    zeros = tuple(r for r in selected if r.derivative == 0)
    return StaticsTable(moving, None, title, (INTERIOR_NOTE,), zeros=zeros)


@arg.validate(wrt=_OPTIONAL_NAME, title=arg.text)
def monotone_statics(
    what: AbstractGame | Mapping[str, Expr | str],
    actions: Mapping[str, Symbol | str] | None = None,
    given: object = (),
    wrt: str | None = None,
    title: str = "",
) -> MonotoneTable:
    """Monotone comparative statics of the least and the greatest equilibrium.

    The premises of the theorem are part of the claim: that no gain from a higher action falls in
    the others' actions, nor, between any two values, in the parameter; that what may be chosen is
    a chain or a compact interval, payoffs defined there and continuous. What is not proved is said.

    Parameters
    ----------
    what : game, or mapping of player to payoff
        A game with named actions is read in the order of its actions, the first the lowest; a
        tree, action by action at every information set, its Nash equilibria in plans. A payoff is
        a formula in numbers that the players choose, continuous in a player's own.
    actions : mapping of player to symbol or name
        Of payoffs: what each chooses, from a compact interval that no other's choice moves. Where
        a parameter moves its ends, they have to go the way of the equilibria.
    given : Space, SymPy Boolean, str, or lists of them
        Of payoffs: the space, the intervals of the actions included.
    wrt : str, optional
        Only this parameter.

    Examples
    --------
    Prices of two firms whose goods are substitutes.

    >>> table = monotone_statics(
    ...     {"1": "(p_1 - c)*(a - p_1 + b*p_2)", "2": "(p_2 - c)*(a - p_2 + b*p_1)"},
    ...     actions={"1": "p_1", "2": "p_2"},
    ...     given=["0 <= p_1 <= 1", "0 <= p_2 <= 1", "0 < b < 1", "0 < c < a"],
    ... )
    >>> row = table["least equilibrium", "c"]
    >>> row.sign, row.theorem
    ('>=0', 'increasing differences (Topkis 1979; Milgrom and Roberts 1990)')
    """
    if isinstance(what, AbstractGame):
        title = title or getattr(what, "title", "")
        continuous = what.continuous_choices()
        if continuous is None:
            return _finite_action_table(what, wrt, title)
        return _continuous_table(Choices(*continuous), wrt, title)
    _check_actions(what, actions)
    assert actions is not None
    return _continuous_table(Choices(*_parse_payoffs(what, actions, given)), wrt, title)


def _continuous_table(choices: Choices, wrt: str | None, title: str) -> MonotoneTable:
    own = set(choices.own.values())
    parameters = _selected_parameters([s for s in choices.space.symbols if s not in own], wrt)
    return MonotoneTable(tuple(monotone_choice_rows(choices, parameters)), title)


def _check_actions(argument: object, actions: object) -> None:
    """Check that there is an action symbol for every player's payoff."""
    payoffs = arg.mapping("what", argument, "a game, or a mapping of player to payoff")
    players = tuple(arg.text("player", player) for player in payoffs)
    if not isinstance(actions, Mapping) or not actions or set(actions) != set(players):
        raise ParameterError("actions", actions, f"a symbol for each of {', '.join(players)}")
    for player, action in actions.items():
        arg.instance(f"action of {player}", action, (str, sp.Symbol), "a symbol or its name")


def _finite_action_table(game: AbstractGame, wrt: str | None, title: str) -> MonotoneTable:
    if isinstance(game, Game) and type(game).payoff is Game.payoff:
        return _finite_action_table(game.form(), wrt, title)
    space = restricted_space(game, ())
    # With the number of players the theorem's game changes: it says nothing of that.
    count_symbols = {p.symbol for p in getattr(game, "parameters", ()) if p.index == "count"}
    parameters = _selected_parameters([s for s in space.symbols if s not in count_symbols], wrt)
    if not space.symbols:
        return MonotoneTable((), title, (NO_SYMBOLS_NOTE,))
    is_tree = hasattr(game, "player_at")
    rows = tuple(monotone_rows(increments_of(game), space, parameters))
    return MonotoneTable(rows, title, (PLANS_NOTE,) if is_tree else ())


def _selected_parameters(symbols: Sequence[Symbol], wrt: str | None) -> list[Parameter]:
    """Parameters of the symbols, or the one named ``wrt``."""
    parameters = [parameter_of(s) for s in symbols if wrt in (None, s.name)]
    if wrt is not None and not parameters:
        raise UnknownNameError("symbol", wrt, [s.name for s in symbols])
    return parameters


def _parse_payoffs(
    formulas: Mapping[str, Expr | str], actions: Mapping[str, Symbol | str], given: object
) -> tuple[dict[str, Expr], dict[str, Symbol], Space]:
    payoff_symbols = {s for p in formulas.values() for s in getattr(p, "free_symbols", ())}
    action_symbols = [a for a in actions.values() if isinstance(a, sp.Symbol)]
    others = sorted(payoff_symbols - set(action_symbols), key=str)
    space = Space.of(given, symbols=[*action_symbols, *others])
    known = {s.name: s for s in space.symbols}
    choices = {
        p: known.setdefault(str(a), sp.Symbol(str(a), real=True)) for p, a in actions.items()
    }
    payoffs: dict[str, Expr] = {}
    for player, payoff in formulas.items():
        expression = parse(payoff, known=known) if isinstance(payoff, str) else payoff
        payoffs[player] = exact(expression, player)
        known = {s.name: s for s in payoffs[player].free_symbols} | known
    used = {s for p in payoffs.values() for s in p.free_symbols} | set(choices.values())
    new_symbols = sorted(used - set(space.symbols), key=str)
    full_space = Space.of(space, symbols=(*space.symbols, *new_symbols))
    check_count("what is asked", len(full_space.symbols), STATEMENT_SYMBOLS)
    if is_empty(full_space).verdict == "proved":
        raise ParameterError("given", given, "constraints that some point obeys")
    return payoffs, choices, full_space
