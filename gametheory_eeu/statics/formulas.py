"""Comparative statics of a user's own formulas, explicit or implicit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import sympy as sp

from gametheory_eeu import prover
from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import COUNT, REAL, Parameter, Source, Space, exact, parse
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.core.arguments import symbol_by_name, symbols_by_name
from gametheory_eeu.core.expressions import is_condition
from gametheory_eeu.core.size_limits import STATEMENT_SYMBOLS, check_count, check_expression
from gametheory_eeu.errors import (
    DoesNotExistError,
    ParameterError,
    SpaceError,
    UnknownNameError,
    UnsupportedError,
)
from gametheory_eeu.games import ImplicitRoot, Quantity
from gametheory_eeu.prover.indeterminates import natural_domain
from gametheory_eeu.prover.proof_text import condition_text as text
from gametheory_eeu.statics.conditions import domain_conditions
from gametheory_eeu.statics.derivatives import Target
from gametheory_eeu.statics.row import ComparativeStatic
from gametheory_eeu.statics.row_computation import Setting, rows, zero_derivatives
from gametheory_eeu.statics.table import StaticsTable

Formula: TypeAlias = "Expr | str | ImplicitRoot | tuple[Expr | str, ImplicitRoot]"
"""An expression, text, a root of an equation, or an expression in such a root with the root."""


@arg.validate(unknown=arg.instance_of((str, sp.Symbol), "a symbol or its name"))
def implicit(
    equation: Expr | Boolean | str,
    unknown: Symbol | str,
    where: Boolean | str | Sequence[Boolean | str] = sp.true,
) -> ImplicitRoot:
    """A quantity as the root of an equation, on the branch that is meant.

    Parameters
    ----------
    equation : SymPy expression, Eq, or str
        ``"x**3 + a*x == b"``; an expression is meant to be zero.
    unknown : SymPy symbol or str
        The root's own symbol or its name, whatever it assumes; no parameter of anything else.
    where : SymPy Boolean, str, or list of these
        Which root, such as ``"x > 0"``; of several conditions each holds. The implicit function
        theorem needs the equation to have a slope in the unknown there, which every row proves.

    Examples
    --------
    >>> implicit("x**3 + a*x == b", "x").equation
    a*x - b + x**3
    """
    branches = where if isinstance(where, (list, tuple)) else (where,)
    given_symbols = [
        s for argument in (unknown, *branches) for s in getattr(argument, "free_symbols", ())
    ]
    known_symbols = symbols_by_name(given_symbols)
    expression: Expr = (
        parse(equation, known=known_symbols) if isinstance(equation, str) else equation
    )
    sides = expression.args if isinstance(expression, sp.Eq) else ()
    if sides:
        expression = sp.expand(expression.lhs - expression.rhs)
    if is_condition(expression) or not isinstance(expression, sp.Basic):
        raise ParameterError("equation", equation, "an equation, written with ==, or an expression")
    expression = exact(expression, "equation")
    if getattr(unknown, "name", unknown) not in {s.name for s in expression.free_symbols}:
        raise ParameterError("unknown", unknown, f"a symbol of the equation {expression} == 0")
    x = symbol_by_name("unknown", unknown, expression.free_symbols)
    known_symbols = symbols_by_name([*expression.free_symbols, *given_symbols])
    conditions = [
        arg.condition("where", parse(b, known=known_symbols) if isinstance(b, str) else b)
        for b in branches
    ]
    return ImplicitRoot(x, expression, sp.And(*conditions, _side_domain(sides, expression)))


def _side_domain(sides: Iterable[Expr], equation: Expr) -> Boolean:
    """Domain of an equation's sides, where their difference has a larger one."""
    try:
        domain = sp.And(*map(natural_domain, sides))
        return sp.true if domain == natural_domain(equation) else domain
    except UnsupportedError:
        return sp.true  # its rows say so


def formula_statics(
    formulas: Formula | Mapping[str, Formula], given: object, quantity: str | None,
    wrt: str | None, title: str,
) -> StaticsTable:  # fmt: skip
    """Comparative statics of some formulas, with signs proved over the given space."""
    formulas_by_name = formulas if isinstance(formulas, Mapping) else {"f": formulas}
    if not all(isinstance(name, str) for name in formulas_by_name):
        raise ParameterError(
            "formulas", list(formulas_by_name), "names that are text, each with its formula"
        )
    for name, formula in formulas_by_name.items():
        if isinstance(formula, sp.Basic):
            check_expression(f"the formula {name}", formula)
    targets, space = _parse_formulas(formulas_by_name, given)
    check_count("what is asked", len(space.symbols), STATEMENT_SYMBOLS)
    selected_targets = {k: v for k, v in targets.items() if quantity in (None, k)}
    if not selected_targets:
        raise UnknownNameError("formula", str(quantity), targets)
    unknowns = {t.implicit.unknown for t in targets.values() if t.implicit is not None}
    parameters = tuple(parameter_of(s) for s in space.symbols if s not in unknowns)
    shift_parameters = parameters if wrt is None else (_named_parameter(parameters, wrt),)
    named_quantities = tuple(
        Quantity(t.name, t.symbol, t.expression, sp.true, t.name, Source("M"))
        for t in targets.values()
        if t.implicit is None
    )
    parameter_space = Space(tuple(p.symbol for p in parameters), space.constraints)
    setting = Setting(parameters, parameter_space, {}, named_quantities)
    selected = tuple(selected_targets.values())
    domain_notes = [note for target in selected for note in _domain_notes(target, parameter_space)]
    static_rows = tuple(r for target in selected for r in rows(target, setting, shift_parameters))
    zeros = zero_derivatives(selected, setting, shift_parameters)
    notes = (
        *_free_symbol_notes(space, parameters),
        *domain_notes,
        *_root_notes(selected_targets, static_rows),
    )
    return StaticsTable(static_rows, None, title, notes, zeros=zeros)


def _domain_notes(target: Target, space: Space) -> Iterator[str]:
    """Notes on where a formula has a value; refused where it has none at all."""
    try:
        conditions = domain_conditions(target.parts, Space.of(space, target.branch))
    except UnsupportedError:
        return  # its rows say so
    if not conditions:
        return
    domain = sp.And(*conditions)
    if domain == sp.false or prover.is_empty(Space.of(space, *conditions)).verdict == "proved":
        needed_domain = sp.And(*(natural_domain(expression) for expression in target.parts))
        raise DoesNotExistError(
            f"{target.name} = {target.expression} has no value at any point of what is given: it "
            f"needs {text(needed_domain)}, and given is {text(space.condition)}; change the "
            "formula or given="
        )
    yield f"{target.name} has a value only where {text(domain)}; its signs are claimed there."


def _root_notes(
    targets: Mapping[str, Target], static_rows: Iterable[ComparativeStatic]
) -> Iterator[str]:
    """Notes on equations that signs were proved without."""
    free_quantities = {
        row.quantity
        for row in static_rows
        if row.root and sp.Eq(row.root.equation, 0) not in row.space.constraints
    }
    for target in targets.values():
        root = target.implicit
        if root is not None and target.name in free_quantities:
            branch_text = "" if root.branch == sp.true else f" with {text(root.branch)}"
            yield (
                f"{target.name}: {root.unknown} solves "
                f"{text(sp.Eq(root.equation, 0))}{branch_text}; "
                "its signs are claimed where there is such a root."
            )


def _parse_formulas(
    formulas: Mapping[str, Formula], given: object
) -> tuple[dict[str, Target], Space]:
    """The formulas as targets in one set of symbols, and their space."""
    symbols = [s for f in formulas.values() if isinstance(f, sp.Basic) for s in f.free_symbols]
    roots = [root for f in formulas.values() if (root := _root(f)) is not None]
    root_symbols = {s for r in roots for s in r.equation.free_symbols}
    space = Space.of(given, symbols=sorted({*symbols, *root_symbols}, key=str))
    _check_nonempty(space)
    targets: dict[str, Target] = {}
    for name, formula in formulas.items():
        known_symbols = {s.name: s for s in space.symbols}
        target = _target(name, formula, known_symbols)
        unknown = set() if target.implicit is None else {target.implicit.unknown}
        new_symbols = target.expression.free_symbols - set(space.symbols) - unknown
        space = Space.of(space, symbols=(*space.symbols, *sorted(new_symbols, key=str)))
        targets[name] = target
    return targets, space


def _root(formula: Formula) -> ImplicitRoot | None:
    if isinstance(formula, tuple):
        if len(formula) != 2 or not isinstance(formula[1], ImplicitRoot):
            raise ParameterError("formula", formula, "an expression and the implicit(…) it is in")
        root: ImplicitRoot = formula[1]
        return root
    return formula if isinstance(formula, ImplicitRoot) else None


def _target(name: str, formula: Formula, known_symbols: Mapping[str, Symbol]) -> Target:
    root = _root(formula)
    if root is None:
        return Target(name, name, _parse_expression(name, formula, known_symbols))
    x, known = root.unknown, known_symbols
    own = {s: known[s.name] for s in root.equation.free_symbols - {x} if s.name in known}
    implicit_root = ImplicitRoot(x, root.equation.xreplace(own), root.branch.xreplace(own))
    value: Expr = x
    if isinstance(formula, tuple):
        value = _parse_expression(name, formula[0], {**known, x.name: x})
    return Target(name, name, value, implicit=implicit_root)


def _parse_expression(name: str, formula: object, known_symbols: Mapping[str, Symbol]) -> Expr:
    expression = parse(formula, known=known_symbols) if isinstance(formula, str) else formula
    if isinstance(expression, bool) or is_condition(expression):
        raise ParameterError(
            name, formula, "an expression", "An equation with its unknown is implicit(…)"
        )
    return exact(expression, name)


def _check_nonempty(space: Space) -> None:
    proof = prover.is_empty(space)
    if proof.verdict == "proved":
        conflict = " and ".join(map(str, proof.clash or space.constraints))
        raise SpaceError(f"no point obeys what is given: {conflict} cannot hold together")


def parameter_of(symbol: Symbol) -> Parameter:
    """A symbol as a parameter of its own."""
    domain = sp.S.Integers if symbol.is_integer else REAL
    return Parameter(symbol.name, symbol, COUNT if symbol.is_integer and symbol.is_positive
                     else domain, symbol.name)  # fmt: skip


def _named_parameter(parameters: tuple[Parameter, ...], wrt: str) -> Parameter:
    found = next((p for p in parameters if str(wrt) in (p.name, str(p.symbol))), None)
    if found is None:
        raise UnknownNameError("symbol", str(wrt), [p.name for p in parameters])
    return found


def _free_symbol_notes(space: Space, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
    constrained = {s for c in space.constraints for s in c.free_symbols}
    is_real_only = {s: set(s._assumptions_orig) <= {"real", "commutative"} for s in space.symbols}
    free = [p.name for p in parameters if p.symbol not in constrained and is_real_only[p.symbol]]
    return (f"Nothing is given of {', '.join(free)}: any real number.",) if free else ()
