"""Unspecified functions in JSON: what was declared of them, declared once more when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr
from gametheory_eeu.core import parse
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import distribution, function
from gametheory_eeu.prover.functions.declaration import Declaration, applications, unspecified

_ENDS = {"oo": sp.oo, "-oo": -sp.oo}


def functions_data(formulas: Iterable[Expr | Boolean]) -> list[dict[str, Any]]:
    """The declaration of each function that occurs, with the orders of its derivatives there."""
    orders: dict[Declaration, dict[tuple[int, ...], None]] = {}
    for application in applications(formulas):
        orders.setdefault(application.declaration, {})[application.order] = None
    return [
        {**_declaration_data(declaration), "orders": list(map(list, found))}
        for declaration, found in orders.items()
    ]


def _declaration_data(declaration: Declaration) -> dict[str, Any]:
    def pairs(items: Iterable[tuple[Expr, Expr]]) -> list[list[str]]:
        return [[plain_text(a), plain_text(b)] for a, b in items]

    degree = declaration.degree
    return {
        "name": declaration.name,
        "kind": declaration.kind,
        "on": pairs(declaration.domain),
        "signs": [[list(order), relation] for order, relation in declaration.signs],
        "curvature": declaration.curvature,
        "at": pairs(declaration.points),
        "bounded": None if declaration.bounds is None else pairs([declaration.bounds])[0],
        "homogeneous": None if degree is None else plain_text(degree),
        "inada": list(declaration.inada),
        "increasing_hazard": declaration.hazard,
        "log_concave": declaration.log_concave,
    }


def functions_from_data(entries: Any, names: Mapping[str, Expr]) -> dict[str, Any]:
    """Functions and their derivatives by name, declared again: a contradiction is refused.

    Raises
    ------
    GameTheoryError
        A part is missing, or is not what it should be.
    """
    try:
        return {
            derivative.__name__: derivative
            for entry in entries
            for derivative in _derivatives(entry, names)
        }
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        if isinstance(error, GameTheoryError):
            raise
        raise GameTheoryError(f"this JSON is damaged: no function can be read ({error})") from None


def _derivatives(entry: Mapping[str, Any], names: Mapping[str, Expr]) -> list[Any]:
    declared = _declared(entry, names).declaration
    return [unspecified(declared, tuple(map(int, order))) for order in entry["orders"]]


def _declared(entry: Mapping[str, Any], names: Mapping[str, Expr]) -> Any:
    def value(text: str) -> Expr:
        return _ENDS[text] if text in _ENDS else parse(text, known=names)

    domain = [(value(low), value(high)) for low, high in entry["on"]]
    signs = {tuple(order): relation for order, relation in entry["signs"]}
    if entry["kind"] == "distribution":
        flags = {key: entry[key] for key in ("increasing_hazard", "log_concave")}
        return distribution(entry["name"], domain, signs=signs, **flags)
    properties: dict[str, Any] = {"signs": signs, "variables": len(domain)}
    if entry["curvature"]:
        shape = "concave" if entry["curvature"][0] == "<" else "convex"
        properties[shape] = "weakly" if entry["curvature"].endswith("=") else True
    if entry["at"]:
        properties["at"] = {value(a): value(v) for a, v in entry["at"]}
    if entry["bounded"] is not None:
        properties["bounded"] = tuple(map(value, entry["bounded"]))
    if entry["homogeneous"] is not None:
        properties["homogeneous"] = value(entry["homogeneous"])
    if entry["inada"]:
        properties["inada"] = "both" if len(entry["inada"]) == 2 else entry["inada"][0]
    return function(entry["name"], on=domain, **properties)


__all__ = ["functions_data", "functions_from_data"]
