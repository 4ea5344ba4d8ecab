"""Proofs in JSON; a stored claim is proved again when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sympy as sp

from gametheory_eeu.core import Space, parse
from gametheory_eeu.core.results import FrozenMapping
from gametheory_eeu.display.printers import plain_text
from gametheory_eeu.display.symbols_as_data import (
    assumptions_data,
    names_with_constants,
    symbols_from_data,
)
from gametheory_eeu.errors import GameTheoryError
from gametheory_eeu.prover import CoefficientCertificate, Proof, prove

_KEYS = ("statement", "symbols", "constraints", "verdict", "method", "witnesses", "undefined_at",
         "why")  # fmt: skip


def proof_data(proof: Proof) -> dict[str, Any]:
    """The data of a proof: its claim as text, the verdict and the points that refute it."""
    certificate = proof.certificate
    certificate_text = str(certificate) if isinstance(certificate, CoefficientCertificate) else ""
    return {
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
    """The proof of a stored claim, computed again; only an open verdict is trusted.

    Raises
    ------
    GameTheoryError
        A part is missing, or the verdict is not what the claim's own proof says.
    """
    missing = [key for key in _KEYS if key not in data]
    if missing:
        raise GameTheoryError(f"this JSON is damaged: {', '.join(missing)} is missing")
    symbols = symbols_from_data(data["symbols"])
    names = names_with_constants(symbols)
    constraints = [parse(text, known=names) for text in data["constraints"]]
    space = Space.of(*constraints, symbols=symbols.values())
    statement = parse(data["statement"], known=names, undefined=True)
    if data["verdict"] == "unknown":
        return Proof(statement, space, "unknown", data["method"], why=data["why"])
    result = prove(statement, space)
    if result.verdict != data["verdict"]:
        raise GameTheoryError(
            f"the JSON says {data['verdict']!r} of {data['statement']}, but it is {result.verdict}"
        )
    if result.verdict == "proved":
        return result
    witnesses, undefined_points = (tuple(_point_from_data(space, p) for p in data[key])
                        for key in ("witnesses", "undefined_at"))  # fmt: skip
    refutation = replace(result, witnesses=witnesses, undefined_at=undefined_points)
    if refutation.recheck() is False:
        raise GameTheoryError(f"the JSON's points do not refute {data['statement']}")
    return refutation


def _point_data(point: Mapping[sp.Symbol, Any]) -> dict[str, str]:
    return {symbol.name: plain_text(value) for symbol, value in point.items()}


def _point_from_data(space: Space, point: Mapping[str, str]) -> Any:
    return FrozenMapping(space.point({name: parse(value) for name, value in point.items()}))


__all__ = ["proof_data", "proof_from_data"]
