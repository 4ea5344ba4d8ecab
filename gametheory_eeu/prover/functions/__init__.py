"""Unspecified functions: what is declared of them, and proofs from that alone."""

from gametheory_eeu.prover.functions.declaration import (
    Declaration,
    OutsideDomainError,
    Unspecified,
    mentions,
)

__all__ = ["Declaration", "OutsideDomainError", "Unspecified", "mentions"]
