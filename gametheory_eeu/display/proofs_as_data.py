"""Symbols, unspecified functions and proofs in JSON: exact text; a claim is proved again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu._types import Boolean, Expr, Symbol
from gametheory_eeu.core import Space, parse
from gametheory_eeu.core.grammar import relation_as_written
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import CoefficientCertificate, Proof, distribution, function, prove
from gametheory_eeu.prover.functions.declaration import Declaration, applications, unspecified

_CONSTANTS = (sp.pi, sp.E, sp.EulerGamma, sp.GoldenRatio, sp.Catalan)
ENDS = {"oo": sp.oo, "-oo": -sp.oo}


def damaged(what: object) -> GameTheoryError:
    """The error of JSON that cannot be read."""
    return GameTheoryError(f"this JSON is damaged: {what}")


def assumptions_data(symbol: Symbol) -> dict[str, bool]:
    """The declared assumptions of a symbol.

    Examples
    --------
    >>> assumptions_data(sp.Symbol("n", integer=True))
    {'integer': True}
    """
    return {key: bool(value) for key, value in symbol._assumptions_orig.items()}


def symbols_from_data(entries: Iterable[Any]) -> dict[str, Symbol]:
    """Symbols by name, from pairs of a name and its assumptions.

    Examples
    --------
    >>> symbols_from_data([("n", {"integer": True})])["n"].is_integer
    True
    """
    try:
        symbols = {name: sp.Symbol(name, **assumptions) for name, assumptions in entries}
    except (TypeError, ValueError, AttributeError) as error:
        raise damaged(f"no symbol can be read ({error})") from None
    for name, symbol in symbols.items():
        if symbol.is_extended_real is False or not all(
            value in (True, False) for value in symbol._assumptions_orig.values()
        ):
            raise damaged(f"the symbol {name!r} is not real")
    return symbols


def names_with_constants(symbols: Mapping[str, Symbol]) -> dict[str, Expr]:
    """Names in JSON: the symbols, and the constants that no symbol is named like.

    Examples
    --------
    >>> names_with_constants({})["pi"]
    pi
    """
    return {**{str(constant): constant for constant in _CONSTANTS}, **symbols}


# Unspecified functions: what was declared of them, declared once more when it is read.


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
    """Functions and their derivatives by name, declared again: a contradiction is refused."""
    try:
        return {d.__name__: d for entry in entries for d in _derivatives(entry, names)}
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        if isinstance(error, GameTheoryError):
            raise
        raise damaged(f"no function can be read ({error})") from None


def _derivatives(entry: Mapping[str, Any], names: Mapping[str, Expr]) -> list[Any]:
    declared = _declared(entry, names).declaration
    return [unspecified(declared, tuple(map(int, order))) for order in entry["orders"]]


def _declared(entry: Mapping[str, Any], names: Mapping[str, Expr]) -> Any:
    def value(text: str) -> Expr:
        return ENDS[text] if text in ENDS else parse(text, known=names)

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


# Proofs.

_KEYS = ("statement", "symbols", "constraints", "verdict", "method", "witnesses", "undefined_at",
         "why")  # fmt: skip


def proof_data(proof: Proof) -> dict[str, Any]:
    """The data of a proof: its claim as text, the verdict and the points that refute it."""
    certificate = proof.certificate
    certificate_text = str(certificate) if isinstance(certificate, CoefficientCertificate) else ""
    functions = functions_data([proof.statement, *proof.space.constraints])
    return ({"functions": functions} if functions else {}) | {
        "statement": plain_text(proof.statement),
        "symbols": [[s.name, assumptions_data(s)] for s in proof.space.symbols],
        "constraints": list(map(plain_text, proof.space.constraints)),
        "verdict": proof.verdict,
        "method": proof.method,
        "witnesses": list(map(_point_data, proof.witnesses)),
        "undefined_at": list(map(_point_data, proof.undefined_at)),
        "why": proof.why,
        "certificate": certificate_text,
    }


def proof_from_data(data: dict[str, Any]) -> Proof:
    """The proof of a stored claim, computed again; only an open verdict is trusted."""
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise damaged(f"{', '.join(missing)} is missing")
    symbols = symbols_from_data(data["symbols"])
    names = names_with_constants(symbols)
    functions = functions_from_data(data.get("functions", []), names)
    names |= functions
    constraints = [parse(text, known=names) for text in data["constraints"]]
    space = Space.of(*constraints, symbols=symbols.values())
    statement = parse(data["statement"], known=names, undefined=True)
    if statement in (sp.true, sp.false):
        statement = relation_as_written(data["statement"], None, names)
    if data["verdict"] == "unknown" and not functions:
        return Proof(statement, space, "unknown", data["method"], why=data["why"])
    result = prove(statement, space)
    if result.verdict != data["verdict"]:
        raise GameTheoryError(
            f"the JSON says {data['verdict']!r} of {data['statement']}, but it is {result.verdict}"
        )
    if result.verdict == "proved" or functions:  # refuting functions are found again
        return result
    witnesses, undefined_points = (
        tuple(FrozenMapping(space.point({s: parse(v) for s, v in p.items()})) for p in data[key])
        for key in ("witnesses", "undefined_at")
    )
    refutation = replace(result, witnesses=witnesses, undefined_at=undefined_points)
    if refutation.recheck() is False:
        raise GameTheoryError(f"the JSON's points do not refute {data['statement']}")
    return refutation


def _point_data(point: Mapping[sp.Symbol, Any]) -> dict[str, str]:
    return {symbol.name: plain_text(value) for symbol, value in point.items()}
