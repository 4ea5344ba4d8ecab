"""Proofs in JSON: the claim and what was found, and the claim judged again when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu.core import Space, parse
from gametheory_eeu.core.frozen_mapping import Frozen
from gametheory_eeu.display.printers import plain
from gametheory_eeu.display.symbols_as_data import assumptions_data, symbols_from, with_constants
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import CoefficientCertificate, Proof, prove

_KEYS = ("statement", "symbols", "constraints", "verdict", "method", "witnesses", "undefined_at",
         "why")  # fmt: skip


def proof_data(proof: Proof) -> dict[str, Any]:
    """The claim in the library's text, the verdict and the points that refute it."""
    reasons = proof.certificate
    told = str(reasons) if isinstance(reasons, CoefficientCertificate) else ""
    return {
        "statement": plain(proof.statement),
        "symbols": [[s.name, assumptions_data(s)] for s in proof.space.symbols],
        "constraints": list(map(plain, proof.space.constraints)),
        "verdict": proof.verdict,
        "method": proof.method,
        "witnesses": list(map(_point_data, proof.witnesses)),
        "undefined_at": list(map(_point_data, proof.undefined_at)),
        "why": proof.why,
        "certificate": told,
    }


def proof_from(data: dict[str, Any]) -> Proof:
    """The proof found again; nothing is taken on trust but that a claim was left open.

    Raises
    ------
    GameTheoryError
        A part is missing, or the verdict is not what the claim's own proof says.
    """
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise GameTheoryError(f"this JSON is damaged: {', '.join(missing)} is missing")
    symbols = symbols_from(data["symbols"])
    known = with_constants(symbols)
    constraints = [parse(text, known=known) for text in data["constraints"]]
    space = Space.of(*constraints, symbols=symbols.values())
    statement = parse(data["statement"], known=known, undefined=True)
    if data["verdict"] == "unknown":
        return Proof(statement, space, "unknown", data["method"], why=data["why"])
    found = prove(statement, space)
    if found.verdict != data["verdict"]:
        raise GameTheoryError(
            f"the JSON says {data['verdict']!r} of {data['statement']}, but it is {found.verdict}"
        )
    if found.verdict == "proved":
        return found
    false, undefined = (tuple(_point(space, p) for p in data[key])
                        for key in ("witnesses", "undefined_at"))  # fmt: skip
    stored = replace(found, witnesses=false, undefined_at=undefined)
    if stored.recheck() is False:
        raise GameTheoryError(f"the JSON's points do not refute {data['statement']}")
    return stored


def _point_data(point: Mapping[sp.Symbol, Any]) -> dict[str, str]:
    return {symbol.name: plain(value) for symbol, value in point.items()}


def _point(space: Space, point: Mapping[str, str]) -> Any:
    return Frozen(space.point({name: parse(value) for name, value in point.items()}))


__all__ = ["proof_data", "proof_from"]
