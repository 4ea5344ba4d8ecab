"""Comparative statics of formulas that belong to no game: a user's own, explicit or implicit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, REAL, Parameter, Source, Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.arguments import symbol_named, symbols_by_name
from gametheory_eeu.core.size_limits import SYMBOLS_OF_A_STATEMENT, check_count, check_expression
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    SpaceError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.model import Implicit, Quantity
from gametheory_eeu.prover.natural_domain import natural_domain
from gametheory_eeu.prover.proof_text import said as text
from gametheory_eeu.statics.existence import restriction
from gametheory_eeu.statics.row import ComparativeStatic
from gametheory_eeu.statics.row_computation import Setting, rows
from gametheory_eeu.statics.table import StaticsTable, zeros_of
from gametheory_eeu.statics.targets import Moving

Formula: TypeAlias = "Expr | str | Implicit | tuple[Expr | str, Implicit]"
"""An expression, text, a root of an equation, or an expression in such a root with the root."""


@arg.checks(unknown=arg.a((str, sp.Symbol), "a symbol or its name"))
def implicit(
    equation: Expr | Boolean | str, unknown: Symbol | str, where: Boolean | str = sp.true
) -> Implicit:
    """A quantity as the root of an equation, on the branch that is meant.

    Parameters
    ----------
    equation : SymPy expression, Eq, or str
        ``"x**3 + a*x == b"``; an expression is meant to be zero.
    unknown : SymPy symbol or str
        The root's own symbol or its name, whatever it assumes; no parameter of anything else.
    where : SymPy Boolean or str
        Which root, such as ``"x > 0"``; the implicit function theorem needs the equation to have
        a slope in the unknown there, which every row proves.

    Examples
    --------
    >>> implicit("x**3 + a*x == b", "x").equation
    a*x - b + x**3
    """
    named = [s for each in (unknown, where) for s in getattr(each, "free_symbols", ())]
    known = symbols_by_name(named)
    found: Expr = parse(equation, known=known) if isinstance(equation, str) else equation
    sides = found.args if isinstance(found, sp.Eq) else ()
    if sides:
        found = sp.expand(found.lhs - found.rhs)
    if _is_condition(found) or not isinstance(found, sp.Basic):
        raise ParameterError("equation", equation, "an equation, written with ==, or an expression")
    found = exact(found, "equation")
    if getattr(unknown, "name", unknown) not in {s.name for s in found.free_symbols}:
        raise ParameterError("unknown", unknown, f"a symbol of the equation {found} == 0")
    x = symbol_named("unknown", unknown, found.free_symbols)
    known = symbols_by_name([*found.free_symbols, *named])
    branch = parse(where, known=known) if isinstance(where, str) else where
    lost = _lost(sides, found)
    return Implicit(x, found, sp.And(arg.condition("where", branch), lost))


def _lost(sides: Iterable[Expr], equation: Expr) -> Boolean:
    """Where the sides of an equation have a value, if bringing them together forgets it."""
    try:
        before = sp.And(*map(natural_domain, sides))
        return sp.true if before == natural_domain(equation) else before
    except UnsupportedError:
        return sp.true  # its rows say so


def of_formulas(
    formulas: Formula | Mapping[str, Formula],
    given: object = (),
    quantity: str | None = None,
    wrt: str | None = None,
    title: str = "",
) -> StaticsTable:
    """Every derivative of some formulas, with its sign proved over what is given."""
    named = formulas if isinstance(formulas, Mapping) else {"f": formulas}
    if not all(isinstance(name, str) for name in named):
        raise ParameterError("formulas", list(named), "names that are text, each with its formula")
    for name, formula in named.items():
        if isinstance(formula, sp.Basic):
            check_expression(f"the formula {name}", formula)
    found, space = _read(named, given)
    check_count("what is asked", len(space.symbols), SYMBOLS_OF_A_STATEMENT)
    wanted = {k: v for k, v in found.items() if quantity in (None, k)}
    if not wanted:
        raise UnknownNameError("formula", str(quantity), found)
    unknowns = {w.implicit.unknown for w in found.values() if w.implicit is not None}
    parameters = tuple(parameter_of(s) for s in space.symbols if s not in unknowns)
    chosen = parameters if wrt is None else (_chosen(parameters, wrt),)
    named_too = tuple(_quantity(w) for w in found.values() if w.implicit is None)
    over = Space(tuple(p.symbol for p in parameters), space.constraints)
    setting = Setting(parameters, over, {}, named_too)
    limits = tuple(note for what in wanted.values() for note in _limits(what, over))
    made = tuple(row for what in wanted.values() for row in rows(what, setting, chosen))
    still = zeros_of(tuple(wanted.values()), setting, chosen)
    notes = (*_notes(space, parameters), *limits, *_solved(wanted, made))
    return StaticsTable(made, None, title, notes, zeros=still)


def _limits(what: Moving, over: Space) -> Iterator[str]:
    """Where a formula has a value, if not everywhere; refused where it has none at all."""
    try:
        limits = restriction(what.parts, Space.of(over, what.branch))
    except UnsupportedError:
        return  # its rows say so
    if not limits:
        return
    condition = sp.And(*limits)
    if condition == sp.false or prover.is_empty(Space.of(over, *limits)).verdict == "proved":
        needs = sp.And(*(natural_domain(part) for part in what.parts))
        raise DoesNotExistError(
            f"{what.name} = {what.expression} has no value at any point of what is given: it needs "
            f"{text(needs)}, and given is {text(over.condition)}; change the formula or given="
        )
    yield f"{what.name} has a value only where {text(condition)}; its signs are claimed there."


def _solved(wanted: Mapping[str, Moving], made: Iterable[ComparativeStatic]) -> Iterator[str]:
    """The equations that signs were proved without: what they are claimed of is its roots."""
    free = {
        r.quantity for r in made if r.root and sp.Eq(r.root.equation, 0) not in r.space.constraints
    }
    for what in wanted.values():
        root = what.implicit
        if root is not None and what.name in free:
            which = "" if root.branch == sp.true else f" with {text(root.branch)}"
            yield (f"{what.name}: {root.unknown} solves {text(sp.Eq(root.equation, 0))}{which}; "
                   "its signs are claimed where there is such a root.")  # fmt: skip


def _read(named: Mapping[str, Formula], given: object) -> tuple[dict[str, Moving], Space]:
    """The formulas in one set of symbols, and the space of all of them."""
    symbols = [s for f in named.values() if isinstance(f, sp.Basic) for s in f.free_symbols]
    roots = [root for f in named.values() if (root := _root(f)) is not None]
    used = {s for r in roots for s in r.equation.free_symbols}
    space = Space.of(given, symbols=sorted({*symbols, *used}, key=str))
    _check_inhabited(space)
    found: dict[str, Moving] = {}
    for name, formula in named.items():
        known = {s.name: s for s in space.symbols}
        moving = _moving(name, formula, known)
        more = sorted(moving.expression.free_symbols - set(space.symbols), key=str)
        if moving.implicit is not None:
            more = [s for s in more if s != moving.implicit.unknown]
        space = Space.of(space, symbols=(*space.symbols, *more))
        found[name] = moving
    return found, space


def _root(formula: Formula) -> Implicit | None:
    if isinstance(formula, tuple):
        if len(formula) != 2 or not isinstance(formula[1], Implicit):
            raise ParameterError("formula", formula, "an expression and the implicit(…) it is in")
        root: Implicit = formula[1]
        return root
    return formula if isinstance(formula, Implicit) else None


def _moving(name: str, formula: Formula, known: Mapping[str, Symbol]) -> Moving:
    root = _root(formula)
    if root is None:
        return Moving(name, name, _expression(name, formula, known))
    own = {s: known[s.name] for s in root.equation.free_symbols if s.name in known}
    own.pop(root.unknown, None)
    here = Implicit(root.unknown, root.equation.xreplace(own), root.branch.xreplace(own))
    value: Expr = here.unknown
    if isinstance(formula, tuple):
        value = _expression(name, formula[0], {**known, here.unknown.name: here.unknown})
    return Moving(name, name, value, implicit=here)


def _expression(name: str, formula: object, known: Mapping[str, Symbol]) -> Expr:
    found = parse(formula, known=known) if isinstance(formula, str) else formula
    if isinstance(found, bool) or _is_condition(found):
        raise ParameterError(
            name, formula, "an expression", "An equation with its unknown is implicit(…)"
        )
    return exact(found, name)


def _is_condition(found: object) -> bool:
    return isinstance(found, sp.logic.boolalg.Boolean) and not isinstance(found, sp.Symbol)


def _check_inhabited(space: Space) -> None:
    proof = prover.is_empty(space)
    if proof.verdict == "proved":
        clash = " and ".join(map(str, proof.clash or space.constraints))
        raise SpaceError(f"no point obeys what is given: {clash} cannot hold together")


def parameter_of(symbol: Symbol) -> Parameter:
    """A symbol as a parameter of its own."""
    domain = sp.S.Integers if symbol.is_integer else REAL
    return Parameter(symbol.name, symbol, COUNT if symbol.is_integer and symbol.is_positive
                     else domain, symbol.name)  # fmt: skip


def _chosen(parameters: tuple[Parameter, ...], wrt: str) -> Parameter:
    for parameter in parameters:
        if str(wrt) in (parameter.name, str(parameter.symbol)):
            return parameter
    raise UnknownNameError("symbol", str(wrt), [p.name for p in parameters])


def _quantity(what: Moving) -> Quantity:
    return Quantity(what.name, what.symbol, what.expression, sp.true, what.name, Source("M"))


def _notes(space: Space, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
    bound = {s for c in space.constraints for s in c.free_symbols}
    free = [p.name for p in parameters if p.symbol not in bound and not _assumed(p.symbol)]
    return (f"Nothing is given of {', '.join(free)}: any real number.",) if free else ()


def _assumed(symbol: Symbol) -> set[str]:
    """What a symbol says of itself besides being a real number."""
    return set(symbol._assumptions_orig) - {"real", "commutative"}


__all__ = ["Formula", "implicit", "of_formulas", "parameter_of"]
