"""Unspecified functions: what is declared of them, and proofs from that alone."""

from gametheory_eeu.prover.functions.declaration import (
    Declaration,
    OutsideDomainError,
    Unspecified,
    any_declared,
    mentions,
)

__all__ = ["Declaration", "OutsideDomainError", "Unspecified", "any_declared", "mentions"]
